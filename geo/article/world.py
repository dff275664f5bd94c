"""Where a name may be, anywhere in the world: the gazetteer, regions and seas, US counties."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import lru_cache

from geopy.distance import great_circle

from geo.article.words import DATA, name_tables, name_words
from geo.gazetteer import Found, Gazetteer, Place
from geo.toponym import normalise, stripped

WIDE = ("continent", "region", "sea", "desert", "mountain", "river", "lake", "island", "site")
"""Features of `data/world.csv` that the gazetteer does not have."""


_MOST_KEPT = 50_000


@dataclass(frozen=True)
class World:
    """The gazetteer with `data/world.csv` and `data/us_counties.csv` laid over it."""

    gazetteer: Gazetteer
    _own: dict[str, list[Found]] = field(default_factory=dict)
    """Places of our tables by the key of each name."""
    _points: dict[str, Place] = field(default_factory=dict)
    """Countries with the point by which they are usually given, by their id."""
    _asked: dict[str, list[Found]] = field(default_factory=dict)
    """What was found before: a text asks for each of its words."""

    def search(self, name: str) -> list[Found]:
        """Return every place that the name may mean; [] when none is known.

        Spelling variants ("St. Louis", "Mosul province") are tried where the name itself
        is unknown.
        """
        if name not in self._asked:
            if len(self._asked) >= _MOST_KEPT:
                self._asked.clear()
            found = map(self._exactly, _spellings(name))
            self._asked[name] = next(filter(None, found), [])
        return self._asked[name]

    def _exactly(self, name: str) -> list[Found]:
        code = name_tables().abbreviations.get(name)
        if code and (place := self.gazetteer.region(code)):
            return [Found(self._moved(place), name, "exact")]
        own = self._own.get(normalise(name), [])
        ids = {found.place.id for found in own}
        known = [found for found in self.gazetteer.search(name) if found.place.id not in ids]
        return [*own, *(found._replace(place=self._moved(found.place)) for found in known)]

    def _moved(self, place: Place) -> Place:
        return self._points.get(place.id, place)


def world(gazetteer: Gazetteer) -> World:
    """Return the gazetteer with our tables of the wider world laid over it."""
    own: dict[str, list[Found]] = {}
    points: dict[str, Place] = {}
    for row in _rows("world"):
        place = _wide(gazetteer, row)
        if place.feature == "country":
            points[place.id] = place
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        for name in names:
            own.setdefault(normalise(name), []).append(Found(place, name, "exact"))
    for row in _rows("us_counties"):
        place = _county(row)
        own.setdefault(normalise(place.name), []).append(Found(place, place.name, "exact"))
    return World(gazetteer, own, points)


def _wide(gazetteer: Gazetteer, row: dict[str, str]) -> Place:
    """Return the place of a row; a country's radius grows by what its point was moved."""
    lat, lon, country = float(row["lat"]), float(row["lon"]), row["country"]
    known = gazetteer.region(country) if row["kind"] == "country" else None
    if known is not None:
        moved = great_circle((known.lat, known.lon), (lat, lon)).meters
        radius = round(known.uncertainty_m + moved, -2)
        return known._replace(lat=lat, lon=lon, uncertainty_m=radius)
    slug = re.sub("[^a-z0-9]+", "-", row["name"].casefold()).strip("-")
    return Place(
        f"world:{slug}", row["name"], "", lat, lon, float(row["radius_km"]) * 1000,
        row["kind"], country, "", "", 0, "Glimpse",
    )  # fmt: skip


def _county(row: dict[str, str]) -> Place:
    return Place(
        f"fips:{row['fips']}", row["name"], "", float(row["lat"]), float(row["lon"]),
        float(row["uncertainty_m"]), "county", "US", row["admin1"], f"iso:{row['admin1']}", 0,
        "US Census Bureau",
    )  # fmt: skip


def _rows(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=50_000)
def _spellings(name: str) -> tuple[str, ...]:
    """Return the name and what else it may be kept as, the plainest first."""
    text = " ".join(name.split())
    found = [text, re.sub(r"^[Tt]he ", "", text)]
    for short, long in _SHORT:
        found += [short.sub(long, text)]
    found += [re.sub(r"^(?:City|Town|Village|Port|State|Province|Gulf) of ", "", text)]
    found += [_AROUND.sub("", text), _AFTER.sub("", text), stripped(text)[0], f"Al {text}"]
    generic = name_words().not_places
    return tuple(dict.fromkeys(one for one in found if one and (one == text or one not in generic)))


_SHORT = (
    (re.compile(r"\bSt\.? "), "Saint "),
    (re.compile(r"\bSaint "), "St. "),
    (re.compile(r"\bMt\.? "), "Mount "),
    (re.compile(r"\bFt\.? "), "Fort "),
    (re.compile(r"\bPt\.? "), "Port "),
)
_AROUND = re.compile(
    r"^(?:(?:the )?(?:North|South|East|West|Upper|Lower|Central|Greater|Downtown|Metro|Inner|Mid)"
    r"(?:ern|east|west|eastern|western)?|Northeast|Northwest|Southeast|Southwest)[ -]"
)
_AFTER = re.compile(
    r" (?:City|County|Parish|Borough|Province|Prefecture|Region|State|Oblast|Governorate|Krai"
    r"|District|Republic|Municipality|Township|Town|Village|Valley|Island|Islands|Area|Heights"
    r"|Beach|Airport|International Airport|Department|Canton|Peninsula|Metropolitan Area)$",
    re.IGNORECASE,
)
