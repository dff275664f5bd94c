"""The tables of a briefing, measured: entries, regions, and the index of all entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.briefing.ruler import LEADING, Ruler
from geo.briefing.screen import Deck, Region, Row, Screen
from geo.briefing.sheet import Box, Column, Grid, Line
from geo.i18n import Translator
from geo.steps import Beside

PAD = 4.0
"""Around the text of a cell, left and right; half of it above and below. Points."""
_MOST = 6
"""Lines in a cell; what is longer is cut with "…"."""


@dataclass(frozen=True)
class Table:
    """A table that has no place yet."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[str, ...], str], ...]
    """The cells of each row, and the address behind the first of them."""
    more: str = ""
    """How many rows there are besides, as a sentence, or ""."""
    alt: str = ""


def beside(deck: Deck, screen: Screen, *, wide: bool) -> Table | None:
    """Return the table that stands beside a screen's map, None when there is none."""
    if screen.beside is Beside.REGIONS and screen.regions:
        return _of_regions(deck.t, screen.regions)
    if screen.beside is Beside.TABLE and screen.rows:
        more = deck.t("and {n} more entries", n=screen.more_rows) if screen.more_rows else ""
        return _of_rows(deck.t, screen.rows, more, wide=wide)
    return None


def _of_regions(t: Translator, regions: Sequence[Region]) -> Table:
    columns = (
        Column(t("Region"), 0.5),
        Column(t("Certain"), 0.25, number=True),
        Column(t("Possible"), 0.25, number=True),
    )
    rows = tuple(((one.name, str(one.certain), str(one.possible)), "") for one in regions)
    return Table(columns, rows, alt=t("Entries by region"))


def _of_rows(t: Translator, rows: Iterable[Row], more: str, *, wide: bool) -> Table:
    if not wide:
        few = (Column(t("Entry"), 0.42), Column(t("Place"), 0.33), Column(t("How sure"), 0.25))
        short = tuple(((row.title, row.where, row.sure), row.link) for row in rows)
        return Table(few, short, more, t("Entries"))
    columns = (
        Column(t("Entry"), 0.3), Column(t("Place"), 0.21), Column(t("How sure"), 0.21),
        Column(t("Verification"), 0.14), Column(t("Recorded"), 0.14),
    )  # fmt: skip
    cells = tuple(
        ((row.title, row.where, row.sure, row.level, row.recorded), row.link) for row in rows
    )
    return Table(columns, cells, more, t("Entries"))


def index(deck: Deck, rows: Sequence[Row], steps: dict[int, str], more: str) -> Table:
    """Return the index of entries; `steps` says by an entry's number which steps show it."""
    t = deck.t
    columns = (
        Column(t("Id"), 0.07), Column(t("Entry"), 0.25), Column(t("Place"), 0.19),
        Column(t("How sure"), 0.15), Column(t("Verification"), 0.14), Column(t("Recorded"), 0.12),
        Column(t("Steps"), 0.08),
    )  # fmt: skip
    cells = tuple(
        ((row.id, row.title, row.where, row.sure, row.level, row.recorded, steps.get(n) or "–"),
         row.link)
        for n, row in enumerate(rows)
    )  # fmt: skip
    return Table(columns, cells, more, t("Index of entries"))


def head(ruler: Ruler, table: Table, width: float, size: float) -> float:
    """Return the height of the headings."""
    names = tuple(column.name for column in table.columns)
    return _height(ruler, table.columns, names, width, size, bold=True)


def lines(ruler: Ruler, table: Table, width: float, size: float) -> list[Line]:
    """Return the rows with their heights for a table of this width."""
    found = []
    for cells, link in table.rows:
        said = tuple(
            ruler.shortened(cell, column.share * width - 2 * PAD, size, _MOST)
            for cell, column in zip(cells, table.columns, strict=True)
        )
        found.append(Line(said, link, _height(ruler, table.columns, said, width, size)))
    return found


def put(
    ruler: Ruler, table: Table, rest: Sequence[Line], place: Box, size: float
) -> tuple[Grid | None, list[Line]]:
    """Return the table with as many lines as the place holds, None for none, and the others."""
    heading = head(ruler, table, place.width, size)
    left, fitting = place.height - heading, 0
    for line in rest:
        if line.height > left:
            break
        left -= line.height
        fitting += 1
    if not fitting:
        return None, list(rest)
    box = Box(place.left, place.top, place.width, place.height - left)
    grid = Grid(box, table.columns, heading, tuple(rest[:fitting]), size, table.alt)
    return grid, list(rest[fitting:])


def _height(
    ruler: Ruler,
    columns: Sequence[Column],
    cells: Sequence[str],
    width: float,
    size: float,
    *,
    bold: bool = False,
) -> float:
    most = max(
        len(ruler.rows(cell, column.share * width - 2 * PAD, size, bold=bold))
        for cell, column in zip(cells, columns, strict=True)
    )
    return max(1, most) * size * LEADING + 2 * PAD
