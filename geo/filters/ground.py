"""Filters by the ground: a circle about a place, and a shape drawn on the map.

A place is met where its area reaches into what is asked for: an entry known to be somewhere
in a city may have been filmed in any part of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.mercator import WORLD, mercator

_CORNERS = (3, 100)
_MOST_KM = 20_040
"""Half way round the world."""

_EARTH_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""

_AROUND_M = 40_075_016.686
"""Length of the equator (WGS 84), at which a Mercator unit is as long as everywhere east-west."""


@dataclass(frozen=True)
class Near:
    """A circle: WGS 84 degrees, kilometres, and the id of the place that it was put around."""

    lat: float
    lon: float
    km: float
    place: str = ""

    @classmethod
    def read(cls, text: str) -> Near | None:
        """Return the circle that `lat,lon,km` or `lat,lon,km,PLACE` asks for, or None."""
        numbers, _, place = _cut(text, 3)
        if len(numbers) < 3 or not _on_earth(numbers[0], numbers[1]):  # noqa: PLR2004 - lat, lon, km
            return None
        lat, lon, km = numbers
        return cls(lat, lon, km, place[:200]) if 0 < km <= _MOST_KM else None

    def query(self) -> str:
        """Return the text that asks for this circle; 4 decimals are 11 m."""
        said = f"{self.lat:.4f},{self.lon:.4f},{self.km:g}"
        return f"{said},{self.place}" if self.place else said

    def condition(self) -> tuple[str, list[object]]:
        """Return the SQL condition, and its values: distances on a sphere, within 0.6 %."""
        return _CIRCLE, [self.lat, self.lat, self.lon, self.km * 1_000]


def metres(from_lat: str, from_lon: str, lat: str, lon: str) -> str:
    """Return the SQL of the great-circle distance in metres between two points (haversine).

    Each is named by its columns, or by `?`, of which `from_lat` is needed twice.
    """
    return (
        f"{2 * _EARTH_M} * asin(least(1, sqrt(pow(sin(radians({lat} - {from_lat}) / 2), 2)"
        f" + cos(radians({from_lat})) * cos(radians({lat}))"
        f" * pow(sin(radians({lon} - {from_lon}) / 2), 2))))"
    )


_CIRCLE = f"(lat IS NOT NULL AND {metres('?', '?', 'lat', 'lon')} - uncertainty_m <= ?)"


@dataclass(frozen=True)
class Shape:
    """A polygon: its corners as latitude and longitude, in order, closed by itself."""

    corners: tuple[tuple[float, float], ...]

    @classmethod
    def read(cls, text: str) -> Shape | None:
        """Return the shape that `lat,lon;lat,lon;…` asks for, or None: 3 to 100 corners."""
        found = []
        for corner in text.split(";")[: _CORNERS[1] + 1]:
            numbers, _, rest = _cut(corner, 2)
            if len(numbers) < 2 or rest or not _on_earth(*numbers):  # noqa: PLR2004 - lat and lon
                return None
            found.append((numbers[0], numbers[1]))
        return cls(tuple(found)) if _CORNERS[0] <= len(found) <= _CORNERS[1] else None

    def query(self) -> str:
        """Return the text that asks for this shape."""
        return ";".join(f"{lat:.4f},{lon:.4f}" for lat, lon in self.corners)

    def condition(self) -> tuple[str, list[object]]:
        """Return the SQL condition, and its values: inside, or nearer to an edge than its radius.

        Edges are straight on the map, as they were drawn (Web Mercator).
        """
        points = [mercator(lat, lon) for lat, lon in self.corners]
        inside, near, crossed, reached = [], [], [], []
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            if ay != by:
                inside.append(_CROSSES)
                crossed += [ay, by, ax, ay, (bx - ax) / (by - ay)]
            near.append(_EDGE)
            dx, dy = bx - ax, by - ay
            along = dx * dx + dy * dy or 1
            share = [ax, dx, ay, dy, along]
            reached += [ax, *share, dx, ay, *share, dy]
        clause = f"(x IS NOT NULL AND (({' + '.join(inside) or 0}) % 2 = 1"
        clause += f" OR least({', '.join(near)}) <= pow({_REACH}, 2)))"
        return clause, [*crossed, *reached]


_CROSSES = "CASE WHEN (? > y) <> (? > y) AND x < ? + (y - ?) * ? THEN 1 ELSE 0 END"
"""Whether a line from the place eastwards crosses an edge (even-odd rule)."""

_SHARE = "greatest(0, least(1, ((x - ?) * ?::DOUBLE + (y - ?) * ?::DOUBLE) / ?))"
_EDGE = f"(pow(x - ? - {_SHARE} * ?, 2) + pow(y - ? - {_SHARE} * ?, 2))"
"""The square of the distance to an edge: to the nearest point of it."""

_REACH = f"(uncertainty_m / cos(radians(lat)) * {WORLD / _AROUND_M})"


def _cut(text: str, wanted: int) -> tuple[list[float], int, str]:
    """Return the numbers that a text begins with, their number, and the rest of it."""
    parts = text.split(",", wanted)
    try:
        numbers = [float(part) for part in parts[:wanted]]
    except ValueError:
        return [], 0, ""
    return numbers, len(numbers), parts[wanted].strip() if len(parts) > wanted else ""


def _on_earth(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180  # noqa: PLR2004 - degrees; NaN is not
