"""Filters by date: partial dates match where their range overlaps the one that is asked for."""

from __future__ import annotations

import datetime as dt

from geo.dates import interval
from geo.errors import InputError

UNKNOWN = "unknown"
"""Asks for what carries no date at all."""

DATES = ("recorded", "published")

_FIRST, _LAST = dt.date.min, dt.date.max


def readable(asked: str) -> str:
    """Return the range of days as it is asked for, "" where it is none that can be read."""
    text = asked.strip()[:_LONGEST]
    if text == UNKNOWN:
        return text
    try:
        return text if interval(text) != (None, None) else ""
    except InputError:
        return ""


_LONGEST = 60


def condition(name: str, asked: str, *, undated: bool) -> tuple[str, list[object]]:
    """Return the SQL condition of a range of days, and the values for its parameters.

    `undated` lets through what has no such date, besides what falls into the range.
    """
    if asked == UNKNOWN:
        return f"NOT {_DATED[name]}", []
    earliest, latest = interval(asked)
    clause = f"{_OVERLAPS[name]} OR NOT {_DATED[name]}" if undated else _OVERLAPS[name]
    return f"({clause})", [latest or _LAST, earliest or _FIRST]


_DATED = {
    "recorded": "(earliest IS NOT NULL OR latest IS NOT NULL)",
    "published": (
        "list_has_any(reports, (SELECT coalesce(list(id), []) FROM report"
        " WHERE earliest IS NOT NULL OR latest IS NOT NULL))"
    ),
}
_WITHIN = (
    "((earliest IS NOT NULL OR latest IS NOT NULL)"
    " AND coalesce(earliest, DATE '0001-01-01') <= ?"
    " AND coalesce(latest, DATE '9999-12-31') >= ?)"
)
_OVERLAPS = {
    "recorded": _WITHIN,
    "published": (
        f"list_has_any(reports, (SELECT coalesce(list(id), []) FROM report WHERE {_WITHIN}))"  # noqa: S608 - constant clauses
    ),
}
