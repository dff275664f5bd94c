"""Whether a run of words is a place in its sentence, or part of some other name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from geo.article.runs import LONGEST, PLACES, Run, words_of
from geo.article.words import name_tables, name_words
from geo.article.world import World

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_BIG_CITY = 100_000
_LARGE = ("country", "province", "continent", "region", "sea", "river", "island", "county")
_GENITIVE = ("'s", "’s")
_LIST = ("and", "or", ",", "&", "/", "of")


def people(doc: Doc, found: Sequence[Span], world: World) -> set[str]:
    """Return first and last words of persons' names, and names that stand after a title.

    `found` are the model's entities.
    """
    named: set[str] = set()
    for ent in found:
        if ent.label_ == "PERSON" and len(ent) > 1 and not world.search(words_of(ent)):
            named |= {ent[0].text, ent[-1].text}
    titles = name_words().titles
    return named | {
        token.text for token in doc[1:]
        if token.text[:1].isupper() and doc[token.i - 1].text in titles
    }  # fmt: skip


def is_something_else(doc: Doc, run: Run, inside: Mapping[int, Span], persons: set[str]) -> bool:
    """Whether the words are part of a person's, a firm's or another longer name.

    `inside` gives the model's entity that a token is part of.
    """
    if _is_person(doc, run, persons) or _lacks_the(doc, run):
        return True
    if run.text in name_tables().demonyms:
        return True
    around = _enclosing(run, inside)
    if around is not None and around.label_ not in PLACES:
        return not _begins_body(run, around)
    return _next_is_name(doc, run.last) or _previous_is_name(doc, run.first)


def is_place(doc: Doc, run: Run, world: World) -> bool:
    """Whether something in the sentence, or the name's fame, says that it is a place."""
    if not run.known:
        return run.label == "GPE" and (stands_in(doc, run) or _before_comma(doc, run, world))
    if run.text in name_tables().abbreviations:
        return _is_abbreviation(doc, run)
    told = (
        run.label in PLACES
        or _before_comma(doc, run, world)
        or _is_followed(doc, run)
        or stands_in(doc, run)
        or _is_taken(doc, run)
        or _is_dateline(doc, run)
    )
    return told or _is_famous(doc, run, world)


def stands_in(doc: Doc, run: Run, *, strong: bool = False) -> bool:
    """Whether a word of place leads up to the name, directly or through a list."""
    words, i = name_words(), run.first - 1
    wanted = words.strong if strong else words.near
    while i >= 0 and (doc[i].lower_ in words.modifiers or doc[i].text in ("-", "[")):
        i -= 1
    if i >= 0 and doc[i].lower_ in wanted:
        return True
    head = doc[run.first]
    for _ in range(LONGEST):
        if head.dep_ not in ("conj", "appos", "compound", "nmod"):
            break
        head = head.head
    return head.i != run.first and head.dep_ == "pobj" and head.head.lower_ in wanted


def _is_person(doc: Doc, run: Run, persons: set[str]) -> bool:
    """Whether a title, a relative or the text's other names make a person or a saint of it."""
    words = name_words()
    before = doc[run.first - 1] if run.first else None
    after = doc[run.last].lower_ if run.last < len(doc) else ""
    if before is not None and (before.text in words.titles or before.lower_ in words.family):
        return True
    if after in words.relatives or (after in _GENITIVE and run.text.startswith("St.")):
        return True
    if run.last - run.first > 1 or run.text not in persons:
        return False
    return not (run.label in PLACES and stands_in(doc, run, strong=True))


def _lacks_the(doc: Doc, run: Run) -> bool:
    """Whether a name that is a place only after "the" stands without it: "Amazon"."""
    words = name_words()
    if run.text not in words.the_only:
        return False
    before = doc[run.first - 1].lower_ if run.first else ""
    return before != "the" and before not in words.modifiers


def _enclosing(run: Run, inside: Mapping[int, Span]) -> Span | None:
    """Return the entity that holds the run and more, unless that is only a list."""
    ent = inside.get(run.first)
    if ent is None or run.last > ent.end or len(ent) <= run.last - run.first:
        return None
    beside = [t for t in ent if t.i in (run.first - 1, run.last)]
    listed = all(t.text in _LIST or t.is_space for t in beside)
    return None if listed and _is_list(ent) else ent


def _is_list(ent: Span) -> bool:
    words = {token.text for token in ent}
    return bool(words & {"and", ",", "or"}) and not words & name_words().institutions


def _begins_body(run: Run, around: Span) -> bool:
    """Whether the name begins that of a public body: "Boston Police Department"."""
    words = name_words()
    rest = [t.text for t in around if t.i >= run.last and t.text[:1].isupper()]
    if around.start != run.first or not rest or words.institutions.intersection(rest):
        return False
    return around.label_ in ("ORG", "FAC", "PERSON") and rest[0] in words.bodies


def _next_is_name(doc: Doc, last: int) -> bool:
    """Whether a further capitalised word makes another name of it: "Boston Marathon"."""
    after = doc[last] if last < len(doc) else None
    if after is None or after.pos_ != "PROPN" or after.ent_type_ in ("DATE", "TIME", "NORP"):
        return False
    words = name_words()
    capitalised = after.text[:1].isupper() and after.text[1:2].islower()
    return capitalised and after.text not in words.bodies and after.text not in words.titles


def _previous_is_name(doc: Doc, first: int) -> bool:
    """Whether a capitalised word before makes another name of it: "Whitney Houston"."""
    before = doc[first - 1] if first else None
    if before is None or not before.text[:1].isupper() or before.pos_ != "PROPN":
        return False
    words = name_words()
    if before.lower_ in words.modifiers or before.ent_type_ in ("DATE", "TIME"):
        return False
    opens = before.is_sent_start and before.lower_ in words.near
    return not opens and before.text not in name_tables().abbreviations


def _is_followed(doc: Doc, run: Run) -> bool:
    """Whether what follows belongs to a place: "Goma residents", "the Goma-based group"."""
    words, rest = name_words(), [token.text for token in doc[run.last : run.last + 2]]
    if not rest or doc[run.first].pos_ not in ("PROPN", "NOUN", "ADJ"):
        return False
    if rest[0] == "-" or rest[0] in _GENITIVE:
        wanted = ("based", "area", "born") if rest[0] == "-" else words.owned
        return len(rest) > 1 and rest[1].lower() in wanted
    if rest[0] in words.town_bodies and doc[run.last].pos_ == "PROPN":
        return True
    compound = doc[run.last - 1].dep_ in ("compound", "amod", "nmod")
    return compound and rest[0] in words.followers


def _is_taken(doc: Doc, run: Run) -> bool:
    """Whether the name is the object of what is done to places: "seized Goma"."""
    head = doc[run.last - 1]
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    done = head.dep_ == "dobj" and head.head.lemma_ in name_words().taking
    return done and run.text not in name_words().also_people


def _before_comma(doc: Doc, run: Run, world: World) -> bool:
    """Whether a larger place stands behind: "Bonham, Texas", "Guiuan, a town in Samar"."""
    first = run.last + 1
    if first >= len(doc) or doc[run.last].text != ",":
        return False
    while first < min(len(doc) - 1, run.last + LONGEST) and doc[first].text in _TOWN_IN:
        first += 1
    behind = (words_of(doc[first:last]) for last in range(first + 3, first, -1))
    return any(text[:1].isupper() and _is_larger(text, world) for text in behind)


_TOWN_IN = frozenset(
    ("in", "a", "an", "the", "town", "city", "village", "suburb", "of", "near", "north", "south",
     "east", "west", "northern", "southern", "eastern", "western", "central", "small")
)  # fmt: skip


def _is_larger(name: str, world: World) -> bool:
    return any(
        one.place.feature in ("country", "province") and one.match == "exact"
        for one in world.search(name)
    )


def _is_abbreviation(doc: Doc, run: Run) -> bool:
    """Whether the short form is a place's: behind a comma, or one that is nothing else."""
    behind_comma = run.first > 1 and doc[run.first - 1].text == ","
    postal = len(run.text) == len("TX") and run.text not in ("US", "UK")
    if postal and run.text.isupper():
        return behind_comma and doc[run.first - 2].text[:1].isupper()
    return behind_comma or run.text.count(".") > 1 or run.text.isupper()


def _is_famous(doc: Doc, run: Run, world: World) -> bool:
    """Whether the bare name is that of a country, a province or a large city."""
    if any(found.place.feature == "county" for found in world.search(run.text)[:1]):
        return len(run.text.split()) > 1  # "Pike County" is nothing else
    ambiguous = run.label != "" and run.text in name_words().also_people
    if doc[run.first].pos_ != "PROPN" or ambiguous:
        return False
    return any(
        found.match == "exact"
        and (found.place.feature in _LARGE or found.place.population >= _BIG_CITY)
        for found in world.search(run.text)
    )


_DATELINE = re.compile(r"^[^a-z\n]{2,60}?(?:,[^\n—–-]{1,20})? ?(?:\([^)\n]{1,30}\) ?)?[—–-]")


def _is_dateline(doc: Doc, run: Run) -> bool:
    """Whether the run opens the text in capitals, before a dash."""
    line = _DATELINE.match(doc.text)
    return line is not None and doc[run.first].idx < line.end() and run.text.isupper()
