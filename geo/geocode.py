"""Geocoding: from a locality in the report's words to candidates, a decision and its reason."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from geopy.distance import great_circle

from geo.entry import Candidate, Decision, Match, Outcome, Provenance
from geo.gazetteer import Found, Gazetteer, Place, source_version
from geo.locality import Words, readings
from geo.mercator import DEGREE_M
from geo.toponym import is_hangul, normalise, stripped

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
AROUND = "The name itself is unknown; this is what the words say it lies in."
INSIDE = "The only place of this name in the country or province that the words give."
WELL_KNOWN = (
    "No place in the country of interest bears this name; abroad it clearly means this one."
)
MISSPELT = "Nobody bears this name; the candidates are a guess from similar ones."
BOTH_KOREAS = "A well-known place in South Korea bears this name too; a person must choose."
SEVERAL = "Several places bear this name; a person must choose."
ABROAD = "Only found outside the country that the reports are about; a person must choose."
UNKNOWN = "No gazetteer knows this name."
NO_WORDS = "The report gives no place."
PROPOSED = "An online service proposes places; a person must choose."
REASONS = (
    ONLY_ONE,
    AROUND,
    INSIDE,
    WELL_KNOWN,
    MISSPELT,
    BOTH_KOREAS,
    SEVERAL,
    ABROAD,
    UNKNOWN,
    NO_WORDS,
    PROPOSED,
)
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


def offline(
    gazetteer: Gazetteer,
    at: dt.datetime | None = None,
    interest: tuple[str, ...] = COUNTRIES_OF_INTEREST,
    report: str = "",
) -> Geocoder:
    """Return a geocoder that asks the built-in gazetteer and never the network.

    The words are taken apart (`geo.locality`) until a reading finds a place: the whole text,
    then the name in what it lies in, then the name alone. If none does, similar names of the
    countries of `interest` are guessed. Countries and provinces that the text of the `report`
    names speak for the places in them. `at` is the time written into the provenance.
    """
    when = at or dt.datetime.now(dt.UTC).replace(microsecond=0)
    search = lru_cache(maxsize=20_000)(gazetteer.search)
    asked = _Asked(gazetteer, search, interest, when, context(gazetteer, report))

    @lru_cache(maxsize=50_000)
    def geocode(locality: str) -> tuple[Candidate, ...]:
        words = readings(locality)
        tries = (asked.candidates(one) for one in words)
        found = next(filter(None, tries), None) or asked.around(words) or asked.guesses(words[0])
        return tuple(found)

    return lambda locality: list(geocode(locality.strip()))


def answer(
    geocoder: Geocoder, locality: str, interest: tuple[str, ...] = COUNTRIES_OF_INTEREST
) -> Answer:
    """Return the candidates for a locality and the rule's decision on them.

    Raises what the geocoder raises when it could not ask; an unknown name is an answer.
    """
    candidates = geocoder(locality)
    outcome, reason = _decide(locality, candidates, interest)
    at = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return Answer(locality, tuple(candidates), Decision(outcome=outcome, at=at, reason=reason))


def context(gazetteer: Gazetteer, text: str) -> frozenset[str]:
    """Return the codes of the provinces that a text names, or in which a place lies it names.

    Only names with a capital letter or in Hangul count, and only those that one province has.
    """
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    runs = {" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)}
    found: set[str] = set()
    for run in runs:
        if run[0].isupper() or is_hangul(run):
            places = [f.place for f in gazetteer.search(run) if f.place.country in _KOREAS]
            codes = {place.admin1 for place in places}
            found |= codes if len(codes) == 1 else set()
    return frozenset(found - {""})


_KOREAS = ("KP", "KR")

SURE = 0.9
"""Confidence from which the rule accepts without a person."""


def _decide(
    locality: str, candidates: list[Candidate], interest: tuple[str, ...]
) -> tuple[Outcome, str]:
    """Accept the first candidate where nothing competes with it; otherwise ask a person."""
    if not candidates:
        return Outcome.NONE, UNKNOWN if locality.strip() else NO_WORDS
    first = candidates[0]
    home = first.country in interest
    if first.provenance.match is Match.FUZZY:
        return Outcome.REVIEW, MISSPELT
    if home and any(_also_southern(locality, c) for c in candidates[1:]):
        return Outcome.REVIEW, BOTH_KOREAS
    if first.confidence >= SURE:
        return Outcome.ACCEPTED, _why(first.provenance.query, home=home)
    return Outcome.REVIEW, SEVERAL if home else ABROAD


def _why(query: str, *, home: bool) -> str:
    """Return why a place was accepted, by what was looked up for it."""
    if query.startswith(_AROUND):
        return AROUND
    if _INSIDE in query:
        return INSIDE
    return ONLY_ONE if home else WELL_KNOWN


def _also_southern(locality: str, candidate: Candidate) -> bool:
    """Whether the words name a well-known place of South Korea just as well."""
    if candidate.country != "KR" or candidate.uncertainty_m < _SOUTHERN_M:
        return False
    return candidate.provenance.match is Match.EXACT or is_hangul(locality)


_SOUTHERN_M = 3_500
"""Radius of a town of 100,000 people, from which it is well known."""

_INSIDE = " in "
"""Stands in the query between a name and what it lies in; a key holds no blank."""

_AROUND = "?" + _INSIDE
"""Begins the query where the name itself is unknown."""


@dataclass(frozen=True)
class _Asked:
    """The gazetteer with what a question needs."""

    gazetteer: Gazetteer
    search: Callable[[str], list[Found]]
    """The gazetteer's search, remembering what many localities lie in."""
    interest: tuple[str, ...]
    when: dt.datetime
    context: frozenset[str]

    def candidates(self, words: Words) -> list[Candidate]:
        """Return the candidates of one reading, best first; [] when it names no place."""
        found, kind = self._named(words.name)
        for outer in words.within:
            found = self._inside(found, outer)
        if words.part:
            found = [f for f in found if f.place.feature in ("country", "province")]
        ranked = sorted(found, key=lambda f: (self._weight(f, kind), f.place.id), reverse=True)
        places = _distinct(ranked)
        made = [self._candidate(f, self._share(f, places, kind), words, kind) for f in places]
        if words.other and made:
            made = _between(made[0], self.candidates(Words(words.other)))
        return [_placed(one, words) for one in made]

    def around(self, words: list[Words]) -> list[Candidate]:
        """Return what an unknown name lies in: "a market in Hyesan" is somewhere in Hyesan."""
        for one in words:
            for outer in one.within:
                found = self.candidates(Words(outer))
                if found and found[0].country in self.interest:
                    return [_only_around(one) for one in found]
        return []

    def guesses(self, words: Words) -> list[Candidate]:
        """Return places of similar names in the countries of interest, each marked as a guess."""
        name = stripped(words.name)[0] or words.name
        found = [f for code in self.interest for f in self.gazetteer.similar(name, code)]
        places = _distinct([f._replace(match=Match.FUZZY.value) for f in found])
        return [self._candidate(f, 1 / len(places), words, "") for f in places]

    def _named(self, name: str) -> tuple[list[Found], str]:
        """Return who bears the name, and the kind of place that the words around it say."""
        found, kind = self.search(name), ""
        if not found:
            short, kind = stripped(name)
            found = self.search(short) if short else []
            found = [f._replace(match=Match.STRIPPED.value) for f in found]
        if name.isascii() and name.islower():  # no name but a word, or a name typed in haste
            found = [f for f in found if f.place.country in self.interest]
        return found, kind

    def _inside(self, found: list[Found], outer: str) -> list[Found]:
        around = [f.place for f in self._named(outer)[0]]
        return [f for f in found if any(_holds(place, f.place) for place in around)]

    def _weight(self, found: Found, kind: str) -> float:
        """Return how strongly a place claims the name: interest first, population last."""
        place = found.place
        interest = 1_000.0 if place.country in self.interest else 1.0
        written = 1.0
        if place.source == "Glimpse":  # what we wrote down is what reports speak of
            written = 3.0 if place.country in self.interest else 500.0
        feature = {"country": 1_000.0, "province": 30.0}.get(place.feature, 1.0)
        known = 1.0 + place.population / WORLD_CITY * 20
        agrees = 30.0 if kind and kind == place.feature else 1.0
        agrees *= 25.0 if place.admin1 in self.context else 1.0
        return interest * written * feature * known * agrees * _CLAIM[found.match]

    def _share(self, one: Found, places: list[Found], kind: str) -> float:
        """Return the place's part of the claims on the name; what it lies in is no rival.

        "Seoul" is a city and the municipality around it: they do not contradict each other.
        """
        rivals = [f for f in places if not _nested(one.place, f.place) and f is not one]
        own = self._weight(one, kind)
        return own / (own + sum(self._weight(f, kind) for f in rivals))

    def _candidate(self, found: Found, share: float, words: Words, kind: str) -> Candidate:
        place = found.place
        home = place.country in self.interest or bool(words.within)
        sure = _QUALITY[found.match] if home or _well_known(found, kind) else _ABROAD
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
            confidence=round(share * min(sure, _QUALITY[found.match]), 3),
            provenance=Provenance(
                provider=place.source,
                version=source_version(place.source),
                query=_INSIDE.join(normalise(part) for part in (words.name, *words.within)),
                matched_name=found.spelling,
                match=Match(found.match),
                at=self.when,
                licence=LICENCES[place.source],
            ),
        )


_QUALITY = {"exact": 0.97, "alias": 0.95, "romanised": 0.93, "suffix-stripped": 0.93, "fuzzy": 0.5}
"""How far a name of this kind may be trusted when nobody else bears it."""
_CLAIM = {"exact": 2.0, "alias": 1.0, "romanised": 0.5, "suffix-stripped": 1.0, "fuzzy": 0.1}
"""How strongly each kind of name claims the words against another place's."""
_ABROAD = 0.6
_TELLING = 4
"""Latin letters from which another name of a place abroad tells it from a common word."""


def _only_around(one: Candidate) -> Candidate:
    """Return what an unknown name lies in as the answer for it, a little less sure."""
    asked = one.provenance.model_copy(update={"query": _AROUND + one.provenance.query})
    sure = round(one.confidence * 0.95, 3)
    return one.model_copy(update={"confidence": sure, "provenance": asked})


def _well_known(found: Found, kind: str) -> bool:
    """Whether the bare name means this place anywhere in the world."""
    place, name = found.place, normalise(found.spelling)
    if found.match != Match.EXACT.value and name.isascii() and len(name) < _TELLING:
        return False
    if place.source == "Glimpse":
        return True
    known = place.feature == "country" or place.population >= WORLD_CITY
    return known or (kind == "province" == place.feature)


def _holds(outer: Place, inner: Place) -> bool:
    """Whether a place lies in another, by its codes, its parent, or within its circle."""
    if outer.id == inner.id:
        return False
    if outer.feature == "country":
        return inner.country == outer.country
    if outer.feature == "province":
        return inner.admin1 == outer.admin1
    apart = great_circle((outer.lat, outer.lon), (inner.lat, inner.lon)).meters
    return inner.parent == outer.id or apart <= outer.uncertainty_m + _BEYOND_M


_BEYOND_M = 5_000
"""How far beyond a town's circle a place may lie that is said to be in the town."""


def _placed(one: Candidate, words: Words) -> Candidate:
    """Return the candidate as loosely as the words mean it: near it, or only a part of it."""
    if words.part:
        north = ("north" in words.part) - ("south" in words.part)
        east = ("east" in words.part) - ("west" in words.part)
        step = one.uncertainty_m / 2 / math.hypot(north, east) / DEGREE_M
        lat = one.lat + north * step
        return one.model_copy(update={
            "place_id": f"{one.place_id}:{words.part}", "lat": round(lat, 4),
            "lon": round(one.lon + east * step / math.cos(math.radians(lat)), 4),
            "name": f"{words.part} of {one.name}", "native": "", "feature": "province",
            "uncertainty_m": round(one.uncertainty_m * 0.6, -2),
        })  # fmt: skip
    if words.near:
        return one.model_copy(update={"uncertainty_m": one.uncertainty_m + _NEAR_M})
    return one


_NEAR_M = 15_000
"""What "near" and "outside" add to a radius: a figure of ours, about a day's walk."""


def _between(one: Candidate, others: list[Candidate]) -> list[Candidate]:
    """Return the area between two ends, both within it; [] when an end is unknown."""
    if not others or "country" in (one.feature, others[0].feature):
        return []
    other = others[0]
    apart = great_circle((one.lat, one.lon), (other.lat, other.lon)).meters
    return [
        one.model_copy(update={
            "place_id": f"{one.place_id}:{other.place_id}", "native": "", "feature": "area",
            "name": f"{one.name} – {other.name}", "admin1": "",
            "lat": round((one.lat + other.lat) / 2, 4), "lon": round((one.lon + other.lon) / 2, 4),
            "uncertainty_m": round(apart / 2 + max(one.uncertainty_m, other.uncertainty_m), -2),
            "confidence": round(min(one.confidence, other.confidence), 3),
        })
    ]  # fmt: skip


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
