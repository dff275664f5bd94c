"""Slides: what stands where on each, so that every text fits at a size that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.briefing import grids
from geo.briefing.fitting import captioned, facts, paragraph, photographed, titled
from geo.briefing.prose import Block
from geo.briefing.ruler import LEADING, Laid, Ruler, height
from geo.briefing.running import GAP, Running
from geo.briefing.screen import Deck, Question, Screen, Shown
from geo.briefing.sheet import (
    Bars,
    Box,
    Frame,
    Grid,
    Map,
    Part,
    Sheet,
    Words,
    alt_of_map,
    alt_of_timeline,
    text_of,
)
from geo.timeline import Timeline

_MAP = 0.6
"""How much of the width the map takes where something stands beside it."""
_LEAST_PHOTO = 130.0
"""A picture lower than this goes to a slide of its own."""
_LEAST_BARS, _MOST_BARS = 130.0, 210.0
"""How high a timeline is, at least and at most."""
_FEW_BARS = 24
"""So many bars of a timeline can be told apart beside the map."""

Aside = grids.Table | Timeline
"""What stands below the text beside the map, and"""
Placed = Grid | Words | Bars
"""what it is once it is measured."""


def slides(deck: Deck, frame: Frame) -> tuple[Sheet, ...]:
    """Return the slides of a briefing, at least one a screen, in order."""
    maker = _Slides(deck, frame, Ruler(frame.embedded))
    return tuple(sheet for screen in deck.screens for sheet in maker.screen(screen))


@dataclass(frozen=True)
class _Slides:
    deck: Deck
    frame: Frame
    ruler: Ruler

    def screen(self, screen: Screen) -> Sequence[Sheet]:
        if screen.kind == "cover":
            return self._cover(screen)
        if screen.question is None:
            running = self._running(screen)
            running.text(text_of(self.deck, screen))
            return running.sheets()
        return self._step(screen, screen.question)

    def _running(self, screen: Screen, *, again: bool = False) -> Running:
        return Running(self.deck, self.frame, self.ruler, screen, begun=again)

    def _cover(self, screen: Screen) -> Sequence[Sheet]:
        inner, frame = self.frame.inner, self.frame
        large = replace(frame, title=frame.title * 1.4)
        width = inner.width * 0.86
        place = Box(inner.left, inner.top + inner.height * 0.2, width, 0)
        title, whole = titled(self.ruler, large, screen.headline, place, 3)
        briefing = self.deck.briefing
        by = " · ".join(part for part in (briefing.author, briefing.date) if part)
        lead = self.ruler.lay_all(paragraph(by), width, frame.least + 2)
        under = Words(Box(inner.left, title.box.bottom + GAP, width, height(lead)), "lead", lead)
        parts: list[Part] = [title, *([under] if lead else [])]
        top = (under if lead else title).box.bottom + GAP * 1.5
        running = self._running(screen, again=True)
        blocks = (*paragraph(whole), *screen.blocks)
        laid, rest = running.fitted(blocks, width, inner.bottom - top)
        if laid:
            parts.append(Words(Box(inner.left, top, width, height(laid)), "body", laid))
        running.text(rest)
        return [Sheet(tuple(parts), (screen.headline,), screen), *running.sheets()]

    def _step(self, screen: Screen, question: Question) -> Sequence[Sheet]:
        inner = self.frame.inner
        title, whole = titled(self.ruler, self.frame, screen.headline, inner)
        below = inner._replace(top=title.box.bottom + GAP / 3)
        said, cut = facts(self.deck, self.ruler, question, below, self.frame.least + 1)
        top = said.box.bottom + GAP
        area = Box(inner.left, top, inner.width, inner.bottom - top)
        blocks = (*paragraph(whole), *text_of(self.deck, screen), *paragraph(cut))
        table = grids.beside(self.deck, screen, wide=False)
        alone = not (blocks or screen.exhibit or table or screen.timeline)
        width = area.width if alone else (area.width - 1.5 * GAP) * _MAP
        alt = alt_of_map(self.deck, screen)
        parts: list[Part] = [title, said, Map(area._replace(width=width), screen, alt)]
        running = self._running(screen, again=True)
        if not alone:
            left = area.left + width + 1.5 * GAP
            column = Box(left, area.top, area.right - left, area.height)
            parts += self._column(screen, blocks, column, running)
        return [Sheet(tuple(parts), (screen.headline,), screen), *running.sheets()]

    def _column(
        self, screen: Screen, blocks: Sequence[Block], column: Box, running: Running
    ) -> Iterator[Part]:
        """Yield what stands beside the map; what does not fit there runs on behind the slide."""
        photo = screen.exhibit
        aside = grids.beside(self.deck, screen, wide=False) or screen.timeline
        for with_photo, with_aside in ((1, 1), (1, 0), (0, 1), (0, 0)):
            placed = (photo if with_photo else None, aside if with_aside else None)
            found = self._together(blocks, *placed, column)
            if found is not None:
                yield from found
                break
        else:
            placed = (None, None)
            laid, rest = running.fitted(blocks, column.width, column.height)
            yield Words(column._replace(height=height(laid)), "body", laid)
            running.text(rest)
        if photo and not placed[0]:
            running.photo(photo)
        if aside and not placed[1]:
            running.table(grids.beside(self.deck, screen, wide=True))
            running.bars(screen.timeline)

    def _together(
        self, blocks: Sequence[Block], photo: Shown | None, aside: Aside | None, column: Box
    ) -> list[Part] | None:
        """Return text, picture and table one below the other, None when they do not fit."""
        below = self._aside(aside, column)
        if below is None:
            return None
        taken = max((part.box.bottom for part in below), default=column.top - GAP)
        taken += GAP - column.top
        if photo:
            laid = captioned(self.deck, self.ruler, photo, column.width, self.frame.least)
            taken += height(laid) + 4 + _LEAST_PHOTO + GAP
        body, least = round(self.frame.body), round(self.frame.least)
        # Beside other things text stays larger: it has slides of its own to run on to.
        lowest = (body + least) // 2 if below or photo else least
        for size in range(body, lowest - 1, -1):
            laid = self.ruler.lay_all(blocks, column.width, size)
            if height(laid) + (GAP if laid else 0) + taken <= column.height + GAP:
                return list(self._stacked(laid, photo, below, column))
        return None

    def _stacked(
        self, laid: tuple[Laid, ...], photo: Shown | None, below: Sequence[Placed], column: Box
    ) -> Iterator[Part]:
        """Yield text, picture and what stands below them; the picture takes what room is left."""
        top = column.top
        if laid:
            yield Words(column._replace(height=height(laid)), "body", laid)
            top += height(laid) + GAP
        taken = max((part.box.bottom for part in below), default=column.top - GAP)
        if photo:
            room = column.bottom - top - (taken - column.top + GAP)
            place = column._replace(top=top, height=room)
            for part in photographed(self.deck, self.ruler, photo, place, self.frame.least):
                yield part
                under = part.box.bottom + GAP
            top = under
        for one in below:
            moved = one.box._replace(top=one.box.top + top - column.top)
            if isinstance(one, Bars):
                moved = moved._replace(height=min(column.bottom - top, _MOST_BARS))
            yield replace(one, box=moved)

    def _aside(self, aside: Aside | None, column: Box) -> list[Placed] | None:
        """Return a table, with how much more there is, or a timeline at the top of the column.

        None when the table is higher than the column, or the timeline has many bars.
        """
        size = self.frame.least
        if aside is None:
            return []
        if isinstance(aside, Timeline):
            if len(aside.bars) > _FEW_BARS:
                return None
            said = alt_of_timeline(self.deck, aside)
            return [Bars(column._replace(height=_LEAST_BARS), aside, size, said)]
        if len(aside.rows) * size * LEADING > column.height:
            return None
        rows = grids.lines(self.ruler, aside, column.width, size)
        grid, rest = grids.put(self.ruler, aside, rows, column, size)
        if rest or grid is None:
            return None
        more = self.ruler.lay_all(paragraph(aside.more), column.width, size)
        box = Box(column.left, grid.box.bottom + GAP / 2, column.width, height(more))
        return [grid, *([Words(box, "caption", more)] if more else [])]
