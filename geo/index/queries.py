"""The database behind the index, and how its tables are asked."""

from __future__ import annotations

import threading
from typing import Any

import duckdb
import pyarrow as pa
from numpy.typing import NDArray

from geo.rows import SCHEMA

REPORTS = pa.schema(
    [
        ("id", pa.string()), ("outlet", pa.string()),
        ("earliest", pa.date32()), ("latest", pa.date32()),
    ]
)  # fmt: skip
"""What filters ask of a report: who published it, and between which days."""


class Queries:
    """Two tables in memory: `every` entry's rows and `report`; `rows` are those not withheld.

    The database reads no file, loads no extension and cannot be told otherwise.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._db = duckdb.connect(
            ":memory:",
            config={
                "enable_external_access": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        for name, schema in (("every", SCHEMA), ("report", REPORTS)):
            self._db.register("blank", schema.empty_table())
            self._db.execute(f"CREATE TABLE {name} AS SELECT * FROM blank")  # noqa: S608 - constant
            self._db.unregister("blank")
        self._db.execute("CREATE VIEW rows AS SELECT * FROM every WHERE visibility <> 'withheld'")
        self._db.execute("SET lock_configuration = true")

    def _all(self, query: str, values: list[object]) -> list[tuple[Any, ...]]:
        with self._db.cursor() as cursor:
            return cursor.execute(query, values).fetchall()

    def _columns(self, query: str, values: list[object]) -> dict[str, NDArray[Any]]:
        with self._db.cursor() as cursor:
            found: dict[str, Any] = cursor.execute(query, values).fetchnumpy()
            return found

    def _replace(self, table: str, fresh: pa.Table, condition: str) -> None:
        """Put new rows into a table in place of those that the condition names."""
        with self._db.cursor() as cursor:
            cursor.register("fresh", fresh)
            cursor.execute("BEGIN")
            cursor.execute(f"DELETE FROM {table} WHERE {condition}")  # noqa: S608 - constant
            cursor.execute(f"INSERT INTO {table} SELECT * FROM fresh")  # noqa: S608 - constant
            cursor.execute("COMMIT")
            cursor.unregister("fresh")
