"""The picture beside a step: a file of this machine, made anew from its pixels, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from geo.briefing.screen import Shown
from geo.entry import Entry
from geo.errors import GeoError, InputError
from geo.filters import Filters
from geo.i18n import Translator
from geo.index import Index
from geo.media import file, picture
from geo.steps import Exhibit

HIDDEN = "A picture is left out: its entry may not be shown here."
GRAPHIC = "A picture is left out because it is graphic."


class Record(Protocol):
    """What is asked of a store, or of its past."""

    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the entries with these ids."""


def bar(
    exhibit: Exhibit | None,
    held: Iterable[Entry],
    record: Record,
    index: Index,
    visibility: Sequence[str],
) -> str:
    """Return why a picture may not be shown, "" when it may.

    `held` are the entries whose document names the file, or more. All of those whose evidence it
    is are asked, whatever the step says of it: one that may not be shown, or that marks it
    graphic, forbids it everywhere. An entry that the record does not know forbids nothing.
    """
    if exhibit is None:
        return ""
    of_it = [(one, entry) for entry in held for one in entry.evidence]
    of_it = [pair for pair in of_it if pair[0].sha256 == exhibit.sha256]
    if any(entry.visibility.value not in visibility for _, entry in of_it):
        return HIDDEN
    if exhibit.graphic or any(one.graphic for one, _ in of_it):
        return GRAPHIC
    known = record.entries([exhibit.entry]) if exhibit.entry else {}
    every = Filters(visibility=tuple(visibility))
    return HIDDEN if known and not index.shows(exhibit.entry, every) else ""


def shown(t: Translator, exhibit: Exhibit | None, barred: str) -> tuple[Shown | None, str]:
    """Return the picture that a step shows, or None with the sentence that says why there is none.

    What is graphic is never put on a screen that others are made to see. `barred` is why it
    may not be shown (`bar`), "" when it may.
    """
    if exhibit is None:
        return None, ""
    try:
        data = _read(exhibit, barred)
    except GeoError as error:
        return None, t(error.sentence, **error.values)
    return Shown(data, *picture.size(data), exhibit.caption, exhibit.credit), ""


def _read(exhibit: Exhibit, barred: str) -> bytes:
    """Return the picture as JPEG, or raise `InputError` with why it is not shown."""
    if barred:
        raise InputError(barred)
    held = file.find(exhibit.sha256)
    if held is None:
        raise InputError("A picture is left out: this machine does not hold its file.")
    if held.kind != "image":
        raise InputError("A video is not shown; choose a still of it as a picture.")
    return picture.shown(file.read(held))
