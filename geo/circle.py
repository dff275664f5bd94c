"""The circle within which a place lies, as rings that a map or a globe can draw."""

from __future__ import annotations

import math

import numpy as np

from geo.mercator import DEGREE_M

Ring = tuple[tuple[float, float], ...]
"""A closed line of `(lon, lat)` pairs, anticlockwise: its last pair is its first."""

_CORNERS = 48
_BEARINGS = np.linspace(0, -2 * math.pi, _CORNERS, endpoint=False)
_WORLD: Ring = ((-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0), (-180.0, -90.0))


def rings(lat: float, lon: float, radius_m: float) -> tuple[Ring, ...]:
    """Return the rings that cover a circle of this radius in metres, on a sphere.

    One ring, or two where it crosses the 180th meridian; the whole world where both poles lie
    within it. The corners lie on a circle a little larger, so that nothing of it is left out
    between them, except close to a pole.
    """
    reach = max(radius_m, 1.0) / DEGREE_M / math.cos(math.pi / _CORNERS)
    north, south = lat + reach >= _POLE, lat - reach <= -_POLE
    if north and south:
        return (_WORLD,)
    corners = _corners(lat, lon, reach)
    if north or south:
        corners = _over_pole(corners, _POLE if north else -_POLE)
    if all(-_EDGE <= east <= _EDGE for east, _ in corners):
        return (_closed(corners),)
    cut = [_clipped(corners, turn) for turn in (-_TURN, 0.0, _TURN)]
    return tuple(_closed(ring) for ring in cut if _width(ring) > _SLIVER)


_POLE, _EDGE, _TURN = 90.0, 180.0, 360.0
_SLIVER = 2e-6
"""Degrees, some 20 cm: what is left of a cut that only touched the meridian."""

_Corners = list[tuple[float, float]]


def _corners(lat: float, lon: float, reach: float) -> _Corners:
    """Return where one comes to from the centre, `reach` degrees in each direction.

    Longitudes run on past 180. Source: the spherical direct problem, e.g. Snyder,
    "Map Projections: A Working Manual" (1987), equations 5-5 and 5-6.
    """
    at, far = math.radians(lat), math.radians(reach)
    sine = math.sin(at) * math.cos(far) + math.cos(at) * math.sin(far) * np.cos(_BEARINGS)
    lats = np.arcsin(sine.clip(-1, 1))
    east = np.sin(_BEARINGS) * math.sin(far) * math.cos(at)
    lons = np.arctan2(east, math.cos(far) - math.sin(at) * sine)
    return list(zip((lon + np.degrees(lons)).tolist(), np.degrees(lats).tolist(), strict=True))


def _over_pole(corners: _Corners, pole: float) -> _Corners:
    """Return the area between the line around a pole and the pole itself, 360 degrees wide."""
    line = sorted(corners)
    start, lat = line[0]
    area = [*line, (start + _TURN, lat), (start + _TURN, pole), (start, pole)]
    return area if pole > 0 else area[::-1]


def _clipped(corners: _Corners, turn: float) -> _Corners:
    """Return the part of an area that lies between the 180th meridians, moved by a turn."""
    moved = [(lon + turn, lat) for lon, lat in corners]
    return _side(_side(moved, _EDGE, 1), -_EDGE, -1)


def _side(corners: _Corners, edge: float, sign: int) -> _Corners:
    """Return the part west (sign 1) or east (-1) of a meridian (Sutherland and Hodgman)."""
    kept: _Corners = []
    for here, after in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        inside, stays = (sign * lon <= sign * edge for lon in (here[0], after[0]))
        if inside:
            kept.append(here)
        if inside != stays:
            share = (edge - here[0]) / (after[0] - here[0])
            kept.append((edge, here[1] + share * (after[1] - here[1])))
    return kept


def _width(corners: _Corners) -> float:
    lons = [lon for lon, _ in corners]
    return max(lons, default=0.0) - min(lons, default=0.0)


def _closed(corners: _Corners) -> Ring:
    rounded = [(round(lon, 6), round(lat, 6)) for lon, lat in corners]
    return (*rounded, rounded[0])
