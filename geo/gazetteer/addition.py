"""Adding a gazetteer of the user's own: a file becomes one index, wholly or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from geo.errors import GazetteerError, InputError
from geo.gazetteer import archive, geonames_dump, sheet, workbook
from geo.gazetteer.build import matched
from geo.gazetteer.line import LeftOut, Line, Refused, Row
from geo.gazetteer.nearby import Nearby
from geo.gazetteer.own import EDITION, About, own_path
from geo.toponym import normalise

_QUICK = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;"
_SCHEMA = """
CREATE TABLE about (name TEXT, value TEXT);
CREATE TABLE place (
    number INTEGER PRIMARY KEY, name TEXT, native TEXT, lat REAL, lon REAL, uncertainty_m REAL,
    feature TEXT, country TEXT, admin1 TEXT, parent TEXT, population INTEGER
);
CREATE TABLE name (key TEXT, place INTEGER, spelling TEXT, match TEXT, home TEXT);
"""
_INDEXES = "CREATE INDEX by_key ON name (key); CREATE INDEX by_home ON name (home, key);"
_PLACE = "INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)"
_NAME = "INSERT INTO name VALUES (?,?,?,?,?)"

_LONGEST_NAME = 60
_LONGEST_LICENCE = 200
_BUILT_IN = ("geonames", "natural earth", "glimpse")
_AT_ONCE = 1_000
_STALE_S = 3_600
"""What a killed run left is swept away when nobody has written to it for so long."""


@dataclass(frozen=True)
class Wish:
    """What a person asks for, beside the file; "" and None leave it to the file."""

    name: str = ""
    licence: str = ""
    uncertainty_m: float | None = None


@dataclass
class Addition:
    """What became of a file's rows; every row that is not empty is counted once."""

    about: About | None = None
    read: int = 0
    refused: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """The number of rows by the reason why they are no places for a map of footage."""

    def plain(self) -> dict[str, Any]:
        """Return gazetteer and counts as plain values, fit for JSON."""
        about = self.about.plain() if self.about else {}
        counts = {"read": self.read, "refused": self.refused, "left_out": dict(self.left_out)}
        return about | counts


def add(
    folder: Path,
    path: Path,
    wish: Wish,
    nearby: Callable[[], Nearby],
    *,
    refused: Callable[[Refused], None] = lambda one: None,
    progress: Callable[[int], None] = lambda rows: None,
) -> Addition:
    """Add a file under a name, in place of what bore it; return what became of its rows.

    `refused` is handed every bad row, `progress` the number of rows read. The old gazetteer
    stays until the new one is whole. Raises `InputError` when the file cannot be read or holds
    no place, `GazetteerError` when the folder cannot be written to; then nothing is changed.
    """
    name, licence = _checked(path, wish)
    target, told = own_path(folder, name), Addition()
    with _part(folder, path, target) as part, _source(path, name, wish, nearby) as (kind, lines):
        version = _version(path)
        terms = licence or (geonames_dump.LICENCE if kind == "geonames" else "not stated")
        written = _write(part, _counted(lines, told, refused, progress), told, refused)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        told.about = About(name, written, now, kind, terms, version)
        _finish(part, path, told)
    return told


@contextmanager
def _part(folder: Path, path: Path, target: Path) -> Iterator[Path]:
    """Give a file to write to, which takes the target's place if nothing goes wrong."""
    part = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        part.unlink(missing_ok=True)
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            "“{name}” cannot be added in {folder} ({problem}); check the path, the rights and the"
            " room there.",
            name=path.name,
            folder=folder,
            problem=getattr(error, "strerror", None) or error,
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _checked(path: Path, wish: Wish) -> tuple[str, str]:
    """Return name and licence; raises `InputError` for those that cannot stand."""
    if not path.is_file():
        raise InputError("“{name}” is no file; check the path.", name=str(path))
    name, licence = " ".join((wish.name or path.stem).split()), " ".join(wish.licence.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InputError(
            "A gazetteer's name has 1 to {most} visible letters; give another with --name.",
            most=_LONGEST_NAME,
        )
    if name.casefold() in _BUILT_IN:
        raise InputError(
            "“{name}” is the name of a built-in source; give another with --name.", name=name
        )
    if len(licence) > _LONGEST_LICENCE or not licence.isprintable():
        raise InputError(
            "A licence has at most {most} visible letters; shorten it.", most=_LONGEST_LICENCE
        )
    return name, licence


def _version(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


@contextmanager
def _source(
    path: Path, name: str, wish: Wish, nearby: Callable[[], Nearby]
) -> Iterator[tuple[str, Iterator[Line]]]:
    """Open a file as what it is, and give the kind of it and its lines."""
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        dump = suffix == ".zip" or geonames_dump.is_dump(file.read(100_000))
    if dump:
        if wish.uncertainty_m is not None:
            raise InputError(
                "The radius of GeoNames' places follows from their kind and population; leave"
                " --uncertainty out."
            )
        opened = archive.member(path, ".txt") if suffix == ".zip" else path.open("rb")
        with opened as lines:
            yield "geonames", geonames_dump.rows(archive.lines(lines), name)
        return
    with workbook.cells(path) if suffix == ".xlsx" else sheet.cells(path) as cells:
        header = next(cells, [])
        kind = "timemap" if sheet.is_sites(header) else "table"
        yield kind, sheet.rows(header, cells, sheet.Sheet(name, wish.uncertainty_m, nearby))


def _counted(
    lines: Iterable[Line],
    told: Addition,
    refused: Callable[[Refused], None],
    progress: Callable[[int], None],
) -> Iterator[Row]:
    """Yield the rows that are places, and count all."""
    for line in lines:
        told.read += 1
        if told.read % _AT_ONCE == 0:
            progress(told.read)
        if isinstance(line, Row):
            yield line
        elif isinstance(line, LeftOut):
            told.left_out[line.reason] += 1
        else:
            told.refused += 1
            refused(line)
    progress(told.read)


def _write(
    part: Path, rows: Iterator[Row], told: Addition, refused: Callable[[Refused], None]
) -> int:
    """Write the places and their names, and return the number of places."""
    written = 0
    names: list[tuple[str, int, str, str, str]] = []
    with closing(sqlite3.connect(part)) as db:
        db.executescript(_QUICK + _SCHEMA)
        with db:
            for row in rows:
                place = row.place
                if not db.execute(_PLACE, (row.number, *place[1:11])).rowcount:
                    told.refused += 1
                    refused(Refused(row.row, "the same place stands in an earlier row"))
                    continue
                written += 1
                names += _names(row)
                if len(names) > _AT_ONCE:
                    db.executemany(_NAME, names)
                    names.clear()
            db.executemany(_NAME, names)
    return written


def _names(row: Row) -> Iterable[tuple[str, int, str, str, str]]:
    """Return the spellings of a place under their keys; of two with one key the first stays."""
    found: dict[str, tuple[str, int, str, str, str]] = {}
    for spelling, match in matched(row.place, row.spellings):
        if (key := normalise(spelling)) and key not in found:
            found[key] = (key, row.number, spelling, match, row.place.country)
    return found.values()


def _finish(part: Path, path: Path, told: Addition) -> None:
    """Make the part a whole gazetteer; raises `InputError` when it holds no place."""
    if told.about is None or not told.about.rows:
        raise InputError(
            "“{name}” holds no place that can be used; {refused} rows were refused and {left} left"
            " out, and nothing was changed.",
            name=path.name,
            refused=told.refused,
            left=told.left_out.total(),
        )
    said = chain(told.about.plain().items(), [("edition", EDITION)])
    with closing(sqlite3.connect(part)) as db:
        db.executescript(_QUICK + _INDEXES)
        with db:
            db.executemany("INSERT INTO about VALUES (?,?)", ((n, str(v)) for n, v in said))


def _sweep(folder: Path) -> None:
    for old in folder.glob("*.part"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _STALE_S:
                old.unlink()
