"""Briefings in the record: revisions like those of entries, and when each was presented."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from geo.entry import Entry
from geo.steps import Briefing, Presented
from geo.store.tables import newest, revisions


@dataclass(frozen=True)
class Saved:
    """One state of a briefing: its number in the store, who, when (UTC) and why."""

    seq: int
    revision: int
    at: dt.datetime
    who: str
    why: str
    briefing: Briefing


class Briefings(ABC):
    """What a store keeps of briefings; they are written with `Store.save`."""

    @abstractmethod
    def _read(self, query: sa.Select[tuple[object, ...]]) -> Sequence[sa.Row[tuple[object, ...]]]:
        """Return the rows of a query."""

    def briefings(self) -> dict[str, tuple[int, Briefing]]:
        """Return number and newest revision of each briefing by its id, the deleted among them.

        They come in the order of their last change, the latest first.
        """
        rows = self._read(newest("briefing").order_by(revisions.c.seq.desc()))
        return {row.id: (row.seq, Briefing.model_validate_json(row.document)) for row in rows}

    def briefing(self, name: str) -> tuple[int, Briefing] | None:
        """Return number and newest revision of a briefing, None where there is none."""
        rows = self._read(newest("briefing", [name]))
        found = [(row.seq, Briefing.model_validate_json(row.document)) for row in rows]
        return found[0] if found else None

    def briefing_history(self, name: str) -> list[Saved]:
        """Return every revision of a briefing, the oldest first; [] when there is none."""
        query = (
            sa.select(revisions)
            .where(revisions.c.kind == "briefing", revisions.c.id == name)
            .order_by(revisions.c.seq)
        )
        return [
            Saved(
                row.seq, row.revision, dt.datetime.fromisoformat(row.at), row.who, row.why,
                Briefing.model_validate_json(row.document),
            )
            for row in self._read(query)
        ]  # fmt: skip

    def presented(self, name: str) -> tuple[int, dt.datetime] | None:
        """Return the record's newest revision when a briefing was last presented, and when."""
        query = (
            sa.select(revisions)
            .where(revisions.c.kind == "presented", revisions.c.id == name)
            .order_by(revisions.c.seq.desc())
            .limit(1)
        )
        for row in self._read(query):
            seen = Presented.model_validate_json(row.document).seq
            return seen, dt.datetime.fromisoformat(row.at)
        return None

    def holding(self, sha256: Iterable[str]) -> list[Entry]:
        """Return the entries, as they stand, whose document names one of these files."""
        named = [revisions.c.document.contains(one) for one in sha256]
        if not named:
            return []
        rows = self._read(newest("entry").where(sa.or_(*named)))
        return [Entry.model_validate_json(row.document) for row in rows]

    def changed(self, since: int) -> dict[str, bool]:
        """Return the ids of the entries that changed after a revision: whether each was there."""
        of_entries = sa.select(revisions.c.id, sa.func.min(revisions.c.seq).label("first"))
        rows = self._read(
            of_entries.where(revisions.c.kind == "entry")
            .group_by(revisions.c.id)
            .having(sa.func.max(revisions.c.seq) > since)
        )
        return {row.id: row.first <= since for row in rows}
