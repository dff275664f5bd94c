"""The command `import`: what a person sees of a file before and after it is taken in."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from geo import intake
from geo.errors import InputError
from geo.formats import Wishes, mapping, reading
from geo.formats.day import Order
from geo.formats.dialect import dialects
from geo.geocode import Geocoder
from geo.intake.taken import About, Taken
from geo.sheet.kind import SUFFIXES
from geo.store import Store

_SHOWN = 20
"""Rejections, warnings and possible duplicates that are printed; the report has all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `import` understands to its parser."""
    endings = " ".join(one for all_ in SUFFIXES.values() for one in all_)
    parser.add_argument("file", type=Path, metavar="FILE", help=endings)
    names = ", ".join(one.name for one in dialects())
    parser.add_argument(
        "--dialect", default="auto", metavar="NAME", help=f"auto, or one of {names}"
    )
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE.json", help="which column says what, as confirmed"
    )
    parser.add_argument(
        "--save-mapping", action="store_true", help="keep it for files with the same columns"
    )
    parser.add_argument("--tab", default="", help="the tab of a workbook")
    parser.add_argument("--encoding", default="auto", help="utf-8, cp949, …; found out by default")
    parser.add_argument(
        "--dates", default="auto", choices=["auto", "dmy", "mdy", "ymd"],
        help="what comes first in dates of numbers",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="print a preview and save nothing")
    parser.add_argument("--report", type=Path, metavar="OUT.json", help="what became of each row")
    parser.add_argument(
        "--rejected", type=Path, metavar="OUT.csv", help="the refused rows with the reasons"
    )
    parser.add_argument(
        "--skip-duplicates", action="store_true", help="leave possible duplicates out"
    )


def run(
    asked: argparse.Namespace, store: Store, geocoder: Geocoder, progress: Callable[[int], None]
) -> None:
    """Import a file as it was asked for, and say what became of it.

    Raises what `intake.take_file` raises, and `InputError` when a report cannot be written.
    """
    wishes = _wishes(asked)
    call = {"progress": progress, "wishes": wishes, "skip_duplicates": asked.skip_duplicates}
    if asked.dry_run:
        seen = intake.preview(store, geocoder, asked.file, **call)
        taken, plain = seen.taken, seen.plain()
    else:
        taken = intake.take_file(store, geocoder, asked.file, **call)
        plain = taken.plain()
    if asked.save_mapping and not asked.dry_run:
        _save_mapping(asked, wishes)
    print(json.dumps(plain, ensure_ascii=False, indent=2))
    for line in _told(taken):
        print(line, file=sys.stderr)
    if asked.report:
        _written(asked.report, lambda path: _write_report(path, taken))
    if asked.rejected:
        _written(asked.rejected, lambda path: intake.write_refused(path, asked.file, wishes, taken))


def _wishes(asked: argparse.Namespace) -> Wishes:
    return Wishes(
        dialect=asked.dialect,
        mapping=mapping.load(asked.mapping) if asked.mapping else None,
        encoding=asked.encoding,
        dates=Order(asked.dates),
        tab=asked.tab,
        guess=True,  # what was guessed is printed
    )


def _save_mapping(asked: argparse.Namespace, wishes: Wishes) -> None:
    with reading(asked.file, wishes) as file:
        if file.mapping is not None:
            path = mapping.save(file.mapping, file.page.header)
            print(f"The columns are remembered in {path}.", file=sys.stderr)


def _told(taken: Taken) -> Iterator[str]:
    """Yield what a person should know: how the file was read, then what is wrong with rows."""
    if taken.about is not None:
        yield from _about(taken.about)
    if taken.kept:
        names = ", ".join(sorted(taken.kept))[:500]
        yield f"These columns were kept but not understood: {names}."
    rejected = (_line(one.row, one.column, one.reason) for one in taken.rejected)
    yield from _first(rejected, taken.rejections, "rows were refused", "--rejected OUT.csv")
    warned = (_line(one.row, one.column, str(one)) for one in taken.warned)
    yield from _first(warned, taken.warnings, "warnings", "--report OUT.json")
    flagged = (
        f"Row {one.row}: possibly {f'row {one.of_row}' if one.of_row else one.of} once more"
        f" (same {_WHY[one.why]})."
        for one in taken.duplicates
    )
    yield from _first(flagged, taken.flagged, "possible duplicates", "--report OUT.json")


_WHY = {"id": "id; not taken", "link": "link", "alike": "day and place, nearly the same title"}


def _about(about: About) -> Iterator[str]:
    if about.dialect_title:
        yield f"Read as {about.dialect_title}."
    yield from about.notes
    if about.encoding_guessed:
        yield (
            f"The encoding is a guess: {about.encoding}. If letters look wrong, name another with"
            " --encoding."
        )
    if about.other_tabs:
        yield f"These tabs were not read: {', '.join(about.other_tabs)}. Name one with --tab."
    if about.dates is not Order.AUTO:
        yield f"Order of day and month in dates of numbers: {about.dates.value}."
    if about.mapping is not None and about.mapping_guessed:
        yield "The columns are a guess; correct it in a file and give it with --mapping:"
        columns = {name: field for name, field in about.mapping.columns.items() if field}
        yield json.dumps({"columns": columns}, ensure_ascii=False)


def _line(row: int, column: str, said: str) -> str:
    return f"Row {row}{f', column {column}' if column else ''}: {said}"


def _first(lines: Iterator[str], count: int, what: str, where: str) -> Iterator[str]:
    """Yield the first lines, and how many there are where these are not all."""
    yield from (line for line, _ in zip(lines, range(_SHOWN), strict=False))
    if count > _SHOWN:
        yield f"… {count:,} {what} in all; {where} writes them all down."


def _written(path: Path, write: Callable[[Path], None]) -> None:
    try:
        write(path)
    except OSError as error:
        raise InputError(
            "“{name}” cannot be opened ({problem}); check the path and the rights.",
            name=str(path),
            problem=error.strerror or error,
        ) from error


def _write_report(path: Path, taken: Taken) -> None:
    """Write everything there is to say, a line for each row."""
    head: dict[str, Any] = taken.plain()
    head.pop("rejected")
    head |= {"rejections": taken.rejections, "warnings": taken.warnings, "flagged": taken.flagged}
    head["about"] = taken.about.plain() if taken.about else None
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "rows": [')
        for number, line in enumerate(taken.ledger or ()):
            file.write((",\n" if number else "\n") + json.dumps(line, ensure_ascii=False))
        file.write("\n]}\n")
