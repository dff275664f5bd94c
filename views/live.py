"""The live map: what the engine is told, and what a click on it does."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime import get_instance
from streamlit_folium import st_folium

from geo import layers, points
from geo.counted import phrases, unmarked
from views import (
    basemaps,
    drawn,
    places,
    regions,
    shelf,
    table_state,
    tally,
    timeline,
)
from views.lists import View

_HEIGHT = 560


def draw(view: View) -> None:
    """Draw the map; it is never made anew, only told what has changed."""
    opened = view.shelf
    encoded = shelf.encoded(opened.index, opened.index.edition)
    url = get_instance().media_file_mgr.add(
        encoded.data, "application/octet-stream", "glimpse.points"
    )
    stats = tally.stats(opened.index, view.filters)
    value = layers.state(
        view.t,
        view.language,
        theme=st.context.theme.type or "light",
        points={"url": "../.." + url},
        mark=encoded.mark,
        mask=points.bitset(opened.index.passing(view.filters)),
        selected=table_state.numbers(opened),
        focus=table_state.focus(),
        basemaps=basemaps.offered(view.t),
        regions=regions.state(view),
        recorded=view.filters.recorded,
        wide=timeline.played_from(view),
        outline=drawn.outline(view.filters),
        title=view.filters.describe(view.t, view.names),
        counts=" · ".join(unmarked(phrases(view.t, stats, tally.withheld(opened.index)))),
    )
    with st.container(key="map"):
        st_folium(
            layers.base(shelf.basemap()),
            key="clicks",
            height=_HEIGHT,
            use_container_width=True,
            feature_group_to_add=layers.update(value),
            returned_objects=["last_active_drawing"],
            on_change=lambda: _clicked(view),
        )


def _clicked(view: View) -> None:
    """Open what was clicked: an entry that stands alone, otherwise the list of the place."""
    drawing = (st.session_state.get("clicks") or {}).get("last_active_drawing") or {}
    clicked = drawing.get("properties", {})
    if "region" in clicked:
        regions.toggle(str(clicked["region"]))
        return
    if drawn.take(clicked):
        return
    at = clicked.get("at") or ([clicked["box"]] if "box" in clicked else [])
    places.open_at(view, [tuple(map(int, place)) for place in at])
