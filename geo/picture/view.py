"""The view: which part of the world a picture shows, as Leaflet counts it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.mercator import WORLD, mercator
from geo.picture.paper import Box

HOME = (39.8, 127.2, 6.0)
"""Latitude, longitude and zoom of the map before it has anything to show."""

TILE = 256
_FIT_ZOOM, _LEAST_ZOOM = 8, 2
_NARROW = 600
"""Pixels below which less room is left beside what is fitted."""


@dataclass(frozen=True)
class View:
    """The world on the paper: `s` pixels per index unit, less `ox` and `oy`, in a box."""

    zoom: float
    ox: float
    oy: float
    width: int
    height: int

    @property
    def s(self) -> float:
        """Pixels per index unit."""
        return float(TILE * 2**self.zoom / WORLD)

    @property
    def box(self) -> Box:
        """What is seen, in index units; it may run on beyond the 180th meridian."""
        s = self.s
        return self.ox / s, self.oy / s, (self.ox + self.width) / s, (self.oy + self.height) / s

    @property
    def lat(self) -> float:
        """The latitude of the middle, in degrees."""
        y = (self.box[1] + self.box[3]) / 2 / WORLD
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))

    def x(self, value: float) -> float:
        """Return where an x in index units lies on the paper."""
        return value * self.s - self.ox

    def y(self, value: float) -> float:
        """Return where a y in index units lies on the paper."""
        return value * self.s - self.oy

    def shifts(self) -> Iterator[int]:
        """Yield what to add to x for each copy of the world that is seen."""
        left, _, right, _ = self.box
        for copy in range(math.floor(left / WORLD), math.ceil(right / WORLD)):
            yield copy * WORLD

    def near(self, x: NDArray[Any]) -> NDArray[np.float64]:
        """Return these x in the copy of the world that is nearest to the middle."""
        middle = (self.box[0] + self.box[2]) / 2
        return np.asarray(x + WORLD * np.round((middle - x) / WORLD), dtype=np.float64)


def at(lat: float, lon: float, zoom: float, width: int, height: int) -> View:
    """Return the view with this middle."""
    x, y = mercator(lat, lon)
    return _centred(x, y, zoom, width, height)


def fitted(
    x: NDArray[Any],
    y: NDArray[Any],
    reach: NDArray[Any],
    width: int,
    height: int,
    *,
    below: float = 0,
) -> View:
    """Return the view that shows these places with the areas they may lie in.

    As on the live map: whole zoom levels from 2 to 8, and room beside the outermost for its name.
    What does not fit even so is shown from further away.
    `below` are pixels at the lower edge that something covers. Without places it is the view
    that the map begins with.
    """
    if not len(x):
        return at(*HOME, width, height)
    left, right = _span(x, reach)
    top, bottom = float((y - reach).min()), float((y + reach).max())
    wide = width > _NARROW
    before, above = (60, 60) if wide else (28, 40)
    after, under = (140 if wide else 110), max(60 if wide else 40, below + 40)
    # A small picture keeps at least its middle half for what is shown.
    spare_x = min(1.0, width / 2 / (before + after))
    spare_y = min(1.0, height / 2 / (above + under))
    room = min(
        (width - (before + after) * spare_x) / max(right - left, 1e-9),
        (height - (above + under) * spare_y) / max(bottom - top, 1e-9),
    )
    exact = math.log2(room * WORLD / TILE)
    # The live map goes no further out and can be moved; a picture must show all there is.
    zoom = min(_FIT_ZOOM, math.floor(exact)) if exact >= _LEAST_ZOOM else max(0.0, exact)
    s = TILE * 2**zoom / WORLD
    middle_x = (left + right) / 2 + (after - before) * spare_x / 2 / s
    middle_y = (top + bottom) / 2 + (under - above) * spare_y / 2 / s
    return _centred(middle_x, middle_y, zoom, width, height)


_TURN = 0.1
"""The share of the world that is gained by a map across the 180th meridian, for it to be one."""


def _span(x: NDArray[Any], reach: NDArray[Any]) -> tuple[float, float]:
    """Return the shortest stretch that holds all of them, be it across the 180th meridian.

    What lies all round the world is not cut elsewhere for a little gain.
    """
    order = np.argsort(x, kind="stable")
    starts, ends = (x - reach)[order].astype(float), (x + reach)[order].astype(float)
    furthest = np.maximum.accumulate(ends)
    gaps = starts[1:] - furthest[:-1]
    around = starts[0] + WORLD - furthest[-1]
    if len(gaps) and gaps.max() > around + _TURN * WORLD:
        cut = int(gaps.argmax()) + 1
        return float(starts[cut:].min()), float(furthest[cut - 1] + WORLD)
    return float(starts.min()), float(furthest[-1])


def _centred(x: float, y: float, zoom: float, width: int, height: int) -> View:
    s = TILE * 2**zoom / WORLD
    return View(zoom, x * s - width / 2, y * s - height / 2, width, height)
