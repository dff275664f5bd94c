"""What became of the rows of a file: every row ends somewhere that can be seen."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from geo.entry import Entry, Report
from geo.formats import Mapping, Reading, Rejected, Warned
from geo.formats.day import Order
from geo.intake.duplicates import Duplicate
from geo.mercator import mercator

SHOWN = 10_000
"""Rejections, warnings and possible duplicates that are held in memory; the ledger has all."""

_AT_ONCE = 500


@dataclass(frozen=True)
class About:
    """How a file was read."""

    file: str
    mark: str
    """The first letters of its SHA-256."""
    dialect: str
    dialect_title: str
    notes: tuple[str, ...]
    """What a person must know who reads files of this dialect."""
    encoding: str
    """"" where the format itself says how bytes become text."""
    encoding_guessed: bool
    dates: Order
    """The order of day and month; AUTO where the dates of the file do not show it."""
    mapping: Mapping | None
    mapping_guessed: bool
    tab: str
    other_tabs: tuple[str, ...]
    """Tabs of a workbook that were not read."""

    @classmethod
    def of(cls, reading: Reading) -> About:
        """Return what there is to say about a file that is being read."""
        sheet, dialect = reading.sheet, reading.dialect
        return cls(
            file=sheet.name,
            mark=sheet.mark,
            dialect=dialect.name,
            dialect_title=dialect.title,
            notes=dialect.notes,
            encoding=sheet.encoding.name if sheet.encoding else "",
            encoding_guessed=bool(sheet.encoding and sheet.encoding.guessed),
            dates=reading.order,
            mapping=reading.mapping,
            mapping_guessed=reading.guessed,
            tab=reading.page.name,
            other_tabs=reading.other_pages,
        )

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, fit for JSON."""
        return {
            "file": self.file,
            "mark": self.mark,
            "dialect": self.dialect,
            "encoding": self.encoding,
            "encoding_guessed": self.encoding_guessed,
            "dates": self.dates.value,
            "tab": self.tab,
            "other_tabs": list(self.other_tabs),
            "columns": self.mapping.columns if self.mapping else None,
            "columns_guessed": self.mapping_guessed,
            "notes": list(self.notes),
        }


@dataclass
class Taken:
    """What became of a file's rows; every row is counted in exactly one of the last five."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicate: int = 0
    """Rows that were not taken because they are another row or entry once more."""
    rejected: list[Rejected] = field(default_factory=list)
    """The first `SHOWN` rows that were refused; `rejections` counts all."""
    rejections: int = 0
    warned: list[Warned] = field(default_factory=list)
    warnings: int = 0
    duplicates: list[Duplicate] = field(default_factory=list)
    """Rows that may be another entry once more, those that were taken among them."""
    flagged: int = 0
    kept: set[str] = field(default_factory=set)
    """Columns that were kept and not understood."""
    about: About | None = None
    ledger: Ledger | None = None

    def plain(self) -> dict[str, Any]:
        """Return the counts and rejections as plain values, fit for JSON."""
        counts = ("read", "new", "changed", "unchanged", "duplicate")
        rejected = [{"row": r.row, "column": r.column, "reason": r.reason} for r in self.rejected]
        return {name: getattr(self, name) for name in counts} | {"rejected": rejected}

    def reject(self, row: Rejected) -> None:
        """Count a row that was refused."""
        self.rejections += 1
        if len(self.rejected) < SHOWN:
            self.rejected.append(row)
        self.note(row.row, "rejected", column=row.column, reason=row.reason)

    def warn(self, warned: Warned) -> None:
        """Count a warning."""
        self.warnings += 1
        if len(self.warned) < SHOWN:
            self.warned.append(warned)

    def flag(self, found: Duplicate) -> None:
        """Count a possible duplicate."""
        self.flagged += 1
        if len(self.duplicates) < SHOWN:
            self.duplicates.append(found)

    def note(self, row: int, became: str, **more: object) -> None:
        """Write down what became of a row."""
        if self.ledger is not None:
            self.ledger.add({"row": row, "became": became} | {k: v for k, v in more.items() if v})


@dataclass(frozen=True)
class Placed:
    """Where a row's entry would lie, for a map: WGS 84 degrees and a radius in metres."""

    row: int
    entry_id: str
    title: str
    locality: str
    place: str
    lat: float
    lon: float
    uncertainty_m: float
    precision: str
    possible: bool
    place_id: str
    native: str
    country: str
    admin1: str
    inferred: bool
    verification: str


@dataclass(frozen=True)
class Preview:
    """What an import would do; nothing was saved."""

    taken: Taken
    about: About
    places: tuple[Placed, ...]
    """The first places; `placed` counts all."""
    placed: int
    entries: tuple[Entry, ...]
    """The first entries, geocoded."""

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns of the places that the map's points are made of."""
        ids = dict.fromkeys(one.entry_id for one in self.places)
        order = {entry_id: number for number, entry_id in enumerate(ids)}
        return {name: np.array(values) for name, values in _columns(self.places, order).items()}

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, fit for JSON."""
        taken = self.taken
        return taken.plain() | {
            "warnings": taken.warnings,
            "warned": [_warned(one) for one in taken.warned],
            "flagged": taken.flagged,
            "duplicates": [vars(one) | {"both": list(one.both)} for one in taken.duplicates],
            "placed": self.placed,
            "places": [vars(one) for one in self.places],
            "about": self.about.plain(),
        }


def _columns(places: Sequence[Placed], order: dict[str, int]) -> dict[str, list[Any]]:
    where = [mercator(one.lat, one.lon) for one in places]
    said = ("place_id", "native", "uncertainty_m", "precision", "country", "admin1")
    return {name: [getattr(one, name) for one in places] for name in said} | {
        "entry_no": [order[one.entry_id] for one in places],
        "name": [one.place for one in places],
        "x": [x for x, _ in where],
        "y": [y for _, y in where],
        "certainty": ["possible" if one.possible else "certain" for one in places],
        "inferred": [one.inferred for one in places],
        "verification": [one.verification for one in places],
    }


def _warned(one: Warned) -> dict[str, Any]:
    return {"row": one.row, "column": one.column, "warning": str(one)}


class Ledger:
    """A line for each row of a file, on disk."""

    def __init__(self) -> None:
        self._file: IO[str] = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - lives as long as we

    def add(self, line: dict[str, object]) -> None:
        """Write a line."""
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield every line in its order."""
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)


class Spool:
    """Records that wait to be saved, on disk: a million entries need not fit into memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - lives as long as we
        self._waiting: list[str] = []
        self.count = 0

    def add(self, record: Entry | Report) -> None:
        """Write down a record."""
        kind = "E" if isinstance(record, Entry) else "R"
        self._waiting.append(kind + record.model_dump_json())
        self.count += 1
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        data = zlib.compress("\n".join(self._waiting).encode(), level=1)
        self._file.write(len(data).to_bytes(8, "big") + data)
        self._waiting.clear()

    def __iter__(self) -> Iterator[Entry | Report]:
        """Yield every record in its order."""
        if self._waiting:
            self._flush()
        self._file.seek(0)
        while size := self._file.read(8):
            data = zlib.decompress(self._file.read(int.from_bytes(size, "big")))
            for line in data.decode().split("\n"):
                model: type[Entry | Report] = Entry if line[0] == "E" else Report
                yield model.model_validate_json(line[1:])
