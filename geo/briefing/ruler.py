"""Text measured and broken into lines before it is drawn, so that nothing is cut off.

Lengths are points. Lines break at spaces, Korean too, and within a word only where the word is
longer than a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from geo.briefing.prose import Block, Run
from geo.fonts import advances, faces

LEADING = 1.3
"""From one line to the next, in parts of the letters' size."""
GAP = 0.45
"""Between two paragraphs, in the same."""
INDENT = 1.3
"""How far a piece of a list is moved in."""
FACES = ("regular", "bold", "italic", "hangul", "hangul_bold", "signs", "signs_bold")
"""The names of the fonts (`geo.fonts.Faces`)."""


class Piece(NamedTuple):
    """A part of a line in one style."""

    run: Run
    width: float


@dataclass(frozen=True)
class Laid:
    """A block broken into lines."""

    block: Block
    size: float
    width: float
    lines: tuple[tuple[Piece, ...], ...]

    @property
    def mark(self) -> str:
        """What stands before a piece of a list: a bullet, its number, or ""."""
        return {"li": "•", "ol": f"{self.block.number}."}.get(self.block.kind, "")

    @property
    def indent(self) -> float:
        """How far it is moved in."""
        depth = self.block.level if self.block.kind != "h" else 0
        return (depth + (self.block.kind in ("li", "ol", "quote"))) * INDENT * self.size

    @property
    def height(self) -> float:
        """Its lines' height, without a gap."""
        return len(self.lines) * self.size * LEADING


def readable(text: str) -> str:
    """Return text that may stand in XML and on a page: control signs as �, unseen ones left out.

    Letters are composed (NFC), since "o" with a breve after it is no ŏ to a font.
    """
    return unicodedata.normalize("NFC", _BARRED.sub("\ufffd", text.translate(_UNSEEN)))


_UNSEEN = dict.fromkeys(
    [0x0D, 0xAD, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
     *range(0x2060, 0x2070)],
)  # fmt: skip
"""Joiners, marks of direction (which could turn the rest of a line round), carriage returns."""
_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@lru_cache(maxsize=100_000)
def parts(word: str, *, bold: bool = False, italic: bool = False) -> tuple[tuple[str, str], ...]:
    """Return a text as (face, text) pairs, each letter in the first font that has it.

    A letter that no font has is spelled: "[U+1F3AC]".
    """
    order = _ORDERS[(bold, italic and not bold)]
    found: list[list[str]] = []
    for letter in word:
        face = next((name for name in order if ord(letter) in _advances(name)), "")
        said = letter if face else f"[U+{ord(letter):04X}]"
        face = face or order[0]
        if found and found[-1][0] == face:
            found[-1][1] += said
        else:
            found.append([face, said])
    return tuple((face, text) for face, text in found)


_ORDERS = {
    (False, False): ("regular", "hangul", "signs"),
    (True, False): ("bold", "hangul_bold", "signs_bold", "signs"),
    (False, True): ("italic", "hangul", "signs"),
}


@lru_cache(maxsize=8)
def _advances(face: str) -> dict[int, float]:
    return advances(getattr(faces(), face))


@dataclass(frozen=True)
class Ruler:
    """What measures: for a page whose fonts go with it, or for slides whose fonts may differ.

    Slides are shown in whatever font the presenter's machine has: Hangul counts as square there,
    and all else as a little wider than it is here.
    """

    embedded: bool = True

    def length(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
        """Return how long a text without line breaks is."""
        return _length(text, bold, italic, self.embedded) * size

    def lay(self, block: Block, width: float, size: float) -> Laid:
        """Return a block in lines no longer than `width`, its indent taken off."""
        size = size * _HEADING if block.kind == "h" else size
        empty = Laid(block, size, width, ())
        lines = tuple(self._lines(block.runs, width - empty.indent, size, block.kind == "h"))
        return replace(empty, lines=lines)

    def lay_all(self, blocks: Iterable[Block], width: float, size: float) -> tuple[Laid, ...]:
        """Return blocks in lines."""
        return tuple(self.lay(block, width, size) for block in blocks)

    def rows(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """Return the lines of a plain text."""
        laid = self._lines((Run(text, bold=bold),), width, size, bold=bold)
        return ["".join(piece.run.text for piece in line).rstrip() for line in laid]

    def shortened(
        self, text: str, width: float, size: float, most: int, *, bold: bool = False
    ) -> str:
        """Return the text if it takes at most so many lines, else its beginning and "…"."""
        if len(self.rows(text, width, size, bold=bold)) <= most:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = len(self.rows(f"{text[:middle]}…", width, size, bold=bold)) <= most
            low, high = (middle, high) if fits else (low, middle - 1)
        return f"{text[:low].rstrip()}…"

    def _lines(
        self,
        runs: Sequence[Run],
        width: float,
        size: float,
        bold: bool,  # noqa: FBT001
    ) -> Iterator[tuple[Piece, ...]]:
        line: list[Piece] = []
        left = width
        for found in _words(runs):
            word = found
            if word[0].text == "\n":
                yield (*line, Piece(word[0], 0))
                line, left = [], width
                continue
            pieces = [self._piece(run, size, bold) for run in word]
            bare = sum(p.width for p in pieces) - self._tail(word[-1], size, bold)
            if bare > left and line:
                yield tuple(line)
                line, left = [], width
            while bare > left:  # longer than a line by itself
                head, word = self._cut(word, left, size, bold)
                yield tuple(self._piece(run, size, bold) for run in head)
                pieces = [self._piece(run, size, bold) for run in word]
                bare = sum(p.width for p in pieces) - self._tail(word[-1], size, bold)
            line += pieces
            left -= sum(p.width for p in pieces)
        if line:
            yield tuple(line)

    def _piece(self, run: Run, size: float, bold: bool) -> Piece:  # noqa: FBT001
        width = _length(run.text, run.bold or bold, run.italic, self.embedded) * size
        return Piece(run, width)

    def _tail(self, run: Run, size: float, bold: bool) -> float:  # noqa: FBT001
        spaces = run.text[len(run.text.rstrip()) :]
        return _length(spaces, run.bold or bold, run.italic, self.embedded) * size

    def _cut(
        self,
        word: list[Run],
        width: float,
        size: float,
        bold: bool,  # noqa: FBT001
    ) -> tuple[list[Run], list[Run]]:
        """Return as much of a word as fits into a line, at least a letter, and the rest."""
        head: list[Run] = []
        for number, run in enumerate(word):
            for at, letter in enumerate(run.text):
                step = self._piece(run._replace(text=letter), size, bold).width
                if step > width and (head or at):
                    begun = [run._replace(text=run.text[:at])] if at else []
                    return head + begun, [run._replace(text=run.text[at:]), *word[number + 1 :]]
                width -= step
            head.append(run)
        return head[:1], word[1:] or [Run("")]


_HEADING = 1.15
_WORD = re.compile(r"\n|[^\S\n]*[^\s]+[^\S\n]*|[^\S\n]+")


def _words(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Yield what no line break may part: words with the spaces after them, or a line break."""
    word: list[Run] = []
    for run in runs:
        for found in _WORD.findall(readable(run.text).replace("\t", "    ")):
            if word and (found == "\n" or found[0].isspace() or word[-1].text[-1].isspace()):
                yield word
                word = []
            if found == "\n":
                yield [run._replace(text=found)]
            else:
                word.append(run._replace(text=found))
    if word:
        yield word


@lru_cache(maxsize=200_000)
def _length(text: str, bold: bool, italic: bool, embedded: bool) -> float:  # noqa: FBT001
    """Return the length at size 1."""
    found = parts(text, bold=bold, italic=italic)
    if embedded:
        return sum(_advances(face)[ord(letter)] for face, said in found for letter in said)
    return sum(
        _WIDER * (1.0 if _square(letter) else _advances(face).get(ord(letter), 1.0))
        for face, said in found
        for letter in said
    )


_WIDER = 1.03


def _square(letter: str) -> bool:
    return ord(letter) >= 0x1100 and unicodedata.east_asian_width(letter) in "WF"  # noqa: PLR2004


def height(laid: Sequence[Laid]) -> float:
    """Return how high blocks stand with the gaps between them."""
    return sum(one.height for one in laid) + sum(one.size * GAP for one in laid[1:])


def split(laid: Sequence[Laid], room: float) -> tuple[tuple[Laid, ...], tuple[Block, ...]]:
    """Return the blocks that fit into a height, the last one cut between lines, and the rest."""
    fitting: list[Laid] = []
    for number, each in enumerate(laid):
        one = each
        room -= one.size * GAP if fitting else 0
        if one.height <= room + 0.01:
            fitting.append(one)
            room -= one.height
            continue
        lines = int((room + 0.01) // (one.size * LEADING))
        rest = [other.block for other in laid[number + 1 :]]
        if lines < 1:
            while len(fitting) > 1 and fitting[-1].block.kind == "h":
                rest.insert(0, one.block)
                one = fitting.pop()  # a heading goes with what it is over
            return tuple(fitting), (one.block, *rest)
        head = replace(one.block, runs=_runs(one.lines[:lines], last=True))
        fitting.append(replace(one, block=head, lines=one.lines[:lines]))
        return tuple(fitting), (_remaining(one, lines), *rest)
    return tuple(fitting), ()


def _runs(lines: Iterable[Sequence[Piece]], *, last: bool = False) -> tuple[Run, ...]:
    """Return the runs of lines, neighbours of one style made one; no break stands at the `last`."""
    kept: list[Run] = []
    for run in (piece.run for line in lines for piece in line):
        if kept and kept[-1][1:] == run[1:]:
            kept[-1] = run._replace(text=kept[-1].text + run.text)
        else:
            kept.append(run)
    if last and kept:
        kept[-1] = kept[-1]._replace(text=kept[-1].text.removesuffix("\n"))
    return tuple(kept)


def _remaining(one: Laid, lines: int) -> Block:
    """Return what follows a block's first lines as a block of its own, moved in as far."""
    runs, block = _runs(one.lines[lines:]), one.block
    if block.kind in ("li", "ol"):
        return Block("p", runs, block.level + 1)
    return replace(block, runs=runs)
