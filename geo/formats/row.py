"""One row of the flat form and one entry: each becomes the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from geo.entry import (
    Absence,
    Basis,
    Cited,
    Entry,
    Evidence,
    Invalid,
    Level,
    Location,
    Relation,
    Report,
    Verification,
    Visibility,
    reason,
)
from geo.errors import InputError

COLUMNS = (
    "id", "title", "description", "category", "tags", "recorded", "report_id", "report_title",
    "outlet", "report_url", "published", "language", "paragraph", "locality", "relation",
    "complete", "basis", "absence", "released_at", "mentioned", "verification",
    "verification_note", "visibility", "evidence_url", "verified_by", "verified_at",
    "verification_method", "verification_proof",
)  # fmt: skip
"""The columns of `data/footage.csv`; several values in a cell are separated by ";"."""


@dataclass(frozen=True)
class Warned:
    """Something in a row that a person should look at; nothing was repaired for it."""

    row: int
    column: str
    sentence: str
    """The untranslated template, whose `{placeholders}` the values fill."""
    values: Mapping[str, object]

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.sentence.format(**self.values)


@dataclass(frozen=True)
class Given:
    """Coordinates that a file gives for a row: WGS 84 degrees and a radius in metres."""

    lat: float
    lon: float
    uncertainty_m: float
    text: str
    """The coordinates as the file writes them."""
    file: str
    mark: str
    """The file's name and the first letters of its SHA-256."""
    region: tuple[str, ...] = ()
    """The file's own words for what the point lies in, innermost first, the country last."""
    area: str = ""
    """"country", "admin1", "admin2" or "sea" where the point only stands in for an area."""


@dataclass(frozen=True)
class Draft:
    """A row read: an entry, its localities not geocoded yet, and its report if it names one."""

    row: int
    entry: Entry
    report: Report | None
    given: Given | None = field(default=None, kw_only=True)
    """Coordinates for the first place where the camera was."""
    warned: tuple[Warned, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class Rejected:
    """A row that cannot become an entry: where, and what to do about it."""

    row: int
    column: str
    reason: str
    error: InputError | None = field(default=None, compare=False)
    """The same reason with its template, for another language."""


def flat(entry: Entry, report: Report | None) -> dict[str, str]:
    """Return the flat row of an entry: what was reported, without candidates and decisions.

    Reading it gives the same entry again, its localities not geocoded. An entry cited in
    several reports names the first.
    """
    filmed = entry.filmed
    cited = entry.reports[0] if entry.reports else None
    row = dict.fromkeys(COLUMNS, "") | {
        "id": entry.id,
        "title": entry.title,
        "description": entry.description,
        "category": entry.category,
        "tags": "; ".join(entry.tags),
        "recorded": entry.recorded,
        "paragraph": cited.paragraph if cited else "",
        "locality": "; ".join(words for words, _ in groupby(p.locality for p in filmed)),
        "relation": filmed[0].relation.value,
        "complete": "yes" if filmed[0].complete else "no",
        "basis": filmed[0].basis.value,
        "absence": (filmed[0].absence or "") and str(filmed[0].absence),
        "released_at": _named(entry, Relation.RELEASED_AT),
        "mentioned": _named(entry, Relation.MENTIONED),
        "verification": entry.verification.level.value,
        "verification_note": entry.verification.note,
        "verified_by": entry.verification.by,
        "verified_at": entry.verification.at,
        "verification_method": entry.verification.method,
        "verification_proof": entry.verification.proof,
        "visibility": entry.visibility.value,
        "evidence_url": "; ".join(one.url for one in entry.evidence if one.url),
    }
    if report is not None:
        row |= {
            "report_id": report.id, "report_title": report.title, "outlet": report.outlet,
            "report_url": report.url, "published": report.published, "language": report.language,
        }  # fmt: skip
    return row | entry.extra


def _named(entry: Entry, relation: Relation) -> str:
    return "; ".join(place.locality for place in entry.locations if place.relation is relation)


class _Cells(NamedTuple):
    """A flat row, and its columns of several values where these are parted already."""

    one: Mapping[str, str]
    many: Mapping[str, Sequence[str]]


def draft(
    number: int, cells: Mapping[str, str], parted: Mapping[str, Sequence[str]] | None = None
) -> Draft | Rejected:
    """Return what a flat row becomes; `number` is its line in the sheet, the header being 1.

    `parted` holds the values of columns with several of them that are not parted by ";".
    """
    row = _Cells(cells, parted or {})
    try:
        report = _report(row)
        return Draft(number, _entry(row, report), report)
    except InputError as error:
        return Rejected(number, str(error.values.get("column", "")), str(error), error)


@contextmanager
def _naming(**columns: str) -> Iterator[None]:
    """Say of a field that is refused which column it stands in; "" names the rest."""
    try:
        yield
    except Invalid as error:
        name, why = reason(error)
        first, *rest = name.split(".")
        column = rest[0] if first == "extra" and rest else columns.get(first)
        raise InputError("{why}", why=why, column=column or columns.get("other", first)) from error


def report_id(cells: Mapping[str, str]) -> str:
    """Return the id of the report that a flat row names, "" when it names none."""
    title = cells.get("report_title", "").strip()
    return cells.get("report_id", "").strip() or (mark("report", title) if title else "")


def localities(cells: Mapping[str, str]) -> list[str]:
    """Return a flat row's words for where the camera was, parted by ";" or line breaks."""
    parts = cells.get("locality", "").replace("\n", ";").split(";")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _report(row: _Cells) -> Report | None:
    title, number = _cell(row, "report_title"), report_id(row.one)
    if not number:
        return None
    with _naming(id="report_id", title="report_title", url="report_url"):
        return Report(
            id=number,
            title=title or number,
            outlet=_cell(row, "outlet"),
            url=_cell(row, "report_url"),
            published=_cell(row, "published"),
            language=_cell(row, "language"),
        )


def _entry(row: _Cells, report: Report | None) -> Entry:
    if not _cell(row, "title"):
        raise InputError("The title is empty; say in a few words what is seen.", column="title")
    with _naming(paragraph="paragraph", report="report_id"):
        cited = [Cited(report=report.id, paragraph=_cell(row, "paragraph"))] if report else []
    with _naming(url="evidence_url"):
        evidence = [Evidence(url=url) for url in _many(row, "evidence_url")]
    verification = _verification(row)
    with _naming(other="locality"):
        locations = tuple(_locations(row))
    with _naming():
        return Entry(
            id=identity(row.one),
            title=_cell(row, "title"),
            description=_cell(row, "description"),
            category=_cell(row, "category"),
            tags=tuple(_many(row, "tags")),
            recorded=_cell(row, "recorded"),
            reports=tuple(cited),
            evidence=tuple(evidence),
            locations=locations,
            verification=verification,
            visibility=Visibility(_one_of(row, "visibility") or "published"),
            extra={name: cell for name, cell in row.one.items() if name not in COLUMNS and cell},
        )


def _verification(row: _Cells) -> Verification:
    level = Level(_one_of(row, "verification") or "not_assessed")
    if level.verified and not _cell(row, "verified_by"):
        raise InputError(
            "“{level}” is a person's judgement; say in the column verified_by whose it is.",
            level=level.value,
            column="verified_by",
        )
    with _naming(by="verified_by", at="verified_at", method="verification_method",
                 note="verification_note", proof="verification_proof"):  # fmt: skip
        return Verification(
            level=level,
            by=_cell(row, "verified_by"),
            at=_cell(row, "verified_at"),
            method=_cell(row, "verification_method"),
            note=_cell(row, "verification_note"),
            proof=_cell(row, "verification_proof"),
        )


def _locations(row: _Cells) -> Iterator[Location]:
    relation = Relation(_one_of(row, "relation") or "filmed_at")
    absence = Absence(_one_of(row, "absence")) if _cell(row, "absence") else None
    basis = Basis(_one_of(row, "basis") or "stated")
    localities = list(dict.fromkeys(_many(row, "locality")))
    if not localities:
        yield Location(relation=relation, basis=basis, absence=absence or Absence.NOT_STATED)
    for locality in localities:
        with _naming(locality="locality", other="complete"):
            yield Location(
                locality=locality,
                relation=relation,
                basis=basis,
                absence=absence,
                complete=_one_of(row, "complete") != "no",
            )
    for name in ("released_at", "mentioned"):
        with _naming(locality=name):
            for locality in _many(row, name):
                yield Location(locality=locality, relation=Relation(name))


_ALLOWED = {
    "relation": [r.value for r in Relation if r.filmed],
    "basis": [b.value for b in Basis],
    "absence": [a.value for a in Absence],
    "verification": ["not_assessed", "reported", "corroborated", "geolocated", "contested",
                     "refuted"],
    "visibility": ["draft", "published", "withheld"],
    "complete": ["yes", "no"],
}  # fmt: skip


def _one_of(row: _Cells, column: str) -> str:
    """Return the cell of a closed list as its value, "" when empty, whatever its case."""
    value = _cell(row, column).lower().replace(" ", "_")
    if value and value not in _ALLOWED[column]:
        raise InputError(
            "“{value}” is not one of {allowed}.",
            value=value[:60],
            allowed=", ".join(_ALLOWED[column]),
            column=column,
        )
    return value


def _cell(row: _Cells, column: str) -> str:
    return row.one.get(column, "").strip()


def _many(row: _Cells, column: str) -> list[str]:
    parts = row.many.get(column) or row.one.get(column, "").split(";")
    return [part.strip() for part in parts if part.strip()]


def identity(cells: Mapping[str, str]) -> str:
    """Return the id of a flat row: its own, or one that the same words always give."""
    said = (cells.get(name, "") for name in ("title", "locality", "report_id", "evidence_url"))
    return cells.get("id", "").strip() or mark("row", *said)


def mark(kind: str, *said: str) -> str:
    """Return an identifier that the same words always give."""
    return f"{kind}-{hashlib.sha256(chr(31).join(said).encode()).hexdigest()[:12]}"
