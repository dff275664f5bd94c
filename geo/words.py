"""Texts as words to search in: one blind to spelling, with the borders between words kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from geo.toponym import is_hangul, normalise

_BETWEEN = re.compile(r"[\s/|,;:!?()\[\]{}<>“”„«»\"]+")
_JOINED = re.compile(r"[-‐‑‒–—_.]+")


def keys(text: str) -> list[str]:
    """Return the text's words as keys (`geo.toponym.normalise`); [] where it has none.

    A word that is joined by hyphens or dots comes whole and then in its parts, so that
    "room-salon" is found by "salon" as by "roomsalon".
    """
    found: list[str] = []
    for word in _BETWEEN.split(text):
        bare = _bare(word)
        parts = [part for part in map(_bare, _JOINED.split(bare)) if part]
        found += filter(None, map(normalise, [bare, *parts] if len(parts) > 1 else [bare]))
    return found


def searchable(texts: Iterable[str]) -> str:
    """Return the words of the texts between blanks, as a search looks through them.

    Hangul comes a second time without blanks, because writers differ in where they put them.
    """
    said = list(filter(None, texts))
    words = [word for text in said for word in (*keys(text), "")]
    words += [normalise(text) for text in said if is_hangul(text)]
    return f" {' '.join(words)} "


def _bare(word: str) -> str:
    """Return the word without the punctuation at its ends."""
    first, last = 0, len(word)
    while first < last and unicodedata.category(word[first])[0] == "P":
        first += 1
    while last > first and unicodedata.category(word[last - 1])[0] == "P":
        last -= 1
    return word[first:last]
