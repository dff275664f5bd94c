"""Files of other tools as sheets: a header and rows of text, nothing understood yet.

CSV, TSV, semicolons and Parquet are read row by row from the file itself. XLSX, JSON, GeoJSON,
uMap, KML and KMZ are unpacked by a child process with a memory limit into rows on disk.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from geo.errors import InputError
from geo.sheet import child, delimited, parquet
from geo.sheet.kind import Kind, kind_of
from geo.sheet.text import Encoding, encoding_of

Row = tuple[int, dict[str, str]]
"""Number and cells of a row, by column. A table's header is row 1; the first feature is row 1."""

LARGEST = 2_000_000_000
"""Bytes that a file may have."""

WIDEST = 2_000
"""Columns that a sheet may have."""


@dataclass(frozen=True)
class Page:
    """One table of a file: its name ("" where a file has but one), its columns, its rows."""

    name: str
    header: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    """The rows from the first on, each time it is called; empty ones are left out."""


@dataclass(frozen=True)
class Sheet:
    """A file that was opened: what it is, how its text was read, and its pages."""

    name: str
    kind: Kind
    mark: str
    """The first letters of the SHA-256 of the file."""
    encoding: Encoding | None
    """How bytes became text; None where the format itself says so."""
    pages: tuple[Page, ...]


def _never() -> bool:
    return False


@contextmanager
def open_sheet(
    path: Path, encoding: str = "auto", cancelled: Callable[[], bool] = _never
) -> Iterator[Sheet]:
    """Open a file for the time of a `with`; what was unpacked for it is deleted at the end.

    Raises `InputError` when the file is not what its name says, damaged, larger than it may
    be, or empty; `Stopped` when `cancelled` says so while it is unpacked.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError("“{name}” is larger than 2 GB; split it.", name=path.name)
        kind = kind_of(path)
        with path.open("rb") as file:
            mark = hashlib.file_digest(file, "sha256").hexdigest()[:12]
        if kind is Kind.TABLE:
            found = encoding_of(path, encoding)
            page = delimited.page_of(path, found.name)
            yield _sheet(path, kind, mark, found, [(page.header, "", page.rows)])
        elif kind is Kind.PARQUET:
            header, rows = parquet.page_of(path)
            yield _sheet(path, kind, mark, None, [(header, "", rows)])
        else:
            with TemporaryDirectory(prefix="glimpse-") as folder:
                pages = child.unpacked(path, kind, Path(folder), cancelled)
                found_pages = [(p.header, p.name, partial(child.rows, p)) for p in pages]
                yield _sheet(path, kind, mark, None, found_pages)
    except OSError as error:
        raise InputError(
            "“{name}” cannot be opened ({problem}); check the path and the rights.",
            name=str(path),
            problem=error.strerror or error,
        ) from error


def _sheet(
    path: Path,
    kind: Kind,
    mark: str,
    encoding: Encoding | None,
    pages: Sequence[tuple[tuple[str, ...], str, Callable[[], Iterator[Row]]]],
) -> Sheet:
    held = tuple(Page(name, header, rows) for header, name, rows in pages if any(header))
    if not held:
        raise InputError("“{name}” is empty; there is nothing to import.", name=path.name)
    for page in held:
        _check_header(path, page.header)
    name = "".join(sign if sign.isprintable() else "?" for sign in path.name)
    return Sheet(name, kind, mark, encoding, held)


def _check_header(path: Path, header: tuple[str, ...]) -> None:
    if len(header) > WIDEST:
        raise InputError(
            "“{name}” has {count} columns, and a file may have {most}; leave some out.",
            name=path.name,
            count=len(header),
            most=WIDEST,
        )
    double = next((name for name, count in Counter(header).items() if count > 1), None)
    if double is not None:
        raise InputError(
            "“{name}” has two columns “{column}”; rename one and try again.",
            name=path.name,
            column=double.strip()[:60],
        )


__all__ = ["Encoding", "Kind", "Page", "Row", "Sheet", "open_sheet"]
