"""The table under the map: sorted by the server, its rows linked with the map both ways."""

from __future__ import annotations

import hashlib

import pandas as pd
import streamlit as st

from geo.order import DATES, Order
from views import address, table_cells, table_columns, table_edit, table_state, table_tools
from views.lists import View

_ROWS = 25
_PAGE, _CELL = "table-page", "table-cell"


def draw(view: View) -> None:
    """Draw a page of the entries that pass; a row opens its entry, ticked rows are selected."""
    if not view.shelf.index.size:
        return  # the page says so already
    order, at = table_state.order(), table_state.only_at()
    table_edit.tell(view)
    line = st.container()
    ids, number = _page(view, order, at)
    with line:
        table_tools.draw(view, order, at, number)
    if not number:
        _nothing(view, narrowed=bool(at))
        return
    _rows(view, ids, order)
    _pages(number)


def _nothing(view: View, *, narrowed: bool) -> None:
    t = view.t
    if narrowed:
        st.info(t("No entry in this area fits the filters. Close the area above, or reset them."))
        return
    st.info(t("No entry fits these filters. Reset them to see all entries."))
    if st.button(t("Reset"), key="table-reset", on_click=address.reset):
        st.rerun()  # the whole page: the map and the counts follow


def _page(view: View, order: Order, at: table_state.At) -> tuple[list[str], int]:
    """Return the ids of the page to show and the number of all entries.

    It is the first page of another list, and that of an entry that was opened elsewhere.
    """
    index, asked = view.shelf.index, (view.filters, order, at)
    if st.session_state.get("table-asked") != asked:
        st.session_state["table-asked"] = asked
        _turn(1)
    page = _shown()
    if entry := table_state.turn_to():
        place = index.position(entry, view.filters, at, order)
        if place is not None and place // _ROWS + 1 != page:
            page = place // _ROWS + 1
            _turn(page)
    ids, number = index.page(view.filters, _ROWS, (page - 1) * _ROWS, at, order)
    if not ids and page > 1:  # entries were withheld meanwhile
        _turn(1)
        return index.page(view.filters, _ROWS, 0, at, order)
    return ids, number


def _shown() -> int:
    """Return the page that is shown, from 1."""
    turns, first = st.session_state[_PAGE]
    return int(st.session_state.get(f"{_PAGE}-{turns}", first))


def _turn(page: int) -> None:
    """Turn to a page: the choice of pages begins anew there."""
    turns, _ = st.session_state.get(_PAGE, (0, 1))
    st.session_state[_PAGE] = (turns + 1, page)


def _pages(number: int) -> None:
    turns, first = st.session_state[_PAGE]
    if number > _ROWS:
        st.pagination(-(-number // _ROWS), default=first, key=f"{_PAGE}-{turns}")


def _rows(view: View, ids: list[str], order: Order) -> None:
    found = view.shelf.store.entries(ids)
    rows = [found[one] for one in ids if one in found]
    reports = view.shelf.store.reports()
    columns = table_columns.chosen()
    cells = [table_cells.row(view, one, reports, columns) for one in rows]
    shown = [one.id for one in rows]
    key = f"table-{_mark(view.language, order.text, *columns, '', *shown)}"
    _tick(key, shown)
    st.dataframe(
        pd.DataFrame(cells, columns=columns),
        hide_index=True,
        key=key,
        height="content",
        column_config=table_columns.config(view, order),
        on_select=lambda: _chosen(key, shown),
        selection_mode=["multi-row", "single-column", "single-cell"],
        alt=view.t("Table of entries"),
    )
    if order.by in DATES:
        st.caption(view.t("Entries without this date come last."))


def _mark(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _tick(key: str, shown: list[str]) -> None:
    """Tick the rows that are selected, wherever they were selected."""
    picks = set(table_state.picks())
    rows = [number for number, one in enumerate(shown) if one in picks]
    standing = st.session_state.get(key, {}).get("selection", {})
    cells = standing.get("cells", [])
    if sorted(standing.get("rows", [])) != rows or standing.get("columns"):
        st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": cells}}
    st.session_state[_CELL] = (key, cells)


def _chosen(key: str, shown: list[str]) -> None:
    """Sort by the heading that was clicked, open the row that was, or take the ticks.

    The browser may not know yet which rows were ticked for it, so that a cell goes first.
    """
    now = st.session_state[key]["selection"]
    if now["columns"]:
        by = table_columns.SORT.get(now["columns"][0])
        if by:
            table_state.sort(table_state.order().turned(by))
    elif now["cells"] and st.session_state.get(_CELL) != (key, now["cells"]):
        table_state.pick([shown[now["cells"][0][0]]])
    else:
        others = [one for one in table_state.picks() if one not in shown]
        table_state.pick([*others, *(shown[row] for row in sorted(now["rows"]))])
