"""Reading and writing the record: each save is one transaction, and nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from geo.entry import Entry, Invalid, Report
from geo.errors import InputError, StoreError
from geo.steps import Briefing, Presented
from geo.store.briefings import Briefings
from geo.store.faults import DAMAGED, shown, told
from geo.store.past import Past
from geo.store.tables import DATA, newest, revisions, set_first, settings

Kept = Entry | Report | Briefing | Presented
"""What has revisions."""

_KINDS = {Report: "report", Entry: "entry", Briefing: "briefing", Presented: "presented"}
_AT_ONCE = 500
_T = TypeVar("_T", int, str)


@dataclass(frozen=True)
class Revision:
    """One state of an entry: its number in the store and in the entry, who, when (UTC) and why."""

    seq: int
    revision: int
    at: dt.datetime
    who: str
    why: str
    entry: Entry


@dataclass(frozen=True)
class Revised:
    """What a change of many entries wrote: how many revisions, and the number of the last.

    `last` is 0 when nothing was written; `left` are the entries that somebody changed meanwhile.
    """

    count: int
    last: int
    left: tuple[str, ...]


@dataclass(frozen=True)
class Store(Briefings):
    """An open store. Several processes may use one at once; each save is one transaction."""

    engine: sa.Engine
    identity: str

    def head(self, seq: int | None = None) -> tuple[int, str]:
        """Return number and content mark of the newest revision of the data, or of `seq`.

        `(0, "")` where there is none. Two stores that grew apart have different marks. Entries
        and reports are the data; briefings only ask for it.
        """
        query = sa.select(revisions).where(revisions.c.kind.in_(DATA))
        if seq is not None:
            query = query.where(revisions.c.seq == seq)
        rows = self._read(query.order_by(revisions.c.seq.desc()).limit(1))
        if not rows:
            return 0, ""
        mark = hashlib.sha256(repr(tuple(rows[0])).encode()).hexdigest()[:12]
        return int(rows[0].seq), mark

    def save(
        self, records: Iterable[Kept], who: str, why: str, once: str = "",
        *, upon: int | None = None,
    ) -> int:  # fmt: skip
        """Write a revision for each record, all or none, and return how many were written.

        With `once`, nothing is written where that setting stands already, and it is set in
        the same transaction: two processes that fill a new store do so once. With `upon`,
        nothing is written where one of the records has changed since that revision.
        """
        at = _now()
        stamp = {"at": at, "who": who, "why": why}
        count = 0
        with self._write() as connection:
            if once and not set_first(connection, once, at):
                return 0
            for batch in _batches(records):
                if upon is not None and _changed(connection, batch, upon):
                    connection.rollback()
                    return 0
                _insert(connection, batch, stamp)
                count += len(batch)
        return count

    def revise(
        self,
        seen: Mapping[str, int],
        change: Callable[[Entry], Entry | None],
        who: str,
        why: str,
        progress: Callable[[int], None] = lambda done: None,
    ) -> Revised:
        """Write a revision of each entry that still stands at the revision seen, all or none.

        `seen` gives that revision's number by the entry's id, and `change` the new state, or
        None where there is nothing to change. Whoever saved meanwhile keeps what they saved:
        such entries are left as they are. `progress` hears how many entries were looked at;
        an error that it raises ends the save, and then nothing was written.
        """
        stamp = {"at": _now(), "who": who, "why": why}
        count, done, left = 0, 0, list[str]()
        with self._write() as connection:
            for part in _parts(list(seen)):
                found = _standing(connection, part)
                same = [one for one in part if one in found and found[one][0] == seen[one]]
                left += [one for one in part if one not in set(same)]
                states = (change(found[one][1]) for one in same)
                changed: list[Kept] = [new for new in states if new is not None]
                _insert(connection, changed, stamp)
                count, done = count + len(changed), done + len(part)
                progress(done)
            highest = sa.select(sa.func.max(revisions.c.seq))
            last = int(connection.execute(highest).scalar_one()) if count else 0
        return Revised(count, last, tuple(left))

    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the newest revision of the entries with these ids; unknown ids are left out."""
        return {entry_id: entry for entry_id, (_, entry) in self.standing(ids).items()}

    def standing(self, ids: Sequence[str]) -> dict[str, tuple[int, Entry]]:
        """Return number and content of the newest revision of each entry; unknown are left out."""
        with self._errors(), self._autocommit() as connection:
            return {
                entry_id: one
                for part in _parts(ids)
                for entry_id, one in _standing(connection, part).items()
            }

    def reports(self) -> dict[str, Report]:
        """Return the newest revision of every report, by id."""
        with self._errors():
            rows = self._read(newest("report"))
            return {row.id: Report.model_validate_json(row.document) for row in rows}

    def since(self, seq: int) -> Iterator[tuple[int, Entry]]:
        """Yield number and newest revision of each entry that changed after revision `seq`.

        They come in the order in which the entries were first saved.
        """
        first = sa.select(revisions.c.id, sa.func.min(revisions.c.seq).label("seq"))
        begun = first.where(revisions.c.kind == "entry").group_by(revisions.c.id).subquery()
        query = newest("entry").where(revisions.c.seq > seq)
        query = query.join(begun, begun.c.id == revisions.c.id).order_by(begun.c.seq)
        with self._errors(), self._autocommit() as connection:
            rows = connection.execution_options(yield_per=_AT_ONCE).execute(query)
            for row in rows:
                yield row.seq, Entry.model_validate_json(row.document)

    def past(self, seq: int) -> Past:
        """Return the data as it stood at revision `seq`, less what may no longer be shown."""
        return Past(self, seq)

    def history(self, entry_id: str) -> list[Revision]:
        """Return every revision of an entry, the oldest first; [] when there is no such entry."""
        query = (
            sa.select(revisions)
            .where(revisions.c.kind == "entry", revisions.c.id == entry_id)
            .order_by(revisions.c.seq)
        )
        with self._errors():
            return [_revision(row) for row in self._read(query)]

    def saved_with(self, seq: int) -> list[int]:
        """Return the numbers of the entries' revisions that were saved in one go with `seq`.

        A save, and an undo, writes its revisions one behind the other, at one time, by one
        person. Returns [] when there is no such revision.
        """
        same = sa.select(revisions.c.at, revisions.c.who).where(revisions.c.seq == seq)
        stamp = next(iter(self._read(same)), None)
        if stamp is None:
            return []
        alike = sa.and_(revisions.c.at == stamp.at, revisions.c.who == stamp.who)
        found = {
            row.seq: row.kind
            for row in self._read(sa.select(revisions.c.seq, revisions.c.kind).where(alike))
        }
        first = last = seq
        while first - 1 in found:
            first -= 1
        while last + 1 in found:
            last += 1
        return [number for number in range(first, last + 1) if found[number] == "entry"]

    def undo(self, seqs: Sequence[int], who: str) -> int:
        """Put back what stood before these revisions, as new ones, all or none; return how many.

        Raises `InputError` where a revision is not known, is an entry's first, or is no longer
        its newest: what came later is never undone with it.
        """
        at = _now()
        with self._write() as connection:
            for part in _parts(seqs):
                _put_back(connection, part, {"at": at, "who": who})
        return len(seqs)

    def newest_of(self, seqs: Sequence[int]) -> list[int]:
        """Return those of these revisions that are still their entry's newest."""
        kept: set[int] = set()
        for part in _parts(seqs):
            of_them = sa.select(revisions.c.id).where(revisions.c.seq.in_(part))
            last = sa.select(sa.func.max(revisions.c.seq).label("seq"))
            last = last.where(revisions.c.kind == "entry", revisions.c.id.in_(of_them))
            kept |= {row.seq for row in self._read(last.group_by(revisions.c.id))}
        return [seq for seq in seqs if seq in kept]

    def setting(self, name: str) -> str:
        """Return a setting of the store, "" when it is not set."""
        rows = self._read(sa.select(settings.c.value).where(settings.c.name == name))
        return str(rows[0].value) if rows else ""

    def _read(self, query: sa.Select[tuple[object, ...]]) -> Sequence[sa.Row[tuple[object, ...]]]:
        with self._errors(), self._autocommit() as connection:
            return connection.execute(query).all()

    def _autocommit(self) -> sa.Connection:
        return self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with self._errors(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            self.engine.dispose()  # the next try opens the file anew: it may have been put back
            raise told(self.engine.url, error) from error
        except Invalid as error:
            raise StoreError(DAMAGED, path=shown(self.engine.url)) from error


def _now() -> str:
    """Return the time of a save, fine enough to tell any two apart."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def _revision(row: sa.Row[tuple[object, ...]]) -> Revision:
    return Revision(
        row.seq, row.revision, dt.datetime.fromisoformat(row.at), row.who, row.why,
        Entry.model_validate_json(row.document),
    )  # fmt: skip


def _put_back(connection: sa.Connection, seqs: Sequence[int], stamp: dict[str, str]) -> None:
    """Write the state before each of these revisions as the newest one of its entry."""
    query = sa.select(revisions).where(revisions.c.kind == "entry", revisions.c.seq.in_(seqs))
    undone = {row.seq: row for row in connection.execute(query)}
    ids = [row.id for row in undone.values()]
    of_them = sa.select(revisions.c.id, sa.func.max(revisions.c.seq))
    of_them = of_them.where(revisions.c.kind == "entry", revisions.c.id.in_(ids))
    newest = {row[0]: row[1] for row in connection.execute(of_them.group_by(revisions.c.id))}
    earlier = sa.tuple_(revisions.c.id, revisions.c.revision).in_(
        [(row.id, row.revision - 1) for row in undone.values()]
    )
    standing = sa.select(revisions).where(revisions.c.kind == "entry", earlier)
    before = {row.id: row.document for row in connection.execute(standing)}
    rows = []
    for seq in seqs:
        row = undone.get(seq)
        if row is None:
            raise InputError(_NO_REVISION, seq=seq)
        if newest[row.id] != seq:
            raise InputError(_CHANGED_SINCE, id=row.id, seq=seq)
        if row.id not in before:
            raise InputError(_FIRST, id=row.id, seq=seq)
        why = f"undone: revision {seq}"
        document = {"document": before[row.id], "revision": row.revision + 1, "why": why}
        rows.append({"kind": "entry", "id": row.id, **document, **stamp})
    if rows:
        connection.execute(revisions.insert(), rows)


_NO_REVISION = (
    "There is no revision {seq} of an entry; python -m geo history ID names the revisions of one."
)
_CHANGED_SINCE = (
    "Entry {id} has changed since revision {seq}, and nothing was undone; look at its history"
    " and undo the newest revision first."
)
_FIRST = "Revision {seq} is the first of entry {id}; there is nothing before it to put back."


def _standing(connection: sa.Connection, ids: Sequence[str]) -> dict[str, tuple[int, Entry]]:
    rows = connection.execute(newest("entry", ids))
    return {row.id: (row.seq, Entry.model_validate_json(row.document)) for row in rows}


def _insert(connection: sa.Connection, batch: list[Kept], stamp: dict[str, str]) -> None:
    for kind in _KINDS.values():
        records = [r for r in batch if _KINDS[type(r)] == kind]
        if not records:
            continue
        standing = (
            sa.select(revisions.c.id, sa.func.max(revisions.c.revision))
            .where(revisions.c.kind == kind, revisions.c.id.in_([r.id for r in records]))
            .group_by(revisions.c.id)
        )
        last: dict[str, int] = {row[0]: row[1] for row in connection.execute(standing)}
        rows = []
        for record in records:
            last[record.id] = last.get(record.id, 0) + 1
            document = record.model_dump_json()
            numbered = {"id": record.id, "revision": last[record.id], "document": document}
            rows.append({"kind": kind, **numbered, **stamp})
        connection.execute(revisions.insert(), rows)


def _changed(connection: sa.Connection, batch: list[Kept], upon: int) -> bool:
    """Whether one of the records has a revision after the one with this number."""
    later = sa.or_(*(
        sa.and_(revisions.c.kind == kind, revisions.c.id.in_(ids))
        for kind in _KINDS.values()
        if (ids := [one.id for one in batch if _KINDS[type(one)] == kind])
    ))  # fmt: skip
    query = sa.select(revisions.c.seq).where(revisions.c.seq > upon, later).limit(1)
    return connection.execute(query).first() is not None


def _parts(every: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def _batches(records: Iterable[Kept]) -> Iterator[list[Kept]]:
    batch: list[Kept] = []
    for record in records:
        batch.append(record)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
