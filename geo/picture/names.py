"""The names on a map: those of entries first, then the base map's, none over another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from geo.i18n import Translator
from geo.layers import WORDS
from geo.mercator import WORLD
from geo.picture.basemap import basemap
from geo.picture.colours import Colours
from geo.picture.gathering import Symbol
from geo.picture.letters import Style, Weight, width, writable, write
from geo.picture.paper import Box, Paper, disc, polygon
from geo.picture.view import View

_NAME, _COUNTS = Style(13, "bold"), Style(11)


@dataclass(frozen=True)
class _Face:
    """How a kind of the base map's names is set."""

    size: float
    ink: str
    caps: float = 0.0
    weight: Weight = "regular"
    dot: float = 0.0


_FACES = {
    "country": _Face(12, "quiet", caps=4),
    "province": _Face(10, "quiet", caps=1.4),
    "city": _Face(11.5, "muted", dot=2.4),
    "sea": _Face(12, "water", caps=0.2, weight="italic"),
    "water": _Face(10.5, "water", weight="italic"),
    "peak": _Face(10.5, "muted", dot=2),
}
_ORDER = ("sea", "city", "country", "province", "water", "peak")
"""Seas first: their few names lie where nothing else wants to be."""
_LAST = {"country": 9, "province": 10}
"""The zoom up to which a kind is named."""
_CLOSE = 9
_GAP = 6


class Claims:
    """The boxes that are taken, in pixels."""

    def __init__(self, frame: Box | None = None) -> None:
        self.boxes: list[Box] = []
        self.texts: list[tuple[str, Box]] = []
        """What was written where; none of these boxes meets another."""
        self._frame = frame

    def take(self, box: Box) -> None:
        """Keep a box that is drawn in any case."""
        self.boxes.append(box)

    def free(self, box: Box) -> bool:
        """Return whether a box meets none that is taken."""
        left, top, right, bottom = box
        return all(
            left >= b[2] or right <= b[0] or top >= b[3] or bottom <= b[1] for b in self.boxes
        )

    def claim(self, box: Box, *, whole: bool = False) -> bool:
        """Return whether a box is free, and keep it then; `whole`: it must lie on the map."""
        if whole and self._frame and not _holds(self._frame, box):
            return False
        if not self.free(box):
            return False
        self.boxes.append(box)
        return True

    def note(self, text: str, box: Box) -> None:
        """Note that a text was written into a box."""
        self.texts.append((text, box))


def _holds(frame: Box, box: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


# ---- Entries -----------------------------------------------------------------------------


def both(t: Translator, name: str, native: str) -> str:
    """Return a place's names, without one that no font can write."""
    return t.name(name, native if native and writable(native) else "")


def counted(t: Translator, symbol: Symbol) -> str:
    """Return what a symbol counts, in words: "7 here, 3 inferred"."""
    together = symbol.kind in ("cluster", "cell")
    parts = [
        ("certain" if together else "here", symbol.certain),
        ("inferred", 0 if together else symbol.inferred),
        ("possible", symbol.possible),
    ]
    return ", ".join(t(WORDS[key], n=f"{n:,}") for key, n in parts if n)


def label(paper: Paper, symbol: Symbol, claims: Claims, t: Translator, c: Colours) -> bool:
    """Write a place's name and counts beside its symbol; False where there is no room."""
    x, y, r = symbol.x, symbol.y, symbol.r + (8 if symbol.hot else 0)
    more = f" +{len(symbol.places) - 1}" if symbol.kind == "cluster" else ""
    second = counted(t, symbol)
    for name in (both(t, symbol.name, symbol.native) + more, symbol.name + more):
        wide = max(width(name, _NAME), width(second, _COUNTS))
        spots = ((x + r + 7, y), (x - r - 7 - wide, y), (x - wide / 2, y + r + 20),
                 (x - wide / 2, y - r - 20))  # fmt: skip
        for left, middle in spots:
            box = (left - 3, middle - 16, left + wide + 3, middle + 16)
            if not claims.claim(box, whole=True):
                continue
            write(paper, name, (left, middle - 6.5), _NAME, c.ink, halo=(c.halo, 3.5))
            write(paper, second, (left, middle + 8), _COUNTS, c.muted, halo=(c.halo, 3))
            claims.note(f"{name} {second}", box)
            return True
    return False


# ---- The base map ------------------------------------------------------------------------


def ground(paper: Paper, view: View, claims: Claims, t: Translator, c: Colours) -> None:
    """Write the base map's names that fit between what is taken."""
    for one in sorted(basemap().labels, key=_rank):
        if one["z"] <= view.zoom <= min(one.get("zmax", 99), _LAST.get(one["k"], 99)):
            _write(paper, view, one, claims, t=t, c=c)


def _rank(one: dict[str, Any]) -> tuple[int, float, str]:
    return _ORDER.index(one["k"]), one["r"], one["id"]


def _write(
    paper: Paper, view: View, one: dict[str, Any], claims: Claims, *, t: Translator, c: Colours
) -> None:
    face = _FACES[one["k"]]
    middle = (view.box[0] + view.box[2]) / 2
    x = view.x(one["x"] + WORLD * round((middle - one["x"]) / WORLD))
    y = view.y(one["y"])
    if not (-80 <= x <= view.width + 80 and -20 <= y <= view.height + 20):  # noqa: PLR2004 - a name's width
        return
    if face.dot and not claims.free((x, y, x, y)):
        return
    lesser = one["k"] == "country" and one["r"] > 2  # noqa: PLR2004 - a small one
    size = face.size - lesser + (view.zoom >= _CLOSE)
    for text in _wordings(one, t.language):
        caps = face.caps / 2 if face.caps and re.search("[\u1100-\uffff]", text) else face.caps
        style = Style(size, face.weight, caps)
        for left, mid, box in _spots(face, x, y, width(text, style)):
            if not claims.claim(box, whole=True):
                continue
            if face.dot:
                _mark(paper, one["k"], (x, y), c)
            ink = getattr(c, face.ink)
            lifted = c.sea if face.ink == "water" else c.halo
            write(paper, text, (left, mid), style, ink, halo=(lifted, 3))
            claims.note(text, box)
            return


def _wordings(one: dict[str, Any], language: str) -> Sequence[str]:
    """Return what a name of the base map may say, the fullest first."""
    english, korean = one.get("en") or "", one.get("ko") or ""
    first, other = (korean, english) if language == "ko" else (english, korean)
    own = first or english or korean
    if one["k"] in ("country", "province"):
        return (own.upper(),)
    return (f"{own} {other}", own) if one["k"] == "city" and other not in ("", own) else (own,)


def _spots(face: _Face, x: float, y: float, wide: float) -> Iterator[tuple[float, float, Box]]:
    """Yield where a name may stand, its left end, middle and box, the best first."""
    tall = face.size * 0.62
    if face.dot:
        ends = [(x + _GAP, y), (x - _GAP - wide, y), (x - wide / 2, y - 11), (x - wide / 2, y + 11)]
    else:
        ends = [(x - wide / 2, y + down) for down in (0, -14, 14)]
    for left, mid in ends:
        yield left, mid, (left - 3, mid - tall - 1, left + wide + 3, mid + tall + 1)


def _mark(paper: Paper, kind: str, at: tuple[float, float], c: Colours) -> None:
    x, y = at
    if kind == "peak":
        path = polygon([(x, y - 3), (x + 3.2, y + 2.6), (x - 3.2, y + 2.6)])
    else:
        path = disc(x, y, _FACES[kind].dot)
    paper.fill(path, c.muted)
