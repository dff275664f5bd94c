"""Counting by region on the map: what the engine is told, and the choice of a clicked region."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo import regions
from geo.gazetteer import Gazetteer, Place
from views import address, tally
from views.lists import View


def state(view: View) -> dict[str, Any]:
    """Return what the engine draws as regions under the present filters."""
    opened = view.shelf
    return regions.counted(
        lambda filters, level: tally.regions(opened.index, filters, level),
        view.filters,
        lambda code: _place(opened.gazetteer, code),
    )


@st.cache_data(max_entries=6_000, show_spinner=False)
def _place(_gazetteer: Gazetteer, code: str) -> Place | None:
    return _gazetteer.region(code)


def toggle(code: str) -> None:
    """Filter by a region, or no longer by it; the whole page follows with `refresh`."""
    chosen = st.query_params.get_all("region")
    left = [one for one in chosen if one != code]
    address.write("region", left if code in chosen else [*chosen, code])
    st.session_state["refilter"] = True


def refresh() -> None:
    """Draw the whole page again when a part of it has changed the filter."""
    if st.session_state.pop("refilter", False):
        st.rerun()
