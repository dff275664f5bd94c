"""Geocoding: from a locality in the report's words to candidates, a decision and its reason."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from geo.entry import Candidate, Decision, Match, Outcome
from geo.gazetteer import Found, Gazetteer
from geo.geocode.area import reaching
from geo.geocode.ranking import LICENCES, WORLD_CITY, Asked
from geo.geocode.rule import (
    ABROAD,
    AROUND,
    BETWEEN,
    BOTH_KOREAS,
    ELSEWHERE,
    ENDS,
    INSIDE,
    MISSPELT,
    NAMED_AFTER,
    NO_WORDS,
    ONLY_ONE,
    PROPOSED,
    REASONS,
    SEVERAL,
    SURE,
    UNKNOWN,
    UNKNOWN_IN,
    WELL_KNOWN,
    decide,
)
from geo.locality import Ends, Words, ends, readings
from geo.toponym import is_hangul, normalise

__all__ = [
    "ABROAD", "AROUND", "BETWEEN", "BOTH_KOREAS", "COUNTRIES_OF_INTEREST", "ELSEWHERE", "ENDS",
    "INSIDE", "LICENCES", "MISSPELT", "NAMED_AFTER", "NO_WORDS", "ONLY_ONE", "PROPOSED", "REASONS",
    "SEVERAL", "SURE", "UNKNOWN", "WELL_KNOWN", "WORLD_CITY", "Answer", "Geocoder", "Offline",
    "answer", "answers", "batch", "context", "offline",
]  # fmt: skip

Geocoder = Callable[[str], list[Candidate]]
"""`locality -> candidates`, best first; [] means that no such place is known."""

COUNTRIES_OF_INTEREST = ("KP",)
"""Where the reports are about, unless entries or a setting say otherwise; elsewhere a name is
not accepted by itself."""

_AT_ONCE = 2_000
"""Localities whose plain names are looked up together."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rule made of a locality: all candidates, best first, and the decision."""

    locality: str
    candidates: tuple[Candidate, ...]
    decision: Decision

    @property
    def chosen(self) -> str | None:
        """The id of the accepted candidate, or None."""
        accepted = self.decision.outcome is Outcome.ACCEPTED
        return self.candidates[0].place_id if accepted else None


class Offline:
    """A `Geocoder` that asks the built-in gazetteer and never the network."""

    def __init__(self, asked: Asked) -> None:
        self._ahead: dict[str, list[Found]] = {}
        self._searched = lru_cache(maxsize=20_000)(asked.search)
        self._kept = lru_cache(maxsize=50_000)(lambda locality: tuple(self.fresh(locality)))
        self._asked = replace(asked, search=self._search)

    @property
    def interest(self) -> tuple[str, ...]:
        """The countries that the reports are about."""
        return self._asked.interest

    def __call__(self, locality: str) -> list[Candidate]:
        """Return the candidates for a locality, best first; [] when no such place is known."""
        return list(self._kept(locality.strip()))

    def fresh(self, locality: str) -> list[Candidate]:
        """Return the same without keeping it for the next question."""
        asked = self._asked
        plain = asked.candidates(Words(locality))
        if plain:
            return plain
        words = readings(locality)
        tries = (asked.candidates(one) for one in islice(words, 1, None))
        return next(filter(None, tries), None) or asked.around(words) or asked.guesses(words[0])

    def beside(self, localities: Iterable[str]) -> Offline:
        """Return the geocoder that takes the other places of the same report as evidence.

        The provinces of those that are accepted by themselves speak for the places in them.
        """
        accepted = (one for text in localities for one in answers(self, text) if one.chosen)
        first = (one.candidates[0] for one in accepted)
        found = {c.admin1 for c in first if c.admin1 and c.country in self.interest}
        asked = self._asked
        if found <= asked.provinces:
            return self
        provinces = asked.provinces | found
        return Offline(replace(asked, search=asked.gazetteer.search, provinces=provinces))

    def look_ahead(self, localities: Iterable[str]) -> None:
        """Look the plain names of many localities up at once, for the questions that follow."""
        self._ahead = self._asked.gazetteer.search_many(localities)

    def _search(self, name: str) -> list[Found]:
        found = self._ahead.get(name)
        return self._searched(name) if found is None else found


def offline(
    gazetteer: Gazetteer,
    at: dt.datetime | None = None,
    interest: tuple[str, ...] = COUNTRIES_OF_INTEREST,
    report: str = "",
) -> Offline:
    """Return a geocoder that asks the built-in gazetteer and never the network.

    The words are taken apart (`geo.locality`) until a reading finds a place: the whole text,
    then the name in what it lies in, then the name alone. If none does, similar names of the
    countries of `interest` are guessed. Countries and provinces that the text of the `report`
    names speak for the places in them. `at` is the time written into the provenance.
    """
    when = at or dt.datetime.now(dt.UTC).replace(microsecond=0)
    provinces = context(gazetteer, report)
    return Offline(Asked(gazetteer, gazetteer.search, interest, when, provinces))


def answer(geocoder: Geocoder, locality: str) -> Answer:
    """Return the candidates for a locality and the rule's decision on them.

    Where the words name two places ("between Wonsan and Hamhung"), the candidates of both
    stand in it, the first of each end first, and it is accepted only if both are; `answers`
    keeps them apart. Raises what the geocoder raises when it could not ask; an unknown name
    is an answer.
    """
    return _together(answers(geocoder, locality))


def _together(ends: tuple[Answer, ...]) -> Answer:
    if len(ends) == 1:
        return ends[0]
    firsts = [one.candidates[0] for one in ends]
    rest = [c for one in ends for c in one.candidates[1:]]
    undecided = next((one for one in ends if one.chosen is None), ends[0])
    return Answer(ends[0].locality, (*firsts, *rest), undecided.decision)


def answers(geocoder: Geocoder, locality: str) -> tuple[Answer, ...]:
    """Return one answer, or one for each end where the words name two places.

    Raises what the geocoder raises when it could not ask.
    """
    interest = geocoder.interest if isinstance(geocoder, Offline) else COUNTRIES_OF_INTEREST
    return _answers(geocoder, locality, interest)


def _answers(geocoder: Geocoder, locality: str, interest: tuple[str, ...]) -> tuple[Answer, ...]:
    said = ends(locality)
    if said is None:
        return (_answer(locality, geocoder(locality), interest),)
    whole = [] if said.between else geocoder(locality)
    if whole and _is_name(locality, whole[0]):
        return (_answer(locality, whole, interest),)  # "Bosnia and Herzegovina"
    found = _answers_of_ends(geocoder, locality, said, interest)
    return found or (_answer(locality, whole or geocoder(locality), interest),)


def _is_name(locality: str, first: Candidate) -> bool:
    return normalise(first.provenance.matched_name) == normalise(locality)


def _answers_of_ends(
    geocoder: Geocoder, locality: str, said: Ends, interest: tuple[str, ...]
) -> tuple[Answer, ...]:
    """Return an answer for each of the two ends; () unless both are known."""
    one, other = (geocoder(name) for name in said.names)
    if not (_is_end(one, said) and _is_end(other, said)):
        return ()
    pairs = ((one, other[0]), (other, one[0]))
    ways = [reaching(c, far) if said.between else c for c, far in pairs]
    told = [_answer(name, found, interest) for name, found in zip(said.names, ways, strict=True)]
    reason = BETWEEN if said.between else ENDS
    return tuple(
        Answer(locality, each.candidates, _decision(Outcome.ACCEPTED, reason, int(time.time())))
        if each.chosen
        else Answer(locality, each.candidates, each.decision)
        for each in told
    )


def _is_end(found: list[Candidate], said: Ends) -> bool:
    """Whether an end is known; in "A and B" by its own name, or B may belong to the words of A."""
    if not found or found[0].feature == "country":
        return False
    asked = found[0].provenance
    return said.between or not (asked.match is Match.FUZZY or asked.query.startswith(UNKNOWN_IN))


def batch(geocoder: Offline, localities: Iterable[str]) -> Iterator[Answer]:
    """Yield the answer for each locality, in their order, looking many names up at once.

    The answers are those of `answer`; nothing is kept, as a batch seldom asks the same twice.
    """
    left = (locality.strip() for locality in localities)
    while some := list(islice(left, _AT_ONCE)):
        geocoder.look_ahead(some)
        for locality in some:
            yield _together(_answers(geocoder.fresh, locality, geocoder.interest))


def _answer(locality: str, candidates: list[Candidate], interest: tuple[str, ...]) -> Answer:
    outcome, reason = decide(locality, candidates, interest)
    return Answer(locality, tuple(candidates), _decision(outcome, reason, int(time.time())))


@lru_cache(maxsize=100)
def _decision(outcome: Outcome, reason: str, second: int) -> Decision:
    at = dt.datetime.fromtimestamp(second, dt.UTC)
    return Decision(outcome=outcome, at=at, reason=reason)


def context(gazetteer: Gazetteer, text: str) -> frozenset[str]:
    """Return the codes of the provinces that a text names, or in which a place lies it names.

    Only names with a capital letter or in Hangul count, and only those that one province has.
    """
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    runs = {" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)}
    found: set[str] = set()
    for run in runs:
        if run[0].isupper() or is_hangul(run):
            places = [f.place for f in gazetteer.search(run) if f.place.country in _KOREAS]
            codes = {place.admin1 for place in places}
            found |= codes if len(codes) == 1 else set()
    return frozenset(found - {""})


_KOREAS = ("KP", "KR")
