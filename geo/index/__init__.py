"""The index: one row per entry and place, in memory, made from the record and kept up to date.

It holds only what filters, counts and maps need, and losing it loses nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from geo.dates import interval
from geo.entry import Entry, Report
from geo.filters import Filters
from geo.index.counts import Count, Counts, Interval, Stats
from geo.index.facts import Told
from geo.index.lists import Lists, PlaceCount, PlaceOrder
from geo.index.near import Near
from geo.index.queries import REPORTS
from geo.rows import SCHEMA, County, rows

_EDITION = "index4"
"""Raised by hand when rows are made in another way, so that old snapshots are left."""

_SNAPSHOT_FROM = 500
"""Changes from which reading the record again would be slower than writing a snapshot."""


class Record(Protocol):
    """What the index needs of a store."""

    @property
    def identity(self) -> str:
        """A mark that no other store has."""

    def head(self, seq: int | None = None) -> tuple[int, str]:
        """Return number and content mark of the newest revision, or of revision `seq`."""

    def since(self, seq: int) -> Iterator[tuple[int, Entry]]:
        """Yield number and newest revision of each entry that changed after `seq`."""

    def reports(self) -> dict[str, Report]:
        """Return the newest revision of every report, by id."""


class Counties(Protocol):
    """What the index needs of a gazetteer."""

    @property
    def edition(self) -> str:
        """A mark that changes when the gazetteer does."""

    def county(self, place_id: str) -> str:
        """Return the id of the second-level unit that a place lies in or is, or ""."""


class Index(Counts, Lists, Near, Told):
    """The index of one store, shared by all sessions of a process.

    Without `counties` no place lies in any county; without `cache` no snapshot is kept.
    """

    def __init__(self, store: Record, cache: Path | None, counties: Counties | None = None) -> None:
        super().__init__()
        self._store = store
        self._cache = cache
        self._county: County = counties.county if counties else lambda place_id: ""
        self._edition = f"{_EDITION}-{counties.edition if counties else 'none'}"
        self._head = (0, "")
        self._numbers: dict[str, int] = {}

    @property
    def size(self) -> int:
        """How many entries there are; their numbers run from 0 to one less."""
        return len(self._numbers)

    @property
    def edition(self) -> str:
        """A mark of the content: it changes exactly when the record does."""
        return f"{self._store.identity}-{self._head[0]}-{self._head[1]}"

    def refresh(self, progress: Callable[[int], None] = lambda done: None) -> None:
        """Take up what any process has saved since; quick when there is nothing new.

        `progress` is called with the number of entries read so far.
        """
        with self._lock:
            head = self._store.head()
            if head == self._head:
                return
            if self._store.head(self._head[0]) != self._head:
                self._forget()  # another history: a backup was put back
            if self._head[0] == 0:
                self._load_snapshot()
            changed = self._take(progress)
            self._take_reports()
            self._head = head
            if changed >= _SNAPSHOT_FROM:
                self._write_snapshot()

    def passing(self, filters: Filters) -> NDArray[np.bool_]:
        """Return for each entry number whether the entry passes."""
        condition, values = filters.condition()
        query = f"SELECT DISTINCT entry_no FROM rows WHERE {condition}"  # noqa: S608 - constant clauses
        numbers = self._columns(query, values)["entry_no"]
        mask = np.zeros(len(self._numbers), dtype=np.bool_)
        mask[numbers] = True
        return mask

    def shows(self, entry_id: str, filters: Filters) -> bool:
        """Whether the entry passes; one that is withheld never does."""
        number = self._numbers.get(entry_id)
        return number is not None and bool(self.passing(filters)[number])

    def number(self, entry_id: str) -> int | None:
        """Return the entry's number in `passing` and `placed`, or None."""
        return self._numbers.get(entry_id)

    def ids(self, passing: NDArray[np.bool_]) -> list[str]:
        """Return the ids of the entries of a mask as `passing` gives it, by their numbers."""
        return [one for one, number in self._numbers.items() if passing[number]]

    def days(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the first and last day each entry number may be recorded on, since 1970-01-01.

        An open end is the least or greatest 32-bit number. An entry without a date, and one that
        is withheld, has a last day before its first, so that no range of days meets it.
        """
        query = (
            "SELECT entry_no, any_value(earliest) - DATE '1970-01-01' AS first,"
            " any_value(latest) - DATE '1970-01-01' AS last FROM rows"
            " WHERE earliest IS NOT NULL OR latest IS NOT NULL GROUP BY entry_no"
        )
        found = self._columns(query, [])
        limits = np.iinfo(np.int32)
        first = np.full(self.size, limits.max, dtype=np.int32)
        last = np.full(self.size, limits.min, dtype=np.int32)
        first[found["entry_no"]] = np.ma.filled(found["first"], limits.min)
        last[found["entry_no"]] = np.ma.filled(found["last"], limits.max)
        return first, last

    def _forget(self) -> None:
        with self._db.cursor() as cursor:
            cursor.execute("DELETE FROM every")
        self._numbers = {}
        self._head = (0, "")

    def _take(self, progress: Callable[[int], None]) -> int:
        """Replace the rows of every entry that changed since; return how many did."""
        columns: dict[str, list[Any]] = {name: [] for name in SCHEMA.names}
        changed: list[str] = []
        for seq, entry in self._store.since(self._head[0]):
            number = self._numbers.setdefault(entry.id, len(self._numbers))
            for row in rows(number, seq, entry, self._county):
                for name, value in zip(SCHEMA.names, row, strict=True):
                    columns[name].append(value)
            changed.append(entry.id)
            if len(changed) % 1_000 == 0:
                progress(len(changed))
        fresh = pa.table(columns, schema=SCHEMA)
        self._replace("every", fresh, "entry_id IN (SELECT entry_id FROM fresh)")
        return len(changed)

    def _take_reports(self) -> None:
        known = self._store.reports().values()
        lines = [(one.id, one.outlet, *interval(one.published)) for one in known]
        columns = list(zip(*lines, strict=True)) or [()] * len(REPORTS)
        fresh = pa.table(dict(zip(REPORTS.names, columns, strict=True)), schema=REPORTS)
        self._replace("report", fresh, "true")

    def _load_snapshot(self) -> None:
        """Begin with the newest snapshot whose revision is one that this store still has."""
        for path in sorted(self._snapshots(), key=_seq_of, reverse=True):
            head = self._store.head(_seq_of(path))
            if path.name != self._file(head):
                continue
            try:
                if not pq.read_schema(path).equals(SCHEMA):
                    continue
                table = pq.read_table(path)
            except (OSError, pa.ArrowInvalid):
                continue  # cut short or of another time: the record has it all
            self._replace("every", table, "true")
            self._numbers = dict(self._all("SELECT DISTINCT entry_id, entry_no FROM every", []))
            self._head = head
            return

    def _write_snapshot(self) -> None:
        if self._cache is None:
            return
        path = self._cache / self._file(self._head)
        part = path.with_suffix(f".{os.getpid()}.part")
        with self._db.cursor() as cursor:
            table: Any = cursor.sql("SELECT * FROM every").to_arrow_table()
        try:
            self._cache.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as f:
                pq.write_table(table.cast(SCHEMA), f)
            part.replace(path)
            for old in self._snapshots():
                if old != path:
                    old.unlink(missing_ok=True)
        except OSError:  # only speed is lost
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _file(self, head: tuple[int, str]) -> str:
        return f"{self._edition}-{self._store.identity}-{head[0]}-{head[1]}.parquet"

    def _snapshots(self) -> list[Path]:
        pattern = f"{self._edition}-{self._store.identity}-*.parquet"
        return list(self._cache.glob(pattern)) if self._cache else []


def _seq_of(snapshot: Path) -> int:
    return int(snapshot.stem.rsplit("-", 2)[1])


__all__ = ["Count", "Counties", "Index", "Interval", "PlaceCount", "PlaceOrder", "Record", "Stats"]
