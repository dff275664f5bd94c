"""The record: append-only revisions in SQLite or PostgreSQL, the truth and its history."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from geo.entry import Entry, Invalid, Report
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
        query = sa.select(_revisions)
        if seq is not None:
            query = query.where(_revisions.c.seq == seq)
        rows = self._read(query.order_by(_revisions.c.seq.desc()).limit(1))
        if not rows:
            return 0, ""
        mark = hashlib.sha256(repr(tuple(rows[0])).encode()).hexdigest()[:12]
        return int(rows[0].seq), mark

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
        parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
        with self._errors():
            return {
                row.id: Entry.model_validate_json(row.document)
                for part in parts
                for row in self._read(_newest("entry", part))
            }

    def reports(self) -> dict[str, Report]:
        """Return the newest revision of every report, by id."""
        with self._errors():
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
            self.engine.dispose()  # the next try opens the file anew: it may have been put back
            raise _told(self.engine.url, error) from error
        except Invalid as error:
            raise StoreError(_DAMAGED, path=_shown(self.engine.url)) from error


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
    try:
        if url.get_backend_name() == "sqlite":
            _check_file(url)
        engine = _engine(url)
        with engine.begin() as connection:
            if _version(connection, url) != VERSION:
                _migrate(connection)
            _set_first(connection, "identity", uuid.uuid4().hex)
            identity = connection.execute(
                sa.select(_settings.c.value).where(_settings.c.name == "identity")
            ).scalar_one()
    except DBAPIError as error:
        raise _told(url, error) from error
    return Store(engine, str(identity))


def whereabouts(address: str) -> str:
    """Return a mark of the file that a store is in, "" while there is none.

    It changes when another file is put in its place. A database server has one mark always.
    """
    url = _url(address)
    if url.get_backend_name() != "sqlite":
        return url.render_as_string()
    try:
        found = Path(str(url.database)).stat()
    except OSError:
        return ""
    return f"{found.st_dev}-{found.st_ino}"


def _url(address: str) -> URL:
    try:
        url = make_url(address)
        url.get_dialect()
        known = url.get_backend_name() in ("sqlite", "postgresql")
    except (ArgumentError, NoSuchModuleError):
        known = False
    if not known or (url.get_backend_name() == "sqlite" and url.database in _NO_FILE):
        raise InputError(
            "“{address}” is not the address of a store; write sqlite:///PATH or"
            " postgresql+psycopg://USER@HOST/NAME.",
            address=address.rsplit("@", maxsplit=1)[-1],
        )
    return url


_NO_FILE = (None, "", ":memory:")


def _check_file(url: URL) -> None:
    """Begin a new store, or refuse a file that is none of ours before anything changes it."""
    path = Path(str(url.database))
    try:
        if not path.exists():
            _begin(path)
        start = path.open("rb").read(16)
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
    reading = sa.create_engine(f"sqlite:///file:{quote(str(path))}?mode=ro&uri=true")
    with reading.connect() as connection:
        _version(connection, url)
    reading.dispose()


_FOREIGN = (
    "{path} is not a store of Glimpse, and it was left as it is; set GEO_STORE to another path."
)


def _begin(path: Path) -> None:
    """Put a whole new store in place at once, so that nobody ever meets half of one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        part.touch(mode=0o600)
        engine = _engine(make_url(f"sqlite:///{part}"))
        with engine.begin() as connection:
            _migrate(connection)
        engine.dispose()
        with suppress(FileExistsError):  # another process was quicker; its store is as good
            os.link(part, path)
    finally:
        part.unlink(missing_ok=True)


def _engine(url: URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        try:
            return sa.create_engine(url, pool_pre_ping=True)
        except (ImportError, NoSuchModuleError) as error:
            raise InputError(
                "There is no driver for {driver} here; install it with"
                " pip install 'psycopg[binary]' and write postgresql+psycopg://….",
                driver=url.drivername,
            ) from error
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


def _version(connection: sa.Connection, url: URL) -> str:
    """Return the version of the store's schema, "" where there is nothing yet."""
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return ""
    if not {"alembic_version", "revisions"} <= tables:
        raise StoreError(_FOREIGN, path=_shown(url))
    found = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    if found > VERSION:
        raise StoreError(
            "The store {path} was written by a newer Glimpse; update this one to open it.",
            path=_shown(url),
        )
    return found


def _shown(url: URL) -> str:
    """Return what a person calls the store: its path, or its address without the password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string()


def _migrate(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _told(url: URL, error: DBAPIError) -> StoreError:
    """Turn what the database said into a sentence that says what to do."""
    said, path = str(error.orig), _shown(url)
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
    if any(sign in said for sign in ("malformed", "not a database", "Could not decode")):
        return StoreError(_DAMAGED, path=path)
    return StoreError("The store {path} does not answer: {said}.", path=path, said=said)


_DAMAGED = "The store {path} is damaged; keep the file, and restore a backup."


def _newest(kind: str, ids: Sequence[str] | None = None) -> sa.Select[tuple[object, ...]]:
    """Ask for the newest revision of each record of a kind, of those with these ids if given."""
    last = sa.select(sa.func.max(_revisions.c.seq)).where(_revisions.c.kind == kind)
    if ids is not None:
        last = last.where(_revisions.c.id.in_(ids))
    last = last.group_by(_revisions.c.id)
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
        last: dict[str, int] = {row[0]: row[1] for row in connection.execute(standing)}
        rows = []
        for record in records:
            last[record.id] = last.get(record.id, 0) + 1
            document = record.model_dump_json()
            numbered = {"id": record.id, "revision": last[record.id], "document": document}
            rows.append({"kind": kind, **numbered, **stamp})
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
