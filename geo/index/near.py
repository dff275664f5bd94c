"""The neighbours of an entry: what was filmed close to it, and at about the same time."""

from __future__ import annotations

from dataclasses import dataclass

from geo.filters.ground import metres
from geo.index.queries import Queries

WITHIN_KM = 50
WITHIN_DAYS = 31


@dataclass(frozen=True)
class InPlace:
    """An entry whose place is near; the distance is between the middles of two areas."""

    entry_id: str
    title: str
    place: str
    native: str
    km: float
    same: bool
    """Whether both are at one and the same place, or area."""
    overlaps: bool
    """Whether the two areas meet, so that both may have been filmed at one spot."""
    possible: bool
    """Whether the neighbour is only possibly there."""


@dataclass(frozen=True)
class InTime:
    """An entry that was recorded near in time; `days` is the least that may lie between."""

    entry_id: str
    title: str
    recorded: str
    days: int


class Near(Queries):
    """The neighbours of an entry, none of them withheld."""

    def near_place(self, entry_id: str, limit: int) -> tuple[list[InPlace], int]:
        """Return the nearest entries by place, and how many there are within 50 km.

        Those at the same place come first. A province or a country is near to nothing but
        itself: its middle says nothing of where in it something was filmed.
        """
        values = [entry_id, _REACH, _REACH, entry_id, _REACH, WITHIN_KM, limit]
        rows = self._all(_IN_PLACE, values)
        return [InPlace(*row[:-1]) for row in rows], (rows[0][-1] if rows else 0)

    def near_time(self, entry_id: str, limit: int) -> tuple[list[InTime], int]:
        """Return the nearest entries by date of recording, and how many there are in 31 days.

        Only entries count whose dates have two ends, and so must this one's.
        """
        rows = self._all(_IN_TIME, [entry_id, entry_id, WITHIN_DAYS, WITHIN_DAYS, limit])
        return [InTime(*row[:-1]) for row in rows], (rows[0][-1] if rows else 0)


_REACH = WITHIN_KM / 110.0
"""Degrees of latitude that hold 50 km, by which far rows are left out before any sine."""

_KM = f"{metres('own.lat', 'own.lon', 'o.lat', 'o.lon')} / 1000"

_COARSE = "('province', 'country')"

_IN_PLACE = (
    "WITH own AS (SELECT DISTINCT place_id, lat, lon, uncertainty_m, precision FROM rows"  # noqa: S608 - constant clauses
    " WHERE entry_id = ? AND certainty <> 'unplaced'),"
    " o AS (SELECT * FROM rows WHERE certainty <> 'unplaced' AND"
    " lat BETWEEN (SELECT min(lat) - ? FROM own) AND (SELECT max(lat) + ? FROM own)"
    " AND entry_id <> ?),"
    " pairs AS (SELECT o.entry_id, o.entry_no, o.title, o.name, o.native, o.certainty,"
    f" o.place_id = own.place_id AS same, {_KM} AS km,"
    " (o.uncertainty_m + own.uncertainty_m) / 1000 AS reach"
    f" FROM o, own WHERE o.place_id = own.place_id OR (o.precision NOT IN {_COARSE}"
    f" AND own.precision NOT IN {_COARSE} AND abs(o.lat - own.lat) <= ?)),"
    " best AS (SELECT * FROM pairs WHERE same OR km <= ? QUALIFY row_number() OVER"
    " (PARTITION BY entry_id ORDER BY same DESC, km, certainty) = 1)"
    " SELECT entry_id, title, name, native, km, same, km <= reach, certainty = 'possible',"
    " count(*) OVER () FROM best ORDER BY same DESC, km, entry_no LIMIT ?"
)

_IN_TIME = (
    "WITH own AS (SELECT any_value(earliest) AS first, any_value(latest) AS last FROM rows"
    " WHERE entry_id = ? AND earliest IS NOT NULL AND latest IS NOT NULL),"
    " o AS (SELECT entry_no, any_value(entry_id) AS entry_id, any_value(title) AS title,"
    " any_value(recorded) AS recorded, any_value(earliest) AS first, any_value(latest) AS last"
    " FROM rows WHERE entry_id <> ? AND earliest <= (SELECT last + ? FROM own)"
    " AND latest >= (SELECT first - ? FROM own) GROUP BY entry_no)"
    " SELECT o.entry_id, title, recorded,"
    " greatest(0, o.first - own.last, own.first - o.last) AS days, count(*) OVER ()"
    " FROM o, own ORDER BY days, abs(o.first - own.first), entry_no LIMIT ?"
)
