"""The rule: whether the first candidate is accepted, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Sequence

from geo.entry import Candidate, Match, Outcome
from geo.toponym import is_hangul

ONLY_ONE = "The only place of this name in the country that the reports are about."
AROUND = "The name itself is unknown; this is what the words say it lies in."
ELSEWHERE = "The name is known, but not in what the words say it lies in; a person must choose."
NAMED_AFTER = "Only the place that it is named after is known; a person must choose."
INSIDE = "The only place of this name in the country or province that the words give."
WELL_KNOWN = (
    "No place in the country of interest bears this name; abroad it clearly means this one."
)
ENDS = "The words name two places; this is one of them."
BETWEEN = "The words say between two places; this is one end, as wide as half the way to the other."
MISSPELT = "Nobody bears this name; the candidates are a guess from similar ones."
BOTH_KOREAS = "A well-known place in South Korea bears this name too; a person must choose."
SEVERAL = "Several places bear this name; a person must choose."
ABROAD = "Only found outside the country that the reports are about; a person must choose."
UNKNOWN = "No gazetteer knows this name."
NO_WORDS = "The report gives no place."
PROPOSED = "An online service proposes places; a person must choose."
REASONS = (
    ONLY_ONE,
    AROUND,
    ELSEWHERE,
    NAMED_AFTER,
    INSIDE,
    WELL_KNOWN,
    ENDS,
    BETWEEN,
    MISSPELT,
    BOTH_KOREAS,
    SEVERAL,
    ABROAD,
    UNKNOWN,
    NO_WORDS,
    PROPOSED,
)
"""Every reason that the rule can give, so that each has a translation."""

SURE = 0.9
"""Confidence from which the rule accepts without a person."""

INSIDE_OF = " in "
"""Stands in the query between a name and what it lies in; a key holds no blank."""

UNKNOWN_IN = "?" + INSIDE_OF
"""Begins the query where the name itself is unknown."""

ELSEWHERE_THAN = "≠" + INSIDE_OF
"""Begins the query where the name is known, but not in what it is said to lie in."""

AFTER = "… of "
"""Begins the query where the name is that of a site, and only what it is named after is known."""

_SOUTHERN_M = 3_500
"""Radius of a town of 100,000 people, from which it is well known."""


def decide(
    locality: str, candidates: Sequence[Candidate], interest: tuple[str, ...]
) -> tuple[Outcome, str]:
    """Accept the first candidate where nothing competes with it; otherwise ask a person."""
    if not candidates:
        return Outcome.NONE, UNKNOWN if locality.strip() else NO_WORDS
    first = candidates[0]
    home = first.country in interest
    if first.provenance.match is Match.FUZZY:
        return Outcome.REVIEW, MISSPELT
    asked = first.provenance.query
    if asked.startswith((ELSEWHERE_THAN, AFTER)):
        return Outcome.REVIEW, ELSEWHERE if asked.startswith(ELSEWHERE_THAN) else NAMED_AFTER
    if home and any(_also_southern(locality, one) for one in candidates[1:]):
        return Outcome.REVIEW, BOTH_KOREAS
    if first.confidence >= SURE:
        return Outcome.ACCEPTED, _why(asked, home=home)
    return Outcome.REVIEW, SEVERAL if home else ABROAD


def _why(query: str, *, home: bool) -> str:
    """Return why a place was accepted, by what was looked up for it."""
    if query.startswith(UNKNOWN_IN):
        return AROUND
    if INSIDE_OF in query:
        return INSIDE
    return ONLY_ONE if home else WELL_KNOWN


def _also_southern(locality: str, candidate: Candidate) -> bool:
    """Whether the words name a well-known place of South Korea just as well."""
    if candidate.country != "KR" or candidate.uncertainty_m < _SOUTHERN_M:
        return False
    return candidate.provenance.match is Match.EXACT or is_hangul(locality)
