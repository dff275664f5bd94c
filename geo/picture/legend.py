"""The legend: each word of the symbol language beside a small picture of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.entry import Precision
from geo.i18n import Translator
from geo.layers import WORDS
from geo.picture import symbols, tints
from geo.picture.colours import Colours
from geo.picture.gathering import Line, Places, Shape, Symbol
from geo.picture.letters import Style, width, write
from geo.picture.paper import Paper, box_path, line, polygon

_HEAD, _TEXT = Style(11, "bold"), Style(11)
ROW = 20
_SPACE = 3.5

Sketch = Callable[[Paper, float, float, Colours], None]
"""Draws a small picture whose left end is at x and whose middle is at y."""


@dataclass(frozen=True)
class Key:
    """One word of the legend with its picture, `wide` pixels of it."""

    sketch: Sketch
    wide: float
    text: str


@dataclass(frozen=True)
class Row:
    """A line of the legend: a head, what it says, and its keys."""

    head: str
    says: str
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Legend:
    """The rows, each on a line of its own, or `flowing` one behind the other."""

    rows: tuple[Row, ...] = ()
    flowing: bool = False


def of_symbols(t: Translator, places: Places | None = None) -> Legend:
    """Return the legend of the symbols; with places, a short one of what is among them."""
    kept = set(_SWATCHES) if places is None else _occurring(places)
    rows = []
    for head, names in _HEADS.items():
        keys = [Key(*_SWATCHES[key], t(WORDS[f"key_{key}"])) for key in names if key in kept]
        if keys:
            says = t(WORDS[f"legend_{head}_says"])
            rows.append(Row(t(WORDS[f"legend_{head}"]), says, tuple(keys)))
    return Legend(tuple(rows), flowing=places is not None)


_HEADS = {
    "size": ("site", "city", "province"),
    "line": ("line_here", "line_inferred", "line_possible"),
    "tone": ("not_assessed", "reported", "corroborated", "geolocated", "contested", "refuted"),
    "count": ("cluster",),
}


def _occurring(places: Places) -> set[str]:
    """Return the keys of the legend that places need: sizes, lines, tones, and the ring."""
    lines = [_HEADS["line"][kind] for kind in set(places.kind.tolist())]
    tones = [_HEADS["tone"][tone] for tone in set(places.tone.tolist())]
    wide = places.precision >= _PROVINCE
    sizes = {
        "site": (places.precision == 0).any(),
        "province": wide.any(),
        "city": (~wide & (places.precision > 0)).any(),
    }
    several = ["cluster"] if len(places.x) > 1 else []
    return {*lines, *tones, *several, *(key for key, there in sizes.items() if there)}


_PROVINCE = [*Precision].index(Precision.PROVINCE)


def of_regions(t: Translator, counts: tints.Counts, *, flowing: bool = False) -> Legend:
    """Return the legend of tinted regions."""
    steps = tints.steps(counts)
    level = "province" if any("-" in code for code in counts) else "country"
    says = t(WORDS[f"legend_tint_{level}"])
    if not steps:
        says += f": {t(WORDS['legend_tint_none'])}"
    keys = tuple(
        Key(
            _tinted(tints.strength(steps, low)),
            22,
            f"{low:,}" if low == high else f"{low:,}–{high:,}",
        )
        for low, high in steps
    )
    hatched = (
        Key(_tinted(0, hatched=True), 22, t(WORDS["key_regions_only"])),
        Key(_tinted(tints.STRONG / 2, hatched=True), 22, t(WORDS["key_regions_also"])),
    )
    rows = [
        Row(t(WORDS["legend_tint"]), says, keys),
        Row(t(WORDS["legend_hatch"]), t(WORDS["legend_hatch_says"]), hatched),
    ]
    if not all(map(tints.outlined, counts)):
        rows.append(Row(t(WORDS["legend_box"]), t(WORDS["legend_box_says"]), ()))
    return Legend(tuple(rows), flowing)


def draw(
    paper: Paper | None, legend: Legend, at: tuple[float, float], room: float, c: Colours
) -> float:
    """Draw the legend from its upper left corner and return how high it is.

    What is wider than the room runs on below. Without paper it is only measured.
    """
    pencil = _Pencil(paper, at, room, c)
    for row in legend.rows:
        pencil.start(row, flowing=legend.flowing)
        for text, style, ink in ((row.head, _HEAD, c.ink), (row.says, _TEXT, c.muted)):
            for word in text.split():
                pencil.word(word, style, ink)
        pencil.x += 4
        for key in row.keys:
            pencil.key(key)
    return pencil.y + ROW - at[1] if legend.rows else 0.0


class _Pencil:
    """Writes from left to right, and on the next line where there is no room."""

    def __init__(
        self, paper: Paper | None, at: tuple[float, float], room: float, c: Colours
    ) -> None:
        self._paper, self._left, self._room, self._c = paper, at[0], room, c
        self.x, self.y = at

    def start(self, row: Row, *, flowing: bool) -> None:
        """Begin a row: on its own line, or behind the last where its words and a key fit."""
        if self.x == self._left:
            return
        words = width(row.head, _HEAD) + width(row.says, _TEXT) + 2 * _SPACE + 4
        needed = 10 + words + (_wide(row.keys[0]) if row.keys else 0)
        if flowing and self.x + needed <= self._left + self._room:
            self.x += 10
        else:
            self._next()

    def word(self, text: str, style: Style, ink: str) -> None:
        """Write a word."""
        wide = width(text, style)
        self._fit(wide)
        if self._paper:
            write(self._paper, text, (self.x, self.y + ROW / 2), style, ink)
        self.x += wide + _SPACE

    def key(self, key: Key) -> None:
        """Draw a key with its word."""
        self._fit(_wide(key))
        if self._paper:
            key.sketch(self._paper, self.x, self.y + ROW / 2, self._c)
            at = (self.x + key.wide + 4, self.y + ROW / 2)
            write(self._paper, key.text, at, _TEXT, self._c.muted)
        self.x += _wide(key) + 9

    def _fit(self, wide: float) -> None:
        if self.x > self._left and self.x + wide > self._left + self._room:
            self._next()

    def _next(self) -> None:
        self.x, self.y = self._left, self.y + ROW


def _wide(key: Key) -> float:
    return key.wide + 4 + width(key.text, _TEXT)


# ---- The small pictures ------------------------------------------------------------------


def _round(tone: int, r: float = 6.5, shape: Shape = "circle") -> tuple[Sketch, float]:
    def sketch(paper: Paper, x: float, y: float, c: Colours) -> None:
        up = 3.0 if shape == "site" else 0.0
        possible = 1 if shape == "cluster" else 0
        symbols.draw(paper, Symbol(shape, x + 10, y - up, r, 2, possible, "solid", tone), c)

    return sketch, 20


def _line(kind: Line) -> tuple[Sketch, float]:
    def sketch(paper: Paper, x: float, y: float, c: Colours) -> None:
        colour = c.possible if kind == "dashed" else c.certain
        symbols.outline(paper, line([(x + 1, y), (x + 25, y)]), kind, colour, 2)

    return sketch, 26


_AREA = ((3, 8), (8, 2), (17, 4), (21, 9), (17, 16), (8, 15))


def _area(paper: Paper, x: float, y: float, c: Colours) -> None:
    corners = [(x + dx, y - 10 + dy) for dx, dy in _AREA]
    symbol = Symbol("badge", x + 12, y, 6.5, 1, 0, "solid", tone=1)
    symbols.extent(paper, symbol, c, polygon(corners), (x, y - 10, x + 24, y + 10))


def _tinted(tint: float, *, hatched: bool = False) -> Sketch:
    def sketch(paper: Paper, x: float, y: float, c: Colours) -> None:
        path = box_path((x + 1, y - 7, x + 21, y + 7))
        if tint:
            paper.fill(path, c.certain, tint)
        if hatched:
            tints.hatch(paper, path, c, also=tint > 0)
        paper.stroke(path, c.certain if tint else c.possible, 1.3, () if tint else (4, 3))

    return sketch


_SWATCHES: dict[str, tuple[Sketch, float]] = {
    "site": _round(0, 5, "site"),
    "city": _round(0, 8),
    "province": (_area, 24),
    "line_here": _line("solid"),
    "line_inferred": _line("dotted"),
    "line_possible": _line("dashed"),
    "not_assessed": _round(0),
    "reported": _round(1),
    "corroborated": _round(2),
    "geolocated": _round(3),
    "contested": _round(4),
    "refuted": _round(5),
    "cluster": _round(0, 7.5, "cluster"),
}
