"""Tables and timelines as PowerPoint's own: they can be edited, and read aloud."""

from __future__ import annotations

import math
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from geo.briefing import template
from geo.briefing.grids import PAD
from geo.briefing.ruler import readable
from geo.briefing.sheet import Bars, Grid
from geo.briefing.writing import Pen
from geo.i18n import Translator

_NS = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_LEANING = -45 * 60_000
"""How labels of times stand, in the markup's parts of a degree: upright ones would be broken."""
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own style "No Style, No Grid"."""


def put_grid(shapes: Any, pen: Pen, grid: Grid) -> None:  # noqa: ANN401
    """Put a table on a slide."""
    box, rows = grid.box, len(grid.lines) + 1
    frame = shapes.add_table(
        rows, len(grid.columns), Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)
    )
    described(frame._element.nvGraphicFramePr.cNvPr, grid.alt)  # noqa: SLF001
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN_TABLE  # noqa: SLF001
    table.horz_banding = False
    for column, made in zip(grid.columns, table.columns, strict=True):
        made.width = Pt(column.share * box.width)
    heights = [grid.head, *(line.height for line in grid.lines)]
    for made, height in zip(table.rows, heights, strict=True):
        made.height = Pt(height)
    rules = table._tbl.tr_lst  # noqa: SLF001
    for column, cell in zip(grid.columns, rules[0].tc_lst, strict=True):
        _cell(cell, pen.line(column.name, grid.size, bold=True, right=column.number), head=True)
    for line, rule in zip(grid.lines, rules[1:], strict=True):
        for number, (text, cell) in enumerate(zip(line.cells, rule.tc_lst, strict=True)):
            link = "" if number else line.link
            right = grid.columns[number].number
            _cell(cell, pen.line(text, grid.size, link=link, right=right))


def _cell(cell: Any, paragraph: Any, *, head: bool = False) -> None:  # noqa: ANN401
    body = cell.get_or_add_txBody()
    for old in body.findall(qn("a:p")):
        body.remove(old)
    body.append(paragraph)
    colour, width = (template.MUTED, 12_700) if head else (template.LINE, 9_525)
    properties = cell.get_or_add_tcPr()
    for side, value in (("L", PAD), ("R", PAD), ("T", PAD), ("B", PAD)):
        properties.set(f"mar{side}", str(Pt(value)))
    for side in "LRT":
        properties.append(parse_xml(f'<a:ln{side} {_NS} w="0"><a:noFill/></a:ln{side}>'))
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    properties.append(parse_xml(f'<a:lnB {_NS} w="{width}">{fill}</a:lnB>'))
    properties.append(parse_xml(f"<a:noFill {_NS}/>"))


def put_bars(shapes: Any, bars: Bars, t: Translator) -> None:  # noqa: ANN401
    """Put a timeline on a slide: exact dates, shares of wider ones, and those of no date."""
    line, box = bars.timeline, bars.box
    known = [readable(bar.start) for bar in line.bars]
    skip = _skip(known, box.width, bars.size)
    # The last label is one of those that are shown, a little apart from the others.
    gap = -(len(known) + 1) % skip + 1 if known else 0
    blank: list[float | None] = [None] * gap
    make: Any = CategoryChartData
    data = make(number_format="General")
    data.categories = [*known, *([" "] * gap), t("Date unknown")]
    if known:
        exact = [sum(bar.exact) for bar in line.bars]
        partial = [round(sum(bar.partial), 3) for bar in line.bars]
        data.add_series(t("Date within the bar"), [*exact, *blank, None])
        data.add_series(t("Share of a wider date"), [*partial, *blank, None])
    data.add_series(t("Date unknown"), [*([None] * len(known)), *blank, line.unknown])
    frame = shapes.add_chart(
        XL_CHART_TYPE.COLUMN_STACKED,
        Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height), data,
    )  # fmt: skip
    described(frame._element.nvGraphicFramePr.cNvPr, bars.alt)  # noqa: SLF001
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(bars.size), _rgb(template.INK)
    chart.has_legend = bool(known)
    if known:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _series(chart.plots[0], dated=bool(known))
    _axes(chart, skip, dated=bool(known))


def _skip(labels: list[str], width: float, size: float) -> int:
    """Return of how many labels one is shown: leaning ones stand as far apart as they are high."""
    return max(1, math.ceil(1.6 * size * len(labels) / (width - 4 * size)))


def _series(plot: Any, *, dated: bool) -> None:  # noqa: ANN401
    plot.gap_width, plot.overlap = (30 if dated else 300), 100
    certain = _rgb(template.CERTAIN)
    *known, unknown = plot.series
    if dated:
        known[0].format.fill.solid()
        known[0].format.fill.fore_color.rgb = certain
    for series, colour in [*((one, certain) for one in known[1:]),
                           (unknown, _rgb(template.MUTED))]:  # fmt: skip
        fill = series.format.fill
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = colour, _rgb(template.PAPER)
        series.format.line.color.rgb = colour
    unknown.data_labels.show_value = True


def _axes(chart: Any, skip: int, *, dated: bool) -> None:  # noqa: ANN401
    values, categories = chart.value_axis, chart.category_axis
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = _rgb(template.LINE)
    values.format.line.fill.background()
    values.minimum_scale = 0
    categories.format.line.color.rgb = _rgb(template.MUTED)
    categories.has_major_gridlines = False
    categories.tick_labels.font.size = chart.font.size
    categories._element.txPr.bodyPr.set("rot", str(_LEANING if dated else 0))  # noqa: SLF001
    for name in ("tickLblSkip", "tickMarkSkip"):
        made = parse_xml(f'<c:{name} {_CHART} val="{skip}"/>')
        categories._element.find(qn("c:noMultiLvlLbl")).addprevious(made)  # noqa: SLF001


def described(properties: Any, alt: str) -> None:  # noqa: ANN401
    """Give a shape the words that stand for it."""
    properties.set("descr", readable(alt))


def _rgb(colour: str) -> Any:  # noqa: ANN401
    make: Any = RGBColor
    return make(*bytes.fromhex(colour))
