"""What stands below the map: the table, the places as a list, the entries without a place."""

from __future__ import annotations

import streamlit as st

from geo.index import Stats
from views import address, lists, places, table
from views.lists import View


def draw(view: View, stats: Stats) -> None:
    """Draw one of the tabs; which one stands in the address."""
    t = view.t
    said = {
        "table": t("Table"),
        "places": t("Places"),
        "unplaced": t("Without a place ({n})", n=f"{sum(stats.unplaced.values()):,}"),
    }
    asked = st.query_params.get("tab", "table")
    st.session_state["tab"] = asked if asked in said else "table"
    st.segmented_control(
        t("Below the map"), list(said), format_func=said.__getitem__, key="tab", required=True,
        label_visibility="collapsed",
        on_change=lambda: address.write("tab", st.session_state["tab"].replace("table", "")),
    )  # fmt: skip
    {
        "table": lambda: table.draw(view),
        "places": lambda: places.draw(view),
        "unplaced": lambda: lists.tray(view, stats),
    }[st.session_state["tab"]]()
