"""Tables on disk: flat rows out of a file and into one, by its suffix."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from geo.errors import InputError
from geo.formats.dialect import GLIMPSE
from geo.formats.reading import Wishes, reading
from geo.formats.row import COLUMNS, Draft, Rejected
from geo.sheet import LARGEST

_AT_ONCE = 10_000


def read(path: Path) -> Iterator[Draft | Rejected]:
    """Yield a draft or a rejection for each row of a file in our own flat form, in its order.

    Row numbers are those of a spreadsheet: the header is row 1. Raises `InputError` when the
    file as a whole cannot be read.
    """
    with reading(path, Wishes(dialect=GLIMPSE)) as file:
        yield from file.drafts()


def lines(path: Path) -> list[str]:
    """Return the lines of a text file in UTF-8, empty ones left out.

    Raises `InputError` when it cannot be read.
    """
    return [line for line in _text(path).splitlines() if line.strip()]


def write(path: Path, rows: Iterable[dict[str, str]]) -> int:
    """Write flat rows as `.csv` or `.parquet` by the suffix and return their number.

    Columns that we do not know must stand in the first row. Raises `InputError` for another
    suffix or when the file cannot be written.
    """
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise InputError("“{name}” must end in .csv or .parquet.", name=path.name)
    left = iter(rows)
    first = next(left, None)
    header = [*COLUMNS, *(name for name in first or {} if name not in COLUMNS)]
    given = chain([] if first is None else [first], left)
    try:
        if path.suffix.lower() == ".parquet":
            return _write_parquet(path, header, given)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
            writer.writeheader()
            return sum(1 for row in given if writer.writerow(row))
    except OSError as error:
        raise _unreadable(path, error) from error


def _write_parquet(path: Path, header: list[str], rows: Iterator[dict[str, str]]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.string()) for name in header])
    count = 0
    with pq.ParquetWriter(path, schema) as file:
        while batch := list(islice(rows, _AT_ONCE)):
            cells = {name: [row.get(name, "") for row in batch] for name in header}
            file.write_table(pa.table(cells, schema=schema))
            count += len(batch)
    return count


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError("“{name}” is larger than 2 GB; split it.", name=path.name)
        return path.read_text(encoding="utf-8-sig")  # every kind of line end becomes "\n"
    except UnicodeDecodeError as error:
        raise InputError(
            "“{name}” is not UTF-8 text; save it as “CSV UTF-8” and try again.", name=path.name
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        "“{name}” cannot be opened ({problem}); check the path and the rights.",
        name=str(path),
        problem=error.strerror or error,
    )
