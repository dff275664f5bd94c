"""Counting under a filter, against pandas on the same rows; and what is sent to the browser."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import pandas as pd

from benchmarks.timing import line, quickest
from geo import formats, intake, points, synth
from geo.filters import Filters
from geo.folders import cache_folder
from geo.gazetteer import open_gazetteer
from geo.geocode import offline
from geo.index import Index
from geo.mercator import WORLD
from geo.store import open_store

ENTRIES = 100_000


def run() -> list[str]:
    """Return milliseconds a filter, and kilobytes of all places as the map gets them."""
    with tempfile.TemporaryDirectory() as folder:
        return _measured(_synthetic(Path(folder)))


def _synthetic(folder: Path) -> Index:
    gazetteer = open_gazetteer(cache_folder())
    sheet = folder / "many.csv"
    formats.write(sheet, synth.synthetic(gazetteer, ENTRIES))
    store = open_store(f"sqlite:///{folder / 'many.sqlite'}")
    intake.take_file(store, offline(gazetteer), sheet)
    index = Index(store, folder)
    index.refresh()
    return index


def _measured(index: Index) -> list[str]:
    rows = pd.DataFrame(index.placed())
    filters = Filters(certainty=("certain", "possible"))

    def by_pandas() -> tuple[object, ...]:
        """Count the same, short of reports and dates: entries once, then by region."""
        passing = rows[rows["certainty"].isin(filters.certainty)]
        certain = passing["certainty"].eq("certain")
        entries = certain.groupby(passing["entry_no"]).any()
        inferred = passing["inferred"][certain].groupby(passing["entry_no"][certain]).all()
        judged = passing.drop_duplicates("entry_no")["verification"].value_counts()
        regions = certain.groupby([passing["admin1"], passing["entry_no"]]).any()
        return entries.sum(), inferred.sum(), judged, regions.groupby(level=0).agg(["sum", "size"])

    ours, theirs = quickest(lambda: index.stats(filters)), quickest(by_pandas)
    sent = len(points.encode(index.placed(), index.size).data)
    return [
        line(
            f"count {ENTRIES:,} entries and their regions", ours * 1e3, "pandas", theirs * 1e3, "ms"
        ),
        line("send all places to the map", sent / 1e3, "GeoJSON, gzipped", _geojson(rows), "kB"),
    ]


def _geojson(rows: pd.DataFrame) -> float:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [x / WORLD, y / WORLD]},
            "properties": {"entry": entry, "name": name, "certainty": sure, "precision": precise},
        }
        for x, y, entry, name, sure, precise in zip(
            rows["x"], rows["y"], rows["entry_no"], rows["name"], rows["certainty"],
            rows["precision"], strict=True,
        )
    ]  # fmt: skip
    return len(gzip.compress(json.dumps(features, default=int).encode())) / 1e3
