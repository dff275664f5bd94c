"""The rows that the index keeps of an entry: one for each place, with what filters ask for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from geo.dates import interval
from geo.entry import Basis, Entry, Location, Outcome, Relation
from geo.hierarchy import admin1_at
from geo.mercator import mercator
from geo.toponym import normalise

SCHEMA = pa.schema(
    [
        ("entry_no", pa.int32()), ("entry_id", pa.string()), ("seq", pa.int64()),
        ("place_id", pa.string()), ("name", pa.string()), ("native", pa.string()),
        ("x", pa.int32()), ("y", pa.int32()), ("uncertainty_m", pa.float32()),
        ("precision", pa.string()), ("country", pa.string()), ("admin1", pa.string()),
        ("certainty", pa.string()), ("inferred", pa.bool_()), ("unplaced", pa.string()),
        ("category", pa.string()), ("verification", pa.string()),
        ("reports", pa.list_(pa.string())), ("earliest", pa.date32()), ("latest", pa.date32()),
        ("words", pa.string()), ("visibility", pa.string()),
        ("to_review", pa.int32()),
    ]
)  # fmt: skip


def rows(number: int, seq: int, entry: Entry) -> list[tuple[Any, ...]]:
    """Return the entry's rows: one for each place, or one that says why there is none."""
    reports = [cited.report for cited in entry.reports]
    earliest, latest = interval(entry.recorded)
    localities = " ".join(location.locality for location in entry.filmed)
    said = (entry.title, entry.description, localities, *entry.tags)
    words = " ".join(normalise(text) for text in said)
    judged = entry.verification.level.value
    waiting = sum(location.unplaced == Outcome.REVIEW.value for location in entry.filmed)
    seen = entry.visibility.value
    tail = (entry.category, judged, reports, earliest, latest, words, seen, waiting)
    head = (number, entry.id, seq)
    placed = [
        (*head, *_where(location, earliest, latest), *tail)
        for location in entry.filmed
        if location.place
    ]
    if placed:
        return placed
    why = min(location.unplaced for location in entry.filmed)
    return [(*head, "", "", "", None, None, None, "", "", "", "unplaced", False, why, *tail)]


def _where(location: Location, earliest: dt.date | None, latest: dt.date | None) -> tuple[Any, ...]:
    place = location.place
    assert place is not None  # noqa: S101 - the caller has asked
    x, y = mercator(place.lat, place.lon)
    possible = location.relation is Relation.ONE_OF
    inferred = location.basis is Basis.INFERRED
    return (
        place.place_id, place.name, place.native, x, y, place.uncertainty_m,
        place.precision.value, place.country, admin1_at(place.admin1, earliest, latest),
        "possible" if possible else "certain", inferred and not possible, "",
    )  # fmt: skip
