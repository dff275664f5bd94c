"""Countries and provinces of files from outside: their codes, and how far they reach."""

from __future__ import annotations

import csv
import math
from functools import cache

from geo.gazetteer.build import DATA, subdivision_aliases
from geo.gazetteer.line import UnusableError, shown
from geo.mercator import DEGREE_M
from geo.toponym import normalise


def country_code(cell: str) -> str:
    """Return the ISO 3166-1 alpha-2 code that a code or name means, "" for an empty cell.

    Raises `UnusableError` when no country, or more than one, is called so.
    """
    return _code("country", cell, _names("")) if cell.strip() else ""


def province_code(cell: str, country: str) -> str:
    """Return the ISO 3166-2 code that a code, or a name in the country, means; "" for empty.

    Raises `UnusableError` when no province, or more than one, is called so.
    """
    text = cell.strip()
    if not text:
        return ""
    home = country or text.partition("-")[0].upper()
    return _code("province", text, _names(home) if home else {})


def _code(what: str, cell: str, names: dict[str, set[str]]) -> str:
    text = cell.strip()
    found = {text.upper()} & _reaches().keys() & set().union(*names.values())
    found = found or names.get(normalise(text), set())
    if len(found) != 1:
        raise UnusableError(f"no {what} is known as “{shown(text)}”; write its ISO 3166 code")
    return next(iter(found))


def reach(code: str, lat: float, lon: float) -> float | None:
    """Return the metres about a point that hold a whole country or province, None if unknown.

    The radius in `data/regions.csv` plus the way from its point to the given one.
    """
    known = _reaches().get(code)
    if known is None:
        return None
    y, x, metres = known
    east = ((x - lon + 180) % 360 - 180) * math.cos(math.radians((lat + y) / 2))
    return float(math.ceil((metres + DEGREE_M * math.hypot(y - lat, east)) / 100) * 100)


@cache
def _table() -> tuple[dict[str, str], ...]:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _reaches() -> dict[str, tuple[float, float, float] | None]:
    return {
        row["code"]: (float(row["lat"]), float(row["lon"]), float(row["uncertainty_m"]))
        if row["lat"]
        else None
        for row in _table()
    }


@cache
def _names(country: str) -> dict[str, set[str]]:
    """Return codes by name key: those of a country's provinces, or for "" of the countries."""
    further = _aliases()
    found: dict[str, set[str]] = {}
    for row in _table():
        code = row["code"]
        if (code != row["country"]) == bool(country) and country in ("", row["country"]):
            for name in (row["name"], row["name_ko"], *further.get(code, ())):
                found.setdefault(normalise(name), set()).add(code)
    found.pop("", None)
    return found


_aliases = cache(subdivision_aliases)
