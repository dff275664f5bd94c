"""The table's columns: what each shows, which are chosen, and by which the table can be sorted."""

from __future__ import annotations

import streamlit as st

from geo.order import Order
from views import address
from views.lists import View

_HEADINGS = {
    "entry": "Entry",
    "seen": "What is seen",
    "worded": "As reported",
    "place": "Place",
    "region": "Region",
    "sure": "How sure of the place",
    "precision": "Precision",
    "relation": "Relation",
    "verification": "Verification",
    "recorded": "Recorded",
    "published": "Published",
    "report": "Report",
    "outlet": "Outlet",
    "tags": "Tags",
    "evidence": "Evidence",
    "visibility": "Visibility",
    "id": "Entry id",
}
SORT = {
    "entry": "title", "seen": "category", "place": "place", "sure": "certainty",
    "precision": "precision", "verification": "verification", "recorded": "recorded",
    "published": "published",
}  # fmt: skip
"""By what a click on a column's heading sorts."""

_USUAL = ("entry", "seen", "worded", "sure", "verification", "recorded", "report")
_PHONE = ("entry", "sure", "recorded")
_WIDE = {"entry": 250, "worded": 140, "report": 240}
"""Pixels of columns whose texts are long; the others fit their texts."""


def chosen() -> list[str]:
    """Return the columns that the address asks for, in their usual order; else the usual ones."""
    asked = st.query_params.get("columns", "").split(",")
    wanted = [name for name in _HEADINGS if name in asked]
    return wanted or list(_PHONE if _on_phone() else _USUAL)


def choose(view: View) -> None:
    """Draw the choice of the columns, its state in the address."""
    t = view.t
    with (
        st.popover(t("Columns"), icon=":material/view_column:", key="columns"),
        st.container(gap="xxsmall", key="columns-all"),
    ):
        now = chosen()
        for name, heading in _HEADINGS.items():
            st.session_state[f"column-{name}"] = name in now
            st.checkbox(
                t(heading), key=f"column-{name}", on_change=_changed,
                disabled=now == [name],  # a table has a column at least
            )  # fmt: skip
        if "columns" in st.query_params:
            st.button(t("Usual columns"), on_click=address.write, args=("columns", ""))


def _changed() -> None:
    now = [name for name in _HEADINGS if st.session_state[f"column-{name}"]]
    address.write("columns", ",".join(now))


def config(view: View, order: Order) -> dict[str, object]:
    """Return how each column is headed; that by which the table is sorted shows the direction."""
    t, out = view.t, dict[str, object]()
    for name in chosen():
        by = SORT.get(name)
        arrow = (" ↓" if order.down else " ↑") if by == order.by else ""
        out[name] = st.column_config.TextColumn(
            t(_HEADINGS[name]) + arrow, width=_WIDE.get(name),
            help=t("A click sorts all entries by this.") if by else None,
        )  # fmt: skip
    return out


def _on_phone() -> bool:
    """Whether the browser says that it is a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
