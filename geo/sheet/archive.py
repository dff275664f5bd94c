"""Zip archives with a limit: a small file must not become a large one."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from geo.errors import InputError

_MEMBERS = 20_000
_UNPACKED = 2_000_000_000
_RATIO = 200
_SMALL = 50_000_000
"""Bytes up to which no ratio is too high: a short text of blanks is no attack."""


def check(path: Path) -> None:
    """Raise `InputError` when the archive is damaged or unpacks to more than it may."""
    try:
        with zipfile.ZipFile(path) as book:
            members = book.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(DAMAGED, name=path.name) from error
    size = sum(one.file_size for one in members)
    large = size > _SMALL and size > _RATIO * path.stat().st_size
    if len(members) > _MEMBERS or size > _UNPACKED or large:
        raise InputError(TOO_LARGE, name=path.name)


DAMAGED = "“{name}” is damaged or cut short; export it anew."
TOO_LARGE = "“{name}” unpacks to more than it may (2 GB, or 200 times its size); split it."


@contextmanager
def member(path: Path, suffix: str, first: str) -> Iterator[io.BufferedIOBase]:
    """Open the member called `first`, or the first with this suffix, and read it with a limit.

    Raises `InputError` when there is none or it is damaged.
    """
    check(path)
    try:
        with zipfile.ZipFile(path) as book:
            names = [name for name in book.namelist() if name.lower().endswith(suffix)]
            if not names:
                raise InputError(DAMAGED, name=path.name)
            with book.open(first if first in names else names[0]) as file:
                yield _Limited(path, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise InputError(DAMAGED, name=path.name) from error


class _Limited(io.BufferedIOBase):
    """Counts what is really unpacked; what an archive says of itself may be a lie."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path, self._file, self._read = path, file, 0
        self._packed = path.stat().st_size

    def read(self, size: int | None = -1, /) -> bytes:
        data = self._file.read(1 << 16 if size is None or size < 0 else size)
        self._read += len(data)
        if self._read > max(_SMALL, min(_UNPACKED, _RATIO * self._packed)):
            raise InputError(TOO_LARGE, name=self._path.name)
        return data
