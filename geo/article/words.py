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

    abbreviations: dict[str, str]
    """"Ill." to "US-IL": an ISO 3166 code for what newspapers write."""
    usual: dict[str, str]
    """The place that a bare name means where nothing says otherwise, by its id."""
    demonyms: dict[str, str]
    """"Canadian" to "CA": no place by itself, but evidence for where the others lie."""
    followers: frozenset[str]
    """Words that a place stands before: "Goma residents"."""
    owned: frozenset[str]
    """Words behind a place's genitive: "Goma's airport"."""
    taking: frozenset[str]
    """Verbs, as lemmas, whose object is often a place: "seized Goma"."""
    also_people: frozenset[str]
    """Names of cities that people bear as well."""
    relatives: frozenset[str]
    titles: frozenset[str]
    family: frozenset[str]
    bodies: frozenset[str]
    """Words for public bodies: the place in their name is where they act."""
    institutions: frozenset[str]
    """Words for firms, papers, teams: the place in their name is only a name."""
    near: frozenset[str]
    strong: frozenset[str]
    modifiers: frozenset[str]
    not_places: frozenset[str]
    the_only: frozenset[str]
    """Names that are places only after "the": "the Amazon"."""


@dataclass(frozen=True)
class FootageWords:
    """Words around footage in English (`data/article/footage.json`), verbs as lemmas."""

    footage: frozenset[str]
    part: frozenset[str]
    film: frozenset[str]
    clearly_film: frozenset[str]
    show: frozenset[str]
    seen: frozenset[str]
    release: frozenset[str]
    analysis: frozenset[str]
    groups: frozenset[str]
    speech: frozenset[str]
    away: frozenset[str]
    not_by: frozenset[str]
    venues: frozenset[str]
    such_as: frozenset[str]
    summary: frozenset[str]
    """What footage "shows" where no scene is described: "a side of the country"."""
    scenes: frozenset[str]
    unverified: tuple[str, ...]
    calls: tuple[str, ...]
    withheld: tuple[str, ...]
    """Regular expressions for an absence that somebody chose."""
    categories: dict[str, tuple[str, ...]]


@cache
def name_words() -> NameWords:
    """Return the word lists for names."""
    lists = _read("names")
    plain = ("abbreviations", "usual", "demonyms")
    return NameWords(**{
        field.name: lists[field.name] if field.name in plain else frozenset(lists[field.name])
        for field in fields(NameWords)
    })  # fmt: skip


@cache
def footage_words() -> FootageWords:
    """Return the word lists for footage."""
    lists = _read("footage")
    ordered = ("unverified", "calls", "withheld")
    found = {
        field.name: (tuple if field.name in ordered else frozenset)(lists[field.name])
        for field in fields(FootageWords)
        if field.name != "categories"
    }
    categories = {name: tuple(stems) for name, stems in lists["categories"].items()}
    return FootageWords(**found, categories=categories)  # type: ignore[arg-type]


def _read(name: str) -> dict[str, dict[str, str] | list[str]]:
    path = DATA / "article" / f"{name}.json"
    lists: dict[str, dict[str, str] | list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return lists
