"""Text in PowerPoint's markup: each run with its style, its language and its link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from geo.briefing.prose import Run
from geo.briefing.ruler import GAP, INDENT, LEADING, Laid, readable

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_NS = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_LANGUAGES = {"en": "en-GB", "ko": "ko-KR"}


@dataclass(frozen=True)
class Pen:
    """What writes on one slide: in the briefing's language, its links kept with the slide."""

    part: Any
    language: str

    def write(self, body: Any, laid: Iterable[Laid]) -> None:  # noqa: ANN401
        """Put blocks into a shape's text, in the place of what stands there."""
        for paragraph in body.findall(qn("a:p")):
            body.remove(paragraph)
        for number, one in enumerate(laid):
            body.append(self._block(one, first=number == 0))
        if body.find(qn("a:p")) is None:
            body.append(parse_xml(f"<a:p {_NS}/>"))

    def line(self, text: str, size: float, **style: Any) -> Any:  # noqa: ANN401
        """Return a paragraph of one run; `style` is that of `Run`, or `right=True`."""
        right = style.pop("right", False)
        made = parse_xml(f'<a:p {_NS}><a:pPr algn="{"r" if right else "l"}"/></a:p>')
        made[0].append(_spacing(size))
        self._runs(made, Run(text, **style), size)
        return made

    def _block(self, one: Laid, *, first: bool) -> Any:  # noqa: ANN401
        indent = INDENT * one.size
        hang = Pt(-indent) if one.mark else 0
        made = parse_xml(f'<a:p {_NS}><a:pPr marL="{Pt(one.indent)}" indent="{hang}"/></a:p>')
        properties = made[0]
        properties.append(_spacing(one.size))
        before = 0 if first else round(one.size * GAP * 100)
        properties.append(parse_xml(f'<a:spcBef {_NS}><a:spcPts val="{before}"/></a:spcBef>'))
        properties.append(parse_xml(_mark(one)))
        for run in one.block.runs:
            self._runs(made, run._replace(bold=run.bold or one.block.kind == "h"), one.size)
        return made

    def _runs(self, paragraph: Any, run: Run, size: float) -> None:  # noqa: ANN401
        for number, line in enumerate(readable(run.text).split("\n")):
            if number:
                paragraph.append(parse_xml(f"<a:br {_NS}/>"))
            if line:
                paragraph.append(self._run(run._replace(text=line), size))

    def _run(self, run: Run, size: float) -> Any:  # noqa: ANN401
        korean = bool(_HANGUL.search(run.text))
        language = "ko-KR" if korean else _LANGUAGES.get(self.language, "en-GB")
        style = ' b="1"' * run.bold + ' i="1"' * run.italic
        marks = f'lang="{language}" sz="{round(size * 100)}"{style}'
        made = parse_xml(f"<a:r {_NS}><a:rPr {marks}/><a:t/></a:r>")
        made.find(qn("a:t")).text = run.text
        address = readable(run.link)
        if re.match("https?://", address):
            link = parse_xml(f"<a:hlinkClick {_NS}/>")
            rid = self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), rid)
            made[0].append(link)
        return made


def _spacing(size: float) -> Any:  # noqa: ANN401
    """Return a distance of lines that no font changes: Korean ones would stand wider apart."""
    points = round(size * LEADING * 100)
    return parse_xml(f'<a:lnSpc {_NS}><a:spcPts val="{points}"/></a:lnSpc>')


def _mark(one: Laid) -> str:
    match one.block.kind:
        case "li":
            return f'<a:buChar {_NS} char="•"/>'
        case "ol":
            start = min(max(one.block.number, 1), 32_767)
            return f'<a:buAutoNum {_NS} type="arabicPeriod" startAt="{start}"/>'
        case _:
            return f"<a:buNone {_NS}/>"
