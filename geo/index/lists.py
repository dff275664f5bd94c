"""What the index lists: which entries pass, page by page, and where they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from numpy.typing import NDArray

from geo.filters import Filters
from geo.index.queries import Queries
from geo.order import Order

EVERYTHING = Filters()
AS_IMPORTED = Order()


class PlaceCount(NamedTuple):
    """A place and the entries that are certainly and only possibly there; each counts once.

    `regions` are those it belonged to at the dates of the entries, as ISO codes, a country's
    where no finer is known. `at` are its points in index units, as `Lists.page` takes them.
    """

    place_id: str
    name: str
    native: str
    precision: str
    regions: tuple[str, ...]
    at: tuple[tuple[int, int], ...]
    certain: int
    possible: int


PlaceOrder = Literal["count", "name", "native"]


class Lists(Queries):
    """The entries under filters, in the order of their import or another one."""

    def page(
        self,
        filters: Filters,
        limit: int,
        offset: int = 0,
        at: Iterable[tuple[int, ...]] = (),
        order: Order = AS_IMPORTED,
    ) -> tuple[list[str], int]:
        """Return the ids of one page of entries and the number of entries on all pages.

        `at` narrows it to places: points `(x, y)` or half-open boxes `(x0, y0, x1, y1)` in
        index units; none means everywhere.
        """
        listed, values = _listed(filters, at, order)
        query = (
            f"SELECT entry_id, count(*) OVER () FROM ({listed})"  # noqa: S608 - constant clauses
            " ORDER BY place LIMIT ? OFFSET ?"
        )
        rows = self._all(query, [*values, limit, offset])
        return [row[0] for row in rows], (rows[0][1] if rows else 0)

    def position(
        self,
        entry_id: str,
        filters: Filters,
        at: Iterable[tuple[int, ...]] = (),
        order: Order = AS_IMPORTED,
    ) -> int | None:
        """Return how many entries stand before this one, or None when it is not listed."""
        listed, values = _listed(filters, at, order)
        query = f"SELECT place FROM ({listed}) WHERE entry_id = ?"  # noqa: S608 - constant clauses
        rows = self._all(query, [*values, entry_id])
        return int(rows[0][0]) - 1 if rows else None

    def reports_at(self, filters: Filters, at: Iterable[tuple[int, ...]]) -> int:
        """Return how many reports the entries at these places have, each report counted once."""
        condition, values = filters.condition()
        where, more = _somewhere(list(at))
        query = (
            "SELECT count(DISTINCT report) FROM (SELECT unnest(reports) AS report"  # noqa: S608 - constant clauses
            f" FROM rows WHERE {condition} AND {where})"
        )
        return int(self._all(query, [*values, *more])[0][0])

    def places(
        self, filters: Filters, limit: int, offset: int = 0, order: PlaceOrder = "count"
    ) -> tuple[list[PlaceCount], int]:
        """Return one page of the places of entries that pass, and how many places there are.

        The place with the most entries comes first, or they are sorted by name or native name.
        Beyond the last place the page is empty and the number 0.
        """
        condition, values = filters.condition()
        counted = _COUNTED.format(name=_NAMES[order], condition=condition)
        query = (
            f"SELECT place_id, certain, n - certain, count(*) OVER () FROM ({counted})"  # noqa: S608 - constant clauses
            f" ORDER BY {_ORDERS[order]}, place_id LIMIT ? OFFSET ?"
        )
        found = self._all(query, [*values, limit, offset])
        told = self._all(_TOLD.format(condition=condition), [*values, [row[0] for row in found]])
        about = {row[0]: row for row in told}
        places = [_place(about[place_id], *counts) for place_id, *counts, _ in found]
        return places, (found[0][-1] if found else 0)

    def unplaced(self, filters: Filters, reason: str, limit: int) -> list[str]:
        """Return the ids of entries without a place for this reason, in the order of import."""
        condition, values = filters.condition()
        query = (
            "SELECT entry_id FROM rows"  # noqa: S608 - constant clauses
            f" WHERE certainty = 'unplaced' AND unplaced = ? AND {condition}"
            " ORDER BY entry_no LIMIT ?"
        )
        return [row[0] for row in self._all(query, [reason, *values, limit])]

    def to_review(self, limit: int) -> tuple[list[str], int]:
        """Return ids of entries with a location that a person must decide, and how many wait."""
        query = (
            "SELECT entry_id, sum(to_review) OVER () FROM (SELECT entry_id, min(entry_no) AS n,"
            " any_value(to_review) AS to_review FROM rows WHERE to_review > 0 GROUP BY entry_id)"
            " ORDER BY n LIMIT ?"
        )
        found = self._all(query, [limit])
        return [row[0] for row in found], (int(found[0][1]) if found else 0)

    def placed(self, filters: Filters = EVERYTHING) -> dict[str, NDArray[Any]]:
        """Return the columns that the map needs of every row with a place that passes."""
        condition, values = filters.condition()
        query = (
            "SELECT entry_no, place_id, name, native, x, y, uncertainty_m, precision, country,"  # noqa: S608 - constant clauses
            " admin1, certainty, inferred, verification FROM rows"
            f" WHERE certainty <> 'unplaced' AND {condition}"
        )
        return self._columns(query, values)


def _place(row: tuple[Any, ...], certain: int, possible: int) -> PlaceCount:
    place_id, name, native, precision, regions, at = row
    points = tuple((x, y) for x, y in at)
    return PlaceCount(place_id, name, native, precision, tuple(regions), points, certain, possible)


_COUNTED = (
    "SELECT place_id, arg_max(called, seq) AS called, count(*) AS n,"
    " count(*) FILTER (sure) AS certain FROM (SELECT place_id, entry_no, max(seq) AS seq,"
    " bool_or(certainty = 'certain') AS sure, any_value({name}) AS called FROM rows"
    " WHERE certainty <> 'unplaced' AND {condition} GROUP BY place_id, entry_no) GROUP BY place_id"
)
"""Each place with its entries, called as the newest of their revisions calls it."""

_TOLD = (
    "SELECT place_id, arg_max(name, seq), arg_max(native, seq), arg_max(precision, seq),"
    " list_sort(list_distinct(list(nullif(coalesce(nullif(admin1, ''), country), '')))),"
    " list_sort(list_distinct(list([x, y]))) FROM rows"
    " WHERE certainty <> 'unplaced' AND {condition} AND list_contains(?, place_id)"
    " GROUP BY place_id"
)
"""What there is to say of a few places; for all of them it would take ten times as long."""

_NAMES: dict[PlaceOrder, str] = {
    "count": "name",
    "name": "name",
    "native": "coalesce(nullif(native, ''), name)",
}
_ORDERS: dict[PlaceOrder, str] = {
    "count": "n DESC, certain DESC, strip_accents(lower(called))",
    "name": "strip_accents(lower(called))",
    "native": "called",
}


def _listed(
    filters: Filters, at: Iterable[tuple[int, ...]], order: Order
) -> tuple[str, list[object]]:
    """Return SQL that gives each entry its place in the order, from 1, and its parameters."""
    condition, values = filters.condition()
    where, more = _somewhere(list(at))
    source = _SOURCES.get(order.by, "rows")
    query = (
        f"SELECT entry_id, row_number() OVER (ORDER BY {order.clause()}) AS place"  # noqa: S608 - constant clauses
        f" FROM {source} WHERE {condition} AND {where} GROUP BY entry_id"
    )
    return query, [*values, *more]


_SOURCES = {
    "published": (
        "(SELECT rows.*, appeared_from, appeared_to FROM rows LEFT JOIN"
        " (SELECT entry_no, min(report.earliest) AS appeared_from,"
        " max(report.latest) AS appeared_to FROM"
        " (SELECT entry_no, unnest(reports) AS said FROM rows) JOIN report ON report.id = said"
        " GROUP BY entry_no) USING (entry_no))"
    )
}
"""Where an order finds what it sorts by, if not in the rows."""


def _somewhere(at: list[tuple[int, ...]]) -> tuple[str, list[object]]:
    points = [place for place in at if len(place) == 2]  # noqa: PLR2004 - x and y
    boxes = [place for place in at if len(place) > 2]  # noqa: PLR2004 - the same
    clauses = [_POINTS] if points else []
    values: list[object] = [[x for x, _ in points], [y for _, y in points]] if points else []
    for box in boxes:
        clauses.append(_BOX)
        values.extend(box)
    return f"({' OR '.join(clauses) or 'true'})", values


_POINTS = "(x, y) IN (SELECT unnest(?), unnest(?))"
_BOX = "(x >= ? AND y >= ? AND x < ? AND y < ?)"
