"""The timeline: entries counted into bars of time, none lost, none dated more finely than reported.

A date that lies within one bar is *exact* there. A date that is wider than a bar, "2013" under
months, is *partial*: each of the k bars that it touches holds 1/k of the entry, drawn hatched.
So exact and partial of all bars together are the entries that have a date, and with those whose
date is unknown they are all entries. A range with an open end, "2012/..", runs to the last bar
in the same way; `open_end` says how many do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from geo.entry import Level

Dated = tuple[dt.date | None, dt.date | None, str, int]
"""Earliest and latest day (None is open; both None: no date), verification, number of entries."""

LEVELS = tuple(level.value for level in Level)


class Unit(StrEnum):
    """What one bar spans, finest first."""

    DAY = "day"
    WEEK = "week"  # from Monday on, as in ISO 8601
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@dataclass(frozen=True)
class Bar:
    """One bar: its days, both included, and what is recorded in them, by `LEVELS`."""

    first: dt.date
    last: dt.date
    start: str
    """The first and (`end`) the last day at the unit's precision, as EDTF: "2013-05"."""
    end: str
    exact: tuple[int, ...]
    """Entries whose date lies within the bar."""
    partial: tuple[float, ...]
    """Shares of entries whose date is wider than the bar and touches it."""
    touching: int
    """How many entries these shares are of: so many more may belong here."""

    @property
    def edtf(self) -> str:
        """The bar's time as EDTF."""
        return edtf(self, self)


@dataclass(frozen=True)
class Timeline:
    """The bars from the first to the last known day, and what stands in none of them."""

    unit: Unit
    bars: tuple[Bar, ...]
    """() when no entry has a date."""
    dated: int
    unknown: int
    open_start: int = 0
    open_end: int = 0
    """Entries whose range has no beginning, or no end."""

    def touched(self, first: dt.date | None, last: dt.date | None) -> tuple[int, int] | None:
        """Return the numbers of the first and last bar that a range touches, None when none."""
        hit = [
            number
            for number, bar in enumerate(self.bars)
            if (last is None or bar.first <= last) and (first is None or bar.last >= first)
        ]
        return (hit[0], hit[-1]) if hit else None


def edtf(first: Bar, last: Bar) -> str:
    """Return the time from one bar to another as EDTF: "2013-05" or "2013-05/2013-07"."""
    return first.start if first.start == last.end else f"{first.start}/{last.end}"


def timeline(found: Iterable[Dated]) -> Timeline:
    """Return the bars of these entries, at most about 80 and never finer than the dates are."""
    every = list(found)
    dated = [one for one in every if one[0] or one[1]]
    unknown = sum(one[3] for one in every) - sum(one[3] for one in dated)
    if not dated:
        return Timeline(Unit.YEAR, (), 0, unknown)
    spans = _Spans.of(dated)
    unit = unit_for(spans.last - spans.first + 1, spans.width)
    edges = _edges(unit, spans.first, spans.last)
    return Timeline(
        unit,
        _bars(unit, edges, spans),
        int(spans.number.sum()),
        unknown,
        int(spans.number[spans.earliest == _OPEN_START].sum()),
        int(spans.number[spans.latest == _OPEN_END].sum()),
    )


def unit_for(days: int, width: int) -> Unit:
    """Return the unit for a span of so many days whose dates are typically so many days wide.

    The finest that makes at most 80 bars and is not finer than the dates: months are no help
    where only years are known.
    """
    fine = [unit for unit in Unit if _SHORTEST[unit] <= width]
    coarse = [unit for unit in Unit if unit is Unit.CENTURY or days <= _MOST * _MEAN[unit]]
    return max(fine[-1], coarse[0], key=list(Unit).index)


_MOST = 80
_FEWEST = 12
"""A shorter time gets empty bars around it, so that one bar does not fill the page."""
_SHORTEST = dict(zip(Unit, (1, 7, 28, 90, 365, 3_652, 36_524), strict=True))
_MEAN = dict(zip(Unit, (1, 7, 30.4, 91.3, 365.2, 3_652, 36_524), strict=True))
_MONTHS = dict(zip(Unit, (0, 0, 1, 3, 12, 120, 1_200), strict=True))
_OPEN_START, _OPEN_END = 0, dt.date.max.toordinal() + 1


@dataclass(frozen=True)
class _Spans:
    """The dates as arrays of day ordinals, an open end at the beginning or end of time."""

    earliest: NDArray[np.int64]
    latest: NDArray[np.int64]
    level: NDArray[np.int64]
    number: NDArray[np.int64]

    @classmethod
    def of(cls, dated: list[Dated]) -> _Spans:
        code = {level: number for number, level in enumerate(LEVELS)}
        return cls(
            np.array([a.toordinal() if a else _OPEN_START for a, _, _, _ in dated]),
            np.array([b.toordinal() if b else _OPEN_END for _, b, _, _ in dated]),
            np.array([code[level] for _, _, level, _ in dated]),
            np.array([number for _, _, _, number in dated]),
        )

    @property
    def first(self) -> int:
        return int(min(known.min() for known in self._known() if len(known)))

    @property
    def last(self) -> int:
        return int(max(known.max() for known in self._known() if len(known)))

    def _known(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        known = self.earliest[self.earliest > _OPEN_START], self.latest[self.latest < _OPEN_END]
        return known[0], known[1]

    @property
    def width(self) -> int:
        """How many days half of the entries' dates are at most wide; a year if all are open."""
        closed = (self.earliest > _OPEN_START) & (self.latest < _OPEN_END)
        if not closed.any():
            return _SHORTEST[Unit.YEAR]
        wide, number = (self.latest - self.earliest + 1)[closed], self.number[closed]
        order = np.argsort(wide)
        below = np.cumsum(number[order])
        return int(wide[order][np.searchsorted(below, below[-1] / 2)])


def _edges(unit: Unit, first: int, last: int) -> list[int]:
    """Return the ordinal of each bar's first day, and of the day after the last bar."""
    months = _MONTHS[unit]
    step = months or _SHORTEST[unit]
    low, high = (_month(day) if months else day - 1 for day in (first, last))
    low, high = low // step * step, high // step * step
    missing = max(0, _FEWEST - 1 - (high - low) // step)
    low, high = low - missing // 2 * step, high + (missing - missing // 2 + 1) * step
    to_day = _first_of if months else (lambda day: min(max(day + 1, 1), _OPEN_END))
    return sorted({to_day(at) for at in range(low, high + 1, step)})


def _month(day: int) -> int:
    date = dt.date.fromordinal(day)
    return date.year * 12 + date.month - 1


def _first_of(month: int) -> int:
    """Return the first day of a month, kept within the years 1 to 9999."""
    if month < dt.MINYEAR * 12:
        return 1
    if month >= (dt.MAXYEAR + 1) * 12:
        return _OPEN_END
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def _bars(unit: Unit, edges: list[int], spans: _Spans) -> tuple[Bar, ...]:
    number = len(edges) - 1
    low = np.clip(np.searchsorted(edges, spans.earliest, "right") - 1, 0, number - 1)
    high = np.clip(np.searchsorted(edges, spans.latest, "right") - 1, 0, number - 1)
    closed = (spans.earliest > _OPEN_START) & (spans.latest < _OPEN_END)
    within = closed & (low == high)
    exact = np.zeros((number, len(LEVELS)), dtype=np.int64)
    np.add.at(exact, (low[within], spans.level[within]), spans.number[within])
    change = np.zeros((number + 1, len(LEVELS)))
    touching = np.zeros(number + 1, dtype=np.int64)
    low, high, level, weight = (a[~within] for a in (low, high, spans.level, spans.number))
    share = weight / (high - low + 1)
    np.add.at(change, (low, level), share)
    np.add.at(change, (high + 1, level), -share)
    np.add.at(touching, low, weight)
    np.add.at(touching, high + 1, -weight)
    # Sums and differences of shares leave dust of 1e-12 where nothing is.
    partial = np.where((sums := change.cumsum(axis=0)[:number]) < _DUST, 0, sums)
    days = [(edges[n], edges[n + 1] - 1) for n in range(number)]
    return tuple(
        Bar(*_days(unit, *span), tuple(inside), tuple(shares), of)
        for span, inside, shares, of in zip(
            days, exact.tolist(), partial.tolist(), touching.cumsum()[:number].tolist(), strict=True
        )
    )


_DUST = 1e-9


def _days(unit: Unit, first: int, last: int) -> tuple[dt.date, dt.date, str, str]:
    """Return the first and last day, and both at the unit's precision."""
    length = {Unit.DAY: 10, Unit.WEEK: 10, Unit.MONTH: 7, Unit.QUARTER: 7}.get(unit, 4)
    days = dt.date.fromordinal(first), dt.date.fromordinal(last)
    return (*days, days[0].isoformat()[:length], days[1].isoformat()[:length])
