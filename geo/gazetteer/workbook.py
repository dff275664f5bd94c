"""The tab of places in an XLSX file, read in a process of its own that may not grow.

Run as a script it prints the rows of a workbook, one JSON list a line; it imports nothing of
ours, so that it can be started from anywhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MOST_MEMORY = 2_000_000_000
_MOST_SECONDS = 120
_NO_TAB, _UNREADABLE = 3, 4


@contextmanager
def cells(path: Path) -> Iterator[Iterator[list[str]]]:
    """Open the rows of the tab `Sites`, or of the only tab; every cell is text.

    Raises `InputError` when the file is damaged, locked or too large; and while the rows are
    read when there is no such tab.
    """
    from geo.gazetteer import archive

    archive.check(path, _MOST_MEMORY // 4)
    reader = subprocess.Popen(  # noqa: S603 - this file, with a path that is no option
        [sys.executable, __file__, str(path.absolute())],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    try:
        yield _rows(reader, path)
    finally:
        reader.kill()
        reader.communicate()


def _rows(reader: subprocess.Popen[str], path: Path) -> Iterator[list[str]]:
    from geo.errors import InputError

    for line in reader.stdout or ():
        if line.endswith("\n"):  # else the reader was stopped in the middle
            yield json.loads(line)
    code = reader.wait()
    if code == _NO_TAB:
        raise InputError("“{name}” has no tab “Sites”; name the tab of places so.", name=path.name)
    if code:
        raise InputError(
            "“{name}” cannot be read as an XLSX file; save its tab as CSV and add that.",
            name=path.name,
        )


def _print(path: str) -> int:
    """Print the rows of the tab, and return the exit code."""
    _limit()
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            names = book.sheet_names
            tabs = [n for n in names if n.strip().casefold() == "sites"] or names
            if len(tabs) != 1:
                return _NO_TAB
            sheet = book.get_sheet_by_name(tabs[0])
            for row in sheet.to_python(skip_empty_area=False):
                print(json.dumps(["" if cell is None else str(cell) for cell in row]))
    except (CalamineError, MemoryError, OSError):
        return _UNREADABLE
    return 0


def _limit() -> None:
    """Limit this process's memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))


if __name__ == "__main__":
    sys.exit(_print(sys.argv[1]))
