"""Geocoding again: what a newer gazetteer would answer, shown before anything is changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any

from geopy.distance import great_circle

from geo.entry import Candidate, DecidedBy, Entry, Location, Match, Outcome, Provenance
from geo.gazetteer import OWN, source_version
from geo.geocode import LICENCES, Geocoder, answer
from geo.intake import geocoded, worded
from geo.store import Store

Asks = Callable[[Entry], Geocoder]
"""Which geocoder an entry is asked of: one that knows the other places of its report."""


@dataclass(frozen=True)
class Stand:
    """What stands for the same words: the place or why there is none, and who decided so."""

    place: Candidate | None
    unplaced: str
    by: DecidedBy | None

    def __str__(self) -> str:
        """Return the stand in English."""
        if self.place is None:
            return self.unplaced.replace("_", " ")
        where = f"{self.place.name}, {self.place.region or '?'}"
        return f"{where} ± {self.place.uncertainty_m / 1000:g} km"


@dataclass(frozen=True)
class Difference:
    """Words that would be answered otherwise now, and in how many locations they stand so."""

    locality: str
    locations: int
    before: Stand
    after: Stand

    @property
    def kept(self) -> bool:
        """Whether it stays as it is, because a person decided."""
        return self.before.by is DecidedBy.PERSON

    @property
    def km(self) -> float | None:
        """How far the place would move, in kilometres; None without a place before or after."""
        old, new = self.before.place, self.after.place
        if old is None or new is None:
            return None
        return float(great_circle((old.lat, old.lon), (new.lat, new.lon)).km)

    def __str__(self) -> str:
        """Return the difference as a line to read, in English."""
        moved = "" if self.km is None else f" ({self.km:.1f} km)"
        kept = "; kept: decided by a person" if self.kept else ""
        told = f"“{self.locality}” ×{self.locations}: {self.before} → {self.after}"
        return told + moved + kept

    def plain(self) -> dict[str, Any]:
        """Return the difference as plain values, fit for JSON."""
        return {
            "locality": self.locality,
            "locations": self.locations,
            "kept": self.kept,
            "before": _plain(self.before),
            "after": _plain(self.after),
            "km": None if self.km is None else round(self.km, 3),
        }


def outdated(entries: Iterable[Entry]) -> bool:
    """Whether a rule chose any of these places in another version of its source than today's."""
    return any(
        location.place.provenance.version != source_version(location.place.provenance.provider)
        for entry in entries
        for location in entry.locations
        if location.place and not _by_person(location)
        if location.place.provenance.provider in LICENCES
    )


def differences(
    entries: Iterable[Entry],
    asks: Asks,
    progress: Callable[[int], None] = lambda done: None,
) -> Iterator[Difference]:
    """Yield what would be answered otherwise, the words with most locations first.

    `asks` gives the geocoder for an entry (`geo.intake.by_report`). All entries are read before
    the first is yielded. Where a person decided, it is told when the rule would now accept
    another place. `progress` hears after every thousand entries how many were read.
    """
    found: Counter[tuple[str, Stand, Stand]] = Counter()
    for number, entry in enumerate(entries, 1):
        geocoder = asks(entry)
        for old, new in _pairs(entry, geocoder):
            before = old or new.model_copy(update={"chosen": None, "decision": None})
            if _by_person(before):
                rule = answer(geocoder, before.locality)
                place = rule.candidates[0] if rule.chosen else None
                if place and _shown(place) != _shown(before.place):
                    after = Stand(_bare(place), "", DecidedBy.RULE)
                    found[before.locality, _stand(before), after] += 1
            elif _tells(old, new):
                found[before.locality, _stand(before), _stand(new)] += 1
        if number % _TOLD == 0:
            progress(number)
    for (locality, before_it, after_it), count in found.most_common():
        yield Difference(locality, count, before_it, after_it)


_TOLD = 1_000


def applied(entry: Entry, asks: Asks, localities: Collection[str] | None = None) -> Entry | None:
    """Return the entry geocoded again, or None when that says nothing new.

    What a person decided stays, and so do the answers of online services that wait for one.
    With `localities`, only these words are geocoded again.
    """
    places = tuple(
        place
        for old, new in _pairs(entry, asks(entry))
        if (place := new if _wanted(new, localities) and _tells(old, new) else old)
    )
    return None if places == entry.locations else entry.model_copy(update={"locations": places})


def _wanted(location: Location, localities: Collection[str] | None) -> bool:
    return localities is None or location.locality in localities


def apply(
    store: Store,
    asks: Asks,
    edition: str,
    *,
    who: str,
    localities: Collection[str] | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Geocode the store's entries again in one save, and return how many changed.

    `edition` names the gazetteer in the reason. Raises `StoreError` when it cannot be saved;
    then nothing was changed.
    """

    def changed() -> Iterator[Entry]:
        for number, (_, entry) in enumerate(store.since(0), 1):
            new = applied(entry, asks, localities)
            if number % _TOLD == 0:
                progress(number)
            if new is not None:
                yield new

    return store.save(changed(), who, f"geocoded again with {edition}")


def _pairs(entry: Entry, geocoder: Geocoder) -> Iterator[tuple[Location | None, Location]]:
    """Yield each location and what it would be now; None where words name a further place now."""
    words = tuple(map(_words_only, entry.locations))
    again = geocoded(entry.model_copy(update={"locations": words}), geocoder, entry).locations
    groups = zip(groupby(entry.locations, worded), groupby(again, worded), strict=True)
    for (_, standing), (_, found) in groups:
        for old, new in zip_longest(standing, found):
            yield old, _joined(old, new) if old else new


def _words_only(location: Location) -> Location:
    """Return a location as the report words it, without what the rule made of it."""
    if _by_person(location):
        return location
    return location.model_copy(update={"candidates": (), "chosen": None, "decision": None})


def _joined(old: Location, new: Location) -> Location:
    known = {one.place_id for one in new.candidates}
    online = tuple(c for c in old.candidates if _is_online(c) and c.place_id not in known)
    if not online or _by_person(old) or new.decision is None:
        return new
    if new.decision.outcome is Outcome.NONE:
        return old  # only an online service knows the words; a person still has to choose
    return new.model_copy(update={"candidates": (*new.candidates, *online)})


def _is_online(one: Candidate) -> bool:
    """Whether only a service on the web knows the place: no gazetteer that is kept here."""
    return one.provenance.provider not in LICENCES and not one.place_id.startswith(OWN)


def _by_person(location: Location) -> bool:
    return location.decision is not None and location.decision.by is DecidedBy.PERSON


def _tells(old: Location | None, new: Location) -> bool:
    """Whether the new answer says something else: the place, the outcome, or the choice."""
    if old is None:
        return True
    if old.decision is None or new.decision is None:
        return old.decision is not new.decision
    if (old.decision.outcome, _shown(old.place)) != (new.decision.outcome, _shown(new.place)):
        return True
    waits = new.decision.outcome is Outcome.REVIEW
    return waits and {*map(_shown, old.candidates)} != {*map(_shown, new.candidates)}


def _shown(place: Candidate | None) -> Candidate | None:
    """Return what the map shows of a place: all but who said so, and how surely."""
    if place is None:
        return None
    return place.model_copy(update={"confidence": 0.0, "provenance": _NOBODY})


def _stand(location: Location) -> Stand:
    by = location.decision.by if location.decision else None
    return Stand(_bare(location.place) if location.place else None, location.unplaced, by)


def _bare(place: Candidate) -> Candidate:
    """Return the place without when and in which version it was found, so that equals are one."""
    nowhen = {"at": _NEVER, "version": ""}
    return place.model_copy(update={"provenance": place.provenance.model_copy(update=nowhen)})


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_NOBODY = Provenance(
    provider="", version="", query="", matched_name="", match=Match.EXACT, at=_NEVER, licence=""
)


def _plain(stand: Stand) -> dict[str, Any]:
    return {
        "place": stand.place.model_dump(mode="json") if stand.place else None,
        "unplaced": stand.unplaced,
        "by": stand.by.value if stand.by else None,
    }
