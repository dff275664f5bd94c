"""Text whose cells are parted by commas, semicolons or tabs, row after row from the disk."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputError

CELL = 1_000_000
"""Characters that a cell may have; an unclosed quotation mark would make one of the rest."""

MORE = "\N{HORIZONTAL ELLIPSIS}"
"""Cells to the right of the last header, which belong to no column."""

RECORD = "record"
"""The last column of an export of ours; what is too long for its cell goes on to the right."""


@dataclass(frozen=True)
class Delimited:
    """A file of delimited text: where it is, how it is parted, its columns."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield number and cells of each row that is not empty; the header is row 1."""
        found = _records(self.path, self.encoding, self.delimiter)
        first = next((number for number, cells in enumerate(found, start=1) if any(cells)), 0)
        for number, cells in enumerate(found, start=first + 1):
            if any(map(str.strip, cells)):
                yield number, row(self.header, cells)


def page_of(path: Path, encoding: str) -> Delimited:
    """Return the file as a table; the first line that is not empty is its header."""
    delimiter = _delimiter(path, encoding)
    cells = next((one for one in _records(path, encoding, delimiter) if any(one)), [])
    return Delimited(path, encoding, delimiter, header(cells))


def header(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, up to the last; one without a name is called by its number.

    Cells further right belong to no column: stray ones, or a long record that goes on.
    """
    last = max((number for number, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return tuple(cell or f"column {number}" for number, cell in enumerate(cells[:last], start=1))


def row(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells by column; a row that is too short has empty cells."""
    found = dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))
    more = cells[len(names) :]
    if any(more) and names[-1] == RECORD:
        return found | {RECORD: found[RECORD] + "".join(more)}
    return found | {MORE: "; ".join(more)} if any(more) else found


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(CELL)
    with path.open(encoding=encoding) as file:  # every kind of line end becomes "\n"
        lines = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            yield from lines
        except csv.Error as error:
            raise InputError(
                "“{name}” breaks off in line {line} ({problem}); look for an unclosed quotation"
                " mark there.",
                name=path.name,
                line=lines.line_num,
                problem=error,
            ) from error


_QUOTED = re.compile(r'"[^"]*"')


def _delimiter(path: Path, encoding: str) -> str:
    """Return the sign that parts the header's cells; a comma when there is but one cell."""
    with path.open(encoding=encoding) as file:
        lines = iter(lambda: file.readline(CELL), "")
        first = next((line for line in lines if line.strip()), "")
    return max(",;\t", key=_QUOTED.sub("", first).count)
