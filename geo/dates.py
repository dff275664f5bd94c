"""Partial dates: EDTF strings (ISO 8601-2) and the days that they allow; never completed by us."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from geo.errors import InputError


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
