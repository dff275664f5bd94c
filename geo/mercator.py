"""Web Mercator in whole numbers, as the index and the engine count it."""

from __future__ import annotations

import math

DEGREE_M = 111_320
"""Metres in a degree of latitude, and of longitude at the equator."""

WORLD = 1 << 24
"""Width and height of the world in index units: Web Mercator, x from 180° W, y down."""


def mercator(lat: float, lon: float) -> tuple[int, int]:
    """Return x and y in index units; latitudes beyond 85.05° lie on the map's edge."""
    sine = math.sin(math.radians(max(-85.0511, min(85.0511, lat))))
    x = int((lon + 180) / 360 * WORLD)
    y = int((0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * WORLD)
    return min(max(x, 0), WORLD - 1), min(max(y, 0), WORLD - 1)


def reach(y: int, metres: float) -> float:
    """Return how many index units so many metres are at this y: Mercator stretches by its cosh."""
    return metres * math.cosh(math.pi * (1 - 2 * y / WORLD)) * WORLD / _AROUND_M


_AROUND_M = 40_075_016.686
"""Metres round the equator, as Web Mercator takes it."""


def degrees(x: float, y: float) -> tuple[float, float]:
    """Return lat, lon of a point in index units."""
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / WORLD))))
    return lat, x / WORLD * 360 - 180
