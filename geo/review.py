"""Deciding what the rule left to a person: one location at a time, each decision a revision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geopy.distance import great_circle

from geo.entry import Absence, Candidate, DecidedBy, Decision, Entry, Location, Outcome
from geo.geocode import PROPOSED


@dataclass(frozen=True)
class Pending:
    """A location that waits for a person: the entry and the location's place in it."""

    entry: Entry
    number: int

    @property
    def location(self) -> Location:
        """The location itself."""
        return self.entry.locations[self.number]

    @property
    def key(self) -> str:
        """What tells this location from every other."""
        return f"{self.entry.id}-{self.number}"

    @property
    def spread_km(self) -> float:
        """How far a wrong choice could be off: from the first candidate to the farthest."""
        first, *others = self.location.candidates or (None,)
        if first is None:
            return 0.0
        here = (first.lat, first.lon)
        return max((great_circle(here, (c.lat, c.lon)).km for c in others), default=0.0)


def pending(entries: Iterable[Entry]) -> list[Pending]:
    """Return the filming locations that wait for a person, the riskiest first.

    Riskiest is where a wrong choice would be farthest off.
    """
    found = [
        Pending(entry, number)
        for entry in entries
        for number, location in enumerate(entry.locations)
        if location.relation.filmed and location.unplaced == Outcome.REVIEW.value
    ]
    return sorted(found, key=lambda one: (-one.spread_km, one.entry.id, one.number))


def accepted(one: Pending, chosen: Candidate, note: str, at: dt.datetime) -> Entry:
    """Return the entry with a person's choice; a candidate that was searched for is added."""
    known = one.location.candidates
    others = tuple(one for one in known if one.place_id != chosen.place_id)
    candidates = known if chosen in known else (*others, chosen)
    return _with(one, candidates=candidates, chosen=chosen.place_id, absence=one.location.absence,
                 decision=_decision(Outcome.ACCEPTED, note, at))  # fmt: skip


def rejected(one: Pending, absence: Absence, note: str, at: dt.datetime) -> Entry:
    """Return the entry with none of the candidates taken, and why there is no place."""
    return _with(one, candidates=one.location.candidates, chosen=None, absence=absence,
                 decision=_decision(Outcome.NONE, note, at))  # fmt: skip


def unanswered(entry: Entry) -> list[str]:
    """Return the words of the filming locations that a rule could not place."""
    return [one.locality for one in entry.locations if _open(one)]


def joined(
    entry: Entry, answers: Mapping[str, Sequence[Candidate]], at: dt.datetime
) -> Entry | None:
    """Return the entry with a service's answers to choose from, or None when they add nothing.

    Only locations that a rule could not place get them, and a person decides: no answer that
    joins here is ever accepted by itself.
    """
    places = []
    for location in entry.locations:
        known = {one.place_id for one in location.candidates}
        new = [one for one in answers.get(location.locality, ()) if one.place_id not in known]
        if new and _open(location):
            said = Decision(outcome=Outcome.REVIEW, at=at, reason=PROPOSED)
            changes = {"candidates": (*location.candidates, *new), "decision": said}
            location = location.model_copy(update=changes)  # noqa: PLW2901 - the same location
        places.append(location)
    changed = tuple(places)
    return None if changed == entry.locations else entry.model_copy(update={"locations": changed})


def _open(location: Location) -> bool:
    decision = location.decision
    by_rule = decision is not None and decision.by is DecidedBy.RULE
    words = bool(location.locality) and location.relation.filmed
    return by_rule and words and location.place is None


def alike(one: Pending, others: Iterable[Pending]) -> list[Pending]:
    """Return the locations that have the same words, the one itself among them."""
    return [other for other in others if other.location.locality == one.location.locality]


def _decision(outcome: Outcome, note: str, at: dt.datetime) -> Decision:
    return Decision(by=DecidedBy.PERSON, outcome=outcome, at=at, reason=note)


def _with(one: Pending, **changes: object) -> Entry:
    location = Location.model_validate(
        one.location.model_dump() | {name: _plain(value) for name, value in changes.items()}
    )
    locations = list(one.entry.locations)
    locations[one.number] = location
    return one.entry.model_copy(update={"locations": tuple(locations)})


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [one.model_dump() for one in value]
    return value.model_dump() if isinstance(value, Decision) else value
