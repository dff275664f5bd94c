"""A row of another tool's file as a row of ours: each column that it has goes somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from html.parser import HTMLParser

from geo.dates import interval
from geo.entry import Entry, Evidence, Invalid
from geo.formats import day
from geo.formats.day import Day, Order
from geo.formats.dialect import Dialect, matches
from geo.formats.export_cells import unguarded
from geo.formats.place import Columns, where
from geo.formats.row import COLUMNS, Draft, Given, Rejected, Warned, draft, mark

NO_DATE = "“{date}” cannot be read as a date; it was kept as text."
UNSURE = (
    "In “{date}” nobody can tell day from month; only the year was taken. Say which comes first:"
    " dmy or mdy."
)
MORE_SAID = "Of “{date}” the day was taken; the rest was kept as text."
UNKNOWN_DATE = "“{date}” is what this tool writes for no date; it was read as none."
FUTURE = "{date} lies in the future."
NO_LINK = "Not all of it is a link that begins with http:// or https://; it was kept as text."
NEVER = "Coordinates that their owner keeps private were left out."
WORDS = (NO_DATE, UNSURE, MORE_SAID, UNKNOWN_DATE, FUTURE, NO_LINK, NEVER)

_TITLE = 200
_URLS = re.compile(r"\s+|[,;|]\s*(?=https?://)|[|]", re.IGNORECASE)
_WEB = ("http://", "https://")


@dataclass
class _Row:
    """A row on its way: the file's cells, and what has become of them so far."""

    number: int
    cells: dict[str, str]
    flat: dict[str, str] = field(default_factory=dict)
    parted: dict[str, list[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Columns that the flat row says wholly; the others are kept as they are."""
    captions: dict[str, str] = field(default_factory=dict)
    archived: str = ""
    warned: list[Warned] = field(default_factory=list)
    given: Given | None = None

    def warn(self, column: str, sentence: str, **values: object) -> None:
        self.warned.append(Warned(self.number, column, sentence, values))


@dataclass(frozen=True)
class Converter:
    """How the rows of one page become drafts."""

    dialect: Dialect
    header: tuple[str, ...]
    file: str
    file_mark: str
    order: Order
    """Order of day and month in the dates of the whole file."""
    namespace: str
    """Stands before the file's own ids, which are unique in the file alone."""

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of the file for each field of ours."""
        return self.dialect.found_in(self.header)

    @cached_property
    def _where(self) -> Columns:
        return Columns.of(self.columns)

    @cached_property
    def _private(self) -> frozenset[str]:
        never = self.dialect.never
        return frozenset(n for n in self.header if any(matches(one, n) for one in never))

    @cached_property
    def _html(self) -> frozenset[str]:
        return frozenset(n for n in self.header if any(matches(o, n) for o in self.dialect.html))

    def draft(self, number: int, cells: dict[str, str]) -> Draft | Rejected:
        """Return what a row of the file becomes; its columns are named as the file names them."""
        row = self._row(number, cells)
        found = draft(number, row.flat, row.parted)
        if isinstance(found, Rejected):
            own = self.columns.get(found.column, ())
            return replace(found, column=own[0]) if own else found
        try:
            entry = self._with_evidence(row, found.entry)
        except Invalid:
            return Rejected(number, self.columns["archived_url"][0], _NO_ARCHIVE)
        return replace(found, entry=entry, given=row.given, warned=tuple(row.warned))

    def flat(self, number: int, cells: dict[str, str]) -> dict[str, str]:
        """Return the flat row alone, several values in a cell parted by line breaks."""
        row = self._row(number, cells)
        return row.flat | {name: "\n".join(parts) for name, parts in row.parted.items()}

    def _row(self, number: int, cells: dict[str, str]) -> _Row:
        own = unguarded if self.dialect.guarded else str
        row = _Row(number, {n: own(c) for n, c in cells.items() if n not in self._private})
        if any(cells.get(name, "").strip() for name in self._private):
            row.warn(next(iter(self._private)), NEVER)
        self._words(row)
        self._links(row)
        self._dates(row)
        self._place(row)
        self._identity(row)
        for name, cell in row.cells.items():
            if name not in row.used and cell.strip():
                row.flat[kept(name)] = cell
        return row

    def _first(self, row: _Row, name: str) -> tuple[str, str]:
        """Return the first column of a field that says something, and what it says."""
        for column in self.columns.get(name, ()):
            cell = row.cells.get(column, "").strip()
            if cell:
                return column, text_of(cell) if column in self._html else cell
        return "", ""

    def _words(self, row: _Row) -> None:
        title_column, title = self._first(row, "title")
        column, description = self._first(row, "description")
        short = _short(title)
        row.flat["title"] = short
        row.flat["description"] = description if description != short else ""
        if title in (short, description):
            row.used.add(title_column)
        row.used.add(column)
        for name in self.columns:
            if name in COLUMNS and name not in _OWN_WAY:
                column, row.flat[name] = self._first(row, name)
                row.used.add(column)
        words = [row.cells.get(name, "").strip() for name in self.columns.get("locality", ())]
        locality = ", ".join(dict.fromkeys(filter(None, words)))
        if locality:
            row.flat["locality"], row.parted["locality"] = locality, [locality]
        if len(list(filter(None, words))) == 1:
            row.used.update(self.columns.get("locality", ()))
        row.used.difference_update(self._where.region)
        tags = [row.cells.get(name, "") for name in self.columns.get("tags", ())]
        parts = [one.strip() for cell in tags for one in cell.split(self.dialect.tags)]
        row.parted["tags"] = list(dict.fromkeys(filter(None, parts)))
        row.used.update(self.columns.get("tags", ()))

    def _links(self, row: _Row) -> None:
        found: dict[str, None] = {}
        for column in self.columns.get("evidence_url", ()):
            cell = row.cells.get(column, "").strip()
            urls, rest = links(cell, html=column in self._html)
            found.update(dict.fromkeys(urls))
            if caption := self.dialect.captions.get(column):
                row.captions |= dict.fromkeys(urls, caption)
            if not rest:
                row.used.add(column)
            elif column not in row.used:
                row.warn(column, NO_LINK)
        row.parted["evidence_url"] = list(found)
        column, archived = self._first(row, "archived_url")
        if len(found) == 1 and links(archived) == ([archived], ""):
            row.archived = archived
            row.used.add(column)

    def _dates(self, row: _Row) -> None:
        column, text = self._first(row, "recorded")
        until, end = self._first(row, "recorded_until")
        if text in self.dialect.unknown.get("recorded", ()):
            row.warn(column, UNKNOWN_DATE, date=text[:40])
            row.used.add(column)
            text = ""
        read_day = day.span(self._day(row, column, text), self._day(row, until, end))
        row.flat["recorded"] = self._coarser(row, read_day)
        column, text = self._first(row, "published")
        row.flat["published"] = self._day(row, column, text).edtf
        earliest = interval(row.flat["recorded"])[0]
        if earliest and earliest > day.tomorrow():
            row.warn(self.columns["recorded"][0], FUTURE, date=row.flat["recorded"])

    def _day(self, row: _Row, column: str, text: str) -> Day:
        found = day.read(text, self.order)
        if found.whole:
            row.used.add(column)
        else:
            sentence = UNSURE if found.unsure else MORE_SAID if found.edtf else NO_DATE
            row.warn(column, sentence, date=text[:40])
        return found

    def _coarser(self, row: _Row, found: Day) -> str:
        """Return the date as exact as a column of the file says that it is."""
        column = self.dialect.day_precision_column
        value = _said(row.cells, column) if column else ""
        means = self.dialect.day_precision.get(value.removesuffix(".0"), "")
        if "/" in found.edtf or not means:
            return found.edtf
        if means == "about":
            return f"{found.edtf}~" if found.edtf else ""
        return found.edtf[: {"month": 7, "year": 4}[means]]

    def _place(self, row: _Row) -> None:
        found = where(row.cells, self._where, self.dialect, (self.file, self.file_mark), row.warn)
        row.given = found.given
        row.used.update(found.used)
        if found.given and not row.flat.get("locality"):
            row.flat["locality"] = found.given.text
            row.parted["locality"] = [found.given.text]
        if not row.given and any(
            _said(row.cells, column) in values for column, values in self.dialect.withheld.items()
        ):
            row.flat["absence"] = "withheld"
        for column, means in self.dialect.visibility.items():
            found_one = (seen for word, seen in means.items() if word in _said(row.cells, column))
            row.flat["visibility"] = next(found_one, row.flat.get("visibility", ""))

    def _identity(self, row: _Row) -> None:
        column, own = self._first(row, "id")
        row.used.add(column)
        if own:
            row.flat["id"] = f"{self.namespace}:{own}"
            return
        said = [row.flat.get(name, "") for name in ("title", "locality", "recorded")]
        said += [row.given.text if row.given else "", *row.parted["evidence_url"]]
        row.flat["id"] = mark(self.namespace, *said)

    def _with_evidence(self, row: _Row, entry: Entry) -> Entry:
        """Return the entry with the captions of its links and the copy of the only one."""
        if not row.captions and not row.archived:
            return entry
        evidence = tuple(
            Evidence(url=e.url, caption=row.captions.get(e.url, ""), archived_url=row.archived)
            for e in entry.evidence
        )
        return entry.model_copy(update={"evidence": evidence})


_NO_ARCHIVE = "The link to the archived copy is too long; shorten it or leave it out."
_OWN_WAY = {"id", "title", "description", "tags", "recorded", "published", "locality",
            "evidence_url"}  # fmt: skip


def _said(cells: dict[str, str], column: str) -> str:
    """Return what a column of a dialect says in a row, without case."""
    return next((c.strip().casefold() for n, c in cells.items() if matches(column, n)), "")


def kept(name: str) -> str:
    """Return under which name a column is kept: never under that of one of ours."""
    folded = "_".join(name.strip().casefold().replace("_", " ").split())
    return f"extra_{name}" if folded in COLUMNS else name


def _short(text: str) -> str:
    """Return a title: the first line, cut at a word where it is long."""
    line = next((one.strip() for one in text.split("\n") if one.strip()), "")
    if len(line) <= _TITLE:
        return line
    return line[:_TITLE].rsplit(" ", 1)[0] + "…"


def links(cell: str, *, html: bool = False) -> tuple[list[str], str]:
    """Return the web links of a cell, and what of it is no link."""
    if html:
        reader = _Html()
        reader.feed(cell)
        cell = " ".join([*reader.links, *re.findall(r"https?://[^\s<>\"']+", reader.text)])
    parts = [part.strip(" ,;") for part in _URLS.split(cell)]
    urls = [part for part in parts if part.lower().startswith(_WEB)]
    return urls, " ".join(part for part in parts if part and part not in urls)


class _Html(HTMLParser):
    """Takes text and links out of HTML; nothing of it is kept as markup."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "p", "div", "li", "tr"):
            self.text += "\n"
        urls = (value for name, value in attrs if name in ("href", "src") and value)
        self.links += [url for url in urls if url.lower().startswith(_WEB)]


def text_of(html: str) -> str:
    """Return the text of HTML, its breaks as line breaks."""
    reader = _Html()
    reader.feed(html)
    reader.close()
    return "\n".join(filter(None, map(str.strip, reader.text.split("\n"))))
