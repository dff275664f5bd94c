"""The index: one row per entry and place, in memory, made from the record and kept up to date.

It holds only what filters, counts and maps need, and losing it loses nothing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from geo.entry import Entry
from geo.filters import Filters
from geo.rows import SCHEMA, rows

_EDITION = "index2"
"""Raised by hand when rows are made in another way, so that old snapshots are left."""

_SNAPSHOT_FROM = 500
"""Changes from which reading the record again would be slower than writing a snapshot."""

_ENTRIES = (
    "SELECT entry_no, bool_or(certainty = 'certain') AS certain,"
    " bool_or(certainty = 'possible') AND NOT certain AS possible,"
    " bool_and(inferred) FILTER (certainty = 'certain') AS inferred,"
    " min(unplaced) AS unplaced, any_value(verification) AS verification,"
    " bool_and(earliest IS NULL AND latest IS NULL) AS undated"
    " FROM rows WHERE {condition} GROUP BY entry_no"
)
"""Each entry that passes, once, whatever the number of its places."""


class Record(Protocol):
    """What the index needs of a store."""

    @property
    def identity(self) -> str:
        """A mark that no other store has."""

    def head(self, seq: int | None = None) -> tuple[int, str]:
        """Return number and content mark of the newest revision, or of revision `seq`."""

    def since(self, seq: int) -> Iterator[tuple[int, Entry]]:
        """Yield number and newest revision of each entry that changed after `seq`."""


_TOTAL = "SELECT count(DISTINCT entry_no) FROM rows"


@dataclass(frozen=True)
class Count:
    """How many entries are certainly and how many only possibly there; each counts once."""

    certain: int = 0
    possible: int = 0


@dataclass(frozen=True)
class Stats:
    """What the line above the map says; `inferred` is part of `certain`."""

    total: int
    shown: int
    certain: int
    inferred: int
    possible: int
    unplaced: dict[str, int]
    unverified: int
    undated: int
    reports: int
    regions: dict[str, Count] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the same as plain values, fit for JSON."""
        return asdict(self)


class Index:
    """The index of one store, shared by all sessions of a process."""

    def __init__(self, store: Record, cache: Path) -> None:
        self._store = store
        self._cache = cache
        self._lock = threading.Lock()
        self._head = (0, "")
        self._numbers: dict[str, int] = {}
        self._db = duckdb.connect(
            ":memory:",
            config={
                "enable_external_access": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        self._db.register("blank", SCHEMA.empty_table())
        self._db.execute("CREATE TABLE every AS SELECT * FROM blank")
        self._db.execute("CREATE VIEW rows AS SELECT * FROM every WHERE visibility <> 'withheld'")
        self._db.unregister("blank")
        self._db.execute("SET lock_configuration = true")

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
            self._head = head
            if changed >= _SNAPSHOT_FROM:
                self._write_snapshot()

    def stats(self, filters: Filters) -> Stats:
        """Return the counts under these filters, and the regions' counts under them."""
        condition, values = filters.condition()
        query = (
            f"WITH hits AS MATERIALIZED ({_ENTRIES.format(condition=condition)})"  # noqa: S608 - constant clauses
            " SELECT count(*), count(*) FILTER (certain), count(*) FILTER (certain AND inferred),"
            " count(*) FILTER (possible),"
            " count(*) FILTER (verification NOT IN ('corroborated', 'geolocated')),"
            " count(*) FILTER (undated), histogram(unplaced) FILTER (NOT certain AND NOT possible),"
            " (SELECT count(DISTINCT report) FROM"
            f" (SELECT unnest(reports) AS report FROM rows WHERE {condition})) FROM hits"
        )
        row = self._all(query, [*values, *values])[0]
        return Stats(
            total=self._all(_TOTAL, [])[0][0],
            shown=row[0], certain=row[1], inferred=row[2], possible=row[3],
            unverified=row[4], undated=row[5], unplaced=dict(sorted((row[6] or {}).items())),
            reports=row[7], regions=self.regions(filters),
        )  # fmt: skip

    def regions(self, filters: Filters, level: str = "province") -> dict[str, Count]:
        """Return the counts by region, most entries first.

        The keys are ISO 3166-2 codes, a country's where no finer is known; at the level
        "country" they are countries alone.
        """
        column = "country" if level == "country" else "coalesce(nullif(admin1, ''), country)"
        condition, values = filters.condition()
        query = (
            "SELECT code, count(*) FILTER (certain), count(*) FILTER (NOT certain) FROM"  # noqa: S608 - constant clauses
            f" (SELECT {column} AS code, entry_no,"
            " bool_or(certainty = 'certain') AS certain FROM rows"
            f" WHERE certainty <> 'unplaced' AND {condition} GROUP BY code, entry_no)"
            " WHERE code <> '' GROUP BY code ORDER BY count(*) DESC, code"
        )
        return {code: Count(c, p) for code, c, p in self._all(query, values)}

    def choices(self, name: str, filters: Filters) -> dict[str, int]:
        """Return each value of a filter with the entries it would leave, the others standing.

        Every value that the whole index knows is there, also those that would leave none.
        """
        column = {"report": "unnest(reports)", "region": "admin1"}.get(name, name)
        condition, values = filters.without(name).condition()
        known = f"SELECT DISTINCT {column} AS value FROM rows"  # noqa: S608 - constant columns
        left = (
            f"SELECT value, count(DISTINCT entry_no) AS n FROM (SELECT {column} AS value,"  # noqa: S608 - constant columns
            f" entry_no FROM rows WHERE {condition}) GROUP BY value"
        )
        query = (
            f"SELECT value, coalesce(n, 0) FROM ({known}) LEFT JOIN ({left}) USING (value)"  # noqa: S608 - constant columns
            " WHERE value <> '' ORDER BY 2 DESC, 1"
        )
        return dict(self._all(query, values))

    def page(
        self, filters: Filters, limit: int, offset: int = 0, at: Iterable[tuple[int, ...]] = ()
    ) -> tuple[list[str], int]:
        """Return the ids of one page of entries, in the order of their import, and their number.

        `at` narrows it to places: points `(x, y)` or half-open boxes `(x0, y0, x1, y1)` in
        index units; none means everywhere.
        """
        condition, values = filters.condition()
        where, more = _somewhere(list(at))
        query = (
            "SELECT entry_id, count(*) OVER () FROM (SELECT entry_id, min(entry_no) AS n"  # noqa: S608 - constant clauses
            f" FROM rows WHERE {condition} AND {where} GROUP BY entry_id)"
            " ORDER BY n LIMIT ? OFFSET ?"
        )
        rows = self._all(query, [*values, *more, limit, offset])
        return [row[0] for row in rows], (rows[0][1] if rows else 0)

    def unplaced(self, filters: Filters, reason: str, limit: int) -> list[str]:
        """Return the ids of entries without a place for this reason, in the order of import."""
        condition, values = filters.condition()
        query = (
            "SELECT entry_id FROM rows"  # noqa: S608 - constant clauses
            f" WHERE certainty = 'unplaced' AND unplaced = ? AND {condition}"
            " ORDER BY entry_no LIMIT ?"
        )
        return [row[0] for row in self._all(query, [reason, *values, limit])]

    def passing(self, filters: Filters) -> NDArray[np.bool_]:
        """Return for each entry number whether the entry passes."""
        condition, values = filters.condition()
        with self._db.cursor() as cursor:
            query = f"SELECT DISTINCT entry_no FROM rows WHERE {condition}"  # noqa: S608 - constant clauses
            numbers = cursor.execute(query, values).fetchnumpy()["entry_no"]
        mask = np.zeros(len(self._numbers), dtype=np.bool_)
        mask[numbers] = True
        return mask

    def to_review(self, limit: int) -> tuple[list[str], int]:
        """Return ids of entries with a location that a person must decide, and how many wait."""
        query = (
            "SELECT entry_id, sum(to_review) OVER () FROM (SELECT entry_id, min(entry_no) AS n,"
            " any_value(to_review) AS to_review FROM rows WHERE to_review > 0 GROUP BY entry_id)"
            " ORDER BY n LIMIT ?"
        )
        found = self._all(query, [limit])
        return [row[0] for row in found], (int(found[0][1]) if found else 0)

    def withheld(self) -> int:
        """Return how many entries are withheld: kept in the record and shown nowhere."""
        query = "SELECT count(DISTINCT entry_no) FROM every WHERE visibility = 'withheld'"
        return int(self._all(query, [])[0][0])

    def drafts(self, filters: Filters) -> int:
        """Return how many of the entries that pass are drafts."""
        condition, values = filters.condition()
        query = (
            "SELECT count(DISTINCT entry_no) FROM rows"  # noqa: S608 - constant clauses
            f" WHERE visibility = 'draft' AND {condition}"
        )
        return int(self._all(query, values)[0][0])

    def shows(self, entry_id: str, filters: Filters) -> bool:
        """Whether the entry passes; one that is withheld never does."""
        number = self._numbers.get(entry_id)
        return number is not None and bool(self.passing(filters)[number])

    def number(self, entry_id: str) -> int | None:
        """Return the entry's number in `passing` and `placed`, or None."""
        return self._numbers.get(entry_id)

    def placed(self) -> dict[str, NDArray[Any]]:
        """Return the columns that the map needs of every row with a place."""
        query = (
            "SELECT entry_no, place_id, name, native, x, y, uncertainty_m, precision, country,"
            " admin1, certainty, inferred, verification FROM rows"
            " WHERE certainty <> 'unplaced'"
        )
        with self._db.cursor() as cursor:
            found: dict[str, Any] = cursor.execute(query).fetchnumpy()
            return found

    def _all(self, query: str, values: list[object]) -> list[tuple[Any, ...]]:
        with self._db.cursor() as cursor:
            return cursor.execute(query, values).fetchall()

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
            for row in rows(number, seq, entry):
                for name, value in zip(SCHEMA.names, row, strict=True):
                    columns[name].append(value)
            changed.append(entry.id)
            if len(changed) % 1_000 == 0:
                progress(len(changed))
        table = pa.table(columns, schema=SCHEMA)
        with self._db.cursor() as cursor:
            cursor.register("fresh", table)
            cursor.execute("BEGIN")
            cursor.execute("DELETE FROM every WHERE entry_id IN (SELECT entry_id FROM fresh)")
            cursor.execute("INSERT INTO every SELECT * FROM fresh")
            cursor.execute("COMMIT")
            cursor.unregister("fresh")
        return len(changed)

    def _load_snapshot(self) -> None:
        """Begin with the newest snapshot whose revision is one that this store still has."""
        for path in sorted(self._snapshots(), key=_seq_of, reverse=True):
            head = self._store.head(_seq_of(path))
            if path != self._snapshot(head):
                continue
            try:
                if not pq.read_schema(path).equals(SCHEMA):
                    continue
                table = pq.read_table(path)
            except (OSError, pa.ArrowInvalid):
                continue  # cut short or of another time: the record has it all
            with self._db.cursor() as cursor:
                cursor.register("saved", table)
                cursor.execute("INSERT INTO every SELECT * FROM saved")
                cursor.unregister("saved")
            self._numbers = dict(self._all("SELECT DISTINCT entry_id, entry_no FROM every", []))
            self._head = head
            return

    def _write_snapshot(self) -> None:
        path = self._snapshot(self._head)
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

    def _snapshot(self, head: tuple[int, str]) -> Path:
        return self._cache / f"{_EDITION}-{self._store.identity}-{head[0]}-{head[1]}.parquet"

    def _snapshots(self) -> list[Path]:
        return list(self._cache.glob(f"{_EDITION}-{self._store.identity}-*.parquet"))


def _seq_of(snapshot: Path) -> int:
    return int(snapshot.stem.split("-")[2])


def _somewhere(at: list[tuple[int, ...]]) -> tuple[str, list[object]]:
    points = [place for place in at if len(place) == 2]  # noqa: PLR2004 - x and y
    boxes = [place for place in at if len(place) > 2]  # noqa: PLR2004 - the same
    clauses = [_POINTS] if points else []
    values: list[object] = [[x for x, _ in points], [y for _, y in points]] if points else []
    for box in boxes:
        clauses.append(_BOX)
        values.extend(box)
    return f"({' OR '.join(clauses) or 'true'})", values


_POINTS = "(x, y) IN (SELECT unnest(?), unnest(?))"
_BOX = "(x >= ? AND y >= ? AND x < ? AND y < ?)"
