"""Geocoding: from a locality in the report's words to candidates, a decision and its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from geopy.distance import great_circle

from geo.entry import Candidate, Decision, Match, Outcome, Provenance
from geo.gazetteer import Found, Gazetteer, Place, source_version
from geo.toponym import containers, normalise

Geocoder = Callable[[str], list[Candidate]]
"""`locality -> candidates`, best first; [] means that no such place is known."""

COUNTRIES_OF_INTEREST = ("KP",)
"""Where the reports are about; elsewhere a name is not accepted by itself."""

LICENCES = {
    "GeoNames": "GeoNames, CC BY 4.0",
    "Natural Earth": "Natural Earth, public domain",
    "Glimpse": "Glimpse contributors, MIT",
}
"""Credit line for each source of places."""

WORLD_CITY = 500_000
"""From this population a city abroad is known by its bare name ("Seoul")."""

ONLY_ONE = "The only place of this name in the country that the reports are about."
INSIDE = "The only place of this name in the country or province that the words give."
WELL_KNOWN = (
    "No place in the country of interest bears this name; abroad it clearly means this one."
)
SEVERAL = "Several places bear this name; a person must choose."
ABROAD = "Only found outside the country that the reports are about; a person must choose."
UNKNOWN = "No gazetteer knows this name."
NO_WORDS = "The report gives no place."
REASONS = (ONLY_ONE, INSIDE, WELL_KNOWN, SEVERAL, ABROAD, UNKNOWN, NO_WORDS)
"""Every reason that the rule can give, so that each has a translation."""


@dataclass(frozen=True)
class Answer:
    """What the rule made of a locality: all candidates, best first, and the decision."""

    locality: str
    candidates: tuple[Candidate, ...]
    decision: Decision

    @property
    def chosen(self) -> str | None:
        """The id of the accepted candidate, or None."""
        accepted = self.decision.outcome is Outcome.ACCEPTED
        return self.candidates[0].place_id if accepted else None


def offline(gazetteer: Gazetteer, at: dt.datetime | None = None) -> Geocoder:
    """Return a geocoder that asks the built-in gazetteer and never the network.

    A locality may name what it lies in: "Musan, North Hamgyong". Candidates outside of that
    are not given. `at` is the time written into the provenance, now by default.
    """
    when = at or dt.datetime.now(dt.UTC).replace(microsecond=0)

    @lru_cache(maxsize=50_000)
    def geocode(locality: str) -> tuple[Candidate, ...]:
        name, outer = containers(locality)
        whole = gazetteer.search(locality) if outer else []
        found = whole or _within(gazetteer, gazetteer.search(name), outer)
        return tuple(_candidates(found, locality, when))

    return lambda locality: list(geocode(locality.strip()))


def answer(geocoder: Geocoder, locality: str) -> Answer:
    """Return the candidates for a locality and the rule's decision on them.

    Raises what the geocoder raises when it could not ask; an unknown name is an answer.
    """
    candidates = geocoder(locality)
    outcome, reason = _decide(locality, candidates)
    at = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return Answer(locality, tuple(candidates), Decision(outcome=outcome, at=at, reason=reason))


def _decide(locality: str, candidates: list[Candidate]) -> tuple[Outcome, str]:
    """Accept the first candidate where nothing competes with it; otherwise ask a person."""
    if not candidates:
        return Outcome.NONE, UNKNOWN if locality.strip() else NO_WORDS
    home = [c for c in candidates if c.country in COUNTRIES_OF_INTEREST]
    if containers(locality)[1] and len(candidates) == 1:
        return Outcome.ACCEPTED, INSIDE
    if len(home) == 1:
        return Outcome.ACCEPTED, ONLY_ONE
    if home:
        return Outcome.REVIEW, SEVERAL
    if candidates[0].confidence >= _SURE:
        return Outcome.ACCEPTED, WELL_KNOWN
    return Outcome.REVIEW, SEVERAL if containers(locality)[1] else ABROAD


_SURE = 0.9
"""Confidence from which a place abroad is accepted without a person."""


def _within(gazetteer: Gazetteer, found: list[Found], outer: list[str]) -> list[Found]:
    """Keep the places that lie in every country or province that the words name."""
    for container in outer:
        codes = {
            f.place.admin1 or f.place.country
            for f in gazetteer.search(container)
            if f.place.feature in ("country", "province")
        }
        found = [f for f in found if f.place.admin1 in codes or f.place.country in codes]
    return found


def _candidates(found: list[Found], locality: str, when: dt.datetime) -> list[Candidate]:
    places = _distinct(sorted(found, key=_rank, reverse=True))
    return [_candidate(one, _share(one, places), locality, when) for one in places]


def _share(one: Found, places: list[Found]) -> float:
    """Return the place's part of the claims on the name; what it lies in is no rival.

    "Seoul" is a city and the municipality around it: they do not contradict each other.
    """
    rivals = [f for f in places if not _nested(one.place, f.place) and f is not one]
    return _weight(one) / (_weight(one) + sum(_weight(f) for f in rivals))


def _nested(one: Place, other: Place) -> bool:
    features = {one.feature, other.feature}
    if one.country != other.country or one.feature == other.feature:
        return False
    return "country" in features or ("province" in features and one.admin1 == other.admin1)


def _distinct(found: list[Found]) -> list[Found]:
    """Drop a place within reach of a better one of the same name: two records of one place.

    Countries and provinces are never dropped; they say something else than a town in them.
    """
    kept: list[Found] = []
    for one in found:
        if not any(_same(one.place, other.place) for other in kept):
            kept.append(one)
    return kept


def _same(one: Place, other: Place) -> bool:
    if one.id == other.id:
        return True
    if one.country != other.country or {one.feature, other.feature} & {"country", "province"}:
        return False
    reach = max(one.uncertainty_m, other.uncertainty_m)
    return bool(great_circle((one.lat, one.lon), (other.lat, other.lon)).meters <= reach)


def _rank(found: Found) -> tuple[float, str]:
    return _weight(found), found.place.id


def _weight(found: Found) -> float:
    """Return how strongly a place claims the name: interest first, population last."""
    place = found.place
    interest = 1_000.0 if place.country in COUNTRIES_OF_INTEREST else 1.0
    written = 3.0 if place.source == "Glimpse" else 1.0
    feature = {"country": 1_000.0, "province": 30.0}.get(place.feature, 1.0)
    known = 1.0 + place.population / WORLD_CITY * 20
    return interest * written * feature * known * (2.0 if found.first else 1.0)


_TELLING = 4
"""Latin letters from which another name of a place abroad tells it from a common word."""


def _candidate(found: Found, share: float, locality: str, when: dt.datetime) -> Candidate:
    place = found.place
    match = Match.EXACT if found.first else Match.ALIAS
    home = place.country in COUNTRIES_OF_INTEREST
    world = place.feature == "country" or place.population >= WORLD_CITY
    short = (
        not found.first and len(normalise(found.spelling)) < _TELLING and found.spelling.isascii()
    )
    ceiling = (0.97 if found.first else 0.95) if home or (world and not short) else 0.6
    if containers(locality)[1]:
        ceiling = 0.97
    return Candidate(
        place_id=place.id,
        name=place.name,
        native=place.native,
        lat=place.lat,
        lon=place.lon,
        uncertainty_m=place.uncertainty_m,
        feature=place.feature,
        country=place.country,
        admin1=place.admin1,
        confidence=round(share * ceiling, 3),
        provenance=Provenance(
            provider=place.source,
            version=source_version(place.source),
            query=normalise(containers(locality)[0]),
            matched_name=found.spelling,
            match=match,
            at=when,
            licence=LICENCES[place.source],
        ),
    )
