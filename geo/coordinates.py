"""Coordinates that a person types or clicks: where, in which form, and how exactly said.

What was typed is a cell, not a point: "39.0" is every latitude that is written so. Text that
could be read in two ways is refused and never mended. geopy's own reader is not used: it takes
`39 1 30 N` for 45° N, 61 minutes for an angle and 200° E for 160° W.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from mgrs import MGRS
from mgrs.core import MGRSError
from pluscodes.openlocationcode import openlocationcode

from geo.errors import InputError
from geo.mercator import DEGREE_M


class Form(StrEnum):
    """How a point was said."""

    DECIMAL = "decimal_degrees"  # 39.03, 125.75
    SEXAGESIMAL = "degrees_and_minutes"  # 39°01'30"N 125°45'00"E
    MGRS = "MGRS"  # 51SYD3823
    PLUS_CODE = "Plus Code"  # 8QF72QJ2+22
    CLICK = "map_click"  # on the ground of the map


@dataclass(frozen=True)
class Read:
    """What was said: the middle of a cell in WGS 84 degrees, and half the cell's longer side."""

    lat: float
    lon: float
    form: Form
    resolution_m: float
    text: str
    """The words as typed, a short Plus Code also in full, or the zoom of the clicked map."""

    @property
    def radius_m(self) -> float:
        """The radius in metres of the circle about the cell: nothing finer was said."""
        return self.resolution_m * math.sqrt(2)


class Spot(Protocol):
    """Anything with a latitude and a longitude."""

    @property
    def lat(self) -> float:
        """Degrees north."""

    @property
    def lon(self) -> float:
        """Degrees east."""


CLICK_PX = 12
"""Half the width in pixels of what a finger meets; a click says nothing finer."""
BASE_MAP_M = 1_000
"""How far off the base map's lines may be at any zoom: they were drawn for 1 : 10 million."""

_FINEST_M = 1.0
"""Whatever the number of digits, nobody means less than a metre here."""
_LONGEST = 100
_SIGNS = str.maketrans("−–º˚′’‘´ʹ″”“", "--°°'''''\"\"\"")

_UNREAD = (
    "“{text}” is not a place that can be read; write latitude, longitude as 39.03, 125.75 or"
    " 39°01'30\"N 125°45'00\"E, or an MGRS reference like 51SYD3823, or a Plus Code like"
    " 8QF72QJ2+22."
)
_SWAPPED = "Is the longitude first in “{text}”? Write latitude, longitude: north or south first."
_NO_SUCH = "“{text}” lies nowhere: latitude ends at 90°, longitude at 180°, minutes below 60."
_ONE_NUMBER = (
    "“{text}” may be one number with a decimal comma; write a blank behind the comma that parts"
    " latitude and longitude, and a point before decimals."
)
_NEAR_WHAT = (
    "“{text}” is a short Plus Code and says nothing without a place near it; write the full code,"
    " which has eight letters or digits before the +."
)


def read(text: str, near: Spot | None = None) -> Read:
    """Return what a text says: decimal degrees, degrees and minutes, MGRS or a Plus Code.

    A short Plus Code is read as the one nearest to `near`. Raises `InputError` for text that
    is none of these, has two readings, or lies nowhere.
    """
    said = " ".join(text.split())
    if not 0 < len(said) <= _LONGEST:
        raise InputError(_UNREAD, text=said[:_LONGEST])
    bare = said.replace(" ", "").upper()
    if openlocationcode.isValid(bare):
        return _plus_code(bare, said, near)
    if found := _MGRS.fullmatch(bare):
        return _mgrs(found["square"], found["digits"], said)
    return _angles(said)


def clicked(lat: float, lon: float, zoom: float) -> Read:
    """Return what a click on the map says: no finer than the pixels of that zoom and the map.

    Raises `InputError` where there is no ground: beyond the poles of the map, or not a number.
    """
    text = f"{lat:.5f}, {lon:.5f}"
    if not (-_EDGE <= lat <= _EDGE and 0 <= zoom <= _DEEPEST and math.isfinite(lon)):
        raise InputError(_NO_SUCH, text=text)
    metres = 360 * DEGREE_M * math.cos(math.radians(lat)) / 2 ** (zoom + 8)
    resolution = max(CLICK_PX * metres, BASE_MAP_M)
    turned = (lon + 180) % 360 - 180  # the map goes round the world
    return Read(
        round(lat, 6), round(turned, 6), Form.CLICK, resolution, f"map click at zoom {zoom:g}"
    )


_EDGE, _DEEPEST = 85.06, 24


_MGRS = re.compile(
    r"(?P<square>(?:0?[1-9]|[1-5]\d|60)[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V])(?P<digits>(?:\d\d){0,5})",
    re.ASCII,
)
"""Zone, band, square of 100 km, then as many digits of easting as of northing."""
_SQUARE_M = 100_000


def _mgrs(square: str, digits: str, said: str) -> Read:
    """Return the middle of a square, which is what the library answers with from 1.6 on."""
    try:
        lat, lon = MGRS().toLatLon(square + digits)
    except MGRSError:
        raise InputError(_UNREAD, text=said) from None
    size = max(_SQUARE_M / 10 ** (len(digits) // 2) / 2, _FINEST_M)
    return Read(float(lat), float(lon), Form.MGRS, size, said)


def _plus_code(code: str, said: str, near: Spot | None) -> Read:
    if openlocationcode.isShort(code):
        if near is None:
            raise InputError(_NEAR_WHAT, text=said)
        code = openlocationcode.recoverNearest(code, near.lat, near.lon)
        said = f"{said} = {code}"  # which of the many it was taken for
    elif not openlocationcode.isFull(code):
        raise InputError(_UNREAD, text=said)
    area = openlocationcode.decode(code)
    lat, lon = float(area.latitudeCenter), float(area.longitudeCenter)
    tall, wide = area.latitudeHi - area.latitudeLo, area.longitudeHi - area.longitudeLo
    return Read(lat, lon, Form.PLUS_CODE, _half_m(lat, tall, wide), said)


@dataclass(frozen=True)
class _Angle:
    """One half of a pair: degrees, the step of the last digit in degrees, and its letter."""

    degrees: float
    step: float
    letter: str
    form: Form


_NUMBER = r"\d{1,2}(?:\.\d{1,15})?"
_DECIMAL = re.compile(
    r"(?P<before>[NSEW])? ?(?P<degrees>[-+]?\d{1,3}(?:\.\d{1,15})?) ?°? ?(?P<after>[NSEW])?",
    re.ASCII,
)
_PARTS = re.compile(
    rf"(?P<before>[NSEW])? ?(?P<degrees>[-+]?\d{{1,3}})(?: ?° ?| )(?P<minutes>{_NUMBER})"
    rf"(?:(?: ?' ?| )(?P<seconds>{_NUMBER}) ?\"?| ?')? ?(?P<after>[NSEW])?",
    re.ASCII,
)
_ONE_NUMBER_MAYBE = re.compile(r"[-+]?\d+,\d+", re.ASCII)
_HALVES = (
    re.compile(r"([^,;]+)[,;]([^,;]+)"),
    re.compile(r"([^NSEW,;]+[NSEW])([^NSEW,;]+[NSEW])"),
    re.compile(r"([NSEW][^NSEW,;]+)([NSEW][^NSEW,;]+)"),
    re.compile(r"(\S+) (\S+)"),
)
"""How latitude and longitude are told apart: a comma, their letters, or the only blank."""


def _angles(said: str) -> Read:
    plain = said.translate(_SIGNS).replace("''", '"').upper()
    if _ONE_NUMBER_MAYBE.fullmatch(plain):
        raise InputError(_ONE_NUMBER, text=said)
    pair = next(filter(None, (form.fullmatch(plain) for form in _HALVES)), None)
    if pair is None:
        raise InputError(_UNREAD, text=said)
    lat, lon = (_angle(half.strip(), said) for half in pair.groups())
    if bool(lat.letter) != bool(lon.letter) or lat.form is not lon.form:
        raise InputError(_UNREAD, text=said)
    if lat.letter in ("E", "W") or lon.letter in ("N", "S"):
        raise InputError(_SWAPPED, text=said)
    if abs(lat.degrees) > _POLE:
        swapped = abs(lat.degrees) <= _TURN and abs(lon.degrees) <= _POLE
        raise InputError(_SWAPPED if swapped else _NO_SUCH, text=said)
    if abs(lon.degrees) > _TURN:
        raise InputError(_NO_SUCH, text=said)
    resolution = _half_m(lat.degrees, lat.step, lon.step)
    return Read(lat.degrees, lon.degrees, lat.form, resolution, said)


_POLE, _TURN = 90, 180


def _angle(half: str, said: str) -> _Angle:
    found = _DECIMAL.fullmatch(half) or _PARTS.fullmatch(half)
    parts = found.groupdict() if found else {}
    letter = parts.get("before") or parts.get("after") or ""
    signed = parts.get("degrees", "").startswith(("-", "+"))
    twice = parts.get("before") and parts.get("after")
    guessed = "minutes" in parts and not letter and "°" not in half
    if not parts or twice or guessed or (letter and signed):
        raise InputError(_UNREAD, text=said)
    written = [parts["degrees"], parts.get("minutes"), parts.get("seconds")]
    numbers = [text for text in written if text is not None]
    if any("." in number for number in numbers[:-1]):
        raise InputError(_UNREAD, text=said)
    if any(float(number) >= _SIXTY for number in numbers[1:]):
        raise InputError(_NO_SUCH, text=said)
    size = sum(abs(float(number)) / _SIXTY**place for place, number in enumerate(numbers))
    south = letter in ("S", "W") or parts["degrees"].startswith("-")
    digits = len(numbers[-1].partition(".")[2])
    step = 10.0**-digits / _SIXTY ** (len(numbers) - 1)
    form = Form.SEXAGESIMAL if "minutes" in parts else Form.DECIMAL
    return _Angle(-size if south else size, step, letter, form)


_SIXTY = 60


def _half_m(lat: float, tall: float, wide: float) -> float:
    """Return half the longer side in metres of a cell, its sides given in degrees."""
    sides = (tall, wide * math.cos(math.radians(lat)))
    return max(max(sides) * DEGREE_M / 2, _FINEST_M)
