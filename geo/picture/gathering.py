"""From rows to symbols: counts at each place, and what is put together at this scale.

The same rules as `geo/points.js`: an entry counts once in every number; places whose symbols
overlap become one; above 1,500 places in view the squares of a grid are counted instead.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from geo.entry import Level, Precision
from geo.mercator import WORLD
from geo.picture.letters import Style, width
from geo.picture.view import View
from geo.points import curve

Shape = Literal["site", "circle", "badge", "cluster"]
Line = Literal["solid", "dotted", "dashed"]
Ints = NDArray[np.int64]
Row = dict[str, NDArray[Any]]

SINGLE = 1500
"""Places in view up to which each is drawn by itself."""
_WIDE = 40
"""Pixels from which a radius is an area round a badge."""
_LINKS = 300
_EDGE = 16
"""Pixels beyond the edge at which a place still shows part of its symbol."""
_KINDS = [one.value for one in Precision]
_LEVELS = [one.value for one in Level]
_RANK = (1, 3, 4, 5, 2, 0)
"""Which verification stands for a place: the best; refuted only when all are refuted."""
AREAS = ("province", "country")
"""What is known no finer than this is drawn as an area with its count in it."""
NUMBER, SMALL = Style(13, "bold"), Style(11, "bold")


@dataclass(frozen=True)
class Places:
    """Every place of the rows, with what passes there."""

    id: Sequence[str]
    x: Ints
    y: Ints
    reach: NDArray[np.float64]
    """The radius in index units, 0 for a site."""
    precision: Ints
    name: Sequence[str]
    native: Sequence[str]
    area: Sequence[str]
    """The code of its province or country where it is known no finer, else ""."""
    tone: Ints
    """The number of the verification that stands for it."""
    place: Ints
    """The place of each pair of place and entry, each pair once, …"""
    entry: Ints
    """… its entry, …"""
    kind: Ints
    """… and 0 stated there, 1 inferred, 2 possible."""

    def counts(self) -> NDArray[np.int64]:
        """Return for each place how many entries are stated, inferred and possible."""
        size = len(self.x)
        return np.column_stack(
            [np.bincount(self.place[self.kind == kind], minlength=size) for kind in range(3)]
        )


@dataclass(frozen=True)
class Symbol:
    """One symbol, in pixels of the paper."""

    shape: Shape
    x: float
    y: float
    r: float
    certain: int
    possible: int
    line: Line
    tone: int = 0
    text: str = ""
    inferred: int = 0
    foot: float = 0.0
    """Where the place itself is: of a site below its dot."""
    extent: float = 0.0
    """The radius of the area drawn round it, 0 when there is none."""
    kind: str = "cell"
    name: str = ""
    native: str = ""
    area: str = ""
    places: tuple[int, ...] = ()
    shift: float = 0.0
    hot: bool = False
    """Whether an entry that is marked is here."""

    @property
    def n(self) -> int:
        """How many entries it stands for."""
        return self.certain + self.possible


@dataclass(frozen=True)
class Gathered:
    """What is to be drawn: the areas, the lines between candidates, and the symbols."""

    areas: tuple[Symbol, ...]
    links: tuple[tuple[Symbol, Symbol, bool], ...]
    """From, to, and whether an entry that is marked has both."""
    symbols: tuple[Symbol, ...]
    entries: int
    """How many entries the symbols stand for, each counted once."""


def places_of(rows: Row) -> Places:
    """Return the places of `Index.placed()`, as the first row of each calls it."""
    ids = rows["place_id"].tolist()
    here = dict(zip(reversed(ids), range(len(ids) - 1, -1, -1), strict=True))
    first, place = np.unique(_looked_up(ids, here), return_inverse=True)
    kind = np.where(rows["certainty"] == "possible", 2, rows["inferred"].astype(np.int64))
    level = _coded(rows["verification"], _LEVELS)
    best = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(best, place, np.asarray(_RANK)[level])
    pairs = _pairs(place, rows["entry_no"].astype(np.int64), kind)
    precision = _coded(rows["precision"][first], _KINDS)
    y = rows["y"][first].astype(np.int64)
    stretch = np.cosh(math.pi * (1 - 2 * y / WORLD)) * WORLD / _AROUND_M
    reach = np.where(precision == 0, 0.0, np.maximum(rows["uncertainty_m"][first], 1) * stretch)
    areas = np.where(rows["admin1"][first] == "", rows["country"][first], rows["admin1"][first])
    areas[precision < _KINDS.index("province")] = ""
    return Places(
        rows["place_id"][first].tolist(),
        rows["x"][first].astype(np.int64), y, reach, precision, rows["name"][first].tolist(),
        rows["native"][first].tolist(), areas.tolist(), np.asarray(_TONE)[best], *pairs,
    )  # fmt: skip


_AROUND_M = 40_075_016.686
_TONE = [_RANK.index(rank) for rank in range(len(_RANK))]


def _looked_up(values: Sequence[str], codes: dict[str, int]) -> Ints:
    return np.fromiter(map(codes.__getitem__, values), np.int64, len(values))


def _coded(values: NDArray[Any], codes: Sequence[str]) -> Ints:
    return _looked_up(values.tolist(), {code: at for at, code in enumerate(codes)})


def _pairs(place: Ints, entry: Ints, kind: Ints) -> tuple[Ints, Ints, Ints]:
    """Return place, entry and the surest kind of each pair of a place and an entry, once."""
    most = int(entry.max(initial=0)) + 1
    packed = np.sort((place * most + entry) * 4 + kind)
    pair = packed >> 2
    first = np.ones(len(pair), dtype=bool)
    first[1:] = pair[1:] != pair[:-1]
    place, entry = np.divmod(pair[first], most)
    return place, entry, packed[first] & 3


Spread = Callable[[Sequence[Symbol], View], list[Symbol]]
"""Moves the symbols of areas apart."""


def gathered(
    places: Places, view: View, language: str, marked: frozenset[int], spread: Spread
) -> Gathered:
    """Return what is drawn in the view; symbols that stand for an entry of `marked` are hot."""
    at = view.near(places.x)
    left, top, right, bottom = view.box
    edge = _EDGE / view.s
    inside = (
        (at >= left - edge) & (at <= right + edge)
        & (places.y >= top - edge) & (places.y <= bottom + edge)
    )  # fmt: skip
    hot = np.isin(places.entry, list(marked)) if marked else np.zeros(len(places.entry), dtype=bool)
    chosen = set(places.place[hot].tolist())
    entries = len(np.unique(places.entry[inside[places.place]]))
    maker = _Maker(places, at, view, language, chosen)
    if np.count_nonzero(inside) > SINGLE:
        return Gathered((), (), maker.cells(inside), entries)
    ones = [maker.single(p) for p in np.flatnonzero(inside).tolist()]
    touching = _touching(places, at, view) & ~inside
    beyond = [maker.single(p) for p in np.flatnonzero(touching)[:SINGLE].tolist()]
    areas = sorted((one for one in [*ones, *beyond] if one.extent), key=lambda one: -one.extent)
    symbols = spread(_grouped(places, _merged(ones, places), language, chosen), view)
    links = _links(places, symbols, maker, marked, inside)
    return Gathered(tuple(areas), links, tuple(symbols), entries)


def _touching(places: Places, at: NDArray[np.float64], view: View) -> NDArray[np.bool_]:
    """Return which places' areas reach into the view."""
    left, top, right, bottom = view.box
    far = places.reach
    return np.asarray(
        (far > 0) & (at + far > left) & (at - far < right)
        & (places.y + far > top) & (places.y - far < bottom)
    )  # fmt: skip


class _Maker:
    """Makes the symbol of one place."""

    def __init__(
        self, places: Places, at: NDArray[np.float64], view: View, language: str, chosen: set[int]
    ) -> None:
        self._places, self._at, self._view = places, at, view
        self._language, self._chosen = language, chosen
        self._counts = places.counts()

    def single(self, p: int) -> Symbol:
        places = self._places
        stated, inferred, possible = (int(n) for n in self._counts[p])
        n, precision = stated + inferred + possible, int(places.precision[p])
        site = precision == 0
        text = "" if site and n == 1 else short(n, self._language)
        real = float(places.reach[p]) * self._view.s
        wide = precision > _KINDS.index("city") or real > _WIDE
        shape: Shape = "site" if site else "badge" if wide else "circle"
        need = radius(shape, text)
        r = need if wide or site else max(9.0, need, real)
        foot = float(self._view.y(places.y[p]))
        return Symbol(
            shape, float(self._view.x(self._at[p])), foot - r - 8 if site else foot, r,
            stated + inferred, possible,
            "solid" if stated else "dotted" if inferred else "dashed",
            int(places.tone[p]), text, inferred, foot, max(real, need) if wide else 0.0,
            _KINDS[precision], places.name[p] or "", places.native[p] or "", places.area[p] or "",
            (p,), float(self._at[p] - places.x[p]), p in self._chosen,
        )  # fmt: skip

    def cells(self, inside: NDArray[np.bool_]) -> tuple[Symbol, ...]:
        """Return one symbol for each square of a grid that is not empty, at its middle."""
        view, places, side = self._view, self._places, 2 ** max(0, 22 - round(self._view.zoom))
        column = np.floor(self._at[inside] / side).astype(np.int64)
        least, most = int(column.min()), int(column.max()) + 1
        packed = (places.y[inside] // side) * (most - least) + column - least
        cells, number = np.unique(packed, return_inverse=True)
        group = np.full(len(places.x), -1)
        group[inside] = number
        hot = {int(group[p]) for p in self._chosen}
        symbols: list[Symbol] = []
        for cell, certain, possible in zip(
            cells, *_together(places, group, len(cells)), strict=True
        ):
            down, across = divmod(int(cell), most - least)
            text = short(int(certain + possible), self._language)
            grown = min(25.0, 12 + 3 * math.log10(certain + possible))
            symbols.append(Symbol(
                "cluster", view.x((across + least + 0.5) * side), view.y((down + 0.5) * side),
                max(grown, radius("cluster", text)), int(certain), int(possible),
                "solid" if certain else "dashed", text=text, hot=len(symbols) in hot,
            ))  # fmt: skip
        return tuple(symbols)


def short(n: int, language: str) -> str:
    """Return a number that fits into a symbol: "9999", "12.3K", "1.2만"."""
    if n < 10_000:  # noqa: PLR2004 - four figures fit
        return str(n)
    steps = ((100_000_000, "억"), (10_000, "만")) if language == "ko" else ((1e6, "M"), (1e3, "K"))
    size, sign = next((step for step in steps if n >= step[0]), steps[-1])
    said = f"{n / size:.{1 if n < _ROUND else 0}f}"
    return f"{said.removesuffix('.0')}{sign}"


_ROUND = 100_000
"""From here on a number is told without a fraction."""


def radius(shape: Shape, text: str) -> float:
    """Return the radius in pixels that a symbol needs to hold its text."""
    if shape == "site":
        return max(8.0, width(text, SMALL) / 2 + 4) if text else 6.0
    room = width(text, NUMBER) / 2
    return max(15.0, room + 8) if shape == "cluster" else max(13.0, room + 7)


def _merged(ones: list[Symbol], places: Places) -> list[list[Symbol]]:
    """Return groups of symbols that overlap, the largest count first.

    A province or country is an area: put together with a town it would seem to be that town.
    """
    numbers = [one.places[0] for one in ones]
    along = curve(places.x[numbers], places.y[numbers]).tolist()
    order = zip(ones, along, (places.id[p] for p in numbers), strict=True)
    ones = [one for one, *_ in sorted(order, key=lambda item: (-item[0].n, *item[1:]))]
    x, y, r = (np.array([getattr(one, name) for one in ones]) for name in ("x", "y", "r"))
    alone = np.array([one.kind in AREAS for one in ones], dtype=bool)
    free = np.ones(len(ones), dtype=bool)
    groups = []
    for seed, one in enumerate(ones):
        if not free[seed]:
            continue
        free[seed] = False
        members, reach = [one], one.r
        while not alone[seed]:
            near = np.hypot(x - one.x, y - one.y) <= reach + r + 1
            more = np.flatnonzero(near & free & ~alone)
            if not len(more):
                break
            free[more] = False
            members += [ones[number] for number in more]
            reach = max(reach, radius("cluster", one.text))
        groups.append(members)
    return groups


def _together(places: Places, group: Ints, size: int) -> tuple[Ints, Ints]:
    """Return how many entries are certain and only possible in each group of places.

    `group` is that of each place, -1 for none; an entry counts once in a group.
    """
    of = group[places.place]
    held = of >= 0
    of, _, kind = _pairs(of[held], places.entry[held], places.kind[held])
    sure = kind < 2  # noqa: PLR2004 - 2 is possible
    return np.bincount(of[sure], minlength=size), np.bincount(of[~sure], minlength=size)


def _grouped(
    places: Places, groups: list[list[Symbol]], language: str, chosen: set[int]
) -> list[Symbol]:
    """Return one symbol a group."""
    group = np.full(len(places.x), -1)
    for number, members in enumerate(groups):
        group[[one.places[0] for one in members]] = number
    certain, possible = _together(places, group, len(groups))
    symbols = []
    for number, members in enumerate(groups):
        first, *others = members
        if not others:
            symbols.append(first)
            continue
        sure, maybe = int(certain[number]), int(possible[number])
        text = short(sure + maybe, language)
        numbers = tuple(one.places[0] for one in members)
        symbols.append(replace(
            first, shape="cluster", kind="cluster", y=first.foot, r=radius("cluster", text),
            certain=sure, possible=maybe, line="solid" if sure else "dashed", tone=0, text=text,
            extent=0.0, places=numbers, hot=bool(chosen.intersection(numbers)),
        ))  # fmt: skip
    return symbols


def _links(
    places: Places, symbols: Sequence[Symbol], maker: _Maker, marked: frozenset[int],
    inside: NDArray[np.bool_],
) -> tuple[tuple[Symbol, Symbol, bool], ...]:  # fmt: skip
    """Return the lines between candidates of one entry, those of marked entries first."""
    symbol_of = {p: symbol for symbol in symbols for p in symbol.places}
    maybe = places.kind == 2  # noqa: PLR2004 - possible
    along = curve(places.x, places.y)[places.place[maybe]]
    order = np.lexsort((places.place[maybe], along, places.entry[maybe]))
    place, entry = places.place[maybe][order], places.entry[maybe][order]
    seen = (entry[1:] == entry[:-1]) & (inside[place[1:]] | inside[place[:-1]])
    tally: dict[tuple[int, int], list[int]] = {}
    for a, b, of in zip(place[:-1][seen], place[1:][seen], entry[1:][seen], strict=True):
        held = tally.setdefault((int(a), int(b)), [0, 0])
        held[0] += 1
        held[1] |= int(of) in marked
    most = sorted(tally.items(), key=lambda item: (-item[1][1], -item[1][0], item[0]))[:_LINKS]
    lines = [
        (symbol_of.get(a) or maker.single(a), symbol_of.get(b) or maker.single(b), bool(hot))
        for (a, b), (_, hot) in most
    ]
    return tuple(line for line in lines if line[0] is not line[1])
