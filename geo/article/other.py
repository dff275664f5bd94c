"""Names of places in any other language: what the tables know, and only what is well known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.article.mention import Name
from geo.article.world import World

_WORD = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*")
_HAN = re.compile("[一-鿿ァ-ヿ]+")
_LONGEST = 4
_CITY = 100_000
_SHORTEST = 4
"""Letters of a name that is matched without grammar; shorter ones are common words."""


def names(text: str, world: World) -> list[Name]:
    """Return the names that the tables know as a country, a province or a city of 100,000."""
    found = [*_in_words(text, world), *_in_han(text, world)]
    return sorted(found, key=lambda one: one.start)


def _in_words(text: str, world: World) -> Iterator[Name]:
    words = [word for word in _WORD.finditer(text) if not _HAN.fullmatch(word[0])]
    i = 0
    while i < len(words):
        longest = range(min(_LONGEST, len(words) - i), 0, -1)
        last = next((n for n in longest if _known_run(text, words[i : i + n], world)), 0)
        if last:
            start, end = words[i].start(), words[i + last - 1].end()
            yield Name(start, end, text[start:end])
        i += last or 1


def _known_run(text: str, words: list[re.Match[str]], world: World) -> bool:
    run = text[words[0].start() : words[-1].end()]
    cased = run[:1].lower() != run[:1].upper()
    if len(run) < _SHORTEST or "\n" in run or (cased and not run[:1].isupper()):
        return False
    return _well_known(run, world)


def _in_han(text: str, world: World) -> Iterator[Name]:
    """Yield names in scripts that write no blanks, the longest at each place."""
    for run in _HAN.finditer(text):
        i = run.start()
        while i < run.end():
            ends = range(min(run.end(), i + 6), i + 1, -1)
            end = next((e for e in ends if _well_known(text[i:e], world)), 0)
            if end:
                yield Name(i, end, text[i:end])
            i = end or i + 1


def _well_known(run: str, world: World) -> bool:
    return any(
        one.place.feature in ("country", "province", "continent", "sea", "region")
        or one.place.population >= _CITY
        or (one.place.source == "Glimpse" and one.place.feature in ("city", "county"))
        for one in world.search(run)
    )
