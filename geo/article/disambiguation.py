"""Which place each name of a text means: how well known it is, and what the others say.

Four kinds of evidence add up, as logarithms of odds: how well known a place of the name is
(a country before a province before a city, cities by population); what stands behind the
name ("Paris, Texas"); how much of the text is about the place's country and province; and
how near the other places of the text lie. All names of a text are settled together, in a few
rounds, because each is evidence for the others. One text means one place by one name.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from geopy.distance import great_circle
from numpy.typing import NDArray

from geo.article.mention import Name, Ranked
from geo.article.words import name_tables
from geo.article.world import WIDE, World
from geo.gazetteer import Found, Place
from geo.toponym import normalise

Floats = NDArray[np.float64]

COUNTRY, REGION, KNOWN_PROVINCE, PROVINCE, COUNTY = 8.0, 7.5, 6.8, 5.0, 4.0
"""How well known the larger places are, on the scale of a city's population's logarithm."""

FEDERAL = frozenset({"US", "CA", "AU", "DE", "IN", "CN", "MX", "BR", "KR", "KP"})
"""Countries whose provinces are named in the news without the country."""

INSIDE, LOOSELY_INSIDE, SAME, USUAL, OTHER_NAME = 10.0, 4.0, 8.0, 1.5, -1.2
COUNTRY_SHARE, PROVINCE_COUNT, NEARBY = 2.0, 1.2, 2.2
NEAR_KM = 100.0
SHARPNESS = 1.8
"""Odds of a point of evidence: e to this power."""

ROUNDS = 4
_MOST = 1_500
"""Places weighed at once; a text with very many names keeps fewer for each."""

FAMOUS, DOUBT, HALF = 5.0, 0.7, 0.5
"""A place that is less well known, in a country that nothing else speaks of, is in doubt."""

SHOWN = 5
GUESS = 0.3
"""Confidence of a place whose name is only similar."""

_MOST_GUESSES = 8
_EARTH_KM = 6371.0


@dataclass(frozen=True)
class _Group:
    """All mentions of one name in the same words behind it."""

    key: str
    within: str
    loosely: bool
    found: tuple[Found, ...]


def disambiguated(
    world: World, names: Sequence[Name], about: Iterable[str] = ()
) -> list[tuple[Ranked, ...]]:
    """Return the possible places of each name, the best first, confidences adding up to 1.

    `about` are ISO 3166 codes that the text speaks of by other words ("Canadian"). A name
    that no table knows gets ().
    """
    groups = _groups(world, names)
    if not any(group.found for group in groups.values()):
        return [() for _ in names]
    ranked = _settled(world, list(groups.values()), list(about))
    by_key = dict(zip(groups, ranked, strict=True))
    spoken_of = _countries(ranked, about)
    unknown = [name for name in names if not by_key[_key(name)]][:_MOST_GUESSES]
    for name in unknown:
        by_key[_key(name)] = _guessed(world, name.text, spoken_of)
    return [by_key[_key(name)] for name in names]


def _countries(ranked: list[tuple[Ranked, ...]], about: Iterable[str]) -> list[str]:
    """Return the countries that a text speaks of most, two at most."""
    sure = [best[0].place.country for best in ranked if best and best[0].place.country]
    counts = Counter([*sure, *(code.split("-")[0] for code in about)])
    return [code for code, _ in counts.most_common(2)]


def _guessed(world: World, name: str, countries: list[str]) -> tuple[Ranked, ...]:
    """Return places of nearly this name in the countries spoken of; always for a person."""
    found = [one.place for code in countries for one in world.gazetteer.similar(name, code)]
    return tuple(Ranked(place, GUESS) for place in dict.fromkeys(found[:SHOWN]))


def _key(name: Name) -> tuple[str, str]:
    return normalise(name.text), normalise(name.within)


def _groups(world: World, names: Sequence[Name]) -> dict[tuple[str, str], _Group]:
    groups: dict[tuple[str, str], _Group] = {}
    most = max(8, _MOST // max(1, len({_key(name) for name in names})))
    for name in names:
        key = _key(name)
        if key not in groups:
            found = _best_known(world.search(name.text), most, name, world)
            groups[key] = _Group(key[0], name.within, name.loosely, found)
        elif not name.loosely and groups[key].loosely:
            groups[key] = replace(groups[key], loosely=False)
    return groups


def _best_known(found: list[Found], most: int, name: Name, world: World) -> tuple[Found, ...]:
    """Return the best known places, and those that lie in what stands behind the name."""
    ordered = sorted(found, key=lambda one: -_known(one))
    inside = _containers(world, name.within) if name.within else []
    rest = [one for one in ordered[most:] if _lies_in(one.place, inside)]
    return tuple(ordered[:most] + rest)


def _known(found: Found) -> float:
    """Return how well known the place is by the name: about the logarithm of a population."""
    if name_tables().usual.get(found.spelling) == found.place.id:
        return _fame(found.place) + USUAL
    own = found.match == "exact" or _same_letters(found) or found.place.feature == "country"
    return _fame(found.place) + (0.0 if own else OTHER_NAME)


def _fame(place: Place) -> float:
    if place.feature == "country":
        return COUNTRY
    if place.feature in WIDE:
        return REGION
    if place.feature == "province":
        return KNOWN_PROVINCE if place.country in FEDERAL else PROVINCE
    if place.source == "US Census Bureau":
        return COUNTY
    return math.log10(max(place.population, 300))


def _same_letters(found: Found) -> bool:
    return normalise(found.spelling) == normalise(found.place.name)


def _containers(world: World, name: str) -> list[Place]:
    kinds = ("country", "province", "county", "region", "continent")
    return [one.place for one in world.search(name) if one.place.feature in kinds]


def _lies_in(place: Place, containers: list[Place]) -> bool:
    return any(_holds(one, place) for one in containers)


def _holds(outer: Place, inner: Place) -> bool:
    if outer.id == inner.id:
        return False
    if outer.feature == "country":
        return outer.country == inner.country
    if outer.feature == "province":
        return outer.admin1 == inner.admin1
    apart = great_circle((outer.lat, outer.lon), (inner.lat, inner.lon)).meters
    return bool(apart <= outer.uncertainty_m)


def _apart_km(lat: Floats, lon: Floats) -> Floats:
    """Return the distances between all points in kilometres, on a sphere."""
    phi, theta = np.radians(lat), np.radians(lon)
    unit = np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)], axis=1)
    found: Floats = np.arccos(np.clip(unit @ unit.T, -1.0, 1.0)) * _EARTH_KM
    return found


def _settled(world: World, groups: list[_Group], about: list[str]) -> list[tuple[Ranked, ...]]:
    places = [one.place for group in groups for one in group.found]
    owner = np.array([n for n, group in enumerate(groups) for _ in group.found])
    known = np.array([_known(one) for group in groups for one in group.found])
    known += np.array([_said_behind(world, group, one) for group in groups for one in group.found])
    others = _Others(places, owner, about)
    share = _shares(known, owner, len(groups))
    for _ in range(ROUNDS):
        points = known + others.evidence(share) + _one_sense(groups, places, owner, share)
        share = _shares(points, owner, len(groups))
    doubt = np.where((known >= FAMOUS) | others.speak_of(share), 1.0, DOUBT)
    return [_ranked(places, share, doubt, np.flatnonzero(owner == n)) for n in range(len(groups))]


def _said_behind(world: World, group: _Group, found: Found) -> float:
    """Return what the name behind says for a place: that it lies there, or nothing."""
    if not group.within:
        return 0.0
    inside = _lies_in(found.place, _containers(world, group.within))
    return (LOOSELY_INSIDE if group.loosely else INSIDE) if inside else 0.0


def _shares(points: Floats, owner: NDArray[np.int64], groups: int) -> Floats:
    """Return each place's part of its name, 0 to 1."""
    top = np.full(groups, -np.inf)
    np.maximum.at(top, owner, points)
    odds = np.exp(SHARPNESS * (points - top[owner]))
    whole = np.zeros(groups)
    np.add.at(whole, owner, odds)
    found: Floats = odds / whole[owner]
    return found


class _Others:
    """What the places of the other names say for each place."""

    def __init__(self, places: list[Place], owner: NDArray[np.int64], about: list[str]) -> None:
        other = (owner[:, None] != owner[None, :]).astype(float)
        wide = np.array([one.feature in ("country", *WIDE) for one in places])
        country = np.array([one.country for one in places])
        admin1 = np.array([one.admin1 for one in places])
        apart = _apart_km(
            np.array([one.lat for one in places]), np.array([one.lon for one in places])
        )
        narrow = ~wide & np.array([one.feature != "province" for one in places])
        self.near = np.exp(-apart / NEAR_KM) * other * narrow[None, :]
        self.same_country = (country[:, None] == country[None, :]) * other
        self.same_country *= (country != "")[:, None]
        self.same_admin1 = (admin1[:, None] == admin1[None, :]) * other * (admin1 != "")[:, None]
        self.groups = max(1, len(set(owner.tolist())) - 1)
        self.said = np.array([
            0.5 * sum(code.split("-")[0] == one.country for code in about)
            + sum(code == one.admin1 for code in about if "-" in code)
            for one in places
        ])  # fmt: skip
        self.country_itself = np.array([one.feature == "country" for one in places])

    def speak_of(self, share: Floats) -> NDArray[np.bool_]:
        """Return of each place whether something else in the text is about its country."""
        found: NDArray[np.bool_] = self.same_country @ share + self.said > HALF
        return found

    def evidence(self, share: Floats) -> Floats:
        """Return the points that the others give to each place."""
        countries = (self.same_country @ share + np.minimum(self.said, 2.0)) / (self.groups + 1.0)
        provinces = np.log1p(self.same_admin1 @ share + self.said / 2)
        nearby = np.log1p(self.near @ share)
        found: Floats = (
            COUNTRY_SHARE * np.minimum(countries, 1.0)
            + PROVINCE_COUNT * provinces
            + NEARBY * nearby * ~self.country_itself
        )
        return found


def _one_sense(
    groups: list[_Group], places: list[Place], owner: NDArray[np.int64], share: Floats
) -> Floats:
    """Return points for what the same name means where something stands behind it."""
    found = np.zeros(len(places))
    sure: dict[str, str] = {}
    for n, group in enumerate(groups):
        mine = np.flatnonzero(owner == n)
        if group.within and len(mine):
            best = mine[np.argmax(share[mine])]
            if share[best] > HALF:
                sure.setdefault(group.key, places[best].id)
    for i, place in enumerate(places):
        group = groups[owner[i]]
        if not group.within and sure.get(group.key) == place.id:
            found[i] = SAME
    return found


def _ranked(
    places: list[Place], share: Floats, doubt: Floats, mine: NDArray[np.int64]
) -> tuple[Ranked, ...]:
    ordered = sorted(mine.tolist(), key=lambda i: -share[i])[:SHOWN]
    return tuple(
        Ranked(places[i], round(float(doubt[i]) * _with_nested(places, share, i, mine), 3))
        for i in ordered
    )


def _with_nested(places: list[Place], share: Floats, i: int, mine: NDArray[np.int64]) -> float:
    """Return the share of a place with what it lies in or holds: a city and its province."""
    rivals = mine[(share[mine] < share[i]) & (share[mine] > _NEXT_TO_NOTHING)]
    inner = (j for j in rivals.tolist() if _nested(places[i], places[j]))
    return min(1.0, float(share[i] + sum(share[j] for j in inner)))


_NEXT_TO_NOTHING = 0.001


def _nested(one: Place, other: Place) -> bool:
    return _holds(one, other) or _holds(other, one)
