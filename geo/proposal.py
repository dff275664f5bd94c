"""What a person puts on the map: a point of their own, or a candidate as exact as they know it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geopy.distance import great_circle

from geo.coordinates import Read
from geo.entry import Candidate, Match, Precision, Provenance, precision
from geo.errors import InputError
from geo.gazetteer import Gazetteer

PERSON = "person"
"""The provider of a point that a person gave."""

_TOO_FINE = (
    "The radius cannot be below {km} km: what was typed or clicked says nothing finer. Make it"
    " larger, or type the place more exactly."
)


def point(
    said: Read, name: str, region: str, *, level: Precision, radius_m: float, at: dt.datetime
) -> Candidate:
    """Return a person's point as a candidate, within `radius_m` metres of what was said.

    `region` is an ISO 3166 code or "" where nobody knows it. The confidence is 1: the person
    says that it is this place, and there is no rule whose doubt would count. Raises
    `InputError` for a radius below what was said.
    """
    if radius_m < said.radius_m:
        raise InputError(_TOO_FINE, km=f"{said.radius_m / 1000:.3g}")
    return Candidate(
        place_id=f"{PERSON}:{said.lat:.6f},{said.lon:.6f},{region}{_set_by_hand(level, radius_m)}",
        name=name,
        lat=said.lat,
        lon=said.lon,
        uncertainty_m=radius_m,
        feature=level.value,
        country=region.partition("-")[0],
        admin1=region if "-" in region else "",
        confidence=1.0,
        provenance=Provenance(
            provider=PERSON,
            version="",
            query=said.text,
            matched_name=name,
            match=Match.MANUAL,
            at=at,
            licence="",
        ),
    )


def adjusted(candidate: Candidate, level: Precision, radius_m: float) -> Candidate:
    """Return the candidate with the precision and the radius in metres that a person set.

    Its point still comes from where its provenance says. Its id becomes another, because two
    entries at one place may now be known differently well.
    """
    if (level, radius_m) == (candidate.precision, candidate.uncertainty_m):
        return candidate
    base = candidate.place_id.partition(_MARK)[0]
    return candidate.model_copy(
        update={
            "place_id": base + _set_by_hand(level, radius_m),
            "feature": level.value,
            "uncertainty_m": radius_m,
        }
    )


_MARK = "~"


def _set_by_hand(level: Precision, radius_m: float) -> str:
    return f"{_MARK}{level.value}-{radius_m:.0f}m"


def level_for(radius_m: float) -> Precision:
    """Return the finest precision that a radius in metres allows."""
    return precision("", radius_m)


def likely_region(gazetteer: Gazetteer, said: Read, candidates: Sequence[Candidate]) -> str:
    """Return the ISO 3166 code of the region that a point lies in, "" where that is not sure.

    It is the region of every town and site that holds the point or lies as near as the point
    is exact. Where none is known there, it is that of the nearest candidate that holds the
    point. A wrong region would put an entry into a wrong filter, so a doubt is left to the
    person.
    """
    reached = {
        near.place.admin1 or near.place.country
        for near in gazetteer.around(said.lat, said.lon)
        if near.metres <= max(near.place.uncertainty_m, said.radius_m)
    }
    if reached:
        return reached.pop() if len(reached) == 1 else ""
    apart = [(great_circle((c.lat, c.lon), (said.lat, said.lon)).meters, c) for c in candidates]
    metres, nearest = min(apart, key=lambda pair: pair[0], default=(0.0, None))
    return nearest.region if nearest and metres <= nearest.uncertainty_m else ""


def regions_near(
    gazetteer: Gazetteer, said: Read, candidates: Sequence[Candidate], interest: Sequence[str]
) -> list[str]:
    """Return the codes of the regions that a person may mean, the likeliest first."""
    near = [one.place for one in gazetteer.around(said.lat, said.lon)]
    codes = [
        likely_region(gazetteer, said, candidates),
        *(one.region for one in candidates),
        *(place.admin1 or place.country for place in near),
        *(place.admin1 for code in interest for place in gazetteer.regions(code)),
        *interest,
        *(place.country for place in near),
    ]
    return [code for code in dict.fromkeys(codes) if code]
