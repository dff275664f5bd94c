"""Giving entries their places: candidates and a decision for every locality that is worded."""

from __future__ import annotations

from geo.entry import DecidedBy, Entry, Location
from geo.geocode import Geocoder, answer


def geocoded(entry: Entry, geocoder: Geocoder, old: Entry | None = None) -> Entry:
    """Return the entry with candidates and a decision for every locality that it words.

    What a person decided for the same words in the `old` entry stays decided.
    """
    decided = {
        (place.locality, place.relation): place
        for place in (old.locations if old else ())
        if place.decision and place.decision.by is DecidedBy.PERSON
    }
    places = tuple(
        _geocoded(place, geocoder, decided.get((place.locality, place.relation)))
        for place in entry.locations
    )
    return entry.model_copy(update={"locations": places})


def _geocoded(location: Location, geocoder: Geocoder, decided: Location | None) -> Location:
    if not location.locality:
        return location
    found = decided or answer(geocoder, location.locality)
    return location.model_copy(
        update={
            "candidates": found.candidates,
            "chosen": found.chosen,
            "decision": found.decision,
        }
    )
