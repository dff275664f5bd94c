"""A briefing as a PowerPoint file: text as text, maps as pictures, notes as notes."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from geo.briefing import template
from geo.briefing.arrange import slides
from geo.briefing.figures import described, put_bars, put_grid
from geo.briefing.maps import Maps
from geo.briefing.ruler import readable
from geo.briefing.screen import Deck
from geo.briefing.sealing import sealed, time_of
from geo.briefing.sheet import Bars, Box, Grid, Map, Photo, Role, Sheet, Words, foot
from geo.briefing.writing import Pen

_NUMBERS: dict[Role, int] = {
    "title": template.TITLE,
    "lead": template.LEAD,
    "body": template.BODY,
    "facts": template.FACTS,
    "caption": template.CAPTION,
}


def write_pptx(path: Path, deck: Deck, maps: Maps) -> None:
    """Write a briefing as slides; the same data make the same file.

    Raises `OSError` when the file cannot be written.
    """
    made = template.presentation()
    sheets = slides(deck, template.FRAME)
    for number, sheet in enumerate(sheets, 1):
        _Slide(made, deck, sheet).fill(maps, number, len(sheets))
    if any(sheet.screen and sheet.screen.notes for sheet in sheets):
        template.theme_of_notes(made)
    _describe(made.core_properties, deck)
    out = BytesIO()
    made.save(out)
    path.write_bytes(sealed(out.getvalue(), time_of(deck)))


def _describe(properties: Any, deck: Deck) -> None:  # noqa: ANN401
    at = time_of(deck).replace(tzinfo=None)
    briefing = deck.briefing
    properties.title, properties.author = _line(briefing.title), _line(briefing.author)
    properties.created = properties.modified = at
    properties.last_modified_by, properties.revision = "", 1
    properties.language = {"ko": "ko-KR"}.get(deck.t.language, "en-GB")
    properties.subject, properties.comments = _line(foot(deck)), f"SHA-256 {deck.sha256}"


def _line(text: str) -> str:
    """Return what a property holds: a line of at most 255 letters."""
    return " ".join(readable(text).split())[:255]


class _Slide:
    """One slide on its layout; placeholders that nothing fills are taken away."""

    def __init__(self, made: Any, deck: Deck, sheet: Sheet) -> None:  # noqa: ANN401
        kinds = {type(part) for part in sheet.parts}
        cover = sheet.screen is not None and sheet.screen.kind == "cover"
        name = "Cover" if cover else "Map and text" if Map in kinds else "Text"
        self._layout = template.layout(made, name)
        self._slide = made.slides.add_slide(self._layout)
        self._pen = Pen(self._slide.part, deck.t.language)
        self._free = {one.placeholder_format.idx: one for one in self._slide.placeholders}
        self._deck, self._sheet = deck, sheet

    def fill(self, maps: Maps, number: int, total: int) -> None:
        """Put everything on it; its number is said as one of `total`."""
        for part in self._sheet.parts:
            match part:
                case Words():
                    self._words(part)
                case Map():
                    scale = template.FRAME.zoom
                    size = round(part.box.width * scale), round(part.box.height * scale)
                    self._picture(template.MAP, maps(part.screen, *size), part.box, part.alt)
                case Photo():
                    self._picture(template.PHOTO, part.shown.data, part.box, part.alt)
                case Grid():
                    put_grid(self._slide.shapes, self._pen, part)
                case Bars():
                    put_bars(self._slide.shapes, part, self._deck.t)
        for shape in self._free.values():
            shape._element.getparent().remove(shape._element)  # noqa: SLF001
        self._foot(number, total)
        screen = self._sheet.screen
        if screen and screen.notes:
            self._notes(screen.notes)

    def _words(self, words: Words) -> None:
        shape = self._free.pop(_NUMBERS[words.role], None)
        if shape is None:
            shape = self._slide.shapes.add_textbox(0, 0, 0, 0)
            shape.text_frame.word_wrap = True
            for side in ("lIns", "tIns", "rIns", "bIns"):
                shape.text_frame._txBody.bodyPr.set(side, "0")  # noqa: SLF001
        _place(shape, words.box)
        self._pen.write(shape.text_frame._txBody, words.laid)  # noqa: SLF001

    def _picture(self, number: int, data: bytes, box: Box, alt: str) -> None:
        shape = self._free.pop(number, None)
        if shape is None:
            made = self._slide.shapes.add_picture(BytesIO(data), 0, 0)
        else:
            made = shape.insert_picture(BytesIO(data))
            made.crop_left = made.crop_right = made.crop_top = made.crop_bottom = 0
        _place(made, box)
        described(made._element.nvPicPr.cNvPr, alt)  # noqa: SLF001

    def _foot(self, number: int, total: int) -> None:
        t = self._deck.t
        for shape in self._layout.placeholders:
            kind = shape.placeholder_format.idx
            if kind not in (template.FOOTER, template.NUMBER):
                continue
            element = deepcopy(shape._element)  # noqa: SLF001
            self._slide.shapes._spTree.append(element)  # noqa: SLF001
            element.nvSpPr.cNvPr.set("id", str(_next_id(self._slide)))
            style = element.txBody.find(qn("a:lstStyle"))
            for old in list(style):
                style.remove(old)
            size = template.FRAME.least
            if kind == template.FOOTER:
                text = foot(self._deck)
                line = self._pen.line(text, size)
            else:
                line = self._pen.line(t("{n} of {total}", n=_FIELD, total=total), size, right=True)
                _numbered(line, number)
            old = element.txBody.find(qn("a:p"))
            element.txBody.replace(old, line)

    def _notes(self, notes: str) -> None:
        frame = self._slide.notes_slide.notes_text_frame
        laid = (part for part in readable(notes).splitlines())
        body = frame._txBody  # noqa: SLF001
        for old in body.findall(qn("a:p")):
            body.remove(old)
        for text in laid:
            body.append(self._pen.line(text, 12))


_FIELD = "\ue000"
"""Stands for the slide's number until the field is put in; no text has this sign."""


def _numbered(line: Any, number: int) -> None:  # noqa: ANN401
    """Part a run at the sign for the slide's number and put the field there."""
    (run,) = line.findall(qn("a:r"))
    before, after = run.find(qn("a:t")).text.split(_FIELD)
    field = parse_xml(
        '<a:fld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        f' id="{template.FIELD}" type="slidenum"/>'
    )
    field.append(deepcopy(run.find(qn("a:rPr"))))
    text = deepcopy(run.find(qn("a:t")))
    text.text = str(number)
    field.append(text)
    last = deepcopy(run)
    run.find(qn("a:t")).text, last.find(qn("a:t")).text = before, after
    run.addnext(field)
    field.addnext(last)
    for one in (run, last):
        if not one.find(qn("a:t")).text:
            line.remove(one)


def _place(shape: Any, box: Box) -> None:  # noqa: ANN401
    shape.left, shape.top = Pt(box.left), Pt(box.top)
    shape.width, shape.height = Pt(box.width), Pt(max(box.height, 1))


def _next_id(slide: Any) -> int:  # noqa: ANN401
    return max(int(value) for value in slide.shapes._spTree.xpath("//@id") if value.isdigit()) + 1  # noqa: SLF001
