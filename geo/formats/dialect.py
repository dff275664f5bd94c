# ruff: noqa: RUF012 - a model copies its defaults
"""Dialects: how the columns of another tool's files say what ours say. They are data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from geo.entry import Model
from geo.errors import InputError
from geo.formats.day import Order
from geo.formats.row import COLUMNS

FOLDER = Path(__file__).parents[2] / "data" / "dialects"

FIELDS = (
    *COLUMNS, "recorded_until", "lat", "lon", "coordinates", "shape", "uncertainty_m", "country",
    "admin1", "admin2", "archived_url",
)  # fmt: skip
"""What a column may say: the flat columns, and what they leave to the geocoder."""


class Accuracy(Model):
    """What a value of a precision column means."""

    radius_m: float
    area: str = ""
    """"country", "admin1" or "admin2" where the point only stands in for an area, else ""."""


class Join(Model):
    """Another tab whose rows belong to those of the first, and the columns that say which."""

    page: str
    ours: str
    theirs: str


class Dialect(Model):
    """How the files of one tool are read."""

    name: str
    title: str
    about: str
    kinds: tuple[str, ...] = ()
    """The kinds of file that it comes in; () for any."""
    signature: tuple[str, ...]
    """Columns that all of its files have."""
    columns: dict[str, tuple[str, ...]]
    """Columns for each field, the best first. "#" stands for a number, "*" for any words."""
    tags: str = ";"
    """What parts several tags in a cell."""
    dates: Order = Order.AUTO
    precision_column: str = ""
    precision: dict[str, Accuracy] = {}
    """What the values of that column mean; a value may go on after these words."""
    day_precision_column: str = ""
    day_precision: dict[str, str] = {}
    """What the values of that column mean for the date: "about", "month" or "year"."""
    least_m: float = 1_000
    """The least radius in metres that a point of such a file can claim."""
    unknown: dict[str, tuple[str, ...]] = {}
    """Values of a field that this tool writes for "not known"."""
    never: tuple[str, ...] = ()
    """Columns that are not even kept: positions that their owner keeps to himself."""
    withheld: dict[str, tuple[str, ...]] = {}
    """Columns and values that say that the place is known and not told."""
    visibility: dict[str, dict[str, str]] = {}
    """Columns and values that say who may see an entry, and which visibility they mean."""
    guarded: bool = False
    """Whether this tool writes a `'` before cells that a spreadsheet would run."""
    html: tuple[str, ...] = ()
    """Columns that hold HTML, of which the text is taken."""
    captions: dict[str, str] = {}
    """What the links in a column are."""
    page: str = ""
    joins: tuple[Join, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person must know who reads such a file."""

    def found_in(self, header: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the columns of a header that say each field, the best first."""
        found: dict[str, tuple[str, ...]] = {}
        for field, patterns in self.columns.items():
            names = (name for one in patterns for name in header if matches(one, name))
            if each := tuple(dict.fromkeys(names)):
                found[field] = each
        return found

    def fits(self, header: Sequence[str], kind: str) -> bool:
        """Whether a file with these columns is of this dialect."""
        if self.kinds and kind not in self.kinds:
            return False
        return all(any(matches(one, name) for name in header) for one in self.signature)


def fold(name: str) -> str:
    """Return a column's name without case, byte order mark, underscores and double blanks."""
    return " ".join(name.removeprefix("\ufeff").casefold().replace("_", " ").split())


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(fold(text)).replace(r"\#", r"\d+").replace(r"\*", ".*"))


@cache
def matches(pattern: str, name: str) -> bool:
    """Whether a column has the name that a dialect gives it."""
    return bool(_pattern(pattern).fullmatch(fold(name)))


def fingerprint(header: Iterable[str]) -> str:
    """Return a mark of the columns of a file, the same in whatever order they stand."""
    names = sorted(map(fold, header))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


GLIMPSE = "glimpse"
"""The dialect of our own flat form and exports."""


@cache
def dialects() -> tuple[Dialect, ...]:
    """Return every dialect that is known, by name."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.json")))
    return tuple(Dialect.model_validate_json(text) for text in texts)


def named(name: str) -> Dialect:
    """Return the dialect of this name. Raises `InputError` when there is none."""
    found = next((one for one in dialects() if one.name == name), None)
    if found is None:
        raise InputError(
            "“{name}” is no dialect that is known; write auto or one of {known}.",
            name=name[:40],
            known=", ".join(one.name for one in dialects()),
        )
    return found


def recognised(header: Sequence[str], kind: str) -> Dialect | None:
    """Return the dialect that a header shows, the one with the longest signature; None if none."""
    fitting = [one for one in dialects() if one.fits(header, kind)]
    return max(fitting, key=lambda one: len(one.signature), default=None)
