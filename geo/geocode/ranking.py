"""Candidates for one reading of the words: who bears the name, and how strongly each claims it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from operator import itemgetter

from geopy.distance import great_circle

from geo.entry import Candidate, Match, Provenance
from geo.gazetteer import Found, Gazetteer, Origin, Place, source_version
from geo.geocode.area import placed
from geo.geocode.rule import ELSEWHERE_THAN, INSIDE_OF, UNKNOWN_IN
from geo.locality import Words
from geo.mercator import DEGREE_M
from geo.toponym import hanja_readings, normalise, stripped

LICENCES = {
    "GeoNames": "GeoNames, CC BY 4.0",
    "Natural Earth": "Natural Earth, public domain",
    "Glimpse": "Glimpse contributors, MIT",
}
"""Credit line for each source of places."""

WORLD_CITY = 500_000
"""From this population a city abroad is known by its bare name ("Seoul")."""


@dataclass(frozen=True)
class Asked:
    """The gazetteer with what a question needs."""

    gazetteer: Gazetteer
    search: Callable[[str], list[Found]]
    """The gazetteer's search, remembering what was looked up before."""
    interest: tuple[str, ...]
    when: dt.datetime
    provinces: frozenset[str]
    """ISO 3166-2 codes for which the rest of the report speaks."""

    def candidates(self, words: Words) -> list[Candidate]:
        """Return the candidates of one reading, best first; [] when it names no place."""
        found, kind = self._named(words.name)
        if not found:
            return []
        key = normalise(words.name)
        for outer in words.within:
            found = self._inside(found, outer)
            key += INSIDE_OF + normalise(outer)
        if words.part:
            found = [f for f in found if f.place.feature in ("country", "province")]
        made = [self._candidate(one, share, key, kind) for one, share in self._shared(found, kind)]
        return [placed(one, words) for one in made] if words.part or words.near else made

    def _shared(self, found: list[Found], kind: str) -> list[tuple[Found, float]]:
        """Return the distinct places, the strongest claim first, each with its share of them."""
        if len(found) == 1:
            return [(found[0], 1.0)]
        at_home = any(f.place.country in self.interest for f in found)
        claims = [
            (self._weight(f, kind) * (self._faint(f) if at_home else 1.0), f.place.id, f)
            for f in found
        ]
        claims = _distinct(sorted(claims, reverse=True))
        return list(zip((one for *_, one in claims), _shares(claims), strict=True))

    def _faint(self, found: Found) -> float:
        """Return how little another name of a place abroad says where a place at home bears it."""
        abroad = found.place.country not in self.interest
        return 0.01 if abroad and found.match != _EXACT else 1.0

    def around(self, words: list[Words]) -> list[Candidate]:
        """Return what an unknown name lies in: "a market in Hyesan" is somewhere in Hyesan.

        A name that is known, but elsewhere, contradicts the words: that is for a person.
        """
        for one in words:
            for outer in one.within:
                found = self.candidates(Words(outer))
                if found and found[0].country in self.interest:
                    elsewhere = any(
                        f.place.country in self.interest for f in self._named(one.name)[0]
                    )
                    return [_only_around(each, elsewhere=elsewhere) for each in found]
        return []

    def guesses(self, words: Words) -> list[Candidate]:
        """Return places of similar names in the countries of interest, each marked as a guess."""
        name = stripped(words.name)[0] or words.name
        found = [f for code in self.interest for f in self.gazetteer.similar(name, code)]
        guesses = [(0.0, f.place.id, f._replace(match=Match.FUZZY.value)) for f in found]
        places = _distinct(guesses)
        key = normalise(words.name)
        return [self._candidate(f, 1 / len(places), key, "") for *_, f in places]

    def _named(self, name: str) -> tuple[list[Found], str]:
        """Return who bears the name, and the kind of place that the words around it say."""
        found, kind = self.search(name), ""
        if not found:
            short, kind = stripped(name)
            found = self.search(short) if short else []
            found = [f._replace(match=Match.STRIPPED.value) for f in found]
        if not found and not name.isascii():
            found = self._read_as_hangul(name)
        if name.isascii() and name.islower():  # no name but a word, or a name typed in haste
            found = [f for f in found if f.place.country in self.interest]
        return found, kind

    def _read_as_hangul(self, name: str) -> list[Found]:
        """Return who bears the Korean reading of a name in Hanja, in the countries of interest."""
        found = (f for hangul in hanja_readings(name) for f in self._named(hangul)[0])
        home = (f for f in found if f.place.country in self.interest)
        return [f._replace(match=Match.READ.value) for f in islice(home, _MOST_READ)]

    def _inside(self, found: list[Found], outer: str) -> list[Found]:
        """Return who lies in one of the outer name's places, else the nearest in its hinterland.

        A city of Korea or China is more than its built-up area: "Komdok, Tanchon" lies 50 km
        from the town, in the city's land.
        """
        around = [f.place for f in self._named(outer)[0]]
        held = [f for f in found if any(_holds(place, f.place) for place in around)]
        if held:
            return held
        apart = [
            (_metres(place, f.place), f)
            for f in found
            for place in around
            if _in_hinterland(place, f.place)
        ]
        return [min(apart, key=itemgetter(0))[1]] if apart else []

    def _weight(self, found: Found, kind: str) -> float:
        """Return how strongly a place claims the name: interest first, population last."""
        place = found.place
        home = place.country in self.interest
        weight = 1_000.0 if home else 1.0
        if place.source == "Glimpse":  # what we wrote down is what reports speak of
            weight *= 3.0 if home else 500.0
        weight *= _FEATURE_CLAIM.get(place.feature, 1.0)
        weight *= 1.0 + place.population / WORLD_CITY * 20
        if kind and kind == place.feature:
            weight *= 30.0
        if place.admin1 in self.provinces:
            weight *= 25.0
        return weight * _CLAIM[found.match]

    def _candidate(self, found: Found, share: float, query: str, kind: str) -> Candidate:
        place, match = found.place, found.match
        home = place.country in self.interest or INSIDE_OF in query
        sure = _QUALITY[match]
        if not home and sure > _ABROAD and not _well_known(found, query, kind):
            sure = _ABROAD
        origin = found.origin or _origin(place.source)
        asked: dict[str, object] = {
            "provider": place.source,
            "version": origin.version,
            "query": query,
            "matched_name": found.spelling,
            "match": _MATCHES[match],
            "at": self.when,
            "licence": origin.licence,
        }
        return Candidate.trusted(
            {
                "place_id": place.id,
                "name": place.name,
                "native": place.native,
                "lat": place.lat,
                "lon": place.lon,
                "uncertainty_m": place.uncertainty_m,
                "feature": place.feature,
                "country": place.country,
                "admin1": place.admin1,
                "confidence": round(share * sure, 3),
                "provenance": Provenance.trusted(asked),
            }
        )


@cache
def _origin(source: str) -> Origin:
    return Origin(source_version(source), LICENCES[source])


_MATCHES = {match.value: match for match in Match}
_MOST_READ = 20

_FEATURE_CLAIM = {"country": 1_000.0, "province": 30.0}
"""How much more a name means the places that hold others."""
_QUALITY = {
    "exact": 0.97, "alias": 0.95, "romanised": 0.93, "suffix-stripped": 0.93, "read": 0.85,
    "fuzzy": 0.5,
}  # fmt: skip
"""How far a name of this kind may be trusted when nobody else bears it."""
_CLAIM = {
    "exact": 2.0, "alias": 1.0, "romanised": 0.5, "suffix-stripped": 1.0, "read": 0.5, "fuzzy": 0.1,
}  # fmt: skip
"""How strongly each kind of name claims the words against another place's."""
_EXACT = Match.EXACT.value
_ABROAD = 0.6
_TELLING = 4
"""Latin letters from which another name of a place abroad tells it from a common word."""

_Claim = tuple[float, str, Found]
"""How strongly a place claims the name, its id, and the place."""


def _shares(claims: list[_Claim]) -> list[float]:
    """Return each place's part of the claims on the name; what it lies in is no rival.

    "Seoul" is a city and the municipality around it: they do not contradict each other.
    """
    total = sum(weight for weight, *_ in claims)
    if not any(one.place.feature in _FEATURE_CLAIM for *_, one in claims):
        return [weight / total for weight, *_ in claims]
    return [
        own / (total - sum(w for w, _, f in claims if _nested(one.place, f.place)))
        for own, _, one in claims
    ]


def _only_around(one: Candidate, *, elsewhere: bool) -> Candidate:
    """Return what a name lies in as the answer for it: less sure when it is known elsewhere."""
    begin, share = (ELSEWHERE_THAN, 0.5) if elsewhere else (UNKNOWN_IN, 0.95)
    asked = one.provenance.model_copy(update={"query": begin + one.provenance.query})
    sure = round(one.confidence * share, 3)
    return one.model_copy(update={"confidence": sure, "provenance": asked})


def _well_known(found: Found, key: str, kind: str) -> bool:
    """Whether the bare name means this place anywhere in the world."""
    place = found.place
    if len(key) < _TELLING and found.match != _EXACT and key.isascii():
        return False
    if place.source == "Glimpse" or place.feature == "country" or place.population >= WORLD_CITY:
        return True
    return kind == "province" == place.feature


def _holds(outer: Place, inner: Place) -> bool:
    """Whether a place lies in another, by its codes, its parent, or within its circle.

    A place holds itself: "Hoeryong (회령)" says one name twice.
    """
    if outer.feature == "country":
        return inner.country == outer.country
    if outer.feature == "province":
        return inner.admin1 == outer.admin1 != ""
    return inner.parent == outer.id or _near(outer, inner, outer.uncertainty_m + _BEYOND_M)


_BEYOND_M = 5_000
"""How far beyond a town's circle a place may lie that is said to be in the town."""


def _in_hinterland(outer: Place, inner: Place) -> bool:
    """Whether a place may lie in the land of a city or county: near, and in the same province."""
    if outer.feature not in _WITH_LAND or not outer.admin1 or outer.admin1 != inner.admin1:
        return False
    return outer.country in _WIDE_CITIES and _near(outer, inner, _HINTERLAND_M)


_WITH_LAND = ("city", "county")
_WIDE_CITIES = ("KP", "KR", "CN")
"""Countries where a city is a unit with villages, mines and mountains in it."""
_HINTERLAND_M = 60_000
"""Metres from a North Korean city's or county's seat to its far end, rounded up: our figure."""


def _nested(one: Place, other: Place) -> bool:
    if one.country != other.country or one.feature == other.feature:
        return False
    features = {one.feature, other.feature}
    return "country" in features or ("province" in features and one.admin1 == other.admin1 != "")


def _distinct(claims: list[_Claim]) -> list[_Claim]:
    """Drop a place within reach of a better one of the same name: two records of one place.

    Countries and provinces are never dropped; they say something else than a town in them.
    """
    kept: list[_Claim] = []
    for claim in claims:
        if not any(_same(claim[2].place, other.place) for *_, other in kept):
            kept.append(claim)
    return kept


def _same(one: Place, other: Place) -> bool:
    if one.id == other.id:
        return True
    if one.country != other.country or {one.feature, other.feature} & {"country", "province"}:
        return False
    return _near(one, other, max(one.uncertainty_m, other.uncertainty_m))


def _near(one: Place, other: Place, reach_m: float) -> bool:
    """Whether two places lie within reach; degrees of latitude alone tell most apart."""
    if abs(one.lat - other.lat) * DEGREE_M > reach_m * _SPARE:
        return False
    return _metres(one, other) <= reach_m


def _metres(one: Place, other: Place) -> float:
    return float(great_circle((one.lat, one.lon), (other.lat, other.lon)).meters)


_SPARE = 1.01
"""A degree of geopy's sphere is a little shorter than ours."""
