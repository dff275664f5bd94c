"""A briefing as a report on upright paper: numbered figures, contents, an index of its entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.briefing import grids
from geo.briefing.fitting import paragraph, photographed, titled
from geo.briefing.prose import Block, Run
from geo.briefing.ruler import LEADING, Laid, Ruler, height, split
from geo.briefing.screen import Deck, Question, Screen, Shown
from geo.briefing.sheet import (
    Bars,
    Box,
    Contents,
    Entry,
    Frame,
    Map,
    Part,
    Role,
    Sheet,
    Words,
    alt_of_map,
    alt_of_timeline,
    places,
    text_of,
)
from geo.timeline import Timeline

INDEXED = 1_000
"""Entries in the index; of others it is said how many they are."""
_GAP = 9.0
_MAP, _LEAST_MAP = 0.6, 0.5
"""The height of a map, in parts of its width, and the least where the page is nearly full."""
_BARS = 130.0
_PHOTO = 260.0
_CAPTION = 60.0
_NAMED = 8
"""Places that a caption names; the words that stand for the map name more."""
_AFTER = 90.0
"""What is kept together with a heading, where not all of what follows can be."""


def report(deck: Deck, frame: Frame) -> tuple[Sheet, ...]:
    """Return the pages of the report, the contents on the first."""
    body = _Body(deck, frame)
    body.write()
    pages, marks = body.sheets(), body.marks
    front: Sequence[Sheet] = ()
    for _ in range(2):  # its own length moves the pages that it names
        front = _front(deck, frame, [one._replace(page=one.page + len(front)) for one in marks])
    return (*front, *pages)


class Pages:
    """Pages that are filled from top to bottom."""

    def __init__(self, frame: Frame, ruler: Ruler) -> None:
        self.frame, self.ruler = frame, ruler
        self.inner = frame.inner
        self.marks: list[Entry] = []
        """The parts of the report with their pages, from 1."""
        self._pages: list[list[Part]] = [[]]
        self._names: dict[int, str] = {}
        self.top = self.inner.top

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the pages, each with the parts that begin on it."""
        return tuple(
            Sheet(tuple(parts), tuple(one.title for one in self.marks if one.page == number))
            for number, parts in enumerate(self._pages, 1)
        )

    @property
    def room(self) -> float:
        """How much of the page is free."""
        return self.inner.bottom - self.top

    def turn(self) -> None:
        """Begin a new page, if anything stands on this one."""
        if self._pages[-1]:
            self._pages.append([])
        self.top = self.inner.top

    def need(self, high: float) -> None:
        """Begin a new page unless so much is free on this one."""
        if self.room < high:
            self.turn()

    def put(self, part: Part, gap: float = _GAP) -> None:
        """Add a part that was made for this place."""
        self._pages[-1].append(part)
        self.top = part.box.bottom + gap

    def mark(self, title: str) -> None:
        """Let the contents name this page."""
        self.marks.append(Entry(title, len(self._pages)))

    def place(self, high: float = 0) -> Box:
        """Return the free place, or one of this height at the top of it."""
        return self.inner._replace(top=self.top, height=high or self.room)

    def text(self, blocks: Iterable[Block], role: Role = "body", size: float = 0) -> None:
        """Write blocks, over as many pages as they take."""
        rest: Sequence[Block] = tuple(blocks)
        while rest:
            every = self.ruler.lay_all(rest, self.inner.width, size or self.frame.body)
            laid, rest = split(every, self.room)
            if laid:
                self.put(Words(self.place(height(laid)), role, laid))
            if rest:
                self.turn()

    def table(self, table: grids.Table) -> None:
        """Write a table, its headings anew on each page."""
        size = self.frame.least
        rest = grids.lines(self.ruler, table, self.inner.width, size)
        while rest:
            grid, rest = grids.put(self.ruler, table, rest, self.place(), size)
            if grid is not None:
                self.put(grid)
            if rest:
                self.turn()
        self.text(paragraph(table.more), "caption", size)


class _Body(Pages):
    """All but the first page."""

    def __init__(self, deck: Deck, frame: Frame) -> None:
        super().__init__(frame, Ruler(frame.embedded))
        self.deck, self.t = deck, deck.t
        self.figures = 0
        self.steps: dict[int, Question] = {}

    def write(self) -> None:
        for screen in self.deck.screens:
            if screen.question is not None:
                self.step(screen, screen.question)
            elif screen.kind == "gaps":
                self.part(screen.headline, text_of(self.deck, screen))
        self.index()
        for screen in self.deck.screens:
            if screen.kind == "sources":
                self.part(screen.headline, text_of(self.deck, screen))

    def part(self, title: str, blocks: Sequence[Block]) -> None:
        self.heading(title, self.high(blocks))
        self.text(blocks)
        self.top += _GAP

    def high(self, blocks: Sequence[Block]) -> float:
        """Return how high a text stands."""
        return height(self.ruler.lay_all(blocks, self.inner.width, self.frame.body))

    def heading(self, title: str, after: float) -> None:
        """Begin a part of the report: on a new page where what follows fits only there."""
        words, whole = titled(self.ruler, self.frame, title, self.place(), 3)
        if self.top > self.inner.top:
            self.top += _GAP
        high = words.box.height + _GAP + after
        self.need(high if high < self.inner.height else words.box.height + _AFTER)
        self.mark(title)
        self.put(replace(words, box=words.box._replace(top=self.top)), _GAP * 0.7)
        self.text(paragraph(whole))

    def step(self, screen: Screen, question: Question) -> None:
        number = len(self.steps) + 1
        self.steps[number] = question
        blocks = text_of(self.deck, screen)
        figure = self.inner.width * _LEAST_MAP + _CAPTION + 2 * _GAP
        self.heading(f"{number}. {screen.headline}", self.high(blocks) + figure)
        self.text(blocks)
        self.map(screen, question)
        if screen.timeline is not None:
            self.bars(screen.timeline)
        table = grids.beside(self.deck, screen, wide=True)
        if table is not None:
            self.need(70)
            self.table(table)
        if screen.exhibit is not None:
            self.photo(screen.exhibit)

    def map(self, screen: Screen, question: Question) -> None:
        parts = (question.sentence.rstrip("."), " · ".join(question.counts))
        said = " ".join(f"{part}." for part in parts if part)
        caption = self.caption(f"{said} {places(self.deck, question, _NAMED)}")
        # A caption longer than that goes on overleaf.
        below = 4 + min(height(caption), _CAPTION)
        least, most = self.inner.width * _LEAST_MAP, self.inner.width * _MAP
        self.need(least + below)
        high = min(most, self.room - below)
        self.put(Map(self.place(high), screen, alt_of_map(self.deck, screen)), 4)
        self.text((one.block for one in caption), "caption", self.frame.least)

    def bars(self, timeline: Timeline) -> None:
        said = alt_of_timeline(self.deck, timeline)
        caption = self.caption(said)
        self.need(_BARS + 4 + height(caption))
        self.put(Bars(self.place(_BARS), timeline, self.frame.least, said), 4)
        self.text((one.block for one in caption), "caption", self.frame.least)

    def photo(self, photo: Shown) -> None:
        self.figures += 1
        figure = self.t("Figure {n}.", n=self.figures)
        named = replace(photo, caption=f"{figure} {photo.caption}".rstrip())
        self.need(_PHOTO)
        place = self.place(_PHOTO)
        for part in photographed(self.deck, self.ruler, named, place, self.frame.least):
            self.put(part, 4)
        self.top += _GAP

    def caption(self, said: str) -> tuple[Laid, ...]:
        self.figures += 1
        runs = (Run(self.t("Figure {n}.", n=self.figures), bold=True), Run(f" {said}"))
        return (self.ruler.lay(Block("p", runs), self.inner.width, self.frame.least),)

    def index(self) -> None:
        deck, t = self.deck, self.t
        self.heading(t("Index of entries"), _AFTER)
        if not deck.told:
            said = t("The {n} entries of these steps are too many to list one by one.",
                     n=f"{deck.size:,}")  # fmt: skip
            self.text(paragraph(said))
            return
        if not deck.entries:
            self.text(paragraph(t("No entry is shown in this briefing.")))
            return
        shown = {
            entry: ", ".join(str(n) for n, one in self.steps.items() if one.passing[entry])
            for entry in range(min(deck.size, INDEXED))
        }
        left = deck.size - INDEXED
        more = t("and {n} more entries", n=f"{left:,}") if left > 0 else ""
        self.table(grids.index(deck, deck.entries[:INDEXED], shown, more))


def _front(deck: Deck, frame: Frame, marks: Sequence[Entry]) -> tuple[Sheet, ...]:
    """Return the first page: what the report is, its opening words, and its contents."""
    pages = Pages(frame, Ruler(frame.embedded))
    briefing, t = deck.briefing, deck.t
    large = replace(frame, title=frame.title * 1.5)
    pages.top += 24
    title, whole = titled(pages.ruler, large, briefing.title, pages.place(), 3)
    pages.put(title)
    by = " · ".join(part for part in (briefing.author, briefing.date) if part)
    about = (by, t("As of {moment}", moment=deck.as_of), deck.profile)
    pages.text((block for one in about for block in paragraph(one)), "lead", frame.least)
    pages.top += _GAP
    cover = next((one.blocks for one in deck.screens if one.kind == "cover"), ())
    pages.text((*paragraph(whole), *cover))
    pages.top += _GAP
    step = frame.body * LEADING * 1.25
    pages.need(step * 4)
    pages.text((Block("h", (Run(t("Contents")),), 1),))
    rest = list(marks)
    while rest:
        number = max(1, int(pages.room // step))
        now, rest = rest[:number], rest[number:]
        pages.put(Contents(pages.place(step * len(now)), frame.body, tuple(now)))
        if rest:
            pages.turn()
    sheets = pages.sheets()
    return (replace(sheets[0], names=(briefing.title,)), *sheets[1:])
