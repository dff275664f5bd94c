"""GeoParquet 1.1: the columns of the CSV, and the places as geometry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.formats import export_wkb
from geo.formats.export_row import About, Item, cells, header, placed

AT_ONCE = 2_000
"""Entries of a row group."""


def write(path: Path, about: About, items: Iterable[Item]) -> None:
    """Write a row an entry, its places a MultiPoint in the order of the localities, or null.

    `uncertainty_m` is a number, the largest radius of the entry's places in metres. What the
    file says of itself stands in the schema's metadata. Raises `OSError` when the file cannot
    be written.
    """
    schema = _schema(about)
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for batch in batches(items):
            table = [_row(item, about) for item in batch]
            file.write_table(pa.Table.from_pylist(table, schema=schema))


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the entries in lists that fit into memory."""
    left = iter(items)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def radius(item: Item) -> float | None:
    """Return the largest radius of the entry's places in metres, None without a place."""
    return max((place.uncertainty_m for _, place in placed(item.entry)), default=None)


def centres(item: Item) -> bytes | None:
    """Return the entry's places as WKB, None without a place."""
    return export_wkb.points([(place.lat, place.lon) for _, place in placed(item.entry)])


def _schema(about: About) -> pa.Schema:
    names = [name for name in header(about) if name not in ("lat", "lon")]
    fields = [(name, pa.float64() if name == "uncertainty_m" else pa.string()) for name in names]
    geometry = {"version": "1.1.0", "primary_column": "geometry", "columns": {
        "geometry": {"encoding": "WKB", "geometry_types": ["MultiPoint"]},
    }}  # fmt: skip
    said = {f"glimpse:{name}": str(value) for name, value in about.plain().items()}
    return pa.schema([*fields, ("geometry", pa.binary())], {"geo": json.dumps(geometry)} | said)


def _row(item: Item, about: About) -> dict[str, Any]:
    return cells(item, about) | {
        "uncertainty_m": radius(item),
        "geometry": centres(item),
        "record": item.model_dump_json(),
    }
