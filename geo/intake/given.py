"""Coordinates that a file gives: kept as given, with the file as their provenance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from geopy.distance import great_circle

from geo.entry import (
    Candidate,
    DecidedBy,
    Decision,
    Entry,
    Location,
    Match,
    Outcome,
    Provenance,
)
from geo.formats import Draft, Given, Warned
from geo.geocode import Geocoder

GIVEN = "The file gives these coordinates."
REGION = "The file says that only the area is known, and gives a point that stands in for it."
DOUBTFUL = "The file's coordinates and its words do not go together; a person must choose."
REASONS = (GIVEN, REGION, DOUBTFUL)
"""Reasons of decisions on given coordinates, so that each has a translation."""

OUTSIDE = "{text} lies outside {name}; nothing was changed, a person must choose."
EXCHANGED = (
    "{text} lies outside {name}, and inside with latitude and longitude exchanged; nothing was"
    " changed, a person must choose."
)
APART = (
    "{text} lies {km} km from where “{locality}” is looked up; the file's coordinates were kept."
)
WORDS = (OUTSIDE, EXCHANGED, APART)

_SURE, _UNSURE = 0.9, 0.3
"""Confidence of coordinates that nobody here has checked, and of those that contradict words."""

_AREAS = {
    "country": (2, ("country",)),
    "admin1": (1, ("province", "city")),
    "admin2": (0, ("county", "district", "city", "town")),
}
"""For each area the first of the file's words for it, and the features that it may be."""

_FEATURES = {"country": "country", "admin1": "province", "admin2": "county"}


def placed(draft: Draft, entry: Entry, geocoder: Geocoder) -> tuple[Entry, list[Warned]]:
    """Return the geocoded entry of a draft with the coordinates that its file gives.

    They are the first candidate of the first place where the camera was, and are accepted
    unless they contradict the file's own words: then a person must choose. What the words alone
    lead to stays among the candidates. A person's decision stays.
    """
    if draft.given is None:
        return entry, []
    first = entry.filmed[0]
    found = _Found(draft, draft.given, first, geocoder)
    location = found.location()
    rest = (one for one in entry.locations if one is not first)
    others = [one for one in rest if not _of_the_same_words(one, first)]
    place = entry.locations.index(first)
    locations = (*others[:place], location, *others[place:])
    return entry.model_copy(update={"locations": locations}), found.warned


def _of_the_same_words(one: Location, first: Location) -> bool:
    """Whether a further place comes from the words for which the file gives one point."""
    return one.relation.filmed and one.locality == first.locality


def same(old: Entry, draft: Draft) -> bool:
    """Whether an entry that stands has the coordinates that a draft's file gives, and no others."""
    given = draft.given
    wanted = {(given.lat, given.lon, given.uncertainty_m)} if given else set()
    filmed = old.filmed[0]
    standing = {
        (c.lat, c.lon, c.uncertainty_m)
        for c in filmed.candidates
        if c.provenance.match is Match.GIVEN
    }
    return wanted <= standing if _by_person(filmed) else wanted == standing


def _by_person(location: Location) -> bool:
    return location.decision is not None and location.decision.by is DecidedBy.PERSON


class _Found:
    """What becomes of one location with given coordinates."""

    def __init__(self, draft: Draft, given: Given, first: Location, geocoder: Geocoder) -> None:
        self.draft, self.given, self.first, self.geocoder = draft, given, first, geocoder
        self.at = dt.datetime.now(dt.UTC).replace(microsecond=0)
        self.warned: list[Warned] = []
        self.country = self._country()

    def location(self) -> Location:
        """Return the location with the given candidate first and a decision."""
        looked_up = [c for c in self.first.candidates if c.provenance.match is not Match.GIVEN]
        if _by_person(self.first):
            kept = [c for c in self.first.candidates if c.place_id == self.first.chosen]
            return self._with([*kept, self._candidate(_SURE), *looked_up], self.first.decision)
        area = self._area()
        if area or self.given.area:
            own = self._candidate(_SURE)
            decision = self._decision(Outcome.ACCEPTED, REGION)
            return self._with([*area, own, *looked_up], decision)
        if self._contradicts():
            candidates = [self._candidate(_UNSURE), *looked_up]
            return self._with(candidates, self._decision(Outcome.REVIEW, DOUBTFUL))
        self._compare()
        candidates = [self._candidate(_SURE), *looked_up]
        return self._with(candidates, self._decision(Outcome.ACCEPTED, GIVEN))

    def _with(self, candidates: Iterable[Candidate], decision: Decision | None) -> Location:
        first: dict[str, Candidate] = {}
        for one in candidates:
            first.setdefault(one.place_id, one)
        every = tuple(first.values())
        accepted = decision is not None and decision.outcome is Outcome.ACCEPTED
        by_person = accepted and _by_person(self.first)
        chosen = self.first.chosen if by_person else every[0].place_id if accepted else None
        return self.first.model_copy(
            update={"candidates": every, "chosen": chosen, "decision": decision}
        )

    def _decision(self, outcome: Outcome, reason: str) -> Decision:
        return Decision(outcome=outcome, at=self.at, reason=reason)

    def _candidate(self, confidence: float) -> Candidate:
        given = self.given
        country, admin1 = self._region()
        return Candidate(
            place_id=f"given:{given.lat},{given.lon}",
            name=self.first.locality or given.text[:200],
            lat=given.lat,
            lon=given.lon,
            uncertainty_m=given.uncertainty_m,
            feature=_FEATURES.get(given.area, "area"),
            country=country,
            admin1=admin1,
            confidence=confidence,
            provenance=Provenance(
                provider=given.file,
                version=given.mark,
                query=self.first.locality,
                matched_name=given.text[:200],
                match=Match.GIVEN,
                at=self.at,
                licence="",
            ),
        )

    def _country(self) -> Candidate | None:
        words = self.given.region[-1] if self.given.region else ""
        found = self.geocoder(words) if words else []
        return next((one for one in found if one.feature == "country"), None)

    def _area(self) -> list[Candidate]:
        """Return the area for which the point stands in; [] when the gazetteer has none."""
        if self.given.area not in _AREAS:
            return []
        start, features = _AREAS[self.given.area]
        words = self.given.region[start:]
        if not words or not words[0]:
            return []
        found = self.geocoder(", ".join(filter(None, words)))
        code = self.country.country if self.country else ""
        fitting = [c for c in found if c.feature in features and code in ("", c.country)]
        return fitting[:1]

    def _region(self) -> tuple[str, str]:
        """Return country and first-level unit: the file's own, else of the place that holds it."""
        if self.country and self._reaches(self.country):
            return self.country.country, self._admin1(self.country)
        place = self.first.place
        if place and self._apart(place) <= place.uncertainty_m:
            return place.country, place.admin1
        return "", ""

    def _admin1(self, country: Candidate) -> str:
        words = self.given.region[1] if len(self.given.region) > 1 else ""
        found = self.geocoder(f"{words}, {country.name}") if words else []
        codes = [c.admin1 for c in found if c.country == country.country and c.feature in _UNITS]
        return codes[0] if codes else ""

    def _apart(self, place: Candidate, *, exchanged: bool = False) -> float:
        here = (self.given.lat, self.given.lon)
        if exchanged:
            here = here[::-1]
        if abs(here[0]) > 90:  # noqa: PLR2004 - no latitude
            return float("inf")
        return float(great_circle(here, (place.lat, place.lon)).meters)

    def _contradicts(self) -> bool:
        """Whether the point lies outside the file's country, or fits its words when exchanged."""
        country = [self.country] if self.country else []
        for places, alone in ((country, True), (self._looked_up(), False)):
            if not places or any(map(self._reaches, places)):
                continue
            turned = (one for one in places if self._reaches(one, exchanged=True))
            fitting = next(turned, None)
            if fitting or alone:
                sentence = EXCHANGED if fitting else OUTSIDE
                self._warn(sentence, name=(fitting or places[0]).name)
                return True
        return False

    def _looked_up(self) -> list[Candidate]:
        """Return where the words lead: to the accepted place, else to all of the candidates."""
        place = self.first.place
        if place is not None and place.provenance.match is not Match.GIVEN:
            return [place]
        return [c for c in self.first.candidates if c.provenance.match is not Match.GIVEN]

    def _reaches(self, place: Candidate, *, exchanged: bool = False) -> bool:
        reach = place.uncertainty_m + self.given.uncertainty_m
        return self._apart(place, exchanged=exchanged) <= reach

    def _compare(self) -> None:
        """Say how far the point is from where the words lead, where it lies beyond them."""
        places = self._looked_up()
        if places and not any(map(self._reaches, places)):
            apart = min(map(self._apart, places))
            self._warn(APART, km=f"{apart / 1000:,.0f}", locality=self.first.locality[:100])

    def _warn(self, sentence: str, **values: object) -> None:
        values = {"text": self.given.text[:60]} | values
        self.warned.append(Warned(self.draft.row, "", sentence, values))


_UNITS = ("province", "city")
