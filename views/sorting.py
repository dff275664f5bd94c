"""The choice of the order in which entries are listed, its state in the address."""

from __future__ import annotations

import streamlit as st

from geo.i18n import Translator
from geo.order import SORTS, Order
from views import table_state

_HEADINGS = {
    "imported": "Order of import",
    "title": "Entry",
    "category": "What is seen",
    "place": "Place",
    "certainty": "How sure of the place",
    "precision": "Precision",
    "verification": "Verification",
    "recorded": "Recorded",
    "published": "Published",
    "changed": "Last change",
}


def draw(t: Translator, order: Order, place: str) -> None:
    """Draw what entries are sorted by, and the way; `place` names the list that it stands over."""
    key = f"{place}-sort"
    st.session_state[key] = order.by
    with st.container(
        key=f"{place}-order", horizontal=True, vertical_alignment="center", gap="xsmall",
        width="content",
    ):  # fmt: skip
        st.selectbox(
            t("Sort by"), SORTS, format_func=lambda by: t("Sort: {by}", by=t(_HEADINGS[by])),
            key=key, width=190, label_visibility="collapsed", on_change=_sort, args=(key, order),
        )  # fmt: skip
        way = "down" if order.down else "up"
        st.button(
            t("Descending") if order.down else t("Ascending"), key=f"{place}-turn",
            icon=f":material/arrow_{way}ward:", on_click=table_state.sort,
            args=(order.turned(order.by),),
        )  # fmt: skip


def _sort(key: str, order: Order) -> None:
    table_state.sort(Order(st.session_state[key], order.down))
