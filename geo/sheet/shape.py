"""Shapes that a file draws, as the circle that holds them: a point, or an area known no finer."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LAT, LON, RADIUS, SHAPE = "@lat", "@lon", "@radius_m", "@shape"
"""Columns in which a feature's geometry stands; no property's name begins so in practice."""

_EARTH_M = 6_371_008.8
_MOST = 200_000


class Corner(NamedTuple):
    """A position as the file writes it, letter for letter."""

    lat: str
    lon: str


def cells(shape: str, corners: Iterable[Corner]) -> dict[str, str]:
    """Return the cells of a geometry: one point as it stands, else the circle that holds it.

    {} without a corner that is a number. A circle's radius is in metres.
    """
    found = [corner for _, corner in zip(range(_MOST + 1), corners, strict=False)]
    if len(set(found)) == 1:
        return {LAT: found[0].lat, LON: found[0].lon}
    circle = _enclosing(found)
    if circle is None or len(found) > _MOST:
        return {}
    lat, lon, radius = circle
    return {LAT: f"{lat:.5f}", LON: f"{lon:.5f}", RADIUS: f"{radius:.0f}", SHAPE: shape}


def _enclosing(corners: list[Corner]) -> tuple[float, float, float] | None:
    try:
        points = [(float(corner.lat), float(corner.lon)) for corner in corners]
    except ValueError:
        return None
    if not points or not all(math.isfinite(part) for point in points for part in point):
        return None
    lats, lons = zip(*points, strict=True)
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    return lat, lon, max(1.0, *(_apart((lat, lon), point) for point in points))


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance in metres (haversine)."""
    lat, lon, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(half)))


_WKT = re.compile(r"\s*(?:SRID=\d+;)?\s*([A-Z]+)\s*(?:Z|M|ZM)?\s*\(", re.IGNORECASE)
_PAIR = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?)\s+(-?[\d.]+(?:e[-+]?\d+)?)[^,()]*", re.IGNORECASE)


def of_wkt(text: str) -> dict[str, str]:
    """Return the cells of a geometry in Well-Known Text, {} when it is none."""
    kind = _WKT.match(text)
    if not kind:
        return {}
    pairs = _PAIR.findall(text[kind.end() :])
    return cells(kind[1].title(), (Corner(lat, lon) for lon, lat in pairs))


def of_wkb(data: bytes) -> dict[str, str]:
    """Return the cells of a geometry in Well-Known Binary, {} when it is none."""
    try:
        return cells("geometry", list(_wkb(data, [0])))
    except (struct.error, IndexError, RecursionError):
        return {}


def _wkb(data: bytes, at: list[int], depth: int = 0) -> Iterator[Corner]:
    """Yield the corners of one geometry, moving `at` behind it."""
    order = "<" if data[at[0]] else ">"

    def take(form: str) -> tuple[float, ...]:
        found = struct.unpack_from(order + form, data, at[0])
        at[0] += struct.calcsize(order + form)
        return found

    at[0] += 1
    code = int(take("I")[0])
    if code & 0x20000000:  # an SRID follows (EWKB)
        take("I")
    kind, more = code % 0x10000 % 1000, code % 0x10000 // 1000
    size = "d" * (2 + (0, 1, 1, 2)[more % 4] + bool(code & 0x80000000) + bool(code & 0x40000000))
    if kind == 1:
        lon, lat = take(size)[:2]
        yield Corner(repr(lat), repr(lon))
    elif kind in (2, 3):
        for _ in range(int(take("I")[0]) if kind == 3 else 1):  # noqa: PLR2004 - rings of a polygon
            for _ in range(int(take("I")[0])):
                lon, lat = take(size)[:2]
                yield Corner(repr(lat), repr(lon))
    elif depth < 4:  # noqa: PLR2004 - a collection of geometries
        for _ in range(int(take("I")[0])):
            yield from _wkb(data, at, depth + 1)
