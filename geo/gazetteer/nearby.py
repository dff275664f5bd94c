"""In which country and province a point lies, by the known places about it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from geo.mercator import DEGREE_M

_FARTHEST_M = 50_000
"""A known place farther away says nothing about a point."""

_BEYOND_M = 1_000
_CELL = 0.5


class Nearby:
    """Known places by half-degree cells."""

    def __init__(self, places: Iterable[tuple[float, float, str, str]]) -> None:
        """Take `lat, lon, country, admin1` of each place."""
        self._cells: dict[tuple[int, int], list[tuple[float, float, str, str]]] = {}
        for place in places:
            self._cells.setdefault(_cell(place[0], place[1]), []).append(place)

    def region(self, lat: float, lon: float) -> tuple[str, str]:
        """Return the codes of country and province; "" for each that is not clear.

        A code is given when the nearest known place, at most 50 km away, bears it, and all that
        are not more than twice as far plus 1 km bear it too: by a border nothing is guessed.
        """
        about = sorted(self._about(lat, lon))
        if not about or about[0][0] > _FARTHEST_M:
            return "", ""
        reach = 2 * about[0][0] + _BEYOND_M
        countries = {country for apart, country, _ in about if apart <= reach}
        provinces = {admin1 for apart, _, admin1 in about if apart <= reach}
        country = countries.pop() if len(countries) == 1 else ""
        return country, provinces.pop() if country and len(provinces) == 1 else ""

    def _about(self, lat: float, lon: float) -> Iterable[tuple[float, str, str]]:
        """Yield metres, country and province of each place within twice the farthest, or more."""
        across = max(math.cos(math.radians(lat)), 0.05)
        wide = math.ceil((2 * _FARTHEST_M + _BEYOND_M) / DEGREE_M / _CELL)
        wider = math.ceil(wide / across)
        row, column = _cell(lat, lon)
        for y in range(row - wide, row + wide + 1):
            for x in range(column - wider, column + wider + 1):
                for near_lat, near_lon, country, admin1 in self._cells.get((y, x % _AROUND), ()):
                    east = (near_lon - lon + 180) % 360 - 180
                    apart = DEGREE_M * math.hypot(near_lat - lat, east * across)
                    yield apart, country, admin1


_AROUND = round(360 / _CELL)


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / _CELL), math.floor((lon + 180) / _CELL) % _AROUND
