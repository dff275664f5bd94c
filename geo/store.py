"""The record: append-only revisions in SQLite or PostgreSQL, the truth and its history."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError

from geo.entry import Entry, Report
from geo.errors import InputError, StoreError
from geo.folders import data_folder

VERSION = "0001"
"""The newest schema that this program writes; see `geo/migrations`."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_S = 30
_AT_ONCE = 500

_meta = sa.MetaData()
_revisions = sa.Table(
    "revisions",
    _meta,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(16)),
    sa.Column("id", sa.String(200)),
    sa.Column("revision", sa.Integer),
    sa.Column("at", sa.String(32)),
    sa.Column("who", sa.String(200)),
    sa.Column("why", sa.Text),
    sa.Column("document", sa.Text),
)
_settings = sa.Table(
    "settings",
    _meta,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text),
)


@dataclass(frozen=True)
class Store:
    """An open store. Several processes may use one at once; each save is one transaction."""

    engine: sa.Engine
    identity: str

    def head(self, seq: int | None = None) -> tuple[int, str]:
        """Return number and content mark of the newest revision, or of revision `seq`.

        `(0, "")` where there is none. Two stores that grew apart have different marks.
        """
        query = sa.select(_revisions.c.seq, _revisions.c.at, _revisions.c.id)
        if seq is not None:
            query = query.where(_revisions.c.seq == seq)
        rows = self._read(query.order_by(_revisions.c.seq.desc()).limit(1))
        if not rows:
            return 0, ""
        mark = hashlib.sha256(f"{rows[0].at} {rows[0].id}".encode()).hexdigest()[:12]
        return rows[0].seq, mark

    def save(self, records: Iterable[Entry | Report], who: str, why: str, once: str = "") -> int:
        """Write a revision for each record, all or none, and return how many were written.

        With `once`, nothing is written where that setting stands already, and it is set in
        the same transaction: two processes that fill a new store do so once.
        """
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        stamp = {"at": at, "who": who, "why": why}
        count = 0
        with self._write() as connection:
            if once and not _set_first(connection, once, at):
                return 0
            for batch in _batches(records):
                _insert(connection, batch, stamp)
                count += len(batch)
        return count

    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the newest revision of the entries with these ids; unknown ids are left out."""
        return {
            row.id: Entry.model_validate_json(row.document)
            for part in (ids[i : i + _AT_ONCE] for i in range(0, len(ids), _AT_ONCE))
            for row in self._read(_newest("entry").where(_revisions.c.id.in_(part)))
        }

    def reports(self) -> dict[str, Report]:
        """Return the newest revision of every report, by id."""
        rows = self._read(_newest("report"))
        return {row.id: Report.model_validate_json(row.document) for row in rows}

    def since(self, seq: int) -> Iterator[tuple[int, Entry]]:
        """Yield number and newest revision of each entry that changed after revision `seq`."""
        query = _newest("entry").where(_revisions.c.seq > seq).order_by(_revisions.c.seq)
        with self._errors(), self._autocommit() as connection:
            rows = connection.execution_options(yield_per=_AT_ONCE).execute(query)
            for row in rows:
                yield row.seq, Entry.model_validate_json(row.document)

    def setting(self, name: str) -> str:
        """Return a setting of the store, "" when it is not set."""
        rows = self._read(sa.select(_settings.c.value).where(_settings.c.name == name))
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
            raise _told(self.engine.url, error) from error


def default_url() -> str:
    """Return the store's address: GEO_STORE, or a file in the user's data folder."""
    return os.environ.get("GEO_STORE") or f"sqlite:///{data_folder() / 'glimpse.sqlite'}"


def open_store(address: str) -> Store:
    """Return the store at an address (`sqlite:///PATH`), made new where there is none.

    Raises `InputError` for an address that cannot be read, and `StoreError` when the store
    is foreign, damaged, empty by accident, made by a newer program, or out of reach; none of
    these changes it.
    """
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        _check_file(url)
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            _bring_up_to_date(connection, url)
            _set_first(connection, "identity", uuid.uuid4().hex)
            identity = connection.execute(
                sa.select(_settings.c.value).where(_settings.c.name == "identity")
            ).scalar_one()
    except DBAPIError as error:
        engine.dispose()
        raise _told(url, error) from error
    return Store(engine, str(identity))


def _url(address: str) -> URL:
    try:
        url = make_url(address)
        known = url.get_backend_name() in ("sqlite", "postgresql")
    except (ArgumentError, NoSuchModuleError):
        known = False
    if not known or (url.get_backend_name() == "sqlite" and not url.database):
        raise InputError(
            "“{address}” is not the address of a store; write sqlite:///PATH or"
            " postgresql+psycopg://USER@HOST/NAME.",
            address=address.rsplit("@", maxsplit=1)[-1],
        )
    return url


def _check_file(url: URL) -> None:
    """Refuse a file that is no SQLite file, before anything opens and changes it."""
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        start = path.open("rb").read(16) if path.exists() else None
        if start is None:
            path.touch(mode=0o600)
            return
    except OSError as error:
        raise StoreError(
            "The store {path} cannot be opened ({problem}); free the way to it, or set GEO_STORE"
            " to sqlite:/// and a path that you may write to.",
            path=path,
            problem=error.strerror or error,
        ) from error
    if not start:
        raise StoreError(
            "The store {path} is an empty file. If entries were there, restore a backup;"
            " to begin anew, delete the file.",
            path=path,
        )
    if start != b"SQLite format 3\0":
        raise StoreError(_FOREIGN, path=path)


_FOREIGN = (
    "{path} is not a store of Glimpse, and it was left as it is; set GEO_STORE to another path."
)


def _engine(url: URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    engine = sa.create_engine(url, connect_args={"timeout": _WAIT_S})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined] # BEGIN is ours
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _bring_up_to_date(connection: sa.Connection, url: URL) -> None:
    tables = set(sa.inspect(connection).get_table_names())
    if "alembic_version" in tables and "revisions" in tables:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if found == VERSION:
            return
        if str(found) > VERSION:
            raise StoreError(
                "The store {path} was written by a newer Glimpse; update this one to open it.",
                path=url.render_as_string(),
            )
    elif tables:
        raise StoreError(_FOREIGN, path=url.database)
    _migrate(connection)


def _migrate(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _told(url: URL, error: DBAPIError) -> StoreError:
    """Turn what the database said into a sentence that says what to do."""
    said = str(error.orig)
    path = url.database if url.get_backend_name() == "sqlite" else url.render_as_string()
    if "locked" in said:
        return StoreError("The store {path} is busy with another program; try again.", path=path)
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return StoreError(
            "The store {path} cannot be written to; allow writing to the file and its folder,"
            " or set GEO_STORE to sqlite:/// and another path.",
            path=path,
        )
    if "full" in said:
        return StoreError("The disk is full; nothing was changed. Make room and try again.")
    if isinstance(error, DatabaseError) and ("malformed" in said or "not a database" in said):
        return StoreError(
            "The store {path} is damaged; keep the file, and restore a backup.", path=path
        )
    return StoreError("The store {path} does not answer: {said}.", path=path, said=said)


def _newest(kind: str) -> sa.Select[tuple[object, ...]]:
    last = (
        sa.select(sa.func.max(_revisions.c.seq))
        .where(_revisions.c.kind == kind)
        .group_by(_revisions.c.id)
    )
    return sa.select(_revisions.c.seq, _revisions.c.id, _revisions.c.document).where(
        _revisions.c.seq.in_(last)
    )


def _set_first(connection: sa.Connection, name: str, value: str) -> bool:
    """Set a setting unless it stands already; return whether it was set now."""
    standing = sa.select(_settings.c.name).where(_settings.c.name == name)
    if connection.execute(standing).first():
        return False
    connection.execute(_settings.insert().values(name=name, value=value))
    return True


def _insert(connection: sa.Connection, batch: list[Entry | Report], stamp: dict[str, str]) -> None:
    for kind in ("report", "entry"):
        records = [r for r in batch if _kind(r) == kind]
        if not records:
            continue
        standing = (
            sa.select(_revisions.c.id, sa.func.max(_revisions.c.revision))
            .where(_revisions.c.kind == kind, _revisions.c.id.in_([r.id for r in records]))
            .group_by(_revisions.c.id)
        )
        last = {row[0]: row[1] for row in connection.execute(standing)}
        rows = [
            {
                "kind": kind,
                "id": record.id,
                "revision": last.get(record.id, 0) + 1,
                "document": record.model_dump_json(),
                **stamp,
            }
            for record in records
        ]
        connection.execute(_revisions.insert(), rows)


def _kind(record: Entry | Report) -> str:
    return "entry" if isinstance(record, Entry) else "report"


def _batches(records: Iterable[Entry | Report]) -> Iterator[list[Entry | Report]]:
    batch: list[Entry | Report] = []
    for record in records:
        batch.append(record)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
