"""Which province a place belonged to at the date of the footage."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).parent.parent / "data" / "hierarchy.csv"


class _Span(NamedTuple):
    code: str
    earliest: dt.date
    latest: dt.date
    was: str


def admin1_at(code: str, earliest: dt.date | None, latest: dt.date | None) -> str:
    """Return the ISO 3166-2 code of what today's unit was part of between two days.

    Today's code where the days are unknown, open, or lie on both sides of a change: a region
    is never claimed that held for a part of the time only. Source: `data/hierarchy.csv`.
    """
    if earliest is None or latest is None:
        return code
    for span in _spans():
        if span.code == code and span.earliest <= earliest and latest <= span.latest:
            return span.was
    return code


@cache
def _spans() -> tuple[_Span, ...]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            _Span(
                row["code"],
                dt.date.fromisoformat(row["earliest"]) if row["earliest"] else dt.date.min,
                dt.date.fromisoformat(row["latest"]) if row["latest"] else dt.date.max,
                row["was"],
            )
            for row in csv.DictReader(file)
        )
