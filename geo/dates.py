"""Partial dates: EDTF strings (ISO 8601-2), the days that they allow and their words.

A date is never completed by us.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from geo.errors import InputError
from geo.i18n import Translator


@lru_cache(maxsize=10_000)
def interval(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the earliest and latest day that an EDTF date allows; None is open or unknown.

    Raises `InputError` for text that is not EDTF. Source: ISO 8601-2:2019, levels 0 to 2.
    """
    if not edtf:
        return None, None
    if _WHOLE_DAY.fullmatch(edtf):  # the library takes milliseconds a date, and most are these
        with suppress(ValueError):
            return (day := dt.date.fromisoformat(edtf)), day
    try:
        date = parse_edtf(edtf)
        first, last = _day(date.lower_strict()), _day(date.upper_strict())
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError) as error:
        raise InputError(_NO_DATE, date=edtf[:60]) from error
    start, slash, end = edtf.partition("/")
    if _OPEN.fullmatch(start):
        first = None
    if _OPEN.fullmatch(end if slash else start):
        last = None
    if first and last and first > last:
        raise InputError(_NO_DATE, date=edtf[:60])
    return first, last


_NO_DATE = (
    "“{date}” is not a date that can be read; write 2013, 2013-05, 2013-05-17 or"
    " 2012-10/2013-03, or leave it empty."
)
_OPEN = re.compile(r"(\.\.)?|X{4}(-XX){0,2}")
"""An end that is open or unknown; the library would make years of it."""

_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(moment: object) -> dt.date | None:
    year = getattr(moment, "tm_year", None)
    if year is None or not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, moment.tm_mon, moment.tm_mday)  # type: ignore[attr-defined]


def said(date: str, t: Translator) -> str:
    """Return an EDTF date as people write it in the interface's language.

    `said("2012-10/2013-03", t)` is "Oct 2012 – Mar 2013" or "2012년 10월~2013년 3월", and ""
    is "date unknown". It replaces `entry.recorded or t("date unknown")` wherever a date is
    shown; what is sorted, filtered or exported stays EDTF. What has no plain form (a set of
    dates, doubt about one part only) comes back letter for letter: nothing is dropped.
    """
    first, slash, last = date.partition("/")
    ends = [_end(first, t), _end(last, t)] if slash else [_end(date, t)]
    if None in ends:
        return date
    if not slash:
        return ends[0] or t("date unknown")
    return _span(first, last, [end or "" for end in ends], t)


def said_moment(at: dt.datetime, t: Translator) -> str:
    """Return a moment as people write it, to the minute and in UTC."""
    at = at.astimezone(dt.UTC)
    return t("{date}, {time} UTC", date=said(f"{at:%Y-%m-%d}", t), time=f"{at:%H:%M}")


MONTHS = {
    "01": "Jan", "02": "Feb", "03": "Mar", "04": "Apr", "05": "May", "06": "Jun",
    "07": "Jul", "08": "Aug", "09": "Sep", "10": "Oct", "11": "Nov", "12": "Dec",
}  # fmt: skip
SEASONS = {
    "21": "spring {year}", "22": "summer {year}", "23": "autumn {year}", "24": "winter {year}",
}  # fmt: skip
DOUBTS = {"?": "{date} (uncertain)", "~": "about {date}", "%": "about {date} (uncertain)"}
"""Words of dates, keyed in the translations by themselves."""

_PART = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(-(?P<month>\d\d|XX)(-(?P<day>\d\d|XX))?)?"
    r"(T(?P<time>[\d:.]+(Z|[+-][\d:]+)?))?(?P<doubt>[?~%])?"
)


def _span(first: str, last: str, ends: list[str], t: Translator) -> str:
    """Return two ends as a span; `..` is open, an empty end is unknown."""
    if ends[0] and ends[1]:
        return t("{first} – {last}", first=ends[0], last=ends[1])
    if ends[0]:
        text = "from {date}" if last == _ANY else "from {date}, end unknown"
        return t(text, date=ends[0])
    if ends[1]:
        text = "until {date}" if first == _ANY else "until {date}, beginning unknown"
        return t(text, date=ends[1])
    return t("date unknown") if first == last == "" else t("any time")


_ANY = ".."


def _end(part: str, t: Translator) -> str | None:
    """Return one date in words, "" for an open or unknown one, None if it has no plain form."""
    if part in ("", _ANY, "XXXX"):
        return ""
    found = _PART.fullmatch(part)
    plain = _calendar(found, t) if found else None
    if found is None or plain is None:
        return None
    if found["time"]:
        plain = f"{plain}, {found['time']}"
    return t(DOUBTS[found["doubt"]], date=plain) if found["doubt"] else plain


def _calendar(found: re.Match[str], t: Translator) -> str | None:
    """Return year, month and day in words; parts that are X are left out, as nobody knows them."""
    year, month, day = found["year"], found["month"] or "XX", found["day"] or "XX"
    if "X" in year:
        return _years(year, t) if month == "XX" else None
    if month == "XX":
        return t("{year}", year=year) if day == "XX" else None
    if day == "XX" and month in SEASONS:
        return t(SEASONS[month], year=year)
    if month not in MONTHS:
        return None
    name = t(MONTHS[month])
    text = "{month} {year}" if day == "XX" else "{day} {month} {year}"
    return t(text, day=day.lstrip("0"), month=name, year=year)


def _years(year: str, t: Translator) -> str:
    """Return a decade or a century whose last digits nobody knows."""
    first, last = (t("{year}", year=year.replace("X", digit)) for digit in "09")
    if year.count("X") == 1:
        return t("the {year}s", year=year.replace("X", "0"))
    return t("{first} – {last}", first=first, last=last)
