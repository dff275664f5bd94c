"""Archives from outside, read in a stream and never further than they may expand."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from geo.errors import InputError

_MOST_FILES = 1_000
_MOST_BYTES = 8_000_000_000
_MOST_RATIO = 100
_HARMLESS = 10_000_000
"""Up to this size the ratio does not matter."""

_LONGEST_LINE = 1_000_000


def check(path: Path, most: int = _MOST_BYTES) -> list[zipfile.ZipInfo]:
    """Return what a ZIP holds; nothing is unpacked.

    Raises `InputError` when it is none, is locked, or would expand beyond what is allowed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError) as error:
        raise InputError("“{name}” is not a sound ZIP file.", name=path.name) from error
    size = sum(one.file_size for one in inside)
    ratio = size / max(1, path.stat().st_size)
    if len(inside) > _MOST_FILES or size > most or (size > _HARMLESS and ratio > _MOST_RATIO):
        raise InputError(
            "“{name}” would unpack to {files} files and {size} MB, more than is allowed; unpack it"
            " yourself and add the file inside.",
            name=path.name,
            files=len(inside),
            size=round(size / 1e6),
        )
    return inside


@contextmanager
def member(path: Path, suffix: str) -> Iterator[IO[bytes]]:
    """Open the one file of a ZIP that ends so, readme.txt aside, without unpacking to disk.

    What stands in a file's name inside the ZIP is never used as a path. Raises `InputError`
    when there is not exactly one, or when it breaks off.
    """
    inside = [
        one
        for one in check(path)
        if one.filename.lower().endswith(suffix) and not one.filename.lower().endswith("readme.txt")
    ]
    if len(inside) != 1 or inside[0].flag_bits & 1:
        raise InputError(
            "“{name}” must hold one readable file {suffix}, as GeoNames' country files do.",
            name=path.name,
            suffix=suffix,
        )
    try:
        with zipfile.ZipFile(path) as archive, archive.open(inside[0]) as file:
            yield file
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise InputError(
            "“{name}” is damaged ({problem}); fetch it again.", name=path.name, problem=error
        ) from error


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield each line without its end; one of over a megabyte is cut, and its rest passed over."""
    while line := file.readline(_LONGEST_LINE):
        if not line.endswith(b"\n"):
            while (rest := file.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
        yield line.rstrip(b"\r\n")
