"""What changed since a briefing was last presented: its steps are asked of both states.

Only entries that were saved since are looked at, so it is quick whatever the size of the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from geo.dates import said_moment
from geo.entry import Absence, Entry, Level, Report, Visibility
from geo.filters import Filters
from geo.i18n import Translator
from geo.index import Counties, Index
from geo.reading import places
from geo.steps import Briefing

MOST = 2_000
"""Changed entries that are compared one by one; of more it is only said how many they are."""


class Kind(StrEnum):
    """What became of an entry of the briefing; the heaviest of several is told."""

    WITHDRAWN = "withdrawn"  # it was shown, and must not be any more
    REFUTED = "refuted"  # shown to be elsewhere, or not what it claims
    LEFT = "left"  # it was shown, and no step finds it any more
    NEW = "new"  # some step finds it now, and none did
    MOVED = "moved"  # its places are others
    UPGRADED = "upgraded"  # its verification rose
    REJUDGED = "rejudged"  # its verification fell, or is contested


@dataclass(frozen=True)
class Change:
    """What became of one entry; `title` is "" where it may not be said any more."""

    id: str
    title: str
    kind: Kind
    steps: tuple[int, ...]
    """The numbers of the steps that show it, or showed it: 1, 2, …"""
    said: str
    """From what to what, in words; "" where the kind says it all."""


@dataclass(frozen=True)
class Changes:
    """All that changed; `since` is None where the briefing was never presented."""

    since: dt.datetime | None
    found: tuple[Change, ...] = ()
    more: int = 0
    """How many further entries changed that were not compared."""
    moment: str = ""
    """`since` in words."""

    def of(self, kind: Kind) -> list[Change]:
        """Return the changes of a kind."""
        return [one for one in self.found if one.kind is kind]


class Record(Protocol):
    """What is asked of the store."""

    def presented(self, name: str) -> tuple[int, dt.datetime] | None:
        """Return the revision at which a briefing was last presented, and when."""

    def changed(self, since: int) -> dict[str, bool]:
        """Return the ids of entries that changed since, and whether each was there before."""

    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the newest revision of entries."""

    def reports(self) -> dict[str, Report]:
        """Return every report, by id."""

    def past(self, seq: int) -> Past:
        """Return the data as it stood at a revision."""


class Past(Protocol):
    """What is asked of the past."""

    def stood(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return entries exactly as they stood."""


def changed(
    t: Translator, briefing: Briefing, record: Record, index: Index, units: Counties
) -> Changes:
    """Return what changed in the briefing's steps since it was last presented.

    A frozen briefing does not change, except for what must no longer be shown.
    """
    last = record.presented(briefing.id)
    if last is None:
        return Changes(None)
    seq, at = last
    every = record.changed(seq)
    shown_now = _shown(index, briefing)
    ids = [one for one, before in every.items() if before or one in shown_now]
    now = record.entries(ids[:MOST])
    then = record.past(seq).stood(ids[:MOST])
    reports = record.reports()
    after, before = (_steps(briefing, one, reports, units) for one in (now, then))
    found = [
        change
        for one in ids[:MOST]
        if (change := _change(t, one, (then.get(one), before.get(one, ())),
                              (now.get(one), after.get(one, ()))))
    ]  # fmt: skip
    if briefing.frozen:
        found = [one for one in found if one.kind is Kind.WITHDRAWN]
    order = list(Kind)
    found.sort(key=lambda one: order.index(one.kind))
    return Changes(at, tuple(found), max(0, len(ids) - MOST), said_moment(at, t))


def _shown(index: Index, briefing: Briefing) -> set[str]:
    shown: set[str] = set()
    for filters in dict.fromkeys(_asked(briefing)):
        shown |= set(index.ids(index.passing(filters)))
    return shown


def _asked(briefing: Briefing) -> list[Filters]:
    return [briefing.asked(step)[0] for step in briefing.steps]


@dataclass
class _Few:
    """A handful of entries that an index reads like a store."""

    found: Mapping[str, Entry]
    known: Mapping[str, Report] = field(default_factory=dict)
    identity: str = "few"

    def head(self, seq: int | None = None) -> tuple[int, str]:
        return (len(self.found), "few") if seq is None else (0, "")

    def since(self, seq: int) -> Iterator[tuple[int, Entry]]:
        return ((number, one) for number, one in enumerate(self.found.values(), 1) if number > seq)

    def reports(self) -> dict[str, Report]:
        return dict(self.known)


def _steps(
    briefing: Briefing, found: Mapping[str, Entry], reports: Mapping[str, Report], units: Counties
) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the steps that find each of these entries."""
    index = Index(_Few(found, reports), None, units)
    index.refresh()
    steps: dict[str, tuple[int, ...]] = {}
    for number, filters in enumerate(_asked(briefing), 1):
        for one in index.ids(index.passing(filters)):
            steps[one] = (*steps.get(one, ()), number)
    return steps


_State = tuple[Entry | None, tuple[int, ...]]


def _change(t: Translator, name: str, then: _State, now: _State) -> Change | None:
    """Return what became of an entry, None where nothing that a briefing shows is another."""
    (old, before), (new, after) = then, now
    steps = tuple(sorted({*before, *after}))
    if new is None or not steps:
        return None
    if not after:
        gone = (
            new.visibility is not Visibility.PUBLISHED
            and old is not None
            and (old.visibility is not new.visibility)
        )
        kind = Kind.WITHDRAWN if gone else Kind.LEFT
        return Change(name, "" if gone else new.title, kind, steps, "")
    if old is None or not before:
        return Change(name, new.title, Kind.NEW, steps, places(t, new))
    return _altered(t, old, new, steps)


def _altered(t: Translator, old: Entry, new: Entry, steps: tuple[int, ...]) -> Change | None:
    was, is_now = old.verification.level, new.verification.level
    if is_now is Level.REFUTED and was is not Level.REFUTED:
        return Change(new.id, new.title, Kind.REFUTED, steps, _from_to(t, was, is_now))
    if _places(old) != _places(new):
        said = places(t, new)
        if not any(one.absence is Absence.WITHHELD for one in new.filmed):
            said = t("{before} → {after}", before=places(t, old), after=said)
        return Change(new.id, new.title, Kind.MOVED, steps, said)
    if was is is_now:
        return None
    order = list(Level)
    rose = order.index(is_now) > order.index(was) and is_now is not Level.CONTESTED
    kind = Kind.UPGRADED if rose and was not in _DOUBTS else Kind.REJUDGED
    return Change(new.id, new.title, kind, steps, _from_to(t, was, is_now))


_DOUBTS = (Level.CONTESTED, Level.REFUTED)


def _from_to(t: Translator, was: Level, is_now: Level) -> str:
    before, after = (t(level.value.replace("_", " ")) for level in (was, is_now))
    return t("{before} → {after}", before=before, after=after)


def _places(entry: Entry) -> list[tuple[str, float, float, float, str, str]]:
    """Return what a map shows of an entry's places."""
    return sorted(
        (one.place.place_id, one.place.lat, one.place.lon, one.place.uncertainty_m,
         one.relation.value, one.basis.value)
        for one in entry.filmed if one.place
    )  # fmt: skip
