"""CSV in UTF-8: the flat columns first, then the chosen places, credits, filters and record."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from geo.formats.export_cells import guarded
from geo.formats.export_row import About, Item, cells, header


def write(path: Path, about: About, items: Iterable[Item]) -> None:
    """Write a row an entry; no cell of it runs as a formula.

    CSV has no place for what the file says of itself, so `credits` and `filters` say it in
    each row. Raises `OSError` when the file cannot be written.
    """
    names = header(about)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(map(guarded, names))
        for item in items:
            said = cells(item, about) | {"record": item.model_dump_json()}
            lines.writerow(guarded(said.get(name, "")) for name in names)
