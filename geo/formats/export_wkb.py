"""Geometry as WKB (OGC 06-103r4), little-endian, longitude first."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import chain

from geo.circle import Ring

_POINT = struct.Struct("<BIdd")
_HEAD = struct.Struct("<BII")
_POLYGON, _MULTI_POINT, _MULTI_POLYGON = 3, 4, 6


def points(places: Sequence[tuple[float, float]]) -> bytes | None:
    """Return a MultiPoint of `(lat, lon)` pairs, None for none."""
    if not places:
        return None
    parts = (_POINT.pack(1, 1, lon, lat) for lat, lon in places)
    return _HEAD.pack(1, _MULTI_POINT, len(places)) + b"".join(parts)


def polygon(ring: Ring) -> bytes:
    """Return a Polygon whose only ring is of `(lon, lat)` pairs."""
    head = _HEAD.pack(1, _POLYGON, 1)
    return head + struct.pack(f"<I{2 * len(ring)}d", len(ring), *chain.from_iterable(ring))


def areas(polygons: Sequence[bytes]) -> bytes:
    """Return a MultiPolygon of polygons that are WKB already."""
    return _HEAD.pack(1, _MULTI_POLYGON, len(polygons)) + b"".join(polygons)
