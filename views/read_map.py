"""The reader's map: published entries alone, small, its legend closed."""

from __future__ import annotations

from urllib.parse import urlencode

import numpy as np
import streamlit as st
from streamlit.runtime import get_instance
from streamlit_folium import st_folium

from geo import layers, points
from geo.filters import Filters
from geo.i18n import Translator
from geo.index import Index
from views import shelf
from views.lists import View
from views.text import tag

_HEIGHT = 340


def draw(view: View) -> None:
    """Draw the map of what the filters leave; a tap on a place lists its entries."""
    index = view.shelf.index
    readable = Filters(visibility=view.filters.visibility)
    encoded = _encoded(index, index.edition, readable)
    url = get_instance().media_file_mgr.add(
        encoded.data, "application/octet-stream", "glimpse.read"
    )
    shown = index.passing(view.filters)[index.passing(readable)]
    value = layers.state(
        view.t, view.language,
        theme=st.context.theme.type or "light",
        points={"url": "../.." + url},
        mark=encoded.mark,
        mask=points.bitset(shown),
    )  # fmt: skip
    value["fit"] = view.filters.query()  # another choice shows all of it again
    with st.container(key="read-frame"):
        st_folium(
            layers.base(shelf.basemap(), address=False, legend=False),
            key="read-clicks",
            height=_HEIGHT,
            use_container_width=True,
            feature_group_to_add=layers.update(value),
            returned_objects=["last_active_drawing"],
            on_change=_tapped,
        )


@st.cache_resource(max_entries=2, show_spinner=False)
def _encoded(_index: Index, edition: str, readable: Filters) -> points.Points:  # noqa: ARG001 - the cache's key
    """Return the points of the entries that may be read, numbered among themselves."""
    numbers = np.flatnonzero(_index.passing(readable))
    rows = _index.placed(readable)
    return points.encode(
        rows | {"entry_no": np.searchsorted(numbers, rows["entry_no"])}, len(numbers)
    )


def _tapped() -> None:
    drawing = (st.session_state.get("read-clicks") or {}).get("last_active_drawing") or {}
    tapped = drawing.get("properties", {})
    at = tapped.get("at") or ([tapped["box"]] if "box" in tapped else [])
    st.session_state["read-at"] = [tuple(map(int, place)) for place in at]


def forget() -> None:
    """Leave the place that was tapped."""
    st.session_state.pop("read-at", None)


def outside_link(t: Translator) -> str:
    """Return a link that opens the page by itself, in a tab of its own."""
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    said = tag("span", t("Open in Glimpse ↗"))
    return f'<a class="act" href="read?{urlencode(asked, doseq=True)}" target="_blank">{said}</a>'
