"""The data as it stood at a revision, for briefings that are frozen.

What was withheld since, an entry or its place, taken back to a draft, or marked graphic, is so
here too: a decision to protect somebody holds for every date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import sqlalchemy as sa

from geo.entry import Absence, Entry, Evidence, Report, Visibility
from geo.store.tables import DATA, newest, revisions

_RANK = {one: number for number, one in enumerate(
    (Visibility.PUBLISHED, Visibility.DRAFT, Visibility.WITHHELD)
)}  # fmt: skip


class Present(Protocol):
    """What the past needs of a store."""

    @property
    def identity(self) -> str:
        """A mark that no other store has."""

    def head(self, seq: int | None = None) -> tuple[int, str]:
        """Return number and content mark of the newest revision, or of revision `seq`."""

    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the newest revision of entries."""

    def holding(self, sha256: Iterable[str]) -> list[Entry]:
        """Return the entries whose document names one of these files."""

    def _read(self, query: sa.Select[tuple[object, ...]]) -> Sequence[sa.Row[tuple[object, ...]]]:
        """Return the rows of a query."""


class Past:
    """A store's data up to a revision; the index and the briefings read it like a store."""

    def __init__(self, store: Present, seq: int) -> None:
        self._store = store
        self._seq = seq

    @property
    def identity(self) -> str:
        """A mark that no other store has, and not the store itself."""
        return f"past-{self._store.identity}"

    def head(self, seq: int | None = None) -> tuple[int, str]:
        """Return number and mark of the newest revision then, or of `seq`; (0, "") for later ones.

        The mark changes with the store, because what is withheld today is withheld here.
        """
        if seq is not None and seq > self._seq:
            return 0, ""
        query = sa.select(sa.func.max(revisions.c.seq).label("seq")).where(
            revisions.c.kind.in_(DATA), revisions.c.seq <= (self._seq if seq is None else seq)
        )
        found = self._store._read(query)[0].seq  # noqa: SLF001 - of the same package
        if not found or (seq is not None and found != seq):
            return 0, ""
        mark = f"{self._seq} {self._store.head(found)} {self._store.head()}"
        return int(found), hashlib.sha256(mark.encode()).hexdigest()[:12]

    def since(self, seq: int) -> Iterator[tuple[int, Entry]]:
        """Yield number and state of each entry that had changed after revision `seq`."""
        query = newest("entry", until=self._seq).with_only_columns(revisions.c.seq, revisions.c.id)
        query = query.where(revisions.c.seq > seq).order_by(revisions.c.seq)
        numbers = {row.id: row.seq for row in self._store._read(query)}  # noqa: SLF001 - the same
        ids = list(numbers)
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            found = self.entries(part)
            yield from ((numbers[one], found[one]) for one in part)

    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the entries as they stood, no more visible than today; unknown are left out."""
        today = self._store.entries(ids)
        return {one: _kept(entry, today) for one, entry in self.stood(ids).items()}

    def holding(self, sha256: Iterable[str]) -> list[Entry]:
        """Return the entries whose document names one of these files today, as they stand."""
        return self._store.holding(sha256)

    def stood(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the entries exactly as they stood: for comparing, never for showing."""
        found: dict[str, Entry] = {}
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            rows = self._store._read(newest("entry", part, self._seq))  # noqa: SLF001 - the same
            found |= {row.id: Entry.model_validate_json(row.document) for row in rows}
        return found

    def reports(self) -> dict[str, Report]:
        """Return every report as it stood, by id."""
        rows = self._store._read(newest("report", until=self._seq))  # noqa: SLF001 - the same
        return {row.id: Report.model_validate_json(row.document) for row in rows}


_AT_ONCE = 500


def _kept(then: Entry, today: dict[str, Entry]) -> Entry:
    """Return the entry as it stood, with what was decided since to protect somebody."""
    now = today.get(then.id)
    if now is None:
        return then.model_copy(update={"visibility": Visibility.WITHHELD})
    graphic = {mark for one in now.evidence if one.graphic for mark in _marks(one)}
    kept: dict[str, object] = {
        "visibility": max(then.visibility, now.visibility, key=_RANK.__getitem__),
        "sensitivity": tuple(dict.fromkeys((*then.sensitivity, *now.sensitivity))),
        "evidence": tuple(
            one.model_copy(update={"graphic": True}) if graphic.intersection(_marks(one)) else one
            for one in then.evidence
        ),
    }
    if any(one.absence is Absence.WITHHELD and one.place is None for one in now.filmed):
        kept["locations"] = now.locations
    return then.model_copy(update=kept)


def _marks(one: Evidence) -> set[str]:
    """Return by what a piece of evidence is known again."""
    return {one.sha256, one.url, one.archived_url} - {""}
