"""Parquet: its columns as text, a few thousand rows at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from geo.errors import InputError
from geo.sheet import shape

_AT_ONCE = 1_000


Rows = Iterator[tuple[int, dict[str, str]]]


def page_of(path: Path) -> tuple[tuple[str, ...], Callable[[], Rows]]:
    """Return the columns, and a function that yields number and cells of each row.

    The first row is row 2, as in a spreadsheet. A column `geometry` in Well-Known Binary
    becomes the cells of `geo.sheet.shape`. Raises `InputError` when it is no Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, ValueError, KeyError) as error:
        raise InputError("“{name}” is not a Parquet file.", name=path.name) from error
    names = [str(name) for name in schema.names]
    binary = {field.name for field in schema if pa.types.is_binary(field.type)}
    if "geometry" in binary:
        names = [*(n for n in names if n != "geometry"), shape.LAT, shape.LON, shape.RADIUS]
    return tuple(names), partial(_rows, path)


def _rows(path: Path) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 1
    try:
        for batch in pq.ParquetFile(path).iter_batches(_AT_ONCE):
            for values in batch.to_pylist():
                number += 1
                cells = _cells(values)
                if any(map(str.strip, cells.values())):
                    yield number, cells
    except (pa.ArrowException, ValueError, KeyError, OSError) as error:
        raise InputError("“{name}” is not a Parquet file.", name=path.name) from error


def _cells(values: dict[str, Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, bytes):
            cells |= shape.of_wkb(value) if name == "geometry" else {name: value.hex()}
        else:
            cells[str(name)] = _text(value)
    return cells


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    if value is None or value != value:  # noqa: PLR0124 - NaN, which pandas writes for a gap
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
