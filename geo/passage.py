"""A text cut into paragraphs and pieces, each with the mention and the cards that it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.article import Mention

Spans = Mapping[int, Sequence[tuple[int, int]]]
"""The sentences of each card, by its number, in characters of the text."""


@dataclass(frozen=True)
class Piece:
    """A run of letters that lies in one mention or in none, and in the same cards throughout."""

    text: str
    mention: Mention | None
    cards: tuple[int, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a text; the title is number 0."""

    number: int
    pieces: tuple[Piece, ...]


def paragraphs(text: str, title: str, mentions: Sequence[Mention], spans: Spans) -> list[Paragraph]:
    """Return the text's paragraphs in order; together their pieces are its words, none lost.

    They are numbered as proposed entries cite them: from 1, parted by blank lines, or by line
    ends where the text has no blank line.
    """
    ordered = sorted(mentions, key=_start)
    body = len(title) if title and text.startswith(title) else 0
    rows = [(0, 0, body)] if body else []
    rows += [(n, *where) for n, where in enumerate(_rows(text, body), 1)]
    return [Paragraph(n, tuple(_pieces(text, a, b, ordered, spans))) for n, a, b in rows]


def _start(mention: Mention) -> int:
    return mention.name.start


def _rows(text: str, body: int) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph behind the title begins and ends."""
    blank = re.search(r"\S\n\s*\n\S", text[body:])
    at = body
    for gap in re.finditer(r"\n\s*\n" if blank else r"\n", text[body:]):
        if text[at : body + gap.start()].strip():
            yield at, body + gap.start()
        at = body + gap.end()
    if text[at:].strip():
        yield at, len(text)


def _pieces(
    text: str, start: int, end: int, mentions: Sequence[Mention], spans: Spans
) -> Iterator[Piece]:
    first, behind = (bisect_left(mentions, at, key=_start) for at in (start, end))
    names = [one for one in mentions[first:behind] if one.name.end <= end]
    rests = [
        (number, a, b) for number, rows in spans.items() for a, b in rows if a < end and b > start
    ]
    cuts = {start, end}
    cuts |= {at for one in names for at in (one.name.start, one.name.end)}
    cuts |= {at for _, a, b in rests for at in (a, b) if start < at < end}
    edges = sorted(cuts)
    for a, b in pairwise(edges):
        named = next((one for one in names if one.name.start <= a and b <= one.name.end), None)
        yield Piece(text[a:b], named, tuple(n for n, x, y in rests if x <= a and b <= y))
