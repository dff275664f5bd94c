"""Drawing on the pages of a PDF: text exactly as it was measured, tables and pictures."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO

from fpdf import FPDF

from geo.briefing.grids import PAD
from geo.briefing.prose import Run
from geo.briefing.ruler import GAP, INDENT, LEADING, Laid, Piece, Ruler, parts, readable
from geo.briefing.sheet import Box, Contents, Frame, Grid, Sheet, Words
from geo.fonts import faces

Colour = tuple[int, int, int]
Point = tuple[float, float]
INK: Colour = (29, 37, 48)
MUTED: Colour = (90, 100, 116)
LINE: Colour = (212, 209, 200)
CERTAIN: Colour = (31, 95, 139)
_BASE = 0.76
"""Where letters stand in a line, in parts of its height."""


class Ink:
    """The pages of one PDF file; lengths are points from the upper left corner."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.ruler = frame, Ruler()
        self.pdf = FPDF(unit="pt", format=(frame.width, frame.height))
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_margin(0)
        self._fonts: set[str] = set()

    def describe(
        self, title: str, author: str, subject: str, language: str, at: dt.datetime
    ) -> None:
        """Say in the file what it is, in which language, and of which time its data are."""
        pdf = self.pdf
        pdf.set_title(_line(title))
        pdf.set_subject(_line(subject))
        pdf.set_creator("Glimpse")
        pdf.set_lang(language)
        pdf.set_creation_date(at)
        if author:
            pdf.set_author(_line(author))

    def begin(self, sheet: Sheet) -> None:
        """Begin a page, and name it in the list of pages."""
        self.pdf.add_page()
        for name in sheet.names:
            self.pdf.set_y(0)
            self.pdf.start_section(_line(name))

    def done(self) -> bytes:
        """Return the file."""
        log = logging.getLogger("fontTools.subset")
        before, disabled = log.level, logging.ERROR
        log.setLevel(disabled)  # it warns of tables of the fonts' makers that it leaves out
        try:
            return bytes(self.pdf.output())
        finally:
            log.setLevel(before)

    def words(self, words: Words) -> None:
        """Write a text."""
        top = words.box.top
        colour = MUTED if words.role in ("lead", "caption") else INK
        for number, one in enumerate(words.laid):
            top += one.size * GAP if number else 0
            self._block(one, words.box.left, top, colour)
            top += one.height

    def _block(self, one: Laid, left: float, top: float, colour: Colour) -> None:
        high, start = one.size * LEADING, left + one.indent
        if one.block.kind == "quote":
            self.rule(
                (left + one.size * 0.4, top), (left + one.size * 0.4, top + one.height), LINE, 2
            )
        if one.mark:
            self.text(one.mark, start - INDENT * one.size, top + high * _BASE, one.size, colour)
        for number, line in enumerate(one.lines):
            base = top + high * (number + _BASE)
            self._line(line, start, base, one, colour)

    def _line(
        self, line: Iterable[Piece], left: float, base: float, one: Laid, colour: Colour
    ) -> None:
        for run, width in _joined(line, bold=one.block.kind == "h"):
            if run.link:
                self.link(run.link, Box(left, base - one.size, width, one.size * LEADING))
            shade = CERTAIN if run.link else colour
            self.text(run.text, left, base, one.size, shade, bold=run.bold, italic=run.italic)
            left += width

    def text(
        self, text: str, left: float, base: float, size: float, colour: Colour = INK, *,
        bold: bool = False, italic: bool = False,
    ) -> None:  # fmt: skip
        """Write a text without line breaks from a point on its base line."""
        self.pdf.set_text_color(*colour)
        for face, said in parts(text.removesuffix("\n"), bold=bold, italic=italic):
            self._font(face, size)
            self.pdf.text(left, base, said)
            left += self.ruler.length(said, size, bold=bold, italic=italic)

    def _font(self, face: str, size: float) -> None:
        if face not in self._fonts:
            self.pdf.add_font(face, fname=getattr(faces(), face))
            self._fonts.add(face)
        self.pdf.set_font(face, size=size)

    def link(self, address: str, box: Box) -> None:
        """Lay a web address under a place; what is no web address is left out."""
        if re.match("https?://", address):
            self.pdf.link(*box, link=readable(address))
            self.rule((box.left, box.bottom - 3), (box.right, box.bottom - 3), CERTAIN, 0.5)

    def rule(self, start: Point, end: Point, colour: Colour = LINE, wide: float = 0.6) -> None:
        """Draw a straight line between two points."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(wide)
        self.pdf.line(*start, *end)

    def picture(self, data: bytes, box: Box, alt: str) -> None:
        """Draw a picture with the words that stand for it."""
        self.pdf.image(BytesIO(data), box.left, box.top, box.width, box.height,
                       alt_text=readable(alt) or None)  # fmt: skip

    def grid(self, grid: Grid) -> None:
        """Draw a table."""
        box = grid.box
        top = box.top + grid.head
        self._row(grid, tuple(column.name for column in grid.columns), box.top, bold=True)
        self.rule((box.left, top), (box.right, top), MUTED, 0.8)
        for line in grid.lines:
            linked = bool(re.match("https?://", line.link))
            if linked:
                wide = grid.columns[0].share * box.width
                self.pdf.link(box.left, top, wide, line.height, link=readable(line.link))
            self._row(grid, line.cells, top, linked=linked)
            top += line.height
            self.rule((box.left, top), (box.right, top), LINE, 0.5)

    def _row(
        self, grid: Grid, cells: Iterable[str], top: float, *,
        bold: bool = False, linked: bool = False,
    ) -> None:  # fmt: skip
        left, size, colour = grid.box.left, grid.size, CERTAIN if linked else INK
        for column, cell in zip(grid.columns, cells, strict=True):
            width = column.share * grid.box.width
            rows = self.ruler.rows(cell, width - 2 * PAD, size, bold=bold)
            for number, text in enumerate(rows):
                base = top + PAD + size * LEADING * (number + _BASE)
                shift = width - PAD - self.ruler.length(text, size, bold=bold)
                start = left + (shift if column.number else PAD)
                self.text(text, start, base, size, colour, bold=bold)
            left, colour = left + width, INK

    def contents(self, contents: Contents) -> None:
        """Draw a table of contents whose lines lead to their pages."""
        box, size = contents.box, contents.size
        step = box.height / len(contents.entries)
        for number, entry in enumerate(contents.entries):
            top = box.top + number * step
            page = str(entry.page)
            wide = self.ruler.length(page, size)
            title = self.ruler.shortened(_line(entry.title), box.width - wide - 24, size, 1)
            base = top + step * 0.7
            self.text(title, box.left, base, size)
            self.text(page, box.right - wide, base, size, MUTED)
            start = box.left + self.ruler.length(title, size) + 6
            with self.dotted():
                self.rule((start, base - 1), (box.right - wide - 6, base - 1), MUTED, 0.6)
            link = self.pdf.add_link(page=entry.page)
            self.pdf.link(box.left, top, box.width, step, link=link)

    @contextmanager
    def dotted(self) -> Iterator[None]:
        """Let lines be dotted."""
        self.pdf.set_dash_pattern(dash=1, gap=3)
        yield
        self.pdf.set_dash_pattern()

    def foot(self, about: str, page: str) -> None:
        """Write what stands below every page."""
        frame = self.frame
        size, inner = max(8.0, frame.least - 1), frame.inner
        base = frame.height - frame.foot * 0.45
        wide = self.ruler.length(page, size)
        said = self.ruler.shortened(about, inner.width - wide - 20, size, 1)
        self.text(said, inner.left, base, size, MUTED)
        self.text(page, inner.right - wide, base, size, MUTED)

    def head(self, title: str) -> None:
        """Write what stands above every page of a report."""
        frame = self.frame
        size, inner = max(8.0, frame.least - 1), frame.inner
        base = frame.margin * 0.6
        said = self.ruler.shortened(_line(title), inner.width, size, 1)
        self.text(said, inner.left, base, size, MUTED)
        self.rule((inner.left, base + 6), (inner.right, base + 6), LINE, 0.6)


def _joined(line: Iterable[Piece], *, bold: bool) -> Iterator[tuple[Run, float]]:
    """Yield the pieces of a line with neighbours of one style made one."""
    kept: tuple[Run, float] | None = None
    for run, width in line:
        styled = run._replace(bold=run.bold or bold)
        if kept and kept[0][1:] == styled[1:]:
            kept = kept[0]._replace(text=kept[0].text + run.text), kept[1] + width
            continue
        if kept:
            yield kept
        kept = styled, width
    if kept:
        yield kept


def _line(text: str) -> str:
    return " ".join(readable(text).split())
