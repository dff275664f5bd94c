"""Reading a file: which page and dialect it is, the order of its dates, and its drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from geo.errors import InputError
from geo.formats import mapping as maps
from geo.formats import ours
from geo.formats.convert import Converter
from geo.formats.day import Order, order_of
from geo.formats.dialect import GLIMPSE, Dialect, Join, matches, named, recognised
from geo.formats.mapping import Mapping
from geo.formats.row import Draft, Rejected
from geo.sheet import Encoding, Page, Row, Sheet, open_sheet

AUTO = "auto"
_SAMPLE = 50


@dataclass(frozen=True)
class Wishes:
    """What a person says about a file; what is left out is found out."""

    dialect: str = AUTO
    mapping: Mapping | None = None
    encoding: str = AUTO
    dates: Order = Order.AUTO
    tab: str = ""
    """The tab of a workbook; "" for the first that can be understood."""
    guess: bool = False
    """Whether columns may be guessed without asking; whoever allows it shows the guess."""


@dataclass(frozen=True)
class Reading:
    """A file that is being read, and how."""

    sheet: Sheet
    page: Page
    dialect: Dialect
    mapping: Mapping | None
    """Which column says what, where no dialect is known for the file."""
    guessed: bool
    """Whether the mapping is a guess of ours that nobody has confirmed."""
    order: Order
    """Order of day and month; AUTO where the dates of the file do not show it."""
    skipped: tuple[int, ...]
    """Rows that hold HXL tags, and no entry."""

    @property
    def other_pages(self) -> tuple[str, ...]:
        """The tabs of the file that were not read."""
        read_ones = {self.page.name, *(join.page for join in self.dialect.joins)}
        return tuple(page.name for page in self.sheet.pages if page.name not in read_ones)

    def rows(self) -> Iterator[Row]:
        """Yield number and cells of every row that is an entry."""
        return (row for row in self.page.rows() if row[0] not in self.skipped)

    def draft(self, number: int, cells: dict[str, str]) -> Draft | Rejected:
        """Return what a row becomes."""
        if self.converter is None:
            return ours.draft_of(number, cells, self.page.header, self.sheet)
        return self.converter.draft(number, cells)

    def flat(self, number: int, cells: dict[str, str]) -> dict[str, str]:
        """Return the flat row alone, several values in a cell parted by line breaks or ";"."""
        if self.converter is None:
            return ours.flat_of(cells, self.page.header)
        return self.converter.flat(number, cells)

    def drafts(self) -> Iterator[Draft | Rejected]:
        """Yield what each row becomes, in the file's order."""
        return (self.draft(number, cells) for number, cells in self.rows())

    @cached_property
    def converter(self) -> Converter | None:
        """How rows of another tool become ours; None for our own."""
        if self.dialect.name == GLIMPSE:
            return None
        space = self.dialect.name
        if self.mapping:
            space = self.mapping.name or Path(self.sheet.name).stem
        file = (self.sheet.name, self.sheet.mark)
        return Converter(self.dialect, self.page.header, *file, self.order, space[:80])


@dataclass(frozen=True)
class Look:
    """What a file is, before anything in it is understood."""

    name: str
    encoding: Encoding | None
    """How bytes became text; None where the format itself says so."""
    tabs: tuple[str, ...]
    tab: str
    """The tab that would be read."""
    header: tuple[str, ...]
    samples: dict[str, tuple[str, ...]]
    """Some cells of each column."""
    dialect: Dialect | None
    """None where columns have to be mapped, or are by `mapping`."""
    mapping: Mapping | None
    guessed: bool
    """Whether the mapping is a guess of ours that nobody has confirmed."""
    order: Order
    """Order of day and month; AUTO where the dates do not show it."""


def look(
    path: Path, wishes: Wishes | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Look:
    """Return what a file is and how it would be read, also where its columns say nothing.

    Raises `InputError` when it cannot be opened as what its name says.
    """
    wishes = wishes or Wishes()
    with open_sheet(path, wishes.encoding, cancelled) as sheet:
        page, dialect = _dialect(sheet, wishes)
        mapping, guessed = (None, False) if dialect else _mapping(page, wishes)
        rows = [cells for _, cells in islice(page.rows(), _SAMPLE)]
        known = dialect or (mapping.dialect() if mapping else None)
        return Look(
            name=sheet.name,
            encoding=sheet.encoding,
            tabs=tuple(one.name for one in sheet.pages),
            tab=page.name,
            header=page.header,
            samples={name: maps.some(name, rows) for name in page.header},
            dialect=dialect,
            mapping=mapping,
            guessed=guessed,
            order=_order(page, known, wishes) if known else Order.AUTO,
        )


@contextmanager
def reading(
    path: Path, wishes: Wishes | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Reading]:
    """Open a file for the time of a `with`, and find out how it is to be read.

    Raises `InputError` when it cannot be read, or when no dialect is known for it and columns
    may not be guessed.
    """
    wishes = wishes or Wishes()
    with open_sheet(path, wishes.encoding, cancelled) as sheet:
        page, dialect = _dialect(sheet, wishes)
        mapping, guessed = wishes.mapping, False
        if dialect is None:
            mapping, guessed = _mapping(page, wishes)
            _confirmed(sheet, mapping, wishes, guessed=guessed)
            dialect = mapping.dialect()
        elif dialect.name == GLIMPSE:
            ours.check(sheet.name, page.header)
        page = _joined(sheet, page, dialect)
        order = _order(page, dialect, wishes)
        yield Reading(sheet, page, dialect, mapping, guessed, order, _tags(page))


def _dialect(sheet: Sheet, wishes: Wishes) -> tuple[Page, Dialect | None]:
    """Return the page to read and its dialect, None where columns have to be mapped."""
    pages = [page for page in sheet.pages if wishes.tab in ("", page.name)]
    if not pages:
        raise InputError(
            "“{name}” has no tab “{tab}”; its tabs are: {tabs}.",
            name=sheet.name,
            tab=wishes.tab[:60],
            tabs=", ".join(page.name for page in sheet.pages)[:300],
        )
    if wishes.mapping is not None:
        return pages[0], None
    if wishes.dialect != AUTO:
        asked = named(wishes.dialect)
        return next((page for page in pages if page.name == asked.page), pages[0]), asked
    for page in pages:
        if maps.saved(page.header):
            return page, None
        if found := recognised(page.header, sheet.kind.value):
            return page, found
    return pages[0], None


def _mapping(page: Page, wishes: Wishes) -> tuple[Mapping, bool]:
    kept = wishes.mapping or maps.saved(page.header)
    if kept:
        return kept, False
    samples = [cells for _, cells in islice(page.rows(), _SAMPLE)]
    return maps.guess(page.header, samples), True


def _confirmed(sheet: Sheet, mapping: Mapping, wishes: Wishes, *, guessed: bool) -> None:
    """Refuse a guess where none is allowed, and a mapping that says nothing."""
    if guessed and not wishes.guess:
        raise InputError(
            "No dialect is known for “{name}”; say which of its columns says what. Its columns"
            " are: {header}.",
            name=sheet.name,
            header=", ".join(mapping.columns)[:300],
        )
    if not set(mapping.columns.values()) & TELLING:
        raise InputError(
            "None of the columns of “{name}” is known to say what is seen or where; say which"
            " does. Its columns are: {header}.",
            name=sheet.name,
            header=", ".join(mapping.columns)[:300],
        )


TELLING = {"title", "description", "locality", "evidence_url", "coordinates", "lat"}
"""Fields of which a file must say one: what is seen, or where."""


def _order(page: Page, dialect: Dialect, wishes: Wishes) -> Order:
    """Return the order of day and month, decided once from all dates of the file."""
    if wishes.dates is not Order.AUTO:
        return wishes.dates
    if dialect.dates is not Order.AUTO:
        return dialect.dates
    found = dialect.found_in(page.header)
    columns = [c for n in ("recorded", "recorded_until", "published") for c in found.get(n, ())]
    if not columns:
        return Order.AUTO
    return order_of(cells.get(name, "") for _, cells in page.rows() for name in columns)


def _tags(page: Page) -> tuple[int, ...]:
    """Return the row of HXL tags under the header, if there is one (hxlstandard.org)."""
    for number, cells in islice(page.rows(), 1):
        said = [cell.strip() for cell in cells.values() if cell.strip()]
        if said and all(cell.startswith("#") for cell in said):
            return (number,)
    return ()


def _joined(sheet: Sheet, page: Page, dialect: Dialect) -> Page:
    """Return the page with the columns of the other tabs that belong to its rows."""
    others = {one.name: one for one in sheet.pages}
    for join in dialect.joins:
        if join.page in others:
            page = _with(page, others[join.page], join)
    return page


def _with(page: Page, other: Page, join: Join) -> Page:
    key = next((name for name in other.header if matches(join.theirs, name)), "")
    ours_key = next((name for name in page.header if matches(join.ours, name)), "")
    more = {name: f"{other.name}: {name}" for name in other.header if name != key}
    header = (*page.header, *more.values())
    return Page(page.name, header, partial(_joined_rows, page, other, (ours_key, key), more))


def _joined_rows(
    page: Page, other: Page, keys: tuple[str, str], more: dict[str, str]
) -> Iterator[Row]:
    """Yield the rows of a page with the cells of the other's rows; several by line breaks."""
    theirs: dict[str, list[dict[str, str]]] = {}
    for _, cells in other.rows():
        theirs.setdefault(cells.get(keys[1], "").strip(), []).append(cells)
    for number, cells in page.rows():
        wanted = cells.get(keys[0], "")
        names = [wanted.strip()] if wanted.strip() in theirs else wanted.split(",")
        rows = [one for name in names for one in theirs.get(name.strip(), ()) if name.strip()]
        found = {
            column: "\n".join(dict.fromkeys(filter(None, (one.get(n, "") for one in rows))))
            for n, column in more.items()
        }
        yield number, cells | found
