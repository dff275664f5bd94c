"""Proposed entries: one for each scene that an article describes, for a person to look over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.article.mention import Mention, Reading, Scene
from geo.article.words import categories, claims
from geo.document import Document
from geo.entry import (
    Absence,
    Basis,
    Cited,
    Entry,
    Level,
    Location,
    Relation,
    Report,
    Verification,
    Visibility,
)

_TITLE, _SENTENCE = 110, 5_000
"""Characters of a title and of a description."""

_ANOTHER = re.compile(
    r"\b(?:another|second|third|separate|different|other) (?:\w+ )?"
    r"(?:videos?|clips?|films?|photos?|photographs?|pictures?|images?|recordings?)\b",
    re.IGNORECASE,
)
"""Says that a scene is of other footage, so that no place is taken over from before."""

_GEOLOCATED = re.compile(
    r"geo-?located by (?:the |an? )?(?P<by>[^.;]+?) (?:to|as|in|at|near)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Proposed:
    """A proposed entry and the sentence that it rests on, in characters of the text."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True)
class Draft:
    """What an article proposes: the report, and an entry for each scene; () without footage."""

    report: Report
    entries: tuple[Proposed, ...]


def draft(reading: Reading, document: Document) -> Draft:
    """Return the report and the entries that the reading proposes.

    Their localities have no candidates yet and their visibility is draft. A place that the
    text gives for the video as a whole is passed on to each scene as inferred.
    """
    mark = hashlib.sha256(reading.text.encode()).hexdigest()[:10]
    report = Report(
        id=f"article-{mark}", title=document.title, outlet=document.outlet, url=document.url,
        published=document.published, language=document.language or reading.language,
    )  # fmt: skip
    makes = _Makes(reading, document, report)
    proposed = (
        Proposed(makes.entry(number, scene), scene.start, scene.end)
        for number, scene in enumerate(reading.scenes, 1)
    )
    return Draft(report, tuple(proposed))


@dataclass(frozen=True)
class _Makes:
    """Makes entries of one article's scenes."""

    reading: Reading
    document: Document
    report: Report

    def entry(self, number: int, scene: Scene) -> Entry:
        sentence = self.reading.text[scene.start : scene.end]
        filmed = list(self._filmed(scene))
        named = {place.locality for place in filmed}
        return Entry(
            id=f"{self.report.id}-{number}",
            title=_title(scene.what),
            description=" ".join(sentence.split())[:_SENTENCE],
            category=category(scene.what, "" if self._shares_sentence(scene) else sentence),
            reports=(Cited(report=self.report.id, paragraph=str(self._paragraph(scene.start))),),
            locations=(*filmed, *self._besides(named)),
            verification=self._verification(named),
            visibility=Visibility.DRAFT,
        )

    def _shares_sentence(self, scene: Scene) -> bool:
        return sum(other.start == scene.start for other in self.reading.scenes) > 1

    def _filmed(self, scene: Scene) -> Iterator[Location]:
        kept_back = _found(claims().withheld, self.reading.text) is not None
        absence = Absence.WITHHELD if kept_back else None
        own = self._mentions(scene.names)
        places = own or self._of_whole_video(scene)
        basis = Basis.STATED if own else Basis.INFERRED
        if not places:
            yield Location(absence=absence or Absence.NOT_STATED)
        for one in _distinct(places):
            yield Location(
                locality=one.name.text, relation=one.said.relation, complete=one.said.complete,
                basis=basis, absence=None if own else absence,
            )  # fmt: skip

    def _mentions(self, numbers: Iterable[int]) -> list[Mention]:
        return [self.reading.mentions[n] for n in numbers]

    def _of_whole_video(self, scene: Scene) -> list[Mention]:
        """Return the places of the nearest statement before the scene, or else behind it."""
        if _ANOTHER.search(self.reading.text[scene.start : scene.end]):
            return []
        whole = [m for m in self.reading.mentions if m.said.relation.filmed and m.said.whole]
        before = [m for m in whole if m.name.start < scene.start]
        if not whole:
            return []
        nearest = before[-1] if before else whole[0]
        paragraph = self._sentence_about(nearest)
        return [m for m in whole if self._sentence_about(m) == paragraph]

    def _sentence_about(self, mention: Mention) -> tuple[int, int]:
        """Return roughly the sentence that holds the mention, by its full stops."""
        text, at = self.reading.text, mention.name.start
        start = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at))
        ends = [n for n in (text.find(". ", mention.name.end), text.find("\n", at)) if n >= 0]
        return start, min(ends, default=len(text))

    def _besides(self, filmed: set[str]) -> Iterator[Location]:
        """Yield the places where footage was released, and those only spoken of."""
        for relation in (Relation.RELEASED_AT, Relation.MENTIONED):
            for one in _distinct(m for m in self.reading.mentions if m.said.relation is relation):
                if one.name.text not in filmed:
                    filmed = filmed | {one.name.text}
                    yield Location(locality=one.name.text, relation=relation)

    def _verification(self, filmed: set[str]) -> Verification:
        words, text = claims(), self.reading.text
        if (known := _GEOLOCATED.search(text)) and any(
            name in text[known.start() : text.find("\n", known.end())] for name in filmed
        ):
            note = _sentence(text, known.start())
            return Verification(level=Level.GEOLOCATED, by=known["by"].strip()[:200], note=note)
        if (at := _found(words.unverified, text)) is not None:
            return Verification(level=Level.REPORTED, note=_sentence(text, at))
        if (at := _found(words.calls, text)) is not None:
            return Verification(note=_sentence(text, at))
        return Verification()

    def _paragraph(self, at: int) -> int:
        """Return the number of the paragraph, from 1; the title is none."""
        text, title = self.reading.text, self.document.title
        body = len(title) if title and text.startswith(title) else 0
        apart = r"\n\s*\n" if re.search(r"\S\n\s*\n\S", text[body:]) else r"\n"
        return sum(1 for part in re.split(apart, text[body : at + 1]) if part.strip())


def category(what: str, sentence: str = "") -> str:
    """Return the category whose words the scene holds most of, "" when it holds none."""
    for text in (what.casefold(), sentence.casefold()):
        counts = {
            name: sum(_begins_word(stem, text) for stem in stems)
            for name, stems in categories().items()
        }
        best = max(counts, key=lambda name: counts[name])
        if counts[best]:
            return best
    return ""


def _begins_word(stem: str, text: str) -> bool:
    """Whether a word begins so; a short stem must be the whole word, or its plural."""
    whole = "" if len(stem) > _SHORT or not stem.isascii() else r"s?(?![a-z])"
    return re.search(rf"(?<![a-z]){re.escape(stem)}{whole}", text) is not None


_SHORT = 4


def _title(what: str) -> str:
    text = what[:1].upper() + what[1:]
    if len(text) > _TITLE:
        text = text[:_TITLE].rsplit(" ", 1)[0] + " …"
    return text.rstrip(".") if text.count(".") == 1 else text


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the first mention of each name."""
    found: dict[str, Mention] = {}
    for one in mentions:
        found.setdefault(one.name.text, one)
    return list(found.values())


def _found(patterns: tuple[str, ...], text: str) -> int | None:
    """Return where the first of the patterns is met, None where none is."""
    for pattern in patterns:
        if met := re.search(pattern, text, re.IGNORECASE):
            return met.start()
    return None


def _sentence(text: str, at: int) -> str:
    """Return the sentence around a place of the text, in the report's own words."""
    start = max(text.rfind(". ", 0, at) + 1, text.rfind("\n", 0, at) + 1, 0)
    ends = [n + 1 for n in (text.find(". ", at), text.find(".\n", at)) if n >= 0]
    return " ".join(text[start : min(ends, default=len(text))].split())[:500]
