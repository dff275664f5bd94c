"""A pile: the cards of one article, as a person discards, merges, splits and adds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from geo.article import Draft
from geo.card import NOWHERE, Card, Where, of_entry
from geo.dates import interval
from geo.entry import Invalid, Report, Visibility, reason
from geo.errors import InputError


@dataclass(frozen=True)
class Heading:
    """The report as a person writes it; "" is not stated."""

    id: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    language: str = ""

    def report(self, old: Report | None = None) -> Report:
        """Return the report; of `old` stays what no heading shows.

        Raises `InputError` with the field to correct as its value `column`.
        """
        said = {name: value.strip() for name, value in vars(self).items()}
        if not said["title"]:
            raise InputError(
                "The report has no title; give it one by which it is found.", column="title"
            )
        try:
            interval(said["published"])
        except InputError as error:
            raise InputError(error.sentence, **error.values, column="published") from error
        try:
            return Report.model_validate((old.model_dump() if old else {}) | said)
        except Invalid as error:
            field, why = reason(error)
            raise InputError("{why}", why=why, column=field) from error


def heading_of(report: Report) -> Heading:
    """Return the heading that says what the report says."""
    return Heading(
        report.id, report.title, report.outlet, report.url, report.published, report.language
    )


@dataclass(frozen=True)
class Pile:
    """The cards of one article, in its order; a discarded one stays and can be brought back."""

    heading: Heading
    cards: tuple[Card, ...] = ()
    last: int = 0
    """The highest number that was ever given, so that none is given twice."""

    @property
    def kept(self) -> tuple[Card, ...]:
        """The cards that are not discarded."""
        return tuple(card for card in self.cards if card.kept)

    @property
    def discarded(self) -> tuple[Card, ...]:
        """The cards that are discarded."""
        return tuple(card for card in self.cards if not card.kept)

    @property
    def said(self) -> tuple[str, ...]:
        """The words of all filming places of the kept cards, each once, in the cards' order."""
        return tuple(dict.fromkeys(words for card in self.kept for words in card.said))

    def card(self, number: int) -> Card | None:
        """Return the card of this number, None when there is none."""
        return next((card for card in self.cards if card.number == number), None)

    def put(self, changed: Card) -> Pile:
        """Return the pile with the card of the same number replaced."""
        cards = (changed if card.number == changed.number else card for card in self.cards)
        return replace(self, cards=tuple(cards))

    def add(self) -> Pile:
        """Return the pile with an empty card at its end, for what a person adds."""
        number = self.last + 1
        return replace(self, cards=(*self.cards, Card(number)), last=number)

    def merge(self, number: int, other: int) -> Pile:
        """Return the pile with what the other card says in the first, and the other discarded.

        Where both say one thing differently the first stands; the discarded card keeps its own.
        """
        one, two = self._two(number, other)
        whole = replace(
            one,
            description=_joined(" ", one.description, two.description),
            category=one.category or two.category,
            recorded=one.recorded or two.recorded,
            paragraph=_joined(", ", one.paragraph, two.paragraph),
            places=_together([*one.places, *two.places]),
            by=one.by or two.by,
            note=_joined(" ", one.note, two.note),
            spans=tuple(sorted({*one.spans, *two.spans})),
        )
        return self.put(whole).put(replace(two, kept=False))

    def split(self, number: int) -> Pile:
        """Return the pile with the card in two, the second behind the first.

        A title with "and" and several sentences are parted; everything else stands in both,
        for a person to take out of one.
        """
        one, _ = self._two(number, number)
        first, second = _parted(one.title)
        head, rest = (one.spans[:1], one.spans[1:]) if len(one.spans) > 1 else (one.spans,) * 2
        two = replace(one, number=self.last + 1, title=second, spans=rest, saved="")
        at = self.cards.index(one) + 1
        cards = (*self.cards[:at], two, *self.cards[at:])
        return replace(self, cards=cards, last=two.number).put(
            replace(one, title=first, spans=head)
        )

    def shown_as(self, visibility: Visibility) -> Pile:
        """Return the pile with this visibility on every kept card."""
        cards = (replace(c, visibility=visibility) if c.kept else c for c in self.cards)
        return replace(self, cards=tuple(cards))

    def _two(self, number: int, other: int) -> tuple[Card, Card]:
        one, two = self.card(number), self.card(other)
        if one is None or two is None:
            raise InputError("This entry is no longer in the list; choose another.")
        return one, two


def proposed(draft: Draft) -> Pile:
    """Return the cards of what an article proposes; none where it describes no footage."""
    cards = tuple(
        of_entry(number, one.entry, ((one.start, one.end),))
        for number, one in enumerate(draft.entries, 1)
    )
    return Pile(heading_of(draft.report), cards, len(cards))


def _together(places: Iterable[Where]) -> tuple[Where, ...]:
    """Return the places, each once; a place that is not stated gives way to one that is."""
    distinct: dict[tuple[str, bool], Where] = {}
    for one in places:
        distinct.setdefault((one.words.strip(), one.relation.filmed), one)
    worded = [one for one in distinct.values() if one.words.strip()]
    if any(one.relation.filmed for one in worded):
        return tuple(worded)
    blank = next((one for one in distinct.values() if one.relation.filmed), NOWHERE)
    return (blank, *worded)


def _joined(between: str, *texts: str) -> str:
    return between.join(dict.fromkeys(filter(None, texts)))


def _parted(title: str) -> tuple[str, str]:
    parts = re.split(r",? and ", title, maxsplit=1)
    if len(parts) == 1:
        return title, title
    first, second = parts
    return first, second[:1].upper() + second[1:]
