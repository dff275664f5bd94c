"""GeoNames' country files: a line of 19 columns a place, parted by tabs.

What each kind of place becomes stands in `data/geonames_features.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from geo.gazetteer import codes
from geo.gazetteer.build import DATA, built_up_radius, iso_codes
from geo.gazetteer.line import (
    LeftOut,
    Line,
    Refused,
    Row,
    UnusableError,
    is_spelling,
    name_of,
    place_id,
    point,
    shown,
)
from geo.gazetteer.place import Place
from geo.toponym import is_hangul

LICENCE = "GeoNames, CC BY 4.0"

_COLUMNS = 19
_CITY_FROM = 15_000
_WHOLE = re.compile("[0-9]{1,12}")
_COUNTRY = re.compile("[A-Z]{2}")


class _Kind(NamedTuple):
    feature: str
    uncertainty_m: float | None
    note: str


def is_dump(start: bytes) -> bool:
    """Whether a file that begins so is a country file: of its first lines one is as such."""
    return any(
        len(cells) == _COLUMNS and cells[0].isdigit()
        for cells in (line.split(b"\t") for line in start.splitlines()[:20])
    )


def rows(lines: Iterable[bytes], gazetteer: str) -> Iterator[Line]:
    """Yield what each line becomes, in the order of the file; empty lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _row(number, line, gazetteer)
            except UnusableError as error:
                yield Refused(number, str(error))


def _row(row: int, line: bytes, gazetteer: str) -> Row | LeftOut:
    cells = _cells(line)
    number = _whole("GeoNames number", cells[0])
    name, (lat, lon) = name_of(cells[1]), point(cells[4], cells[5])
    kind = _kind(cells[6], cells[7])
    country = cells[8].strip()
    if country and not _COUNTRY.fullmatch(country):
        raise UnusableError(f"the country “{shown(country)}” is no ISO 3166 code")
    people = _whole("population", cells[14].strip() or "0")
    if not kind.feature:
        return LeftOut(row, kind.note)
    admin1 = _provinces().get(f"{country}.{cells[10].strip()}", "")
    feature, radius = _extent(kind, people, country, admin1, (lat, lon))
    further = [s for cell in cells[3].split(",") if is_spelling(s := cell.strip())]
    place = Place(
        place_id(gazetteer, number), name, next(filter(is_hangul, further), ""), lat, lon, radius,
        feature, country, "" if feature == "country" else admin1, "", people, gazetteer,
    )  # fmt: skip
    plain = [s] if is_spelling(s := cells[2].strip()) else []
    return Row(row, number, place, [name, *plain, *further])


def _whole(what: str, cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise UnusableError(f"the {what} “{shown(cell)}” is no whole number")
    return int(cell)


def _cells(line: bytes) -> list[str]:
    try:
        cells = line.decode("utf-8").split("\t")
    except UnicodeDecodeError as error:
        raise UnusableError("it is not UTF-8 text") from error
    if len(cells) != _COLUMNS:
        raise UnusableError(f"it has {len(cells)} columns, not {_COLUMNS}")
    return cells


def _extent(
    kind: _Kind, people: int, country: str, admin1: str, at: tuple[float, float]
) -> tuple[str, float]:
    """Return feature and radius in metres; a region without a code is only an area."""
    if kind.uncertainty_m is None:
        large = kind.feature == "town" and people >= _CITY_FROM
        return "city" if large else kind.feature, built_up_radius(people)
    if kind.feature in ("country", "province"):
        code = country if kind.feature == "country" else admin1
        if not code:
            return "area", kind.uncertainty_m
        return kind.feature, codes.reach(code, *at) or kind.uncertainty_m
    return kind.feature, kind.uncertainty_m


def _kind(letter: str, code: str) -> _Kind:
    known = _kinds()
    kind = known.get(f"{letter}.{code}") or known.get(letter)
    return kind or _Kind("", None, "GeoNames does not say what it is")


@cache
def _kinds() -> dict[str, _Kind]:
    with (DATA / "geonames_features.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: _Kind(
                row["feature"],
                float(row["uncertainty_m"]) if row["uncertainty_m"] else None,
                row["note"],
            )
            for row in csv.DictReader(file)
        }


_provinces = cache(iso_codes)
