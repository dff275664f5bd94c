"""Giving entries their places: candidates and a decision for every locality that is worded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, groupby, islice, repeat

from geo.entry import DecidedBy, Entry, Location, Relation
from geo.geocode import Answer, Geocoder, Offline, answers


def geocoded(entry: Entry, geocoder: Geocoder, old: Entry | None = None) -> Entry:
    """Return the entry with candidates and a decision for every locality that it words.

    Words that name two places become two locations, the second `also_at`. What a person
    decided for the same words in the `old` entry stays decided. A location that brings a
    decision of its own keeps it, unless the old entry has one that goes before it.
    """
    standing = {key: list(same) for key, same in groupby(old.locations, worded)} if old else {}
    places = (
        one
        for key, same in groupby(entry.locations, worded)
        for one in _geocoded(list(same), geocoder, standing.get(key, []))
    )
    return entry.model_copy(update={"locations": tuple(places)})


def worded(location: Location) -> tuple[str, Relation]:
    """Return what the ends of one locality have in common: its words, and that it was filmed."""
    relation = location.relation
    return location.locality, Relation.FILMED_AT if relation is Relation.ALSO_AT else relation


def _geocoded(ends: list[Location], geocoder: Geocoder, standing: list[Location]) -> list[Location]:
    """Return a location for each place that the words name; there may be more or fewer now."""
    first = ends[0]
    if not first.locality:
        return ends
    if any(end.decision for end in ends):
        pairs = zip(ends, chain(standing, repeat(None)), strict=False)
        return [_decided(end, _first(end, old)) for end, old in pairs]
    if any(map(_persons, standing)):
        found: Sequence[Location | Answer] = standing
    else:
        found = answers(geocoder, first.locality)
    also = Relation.ALSO_AT if first.relation is Relation.FILMED_AT else first.relation
    more = first.model_copy(update={"relation": also})
    matched = zip(chain(ends, repeat(more)), chain(found, repeat(found[-1])), strict=False)
    return [_decided(end, one) for end, one in islice(matched, max(len(ends), len(found)))]


def _decided(location: Location, by: Location | Answer) -> Location:
    """Return a location with the candidates and the decision of an answer, or of another one.

    A person who rejects every candidate says why there is none.
    """
    absence = by.absence if isinstance(by, Location) and not by.chosen else None
    return location.model_copy(
        update={
            "candidates": by.candidates,
            "chosen": by.chosen,
            "decision": by.decision,
            "absence": location.absence or absence,
        }
    )


def _first(brought: Location, standing: Location | None) -> Location:
    """Return which of two decisions goes before: a person's, the later of two, what stands."""
    if standing is None or (_persons(brought) and not _persons(standing)):
        return brought
    later = _moment(brought) > _moment(standing)
    return brought if _persons(brought) and later else standing


def _persons(location: Location) -> bool:
    return location.decision is not None and location.decision.by is DecidedBy.PERSON


def _moment(location: Location) -> dt.datetime:
    at = location.decision.at if location.decision else _NEVER
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


_NEVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


class Beside:
    """The places that each report names: they speak for one another."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, None]] = {}

    def see(self, report: str, localities: Iterable[str]) -> None:
        """Take up what a report names; of a very long list only the beginning."""
        said = self._said.setdefault(report, {})
        for locality in localities:
            if locality and len(said) < _SPEAKING:
                said[locality] = None

    def asks(self, geocoder: Geocoder) -> Callable[[Entry], Geocoder]:
        """Return which geocoder to ask for an entry: one that knows its report's other places."""
        if not isinstance(geocoder, Offline):
            return lambda _: geocoder
        known: dict[str, Geocoder] = {}

        def asked(entry: Entry) -> Geocoder:
            report = entry.reports[0].report if entry.reports else ""
            if report not in known:
                known[report] = beside(geocoder, self._said.get(report, ()) if report else ())
            return known[report]

        return asked


def beside(geocoder: Geocoder, localities: Iterable[str]) -> Geocoder:
    """Return the geocoder that knows these places of one report; a single one says nothing."""
    places = list(dict.fromkeys(filter(None, localities)))[:_SPEAKING]
    if len(places) > 1 and isinstance(geocoder, Offline):
        return geocoder.beside(sorted(places))
    return geocoder


def by_report(geocoder: Geocoder, entries: Iterable[Entry]) -> Callable[[Entry], Geocoder]:
    """Return which geocoder to ask for an entry, by what all of these entries' reports name."""
    named = Beside()
    for entry in entries:
        for cited in entry.reports:
            named.see(cited.report, (place.locality for place in entry.filmed))
    return named.asks(geocoder)


_SPEAKING = 50
"""Places of one report that are asked for its provinces; a list of more is no one's story."""
