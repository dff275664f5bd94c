"""Rows of our own: the flat form that a person writes, and what an export of ours wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from geo.errors import InputError
from geo.formats import export_geojson, record
from geo.formats.dialect import GLIMPSE, named
from geo.formats.export_cells import unguarded
from geo.formats.place import Columns, where
from geo.formats.record import RECORD, Recorded, recorded
from geo.formats.row import COLUMNS, Draft, Given, Rejected, Warned, draft
from geo.sheet import Sheet
from geo.sheet.kind import Kind

EXPORTED = (
    "lat", "lon", "uncertainty_m", "precision", "place_id", "place_name", "country", "admin1",
    "decision", "decided_by", "decided_at", "reason", "match", "provider", "provider_version",
    "licence", "certainty", "unplaced", "credits", "filters", "record",
)  # fmt: skip
"""Columns of an export about the chosen places: to be read by people, and not read back."""

_SIGNS = {"place_id", "decision", "provider"}
_PLACED = ("@lat", "@lon", "@radius_m", "@shape", "possible", "places", "geometry")
"""The same in exports with a geometry."""

SEVERAL = "One pair of coordinates cannot stand for several localities; it was kept as text."
EDITED = "The cell was changed after the export; what it says now was taken."
WORDS = (SEVERAL, EDITED)


def is_export(header: Sequence[str]) -> bool:
    """Whether an export of ours has written these columns."""
    return set(header) >= _SIGNS


def known(name: str) -> str:
    """Return one of our columns for its name in other case or with blanks, else the name itself.

    A column that says who may see an entry must not be lost to a capital letter.
    """
    folded = "_".join(name.strip().casefold().replace("_", " ").split())
    return folded if folded in COLUMNS else name


def check(file: str, header: Sequence[str]) -> None:
    """Raise `InputError` when a needed column is missing, or one is there twice."""
    names = [known(name) for name in header]
    missing = [name for name in ("locality", "title") if name not in names]
    if missing:
        raise InputError(
            "“{name}” has no column “{column}”; name the column that holds it so, and try again."
            " Its columns are: {header}.",
            name=file,
            column=missing[0],
            header=", ".join(header)[:300],
        )
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        raise InputError(
            "“{name}” has two columns “{column}”; rename one and try again.",
            name=file,
            column=double,
        )


def flat_of(cells: dict[str, str], header: tuple[str, ...]) -> dict[str, str]:
    """Return the flat row of a row's cells, without the columns that are not read back."""
    if not is_export(header):
        return {known(name): cell for name, cell in cells.items()}
    left_out = (*EXPORTED, *_PLACED)
    names = {name: known(unguarded(name)) for name in cells if name not in left_out}
    return {known_name: unguarded(cells[name]) for name, known_name in names.items()}


def draft_of(
    number: int, cells: dict[str, str], header: tuple[str, ...], sheet: Sheet
) -> Draft | Rejected:
    """Return what a row of our own becomes; coordinates beside the words are taken as given."""
    if RECORD in header and record.is_export(cells) and cells.get(RECORD, "").strip():
        return _of_record(number, cells, sheet)
    row = flat_of(cells, header)
    if is_export(header):
        return draft(number, row)
    warned: list[Warned] = []

    def warn(column: str, sentence: str, **values: object) -> None:
        warned.append(Warned(number, column, sentence, values))

    file = (sheet.name, sheet.mark)
    found = where(cells, _columns(header), named(GLIMPSE), file, warn)
    localities = [part for part in row.get("locality", "").split(";") if part.strip()]
    given: Given | None = found.given
    if given and len(localities) > 1:
        warn(found.used[0], SEVERAL)
        given = None
    elif found.used:
        row = {name: cell for name, cell in row.items() if name not in found.used}
    if given and not localities:
        row["locality"] = given.text
    made = draft(number, row)
    return made if isinstance(made, Rejected) else replace(made, given=given, warned=tuple(warned))


def _of_record(number: int, cells: dict[str, str], sheet: Sheet) -> Draft | Rejected:
    """Return the whole entry that a row of an export holds, with what was edited in it."""
    row = {name: cell for name, cell in cells.items() if not name.startswith("@")}
    if sheet.kind in _GUARDED:
        row = {unguarded(name): unguarded(cell) for name, cell in row.items()}
    drawn = sheet.kind is Kind.JSON
    found = recorded(number, export_geojson.as_row(row) if drawn else row)
    if not isinstance(found, Recorded):
        return found
    moved = export_geojson.moved(cells) if drawn else ""
    if moved:
        return Rejected(number, moved, export_geojson.MOVED)
    edited = tuple(Warned(number, name, EDITED, {}) for name in found.edited)
    return replace(found, warned=(*found.warned, *edited))


_GUARDED = (Kind.TABLE, Kind.WORKBOOK)
"""What a spreadsheet opens, so that exports guard the cells of it."""


@lru_cache(maxsize=64)
def _columns(header: tuple[str, ...]) -> Columns:
    return Columns.of(named(GLIMPSE).found_in(header))
