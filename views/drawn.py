"""What a person draws on the map to filter by, on its way into the address and back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.filters import Filters
from geo.filters.ground import Near, Shape
from geo.layers import Outline
from views import address

_LIMITS = ("shape", "near")


def take(clicked: dict[str, Any]) -> bool:
    """Write a shape or a circle that was drawn into the address; False when there is none.

    An empty shape lifts both; one that no filter could read is left out.
    """
    if not any(name in clicked for name in _LIMITS):
        return False
    shape = ";".join(f"{lat:.4f},{lon:.4f}" for lat, lon in clicked.get("shape") or ())
    lat, lon, km = clicked.get("near") or ("", "", "")
    near = f"{lat},{lon},{km}"
    asked, _ = Filters.read({"shape": [shape], "near": [near]})
    for name in _LIMITS:
        address.write(name, getattr(asked, name))
    st.session_state["refilter"] = True  # a shape is a filter: the whole page shows it
    return True


def outline(filters: Filters) -> Outline | None:
    """Return what the filters are limited to on the ground, None when they are not."""
    if shape := Shape.read(filters.shape):
        return {"shape": list(shape.corners)}
    if near := Near.read(filters.near):
        return {"near": (near.lat, near.lon, near.km)}
    return None
