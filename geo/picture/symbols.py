"""The symbol language on paper: size = how precise, line = how certain, tone = how verified.

The same as `geo/symbols.js`, so that a picture and the live map are read alike.
"""

from __future__ import annotations

import math

from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geo.picture.colours import Colours
from geo.picture.gathering import NUMBER, Line, Symbol
from geo.picture.letters import Style, width, write
from geo.picture.paper import Box, Paper, arc, disc, line

_FILL = (0.10, 0.20, 0.45, 0.85, 0.85, 0.10)
"""How strongly each verification is filled: not assessed, reported, …, contested, refuted."""
_CORROBORATED, _GEOLOCATED, _CONTESTED, _REFUTED = 2, 3, 4, 5
_DASH: dict[Line, tuple[float, ...]] = {"solid": (), "dotted": (0.1, 4.2), "dashed": (5, 3.4)}
_FOOT = 8
"""Pixels from a site's dot down to the place."""


def hue(symbol: Symbol, c: Colours) -> str:
    """Return the colour of a symbol's line."""
    if symbol.tone == _REFUTED:
        return c.refuted
    return c.possible if symbol.line == "dashed" else c.certain


def outline(paper: Paper, path: Path, kind: Line, colour: str, thick: float) -> None:
    """Draw along a path: solid, dotted or dashed."""
    dotted = kind == "dotted"
    wide = thick + 0.6 if dotted else thick
    paper.stroke(path, colour, wide, _DASH[kind], "round" if dotted else "butt")


def draw(paper: Paper, symbol: Symbol, c: Colours) -> None:
    """Draw a symbol with its count."""
    if symbol.shape == "cluster":
        _cluster(paper, symbol, c)
    elif symbol.shape == "site":
        _site(paper, symbol, c)
    else:
        _round(paper, symbol, c, 1.6 if symbol.shape == "badge" else 2)


def extent(
    paper: Paper, symbol: Symbol, c: Colours, path: Path, box: Box, *, place: Affine2D | None = None
) -> None:
    """Draw an area, lightly tinted, with the symbol's line; `place` puts the path on the paper."""
    _tone(paper, symbol, c, path, box, strength=0.6, place=place)
    shown = path.transformed(place) if place else path
    outline(paper, shown, symbol.line, hue(symbol, c), 1.6)


def link(paper: Paper, a: Symbol, b: Symbol, c: Colours, *, strong: bool) -> None:
    """Join two candidates of one entry, from edge to edge."""
    dx, dy = b.x - a.x, b.y - a.y
    far = math.hypot(dx, dy)
    if far < a.r + b.r + 2:
        return
    ends = [
        (a.x + dx * a.r / far, a.y + dy * a.r / far),
        (b.x - dx * b.r / far, b.y - dy * b.r / far),
    ]
    outline(paper, line(ends), "dashed", c.possible, 2.4 if strong else 1.3)


def halo(paper: Paper, symbol: Symbol, c: Colours) -> None:
    """Ring a symbol of a marked entry."""
    colour = c.possible if symbol.line == "dashed" else c.certain
    for grow, thick, alpha in ((7, 9, 0.22), (5, 1.6, 1.0)):
        paper.stroke(disc(symbol.x, symbol.y, symbol.r + grow), colour, thick, alpha=alpha)


def _tone(
    paper: Paper, symbol: Symbol, c: Colours, path: Path, box: Box, *, strength: float = 1.0,
    place: Affine2D | None = None,
) -> None:  # fmt: skip
    """Fill a path with the tone; `box` is what a contested half is cut from.

    What is only possible stays hollow until somebody has verified more than a report.
    """
    hollow = symbol.line == "dashed" and symbol.tone < _CORROBORATED
    alpha = _FILL[symbol.tone] * strength * (0.35 if hollow else 1)
    if symbol.tone != _CONTESTED:
        paper.fill(path, hue(symbol, c), alpha, place)
        return
    left, top, right, bottom = box
    with paper.within((left, top, (left + right) / 2, bottom)):
        paper.fill(path, hue(symbol, c), alpha, place)


def _number(paper: Paper, symbol: Symbol, c: Colours, style: Style) -> None:
    if not symbol.text:
        return
    wide = width(symbol.text, style)
    if symbol.tone >= _CONTESTED or (symbol.tone == _GEOLOCATED and symbol.line == "dashed"):
        # Over a half, a stroke or a strong orange the number needs a ground of its own.
        paper.fill(disc(symbol.x, symbol.y, wide / 2 + 3.5), c.panel, 0.94)
    ink = (
        c.muted if symbol.tone == _REFUTED
        else c.ink if symbol.tone == _CORROBORATED
        else c.possibleInk if symbol.line == "dashed"
        else c.onTone if symbol.tone == _GEOLOCATED
        else c.certainInk
    )  # fmt: skip
    write(paper, symbol.text, (symbol.x - wide / 2, symbol.y), style, ink)


def _site(paper: Paper, symbol: Symbol, c: Colours) -> None:
    """Draw a small dot on a short stem whose foot is the place."""
    x, y, r, colour = symbol.x, symbol.y, symbol.r, hue(symbol, c)
    foot = y + r + _FOOT
    paper.stroke(line([(x, y + r), (x, foot)]), colour, 2, cap="round")
    paper.fill(disc(x, foot, 1.8), colour)
    _round(paper, symbol, c, 2.4)
    if not symbol.text:
        paper.fill(disc(x, y, 2.2), c.onTone if symbol.tone == _GEOLOCATED else colour)


def _round(paper: Paper, symbol: Symbol, c: Colours, thick: float) -> None:
    """Draw a round symbol with its tone, its line and its count."""
    x, y, r, colour = symbol.x, symbol.y, symbol.r, hue(symbol, c)
    clear = symbol.line == "dashed" or symbol.shape != "circle"
    paper.fill(disc(x, y, r), c.panel, 0.92 if clear else 0.6)
    # A strong tone keeps clear of a broken line, or nobody could see that it is broken.
    inner = r - 3 if symbol.line != "solid" and symbol.tone > 1 else r
    _tone(paper, symbol, c, disc(x, y, inner), (x - inner, y - inner, x + inner, y + inner))
    if symbol.tone == _REFUTED:
        far = r * 0.75 * 0.95
        paper.stroke(line([(x - far, y + far), (x + far, y - far)]), colour, 1.8)
    outline(paper, disc(x, y, r), symbol.line, colour, thick)
    size = 15 if r > 19 else 11 if r < 11 else 13  # noqa: PLR2004 - as on the live map
    _number(paper, symbol, c, Style(size, "bold"))


def _cluster(paper: Paper, symbol: Symbol, c: Colours) -> None:
    """Draw several places together: the count, in a ring split into certain and possible."""
    x, y, r = symbol.x, symbol.y, symbol.r
    paper.fill(disc(x, y, r + 2.5), c.panel, 0.94)
    part = symbol.certain / symbol.n
    both = 0 < part < 1
    share = min(0.92, max(0.08, part)) if both else part  # each part is at least visible
    gap = 5.2 if both else 0.0  # degrees
    if share > 0:
        certain = arc(x, y, r, gap - 90, share * 360 - gap - 90)
        outline(paper, certain, "solid", c.certain, 3.4)
    if share < 1:
        possible = arc(x, y, r, share * 360 + gap - 90, 270 - gap)
        outline(paper, possible, "dashed", c.possible, 3.4)
    wide = width(symbol.text, NUMBER)
    write(paper, symbol.text, (x - wide / 2, y), NUMBER, c.ink)
