"""From the claimed to the verified place: how far a person's geolocation moved an entry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geopy.distance import geodesic

from geo.entry import Candidate, DecidedBy, Level, Location
from geo.ledger import Trail, trails
from geo.store import Revision


@dataclass(frozen=True)
class Vector:
    """Where the report's words were taken to be, and where a person located the footage."""

    words: str
    claimed: Candidate
    verified: Candidate
    metres: float
    """From the middle of the one to the middle of the other, on the ellipsoid WGS 84."""
    degrees: float
    """The direction at the start, clockwise from north."""

    @property
    def wind(self) -> str:
        """The direction as one of eight winds, "north-east" for example."""
        return _WINDS[round(self.degrees / 45) % 8]

    @property
    def inside(self) -> bool:
        """Whether the verified place's middle lies in the area that the words claim."""
        return self.metres <= self.claimed.uncertainty_m


_WINDS = (
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
)  # fmt: skip


def vectors(history: Sequence[Revision]) -> list[Vector]:
    """Return how far each place was moved by geolocation; [] unless the entry is geolocated.

    The claimed place is what a location's words stood for before any person decided: the
    rule's choice, or what a file gave. The verified place is the one that a person put in its
    stead. A place that nobody moved, or that a person chose where the rule could not, has no
    vector: there was no claim to measure from.
    """
    if not history or history[-1].entry.verification.level is not Level.GEOLOCATED:
        return []
    found = (_vector(trail) for trail in trails(history) if not trail.gone)
    return [one for one in found if one is not None]


def _vector(trail: Trail) -> Vector | None:
    location = trail.location
    claimed, verified = _claimed(trail), location.place
    moved = location.relation.filmed and _by(location) is DecidedBy.PERSON
    if not moved or claimed is None or verified is None:
        return None
    here, there = (claimed.lat, claimed.lon), (verified.lat, verified.lon)
    metres = geodesic(here, there).meters
    if metres < 1:
        return None
    return Vector(location.locality, claimed, verified, metres, _bearing(here, there))


def _claimed(trail: Trail) -> Candidate | None:
    """Return the last place that no person chose, None where there was none."""
    found: Candidate | None = None
    for change in trail.changes:
        if change.after is None:
            found = None
        elif _by(change.after) is not DecidedBy.PERSON:
            found = change.after.place
    return found


def _by(location: Location) -> DecidedBy | None:
    return location.decision.by if location.decision else None


def _bearing(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the direction at the start of a great circle, in degrees clockwise from north.

    Source: Snyder, "Map Projections: A Working Manual" (1987), equation 5-4b.
    """
    at, to = math.radians(here[0]), math.radians(there[0])
    east = math.radians(there[1] - here[1])
    y = math.sin(east) * math.cos(to)
    x = math.cos(at) * math.sin(to) - math.sin(at) * math.cos(to) * math.cos(east)
    return math.degrees(math.atan2(y, x)) % 360
