"""Export: the entries that pass the filters, written whole or not at all, by the file's suffix.

What may leave is decided here: an entry that is withheld is never written. Drafts are, and say
so in the column `visibility`, because an export is what the page shows to the one who asks.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from geo.entry import Entry, Report, Visibility
from geo.errors import InputError
from geo.filters import Filters, Names
from geo.formats import (
    export_csv,
    export_geojson,
    export_gpkg,
    export_kml,
    export_parquet,
    export_storymap,
    export_xlsx,
)
from geo.formats.export_row import About, Item
from geo.geocode import LICENCES
from geo.i18n import translator
from geo.index import Index

SUFFIXES = (".csv", ".xlsx", ".geojson", ".kml", ".kmz", ".gpkg", ".parquet", ".storymap.json")
"""What a file may end in; it says in which format it is written."""

Progress = Callable[[int, int], None]
"""Called with the steps done and their number; each entry is looked at twice."""

_AT_ONCE = 500
_ALL = 1 << 40


class Record(Protocol):
    """What an export needs of a store."""

    def entries(self, ids: list[str]) -> dict[str, Entry]:
        """Return the entries with these ids."""

    def reports(self) -> dict[str, Report]:
        """Return every report, by id."""


def export(
    out: Path,
    store: Record,
    index: Index,
    filters: Filters,
    names: Names,
    *,
    language: str = "en",
    progress: Progress = lambda done, of: None,
) -> int:
    """Write the entries that pass, in the order of their import, and return their number.

    `names` are the filters' values in words, `language` is that of the sentences in the file.
    An existing file is replaced when the new one is whole, and left as it is otherwise. Raises
    `InputError` for an unknown suffix and for a path that cannot be written.
    """
    write = _writer(out, language)
    ids = index.page(filters, _ALL)[0]
    reports = store.reports()
    steps = _Steps(2 * len(ids), progress)
    sentence = filters.describe(translator(language), names)
    with replacing(out, ending_of(out.name, SUFFIXES)) as part:
        about = _about(steps.each(_items(store, reports, ids)), sentence, filters.query())
        write(part, about, steps.each(_items(store, reports, ids)))
    return about.entries


def ending_of(name: str, known: Sequence[str]) -> str:
    """Return which of the known endings a file's name has, the longest of several.

    Raises `InputError` for a name that has none of them, or is nothing else.
    """
    ending = max((one for one in known if name.lower().endswith(one)), key=len, default="")
    if not ending or name.lower() == ending:
        raise InputError(
            "“{name}” names no format; end it in one of {suffixes}.",
            name=name,
            suffixes=" ".join(known),
        )
    return ending


def _writer(out: Path, language: str) -> Callable[[Path, About, Iterable[Item]], None]:
    t = translator(language)
    ending = ending_of(out.name, SUFFIXES)
    writers: dict[str, Callable[[Path, About, Iterable[Item]], None]] = {
        ".csv": export_csv.write,
        ".xlsx": export_xlsx.write,
        ".geojson": export_geojson.write,
        ".kml": partial(export_kml.write, t=t),
        ".kmz": partial(export_kml.write, t=t),
        ".gpkg": export_gpkg.write,
        ".parquet": export_parquet.write,
        ".storymap.json": partial(export_storymap.write, t=t, language=language),
    }
    return writers[ending]


class _Steps:
    """Counts the entries that go by."""

    def __init__(self, number: int, progress: Progress) -> None:
        self._number, self._done, self._progress = number, 0, progress

    def each(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            yield item
            self._done += 1
            if self._done % _AT_ONCE == 0:
                self._progress(self._done, self._number)


def _items(store: Record, reports: dict[str, Report], ids: list[str]) -> Iterator[Item]:
    """Yield the entries with their reports; one that was withheld meanwhile is left out."""
    for start in range(0, len(ids), _AT_ONCE):
        batch = ids[start : start + _AT_ONCE]
        found = store.entries(batch)
        for entry in filter(None, map(found.get, batch)):
            if entry.visibility is not Visibility.WITHHELD:
                cited = dict.fromkeys(one.report for one in entry.reports)
                known = tuple(reports[one] for one in cited if one in reports)
                yield Item(entry=entry, reports=known)


def _about(items: Iterable[Item], sentence: str, query: str) -> About:
    """Return what the file says of itself, from a first look at its entries."""
    entries = 0
    extra: dict[str, None] = {}
    licences = dict.fromkeys(LICENCES.values())
    for item in items:
        entries += 1
        extra |= dict.fromkeys(item.entry.extra)
        for location in item.entry.locations:
            licences |= dict.fromkeys(c.provenance.licence for c in location.candidates)
    return About(sentence, query, entries, tuple(licences), tuple(extra))


@contextmanager
def replacing(out: Path, ending: str) -> Iterator[Path]:
    """Give a path in a folder of its own beside the file, and put it in place when all went well.

    The path ends in `ending`. Whatever a writer leaves beside it goes with the folder. Raises
    `InputError` when the file cannot be written; what stood there is left as it was.
    """
    target = Path(os.path.realpath(out))
    try:
        if target.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        with tempfile.TemporaryDirectory(
            prefix=".glimpse-", dir=target.parent, ignore_cleanup_errors=True
        ) as folder:
            part = Path(folder) / f"part{ending}"
            yield part
            part.replace(target)
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> InputError:
    return InputError(
        "“{name}” cannot be written ({problem}); nothing was changed. Choose another path or"
        " make room.",
        name=str(out),
        problem=error.strerror or error,
    )
