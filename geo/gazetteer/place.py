"""What the gazetteer knows of a place."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A named place: WGS 84 degrees, and the radius in metres that holds the whole of it."""

    id: str
    name: str
    native: str
    lat: float
    lon: float
    uncertainty_m: float
    feature: str
    country: str
    admin1: str
    parent: str
    population: int
    source: str


class Origin(NamedTuple):
    """From which version of an added gazetteer a place comes, and on what terms."""

    version: str
    licence: str


class Near(NamedTuple):
    """A place and how far its point lies from another, in metres."""

    place: Place
    metres: float


class Found(NamedTuple):
    """A place that bears a name, the spelling under which it does, and what kind of name it is.

    `match` is "exact" for the name proper, "alias" for another that a source gives, and
    "romanised" for a Latin spelling made from the Hangul. `origin` is None for built-in places.
    """

    place: Place
    spelling: str
    match: str
    origin: Origin | None = None
