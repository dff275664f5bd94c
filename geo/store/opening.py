"""Where a store is, and opening it: nothing that is not ours is ever changed."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from geo.errors import InputError, StoreError
from geo.folders import data_folder
from geo.store.faults import shown, told
from geo.store.record import Store
from geo.store.tables import set_first, settings

VERSION = "0001"
"""The newest schema that this program writes; see `geo/migrations`."""

_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_WAIT_S = 30


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
            set_first(connection, "identity", uuid.uuid4().hex)
            identity = connection.execute(
                sa.select(settings.c.value).where(settings.c.name == "identity")
            ).scalar_one()
    except DBAPIError as error:
        raise told(url, error) from error
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
        raise StoreError(_FOREIGN, path=shown(url))
    found = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    if found > VERSION:
        raise StoreError(
            "The store {path} was written by a newer Glimpse; update this one to open it.",
            path=shown(url),
        )
    return found


def _migrate(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
