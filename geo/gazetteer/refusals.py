"""Telling a person which rows of a file were refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Self, TextIO

from geo.errors import InputError
from geo.gazetteer.line import Refused

_SHOWN = 20


class Refusals:
    """The refused rows: the first twenty and a count to standard error, all into a report.

    The report is a JSON list of `{"row", "reason"}`, written while the file is read; it is
    whole once this context is left, also by an error.
    """

    def __init__(self, report: Path | None) -> None:
        """Take the path of the report, or None for none."""
        self._path = report
        self._file: TextIO | None = None
        self._count = 0

    def take(self, one: Refused) -> None:
        """Tell of one row."""
        if self._file:
            line = json.dumps({"row": one.row, "reason": one.reason}, ensure_ascii=False)
            self._file.write(("," if self._count else "") + "\n" + line)
        self._count += 1
        if self._count <= _SHOWN:
            print(f"Row {one.row}: {one.reason}.", file=sys.stderr)

    def __enter__(self) -> Self:
        """Begin the report; raises `InputError` when it cannot be written."""
        if self._path:
            try:
                self._file = self._path.open("w", encoding="utf-8")
            except OSError as error:
                raise InputError(
                    "“{name}” cannot be opened ({problem}); check the path and the rights.",
                    name=str(self._path),
                    problem=error.strerror or error,
                ) from error
            self._file.write("[")
        return self

    def __exit__(self, *_: object) -> None:
        """End the report, and say how many rows it holds."""
        if self._file:
            self._file.write("\n]\n")
            self._file.close()
        if self._count > _SHOWN:
            where = "" if self._path else "; --report OUT.json writes them all"
            print(f"{self._count:,} rows were refused{where}.", file=sys.stderr)
