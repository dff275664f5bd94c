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


class Found(NamedTuple):
    """A place that bears a name, the spelling under which it does, and whether it is its first."""

    place: Place
    spelling: str
    first: bool
