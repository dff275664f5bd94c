"""Places as loosely as the words mean them: near a place, a part of it, or on the way to it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from geopy.distance import great_circle

from geo.entry import Candidate
from geo.geocode.rule import AFTER
from geo.locality import Words
from geo.mercator import DEGREE_M

_NEAR_M = 15_000
"""What "near" and "outside" add to a radius: a figure of ours, about a day's walk."""


def placed(one: Candidate, words: Words) -> Candidate:
    """Return the candidate near the place or in the part of it that the words say.

    Its id is one of its own, as it is another area than the place itself.
    """
    if words.part:
        return _part(one, words.part)
    if words.after:
        one = _named_after(one)
    return one.model_copy(update={
        "place_id": f"{one.place_id}:near", "name": f"near {one.name}",
        "native": _native(one, "부근"), "uncertainty_m": one.uncertainty_m + _NEAR_M,
    })  # fmt: skip


def _named_after(one: Candidate) -> Candidate:
    """Return what a site is named after as a guess for where it is, for a person to choose."""
    asked = one.provenance.model_copy(update={"query": AFTER + one.provenance.query})
    return one.model_copy(update={"confidence": one.confidence * _AFTER, "provenance": asked})


_AFTER = 0.5
"""How often a site lies by the place whose name it bears: a cautious figure of ours."""


def _native(one: Candidate, word: str) -> str:
    return f"{one.native} {word}" if one.native else ""


def _part(one: Candidate, part: str) -> Candidate:
    """Return the part of an area in a direction such as "northeast"."""
    north = ("north" in part) - ("south" in part)
    east = ("east" in part) - ("west" in part)
    step = one.uncertainty_m / 2 / math.hypot(north, east) / DEGREE_M
    lat = one.lat + north * step
    return one.model_copy(update={
        "place_id": f"{one.place_id}:{part}", "lat": round(lat, 4),
        "lon": round(one.lon + east * step / math.cos(math.radians(lat)), 4),
        "name": f"{part}ern {one.name}", "native": _native(one, _PARTS[part]),
        "feature": "province",
        "uncertainty_m": round(one.uncertainty_m * 0.6, -2),
    })  # fmt: skip


_PARTS = {
    "north": "북부", "south": "남부", "east": "동부", "west": "서부", "northeast": "북동부",
    "northwest": "북서부", "southeast": "남동부", "southwest": "남서부",
}  # fmt: skip


def reaching(candidates: Sequence[Candidate], other: Candidate) -> list[Candidate]:
    """Return one end of a way as wide as half of it, so that both ends together hold it all."""
    return [_reaching(one, other) for one in candidates]


def _reaching(one: Candidate, other: Candidate) -> Candidate:
    half = great_circle((one.lat, one.lon), (other.lat, other.lon)).meters / 2
    if half <= one.uncertainty_m:
        return one
    return one.model_copy(update={
        "place_id": f"{one.place_id}:to:{other.place_id}", "feature": "area",
        "name": f"{one.name} → {other.name}",
        "native": f"{one.native} → {other.native}" if one.native and other.native else "",
        "uncertainty_m": round(half + 100, -2),
    })  # fmt: skip
