"""Files in and out: the flat form of the record, one row an entry, as a spreadsheet writes it."""

from __future__ import annotations

from geo.formats.row import COLUMNS, Draft, Rejected, flat
from geo.formats.table import lines, read, write

__all__ = ["COLUMNS", "Draft", "Rejected", "flat", "lines", "read", "write"]
