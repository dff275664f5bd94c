"""One line of a file from outside: the place that it becomes, or why it becomes none."""

from __future__ import annotations

import re
from typing import NamedTuple

from geo.gazetteer.place import Place

LONGEST_NAME = 200
LARGEST_RADIUS_M = 20_040_000


class Row(NamedTuple):
    """A place with its spellings, the name proper first.

    `number` tells it from the others of its gazetteer, and is the same whenever the line is
    added again.
    """

    row: int
    number: int
    place: Place
    spellings: list[str]


class Refused(NamedTuple):
    """A line that is wrong: its row, the first of the file being 1, and what is wrong with it."""

    row: int
    reason: str


class LeftOut(NamedTuple):
    """A line that is right and still no place for a map of footage, and why."""

    row: int
    reason: str


Line = Row | Refused | LeftOut


class UnusableError(ValueError):
    """A cell that does not say what it must; `str()` is the reason, for a person."""


_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def place_id(gazetteer: str, number: int) -> str:
    """Return the id of a place of an added gazetteer."""
    return f"own:{gazetteer}:{number}"


def name_of(cell: str) -> str:
    """Return the name in a cell; raises `UnusableError` when there is none to show."""
    name = cell.strip()
    if not name:
        raise UnusableError("it has no name")
    if not is_spelling(name):
        raise UnusableError(f"the name holds a control character or over {LONGEST_NAME} letters")
    return name


def shown(cell: str) -> str:
    """Return the start of a cell as it may be shown on a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in cell[:40])


def is_spelling(text: str) -> bool:
    """Whether a text can be kept as a name: on one line, not empty, not endless."""
    return bool(text) and len(text) <= LONGEST_NAME and not _CONTROL.search(text)


def point(lat: str, lon: str) -> tuple[float, float]:
    """Return `lat, lon` in degrees; raises `UnusableError` when they are no point on the earth."""
    y, x = _degrees("latitude", lat, 90), _degrees("longitude", lon, 180)
    if y == 0 and x == 0:
        raise UnusableError("0, 0 means that the place is unknown")
    return y, x


def _degrees(what: str, cell: str, most: int) -> float:
    text = cell.strip()
    if not text:
        raise UnusableError(f"the {what} is empty")
    if not _NUMBER.fullmatch(text):
        raise UnusableError(f"the {what} “{shown(text)}” is no number of degrees such as 39.03")
    if abs(value := float(text)) > most:
        raise UnusableError(
            f"the {what} {shown(text)} is not between −{most} and {most} (are the two swapped?)"
        )
    return value


def radius(cell: str) -> float:
    """Return a radius in metres; raises `UnusableError` when it is none."""
    text = cell.strip()
    if not _NUMBER.fullmatch(text) or not 0 < float(text) <= LARGEST_RADIUS_M:
        raise UnusableError(f"the uncertainty “{shown(text)}” is no number of metres above 0")
    return float(text)
