"""Counting under a filter, against pandas on the same rows; and what is sent to the browser."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import pandas as pd

from benchmarks import briefings
from benchmarks.timing import line, quickest
from geo import formats, intake, points, synth
from geo.filters import Filters
from geo.folders import cache_folder
from geo.gazetteer import open_gazetteer
from geo.geocode import offline
from geo.index import Index
from geo.mercator import WORLD
from geo.store import Store, open_store
from geo.timeline import timeline

ENTRIES = 100_000


def run() -> list[str]:
    """Return milliseconds a filter, and kilobytes of all places as the map gets them."""
    with tempfile.TemporaryDirectory() as folder:
        store, index = _synthetic(Path(folder))
        return [*_measured(index), *briefings.measured(store, index)]


def _synthetic(folder: Path) -> tuple[Store, Index]:
    gazetteer = open_gazetteer(cache_folder())
    sheet = folder / "many.csv"
    formats.write(sheet, synth.synthetic(gazetteer, ENTRIES))
    store = open_store(f"sqlite:///{folder / 'many.sqlite'}")
    intake.take_file(store, offline(gazetteer), sheet)
    index = Index(store, folder)
    index.refresh()
    return store, index


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

    intervals = index.intervals(Filters())
    dates = pd.DataFrame(intervals)
    first, last = (pd.to_datetime(dates[name]) for name in ("earliest", "latest"))
    drawn = [(pd.Timestamp(bar.first), pd.Timestamp(bar.last)) for bar in timeline(intervals).bars]

    def bars_by_pandas() -> list[object]:
        """Count the entries that touch each bar, short of their shares of several."""
        touched = [(first <= end) & (last >= start) for start, end in drawn]
        return [dates[one].groupby("verification")["n"].sum() for one in touched]

    ours, theirs = quickest(lambda: index.stats(filters)), quickest(by_pandas)
    bars, plain = quickest(lambda: timeline(intervals)), quickest(bars_by_pandas)
    sent, dated = (
        len(points.encode(index.placed(), index.size, d).data) for d in (None, index.days())
    )
    return [
        line(
            f"count {ENTRIES:,} entries and their regions", ours * 1e3, "pandas", theirs * 1e3, "ms"
        ),
        line(
            f"count the dates of {ENTRIES:,} entries",
            bars * 1e3,
            "pandas, without shares",
            plain * 1e3,
            "ms",
        ),
        line("send all places and days", dated / 1e3, "without days", sent / 1e3, "kB"),
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
