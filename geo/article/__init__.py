"""Articles: the places that a text speaks of, and the footage that it describes.

English is read with spaCy, Korean with kiwi, both loaded when the first text needs them.
In other languages only well-known names are found, and the reading says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from geo.article import english, korean, other, relation, scene
from geo.article.disambiguation import disambiguated
from geo.article.draft import Draft, Proposed, draft
from geo.article.language import language
from geo.article.mention import Mention, Name, Ranked, Reading, Said, Scene
from geo.article.world import World, world
from geo.document.content import printable
from geo.entry import Relation
from geo.errors import InputError
from geo.gazetteer import Gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST = 200_000
"""Characters of a text that is read at once; some eighty pages."""

_AT_ONCE, _IN_MEMORY = 64, 8
"""Texts read ahead, and those that the model holds at once."""

OTHER_LANGUAGE = (
    "This text is neither English nor Korean: only well-known names were looked for, and none"
    " of them is taken for a filming place."
)
NOTICES = (OTHER_LANGUAGE,)
"""Every notice that a reading can carry, so that each has a translation."""


@dataclass(frozen=True)
class Reader:
    """Reads texts against one gazetteer; see `reader`."""

    world: World

    def read(self, text: str) -> Reading:
        """Return the text's mentions and scenes; raises `InputError` when it is too long."""
        return next(self.read_all([text]))

    def read_all(self, texts: Iterable[str]) -> Iterator[Reading]:
        """Yield a reading of each text, in order, some texts ahead of what is asked for."""
        left = iter(texts)
        while batch := list(islice(left, _AT_ONCE)):
            yield from self._batch([_checked(text) for text in batch])

    def _batch(self, texts: list[str]) -> Iterator[Reading]:
        languages = [language(text) for text in texts]
        in_english = [t for t, code in zip(texts, languages, strict=True) if code == "en"]
        docs = (
            english.pipeline().pipe(in_english, batch_size=_IN_MEMORY) if in_english else iter(())
        )
        for text, code in zip(texts, languages, strict=True):
            if code == "en":
                yield self._english(next(docs))
            elif code == "ko":
                yield self._korean(text)
            else:
                names = other.names(text, self.world)
                mentions = self._mentions(names, [Said() for _ in names], ())
                yield Reading(text, code, mentions, notice=OTHER_LANGUAGE)

    def _english(self, doc: Doc) -> Reading:
        names = english.names(doc, self.world)
        mentions = self._mentions(names, relation.said(doc, names), english.about(doc))
        scenes = scene.scenes(doc, names, [one.said for one in mentions])
        return Reading(doc.text, "en", mentions, scenes)

    def _korean(self, text: str) -> Reading:
        pieces = korean.words(text)
        names = korean.names(text, pieces, self.world)
        mentions = self._mentions(names, korean.said(names, pieces), ("KR", "KP"))
        scenes = korean.scenes(text, names, [one.said for one in mentions], pieces)
        return Reading(text, "ko", mentions, scenes)

    def _mentions(
        self, names: Sequence[Name], said: Sequence[Said], about: Iterable[str]
    ) -> tuple[Mention, ...]:
        places = disambiguated(self.world, names, about)
        rows = zip(names, said, places, strict=True)
        return tuple(_finest([Mention(name, one, found) for name, one, found in rows]))


def reader(gazetteer: Gazetteer) -> Reader:
    """Return a reader of articles; nothing heavy is loaded before the first text."""
    return Reader(world(gazetteer))


def _checked(text: str) -> str:
    if len(text) > LONGEST:
        raise InputError(
            "The text has {length} characters and at most {most} are read; cut it into parts.",
            length=f"{len(text):,}",
            most=f"{LONGEST:,}",
        )
    return printable(text)


def _finest(mentions: list[Mention]) -> list[Mention]:
    """Take for spoken of what only holds a filming place: "Hyesan, North Korea".

    A country stays a filming place where the text gives nothing finer in it.
    """
    inner = {
        best.country
        for one in mentions
        if one.said.relation.filmed
        and (best := one.best) is not None
        and best.feature not in ("country", "continent")
    }
    holding = {
        other.name.start
        for one, other in pairwise(mentions)
        if one.name.within == other.name.text and not one.name.loosely
    }
    return [
        replace(one, said=Said())
        if one.said.relation in (Relation.FILMED_AT, Relation.ALSO_AT)
        and (one.name.start in holding or _is_country(one, inner))
        else one
        for one in mentions
    ]


def _is_country(one: Mention, codes: set[str]) -> bool:
    return one.best is not None and one.best.feature == "country" and one.best.country in codes


__all__ = [
    "NOTICES", "Draft", "Mention", "Name", "Proposed", "Ranked", "Reader", "Reading", "Said",
    "Scene", "draft", "reader",
]  # fmt: skip
