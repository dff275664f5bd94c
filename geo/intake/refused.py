"""The refused rows of a file as a file, to be mended and imported again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from geo.formats import Reading, Wishes, reading
from geo.formats.export_cells import guarded
from geo.intake.taken import Taken


def write_refused(path: Path, source: Path, wishes: Wishes, taken: Taken) -> None:
    """Write the refused rows as they stand in the file, each with its number and the reason.

    Raises `InputError` when the source cannot be read any more, and `OSError` when nothing can
    be written.
    """
    reasons = {
        line["row"]: (line.get("column", ""), line["reason"])
        for line in taken.ledger or ()
        if line["became"] == "rejected"
    }
    with reading(source, wishes) as file, path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in _rows(file, reasons):
            writer.writerow([guarded(cell) for cell in row])


def _rows(file: Reading, reasons: dict[int, tuple[str, str]]) -> Iterator[list[str]]:
    names = file.page.header
    yield ["row", "column", "reason", *names]
    for number, cells in file.rows():
        if number in reasons:
            yield [str(number), *reasons[number], *(cells.get(name, "") for name in names)]
