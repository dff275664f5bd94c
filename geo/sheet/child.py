"""The child process that unpacks a file into rows on disk, with limits on memory and time.

What parses workbooks, XML and JSON from outside runs here: `python -m geo.sheet.child`. If
such a file is a bomb or breaks the parser, the child ends and the program says so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputError, Stopped
from geo.sheet.kind import Kind

MEMORY = 2 << 30
"""Bytes of memory that the child may use."""

_SECONDS = 1_800
_ON_DISK = 8 << 30
_ABOUT = "about.json"


@dataclass(frozen=True)
class Unpacked:
    """One page of a file, its rows on disk."""

    name: str
    header: tuple[str, ...]
    path: Path


def unpacked(
    path: Path, kind: Kind, folder: Path, cancelled: Callable[[], bool] = lambda: False
) -> list[Unpacked]:
    """Return the pages of a file, unpacked into the folder.

    Raises `InputError` when the file is damaged or needs more than the child may use, and
    `Stopped` when `cancelled` says so.
    """
    here = str(Path(__file__).parents[2])
    searched = os.pathsep.join([here, *filter(None, sys.path)])
    running = subprocess.Popen(  # noqa: S603 - this Python, on a module of ours
        [
            sys.executable,
            "-m",
            __name__,
            kind.value,
            str(path.absolute()),
            str(folder),
            str(MEMORY),
        ],
        env=os.environ | {"PYTHONPATH": searched},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while running.poll() is None:
            if cancelled():
                raise Stopped("The import was stopped; nothing was changed.")
            with suppress(subprocess.TimeoutExpired):
                running.wait(0.2)
    finally:
        running.kill()
        running.wait()
    return _told(path, folder, sound=running.returncode == 0)


def _told(path: Path, folder: Path, *, sound: bool) -> list[Unpacked]:
    """Return what the child has unpacked, or raise what it said."""
    about = folder / _ABOUT
    if not sound or not about.exists():
        raise InputError(
            "“{name}” is damaged, or reading it needs more than {gb} GB of memory; split it or"
            " save it as CSV.",
            name=path.name,
            gb=MEMORY >> 30,
        )
    said = json.loads(about.read_text(encoding="utf-8"))
    if "sentence" in said:
        raise InputError(said["sentence"], **said["values"])
    return [
        Unpacked(page["name"], tuple(page["header"]), folder / f"{number}.jsonl")
        for number, page in enumerate(said["pages"])
    ]


def rows(page: Unpacked) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield number and cells of each row of a page."""
    with page.path.open(encoding="utf-8") as file:
        for line in file:
            number, cells = json.loads(line)
            yield number, cells


Pages = Iterable[tuple[str, list[str], Iterable[tuple[int, dict[str, str]]]]]
"""Name, columns and rows of each page; the columns may grow while the rows are read."""


def main(kind: str, path: str, folder: str, memory: str) -> None:
    """Unpack a file and say in `about.json` what is in it, or why it cannot be read."""
    _limit(int(memory))
    told: dict[str, object]
    try:
        told = {"pages": _write(_pages(Kind(kind), Path(path)), Path(folder))}
    except InputError as error:
        values = {name: str(value) for name, value in error.values.items()}
        told = {"sentence": error.sentence, "values": values}
    (Path(folder) / _ABOUT).write_text(json.dumps(told), encoding="utf-8")


def _pages(kind: Kind, path: Path) -> Pages:
    if kind is Kind.WORKBOOK:
        from geo.sheet import workbook

        return workbook.pages(path)
    if kind is Kind.JSON:
        from geo.sheet import features

        return features.pages(path)
    from geo.sheet import placemarks

    return placemarks.pages(path, packed=kind is Kind.KMZ)


def _write(pages: Pages, folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for count, (name, columns, lines) in enumerate(pages):
        with (folder / f"{count}.jsonl").open("w", encoding="utf-8") as file:
            for number, cells in lines:
                if any(cell.strip() for cell in cells.values()):
                    file.write(json.dumps((number, cells)) + "\n")
        found.append({"name": name, "header": columns})
    return found


def _limit(memory: int) -> None:
    """Limit this process, where the system can: memory, seconds of work, bytes on disk."""
    with suppress(ImportError):
        import resource

        limits = {"AS": memory, "CPU": _SECONDS, "FSIZE": _ON_DISK, "CORE": 0}
        for name, most in limits.items():
            with suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


if __name__ == "__main__":
    main(*sys.argv[1:])
