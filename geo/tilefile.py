"""A file of map tiles on this machine as the base map: PMTiles, or MBTiles made into one.

A browser reads a PMTiles file by ranges of bytes, a few kilobytes for each tile
(`geo/pmtiles.js`). So the file is served as it lies on the
disk, whatever its size; nothing is unpacked or copied. MBTiles is a SQLite database, which no
browser reads by ranges. It is made into a PMTiles file in the cache folder once, by the package
of those who made the format: 80 MB a second and 35 MB of memory.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
import sqlite3
import threading
import zlib
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from pmtiles.convert import mbtiles_to_pmtiles
from pmtiles.reader import Reader
from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, TileType

from geo.errors import GeoError, InputError

_PMTILES = ".pmtiles"
_MBTILES = ".mbtiles"
_MAGIC = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
_SMALL = 1 << 20
"""Bytes up to which Streamlit wants a file as a whole, to mark it."""

_BROKEN = (
    ValueError, KeyError, IndexError, TypeError, EOFError, OSError, OverflowError,
    zlib.error, MagicNumberNotFound, SpecVersionUnsupported,
)  # fmt: skip
"""What reading a file raises that is cut short, or is something else than its name says."""

_LACKING = (
    "The MBTiles file {name} does not say its {what}; add it to the table metadata of the file"
    " (format, minzoom and maxzoom must be there)."
)
_MISSING = "The base map file {name} is not there; set GEO_BASEMAP to a PMTiles or MBTiles file."
_UNREADABLE = (
    "The base map file {name} cannot be read; copy it again, or use another PMTiles (version 3)"
    " or MBTiles file."
)
_VECTOR = (
    "The base map file {name} holds no pictures but vector tiles or something else; use one with"
    " PNG, JPEG or WebP tiles."
)
_NO_ROOM = (
    "The base map file {name} cannot be prepared in the folder {folder} ({problem}); make room"
    " there, or set GEO_CACHE to a folder that has it."
)


class Ranges:
    """A file as bytes: `len()` and slices, each read from the disk when it is asked for.

    Not mapped into memory: a mapped file that somebody writes over would end the process.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._size = path.stat().st_size
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        with self._lock:
            self._file.seek(start)
            return self._file.read(max(0, stop - start))


@dataclass(frozen=True)
class TileFile:
    """A PMTiles file of pictures, open and checked.

    `content` is the whole file, of which only the slices that are asked for are read. `box` is
    west, south, east, north in degrees; beyond it and below `min_zoom` there are no tiles.
    """

    name: str
    credit: str
    media_type: str
    min_zoom: int
    max_zoom: int
    box: tuple[float, float, float, float]
    content: bytes | Ranges = field(repr=False)


def configured() -> Path | None:
    """Return the file that GEO_BASEMAP names, None when it names none."""
    named = os.environ.get("GEO_BASEMAP")
    return Path(named) if named else None


def open_tile_file(path: Path, cache: Path) -> TileFile:
    """Return the file as a base map; an MBTiles file is made into a PMTiles file first.

    The first time with an MBTiles file takes 13 seconds a gigabyte. Raises `InputError` for a
    file that is not there, is damaged or holds no pictures, `GeoError` when the cache is full.
    """
    if not path.is_file():
        raise InputError(_MISSING, name=path.name)
    try:
        archive = _converted(path, cache) if path.suffix.lower() == _MBTILES else path
        return _read(archive, path)
    except _BROKEN as error:
        if isinstance(error, InputError):
            raise
        raise InputError(_UNREADABLE, name=path.name) from error


def _read(archive: Path, path: Path) -> TileFile:
    small = archive.stat().st_size <= _SMALL
    content = archive.read_bytes() if small else Ranges(archive)
    reader = Reader(lambda at, length: content[at : at + length])  # type: ignore[no-untyped-call]
    header, metadata = reader.header(), reader.metadata()  # type: ignore[no-untyped-call]
    start = header["tile_data_offset"]
    if start + header["tile_data_length"] > len(content):
        raise EOFError
    west, south, east, north = (
        header[f"{side}_e7"] / 1e7 for side in ("min_lon", "min_lat", "max_lon", "max_lat")
    )
    return TileFile(
        _plain(metadata.get("name")) or path.stem,
        _plain(metadata.get("attribution")),
        _media_type(content[start : start + 12], header["tile_type"], path),
        header["min_zoom"],
        header["max_zoom"],
        (west, south, east, north),
        content,
    )


def _media_type(tile: bytes, said: TileType, path: Path) -> str:
    """Return what the first tile is: the header's word is wrong for many converted files."""
    found = next((kind for magic, kind in _MAGIC.items() if tile.startswith(magic)), "")
    if tile[4:8] == b"ftyp":
        found = "image/avif"
    if said is TileType.MVT or not found:
        raise InputError(_VECTOR, name=path.name)
    return found


def _plain(text: object) -> str:
    """Return a text of the file without the tags and entities that credits are written with."""
    return html.unescape(re.sub(r"<[^>]*>", "", str(text or ""))).strip()


def _converted(path: Path, cache: Path) -> Path:
    """Return the PMTiles file that was made of an MBTiles file, as it is today."""
    of, state = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12], path.stat()
    made = cache / f"basemap-{of}-{state.st_size}-{state.st_mtime_ns}{_PMTILES}"
    if made.exists():
        return made
    _refuse_vectors(path)
    part = made.with_suffix(f".{os.getpid()}.part")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        mbtiles_to_pmtiles(str(path), str(part), None)  # type: ignore[no-untyped-call]
        for old in cache.glob(f"basemap-{of}-*{_PMTILES}"):
            old.unlink()
        part.replace(made)
    except KeyError as error:
        raise InputError(_LACKING, name=path.name, what=error.args[0]) from error
    except sqlite3.Error as error:
        raise InputError(_UNREADABLE, name=path.name) from error
    except OSError as error:
        problem = error.strerror or error
        raise GeoError(_NO_ROOM, name=path.name, folder=cache, problem=problem) from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _refuse_vectors(path: Path) -> None:
    """Look at one tile before all of them are written anew."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            row = database.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()
    except sqlite3.Error as error:
        raise InputError(_UNREADABLE, name=path.name) from error
    _media_type(row[0], TileType.UNKNOWN, path)
