"""Regions tinted by their counts, hatched where entries are only possible: `geo/regions.js`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from geo.i18n import Translator
from geo.picture.basemap import basemap, meets, placing
from geo.picture.colours import Colours
from geo.picture.gathering import short
from geo.picture.letters import Style, width, write
from geo.picture.names import Claims, both
from geo.picture.paper import Box, Paper, box_path
from geo.picture.view import View
from geo.regions import OUTLINED, classes

_FAINT, STRONG, _ALONE = 0.16, 0.7, 0.45
"""Tint of the lowest and the highest class, and of the only one."""
_BOX = 20
_DASH = (5, 3.4)
_ONLY, _ALSO = (7, 1.5), (14, 1.2)
"""Distance and width of the hatching: alone, and over a tint, so that its strength is seen."""
_NUMBER, _PLAIN, _NAME = Style(12, "bold"), Style(12), Style(12, "bold")

Counts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Region:
    """A region that is counted: its tint, and the pixels where its number stands."""

    code: str
    name: str
    """What it is called where the base map has no name of it."""
    certain: int
    possible: int
    tint: float
    outlined: bool
    x: float
    y: float
    box: Box


def surveyed(
    counts: Counts, rows: dict[str, NDArray[Any]], view: View, names: Mapping[str, str]
) -> list[Region]:
    """Return the regions in view, those with the most entries first.

    One that the base map has no outline of stands where its places are; one without either is
    left out.
    """
    classed = steps(counts)
    found = []
    order = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    for code, (certain, possible) in order:
        at, box = _where(code, rows)
        if at is None or not certain + possible:
            continue
        # Its number stands once, in the copy of the world that is nearest to the middle.
        shift = float(view.near(np.array([at[0]]))[0] - at[0])
        if not meets(box, view, shift):
            continue
        left, top, right, bottom = box
        x, y = view.x(at[0] + shift), view.y(at[1])
        pixels = (view.x(left + shift), view.y(top), view.x(right + shift), view.y(bottom))
        tinted = strength(classed, certain) if outlined(code) else 0.0
        name = names.get(code, code)
        found.append(Region(code, name, certain, possible, tinted, outlined(code), x, y, pixels))
    return found


def outlined(code: str) -> bool:
    """Return whether a region is tinted: the base map has its outline, and none of its parts.

    The code of a country whose provinces are drawn stands for what is known no finer.
    """
    return code in basemap().areas and code not in OUTLINED


def steps(counts: Counts) -> list[tuple[int, int]]:
    """Return the classes of what is certain in those regions that can be tinted."""
    return classes(certain for code, (certain, _) in counts.items() if outlined(code))


def strength(classed: Sequence[tuple[int, int]], certain: int) -> float:
    """Return how strongly a region of so many entries is tinted, 0 where nothing is certain."""
    number = next((n for n, (low, high) in enumerate(classed) if low <= certain <= high), -1)
    if number < 0:
        return 0.0
    return _ALONE if len(classed) == 1 else _FAINT + (STRONG - _FAINT) * number / (len(classed) - 1)


def _where(code: str, rows: dict[str, NDArray[Any]]) -> tuple[tuple[float, float] | None, Box]:
    """Return where a region's number stands and its box, in index units."""
    ground = basemap()
    if code in ground.areas:
        box = ground.boxes[code]
        return ground.spot(code) or ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), box
    held = (rows["admin1"] == code) | ((rows["admin1"] == "") & (rows["country"] == code))
    if not held.any():
        return None, (0, 0, 0, 0)
    x, y = float(np.median(rows["x"][held])), float(np.median(rows["y"][held]))
    return (x, y), (x, y, x, y)


def tint(paper: Paper, view: View, regions: Sequence[Region], c: Colours) -> None:
    """Tint and hatch the regions, under the names."""
    level = basemap().thinned(view, paper.sharp)
    drawn = {one.code: one for one in regions if one.outlined}
    for shift in view.shifts():
        place = placing(view, shift)
        seen = {
            code: one for code, one in drawn.items() if meets(basemap().boxes[code], view, shift)
        }
        paths = {code: basemap().area(code, level) for code in seen}
        for code, one in seen.items():
            if one.tint:
                paper.fill(paths[code], c.certain, one.tint, place)
        for also in (False, True):
            hatched = [
                paths[code] for code, one in seen.items() if one.possible and (one.tint > 0) is also
            ]
            if hatched:
                hatch(paper, Path.make_compound_path(*hatched), c, place, also=also)
        for code, one in seen.items():
            colour = c.certain if one.tint else c.possible
            paper.stroke(paths[code].transformed(place), colour, 1.3, () if one.tint else _DASH)


def hatch(
    paper: Paper, path: Path, c: Colours, place: Affine2D | None = None, *, also: bool
) -> None:
    """Draw the hatching of what is only possible into a path."""
    side, thick = _ALSO if also else _ONLY
    shown = path.transformed(place) if place else path
    corners = np.asarray(shown.vertices)
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    left, top, right, bottom = (
        max(left, 0),
        max(top, 0),
        min(right, paper.width),
        min(bottom, paper.height),
    )
    if right <= left or bottom <= top:
        return
    sums = np.arange(np.floor((left + top) / side), np.ceil((right + bottom) / side) + 1) * side
    ends = np.column_stack(
        [sums - top, np.full_like(sums, top), sums - bottom, np.full_like(sums, bottom)]
    )
    codes = np.tile([Path.MOVETO, Path.LINETO], len(sums))
    with paper.inside(shown):
        paper.stroke(Path(ends.reshape(-1, 2), codes), c.possible, thick, alpha=0.9)


# ---- Numbers and names -------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A box with a text: what is certain, what is possible, or a name."""

    text: str
    ink: str
    edge: str
    style: Style
    dash: tuple[float, ...] = ()

    @property
    def wide(self) -> float:
        return max(_BOX, width(self.text, self.style) + 12)


def numbers(
    paper: Paper, regions: Sequence[Region], claims: Claims, t: Translator, c: Colours
) -> None:
    """Write the numbers and then the names, those with the most entries first."""
    placed = []
    for one in regions:
        parts = _parts(one, t, c)
        wide = sum(part.wide + 2 for part in parts) - 2
        for left, middle in _spots(one, wide, len(regions)):
            box = (left - 2, middle - _BOX / 2 - 1, left + wide + 2, middle + _BOX / 2 + 1)
            if claims.claim(box, whole=True):
                _boxes(paper, parts, left, middle, c)
                claims.note(" ".join(part.text for part in parts), box)
                placed.append((one, left + wide / 2, middle + 20))
                break
    for one, x, middle in placed:
        if one.outlined:
            _name(paper, one, (x, middle), claims, t=t, c=c)


def _parts(one: Region, t: Translator, c: Colours) -> list[_Part]:
    parts = []
    if not one.outlined:
        parts.append(_Part(called(one.code, t) or one.name, c.ink, c.line, _PLAIN))
    if one.certain:
        said = short(one.certain, t.language)
        parts.append(_Part(said, c.certainInk, c.certainInk, _NUMBER))
    if one.possible:
        said = short(one.possible, t.language)
        parts.append(_Part(said, c.possibleInk, c.possibleInk, _NUMBER, (3.5, 2.5)))
    return parts


_FEW = 8
"""Regions in view up to which a number stands beside one that it would cover."""


def _spots(one: Region, wide: float, among: int) -> list[tuple[float, float]]:
    """Return where a number may stand: in its region, or beside one that it would cover."""
    inside = (one.x - wide / 2, one.y - (8 if one.outlined else 0))
    left, top, right, bottom = one.box
    if not one.outlined or (right - left > 1.5 * wide and bottom - top > 2.5 * _BOX):
        return [inside]
    if among > _FEW:
        whole_country = "-" not in one.code
        roomy = right - left > 0.75 * wide and bottom - top > _BOX
        return [inside] if roomy or not whole_country else []
    return [
        (right + 4, one.y), (left - 4 - wide, one.y), (one.x - wide / 2, bottom + _BOX),
        (one.x - wide / 2, top - _BOX), inside,
    ]  # fmt: skip


def _boxes(paper: Paper, parts: Sequence[_Part], left: float, middle: float, c: Colours) -> None:
    for part in parts:
        path = box_path((left, middle - _BOX / 2 + 1, left + part.wide, middle + _BOX / 2 - 1), 5)
        paper.fill(path, c.panel)
        paper.stroke(path, part.edge, 1.4, part.dash)
        wide = width(part.text, part.style)
        write(paper, part.text, (left + (part.wide - wide) / 2, middle), part.style, part.ink)
        left += part.wide + 2


def _name(
    paper: Paper,
    one: Region,
    at: tuple[float, float],
    claims: Claims,
    *,
    t: Translator,
    c: Colours,
) -> None:
    """Write a region's name under its number, and keep the base map from writing it again."""
    (x, middle), names = at, _names(one.code)
    for text in (both(t, *names), called(one.code, t)) if names else ():
        wide = width(text, _NAME)
        box = (x - wide / 2 - 3, middle - 8, x + wide / 2 + 3, middle + 8)
        if text and claims.claim(box, whole=True):
            write(paper, text, (x - wide / 2, middle), _NAME, c.ink, halo=(c.halo, 3.5))
            claims.note(text, box)
            break
    claims.take((one.x - 12, one.y - 22, one.x + 12, one.y + 22))


def called(code: str, t: Translator) -> str:
    """Return what the base map calls a region in the language; "" when it has no name of it."""
    names = _names(code)
    return "" if names is None else (names[1] if t.language == "ko" and names[1] else names[0])


def _names(code: str) -> tuple[str, str] | None:
    one = basemap().label(code)
    return (one.get("en") or "", one.get("ko") or "") if one else None
