"""Runs of capitalised words in English text that may be the name of a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.article.words import name_tables, name_words
from geo.article.world import World

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

PLACES = ("GPE", "LOC", "FAC")
"""What the model calls towns and countries, other places, and buildings."""

LONGEST = 6
"""Words of the longest name that is looked for."""

_AFTER_HYPHEN = ("based", "born", "area", "style", "led", "backed", "wide")
_KINDS = ("City", "Town", "Village", "State")


@dataclass(frozen=True, order=True)
class Run:
    """Words that may be a name of a place: tokens `first` to `last`, the last not included."""

    first: int
    last: int
    text: str
    known: bool
    """Whether a table has the name."""
    label: str = ""
    """What the model calls exactly these words."""


def runs(doc: Doc, found: Sequence[Span], world: World) -> Iterator[Run]:
    """Yield the longest runs that a table knows, and what else the model calls a place.

    `found` are the model's entities.
    """
    labels = {(ent.start, ent.end): ent.label_ for ent in found}
    begins = {ent.start: ent for ent in found}
    i = 0
    while i < len(doc):
        run = _longest(doc, i, world, labels) or _unknown(begins.get(i))
        if run:
            yield run
        i = run.last if run else i + 1


def entities(doc: Doc) -> list[Span]:
    """Return the model's entities without "the" before them and without their genitive."""
    from spacy.tokens import Span as Cut

    found = []
    for ent in doc.ents:
        start, end = ent.start, ent.end
        while start < end - 1 and doc[start].lower_ in ("the", "a", "an"):
            start += 1
        while end > start + 1 and doc[end - 1].text in ("'s", "’s", "'", "’", ".", ","):
            end -= 1
        found.append(Cut(doc, start, end, label=ent.label))
    return found


def words_of(span: Span) -> str:
    """Return the words of a span with single blanks."""
    return " ".join(span.text.split())


def _longest(doc: Doc, i: int, world: World, labels: dict[tuple[int, int], str]) -> Run | None:
    if not doc[i].text[:1].isupper() or doc[i].like_num:
        return None
    for end in range(min(len(doc), i + LONGEST), i, -1):
        text = words_of(doc[i:end])
        if not _may_be_name(doc[i:end]) or not _is_known(doc, end, text, world):
            continue
        if _city_of_body(doc, end, text, world):
            continue
        common = text in name_words().not_places and not _is_still_place(doc, i, labels)
        if common or _goes_on(doc, end):
            return None
        last = end + _dot_behind(doc, end, text)
        return Run(i, last, words_of(doc[i:last]), known=True, label=labels.get((i, last), ""))
    return None


def _may_be_name(words: Span) -> bool:
    """Whether the words stand together: capitals, with small joining words only between."""
    first, last = words[0], words[-1]
    if len(words) == 1:
        return True
    if "\n" in words.text or first.lower_ in ("the", "a") or last.lower_ in _AFTER_HYPHEN:
        return False
    joined = words[-2].text in ("-", "’", "'") and last.text.isalpha()
    return (last.text[:1].isupper() or joined) and all(map(_joins, words[1:-1]))


def _joins(token: Token) -> bool:
    """Whether a word inside a name may be small: "of", or a part as in "Port-au-Prince"."""
    if token.text[:1].isupper() or token.text in name_words().joining:
        return True
    return "-" in (token.nbor(-1).text, token.nbor(1).text) and token.text.isalpha()


def _is_known(doc: Doc, last: int, text: str, world: World) -> bool:
    return bool(_dot_behind(doc, last, text) or world.search(text))


def _dot_behind(doc: Doc, last: int, text: str) -> int:
    """Return 1 where a full stop belongs to the name: "Ont." is two tokens to the model."""
    dotted = last < len(doc) and doc[last].text == "." and not doc[last - 1].whitespace_
    return int(dotted and text + "." in name_tables().abbreviations)


def _city_of_body(doc: Doc, last: int, text: str, world: World) -> bool:
    """Whether "City" belongs to what follows: "Augusta City Council" is Augusta's."""
    if doc[last - 1].text not in _KINDS or last >= len(doc):
        return False
    named_on = doc[last - 1].text == "State" and doc[last].pos_ == "PROPN"
    body = named_on or doc[last].text in name_words().city_bodies
    return body and not any(one.match == "exact" for one in world.gazetteer.search(text))


def _is_still_place(doc: Doc, i: int, labels: dict[tuple[int, int], str]) -> bool:
    """Whether a common word is a place here all the same: "born in Reading"."""
    before = doc[i - 1].lower_ if i else ""
    return labels.get((i, i + 1)) == "GPE" and before in name_words().strong


def _goes_on(doc: Doc, last: int) -> bool:
    """Whether a hyphen binds more to the name: "Al" of "Al-Shaar"."""
    if last + 1 >= len(doc) or doc[last].text != "-" or doc[last - 1].whitespace_:
        return False
    after = doc[last + 1]
    return after.text[:1].isupper() and not doc[last].whitespace_ and after.pos_ == "PROPN"


def _unknown(ent: Span | None) -> Run | None:
    """Return what the model calls a town or a region here though no table knows it."""
    if ent is None or ent.label_ not in ("GPE", "LOC") or "\n" in ent.text:
        return None
    text = words_of(ent)
    if not text[:1].isupper() or text in name_words().not_places:
        return None
    return Run(ent.start, ent.end, text, known=False, label=ent.label_)
