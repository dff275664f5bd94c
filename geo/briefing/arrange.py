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
from geo.steps import Beside

_MAP = 0.6
"""How much of the width the map takes where something stands beside it."""
_LEAST_PHOTO = 130.0
"""A picture lower than this goes to a slide of its own."""
_BARS = 0.3
"""How much of the height the timeline takes."""


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
        return [Sheet(tuple(parts), screen.headline, screen), *running.sheets()]

    def _step(self, screen: Screen, question: Question) -> Sequence[Sheet]:
        inner = self.frame.inner
        title, whole = titled(self.ruler, self.frame, screen.headline, inner)
        below = inner._replace(top=title.box.bottom + GAP / 3)
        said, cut = facts(self.deck, self.ruler, question, below, self.frame.least + 1)
        top = said.box.bottom + GAP
        area = Box(inner.left, top, inner.width, inner.bottom - top)
        blocks = (*paragraph(whole), *text_of(self.deck, screen), *paragraph(cut))
        table = grids.beside(self.deck, screen, wide=False)
        beside = bool(blocks or screen.exhibit or table)
        width = (area.width - 1.5 * GAP) * _MAP if beside else area.width
        parts: list[Part] = [title, said, *self._map(screen, area._replace(width=width))]
        running = self._running(screen, again=True)
        if beside:
            left = area.left + width + 1.5 * GAP
            column = Box(left, area.top, area.right - left, area.height)
            parts += self._column(screen, blocks, column, running)
        return [Sheet(tuple(parts), screen.headline, screen), *running.sheets()]

    def _map(self, screen: Screen, area: Box) -> Iterator[Part]:
        """Yield the map, and the timeline below it."""
        alt = alt_of_map(self.deck, screen)
        if screen.beside is not Beside.TIMELINE or screen.timeline is None:
            yield Map(area, screen, alt)
            return
        low = area.height * _BARS
        upper = area._replace(height=area.height - low - GAP / 2)
        yield Map(upper, screen, alt)
        lower = area._replace(top=upper.bottom + GAP / 2, height=low)
        said = alt_of_timeline(self.deck, screen.timeline)
        yield Bars(lower, screen.timeline, self.frame.least, said)

    def _column(
        self, screen: Screen, blocks: Sequence[Block], column: Box, running: Running
    ) -> Iterator[Part]:
        """Yield what stands beside the map; what does not fit there runs on behind the slide."""
        table = grids.beside(self.deck, screen, wide=False)
        photo = screen.exhibit
        for with_photo, with_table in ((1, 1), (1, 0), (0, 1), (0, 0)):
            chosen = (photo if with_photo else None, table if with_table else None)
            found = self._together(blocks, *chosen, column)
            if found is not None:
                yield from found
                break
        else:
            chosen = (None, None)
            laid, rest = running.fitted(blocks, column.width, column.height)
            yield Words(column._replace(height=height(laid)), "body", laid)
            running.text(rest)
        if photo and not chosen[0]:
            running.photo(photo)
        if table and not chosen[1]:
            running.table(grids.beside(self.deck, screen, wide=True))

    def _together(
        self, blocks: Sequence[Block], photo: Shown | None, table: grids.Table | None, column: Box
    ) -> list[Part] | None:
        """Return text, picture and table one below the other, None when they do not fit."""
        grid = self._whole(table, column) if table else None
        more = self._more(table, column) if table else ()
        taken = grid.box.height + GAP if grid else 0.0
        taken += height(more) + (GAP / 2 if more else 0)
        if table and grid is None:
            return None
        least = self._caption_height(photo, column) + _LEAST_PHOTO + GAP if photo else 0
        for size in range(round(self.frame.body), round(self.frame.least) - 1, -1):
            laid = self.ruler.lay_all(blocks, column.width, size)
            text = height(laid) + (GAP if laid else 0)
            if text + taken + least <= column.height + GAP:
                return list(self._stacked(laid, photo, grid, more, column))
        return None

    def _stacked(
        self,
        laid: tuple[Laid, ...],
        photo: Shown | None,
        grid: Grid | None,
        more: tuple[Laid, ...],
        column: Box,
    ) -> Iterator[Part]:
        top = column.top
        if laid:
            yield Words(column._replace(height=height(laid)), "body", laid)
            top += height(laid) + GAP
        below = (grid.box.height + GAP if grid else 0) + (height(more) + GAP / 2 if more else 0)
        if photo:
            room = column._replace(top=top, height=column.bottom - top - below)
            for part in photographed(self.deck, self.ruler, photo, room, self.frame.least):
                yield part
                top = part.box.bottom + GAP
        if grid:
            yield replace(grid, box=grid.box._replace(top=top))
            top += grid.box.height + GAP / 2
        if more:
            yield Words(Box(column.left, top, column.width, height(more)), "caption", more)

    def _whole(self, table: grids.Table, column: Box) -> Grid | None:
        """Return the table if all of it is lower than the column, else None."""
        size = self.frame.least
        if len(table.rows) * size * LEADING > column.height:
            return None
        rows = grids.lines(self.ruler, table, column.width, size)
        grid, rest = grids.put(self.ruler, table, rows, column, size)
        return None if rest else grid

    def _more(self, table: grids.Table, column: Box) -> tuple[Laid, ...]:
        return self.ruler.lay_all(paragraph(table.more), column.width, self.frame.least)

    def _caption_height(self, photo: Shown, column: Box) -> float:
        return height(captioned(self.deck, self.ruler, photo, column.width, self.frame.least)) + 4
