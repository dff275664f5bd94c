"""The order of a list of entries: one value that knows its address and its SQL."""

from __future__ import annotations

from dataclasses import dataclass

from geo.entry import Level, Precision

SORTS = (
    "imported", "title", "category", "place", "certainty", "precision", "verification",
    "recorded", "published", "changed",
)  # fmt: skip
"""By what entries can be sorted."""

DATES = ("recorded", "published")
"""The sorts that put entries without the value last in either direction, and must say so."""


@dataclass(frozen=True)
class Order:
    """By what entries are sorted; what has no value comes last in either direction."""

    by: str = "imported"
    down: bool = False

    @classmethod
    def read(cls, text: str) -> Order:
        """Return the order of an address, `recorded` or `-recorded`; nonsense is the usual one."""
        name = text.removeprefix("-")
        return cls(name, text.startswith("-")) if name in SORTS else cls()

    @property
    def text(self) -> str:
        """The order as it stands in an address, "" for the usual one."""
        return "" if self == Order() else f"{'-' if self.down else ''}{self.by}"

    def turned(self, by: str) -> Order:
        """Return the order after a click on a column: its own first, then the other way round."""
        return Order(by, not self.down) if by == self.by else Order(by)

    def clause(self) -> str:
        """Return the SQL that sorts the index's rows when they are grouped by entry."""
        way = "DESC" if self.down else "ASC"
        column = _COLUMNS.get(self.by) or _SPANS[self.by][self.down]
        return f"{column} {way} NULLS LAST, min(entry_no) {way}"


def _ladder(column: str, members: list[str]) -> str:
    said = ", ".join(f"'{member}'" for member in members)
    return f"list_position([{said}], {column})"


_COLUMNS = {
    "imported": "min(entry_no)",
    "title": "any_value(lower(strip_accents(title)))",
    "category": "nullif(any_value(lower(category)), '')",
    "place": "nullif(min(lower(strip_accents(name))), '')",
    "certainty": _ladder("min(certainty)", ["certain", "possible", "unplaced"]),
    "precision": "min(" + _ladder("precision", [level.value for level in Precision]) + ")",
    "verification": _ladder("any_value(verification)", [level.value for level in Level]),
    "changed": "max(seq)",
}
_SPANS = {
    "recorded": ("coalesce(min(earliest), min(latest))", "coalesce(max(latest), max(earliest))"),
    "published": (
        "coalesce(min(appeared_from), min(appeared_to))",
        "coalesce(max(appeared_to), max(appeared_from))",
    ),
}
"""A partial date is sorted by its first day, and downwards by its last."""
