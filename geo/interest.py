"""Which countries the reports are about: a setting, or what the entries themselves say."""

from __future__ import annotations

import os
import re

from geo.errors import InputError
from geo.filters import Filters
from geo.gazetteer import Gazetteer
from geo.geocode import COUNTRIES_OF_INTEREST, Offline, offline
from geo.index import Index

_SHARE = 5
"""A country in which one in five placed entries lies is one that the reports are about."""


def countries(index: Index | None) -> tuple[str, ...]:
    """Return ISO 3166-1 codes: of GEO_INTEREST, else of the entries, else North Korea's.

    Raises `InputError` when the setting cannot be read.
    """
    return setting() or (of_entries(index) if index else ()) or COUNTRIES_OF_INTEREST


def geocoder(gazetteer: Gazetteer, index: Index) -> Offline:
    """Return the offline geocoder that knows which countries the entries are about."""
    return offline(gazetteer, interest=countries(index))


def setting() -> tuple[str, ...]:
    """Return the codes in GEO_INTEREST ("KP,CN"), () when it is not set."""
    return codes(re.split("[,; ]+", os.environ.get("GEO_INTEREST") or ""))


def codes(words: list[str]) -> tuple[str, ...]:
    """Return country codes in capitals, each once; raises `InputError` for what is none."""
    found = tuple(dict.fromkeys(word.strip().upper() for word in words if word.strip()))
    for code in found:
        if not re.fullmatch("[A-Z]{2}", code):
            raise InputError(
                "“{code}” is not a country's code of two letters; write KP for North Korea, or"
                " KP,CN for two countries.",
                code=code[:40],
            )
    return found


def of_entries(index: Index) -> tuple[str, ...]:
    """Return the countries in which many of the entries lie, most first; () when none has a place.

    Entries that are only possibly there count too, as the reports speak of the country.
    """
    counts = index.regions(Filters(), level="country")
    total = sum(count.certain + count.possible for count in counts.values())
    return tuple(
        code for code, count in counts.items() if (count.certain + count.possible) * _SHARE >= total
    )
