"""Sheets of names and coordinates: a header, and a place a row."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import InputError
from geo.gazetteer import codes
from geo.gazetteer.line import (
    Line,
    Refused,
    Row,
    UnusableError,
    is_spelling,
    name_of,
    place_id,
    point,
    radius,
    shown,
)
from geo.gazetteer.nearby import Nearby
from geo.gazetteer.place import Place

_COLUMNS = {
    "name": ("name", "title", "place", "location", "toponym", "이름", "지명"),
    "lat": ("lat", "latitude", "위도"),
    "lon": ("lon", "lng", "long", "longitude", "경도"),
    "native": ("hangul", "native", "한글"),
    "aliases": ("aliases", "alias", "별칭"),
    "feature": ("feature",),
    "admin1": ("admin1",),
    "country": ("country",),
    "uncertainty_m": ("uncertainty_m",),
}
"""How sheets call the columns that are read; of two in one sheet the first here is taken."""

_SITES = ["location", "lat", "long", "comments"]

UNCERTAINTY_M = {
    "site": 1_000.0, "district": 6_000.0, "town": 4_000.0, "city": 6_000.0, "county": 25_000.0,
    "area": 10_000.0, "province": 150_000.0, "": 5_000.0,
}  # fmt: skip
"""Radius in metres where neither file nor user states one, by feature; figures of ours."""

_LARGEST_CELL = 1_000_000


@dataclass(frozen=True)
class Sheet:
    """What is known of a sheet before its rows are read."""

    gazetteer: str
    uncertainty_m: float | None
    """The radius in metres of rows that state none; None leaves it to their feature."""
    nearby: Callable[[], Nearby]
    """Asked once, for rows that name no country or province."""


def is_sites(header: list[str]) -> bool:
    """Whether this is the header of TimeMap's tab `Sites`."""
    return [cell.strip().casefold() for cell in header if cell.strip()] == _SITES


@contextmanager
def cells(path: Path) -> Iterator[Iterator[list[str]]]:
    """Open the rows of a text file parted by commas, semicolons or tabs, in UTF-8 or UTF-16.

    Raises `InputError` when it cannot be read, also while the rows are being read.
    """
    csv.field_size_limit(_LARGEST_CELL)
    with path.open("rb") as file:
        mark = file.read(2)
    encoding = "utf-16" if mark in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        with path.open(encoding=encoding, newline="") as text:
            start = text.readline(_LARGEST_CELL)
            delimiter = max(",;\t", key=start.count)
            text.seek(0)
            yield csv.reader(text, delimiter=delimiter, strict=True)
    except UnicodeError as error:
        raise InputError(
            "“{name}” is not UTF-8 text; save it as “CSV UTF-8” and try again.", name=path.name
        ) from error
    except csv.Error as error:
        raise InputError(
            "“{name}” breaks off ({problem}); look for an unclosed quotation mark.",
            name=path.name,
            problem=error,
        ) from error


def rows(header: list[str], lines: Iterable[list[str]], sheet: Sheet) -> Iterator[Line]:
    """Yield what each row under the header becomes, in order; empty rows are passed over.

    Raises `InputError` when the header lacks name, latitude or longitude.
    """
    at = _places_of_columns(header)
    region = _Region(sheet.nearby)
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if any(cell.strip() for cell in cells[len(header) :]) or len(cells) < len(header):
                raise UnusableError(f"it has {len(cells)} columns, the header {len(header)}")
            row = {name: cells[column].strip() for name, column in at.items()}
            yield _row(number, row, sheet, region)
        except UnusableError as error:
            yield Refused(number, str(error))


def _places_of_columns(header: list[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in header]
    found = {
        column: names.index(known)
        for column, spellings in _COLUMNS.items()
        for known in reversed(spellings)
        if known in names
    }
    for column in ("name", "lat", "lon"):
        if column not in found:
            raise InputError(
                "The file has no column “{column}”, and none of {others}; its columns are:"
                " {header}.",
                column=column,
                others=", ".join(_COLUMNS[column][1:]),
                header=", ".join(header)[:300],
            )
    return found


class _Region:
    """Country and province of a row: what it says, else what the places about it say."""

    def __init__(self, nearby: Callable[[], Nearby]) -> None:
        self._nearby = cache(nearby)

    def of(self, row: dict[str, str], lat: float, lon: float) -> tuple[str, str]:
        country = codes.country_code(row.get("country", ""))
        admin1 = codes.province_code(row.get("admin1", ""), country)
        country = country or admin1.partition("-")[0]
        if admin1:
            return country, admin1
        near, province = self._nearby().region(lat, lon)
        return (country or near), (province if country in ("", near) else "")


def _row(number: int, row: dict[str, str], sheet: Sheet, region: _Region) -> Row:
    name, (lat, lon) = name_of(row["name"]), point(row["lat"], row["lon"])
    feature = row.get("feature", "").casefold()
    if feature not in UNCERTAINTY_M:
        allowed = ", ".join(filter(None, UNCERTAINTY_M))
        raise UnusableError(f"the feature “{shown(feature)}” is none of {allowed}")
    metres = sheet.uncertainty_m or UNCERTAINTY_M[feature]
    if row.get("uncertainty_m"):
        metres = radius(row["uncertainty_m"])
    country, admin1 = region.of(row, lat, lon)
    if feature == "province" and not row.get("admin1"):
        raise UnusableError("a province needs its ISO 3166-2 code in the column admin1")
    native = row.get("native", "")
    further = [s.strip() for s in re.split(r"[|;]", row.get("aliases", ""))]
    spellings = [name, *filter(is_spelling, (native, *further))]
    mark = hashlib.sha256(f"{name}\n{lat!r}\n{lon!r}".encode()).digest()
    own = int.from_bytes(mark[:7])
    place = Place(
        place_id(sheet.gazetteer, own), name, native if is_spelling(native) else "", lat, lon,
        metres, feature or "area", country, admin1, "", 0, sheet.gazetteer,
    )  # fmt: skip
    return Row(number, own, place, spellings)
