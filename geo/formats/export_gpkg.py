"""GeoPackage: the entries as points with their radius, and the areas that should be drawn."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geo import circle
from geo.formats import export_wkb
from geo.formats.export_parquet import batches, centres, radius
from geo.formats.export_row import PLACE_COLUMNS, About, Item, placed, row
from geo.formats.row import COLUMNS

_ENTRIES = [name for name in (*COLUMNS, *PLACE_COLUMNS) if name not in ("lat", "lon")]
_AREAS = ["title", "certainty", "precision", "verification", "uncertainty_m"]


def write(path: Path, about: About, items: Iterable[Item]) -> None:
    """Write the layers `entries`, a feature an entry, and `areas`, the circles to draw for them.

    An entry without a place has no geometry and none in `areas`. Columns that we do not know
    are JSON in the column `extra`. What the file says of itself is its metadata and the
    description of its layers. Raises `OSError` when the file cannot be written.
    """
    empty: list[list[Item]] = [[]]
    said: About | None = about
    for batch in batches(items) if about.entries else empty:
        rows = [_row(item) for item in batch]
        drawn = [_area(item) for item in batch if placed(item.entry)]
        for name, features in (("entries", rows), ("areas", drawn)):
            _append(path, name, pa.Table.from_pylist(features, schema=_SCHEMAS[name]), said)
        said = None


def _append(path: Path, layer: str, features: pa.Table, begin: About | None) -> None:
    """Append to a layer, or begin it with what the file says of itself."""
    said = {name: str(value) for name, value in begin.plain().items()} if begin else None
    kind = {"entries": "MultiPoint", "areas": "MultiPolygon"}[layer]
    try:
        pyogrio.write_arrow(
            features, path, layer=layer, driver="GPKG", append=begin is None, crs="EPSG:4326",
            geometry_name="geometry", geometry_type=kind,
            dataset_metadata=said, layer_metadata=said,
            layer_options={"DESCRIPTION": _description(begin)} if begin else {},
        )  # fmt: skip
    except (DataSourceError, DataLayerError) as error:
        raise OSError(str(error)) from error


def _description(about: About) -> str:
    return "\n".join(f"{name}: {value}" for name, value in about.plain().items())


def _schema(*names: str) -> pa.Schema:
    fields = [(name, pa.float64() if name == "uncertainty_m" else pa.string()) for name in names]
    shape = pa.field("geometry", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    return pa.schema([*fields, shape])


_SCHEMAS = {
    "entries": _schema(*_ENTRIES, "extra"),
    "areas": _schema("entry_id", *_AREAS),
}


def _row(item: Item) -> dict[str, Any]:
    cells = row(item)
    return {name: cells[name] for name in _ENTRIES} | {
        "uncertainty_m": radius(item),
        "extra": json.dumps(item.entry.extra, ensure_ascii=False) if item.entry.extra else "",
        "geometry": centres(item),
    }


def _area(item: Item) -> dict[str, Any]:
    cells = row(item)
    places = [place for _, place in placed(item.entry)]
    drawn = [_polygons(one.lat, one.lon, one.uncertainty_m) for one in places]
    return {name: cells[name] for name in _AREAS} | {
        "entry_id": item.entry.id,
        "uncertainty_m": radius(item),
        "geometry": export_wkb.areas([part for parts in drawn for part in parts]),
    }


@lru_cache(maxsize=20_000)
def _polygons(lat: float, lon: float, radius_m: float) -> tuple[bytes, ...]:
    """Return a place's circle as WKB; many entries share a place."""
    return tuple(map(export_wkb.polygon, circle.rings(lat, lon, radius_m)))
