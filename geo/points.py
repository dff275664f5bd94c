"""What the browser's engine gets of the index: positions once, then a bitset for each filter."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.entry import Basis, Candidate, Entry, Level, Outcome, Precision, Relation
from geo.mercator import mercator, reach

_LEVELS = {level.value: number for number, level in enumerate(Level)}
_PRECISIONS = {precision.value: number for number, precision in enumerate(Precision)}
_AREAS = ("province", "country")
"""Levels of which the base map has the outline; what is known finer is a circle of its radius."""
_RADIUS_STEPS = 12
"""Steps of the radius to a doubling: a byte holds 1 m to 2,500 km within 3 %."""


Days = tuple[NDArray[np.int32], NDArray[np.int32]]
"""First and last day that each entry may be of, as days since 1970. Open ends are the least and
the greatest 32-bit number; an entry without a date has a last day before its first."""


@dataclass(frozen=True)
class Points:
    """Every place and row of the index in the engine's binary form, gzipped, and its mark."""

    data: bytes
    mark: str


def encode(rows: dict[str, NDArray[Any]], entries: int, days: Days | None = None) -> Points:
    """Return the points of `Index.placed()`: places sorted along a curve, rows by their place.

    Layout: length of the header, header (JSON, padded to 4 bytes), then little-endian arrays,
    each padded to 4 bytes: x, y (delta), radius, precision, row's place (delta), row's entry
    (delta), row's kind (0 stated, 1 inferred, 2 possible), entry's verification. With `days` the
    header is `dated` and each entry's first and last day follow, for playback in the browser.
    """
    ids, first, place = np.unique(rows["place_id"], return_index=True, return_inverse=True)
    order = np.argsort(curve(rows["x"][first], rows["y"][first]), kind="stable")
    rank = np.empty(len(ids), dtype=np.int32)
    rank[order] = np.arange(len(ids), dtype=np.int32)
    first = first[order]
    rank_of = rank[place]
    sequence = np.lexsort((rows["entry_no"], rank_of))
    verification = np.zeros(entries, dtype=np.uint8)
    verification[rows["entry_no"]] = _coded(rows["verification"], _LEVELS)
    kind = np.where(rows["certainty"] == "possible", 2, rows["inferred"].astype(np.uint8))
    radius = np.maximum(rows["uncertainty_m"][first], 1)
    body = [
        _delta(rows["x"][first]),
        _delta(rows["y"][first]),
        np.round(_RADIUS_STEPS * np.log2(radius)).clip(0, 255).astype(np.uint8),
        _coded(rows["precision"][first], _PRECISIONS),
        _delta(rank_of[sequence]),
        _delta(rows["entry_no"][sequence]),
        kind[sequence].astype(np.uint8),
        verification,
        *(day.astype("<i4") for day in days or ()),
    ]
    header = _header(rows, first, entries, dated=days is not None)
    data = gzip.compress(header + b"".join(map(_padded, body)), 6, mtime=0)
    return Points(data, hashlib.sha256(data).hexdigest()[:16])


def of_candidates(candidates: Sequence[Candidate]) -> dict[str, NDArray[Any]]:
    """Return the columns that `encode` takes, each candidate an entry that is possibly there."""
    where = [mercator(one.lat, one.lon) for one in candidates]
    columns: dict[str, list[Any]] = {
        "entry_no": list(range(len(candidates))),
        "place_id": [f"{number:04}" for number in range(len(candidates))],
        "name": [one.name for one in candidates],
        "native": [one.native for one in candidates],
        "x": [x for x, _ in where],
        "y": [y for _, y in where],
        "uncertainty_m": [one.uncertainty_m for one in candidates],
        "precision": [one.precision.value for one in candidates],
        "country": [one.country for one in candidates],
        "admin1": [one.admin1 for one in candidates],
        "certainty": ["possible"] * len(candidates),
        "inferred": [False] * len(candidates),
        "verification": [Level.NOT_ASSESSED.value] * len(candidates),
    }
    return {name: np.array(values) for name, values in columns.items()}


def of_entry(entry: Entry) -> dict[str, NDArray[Any]]:
    """Return the columns that `encode` takes of one entry, its number 0.

    These are the chosen places, and the candidates of what nobody has decided yet, each of
    which is only possible. Places where nothing was filmed are not among them.
    """
    shown: list[tuple[Candidate, bool, bool]] = []
    for one in entry.filmed:
        if one.place:
            sure = one.relation is not Relation.ONE_OF
            shown.append((one.place, sure, sure and one.basis is Basis.INFERRED))
        elif one.unplaced == Outcome.REVIEW.value:
            shown += [(candidate, False, False) for candidate in one.candidates]
    return of_candidates([place for place, _, _ in shown]) | {
        "entry_no": np.zeros(len(shown), dtype=np.int32),
        "certainty": np.where([sure for _, sure, _ in shown], "certain", "possible"),
        "inferred": np.array([inferred for *_, inferred in shown], dtype=np.bool_),
        "verification": np.full(len(shown), entry.verification.level.value),
    }


def arrow(claimed: Candidate, verified: Candidate, text: str) -> dict[str, Any]:
    """Return an arrow as the engine draws it: both ends, the first one's radius, all in units."""
    start, end = mercator(claimed.lat, claimed.lon), mercator(verified.lat, verified.lon)
    return {"from": [*start, reach(start[1], claimed.uncertainty_m)], "to": end, "text": text}


def bitset(passing: NDArray[np.bool_]) -> str:
    """Return one bit an entry, most significant first, gzipped and in base64."""
    packed = gzip.compress(np.packbits(passing).tobytes(), 6, mtime=0)
    return base64.b64encode(packed).decode()


def message(value: dict[str, Any]) -> str:
    """Return a JSON value gzipped and in base64: the only door to the engine.

    Base64 holds no brace, quote or backslash, so whatever the text says, nothing on its way
    (folium's templates among it) can take it for code.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 6, mtime=0)).decode()


def _header(
    rows: dict[str, NDArray[Any]], first: NDArray[Any], entries: int, *, dated: bool
) -> bytes:
    areas = {
        str(number): str(rows["admin1"][row] or rows["country"][row])
        for number, row in enumerate(first)
        if rows["precision"][row] in _AREAS
    }
    header = {
        "v": 2,
        "dated": dated,
        "places": len(first),
        "rows": len(rows["x"]),
        "entries": entries,
        "names": rows["name"][first].tolist(),
        "natives": rows["native"][first].tolist(),
        "areas": areas,
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    return struct.pack("<I", len(text)) + text


def curve(x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.int64]:
    """Return positions along the Z-order curve, so that neighbours lie together.

    Of two places with as many entries, the map puts the one that comes first here first.
    """
    return _spread(x) | (_spread(y) << 1)


def _spread(values: NDArray[Any]) -> NDArray[np.int64]:
    bits = values.astype(np.int64)
    for shift, mask in _SPREADING:
        bits = (bits | (bits << shift)) & mask
    return bits


_SPREADING = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
"""Shifts and masks that put a zero behind every bit (Morton order)."""


def _coded(values: NDArray[Any], codes: dict[str, int]) -> NDArray[np.uint8]:
    found, place = np.unique(values.astype(str), return_inverse=True)
    return np.array([codes[value] for value in found], dtype=np.uint8)[place]


def _delta(values: NDArray[Any]) -> NDArray[np.int32]:
    return np.diff(values, prepend=0).astype("<i4")


def _padded(values: NDArray[Any]) -> bytes:
    data = values.tobytes()
    return data + b"\0" * (-len(data) % 4)
