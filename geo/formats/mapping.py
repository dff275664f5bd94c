"""Which column of an unknown file says what: guessed, confirmed by a person, kept, used again."""

# ruff: noqa: RUF012 - a model copies its defaults
from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from geo.entry import Invalid, Model, reason
from geo.errors import InputError
from geo.folders import data_folder
from geo.formats import coordinate
from geo.formats.convert import links
from geo.formats.day import Order
from geo.formats.dialect import FIELDS, Dialect, fingerprint, fold
from geo.sheet import shape
from geo.sheet.features import LAYER
from geo.sheet.placemarks import DESCRIPTION, NAME, WHEN

_NAMES = Path(__file__).parents[2] / "data" / "columns.json"
_SAMPLES = 5
_MOST = 1_000_000


class Mapping(Model):
    """What each column of a file says: one of `FIELDS`, or "" for a column that is only kept."""

    columns: dict[str, str]
    name: str = ""
    """Stands before the ids of the file's rows; "" for the file's own name."""
    dates: Order = Order.AUTO
    samples: dict[str, tuple[str, ...]] = {}
    """Some cells of each column, for the person who confirms; they are not saved."""

    def dialect(self) -> Dialect:
        """Return the dialect of a file with these columns."""
        said: dict[str, tuple[str, ...]] = {}
        for column, field in self.columns.items():
            if field:
                said[field] = (*said.get(field, ()), column)
        for field, others in _TITLES.items():  # something must name a row
            said[field] = (*said.get(field, ()), *(c for one in others for c in said.get(one, ())))
        return Dialect(
            name="mapping",
            title="",
            about="",
            signature=(),
            columns={field: columns for field, columns in said.items() if columns},
            dates=self.dates,
            html=(DESCRIPTION,),
        )


_TITLES = {"title": ("description", "locality", "evidence_url", "coordinates")}


def guess(header: Sequence[str], samples: Sequence[dict[str, str]]) -> Mapping:
    """Return what the columns probably say, by their names and by some of the rows.

    A guess is never to be imported unless a person has seen it.
    """
    cells = {name: some(name, samples) for name in header}
    columns = dict.fromkeys(header, "")
    taken: set[str] = set()
    for by in (_by_name, _by_word, _by_content):
        for name in header:
            field = "" if columns[name] else by(name, cells[name])
            if field and (field in _SEVERAL or field not in taken):
                columns[name] = field
                taken.add(field)
    for one, other in (("lat", "lon"), ("lon", "lat")):  # half a point is none
        if one in taken and other not in taken:
            columns = {name: "" if field == one else field for name, field in columns.items()}
    return Mapping(columns=columns, samples=cells)


_SEVERAL = {"evidence_url", "tags"}
_FIXED = {
    shape.LAT: "lat", shape.LON: "lon", shape.RADIUS: "uncertainty_m", LAYER: "category",
    NAME: "title", DESCRIPTION: "description", WHEN: "recorded",
}  # fmt: skip


def some(name: str, samples: Sequence[dict[str, str]]) -> tuple[str, ...]:
    """Return the first cells of a column that differ, cut short; () when it is empty."""
    found = dict.fromkeys(row.get(name, "").strip()[:200] for row in samples)
    return tuple(cell for cell in found if cell)[:_SAMPLES]


@cache
def _names() -> dict[str, str]:
    """Return the field that each column name of `data/columns.json` says."""
    known: dict[str, list[str]] = json.loads(_NAMES.read_text(encoding="utf-8"))
    return {fold(name): field for field, names in known.items() for name in names}


def _by_name(name: str, cells: Sequence[str]) -> str:
    field = _FIXED.get(name) or _names().get(fold(name), "")
    return _fitting(field, cells)


def _by_word(name: str, cells: Sequence[str]) -> str:
    """Return what a word of the name says: "Date of event", "Video location"."""
    words = re.findall(r"\w+", fold(name))
    fields = [_names().get(word, "") for word in words]
    return next((fit for field in fields if (fit := _fitting(field, cells))), "")


def _by_content(_: str, cells: Sequence[str]) -> str:
    if cells and all(links(cell)[0] and not links(cell)[1] for cell in cells):
        return "evidence_url"
    if cells and all(coordinate.pair(cell) for cell in cells):
        return "coordinates"
    return ""


def _fitting(field: str, cells: Sequence[str]) -> str:
    """Return the field if the cells can say it; a place in numbers is its coordinates."""
    if field == "locality" and cells and all(coordinate.pair(cell) for cell in cells):
        return "coordinates"
    return field if not cells or _agrees(field, cells) else ""


def _agrees(field: str, cells: Sequence[str]) -> bool:
    """Whether cells can say this: a latitude is a number, a link is a link."""
    full = [cell for cell in cells if not coordinate.is_nothing(cell)]
    if field in ("lat", "lon"):
        return all(coordinate.degrees(cell) for cell in full)
    if field in ("coordinates", "uncertainty_m"):
        read = coordinate.pair if field == "coordinates" else coordinate.metres
        return all(read(cell) for cell in full)
    if field == "evidence_url":
        return not full or any(links(cell)[0] for cell in full)
    return True


def load(path: Path) -> Mapping:
    """Return the mapping in a file. Raises `InputError` for what is none."""
    try:
        if path.stat().st_size > _MOST:
            raise InputError("“{name}” is no mapping of columns.", name=path.name)
        found = Mapping.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            "“{name}” cannot be opened ({problem}); check the path and the rights.",
            name=str(path),
            problem=error.strerror or error,
        ) from error
    except (Invalid, UnicodeDecodeError) as error:
        where, why = reason(error) if isinstance(error, Invalid) else ("", str(error))
        raise InputError(
            "“{name}” is no mapping of columns ({field}: {why}); write one as the command import"
            " prints it.",
            name=path.name,
            field=where,
            why=why[:100],
        ) from error
    _check(found)
    return found


def _check(mapping: Mapping) -> None:
    other = next((field for field in mapping.columns.values() if field not in (*FIELDS, "")), None)
    if other is not None:
        raise InputError(
            "A column cannot say “{field}”; choose one of {known}.",
            field=other[:60],
            known=", ".join(FIELDS),
        )


def save(mapping: Mapping, header: Sequence[str]) -> Path:
    """Keep a mapping that a person has confirmed, for every file with these columns.

    Returns where it is kept, in the user's data folder. Raises `InputError` when a column is
    to say what none can, and when it cannot be written.
    """
    _check(mapping)
    path = _kept(header)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(mapping.model_dump_json(indent=1, exclude={"samples"}), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise InputError(
            "“{name}” cannot be opened ({problem}); check the path and the rights.",
            name=str(path),
            problem=error.strerror or error,
        ) from error
    return path


def saved(header: Sequence[str]) -> Mapping | None:
    """Return the mapping that was kept for files with these columns, or None."""
    path = _kept(header)
    return load(path) if path.exists() else None


def _kept(header: Sequence[str]) -> Path:
    return data_folder() / "mappings" / f"{fingerprint(header)}.json"
