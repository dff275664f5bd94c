"""How the map stands in the browser: its view and its tint, which the server is not told."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.steps import View

_KEPT = "map-standing"
_component = st.components.v2.component(
    "glimpse.standing", js=(Path(__file__).parent / "standing.js").read_text(encoding="utf-8")
)


def ask(place: str) -> None:
    """Ask the browser; what it answers is known a moment later, with a run of its own."""
    view, regions = _known()
    with st.container(key=f"standing-{place}"):
        _component(
            key=f"standing-in-{place}", data={"view": view, "regions": regions},
            on_map_change=lambda: _heard(f"standing-in-{place}"),
        )  # fmt: skip


def _heard(key: str) -> None:
    match st.session_state[key].get("map"):
        case {"view": str(view), "regions": bool(regions)}:
            st.session_state[_KEPT] = (view, regions)


def _known() -> tuple[str, bool]:
    known: tuple[str, bool] = st.session_state.get(_KEPT, ("", False))
    return known


def view() -> View | None:
    """Return how the map stands, None where it was not seen in this tab yet."""
    return read(_known()[0] or st.query_params.get("view", ""))


def by_region() -> bool:
    """Whether the map counts by region."""
    return _known()[1]


def read(text: str) -> View | None:
    """Return the view that an address holds, None where it makes no sense."""
    try:
        lat, lon, zoom = map(float, text.split(",")[:3])
        return View(lat=lat, lon=round((lon + 180) % 360 - 180, 6), zoom=zoom)
    except ValueError:
        return None


def written(view: View) -> str:
    """Return a view as it stands in the address."""
    return f"{view.lat:.4f},{view.lon:.4f},{view.zoom:g}"
