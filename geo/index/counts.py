"""What the index counts: each entry once, certain and possible apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.filters import Filters
from geo.index.queries import Queries

_ENTRIES = (
    "SELECT entry_no, bool_or(certainty = 'certain') AS certain,"
    " bool_or(certainty = 'possible') AND NOT certain AS possible,"
    " bool_and(inferred) FILTER (certainty = 'certain') AS inferred,"
    " min(unplaced) AS unplaced, any_value(verification) AS verification,"
    " bool_and(earliest IS NULL AND latest IS NULL) AS undated"
    " FROM rows WHERE {condition} GROUP BY entry_no"
)
"""Each entry that passes, once, whatever the number of its places."""

_TOTAL = "SELECT count(DISTINCT entry_no) FROM rows"


@dataclass(frozen=True)
class Count:
    """How many entries are certainly and how many only possibly there; each counts once."""

    certain: int = 0
    possible: int = 0


@dataclass(frozen=True)
class Stats:
    """What the line above the map says; `inferred` is part of `certain`."""

    total: int
    shown: int
    certain: int
    inferred: int
    possible: int
    unplaced: dict[str, int]
    unverified: int
    undated: int
    reports: int
    regions: dict[str, Count] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the same as plain values, fit for JSON."""
        return asdict(self)


class Interval(NamedTuple):
    """How many entries of one verification lie between two days; None is open or unknown."""

    earliest: dt.date | None
    latest: dt.date | None
    verification: str
    n: int


class Counts(Queries):
    """The counts under filters."""

    def stats(self, filters: Filters) -> Stats:
        """Return the counts under these filters, and the regions' counts under them."""
        return self._stats(*filters.condition())

    def stats_of(self, passing: NDArray[np.bool_]) -> Stats:
        """Return the counts of the entries of a mask, as `Index.passing` gives it."""
        return self._stats(_OF_MASK, [_numbers(passing)])

    def reports_of(self, passing: NDArray[np.bool_]) -> dict[str, int]:
        """Return how many entries of a mask each report speaks of, most entries first."""
        query = (
            "SELECT report, count(DISTINCT entry_no) AS n FROM"  # noqa: S608 - constant clauses
            f" (SELECT entry_no, unnest(reports) AS report FROM rows WHERE {_OF_MASK})"
            " GROUP BY report ORDER BY n DESC, report"
        )
        return dict(self._all(query, [_numbers(passing)]))

    def _stats(self, condition: str, values: list[object]) -> Stats:
        query = (
            f"WITH hits AS MATERIALIZED ({_ENTRIES.format(condition=condition)})"  # noqa: S608 - constant clauses
            " SELECT count(*), count(*) FILTER (certain), count(*) FILTER (certain AND inferred),"
            " count(*) FILTER (possible),"
            " count(*) FILTER (verification NOT IN ('corroborated', 'geolocated')),"
            " count(*) FILTER (undated), histogram(unplaced) FILTER (NOT certain AND NOT possible),"
            " (SELECT count(DISTINCT report) FROM"
            f" (SELECT unnest(reports) AS report FROM rows WHERE {condition})) FROM hits"
        )
        row = self._all(query, [*values, *values])[0]
        return Stats(
            total=self._all(_TOTAL, [])[0][0],
            shown=row[0], certain=row[1], inferred=row[2], possible=row[3],
            unverified=row[4], undated=row[5], unplaced=dict(sorted((row[6] or {}).items())),
            reports=row[7], regions=self._regions(condition, values, "province"),
        )  # fmt: skip

    def regions(self, filters: Filters, level: str = "province") -> dict[str, Count]:
        """Return the counts by region, most entries first.

        The keys are ISO 3166-2 codes, a country's where no finer is known; at the level
        "country" they are countries alone, at "county" the place ids of second-level units.
        """
        return self._regions(*filters.condition(), level)

    def _regions(self, condition: str, values: list[object], level: str) -> dict[str, Count]:
        query = (
            "SELECT code, count(*) FILTER (certain), count(*) FILTER (NOT certain) FROM"  # noqa: S608 - constant clauses
            f" (SELECT {_LEVELS[level]} AS code, entry_no,"
            " bool_or(certainty = 'certain') AS certain FROM rows"
            f" WHERE certainty <> 'unplaced' AND {condition} GROUP BY code, entry_no)"
            " WHERE code <> '' GROUP BY code ORDER BY count(*) DESC, code"
        )
        return {code: Count(c, p) for code, c, p in self._all(query, values)}

    def provinces(self) -> dict[str, str]:
        """Return the region that each county (by its place id) lies in, as far as any occurs."""
        query = (
            "SELECT county, any_value(coalesce(nullif(admin1, ''), country)) FROM rows"
            " WHERE county <> '' GROUP BY county ORDER BY county"
        )
        return dict(self._all(query, []))

    def choices(self, name: str, filters: Filters) -> dict[str, int]:
        """Return each value of a filter with the entries it would leave, the others standing.

        Every value that the whole index knows is there, also those that would leave none.
        """
        known = self.facets([name], Filters())[name]
        left = self.facets([name], filters)[name]
        return left | {value: 0 for value in sorted(known) if value not in left}

    def facets(self, names: Iterable[str], filters: Filters) -> dict[str, dict[str, int]]:
        """Return for each of these filters its values with the entries that they would leave.

        Values that would leave none are missing; the most entries come first. Filters that
        are not set themselves are counted in one pass.
        """
        passes: dict[Filters, list[str]] = {}
        for name in names:
            passes.setdefault(filters.without(name), []).append(name)
        found: dict[str, dict[str, int]] = {name: {} for one in passes.values() for name in one}
        for others, of_them in passes.items():
            condition, values = others.condition()
            counts = " UNION ALL ".join(_facet(name) for name in of_them)
            query = (
                f"WITH hits AS MATERIALIZED (SELECT * FROM rows WHERE {condition})"  # noqa: S608 - constant columns
                f" SELECT name, value, n FROM ({counts}) WHERE value <> '' ORDER BY n DESC, value"
            )
            for name, value, n in self._all(query, values):
                found[name][value] = n
        return found

    def count(self, filters: Filters) -> int:
        """Return how many entries pass."""
        condition, values = filters.condition()
        query = f"SELECT count(DISTINCT entry_no) FROM rows WHERE {condition}"  # noqa: S608 - constant clauses
        return int(self._all(query, values)[0][0])

    def intervals(self, filters: Filters, name: str = "recorded") -> list[Interval]:
        """Return how many entries that pass lie between the same two days, by verification.

        `name` is "recorded", or "published" for the days between which their reports appeared.
        Each entry counts once.
        """
        condition, values = filters.condition()
        query = (
            "SELECT earliest, latest, verification, count(*) FROM"  # noqa: S608 - constant clauses
            f" ({_SPANS[name].format(condition=condition)}) GROUP BY ALL ORDER BY ALL"
        )
        return [Interval(*row) for row in self._all(query, values)]

    def withheld(self) -> int:
        """Return how many entries are withheld: kept in the record and shown nowhere."""
        query = "SELECT count(DISTINCT entry_no) FROM every WHERE visibility = 'withheld'"
        return int(self._all(query, [])[0][0])

    def drafts(self, filters: Filters) -> int:
        """Return how many of the entries that pass are drafts."""
        condition, values = filters.condition()
        query = (
            "SELECT count(DISTINCT entry_no) FROM rows"  # noqa: S608 - constant clauses
            f" WHERE visibility = 'draft' AND {condition}"
        )
        return int(self._all(query, values)[0][0])


_OF_MASK = "entry_no IN (SELECT unnest(?))"


def _numbers(passing: NDArray[np.bool_]) -> object:
    """Return the numbers of a mask's entries as DuckDB takes them."""
    return np.flatnonzero(passing).tolist()


_LEVELS = {
    "country": "country",
    "province": "coalesce(nullif(admin1, ''), country)",
    "county": "county",
}

_CHOICES = {
    "report": "unnest(reports)",
    "region": "admin1",
    "tag": "unnest(tags)",
    "evidence": "unnest(evidence)",
    "relation": "unnest(list_append(besides, relation))",
}
"""Where the values of a filter stand, if it is not the column of its name."""

_TABLES = {
    "outlet": (
        "(SELECT entry_no, unnest(reports) AS said FROM hits) JOIN report ON report.id = said"
    )
}


def _facet(name: str) -> str:
    """Return the query that counts the entries of each value of a filter among the hits."""
    column, table = _CHOICES.get(name, name), _TABLES.get(name, "hits")
    return (
        f"SELECT '{name}' AS name, value, count(DISTINCT entry_no) AS n FROM"  # noqa: S608 - constant columns
        f" (SELECT {column} AS value, entry_no FROM {table}) GROUP BY value"
    )


_SPANS = {
    "recorded": (
        "SELECT any_value(earliest) AS earliest, any_value(latest) AS latest,"
        " any_value(verification) AS verification FROM rows WHERE {condition} GROUP BY entry_no"
    ),
    "published": (
        "SELECT min(report.earliest) AS earliest, max(report.latest) AS latest,"
        " any_value(verification) AS verification FROM (SELECT entry_no, verification,"
        " unnest(CASE WHEN len(reports) = 0 THEN [''] ELSE reports END) AS said FROM rows"
        " WHERE {condition}) LEFT JOIN report ON report.id = said GROUP BY entry_no"
    ),
}
"""The days and the verification of each entry, once."""
