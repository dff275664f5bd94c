"""The base map: decodes the file once, thins it to the pixel, and paints land, water and lines."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as File
from typing import Any

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from geo.picture.colours import Colours
from geo.picture.paper import Box, Paper
from geo.picture.view import View

_FILE = File(__file__).parents[2] / "data" / "basemap.json.gz"
_OWN = "KP"
"""The land of interest."""

Rings = Sequence[Sequence[int]]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Thinned:
    """The arcs at one measure: those vertices that a pixel can show, arc after arc."""

    points: NDArray[np.float64]
    first: Ints
    """Where each arc begins in `points`, and the end of the last."""
    kept: dict[str, Path] = field(default_factory=dict)
    """Areas as paths, made when they are first asked for."""

    def arc(self, number: int) -> NDArray[np.float64]:
        """Return an arc's vertices, backwards when its number is negative."""
        index = ~number if number < 0 else number
        points = self.points[self.first[index] : self.first[index + 1]]
        return points[::-1] if number < 0 else points


class Basemap:
    """The decoded file."""

    def __init__(self, plain: dict[str, Any]) -> None:
        arcs = [np.cumsum(np.array(one).reshape(-1, 2), axis=0) for one in plain["arcs"]]
        self._x, self._y = np.concatenate(arcs).T.astype(np.int32)
        self._first = np.cumsum([0, *map(len, arcs)]).astype(np.int32)
        self.arc_boxes = np.array([[*one.min(axis=0), *one.max(axis=0)] for one in arcs])
        self.areas: dict[str, Rings] = plain["areas"]
        self.boxes = {key: self._box(rings) for key, rings in self.areas.items()}
        own = {~arc if arc < 0 else arc for key, rings in self.areas.items()
               if key.startswith(f"{_OWN}-") for ring in rings for arc in ring}  # fmt: skip
        borders = plain["borders"]
        provinces = borders["province"]
        self.lines = {
            "coast": np.array(plain["coast"]),
            "river": np.array(plain["rivers"]),
            "border": np.array(borders["country"]),
            "disputed": np.array(borders["disputed"]),
            "own": np.array([arc for arc in provinces if arc in own]),
            "other": np.array([arc for arc in provinces if arc not in own]),
        }
        self.lakes: Rings = plain["lakes"]
        self.labels: list[dict[str, Any]] = plain["labels"]
        self._named = {one["id"]: one for one in self.labels}
        self._levels: dict[int, Thinned] = {}

    def _box(self, rings: Rings) -> Box:
        numbers = np.array([~arc if arc < 0 else arc for ring in rings for arc in ring])
        boxes = self.arc_boxes[numbers]
        (left, top), (right, bottom) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    def thinned(self, view: View, sharp: float) -> Thinned:
        """Return the arcs as finely as the view shows them: one vertex in a pixel of the file."""
        bits = max(0, math.floor(math.log2(1.2 / (view.s * sharp))))
        if bits not in self._levels:
            self._levels[bits] = self._thin(bits)
        return self._levels[bits]

    def _thin(self, bits: int) -> Thinned:
        cell_x, cell_y = self._x >> bits, self._y >> bits
        kept = np.ones(len(self._x), dtype=bool)
        kept[1:] = (cell_x[1:] != cell_x[:-1]) | (cell_y[1:] != cell_y[:-1])
        kept[self._first[:-1]] = True
        kept[self._first[1:] - 1] = True
        before = np.concatenate([[0], np.cumsum(kept)])
        points = np.column_stack([self._x[kept], self._y[kept]]).astype(np.float64)
        return Thinned(points, before[self._first].astype(np.int32))

    def area(self, key: str, level: Thinned) -> Path:
        """Return the outline of an area of the map, in index units."""
        if key not in level.kept:
            level.kept[key] = _closed(level, self.areas[key])
        return level.kept[key]

    def water(self, level: Thinned) -> Path:
        """Return all lakes, their islands left out of them."""
        if "lakes" not in level.kept:
            level.kept["lakes"] = _closed(level, self.lakes)
        return level.kept["lakes"]

    def spot(self, key: str) -> tuple[float, float] | None:
        """Return where an area's name is written, in index units."""
        one = self._named.get(key)
        return (one["x"], one["y"]) if one else None

    def label(self, key: str) -> dict[str, Any] | None:
        """Return what the file says of an area's name: `en` and `ko` among it."""
        return self._named.get(key)


@cache
def basemap() -> Basemap:
    """Return the base map that is shipped, decoded once."""
    return Basemap(json.loads(gzip.decompress(_FILE.read_bytes())))


def placing(view: View, shift: float = 0) -> Affine2D:
    """Return what puts index units on the paper, moved to a copy of the world."""
    return Affine2D.from_values(view.s, 0, 0, view.s, shift * view.s - view.ox, -view.oy)


def meets(box: Box, view: View, shift: float = 0) -> bool:
    """Return whether a box of a copy of the world is seen."""
    left, top, right, bottom = view.box
    return box[0] + shift <= right and box[2] + shift >= left and box[1] <= bottom and box[3] >= top


def paint(paper: Paper, view: View, c: Colours) -> None:
    """Draw land, water and lines."""
    ground = basemap()
    level = ground.thinned(view, paper.sharp)
    for shift in view.shifts():
        place = placing(view, shift)
        seen = [
            key for key, box in ground.boxes.items() if "-" not in key and meets(box, view, shift)
        ]
        land = [ground.area(key, level) for key in seen if key != _OWN]
        if land:
            paper.fill(Path.make_compound_path(*land), c.land, place=place)
        if _OWN in seen:
            paper.fill(ground.area(_OWN, level), c.interest, place=place)
        paper.fill(ground.water(level), c.sea, place=place)
        for name, (colour, width, dash) in _pens(view.zoom, c).items():
            path = _open(ground, level, name, view, shift)
            if path is not None:
                paper.stroke(path, colour, width, dash, "round", place=place)


def _pens(zoom: float, c: Colours) -> dict[str, tuple[str, float, Sequence[float]]]:
    """Return colour, width and dash of each kind of line at a zoom, the lowest first."""
    pens: dict[str, tuple[str, float, Sequence[float]]] = {}
    close = zoom >= 6  # noqa: PLR2004 - as in the live map, all of these
    if zoom >= 5:  # noqa: PLR2004
        pens["river"] = (c.river, 1.4 if zoom >= 9 else 0.8, ())  # noqa: PLR2004
    if close:
        pens["other"] = (c.faint, 0.8, ())
    if zoom >= 5:  # noqa: PLR2004
        pens["own"] = (c.province, 1 if zoom >= 7 else 0.7, ())  # noqa: PLR2004
    pens["coast"] = (c.coast, 0.9 if close else 0.6, ())
    pens["border"] = (c.border, 1.2 if close else 0.8, ())
    pens["disputed"] = (c.border, 1.2 if close else 0.8, (4, 4))
    return pens


def _closed(level: Thinned, rings: Rings) -> Path:
    """Return rings of arcs as one closed path."""
    points, codes = [], []
    for ring in rings:
        arcs = [level.arc(number) for number in ring]
        whole = np.concatenate([*arcs, arcs[0][:1]])
        code = np.full(len(whole), Path.LINETO, dtype=Path.code_type)
        code[0], code[-1] = Path.MOVETO, Path.CLOSEPOLY
        points.append(whole)
        codes.append(code)
    return Path(np.concatenate(points), np.concatenate(codes))


def _open(ground: Basemap, level: Thinned, name: str, view: View, shift: float) -> Path | None:
    """Return those lines of a kind that are seen, as one path; None when there is none."""
    numbers = ground.lines[name]
    if not len(numbers):
        return None
    boxes = ground.arc_boxes[numbers]
    left, top, right, bottom = view.box
    wide = (boxes[:, 2:] - boxes[:, :2]).max(axis=1) * view.s
    seen = numbers[
        (wide > _SPECK) & (boxes[:, 0] + shift <= right) & (boxes[:, 2] + shift >= left)
        & (boxes[:, 1] <= bottom) & (boxes[:, 3] >= top)
    ]  # fmt: skip
    return _lines(level, seen) if len(seen) else None


_SPECK = 0.6
"""Pixels from which an islet has a coast and is no mere speck of land."""


def _lines(level: Thinned, numbers: Iterable[int]) -> Path:
    arcs = [level.arc(number) for number in numbers]
    points = np.concatenate(arcs)
    codes = np.full(len(points), Path.LINETO, dtype=Path.code_type)
    codes[np.cumsum([0, *map(len, arcs[:-1])])] = Path.MOVETO
    return Path(points, codes)
