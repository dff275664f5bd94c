"""Coordinates as people write them: decimals, degrees and minutes, a pair in one cell."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geo.mercator import DEGREE_M

_PART = r"(\d+(?:[.,]\d+)?)"
_DEGREES = re.compile(
    rf"\s*([NSEW북남동서])?[\s:]*([+\-−]?)\s*{_PART}\s*[°ºd]?"
    rf"(?:\s*{_PART}\s*(?:['′’분]|m\b|(?=\s\d)))?(?:\s*{_PART}\s*(?:[\"″”초]|''|s\b)?)?"
    r"\s*([NSEW])?\s*",
    re.IGNORECASE,
)
_NOTHING = {"", "nan", "none", "null", "n/a", "na", "-", "?", "unknown", "inf", "-inf", "+inf"}


@dataclass(frozen=True)
class Degrees:
    """A latitude or longitude, and the smallest step in which it is written, in degrees."""

    value: float
    step: float
    axis: str = ""
    """"lat" or "lon" where a letter says so, else ""."""


@dataclass(frozen=True)
class Point:
    """A pair of coordinates in WGS 84 degrees, not checked to lie on the Earth."""

    lat: float
    lon: float
    resolution_m: float
    """Radius in metres of what the digits tell apart: half of the last digit, both ways."""


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no number: empty, NaN, "n/a", "unknown"."""
    return text.strip().casefold() in _NOTHING


def degrees(text: str) -> Degrees | None:
    """Return what a cell with one coordinate says; None when it cannot be read."""
    found = _DEGREES.fullmatch(text)
    if not found:
        return None
    before, sign, whole, minutes, seconds, after = found.groups()
    letter = (before or after or "").upper()
    if before and after:
        return None
    value, step = 0.0, 1.0
    for part, size in ((whole, 1), (minutes, 60), (seconds, 3600)):
        if part:
            number = part.replace(",", ".")
            value += float(number) / size
            step = 10.0 ** -len(number.partition(".")[2]) / size
            if size > 1 and float(number) >= 60:  # noqa: PLR2004 - minutes and seconds
                return None
    if (sign and sign in "-−") or letter in tuple("SW남서"):
        value = -value
    return Degrees(value, step, _AXIS.get(letter, ""))


_AXIS = dict.fromkeys("NS북남", "lat") | dict.fromkeys("EW동서", "lon")


def point(lat: str, lon: str) -> Point | None:
    """Return what two cells say; None when either cannot be read."""
    first, second = degrees(lat), degrees(lon)
    if first is None or second is None or first.axis == "lon" or second.axis == "lat":
        return None
    return _point(first, second)


_BETWEEN = re.compile(r"\s*[|;/]\s*|\s*,\s+|(?<=[NSEWnsew\d°])\s+(?=[NSEWnsew+\-−]?\s*\d+[.,°]\d*)")
_INNER = re.compile(r"(?<=[NSEWnsew])[\s,]+")


def pair(text: str) -> Point | None:
    """Return what one cell says that holds both: `39.03, 125.75`; None when it cannot be read.

    Latitude comes first, unless letters say otherwise.
    """
    text = text.strip().strip("()[]")
    for split in (_BETWEEN, _INNER, re.compile(",")):
        parts = [part for part in split.split(text) if part]
        if len(parts) == 2:  # noqa: PLR2004 - a pair
            first, second = degrees(parts[0]), degrees(parts[1])
            if first and second and first.axis in ("", "lat") and second.axis in ("", "lon"):
                return _point(first, second)
            if first and second and (first.axis, second.axis) == ("lon", "lat"):
                return _point(second, first)
    return None


def _point(lat: Degrees, lon: Degrees) -> Point:
    """Return the point; of two numbers the finer step counts, as programs drop final zeros."""
    half = min(lat.step, lon.step) / 2 * DEGREE_M
    wide = half * math.cos(math.radians(min(abs(lat.value), 90)))
    return Point(lat.value, lon.value, math.hypot(half, wide))


def metres(text: str) -> float:
    """Return a radius in metres, 0 when the cell gives none that is a positive number."""
    try:
        value = float(text.strip().removesuffix("m").replace(",", ""))
    except ValueError:
        return 0.0
    return value if math.isfinite(value) and value > 0 else 0.0
