"""Text, pictures and tables that run on from slide to slide."""

from __future__ import annotations

from collections.abc import Sequence

from geo.briefing import grids
from geo.briefing.fitting import paragraph, photographed, titled
from geo.briefing.prose import Block
from geo.briefing.ruler import Laid, Ruler, height, split
from geo.briefing.screen import Deck, Screen, Shown
from geo.briefing.sheet import Bars, Box, Frame, Part, Sheet, Words, alt_of_timeline
from geo.timeline import Timeline

GAP = 12.0
"""Between parts of a slide, points."""
_LEAST_PHOTO = 200.0
"""A picture gets a new slide before it is lower than this."""
_TITLE = 60.0
"""About what the title takes."""
_MOST_BARS = 320.0


class Running:
    """The slides of one screen that hold no map; each is begun when something stands on it."""

    def __init__(
        self, deck: Deck, frame: Frame, ruler: Ruler, screen: Screen, *, begun: bool
    ) -> None:
        """Begin with a slide of the screen's title or, if that has `begun`, go on from there."""
        self._deck, self._frame, self._ruler, self._screen = deck, frame, ruler, screen
        self._sheets: list[list[Part]] = []
        self._begun = begun
        self._most = round(frame.body)
        self._top = frame.inner.bottom
        if not begun:
            self._page()

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the slides so far."""
        names = () if self._begun else (self._screen.headline,)
        return tuple(
            Sheet(tuple(parts), *(() if number or self._begun else (names, self._screen)))
            for number, parts in enumerate(self._sheets)
        )

    def fitted(
        self, blocks: Sequence[Block], width: float, room: float
    ) -> tuple[tuple[Laid, ...], tuple[Block, ...]]:
        """Return blocks as large as they fit, else as many as do at a middling size; the rest."""
        least = round(self._frame.least)
        for size in range(self._most, least, -1):
            laid = self._ruler.lay_all(blocks, width, size)
            if height(laid) <= room:
                return laid, ()
        self._most = min(self._most, (round(self._frame.body) + least) // 2)
        return split(self._ruler.lay_all(blocks, width, self._most), room)

    def text(self, blocks: Sequence[Block]) -> None:
        """Write blocks, on as many slides as they take."""
        while blocks:
            laid, rest = self.fitted(blocks, self._frame.inner.width, self._room)
            if laid:
                self._put(laid, "body")
            if rest:
                self._page()
            blocks = rest

    def photo(self, photo: Shown) -> None:
        """Show a picture as large as the slide lets it be."""
        if self._room < _LEAST_PHOTO:
            self._page()
        inner = self._frame.inner
        place = Box(inner.left, self._top, inner.width, self._room)
        found = photographed(self._deck, self._ruler, photo, place, self._frame.least)
        self._sheets[-1] += found
        self._top = found[-1].box.bottom + GAP

    def table(self, table: grids.Table | None) -> None:
        """Write a table, its headings anew on each slide."""
        if table is None:
            return
        inner, size, rest = self._frame.inner, self._frame.least, []
        for size in (self._frame.least + more for more in (3, 2, 1, 0)):
            rest = grids.lines(self._ruler, table, inner.width, size)
            heading = grids.head(self._ruler, table, inner.width, size)
            if heading + sum(line.height for line in rest) <= inner.height - _TITLE:
                break
        while rest:
            place = Box(inner.left, self._top, inner.width, self._room)
            grid, rest = grids.put(self._ruler, table, rest, place, size)
            if grid is not None:
                self._sheets[-1].append(grid)
                self._top = grid.box.bottom + GAP
            if rest:
                self._page()
        more = self._ruler.lay_all(paragraph(table.more), inner.width, size)
        if more and height(more) > self._room:
            self._page()
        if more:
            self._put(more, "caption")

    def bars(self, timeline: Timeline | None) -> None:
        """Draw a timeline as wide as the slide."""
        if timeline is None:
            return
        if self._room < _LEAST_PHOTO:
            self._page()
        inner = self._frame.inner
        place = Box(inner.left, self._top, inner.width, min(self._room, _MOST_BARS))
        said = alt_of_timeline(self._deck, timeline)
        self._sheets[-1].append(Bars(place, timeline, self._frame.least, said))
        self._top = place.bottom + GAP

    @property
    def _room(self) -> float:
        return self._frame.inner.bottom - self._top

    def _put(self, laid: tuple[Laid, ...], role: str) -> None:
        inner = self._frame.inner
        box = Box(inner.left, self._top, inner.width, height(laid))
        self._sheets[-1].append(Words(box, "caption" if role == "caption" else "body", laid))
        self._top = box.bottom + GAP

    def _page(self) -> None:
        again = self._begun or bool(self._sheets)
        said, inner = self._screen.headline, self._frame.inner
        if again:
            size, width = self._frame.least_title, inner.width * 0.8
            said = self._ruler.shortened(said, width, size, 1, bold=True)
            said = self._deck.t("{title} (continued)", title=said)
        title, whole = titled(self._ruler, self._frame, said, inner, 1 if again else 2)
        self._sheets.append([title])
        self._top = title.box.bottom + GAP
        if whole and not again:
            self.text(paragraph(whole))
