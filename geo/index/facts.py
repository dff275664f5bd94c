"""What the summary for readers counts: entries by where they were filmed, each in one group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from geo.filters import Filters
from geo.index.queries import Queries
from geo.summary import Facts, Group, Spot

_Row = tuple[Any, ...]
_Ask = Callable[..., list[_Row]]

_SHARE = 5
"""Groups are named when together they hold at least one in five of the entries."""


class Told(Queries):
    """The facts under filters."""

    def facts(self, filters: Filters) -> Facts:
        """Return what the entries that pass come to, the largest groups of places named.

        Where no places stand out, the groups are those of provinces, or of countries.
        """
        condition, values = filters.condition()

        def ask(query: str, *more: object) -> list[_Row]:
            return self._all(query.replace("{condition}", condition), [*values, *more])

        row = ask(_COUNTS)[0]
        level, certain = _largest(ask, row[1])
        possible = ask(_POSSIBLE)
        if _held(possible) * _SHARE < row[2]:
            possible = []
        elsewhere = row[1] - _held(certain)
        others = ask(_OTHERS.replace("{column}", level), _ids(certain)) if elsewhere else [(0,)]
        ids = _ids([*certain, *possible])
        spots = {place: Spot(*said) for place, *said in ask(_SPOTS, ids)}
        regions = {code: Spot("", "", code) for code in _ids(certain)}
        return Facts(
            entries=row[0], reports=ask(_REPORTS)[0][0],
            certain=_groups(spots if level == _LEVELS[0] else regions, certain),
            elsewhere=elsewhere, others=others[0][0], regional=level != _LEVELS[0],
            possible=_groups(spots, possible), unsure=row[2] - _held(possible),
            unplaced=row[0] - row[1] - row[2], verified=row[3], doubted=row[4],
            undated=row[5], first=None if row[7] else row[6], last=None if row[9] else row[8],
        )  # fmt: skip


def _largest(ask: _Ask, entries: int) -> tuple[str, list[_Row]]:
    """Return the finest level at which a few groups hold a good part, and these groups."""
    best: tuple[str, list[_Row]] = _LEVELS[0], []
    for level in _LEVELS:
        found = ask(_CERTAIN.replace("{column}", level))
        if best[1] and len(found) == 1:
            break  # all of it is one region: what lies in that says more
        best = level, found
        if _held(found) * _SHARE >= entries:
            break
    return best


def _held(rows: list[_Row]) -> int:
    return sum(entries for _, _, entries in rows)


def _ids(rows: list[_Row]) -> list[str]:
    return sorted({one for ids, _, _ in rows for one in ids})


def _groups(spots: dict[str, Spot], rows: list[_Row]) -> tuple[Group, ...]:
    return tuple(
        Group(tuple(sorted(spots[one] for one in ids)), entries, whole)
        for ids, whole, entries in rows
    )


_LEVELS = ("place_id", "coalesce(nullif(admin1, ''), country)", "country")

_COUNTS = (
    "WITH hits AS (SELECT entry_no, bool_or(certainty = 'certain') AS certain,"
    " bool_or(certainty = 'possible') AND NOT certain AS possible,"
    " any_value(verification) AS level, any_value(earliest) AS earliest,"
    " any_value(latest) AS latest FROM rows WHERE {condition} GROUP BY entry_no)"
    " SELECT count(*), count(*) FILTER (certain), count(*) FILTER (possible),"
    " count(*) FILTER (level IN ('corroborated', 'geolocated')),"
    " count(*) FILTER (level IN ('contested', 'refuted')),"
    " count(*) FILTER (earliest IS NULL AND latest IS NULL),"
    " min(year(earliest)), bool_or(earliest IS NULL AND latest IS NOT NULL),"
    " max(year(latest)), bool_or(latest IS NULL AND earliest IS NOT NULL) FROM hits"
)
"""The last four: the first and the last year, each with whether any entry leaves it open."""

_REPORTS = (
    "SELECT count(DISTINCT report) FROM (SELECT unnest(reports) AS report FROM rows"
    " WHERE {condition})"
)
_CERTAIN = (
    "SELECT ids, true, count(*) FROM (SELECT list_sort(list(DISTINCT {column})) AS ids FROM rows"
    " WHERE {condition} AND certainty = 'certain' GROUP BY entry_no)"
    " GROUP BY ids ORDER BY count(*) DESC, ids LIMIT 3"
)
_POSSIBLE = (
    "SELECT ids, bool_and(whole), count(*) FROM"
    " (SELECT list_sort(list(DISTINCT place_id)) AS ids, bool_and(complete) AS whole"
    " FROM rows WHERE certainty = 'possible' AND entry_no IN (SELECT entry_no FROM rows"
    " WHERE {condition} GROUP BY entry_no HAVING bool_or(certainty = 'possible')"
    " AND NOT bool_or(certainty = 'certain')) GROUP BY entry_no)"
    " GROUP BY ids ORDER BY count(*) DESC, ids LIMIT 2"
)
"""All places where an entry may be, also those that a filter leaves out: the report says
"here or there", and "possibly here" alone would be half of it."""

_OTHERS = (
    "SELECT count(DISTINCT {column}) FROM rows WHERE {condition} AND certainty = 'certain'"
    " AND NOT list_contains(?, {column})"
)
_SPOTS = (
    "SELECT place_id, any_value(name), any_value(native),"
    " coalesce(nullif(any_value(admin1), ''), any_value(country), '') FROM rows"
    " WHERE entry_no IN (SELECT entry_no FROM rows WHERE {condition})"
    " AND list_contains(?, place_id) GROUP BY place_id"
)
