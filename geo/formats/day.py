"""Dates as files write them, as EDTF; what a file does not say is never completed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from geo.dates import interval
from geo.errors import InputError


class Order(StrEnum):
    """In which order a date of numbers names its parts."""

    AUTO = "auto"  # as all dates of the file show
    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"
    MS = "ms"  # milliseconds since 1970, UTC


@dataclass(frozen=True)
class Day:
    """A date that was read: EDTF, "" when it says nothing or could not be read."""

    edtf: str
    whole: bool = True
    """False when the cell says more than that: a time of day, or words that were not read."""
    unsure: bool = False
    """Day and month could not be told apart; only the year was taken."""


_TIME = (
    r"(?:[T ,]+(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]m|z|utc|[+-]\d{2}:?\d{2})?))?"
)
_ISO = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){_TIME}", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})(?:[./-]|년)\s*(\d{{1,2}})(?:(?:[./-]|월)\s*(\d{{1,2}})?)?\s*[.일]?{_TIME}",
    re.IGNORECASE,
)
_NUMBERS = re.compile(rf"(\d{{1,2}})[./-](\d{{1,2}})[./-](\d{{4}}){_TIME}", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
_DAY_NAME = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]([a-z]{{3,9}})\.?,?[ -](\d{{4}}){_TIME}", re.IGNORECASE
)
_NAME_DAY = re.compile(
    rf"([a-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}", re.IGNORECASE
)
_NAME_YEAR = re.compile(r"([a-z]{3,9})\.?,? (\d{4})", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NOTHING = {"", "nan", "nat", "none", "null", "n/a", "na", "-", "?", "unknown", "미상", "불명"}
_MIDNIGHT = re.compile(r"0?0:00(:00([.,]0+)?)?\s*(z|utc|\+00:?00)?", re.IGNORECASE)
_MONTHS_OF_YEAR = 12


def order_of(texts: Iterable[str]) -> Order:
    """Return the order of day and month that all dates of a file show.

    AUTO when none of them shows it, or some show the one and some the other.
    """
    shown: set[Order] = set()
    for text in texts:
        if found := _NUMBERS.fullmatch(text.strip()):
            first, second = int(found[1]), int(found[2])
            if first > _MONTHS_OF_YEAR >= second:
                shown.add(Order.DMY)
            elif second > _MONTHS_OF_YEAR >= first:
                shown.add(Order.MDY)
    return shown.pop() if len(shown) == 1 else Order.AUTO


def read(text: str, order: Order = Order.AUTO) -> Day:
    """Return a cell as EDTF; `whole` is False when it says more, or cannot be read at all."""
    text = " ".join(text.split())
    if text.casefold() in _NOTHING:
        return Day("")
    if order is Order.MS and re.fullmatch(r"-?\d{10,14}(\.0+)?", text):
        return _since_1970(float(text))
    if found := _NUMBERS.fullmatch(text):
        return _numbers(found, order)
    for pattern, year, month, day in _FORMS:
        if found := pattern.fullmatch(text):
            named = found[month]
            number = named if named.isdigit() else _month(named)
            return _day(found, found[year], number, found[day] if day else None)
    return _edtf(text)


_FORMS = (
    (_ISO, 1, 2, 3),
    (_YEAR_FIRST, 1, 2, 3),
    (_DAY_NAME, 3, 2, 1),
    (_NAME_DAY, 3, 1, 2),
    (_NAME_YEAR, 2, 1, 0),
    (_MONTH_YEAR, 2, 1, 0),
)
"""Forms of dates, and which of their groups are year, month and day."""


def span(first: Day, last: Day) -> Day:
    """Return the time between two days; the first alone where the last says nothing new."""
    if not last.edtf or not first.edtf or first.edtf == last.edtf:
        return first if first.edtf else last
    both = _edtf(f"{first.edtf}/{last.edtf}")
    return Day(both.edtf, first.whole and last.whole and both.whole) if both.edtf else first


def _edtf(text: str) -> Day:
    try:
        interval(text)
    except InputError:
        return Day("", whole=False)
    return Day(text)


def _numbers(found: re.Match[str], order: Order) -> Day:
    first, second, year = found[1], found[2], found[3]
    low, high = sorted((int(first), int(second)))
    if order is Order.MDY or (order is not Order.DMY and int(second) > _MONTHS_OF_YEAR >= low):
        first, second = second, first
    elif order is not Order.DMY and high <= _MONTHS_OF_YEAR and low != high:
        return Day(year, whole=False, unsure=True)
    return _day(found, year, second, first)


def _day(found: re.Match[str], year: str, month: str, day: str | None) -> Day:
    parts = [year, *(f"{int(part):02}" for part in (month, day) if part)]
    time = found.groupdict().get("time")
    read_one = _edtf("-".join(parts))
    exact = not time or bool(_MIDNIGHT.fullmatch(time))
    return Day(read_one.edtf, whole=read_one.whole and exact)


def _month(name: str) -> str:
    start = name.casefold()
    found = [n for n, month in enumerate(_MONTHS, start=1) if month.startswith(start)]
    found += [9] if start == "sept" and not found else []
    return str(found[0]) if len(found) == 1 else "99"


def _since_1970(milliseconds: float) -> Day:
    try:
        moment = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    except (OverflowError, OSError, ValueError):
        return Day("", whole=False)
    return Day(moment.date().isoformat(), whole=moment.time() == dt.time(0))


def tomorrow() -> dt.date:
    """Return the day from which a date lies in the future, wherever on Earth it was written."""
    return dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
