"""Files in and out: the flat form of the record, and how other tools' files become it."""

from __future__ import annotations

from geo.formats.mapping import Mapping, guess
from geo.formats.reading import Look, Reading, Wishes, look, reading
from geo.formats.row import COLUMNS, Draft, Given, Rejected, Warned, flat
from geo.formats.table import lines, read, write

__all__ = [
    "COLUMNS", "Draft", "Given", "Look", "Mapping", "Reading", "Rejected", "Warned", "Wishes",
    "flat", "guess", "lines", "look", "read", "reading", "write",
]  # fmt: skip
