"""A timeline drawn on a page of a PDF, as it stands under the map."""

from __future__ import annotations

from geo.briefing.ink import CERTAIN, INK, LINE, MUTED, Colour, Ink
from geo.briefing.sheet import Bars, Box
from geo.i18n import Translator

_STEPS = (1, 2, 5)
_UNKNOWN = 90.0
"""How wide the place of those without a date is, at most."""


def draw(ink: Ink, bars: Bars, t: Translator) -> None:
    """Draw exact dates solid, shares of wider ones hatched, and those of no date at the right."""
    line, box, size = bars.timeline, bars.box, bars.size
    dated = [(sum(bar.exact), sum(bar.partial)) for bar in line.bars]
    most = max([line.unknown, *(exact + partial for exact, partial in dated), 1])
    top = _legend(ink, bars, t) if dated else box.top + size
    ticks = _ticks(most)
    margin = max(ink.ruler.length(f"{tick:,}", size) for tick in ticks) + 8
    field = Box(box.left + margin, top, box.width - margin, box.bottom - size * 1.8 - top)
    scale = field.height / max(most, ticks[-1])
    for tick in ticks:
        level, said = field.bottom - tick * scale, f"{tick:,}"
        ink.rule((field.left, level), (field.right, level), LINE, 0.5)
        start = field.left - 5 - ink.ruler.length(said, size)
        ink.text(said, start, level + size * 0.35, size, MUTED)
    wide = min(_UNKNOWN, field.width / 4) if dated else min(_UNKNOWN, field.width)
    known = field._replace(width=field.width - wide - 10)
    if dated:
        step = known.width / len(dated)
        for number, (exact, partial) in enumerate(dated):
            left, high = known.left + number * step + step * 0.1, exact * scale
            _solid(ink, Box(left, field.bottom - high, step * 0.8, high))
            upper = Box(left, field.bottom - high - partial * scale, step * 0.8, partial * scale)
            _hatched(ink, upper, CERTAIN)
        _labels(ink, bars, known)
    high = line.unknown * scale
    unknown = Box(field.right - wide * 0.8, field.bottom - high, wide * 0.6, high)
    if not dated:
        unknown = unknown._replace(left=field.left + 20)
    _hatched(ink, unknown, MUTED)
    middle = unknown.left + unknown.width / 2
    _centred(ink, f"{line.unknown:,}", middle, unknown.top - 3, size)
    _centred(ink, t("Date unknown"), middle, box.bottom - size * 0.4, size)
    ink.rule((field.left, field.bottom), (field.right, field.bottom), MUTED, 0.8)


def _centred(ink: Ink, text: str, middle: float, base: float, size: float) -> None:
    ink.text(text, middle - ink.ruler.length(text, size) / 2, base, size, INK)


def _legend(ink: Ink, bars: Bars, t: Translator) -> float:
    """Write what solid and hatched mean; return where the bars may begin."""
    box, size = bars.box, bars.size
    left = box.left
    for said, draw_one in ((t("Date within the bar"), _solid), (t("Share of a wider date"), None)):
        square = Box(left, box.top + size * 0.2, size, size)
        if draw_one:
            draw_one(ink, square)
        else:
            _hatched(ink, square, CERTAIN)
        ink.text(said, left + size * 1.4, box.top + size, size, MUTED)
        left += size * 3 + ink.ruler.length(said, size)
    return box.top + size * 2.6


def _labels(ink: Ink, bars: Bars, known: Box) -> None:
    """Write the times of as many bars as there is room for."""
    line, size = bars.timeline, bars.size
    step = known.width / len(line.bars)
    wide = max(ink.ruler.length(bar.start, size) for bar in line.bars) + 8
    every = max(1, -(-int(wide) // max(1, int(step))))
    for number, bar in enumerate(line.bars):
        middle = known.left + (number + 0.5) * step
        half = ink.ruler.length(bar.start, size) / 2
        if number % every == 0 and middle + half <= known.right + 4:
            ink.text(bar.start, middle - half, bars.box.bottom - size * 0.4, size, MUTED)


def _ticks(most: float) -> list[int]:
    """Return round numbers from 0 to the least one that is not below the greatest, at most 5."""
    power = 1
    while True:
        for step in _STEPS:
            if step * power * 4 >= most:
                return [
                    n * step * power for n in range(-(-int(most + 0.999) // (step * power)) + 1)
                ]
        power *= 10


def _solid(ink: Ink, box: Box) -> None:
    if box.height > 0:
        ink.pdf.set_fill_color(*CERTAIN)
        ink.pdf.rect(*box, style="F")


def _hatched(ink: Ink, box: Box, colour: Colour) -> None:
    """Draw a bar with slanting lines, and its outline."""
    if box.height <= 0:
        return
    for at in range(4, int(box.width + box.height), 4):
        start = (box.left + min(at, box.width), box.bottom - max(at - box.width, 0))
        end = (box.left + max(at - box.height, 0), box.bottom - min(at, box.height))
        ink.rule(start, end, colour, 0.6)
    ink.pdf.set_draw_color(*colour)
    ink.pdf.set_line_width(0.6)
    ink.pdf.rect(*box, style="D")
