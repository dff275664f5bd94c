"""A card: a proposed entry as a person writes it, in words that are not yet held to anything."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from geo.dates import interval
from geo.entry import (
    Absence,
    Basis,
    Cited,
    Entry,
    Invalid,
    Level,
    Relation,
    Visibility,
    reason,
)
from geo.errors import InputError


@dataclass(frozen=True)
class Where:
    """One place of a card as the report words it; "" when the report gives none."""

    words: str = ""
    relation: Relation = Relation.FILMED_AT
    basis: Basis = Basis.STATED
    complete: bool = True
    """False when the report says "including"; counts for `one_of` alone."""
    absence: Absence | None = None

    def plain(self) -> dict[str, Any]:
        """Return the fields of a location, not geocoded yet."""
        return {
            "locality": self.words.strip(),
            "relation": self.relation,
            "basis": self.basis,
            "complete": self.complete or self.relation is not Relation.ONE_OF,
            "absence": self.absence,
        }


NOWHERE = Where(absence=Absence.NOT_STATED)
BY_WHOM = "“{level}” is a person's judgement; say whose it is."


@dataclass(frozen=True)
class Card:
    """A proposed entry: plain text, valid or not yet."""

    number: int
    """Stands in the entry's id and in no other card of the pile."""
    title: str = ""
    description: str = ""
    category: str = ""
    recorded: str = ""
    """EDTF, "" when unknown."""
    paragraph: str = ""
    places: tuple[Where, ...] = (NOWHERE,)
    level: Level = Level.NOT_ASSESSED
    by: str = ""
    note: str = ""
    visibility: Visibility = Visibility.DRAFT
    spans: tuple[tuple[int, int], ...] = ()
    """The sentences that it rests on, in characters of the text; () where a person added it."""
    kept: bool = True
    """False once it is discarded; it can be brought back."""
    saved: str = ""
    """The mark of the saved entry that it edits, "" while there is none."""

    @property
    def filmed(self) -> tuple[Where, ...]:
        """The places that say where the camera was."""
        return tuple(one for one in self.places if one.relation.filmed)

    @property
    def said(self) -> tuple[str, ...]:
        """The words of those places, each once."""
        words = (one.words.strip() for one in self.filmed)
        return tuple(dict.fromkeys(filter(None, words)))

    def besides(self, relation: Relation) -> tuple[str, ...]:
        """Return the words of the places of a relation that is no filming."""
        return tuple(one.words for one in self.places if one.relation is relation)

    def entry_id(self, report: str) -> str:
        """Return the id of the entry that this card becomes."""
        return f"{report}-{self.number}"

    def entry(self, report: str, old: Entry | None = None) -> Entry:
        """Return the entry that the card says, not geocoded; of `old` stays what no card shows.

        Raises `InputError` with the field to correct as its value `column`.
        """
        check(self.title, self.recorded, self.level, self.by)
        given: dict[str, Any] = old.model_dump() if old else {}
        others = [cited for cited in old.reports if cited.report != report] if old else []
        cited = Cited(report=report, paragraph=self.paragraph.strip())
        judged = {"level": self.level, "by": self.by.strip(), "note": self.note.strip()}
        try:
            return Entry.model_validate({
                **given,
                "id": self.entry_id(report),
                "title": self.title.strip(),
                "description": self.description.strip(),
                "category": self.category.strip(),
                "recorded": self.recorded.strip(),
                "reports": (cited, *others),
                "locations": self._locations(),
                "verification": {**given.get("verification", {}), **judged},
                "visibility": self.visibility,
            })  # fmt: skip
        except Invalid as error:
            field, why = reason(error)
            raise InputError("{why}", why=why, column=field.split(".")[0]) from error

    def _locations(self) -> list[dict[str, Any]]:
        """Return the places that have words, each once; where no filming place has, why not."""
        worded = [one.plain() for one in self.places if one.words.strip()]
        if not self.said:
            blank = next(iter(self.filmed), NOWHERE)
            worded.insert(0, replace(blank, words="", absence=blank.absence or NOWHERE.absence,
                                     complete=True).plain())  # fmt: skip
        distinct = {(one["locality"], one["relation"].filmed): one for one in reversed(worded)}
        return [one for one in worded if distinct[one["locality"], one["relation"].filmed] is one]


def check(title: str, recorded: str, level: Level, by: str) -> None:
    """Raise `InputError` with its `column` where what a person writes of an entry cannot stand."""
    if not title.strip():
        raise InputError("The title is empty; say in a few words what is seen.", column="title")
    if level.verified and not by.strip():
        raise InputError(BY_WHOM, level=level.value, column="by")
    try:
        interval(recorded.strip())
    except InputError as error:
        raise InputError(error.sentence, **error.values, column="recorded") from error


def of_entry(number: int, entry: Entry, spans: tuple[tuple[int, int], ...] = ()) -> Card:
    """Return the card that says what the entry says; it counts as not saved yet."""
    places: dict[tuple[str, bool], Where] = {}
    for one in entry.locations:  # words that name two places stand twice, one behind the other
        said = Where(one.locality, one.relation, one.basis, one.complete, one.absence)
        places.setdefault((one.locality, one.relation.filmed), said)
    return Card(
        number=number, title=entry.title, description=entry.description,
        category=entry.category, recorded=entry.recorded,
        paragraph=entry.reports[0].paragraph if entry.reports else "",
        places=tuple(places.values()), level=entry.verification.level,
        by=entry.verification.by, note=entry.verification.note,
        visibility=entry.visibility, spans=spans,
    )  # fmt: skip


def mark(entry: Entry) -> str:
    """Return a mark of the entry's content, by which a change of somebody else is seen."""
    return hashlib.sha256(entry.model_dump_json().encode()).hexdigest()[:16]
