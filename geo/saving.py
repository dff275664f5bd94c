"""Saving an article: its report and entries in one transaction, and nothing that stands already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo.card import Card, mark, of_entry
from geo.entry import Entry, Report, Visibility
from geo.errors import InputError, StoreError
from geo.geocode import Geocoder
from geo.intake import by_report, geocoded
from geo.pile import Pile, heading_of
from geo.store import Store

_AT_ONCE = 100
"""Numbers of cards that are looked up at once; so many in a row are never all discarded."""


class ChangedError(StoreError):
    """Somebody saved the same entries meanwhile; nothing was written."""


@dataclass(frozen=True)
class Saved:
    """What a save wrote: whether the report, and how many entries."""

    report: bool
    entries: int


@dataclass(frozen=True)
class Standing:
    """What the store holds of an article: its report, or None, and its entries by card number."""

    report: Report | None
    entries: dict[int, Entry]


def standing(store: Store, pile: Pile) -> Standing:
    """Return what is saved of the pile's article."""
    found: dict[int, Entry] = {}
    first, end = 1, pile.last + _AT_ONCE
    while True:
        ids = {Card(number).entry_id(pile.heading.id): number for number in range(first, end)}
        some = store.entries(list(ids))
        found |= {ids[entry_id]: entry for entry_id, entry in some.items()}
        if not some or max(map(ids.__getitem__, some)) < end - _AT_ONCE:
            return Standing(store.reports().get(pile.heading.id), found)
        first, end = end, end + _AT_ONCE


def resumed(pile: Pile, saved: Standing) -> Pile:
    """Return the cards of an article that was saved before, as they stand now.

    What was not saved then is discarded, and can be brought back. Withheld entries are left
    out: they are shown nowhere and stay as they are.
    """
    if saved.report is None:
        return pile
    known = {card.number: card for card in pile.cards}
    cards = []
    for number in sorted(known.keys() | saved.entries):
        entry = saved.entries.get(number)
        if entry is None:
            cards.append(replace(known[number], kept=False))
        elif entry.visibility is not Visibility.WITHHELD:
            spans = known[number].spans if number in known else ()
            cards.append(replace(of_entry(number, entry, spans), saved=mark(entry)))
    last = max([pile.last, *saved.entries])
    return Pile(heading_of(saved.report), tuple(cards), last)


def news(pile: Pile, saved: Standing) -> Iterator[Card]:
    """Yield the kept cards that say what is not saved yet."""
    for card in pile.kept:
        old = saved.entries.get(card.number)
        if old is None or _as_saved(card, old) != card:
            yield card


def _as_saved(card: Card, old: Entry) -> Card:
    return replace(of_entry(card.number, old, card.spans), saved=card.saved)


def save(store: Store, geocoder: Geocoder, pile: Pile, who: str) -> Saved:
    """Save the report and the kept cards that say something new, all or none.

    Their localities are geocoded, each beside the others of the article. Raises `InputError`
    when a field must be corrected, `ChangedError` when somebody else saved meanwhile.
    """
    saved = standing(store, pile)
    _check_unchanged(pile, saved)
    report = pile.heading.report(saved.report)
    fresh = {card.number for card in news(pile, saved)}
    entries = [card.entry(report.id, saved.entries.get(card.number)) for card in pile.kept]
    asked = by_report(geocoder, entries)
    changed = [
        geocoded(entry, asked(entry), saved.entries.get(card.number))
        for card, entry in zip(pile.kept, entries, strict=True)
        if card.number in fresh
    ]
    records: list[Entry | Report] = [*([report] if report != saved.report else []), *changed]
    if not records:
        return Saved(report=False, entries=0)
    once = "" if saved.report else report.id
    if not store.save(records, who, "added from an article", once=once):
        raise _changed()
    return Saved(report != saved.report, len(changed))


def _check_unchanged(pile: Pile, saved: Standing) -> None:
    for card in pile.kept:
        old = saved.entries.get(card.number)
        if (mark(old) if old else "") != card.saved:
            raise _changed()


def _changed() -> ChangedError:
    return ChangedError(
        "Somebody saved entries of this article meanwhile, so nothing was written; open what is"
        " saved and make your changes there."
    )


def faults(pile: Pile) -> dict[int, InputError]:
    """Return what must be corrected, by the card's number; 0 is the report. {} when nothing."""
    found: dict[int, InputError] = {}
    try:
        pile.heading.report()
    except InputError as error:
        found[0] = error
    for card in pile.kept:
        try:
            card.entry(pile.heading.id)
        except InputError as error:
            found[card.number] = error
    return found
