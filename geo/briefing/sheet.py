"""Pages before they are drawn: what stands where, in points from the upper left corner.

Slides and paper are arranged in the same way and drawn by different writers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from geo.briefing.prose import Block, Run
from geo.briefing.ruler import Laid
from geo.briefing.screen import Deck, Question, Screen, Shown
from geo.timeline import Timeline

Role = Literal["title", "body", "facts", "caption", "lead"]
"""What a text is on its page: its title, its text, the filters and counts, words below a picture,
what stands over a cover."""


class Box(NamedTuple):
    """Where something stands."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    @property
    def right(self) -> float:
        """Where it ends to the right."""
        return self.left + self.width


@dataclass(frozen=True)
class Words:
    """A text in lines."""

    box: Box
    role: Role
    laid: tuple[Laid, ...]


@dataclass(frozen=True)
class Map:
    """The map of a screen, as a picture."""

    box: Box
    screen: Screen
    alt: str


@dataclass(frozen=True)
class Photo:
    """A picture beside the map, in its own proportions."""

    box: Box
    shown: Shown
    alt: str


class Column(NamedTuple):
    """A column of a table: its heading, and how much of the width it takes."""

    name: str
    share: float
    number: bool = False


class Line(NamedTuple):
    """A row of a table: its cells, the address behind the first, and its height."""

    cells: tuple[str, ...]
    link: str
    height: float


@dataclass(frozen=True)
class Grid:
    """A table."""

    box: Box
    columns: tuple[Column, ...]
    head: float
    """The height of the headings."""
    lines: tuple[Line, ...]
    size: float
    alt: str


@dataclass(frozen=True)
class Bars:
    """A timeline."""

    box: Box
    timeline: Timeline
    size: float
    alt: str


class Entry(NamedTuple):
    """A line of a table of contents: its title and the number of its page, from 1."""

    title: str
    page: int


@dataclass(frozen=True)
class Contents:
    """A table of contents."""

    box: Box
    size: float
    entries: tuple[Entry, ...]


Part = Words | Map | Photo | Grid | Bars | Contents


@dataclass(frozen=True)
class Sheet:
    """A page."""

    parts: tuple[Part, ...]
    names: tuple[str, ...] = ()
    """What a list of pages calls what begins on it; () when it goes on with the one before."""
    screen: Screen | None = None
    """The screen whose notes go with it."""


@dataclass(frozen=True)
class Frame:
    """How large a page is, and the letters on it; points."""

    width: float
    height: float
    margin: float
    foot: float
    """What is left free at the bottom for the footer, in all."""
    title: float
    least_title: float
    body: float
    least: float
    """No letter is smaller."""
    zoom: float
    """How many CSS pixels of a map's picture a point holds: the more, the smaller its words."""
    embedded: bool
    """Whether the fonts go with the file."""

    @property
    def inner(self) -> Box:
        """Where all but the footer stands."""
        return Box(
            self.margin, self.margin, self.width - 2 * self.margin,
            self.height - self.margin - self.foot,
        )  # fmt: skip


def places(deck: Deck, question: Question, most: int = 30) -> str:
    """Return the map's places with their counts as a sentence, and how many more there are."""
    t, listed = deck.t, question.spots[:most]
    said = [
        t("{place} ({precision}): {certain} certain, {possible} possible", place=spot.name,
          precision=spot.precision, certain=spot.certain, possible=spot.possible)
        for spot in listed
    ]  # fmt: skip
    more = question.more_spots + len(question.spots) - len(listed)
    if more:
        said.append(t("and {n} more places", n=f"{more:,}"))
    if not said:
        return t("No entry has a place on this map.")
    return t("Places: {places}.", places="; ".join(said))


def alt_of_map(deck: Deck, screen: Screen) -> str:
    """Return what the map shows in words."""
    question = screen.question
    if question is None:
        return ""
    counts = " · ".join(question.counts)
    return " ".join(
        (deck.t("Map: {filters}.", filters=question.sentence.rstrip(".")), f"{counts}.",
         places(deck, question))
    )  # fmt: skip


def alt_of_timeline(deck: Deck, timeline: Timeline) -> str:
    """Return what the timeline shows in words."""
    t = deck.t
    said = t("Timeline: {dated} entries with a date, {unknown} without one.",
             dated=timeline.dated, unknown=timeline.unknown)  # fmt: skip
    if not timeline.bars:
        return said
    days = f"{timeline.bars[0].start}/{timeline.bars[-1].end}"
    return f"{said} {days}."


def text_of(deck: Deck, screen: Screen) -> tuple[Block, ...]:
    """Return a screen's text with what a file adds to it: chosen entries, credits, and its mark."""
    t, added = deck.t, []
    if screen.left_out:
        added.append(Block("p", (Run(screen.left_out, italic=True),)))
    question = screen.question
    if question and question.marked and deck.told and not screen.rows:
        added.append(Block("p", (Run(t("Ringed on the map:"), bold=True),)))
        added += [_item(deck.entries[one].title) for one in question.marked[:_RINGED]]
        if len(question.marked) > _RINGED:
            added.append(_item(t("and {n} more entries", n=len(question.marked) - _RINGED)))
    if screen.kind == "sources":
        said = [_item(one) for one in deck.credits if one not in _texts(screen)]
        added += said
        added.append(_item(t("SHA-256 of the data: {mark}", mark=deck.sha256)))
    return (*screen.blocks, *added)


_RINGED = 8


def _item(text: str) -> Block:
    return Block("li", (Run(text),))


def _texts(screen: Screen) -> str:
    return "\n".join(block.text for block in screen.blocks)


def foot(deck: Deck) -> str:
    """Return what stands at the bottom of every page."""
    return f"{deck.t('As of {moment}', moment=deck.as_of)} · {deck.profile}"
