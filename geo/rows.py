"""The rows that the index keeps of an entry: one for each place, with what filters ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from geo.dates import interval
from geo.entry import Basis, Entry, Location, Outcome, Relation
from geo.hierarchy import admin1_at
from geo.mercator import mercator
from geo.words import searchable

SCHEMA = pa.schema(
    [
        ("entry_no", pa.int32()), ("entry_id", pa.string()), ("seq", pa.int64()),
        ("place_id", pa.string()), ("name", pa.string()), ("native", pa.string()),
        ("x", pa.int32()), ("y", pa.int32()), ("lat", pa.float64()), ("lon", pa.float64()),
        ("uncertainty_m", pa.float32()), ("precision", pa.string()), ("country", pa.string()),
        ("admin1", pa.string()), ("county", pa.string()), ("certainty", pa.string()),
        ("inferred", pa.bool_()), ("relation", pa.string()), ("unplaced", pa.string()),
        ("title", pa.string()), ("category", pa.string()), ("tags", pa.list_(pa.string())),
        ("verification", pa.string()), ("reports", pa.list_(pa.string())),
        ("evidence", pa.list_(pa.string())), ("besides", pa.list_(pa.string())),
        ("recorded", pa.string()), ("earliest", pa.date32()), ("latest", pa.date32()),
        ("words", pa.string()), ("visibility", pa.string()), ("to_review", pa.int32()),
        ("complete", pa.bool_()),
    ]
)  # fmt: skip


def rows(number: int, seq: int, entry: Entry, county: County) -> list[tuple[Any, ...]]:
    """Return the entry's rows: one for each place, or one that says why there is none."""
    span = interval(entry.recorded)
    head = (number, entry.id, seq)
    tail = _of_entry(entry, span)
    placed = [
        (*head, *_where(location, span, county), *tail)
        for location in entry.filmed
        if location.place
    ]
    if placed:
        return placed
    why = min(location.unplaced for location in entry.filmed)
    relation = entry.filmed[0].relation.value
    nowhere = (None, None, None, None, None, "", "", "", "", "unplaced", False, relation, why)
    return [(*head, "", "", "", *nowhere, *tail)]


County = Callable[[str], str]
"""Gives the id of the second-level unit that a place lies in or is, "" where none is known."""

_Span = tuple[dt.date | None, dt.date | None]


def _of_entry(entry: Entry, span: _Span) -> tuple[Any, ...]:
    """Return what is the same in each row of an entry."""
    localities = [location.locality for location in entry.filmed]
    words = searchable((entry.title, entry.description, *localities, *entry.tags))
    waiting = sum(location.unplaced == Outcome.REVIEW.value for location in entry.filmed)
    besides = {one.relation.value for one in entry.locations if not one.relation.filmed}
    return (
        entry.title, entry.category, list(entry.tags), entry.verification.level.value,
        [cited.report for cited in entry.reports],
        sorted({one.kind for one in entry.evidence}) or ["none"], sorted(besides),
        entry.recorded, *span, words, entry.visibility.value, waiting,
        _complete(entry),
    )  # fmt: skip


def _complete(entry: Entry) -> bool:
    """Whether the places where the entry may have been filmed are all named and all known."""
    possible = [location for location in entry.filmed if location.relation is Relation.ONE_OF]
    return all(location.complete and location.place is not None for location in possible)


def _where(location: Location, span: _Span, county: County) -> tuple[Any, ...]:
    place = location.place
    assert place is not None  # noqa: S101 - the caller has asked
    x, y = mercator(place.lat, place.lon)
    possible = location.relation is Relation.ONE_OF
    inferred = location.basis is Basis.INFERRED
    return (
        place.place_id, place.name, place.native, x, y, place.lat, place.lon,
        place.uncertainty_m, place.precision.value, place.country,
        admin1_at(place.admin1, *span), county(place.place_id),
        "possible" if possible else "certain", inferred and not possible,
        location.relation.value, "",
    )  # fmt: skip
