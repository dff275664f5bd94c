"""An empty presentation of ours: wide slides, three layouts, fonts and colours of the theme.

The fonts are named, not embedded. Arial is on every Windows and macOS, has ŏ and ŭ, and
LibreOffice sets Liberation Sans in its stead, whose letters are as wide, so that lines break
where they were measured. Hangul is Malgun Gothic, which comes with Windows and with Office for
macOS; elsewhere the language of the text makes the program take a Korean font that it has.
"""

from __future__ import annotations

import re
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.util import Pt

from geo.briefing.sheet import Box, Frame

LATIN, HANGUL = "Arial", "Malgun Gothic"
FRAME = Frame(
    960, 540, margin=36, foot=40, title=30, least_title=20, body=18, least=12, zoom=1.1,
    embedded=False,
)  # fmt: skip
"""Slides of 16 : 9; 12 points are 24 pixels on a screen of 1920 × 1080."""

INK, MUTED, PAPER, LINE = "1D2530", "5A6474", "FBFAF7", "E3E1DA"
CERTAIN, POSSIBLE = "1F5F8B", "A3540F"
"""The colours of the map in light, muted and possible a little darker for small letters."""

TITLE, MAP, LEAD, BODY, FACTS, PHOTO, CAPTION = 0, 1, 3, 2, 13, 14, 15
"""The numbers of the layouts' placeholders."""
FOOTER, NUMBER = 11, 12
FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
"""The mark of the field that holds a slide's number."""

_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_INNER = FRAME.inner
_HEAD = _INNER._replace(height=40)
_PLACES: dict[int, tuple[str, str, Box, float]] = {
    TITLE: ("title", "Title", _HEAD, FRAME.title),
    MAP: ("pic", "Map", Box(36, 140, 525, 360), FRAME.least),
    LEAD: ("body", "Author and date", Box(36, 200, 760, 24), FRAME.least + 2),
    BODY: ("body", "Text", Box(579, 140, 345, 360), FRAME.body),
    FACTS: ("body", "Filters and counts", Box(36, 84, 888, 40), FRAME.least + 1),
    PHOTO: ("pic", "Picture", Box(579, 300, 345, 160), FRAME.least),
    CAPTION: ("body", "Caption", Box(579, 464, 345, 36), FRAME.least),
    FOOTER: ("ftr", "Footer", Box(36, 508, 740, 20), FRAME.least),
    NUMBER: ("sldNum", "Slide number", Box(784, 508, 140, 20), FRAME.least),
}
"""Type, name, place and size of the letters of each placeholder."""
_LAYOUTS = {
    "Cover": (TITLE, LEAD, BODY, FOOTER, NUMBER),
    "Map and text": (TITLE, FACTS, MAP, BODY, PHOTO, CAPTION, FOOTER, NUMBER),
    "Text": (TITLE, BODY, PHOTO, CAPTION, FOOTER, NUMBER),
}
_FROM = ("Title Slide", "Picture with Caption", "Title and Content")
"""Which layouts of the empty presentation these are made of."""


def presentation() -> Any:  # noqa: ANN401 - the package has no types
    """Return a presentation without slides."""
    made = Presentation()
    made.slide_width, made.slide_height = Pt(FRAME.width), Pt(FRAME.height)
    master = made.slide_master
    _theme(master.part)
    _cleared(made.part)
    _cleared(made.part.package)
    kept = dict(zip(_FROM, _LAYOUTS.items(), strict=True))
    for layout in list(made.slide_layouts):
        if layout.name not in kept:
            made.slide_layouts.remove(layout)
            continue
        name, numbers = kept[layout.name]
        layout.element.cSld.set("name", name)
        layout.element.attrib.pop("type", None)
        _fill(layout.shapes._spTree, numbers)  # noqa: SLF001 - there is no public way to make a layout
    _fill(master.shapes._spTree, (TITLE, BODY, FOOTER, NUMBER), master=True)  # noqa: SLF001
    _styles(master.element)
    return made


def layout(made: Any, name: str) -> Any:  # noqa: ANN401
    """Return a layout by its name."""
    return next(one for one in made.slide_layouts if one.name == name)


def theme_of_notes(made: Any) -> None:  # noqa: ANN401
    """Give the notes the same fonts; to be called once there are some."""
    _theme(made.notes_master.part)


def _cleared(part: Any) -> None:  # noqa: ANN401
    """Take away what is of another presentation: its picture, its printer, its counts."""
    relations = part._rels  # noqa: SLF001 - there is no public way to drop these
    for name, relation in list(relations.items()):
        if relation.reltype.rsplit("/", 1)[-1] in _FOREIGN:
            relations.pop(name)


_FOREIGN = ("thumbnail", "printerSettings", "extended-properties")


def _theme(part: Any) -> None:  # noqa: ANN401
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    text = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{LATIN}"', text)
    text = re.sub(r'<a:ea typeface="[^"]*"', f'<a:ea typeface="{HANGUL}"', text)
    text = re.sub(r'(script="Hang" typeface=)"[^"]*"', rf'\1"{HANGUL}"', text)
    for name, colour in _COLOURS.items():
        value = f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", value, text)
    theme._blob = text.encode("utf-8")  # noqa: SLF001 - a part that the package does not read


_COLOURS = {"dk1": INK, "lt1": PAPER, "dk2": MUTED, "lt2": LINE, "accent1": CERTAIN,
            "accent2": POSSIBLE, "hlink": CERTAIN, "folHlink": MUTED}  # fmt: skip


def _fill(tree: Any, numbers: tuple[int, ...], *, master: bool = False) -> None:  # noqa: ANN401
    """Put these placeholders in the place of those that are there."""
    for shape in tree.xpath("p:sp"):
        tree.remove(shape)
    for order, number in enumerate(numbers, 2):
        tree.append(parse_xml(_placeholder(number, order, master=master)))


def _placeholder(number: int, order: int, *, master: bool) -> str:
    kind, name, box, size = _PLACES[number]
    numbered = "" if number == TITLE else f' idx="{number}"'
    off = f'x="{Pt(box.left)}" y="{Pt(box.top)}"'
    ext = f'cx="{Pt(box.width)}" cy="{Pt(box.height)}"'
    bold = ' b="1"' if kind == "title" else ""
    muted = kind in ("ftr", "sldNum")
    name_of = "tx2" if muted else "tx1"
    colour = f'<a:solidFill><a:schemeClr val="{name_of}"/></a:solidFill>'
    align = "r" if kind == "sldNum" else "l"
    style = (
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}"{bold}>{colour}</a:defRPr></a:lvl1pPr></a:lstStyle>'
    )
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{order}" name="{name}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{numbered}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr><a:xfrm><a:off {off}/><a:ext {ext}/></a:xfrm>"
        f"{_RECTANGLE if master else ''}</p:spPr>"
        '<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'
        f' anchor="t"><a:noAutofit/></a:bodyPr>{style}<a:p>{_inside(kind, name)}</a:p>'
        "</p:txBody></p:sp>"
    )


_RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def _inside(kind: str, name: str) -> str:
    """Return what stands in the placeholder of a layout."""
    if kind == "sldNum":
        return f'<a:fld id="{FIELD}" type="slidenum"><a:t>‹#›</a:t></a:fld>'
    return f"<a:r><a:t>{name}</a:t></a:r>"


def _styles(master: Any) -> None:  # noqa: ANN401
    """Let titles begin at the left."""
    for style in master.xpath("p:txStyles/p:titleStyle/a:lvl1pPr"):
        style.set("algn", "l")
