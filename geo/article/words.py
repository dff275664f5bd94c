"""The word lists of `data/article/`: what tells a place from a person, and filming from talk."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent.parent / "data"
"""The folder of the tables that are written by us."""


@dataclass(frozen=True)
class NameWords:
    """Words around names of places in English (`data/article/names.json`)."""

    titles: frozenset[str]
    family: frozenset[str]
    relatives: frozenset[str]
    bodies: frozenset[str]
    """Words for public bodies: the place in their name is where they act."""
    town_bodies: frozenset[str]
    """Those that stand behind a town's or a state's name, and seldom behind another."""
    city_bodies: frozenset[str]
    """Those before which "City" is part of their name: "Augusta City Council" is Augusta's."""
    joining: frozenset[str]
    """Small words inside a name: "of"."""
    institutions: frozenset[str]
    """Words for firms, papers, teams: the place in their name is only a name."""
    followers: frozenset[str]
    """Words that a place stands before: "Goma residents"."""
    owned: frozenset[str]
    """Words behind a place's genitive: "Goma's airport"."""
    taking: frozenset[str]
    """Verbs, as lemmas, whose object is often a place: "seized Goma"."""
    near: frozenset[str]
    """Words that lead up to a place, and to other things too."""
    strong: frozenset[str]
    """Those that lead up to little else."""
    modifiers: frozenset[str]
    not_places: frozenset[str]
    also_people: frozenset[str]
    """Names of cities that people bear as well."""
    the_only: frozenset[str]
    """Names that are places only after "the": "the Amazon"."""


@dataclass(frozen=True)
class NameTables:
    """Names with the place that they stand for (`data/article/places.json`)."""

    abbreviations: dict[str, str]
    """"Ill." to "US-IL": an ISO 3166 code for what newspapers write."""
    usual: dict[str, str]
    """The place that a bare name means where nothing says otherwise, by its id."""
    demonyms: dict[str, str]
    """"Canadian" to "CA": no place by itself, but evidence for where the others lie."""


@dataclass(frozen=True)
class FootageWords:
    """Words around footage in English (`data/article/footage.json`), verbs as lemmas."""

    footage: frozenset[str]
    part: frozenset[str]
    scenes: frozenset[str]
    film: frozenset[str]
    clearly_film: frozenset[str]
    show: frozenset[str]
    seen: frozenset[str]
    release: frozenset[str]
    analysis: frozenset[str]
    speech: frozenset[str]
    away: frozenset[str]
    not_by: frozenset[str]
    groups: frozenset[str]
    venues: frozenset[str]
    such_as: frozenset[str]
    summary: frozenset[str]
    """What footage "shows" where no scene is described: "a side of the country"."""


@dataclass(frozen=True)
class KoreanWords:
    """The same in Korean (`data/article/korean.json`), as kiwi cuts words."""

    filming: frozenset[str]
    plainly_filming: frozenset[str]
    release: frozenset[str]
    speech: frozenset[str]
    footage: frozenset[str]
    institutions: frozenset[str]
    people: frozenset[str]
    """Whose home a place with 의 is: "서울의 한 단체"."""
    at: frozenset[str]
    also: frozenset[str]
    either: frozenset[str]
    others: frozenset[str]
    about_filming: frozenset[str]
    """What makes no filming of 촬영 before it: "촬영 장소"."""
    made_in: frozenset[str]
    """Endings that make no place of a name: "중국산"."""


@dataclass(frozen=True)
class Claims:
    """Regular expressions for what a text says of its footage (`data/article/claims.json`)."""

    unverified: tuple[str, ...]
    calls: tuple[str, ...]
    """Somebody asks for verification."""
    withheld: tuple[str, ...]
    """Somebody knows the place and does not say it."""


@cache
def name_words() -> NameWords:
    """Return the word lists for names."""
    lists = _lists("names")
    return NameWords(**{field.name: frozenset(lists[field.name]) for field in fields(NameWords)})


@cache
def name_tables() -> NameTables:
    """Return the tables of names."""
    tables: dict[str, dict[str, str]] = json.loads(_text("places"))
    return NameTables(**tables)


@cache
def footage_words() -> FootageWords:
    """Return the word lists for footage in English."""
    return FootageWords(**{name: frozenset(words) for name, words in _lists("footage").items()})


@cache
def korean_words() -> KoreanWords:
    """Return the word lists for footage in Korean."""
    return KoreanWords(**{name: frozenset(words) for name, words in _lists("korean").items()})


@cache
def claims() -> Claims:
    """Return the expressions for what a text says of its footage."""
    return Claims(**{name: tuple(found) for name, found in _lists("claims").items()})


@cache
def categories() -> dict[str, list[str]]:
    """Return the beginnings of words that speak for each category of an entry."""
    return _lists("categories")


@cache
def common_words() -> dict[str, list[str]]:
    """Return the commonest words of each language that can be told."""
    return _lists("languages")


def _lists(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(_text(name))
    return found


def _text(name: str) -> str:
    return (DATA / "article" / f"{name}.json").read_text(encoding="utf-8")
