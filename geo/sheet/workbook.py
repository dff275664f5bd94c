"""XLSX: every tab as a page of text, dates as ISO 8601."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import python_calamine

from geo.errors import InputError
from geo.sheet import archive
from geo.sheet.delimited import header, row


def pages(path: Path) -> Iterator[tuple[str, list[str], Iterator[tuple[int, dict[str, str]]]]]:
    """Yield name, columns and rows of each tab that has any.

    Raises `InputError` when the workbook is damaged or unpacks to more than it may.
    """
    archive.check(path)
    try:
        book = python_calamine.load_workbook(path)
        for name in book.sheet_names:
            page = book.get_sheet_by_name(name)
            lines = page.iter_rows()
            first = page.start[0] if page.start else 0
            names = list(header([_text(cell) for cell in next(lines, [])]))
            if names:
                yield name, names, _rows(names, lines, first + 2)
    except (python_calamine.CalamineError, ValueError) as error:
        raise InputError(archive.DAMAGED, name=path.name) from error


def _rows(
    names: list[str], lines: Iterable[Sequence[object]], first: int
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(lines, start=first):
        yield number, row(names, [_text(cell) for cell in cells])


def _text(cell: object) -> str:
    """Return what the cell says; a day without a time as a day, a whole number without .0."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    if isinstance(cell, dt.datetime):
        whole = cell.time() == dt.time(0)
        return cell.date().isoformat() if whole else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
