"""Tables on disk: flat rows out of a file and into one, by its suffix."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pandas as pd

from geo.errors import InputError
from geo.formats import export_geojson, export_xlsx
from geo.formats.export_cells import unguarded
from geo.formats.record import RECORD, is_export, recorded
from geo.formats.row import COLUMNS, Draft, Rejected, draft

_LARGEST = 2_000_000_000
_CELL = 1_000_000


def read(path: Path) -> Iterator[Draft | Rejected]:
    """Yield a draft or a rejection for each row of a file, in its order, by its suffix.

    `.csv` and `.parquet` hold flat rows or an export, `.xlsx` and `.geojson` an export.

    Row numbers are those of a spreadsheet: the header is row 1. Raises `InputError` when the
    file as a whole cannot be read.
    """
    if path.suffix.lower() in _EXPORTS:
        yield from _EXPORTS[path.suffix.lower()](path)
        return
    rows = _parquet(path) if path.suffix.lower() == ".parquet" else _csv(path)
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row.values()):
            yield recorded(number, row) if is_export(row) else draft(number, row)


_EXPORTS = {".xlsx": export_xlsx.read, ".geojson": export_geojson.read}
"""Formats that only an export of ours is read from."""


def lines(path: Path) -> list[str]:
    """Return the lines of a text file in UTF-8, empty ones left out.

    Raises `InputError` when it cannot be read.
    """
    return [line for line in _text(path).splitlines() if line.strip()]


def write(path: Path, rows: Iterable[dict[str, str]]) -> int:
    """Write flat rows as `.csv` or `.parquet` by the suffix and return their number.

    Raises `InputError` for another suffix or when the file cannot be written.
    """
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise InputError("“{name}” must end in .csv or .parquet.", name=path.name)
    try:
        if path.suffix.lower() == ".parquet":
            frame = pd.DataFrame(list(rows), dtype="str")
            header = [*COLUMNS, *frame.columns.difference(list(COLUMNS))]
            frame.reindex(columns=header, fill_value="").to_parquet(path, index=False)
            return len(frame)
        return _write_csv(path, rows)
    except OSError as error:
        raise _unreadable(path, error) from error


def _write_csv(path: Path, rows: Iterable[dict[str, str]]) -> int:
    """Write row after row; columns that we do not know must stand in the first row."""
    left = iter(rows)
    first = next(left, {})
    header = [*COLUMNS, *(name for name in first if name not in COLUMNS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        return sum(1 for row in chain([first] if first else [], left) if writer.writerow(row))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError("“{name}” is larger than 2 GB; split it.", name=path.name)
        return path.read_text(encoding="utf-8-sig")  # every kind of line end becomes "\n"
    except UnicodeDecodeError as error:
        raise InputError(
            "“{name}” is not UTF-8 text; save it as “CSV UTF-8” and try again.", name=path.name
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _csv(path: Path) -> Iterator[dict[str, str]]:
    text = _text(path)
    csv.field_size_limit(_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [_known(unguarded(name)) for name in next(lines, [])]
        _check_header(path, header)
        for row_cells in lines:
            cells = [unguarded(cell) for cell in row_cells] if RECORD in header else row_cells
            row = dict.fromkeys(header, "") | dict(zip(header, cells, strict=False))
            more = "; ".join(cells[len(header) :])
            yield row | {_MORE: more} if more else row
    except csv.Error as error:
        raise InputError(
            "“{name}” breaks off in line {line} ({problem}); look for an unclosed quotation mark"
            " there.",
            name=path.name,
            line=lines.line_num,
            problem=error,
        ) from error


_MORE = "\N{HORIZONTAL ELLIPSIS}"
"""Cells to the right of the last header, which belong to no column."""


def _delimiter(text: str) -> str:
    """Return the sign that parts the header's cells; a comma when there is but one cell."""
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _parquet(path: Path) -> Iterator[dict[str, str]]:
    try:
        frame = pd.read_parquet(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    except (ValueError, KeyError) as error:
        raise InputError("“{name}” is not a Parquet file.", name=path.name) from error
    frame.columns = pd.Index([_known(str(name)) for name in frame.columns])
    _check_header(path, list(frame.columns))
    if RECORD in frame.columns:
        frame = frame.drop(columns="geometry", errors="ignore")  # the record says it better
    for row in frame.astype("string").fillna("").itertuples(index=False, name=None):
        yield dict(zip(frame.columns, row, strict=True))


def _known(name: str) -> str:
    """Return one of our columns for its name in other case or with blanks, else the name itself.

    A column that says who may see an entry must not be lost to a capital letter.
    """
    folded = "_".join(name.strip().casefold().replace("_", " ").split())
    return folded if folded in COLUMNS else name


def _check_header(path: Path, header: list[str]) -> None:
    if not any(header):
        raise InputError("“{name}” is empty; there is nothing to import.", name=path.name)
    missing = [name for name in ("locality", "title") if name not in header]
    if missing:
        raise InputError(
            "“{name}” has no column “{column}”; name the column that holds it so, and try again."
            " Its columns are: {header}.",
            name=path.name,
            column=missing[0],
            header=", ".join(str(name) for name in header)[:300],
        )
    double = next((name for name in header if header.count(name) > 1), None)
    if double is not None:
        raise InputError(
            "“{name}” has two columns “{column}”; rename one and try again.",
            name=path.name,
            column=double,
        )


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        "“{name}” cannot be opened ({problem}); check the path and the rights.",
        name=str(path),
        problem=error.strerror or error,
    )
