"""A briefing as PDF: slides across, or a report on upright paper; the fonts are in the file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from geo.briefing import bars
from geo.briefing.arrange import slides
from geo.briefing.ink import Ink
from geo.briefing.maps import Maps
from geo.briefing.report import report
from geo.briefing.screen import Deck
from geo.briefing.sealing import time_of
from geo.briefing.sheet import Bars, Contents, Frame, Grid, Map, Photo, Sheet, Words, foot

_SIZES = {"A4": (595.28, 841.89), "Letter": (612.0, 792.0)}
Paper = Literal["A4", "Letter"]
Form = Literal["slides", "report"]
_LANGUAGES = {"en": "en-GB", "ko": "ko-KR"}


def write_pdf(
    path: Path,
    deck: Deck,
    maps: Maps,
    *,
    paper: Paper = "A4",
    form: Form = "slides",
) -> None:
    """Write a briefing to paper; speaker notes are not in it. The same data make the same file.

    Raises `OSError` when the file cannot be written.
    """
    frame = frame_of(paper, form)
    sheets = (slides if form == "slides" else report)(deck, frame)
    ink = Ink(frame)
    briefing = deck.briefing
    language = _LANGUAGES.get(deck.t.language, "en-GB")
    ink.describe(briefing.title, briefing.author, foot(deck), language=language, at=time_of(deck))
    for number, sheet in enumerate(sheets, 1):
        ink.begin(sheet)
        _draw(ink, deck, maps, sheet)
        _frame(ink, deck, number, len(sheets), headed=form == "report" and number > 1)
    path.write_bytes(ink.done())


def frame_of(paper: Paper, form: Form) -> Frame:
    """Return the size of a page, and of what stands on it."""
    short, long = _SIZES[paper]
    if form == "slides":
        return Frame(long, short, margin=36, foot=42, title=26, least_title=16, body=14, least=10,
                     zoom=1.25, embedded=True)  # fmt: skip
    return Frame(short, long, margin=60, foot=60, title=16, least_title=13, body=10.5, least=8.5,
                 zoom=1.4, embedded=True)  # fmt: skip


def _draw(ink: Ink, deck: Deck, maps: Maps, sheet: Sheet) -> None:
    for part in sheet.parts:
        match part:
            case Words():
                ink.words(part)
            case Map():
                zoom, box = ink.frame.zoom, part.box
                data = maps(part.screen, round(box.width * zoom), round(box.height * zoom))
                ink.picture(data, box, part.alt)
            case Photo():
                ink.picture(part.shown.data, part.box, part.alt)
            case Grid():
                ink.grid(part)
            case Bars():
                bars.draw(ink, part, deck.t)
            case Contents():
                ink.contents(part)


def _frame(ink: Ink, deck: Deck, number: int, total: int, *, headed: bool) -> None:
    """Draw what stands above and below every page."""
    ink.foot(foot(deck), deck.t("{n} of {total}", n=number, total=total))
    if headed:
        ink.head(deck.briefing.title)
