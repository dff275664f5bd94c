"""Gazetteers of the user's own: one file each in the data folder, read along with the built-in.

`geo.gazetteer.addition` writes them. A running program notices what was added, replaced or
removed at its next look-up.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from geo.errors import GazetteerError, InputError
from geo.folders import data_folder
from geo.gazetteer.line import place_id
from geo.gazetteer.place import Found, Origin, Place

EDITION = "1"
"""Raised by hand when the tables of an added gazetteer change."""

_COLUMNS = (
    "number, name, native, lat, lon, uncertainty_m, feature, country, admin1, parent, population"
)
_UNSETTLED_NS = 2_000_000_000
"""So long after a change the folder's time may not tell a further one."""


@dataclass(frozen=True)
class About:
    """What an added gazetteer says of itself."""

    name: str
    rows: int
    added_at: str
    """ISO 8601, UTC."""
    kind: str
    """The kind of its source: "geonames", "timemap" or "table"."""
    licence: str
    version: str
    """The first letters of the SHA-256 of its source."""

    def plain(self) -> dict[str, Any]:
        """Return the fields as plain values, fit for JSON."""
        return asdict(self)


def own_folder() -> Path:
    """Return the folder of the user's own gazetteers; it need not exist."""
    return data_folder() / "gazetteers"


def own_path(folder: Path, name: str) -> Path:
    """Return the file of the gazetteer with this name; the name itself is never a path."""
    mark = hashlib.sha256(unicodedata.normalize("NFC", name).encode()).hexdigest()
    return folder / f"{mark[:16]}.sqlite"


def added(folder: Path) -> list[About]:
    """Return what was added, by name; [] when nothing was.

    Raises `GazetteerError` when a file is damaged.
    """
    return sorted((one.about for one in _opened(folder, ())), key=lambda about: about.name)


def remove(folder: Path, name: str) -> None:
    """Take an added gazetteer away; raises `InputError` when there is none of this name."""
    try:
        own_path(folder, name).unlink()
    except FileNotFoundError as error:
        names = ", ".join(f"“{about.name}”" for about in added(folder)) or "none"
        raise InputError(
            "No gazetteer “{name}” was added; those that were: {names}.", name=name, names=names
        ) from error
    except OSError as error:
        raise GazetteerError(
            "The gazetteer “{name}” cannot be removed ({problem}); check the rights to {folder}.",
            name=name,
            problem=error.strerror or error,
            folder=folder,
        ) from error


class Own:
    """The gazetteers in a folder, as they are at each look-up; threads may share one."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._address = folder, str(folder)
        self._seen: tuple[int, tuple[_Opened, ...]] = (0, ())

    def some(self) -> bool:
        """Whether any gazetteer was added."""
        return bool(self._all())

    def joined(self, key: str, known: list[Found]) -> list[Found]:
        """Return the known finds and those of the added gazetteers under a name's key.

        A record of GeoNames, a country or a province that is already found is not found again.
        """
        found = known
        for one in self._all():
            found = [*found, *(f for f in one.search(key) if not _repeats(one, f.place, found))]
        return found

    def place(self, wanted: str) -> Place | None:
        """Return the added place with this id, or None."""
        places = (one.place(wanted) for one in self._all())
        return next((place for place in places if place), None)

    def keys_of(self, country: str) -> list[str]:
        """Return the name keys of a country's added places."""
        return [key for one in self._all() for key in one.keys_of(country)]

    def _all(self) -> tuple[_Opened, ...]:
        try:
            changed = os.stat(self._address).st_mtime_ns  # noqa: PTH116 - half the time of pathlib
        except OSError:  # nothing was ever added
            return ()
        seen, opened = self._seen
        if changed != seen:
            opened = _opened(self._folder, opened)
            settled = time.time_ns() - changed > _UNSETTLED_NS
            self._seen = (changed if settled else 0, opened)
        return opened


def _repeats(one: _Opened, place: Place, found: list[Found]) -> bool:
    """Whether a find says the same as an earlier one: one GeoNames record, or one region."""
    if one.about.kind == "geonames":
        number = place.id.rpartition(":")[2]
        if any(f.place.id == f"gn:{number}" for f in found):
            return True
    region = (place.feature, place.country, place.admin1)
    return place.feature in ("country", "province") and any(
        (f.place.feature, f.place.country, f.place.admin1) == region for f in found
    )


class _Opened:
    """One added gazetteer, open for reading."""

    def __init__(self, path: Path, mark: tuple[int, int, int]) -> None:
        self.path, self.mark = path, mark
        self._lock = threading.Lock()
        self._keys: dict[str, list[str]] = {}
        address = f"file:{quote(str(path))}?mode=ro&immutable=1"
        self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
        said = dict(self._rows("SELECT name, value FROM about", ()))
        if said.pop("edition", None) != EDITION:
            raise self._damaged()
        try:
            self.about = About(**said | {"rows": int(said["rows"])})
        except (KeyError, TypeError, ValueError) as error:
            raise self._damaged() from error
        self._origin = Origin(self.about.version, self.about.licence)

    def search(self, key: str) -> list[Found]:
        rows = self._rows(
            f"SELECT spelling, match, {_COLUMNS} FROM name JOIN place ON number = place"  # noqa: S608 - constant columns
            " WHERE key = ? ORDER BY number",
            (key,),
        )
        return [Found(self._place(*row[2:]), row[0], row[1], self._origin) for row in rows]

    def place(self, wanted: str) -> Place | None:
        head, _, number = wanted.rpartition(":")
        if head != f"own:{self.about.name}" or not number.isdecimal():
            return None
        query = f"SELECT {_COLUMNS} FROM place WHERE number = ?"  # noqa: S608 - constant columns
        rows = self._rows(query, (number,))
        return self._place(*rows[0]) if rows else None

    def keys_of(self, country: str) -> list[str]:
        if country not in self._keys:
            query = "SELECT DISTINCT key FROM name WHERE home = ?"
            self._keys[country] = [row[0] for row in self._rows(query, (country,))]
        return self._keys[country]

    def _place(self, number: int, *rest: Any) -> Place:  # noqa: ANN401 - a row's columns
        return Place._make((place_id(self.about.name, number), *rest, self.about.name))

    def _rows(self, query: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._damaged() from error

    def _damaged(self) -> GazetteerError:
        return GazetteerError(
            "The added gazetteer {path} cannot be read; delete this file and add its source again.",
            path=self.path,
        )


def _opened(folder: Path, before: tuple[_Opened, ...]) -> tuple[_Opened, ...]:
    """Return the gazetteers in a folder, those that did not change as they were."""
    known = {(one.path, one.mark): one for one in before}
    return tuple(
        known.get((path, mark)) or _Opened(path, mark) for path, mark in sorted(_files(folder))
    )


def _files(folder: Path) -> Iterator[tuple[Path, tuple[int, int, int]]]:
    for path in folder.glob("*.sqlite"):
        with suppress(FileNotFoundError):  # removed in between
            at = path.stat()
            yield path, (at.st_ino, at.st_mtime_ns, at.st_size)
