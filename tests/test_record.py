"""Reading back what an export wrote: the same entries, a person's edits, and hostile records."""

import csv
import json

import pytest
from conftest import NOON, candidate, entry, located
from entries import corpora
from hypothesis import HealthCheck, given, settings

from geo.entry import Report
from geo.formats import Rejected, read
from geo.formats import export_csv, export_geojson, export_parquet, export_xlsx
from geo.formats.export_row import About, Item
from geo.formats.record import Recorded, recorded

WRITERS = {
    ".csv": export_csv.write,
    ".xlsx": export_xlsx.write,
    ".geojson": export_geojson.write,
    ".parquet": export_parquet.write,
}


def about(items):
    names = dict.fromkeys(name for item in items for name in item.entry.extra)
    return About("all", "", len(items), ("GeoNames, CC BY 4.0",), tuple(names))


def written(path, items):
    WRITERS[path.suffix](path, about(items), items)
    return path.read_bytes()


@pytest.mark.parametrize("suffix", WRITERS)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(items=corpora())
def test_what_is_read_back_is_what_was_written_and_is_written_alike(suffix, tmp_path, items):
    path = tmp_path / f"first{suffix}"
    first = written(path, items)
    back = list(read(path))
    assert [one for one in back if isinstance(one, Rejected)] == []
    assert [Item(entry=one.entry, reports=one.reports) for one in back] == items
    assert [one.edited for one in back] == [()] * len(items)
    assert written(tmp_path / f"second{suffix}", items) == first
