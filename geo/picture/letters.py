"""Letters: text as outlines from the fonts of `geo.fonts`, each sign from a font that has it.

Text is never read as mathematics or markup: it becomes glyphs, one after the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path as File
from typing import Literal

import numpy as np
from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font
from matplotlib.path import Path
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D

from geo.fonts import faces, letters
from geo.picture.paper import Paper

Weight = Literal["regular", "bold", "italic"]

_EM = 100.0
_SIGNLESS = "\ufffd"
_MIDDLE = 0.36
"""The middle of capitals and figures above the line they stand on, as a share of the size."""


@dataclass(frozen=True)
class Style:
    """How a text is set: size in pixels, weight, and space between letters."""

    size: float
    weight: Weight = "regular"
    caps: float = 0.0


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """Return the text on one line, a sign that no font has as U+FFFD, and no invisible ones."""
    whole = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text)).strip()
    seen = (letter for letter in whole if unicodedata.category(letter) not in _UNSEEN)
    return "".join(letter if ord(letter) in _known() else _SIGNLESS for letter in seen)


_UNSEEN = {"Cc", "Cf", "Cs"}
"""Controls, marks of direction, halves of signs."""


def writable(text: str) -> bool:
    """Return whether some font has a sign for each letter of the text."""
    return _SIGNLESS not in printable(text)


def width(text: str, style: Style) -> float:
    """Return how many pixels wide a text is."""
    said = printable(text)
    return _set(said, style.weight)[0] * style.size / _EM + style.caps * len(said)


def write(
    paper: Paper,
    text: str,
    at: tuple[float, float],
    style: Style,
    ink: str,
    *,
    halo: tuple[str, float] | None = None,
) -> None:
    """Write a text from its left end, its capitals centred on y; a halo lifts it off lines."""
    said = printable(text)
    path = _spaced(said, style.weight, style.caps / style.size * _EM)
    if path is None:
        return
    scale, (left, middle) = style.size / _EM, at
    place = Affine2D.from_values(scale, 0, 0, -scale, left, middle + _MIDDLE * style.size)
    if halo:
        paper.stroke(path, halo[0], halo[1], cap="round", place=place)
    paper.fill(path, ink, place=place)


def fitted(text: str, style: Style, room: float) -> str:
    """Return the text, cut with "…" where it is wider than so many pixels."""
    said = printable(text)
    if width(said, style) <= room:
        return said
    return said[: _most(said, style, room - width("…", style))].rstrip() + "…"


def _most(said: str, style: Style, room: float) -> int:
    """Return how many letters of a text fit."""
    low, high = 0, min(len(said), int(room / style.size / _NARROWEST))
    while low < high:
        middle = (low + high + 1) // 2
        if width(said[:middle], style) <= room:
            low = middle
        else:
            high = middle - 1
    return max(low, 0)


_NARROWEST = 0.2
"""The width of the narrowest letters as a share of the size: more of them are not looked at."""


def wrapped(text: str, style: Style, room: float, most: int) -> list[str]:
    """Return the text in lines no wider than so many pixels; "…" ends it after `most` lines."""
    lines: list[str] = []
    seen = printable(text)[: int(most * room / style.size / _NARROWEST)]
    words = re.sub(" (?=· )", "\xa0", seen).split(" ")  # no line begins with a dot
    while words and len(lines) < most:
        if len(lines) == most - 1:
            lines.append(fitted(" ".join(words), style, room))
            break
        lines.append(_line(words, style, room))
    return [line for line in lines if line]


def _line(words: list[str], style: Style, room: float) -> str:
    """Take from the words what fits in a line; a word that is too long alone is broken."""
    taken = words.pop(0)
    if width(taken, style) > room:
        cut = max(1, _most(taken, style, room))
        words.insert(0, taken[cut:])
        if not words[0]:
            words.pop(0)
        return taken[:cut]
    while words and width(f"{taken} {words[0]}", style) <= room:
        taken = f"{taken} {words.pop(0)}"
    return taken


# ---- The fonts ---------------------------------------------------------------------------


@cache
def files(weight: Weight) -> tuple[File, ...]:
    """Return the fonts of a weight, in the order in which a sign is looked for."""
    all_of = faces()
    first = {"regular": all_of.regular, "bold": all_of.bold, "italic": all_of.italic}[weight]
    if weight == "bold":
        return first, all_of.hangul_bold, all_of.signs_bold, all_of.hangul, all_of.signs
    return first, all_of.hangul, all_of.signs


@cache
def _known() -> frozenset[int]:
    """Return the code points that can be written in every weight."""
    held = [frozenset().union(*map(letters, files(weight))) for weight in _WEIGHTS]
    return frozenset.intersection(*held)


_WEIGHTS: Sequence[Weight] = ("regular", "bold", "italic")


@cache
def _font(weight: Weight) -> FT2Font:
    font = get_font([str(file) for file in files(weight)])
    font.set_size(_EM, 72)
    return font


@lru_cache(maxsize=8192)
def _set(said: str, weight: Weight) -> tuple[float, tuple[tuple[Path | None, float, float], ...]]:
    """Return the width of a text set at `_EM`, and its glyphs with where they stand.

    A Latin letter at both ends, which is not drawn, keeps a text that runs to the left in place.
    """
    if not said:
        return 0.0, ()
    placed, outlines, _ = TextToPath().get_glyphs_with_font(_font(weight), f"l{said}l")
    start = _ends(weight)
    glyphs = tuple(
        (Path(*outlines[glyph]) if len(outlines[glyph][0]) else None, x - start, y)
        for glyph, x, y, _ in placed[1:-1]
    )
    return placed[-1][1] - start, glyphs


@cache
def _ends(weight: Weight) -> float:
    """Return how wide the letter is that stands at both ends."""
    placed, _, _ = TextToPath().get_glyphs_with_font(_font(weight), "ll")
    return float(placed[1][1])


@lru_cache(maxsize=8192)
def _spaced(said: str, weight: Weight, space: float) -> Path | None:
    """Return a text as one outline, None when nothing of it is to be seen."""
    drawn = [
        (glyph, x + number * space, y)
        for number, (glyph, x, y) in enumerate(_set(said, weight)[1])
        if glyph
    ]
    if not drawn:
        return None
    moved = [np.add(glyph.vertices, (x, y)) for glyph, x, y in drawn]
    return Path(np.concatenate(moved), np.concatenate([glyph.codes for glyph, *_ in drawn]))
