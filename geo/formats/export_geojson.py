"""GeoJSON (RFC 7946): one feature an entry, and what the file says of itself beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geo.errors import InputError
from geo.formats.export_row import NUMBERS, PLACE_COLUMNS, About, Item, certainty, placed, row
from geo.formats.record import RECORD, Recorded, recorded
from geo.formats.row import Draft, Rejected


def write(path: Path, about: About, items: Iterable[Item]) -> None:
    """Write a FeatureCollection, a feature a line; the members before `features` are ours.

    An entry is one feature, however many places it names: `MultiPoint` for several, null
    geometry for none. Raises `OSError` when the file cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head = {"type": "FeatureCollection"} | about.plain() | {
            "credits": list(about.credits), "generalised_to": about.generalised_to or None,
        }  # fmt: skip
        file.write(_json(head)[:-1] + ',"features":[')
        for count, item in enumerate(items):
            file.write((",\n" if count else "\n") + _json(feature(item)))
        file.write("\n]}\n")


def feature(item: Item) -> dict[str, Any]:
    """Return the entry's feature; `possible` is true when nobody says at which place it is."""
    cells = row(item)
    entry = item.entry
    said = {name: cell for name, cell in cells.items() if name not in PLACE_COLUMNS}
    radii = [place.uncertainty_m for _, place in placed(entry)]
    return {
        "type": "Feature",
        "id": entry.id,
        "geometry": geometry(item),
        "properties": said | {
            "certainty": certainty(entry),
            "possible": certainty(entry) == "possible",
            "unplaced": cells["unplaced"] or None,
            "precision": cells["precision"],
            "uncertainty_m": max(radii, default=None),
            "places": _places(item),
            RECORD: item.model_dump(mode="json"),
        },
    }  # fmt: skip


def geometry(item: Item) -> dict[str, Any] | None:
    """Return a Point, a MultiPoint for several places, None for none."""
    points = [[place.lon, place.lat] for _, place in placed(item.entry)]
    if len(points) > 1:
        return {"type": "MultiPoint", "coordinates": points}
    return {"type": "Point", "coordinates": points[0]} if points else None


def _places(item: Item) -> list[dict[str, Any]]:
    """Return what is known of each place, in the order of the geometry's points."""
    found = []
    for location, place in placed(item.entry):
        decision = location.decision
        found.append({
            "locality": location.locality,
            "relation": location.relation.value,
            "basis": location.basis.value,
            **{name: getattr(place, name) for name in (*NUMBERS, "place_id", "name", "country",
                                                       "admin1")},
            "precision": place.precision.value,
            "decided_by": decision.by.value if decision else "",
            "decided_at": decision.at.isoformat() if decision else "",
            "reason": decision.reason if decision else "",
            "provenance": place.provenance.model_dump(mode="json"),
        })  # fmt: skip
    return found


def read(path: Path) -> Iterator[Draft | Rejected]:
    """Yield a draft or a rejection for each feature that `write` wrote, the first being row 1.

    A feature whose geometry was moved is refused. Raises `InputError` when the file is not a
    FeatureCollection as an export writes it.
    """
    try:
        with path.open(encoding="utf-8") as file:
            found = json.load(file)
        features = [dict(one) for one in found["features"]]
        rows = [dict(one["properties"]) for one in features]
    except OSError as error:
        raise InputError(
            "“{name}” cannot be opened ({problem}); check the path and the rights.",
            name=str(path),
            problem=error.strerror or error,
        ) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError("“{name}” is not a GeoJSON FeatureCollection.", name=path.name) from error
    for number, (one, properties) in enumerate(zip(features, rows, strict=True), start=1):
        cells = {str(name): _cell(value) for name, value in properties.items()}
        yield _checked(number, one, recorded(number, _as_row(cells)))


def _as_row(cells: dict[str, str]) -> dict[str, str]:
    """Return the properties that stand in a row, too."""
    return {name: cell for name, cell in cells.items() if name not in _ONLY_HERE}


_ONLY_HERE = {"certainty", "possible", "unplaced", "precision", "uncertainty_m", "places"}


def _checked(number: int, one: dict[str, Any], found: Draft | Rejected) -> Draft | Rejected:
    """Refuse a feature whose place was changed: it is decided where candidates can be seen."""
    if not isinstance(found, Recorded):
        return found
    wrote = feature(Item.model_validate_json(_cell(one["properties"][RECORD])))
    if one.get("geometry") != wrote["geometry"]:
        return Rejected(number, "geometry", _MOVED)
    for name in sorted(_ONLY_HERE & one["properties"].keys()):
        if one["properties"][name] != wrote["properties"][name]:
            return Rejected(number, name, _MOVED)
    return found


_MOVED = (
    "A place cannot be moved in a file; put it back as it was and decide on the review page, or"
    " take the property record away to have the entry geocoded anew."
)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
