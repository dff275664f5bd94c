"""Room for the counts of areas: they stand anywhere in their area, so that none covers another.

On the live map what is covered can be pointed at; on paper it would be lost.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from geo.picture.basemap import basemap
from geo.picture.gathering import AREAS, Symbol
from geo.picture.view import View

_ROUNDS, _STEP, _APART = 8, 14.0, 3.0
"""Rings of places that are tried, pixels between them, and pixels between two symbols."""


def spread(symbols: Sequence[Symbol], view: View) -> list[Symbol]:
    """Return the symbols with those of provinces and countries moved off the others.

    A count never leaves its area; where there is no room in it, it stays at the middle.
    """
    fixed = [one for one in symbols if one.kind not in AREAS]
    moved = {}
    for one in symbols:
        if one.kind in AREAS:
            moved[one.places] = _moved(one, fixed, view)
            fixed.append(moved[one.places])
    return [moved.get(one.places, one) for one in symbols]


def _moved(one: Symbol, others: Sequence[Symbol], view: View) -> Symbol:
    inside = _inside(one, view)
    for x, y in _spots(one):
        free = all(
            math.hypot(x - other.x, y - other.y) >= one.r + other.r + _APART for other in others
        )
        if free and inside(x, y):
            return replace(one, x=x, y=y, foot=y)
    return one


def _spots(one: Symbol) -> Iterator[tuple[float, float]]:
    """Yield places round the middle, the nearest first."""
    yield one.x, one.y
    for ring in range(1, _ROUNDS + 1):
        for step in range(6 * ring):
            turn = 2 * math.pi * step / (6 * ring)
            yield one.x + ring * _STEP * math.cos(turn), one.y + ring * _STEP * math.sin(turn)


def _inside(one: Symbol, view: View) -> Callable[[float, float], bool]:
    """Return what says whether a point of the paper is in the area and on the map."""
    ground = basemap()

    def shown(x: float, y: float) -> bool:
        return one.r <= x <= view.width - one.r and one.r <= y <= view.height - one.r

    if one.area not in ground.areas:
        return lambda x, y: shown(x, y) and math.hypot(x - one.x, y - one.foot) <= one.extent
    path = ground.area(one.area, ground.thinned(view, 1))

    def within(x: float, y: float) -> bool:
        at = ((x + view.ox) / view.s - one.shift, (y + view.oy) / view.s)
        return shown(x, y) and bool(path.contains_point(at))

    return within
