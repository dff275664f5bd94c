"""The line above the table: the area it is narrowed to, what is selected, order and columns."""

from __future__ import annotations

import streamlit as st

from geo.order import Order
from views import sorting, table_columns, table_edit, table_state
from views.lists import View
from views.text import counted


def draw(view: View, order: Order, at: table_state.At, number: int) -> None:
    """Draw the line; `number` entries stand in the table, on all its pages."""
    with st.container(key="table-tools", horizontal=True, vertical_alignment="center", gap="small"):
        _left(view, at, number)
        table_columns.choose(view)
        sorting.draw(view.t, order, "table")


def _left(view: View, at: table_state.At, number: int) -> None:
    t, picks = view.t, table_state.picks()
    with st.container(key="table-said", horizontal=True, vertical_alignment="center", gap="small"):
        if at:
            st.button(
                t("Only this area"), icon=":material/close:", icon_position="right",
                key="table-everywhere", on_click=table_state.narrow, args=([],),
            )  # fmt: skip
        if picks:
            st.markdown(counted(t, len(picks), "**{n}** selected", "**{n}** selected"))
            st.button(
                t("Clear"), key="table-clear", type="tertiary", on_click=table_state.pick,
                args=([],),
            )  # fmt: skip
            st.button(
                t("Show on map"), key="table-show", icon=":material/my_location:",
                on_click=table_state.show_on_map,
            )  # fmt: skip
        else:
            st.markdown(counted(t, number, "**{n}** entry", "**{n}** entries"))
        if number or picks:
            table_edit.button(view, at, number)
