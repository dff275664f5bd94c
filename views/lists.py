"""Entries as lists: the table under the map, the list of a place, the tray of those without one."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from geo.dates import said
from geo.entry import Entry
from geo.filters import Filters, Names
from geo.i18n import Translator
from geo.index import Stats
from views import address, entry, shelf
from views.text import counted, label, spaced, tag, visible

_ROWS = 25
_LISTED = 12
_POINT = 2
"""Numbers of a place that was clicked: x and y; a box has four."""


@dataclass(frozen=True)
class View:
    """What every part of the map page needs."""

    t: Translator
    language: str
    shelf: shelf.Shelf
    filters: Filters
    names: Names


def at_place(view: View, at: list[tuple[int, ...]]) -> None:
    """List the entries at the places or boxes that were clicked."""
    page = st.session_state.get("list-page", 1)
    ids, number = view.shelf.index.page(view.filters, _LISTED, (page - 1) * _LISTED, at)
    heading = counted(view.t, number, "{n} entry at this place", "{n} entries at this place")
    if len(at) > 1 or len(at[0]) > _POINT:
        heading = counted(view.t, number, "{n} entry in this area", "{n} entries in this area")
    st.html(tag("div", heading, "section"))
    _buttons(view, ids, "list")
    if number > _LISTED:
        st.pagination(-(-number // _LISTED), key="list-page")
    st.button(view.t("Close"), on_click=lambda: st.session_state.pop("at", None), key="close-list")


def _buttons(view: View, ids: list[str], place: str) -> None:
    found = view.shelf.store.entries(ids)
    with st.container(key=place, gap="xsmall"):
        for one in filter(None, map(found.get, ids)):
            said = f"**{label(one.title)}**  \n{_short(view, one)}"
            st.button(
                said, key=f"{place}-{one.id}", on_click=address.select, args=(one.id,),
                width="stretch",
            )  # fmt: skip


def _short(view: View, one: Entry) -> str:
    _, sure = entry.certainty(view.t, one)
    return " · ".join([label(view.t(one.category)), label(sure)] if one.category else [label(sure)])


def table(view: View) -> None:
    """Draw a page of the entries that pass; choosing a row opens the entry."""
    t = view.t
    if not view.shelf.index.size:
        return  # the page says so already
    total = view.shelf.index.page(view.filters, 1)[1]
    page = st.session_state.get("table-page", 1)
    ids, _ = view.shelf.index.page(view.filters, _ROWS, (page - 1) * _ROWS)
    if not ids:
        st.info(t("No entry fits these filters. Reset them to see all entries."))
        return
    found = view.shelf.store.entries(ids)
    rows = [found[entry_id] for entry_id in ids if entry_id in found]
    st.session_state["rows"] = [one.id for one in rows]
    st.dataframe(
        pd.DataFrame([_row(view, one) for one in rows]),
        hide_index=True,
        key=f"table-{page}-{address.selected()}",
        on_select=lambda: _row_chosen(f"table-{page}-{address.selected()}"),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [
            number for number, one in enumerate(rows) if one.id == address.selected()
        ]}},
    )  # fmt: skip
    if total > _ROWS:
        st.pagination(-(-total // _ROWS), key="table-page")


def _row(view: View, one: Entry) -> dict[str, str]:
    t = view.t
    reports = [view.names["report"].get(cited.report, cited.report) for cited in one.reports]
    return {
        t("Entry"): visible(one.title),
        t("What is seen"): visible(t(one.category)),
        t("As reported"): visible("; ".join(one.worded)),
        t("How sure of the place"): entry.certainty(t, one)[1],
        t("Verification"): spaced(t, one.verification.level),
        t("Recorded"): said(one.recorded, t),
        t("Report"): visible("; ".join(reports)),
    }


def _row_chosen(key: str) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    address.select(st.session_state["rows"][rows[0]] if rows else "")


def tray(view: View, stats: Stats) -> None:
    """List the entries without a place, by the reason for it."""
    t = view.t
    for reason, number in stats.unplaced.items():
        title = t("Without a place: {why} ({n})", why=spaced(t, reason), n=f"{number:,}")
        with st.expander(title):
            ids = view.shelf.index.unplaced(view.filters, reason, _LISTED)
            _buttons(view, ids, f"tray-{reason}")
            if number > _LISTED:
                st.caption(t("The first {n}; filter to see others.", n=_LISTED))
