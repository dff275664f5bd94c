"""The file that a session imports: its copy on disk, what a person says of it, what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from geo import intake, interest
from geo.errors import GeoError
from geo.formats import Look, Mapping, Wishes, look
from geo.intake import Preview, Taken
from geo.intake.taking import Cancelled, Progress
from views.shelf import Shelf

_KEY = "file-work"
_LONGEST = 120


@dataclass
class Work:
    """A file on its way into the store; plain values, so that no rerun can part them."""

    folder: TemporaryDirectory[str]
    path: Path
    wishes: Wishes = field(default_factory=Wishes)
    by_hand: bool = False
    """Whether the person is saying which column says what."""
    remember: bool = False
    sure: bool = False
    """Whether the person has seen that a guessed encoding gives the right letters."""
    skip: bool = False
    running: bool = False
    error: GeoError | None = None
    taken: Taken | None = None
    refused: bytes = b""
    """The refused rows as CSV."""
    _looked: tuple[Wishes, Look] | None = None
    _seen: tuple[object, Preview] | None = None
    _rows: tuple[Preview, dict[int, dict[str, str]]] | None = None

    def look(self) -> Look:
        """Return what the file is. Raises `InputError` when it cannot be read."""
        if self._looked is None or self._looked[0] != self.wishes:
            self._looked = self.wishes, look(self.path, self.wishes)
        return self._looked[1]

    def preview(self, opened: Shelf, progress: Progress, cancelled: Cancelled) -> Preview:
        """Return what importing would do now. Raises `InputError` when it cannot be read."""
        asked = (self.wishes, self.skip, opened.store.head())
        if self._seen is None or self._seen[0] != asked:
            found = intake.preview(
                opened.store, interest.geocoder(opened.gazetteer, opened.index), self.path,
                progress, self.wishes, skip_duplicates=self.skip, cancelled=cancelled,
            )  # fmt: skip
            self._seen = asked, found
        return self._seen[1]

    def rows_of_pairs(self, seen: Preview, most: int) -> dict[int, dict[str, str]]:
        """Return the flat rows of the first possible duplicates, by number."""
        if self._rows is None or self._rows[0] is not seen:
            pairs = seen.taken.duplicates[:most]
            numbers = {one.row for one in pairs} | {one.of_row for one in pairs}
            self._rows = seen, intake.rows_at(self.path, self.wishes, numbers - {0})
        return self._rows[1]

    def take(self, opened: Shelf, progress: Progress, cancelled: Cancelled) -> None:
        """Import the file, keep what became of it, and delete the copy. Raises as `take_file`."""
        geocoder = interest.geocoder(opened.gazetteer, opened.index)
        self.taken = intake.take_file(
            opened.store, geocoder, self.path, progress, self.wishes,
            skip_duplicates=self.skip, cancelled=cancelled,
        )  # fmt: skip
        if self.taken.rejections:
            out = Path(self.folder.name) / "refused-rows.csv"
            intake.write_refused(out, self.path, self.wishes, self.taken)
            self.refused = out.read_bytes()
        self.folder.cleanup()

    def say(self, **wishes: object) -> None:
        """Take what the person says of the file; a guess has to be looked at anew."""
        self.wishes = replace(self.wishes, **wishes)  # type: ignore[arg-type]
        self.sure = False
        self.error = None

    def map_by(self, mapping: Mapping | None) -> None:
        """Read the columns as the person has confirmed them, or as they are found out."""
        self.say(mapping=mapping)
        self.by_hand = False


def current() -> Work | None:
    """Return the file that is being worked on, None while there is none."""
    return st.session_state.get(_KEY)


def begin(name: str, data: bytes) -> None:
    """Write an uploaded file where nobody else can read it; raises `InputError` for no such file.

    The folder is deleted with the session, or when the file is imported or put away.
    """
    folder = TemporaryDirectory(prefix="glimpse-")
    path = Path(folder.name) / _named(name)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    work = Work(folder, path)
    try:
        work.look()
    except GeoError:
        folder.cleanup()
        raise
    put_away()
    st.session_state[_KEY] = work


def put_away() -> None:
    """Let the file go and delete its copy."""
    work: Work | None = st.session_state.pop(_KEY, None)
    if work is not None:
        work.folder.cleanup()


def _named(name: str) -> str:
    """Return a file's own name without folders, short enough for any disk."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in name)
    path = Path(plain.replace("\\", "/").rsplit("/", 1)[-1] or "file")
    return path.stem.encode()[:_LONGEST].decode(errors="ignore") + path.suffix[:20]


def set_to(name: str) -> Callable[[object], None]:
    """Return what puts a value of the person's into the work."""

    def put(value: object) -> None:
        if (work := current()) is not None:
            setattr(work, name, value)

    return put
