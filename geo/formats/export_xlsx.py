"""XLSX: a sheet of entries, one row each, and a sheet that says what the file is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import python_calamine
import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.worksheet import Worksheet

from geo.errors import InputError
from geo.formats.export_cells import LONGEST, guarded, sheet, unguarded
from geo.formats.export_row import NUMBERS, About, Item, cells, header
from geo.formats.record import RECORD, recorded
from geo.formats.row import Draft, Rejected

_MOST = 1_048_575
_COLUMNS = 16_000
"""Fewer than a sheet has: a record may need several."""
_WIDTH = {"title": 40, "description": 40, "locality": 30, "reason": 30}


def write(path: Path, about: About, items: Iterable[Item]) -> None:
    """Write a row an entry, row after row; a record that fills its cell goes on to the right.

    Raises `InputError` when there are more entries than a sheet has rows, and `OSError` when
    the file cannot be written.
    """
    if about.entries > _MOST:
        raise InputError(
            "A sheet holds {most} entries; choose .csv or .parquet.", most=f"{_MOST:,}"
        )
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": "Glimpse", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - the same entries are the same file
    _entries(book, about, items)
    _about(book, about)
    try:
        book.close()
    except XlsxFileError as error:
        raise OSError(str(error)) from error


def _entries(book: xlsxwriter.Workbook, about: About, items: Iterable[Item]) -> None:
    names = header(about)
    if len(names) > _COLUMNS:
        raise InputError(
            "A sheet has no room for {n} columns; choose .csv or .parquet.", n=len(names)
        )
    page = book.add_worksheet("Entries")
    page.freeze_panes(1, 2)
    bold = book.add_format({"bold": True})
    for column, name in enumerate(names):
        page.set_column(column, column, _WIDTH.get(name, 14))
        page.write_string(0, column, guarded(sheet(name)), bold)
    for line, item in enumerate(items, start=1):
        said = cells(item, about)
        for column, name in enumerate(names[:-1]):
            _write(page, line, column, name, said.get(name, ""))
        for more, part in enumerate(_parts(item)):
            page.write_string(line, len(names) - 1 + more, part)


def _write(page: Worksheet, line: int, column: int, name: str, text: str) -> None:
    """Write a cell: a number of ours as a number, everything else as a text."""
    if name in NUMBERS and text and ";" not in text:
        page.write_number(line, column, float(text))
    elif text:
        page.write_string(line, column, guarded(sheet(text)))


def _parts(item: Item) -> Iterator[str]:
    """Yield the record in ASCII, as many characters at once as a cell holds."""
    text = item.model_dump_json(ensure_ascii=True)
    for start in range(0, len(text), LONGEST):
        yield text[start : start + LONGEST]


def _about(book: xlsxwriter.Workbook, about: About) -> None:
    page = book.add_worksheet("About")
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 100, book.add_format({"text_wrap": True}))
    for line, (name, value) in enumerate(about.plain().items()):
        page.write_string(line, 0, name)
        page.write_string(line, 1, guarded(sheet(str(value))))


def read(path: Path) -> Iterator[Draft | Rejected]:
    """Yield a draft or a rejection for each row of the sheet "Entries" that `write` wrote.

    Raises `InputError` when the file has no such sheet or cannot be read.
    """
    try:
        rows = python_calamine.load_workbook(path).get_sheet_by_name("Entries").iter_rows()
        names = [unguarded(_text(cell)) for cell in next(rows, [])]
    except (OSError, python_calamine.CalamineError) as error:
        raise InputError("“{name}” is not a sheet that an export wrote.", name=path.name) from error
    if RECORD not in names:
        raise InputError("“{name}” is not a sheet that an export wrote.", name=path.name)
    at = names.index(RECORD)
    for line, found in enumerate(rows, start=2):
        values = [_text(cell) for cell in found]
        row = {name: unguarded(cell) for name, cell in zip(names[:at], values, strict=False)}
        if any(cell.strip() for cell in values):
            yield recorded(line, row | {RECORD: "".join(values[at:])})


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date | dt.datetime) else str(cell)
