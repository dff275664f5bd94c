"""What stands round the map: scale, north, credits, legend, and the foot with title and counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo import dates
from geo.i18n import Translator
from geo.layers import WORDS
from geo.picture import legend
from geo.picture.colours import Colours
from geo.picture.legend import Legend
from geo.picture.letters import Style, fitted, width, wrapped, write
from geo.picture.names import Claims
from geo.picture.paper import Box, Paper, box_path, line, polygon
from geo.picture.view import TILE, View

_TITLE, _COUNTS, _SMALL = Style(15, "bold"), Style(12), Style(11)
_MARK = Style(11, "bold")
_EDGE = 14
_LEGEND = 372
"""Pixels of the legend's column."""
_COLUMNS = 760
"""Pixels from which the legend stands beside the text, not below it."""
NONE = Legend()
_SHARE = 0.42
"""The share of a picture that its foot may take; what does not fit is left out."""
_BAR = 100
_EQUATOR_M, _FLATTENED = 6_378_137, 0.00669438
_NICE = (5, 3, 2, 1)


@dataclass(frozen=True)
class Foot:
    """What stands below the map, as lines that fit the picture."""

    wide: int = 0
    title: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    legend: Legend = NONE
    high: int = 0

    @property
    def beside(self) -> bool:
        """Whether the legend stands beside the text."""
        return bool(self.legend.rows) and self.wide >= _COLUMNS


def credit(t: Translator) -> str:
    """Return whom the map is owed to; Leaflet draws only the live one."""
    said = t(WORDS["credits"]).split(" · ")
    return " · ".join(one for one in said if one != "Leaflet")


def foot(
    size: tuple[int, int],
    texts: tuple[str, str, str],
    legends: Sequence[Legend],
    t: Translator,
    c: Colours,
) -> Foot:
    """Return the foot of a picture: title, counts and day, and the first legend that fits."""
    wide, high = size
    title, counts, day = texts
    said = " · ".join(filter(None, ["Glimpse", dates.said(day, t) if day else "", credit(t)]))
    for kept, lines in (*((one, 3) for one in legends), (NONE, 3), (NONE, 1)):
        room = wide - 2 * _EDGE
        if kept.rows and wide >= _COLUMNS:
            room -= _LEGEND + 2 * _EDGE
        made = Foot(
            wide,
            tuple(wrapped(title, _TITLE, room, min(lines, 2))),
            tuple(wrapped(counts, _COUNTS, room, lines)),
            tuple(wrapped(said, _SMALL, room, lines)),
            kept,
        )
        made = replace(made, high=math.ceil(_height(made, c)))
        if made.high <= _SHARE * high:
            return made
    least = Foot(wide, credits=tuple(wrapped(said, _SMALL, wide - 2 * _EDGE, 3)))
    return replace(least, high=math.ceil(_height(least, c)))


def _height(one: Foot, c: Colours) -> float:
    text = _text_height(one)
    explained = legend.draw(None, one.legend, (0, 0), _room(one), c)
    if one.beside:
        return max(text, explained) + 2 * 10
    return text + explained + (4 if explained else 0) + 2 * 10


def _text_height(one: Foot) -> float:
    parts = (21 * len(one.title), 18 * len(one.counts), 16 * len(one.credits))
    return sum(parts) + 5 * (sum(map(bool, parts)) - 1)


def _room(one: Foot) -> float:
    return _LEGEND if one.beside else one.wide - 2 * _EDGE


def draw_foot(paper: Paper, one: Foot, top: float, c: Colours) -> None:
    """Draw the foot below the map."""
    paper.fill(box_path((0, top, paper.width, paper.height)), c.panel)
    paper.stroke(line([(0, top), (paper.width, top)]), c.line, 1)
    x, y = _EDGE, top + 10.0
    for lines, style, ink, high in (
        (one.title, _TITLE, c.ink, 21), (one.counts, _COUNTS, c.muted, 18),
    ):  # fmt: skip
        for text in lines:
            write(paper, text, (x, y + high / 2), style, ink)
            y += high
        y += 5 if lines else 0
    if one.beside:
        y = max(y, paper.height - 10.0 - 16 * len(one.credits))
        legend.draw(paper, one.legend, (paper.width - _EDGE - _LEGEND, top + 10), _LEGEND, c)
    elif one.legend.rows:
        y += legend.draw(paper, one.legend, (x, y), _room(one), c) + 4
    for text in one.credits:
        write(paper, text, (x, y + 8), _SMALL, c.muted)
        y += 16


def panel(
    paper: Paper | None,
    explained: Legend,
    size: tuple[int, int],
    c: Colours,
    claims: Claims | None = None,
) -> float:
    """Draw the legend on the lower left of the map and return its height; 0: no room for it.

    Without paper it is only measured.
    """
    wide, high = size
    if not explained.rows:
        return 0.0
    room = min(_LEGEND, wide - 2 * _EDGE - 24)
    tall = legend.draw(None, explained, (0, 0), room, c) + 16
    if tall > _SHARE * high:
        return 0.0
    if paper:
        left, top = _EDGE, high - _EDGE - tall
        path = box_path((left, top, left + room + 24, top + tall), 9)
        paper.fill(path, c.panel)
        paper.stroke(path, c.line, 1)
        legend.draw(paper, explained, (left + 12, top + 8), room, c)
        if claims:
            claims.take((left - 4, top - 4, left + room + 28, top + tall + 4))
    return tall


def corner(paper: Paper, high: float, t: Translator, claims: Claims, c: Colours) -> float:
    """Write the credits into the lower right corner of the map; returns their height."""
    text = fitted(credit(t), _SMALL, paper.width - 20)
    wide = width(text, _SMALL)
    box = (paper.width - wide - 14, high - 20, float(paper.width), high)
    paper.fill(box_path(box), c.panel, 0.9)
    write(paper, text, (box[0] + 7, high - 10), _SMALL, c.muted)
    claims.take(box)
    claims.note(text, box)
    return 20


def scale(paper: Paper, view: View, bottom: float, claims: Claims, c: Colours) -> None:
    """Draw the scale at the lower right: how long a round length is at the middle of the map."""
    sine = math.sin(math.radians(view.lat))
    pixel = 2 * math.pi * _EQUATOR_M * math.sqrt((1 - sine**2) / (1 - _FLATTENED * sine**2))
    pixel /= TILE * 2**view.zoom
    most = min(_BAR, view.width / 4) * pixel
    ten = 10 ** math.floor(math.log10(most))
    metres = ten * next(nice for nice in _NICE if nice * ten <= most)
    bar, right = metres / pixel, paper.width - _EDGE
    text = f"{metres / 1000:,.0f} km" if metres >= 1000 else f"{metres:,.3g} m"  # noqa: PLR2004 - of a kilometre
    left, low = right - bar, bottom - 12
    box = (left - 6, low - 18, right + 6, low + 5)
    _ground(paper, box, claims, c)
    path = line([(left, low - 6), (left, low), (right, low), (right, low - 6)])
    for colour, thick in ((c.halo, 5), (c.ink, 1.6)):
        paper.stroke(path, colour, thick)
    wide = width(text, _MARK)
    write(paper, text, (left + (bar - wide) / 2, low - 9), _MARK, c.ink, halo=(c.halo, 4))
    claims.note(text, box)


def north(paper: Paper, t: Translator, claims: Claims, c: Colours) -> None:
    """Draw where north is: an arrow at the upper right."""
    x, y = paper.width - _EDGE - 10, _EDGE + 4
    box = (x - 11.0, y - 5.0, x + 11.0, y + 32.0)
    _ground(paper, box, claims, c)
    for side, colour in ((-1, c.ink), (1, c.muted)):
        paper.fill(polygon([(x, y), (x + side * 5.5, y + 16), (x, y + 12)]), colour)
    text = t("N")
    wide = width(text, _MARK)
    write(paper, text, (x - wide / 2, y + 24), _MARK, c.ink, halo=(c.halo, 4))
    claims.note(text, box)


def _ground(paper: Paper, box: Box, claims: Claims, c: Colours) -> None:
    """Take a box, and give it a ground of its own where a symbol is below it."""
    if not claims.claim(box):
        paper.fill(box_path(box, 5), c.panel, 0.92)
        claims.take(box)


def notice(paper: Paper, text: str, high: int, claims: Claims, c: Colours) -> None:
    """Write a sentence into the middle of the map, on a ground of its own."""
    said = fitted(text, _COUNTS, paper.width - 60)
    wide = width(said, _COUNTS)
    left, middle = (paper.width - wide) / 2, high / 2
    box = (left - 14, middle - 16, left + wide + 14, middle + 16)
    path = box_path(box, 8)
    paper.fill(path, c.panel, 0.96)
    paper.stroke(path, c.line, 1)
    write(paper, said, (left, middle), _COUNTS, c.ink)
    claims.take(box)
    claims.note(said, box)
