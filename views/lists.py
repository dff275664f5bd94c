"""Entries as lists: those at a place, those selected, the tray of those without a place."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from geo.entry import Entry
from geo.filters import Filters, Names
from geo.i18n import Translator
from geo.index import Stats
from views import address, entry, shelf, sorting, table_state
from views.text import counted, label, spaced, tag

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


def at_place(view: View, at: table_state.At) -> None:
    """List the entries at the places or boxes that were clicked, in the table's order."""
    t, index = view.t, view.shelf.index
    page = st.session_state.get("list-page", 1)
    order = table_state.order()
    ids, number = index.page(view.filters, _LISTED, (page - 1) * _LISTED, at, order)
    st.html(tag("div", _heading(view, at, number), "section"))
    with st.container(horizontal=True, key="list-acts"):
        if at != table_state.only_at():
            st.button(
                t("Show as table"), on_click=table_state.narrow, args=(at,), key="list-table",
                icon=":material/table_rows:",
            )  # fmt: skip
        st.button(t("Close"), on_click=table_state.list_places, args=([],), key="close-list")
    if number > 1:
        sorting.draw(t, order, "list")
    buttons(view, ids, "list")
    if number > _LISTED:
        st.pagination(-(-number // _LISTED), key="list-page")


def _heading(view: View, at: table_state.At, number: int) -> str:
    """Return how many entries there are at the places, and from how many reports."""
    t = view.t
    if len(at) == 1 and len(at[0]) == _POINT:
        said = counted(t, number, "{n} entry at this place", "{n} entries at this place")
    else:
        said = counted(t, number, "{n} entry in this area", "{n} entries in this area")
    reports = view.shelf.index.reports_at(view.filters, at)
    return said + counted(t, reports, " from {n} report", " from {n} reports") if reports else said


def picked(view: View) -> None:
    """List the selected entries."""
    t, picks = view.t, table_state.picks()
    heading = counted(t, len(picks), "{n} entry selected", "{n} entries selected")
    st.html(tag("div", heading, "section"))
    buttons(view, picks[:_LISTED], "picked")
    if len(picks) > _LISTED:
        st.caption(t("and {n} more", n=f"{len(picks) - _LISTED:,}"))


def buttons(view: View, ids: list[str], place: str) -> None:
    """Draw a button for each entry, which opens it; `place` names the list."""
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


def tray(view: View, stats: Stats) -> None:
    """List the entries without a place, by the reason for it."""
    t = view.t
    for reason, number in stats.unplaced.items():
        title = t("Without a place: {why} ({n})", why=spaced(t, reason), n=f"{number:,}")
        with st.expander(title):
            ids = view.shelf.index.unplaced(view.filters, reason, _LISTED)
            buttons(view, ids, f"tray-{reason}")
            if number > _LISTED:
                st.caption(t("The first {n}; filter to see others.", n=_LISTED))
