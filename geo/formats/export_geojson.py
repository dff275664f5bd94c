"""GeoJSON (RFC 7946): one feature an entry, and what the file says of itself beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from geo.formats.export_row import NUMBERS, PLACE_COLUMNS, About, Item, certainty, placed, row
from geo.formats.record import RECORD
from geo.sheet import features, shape


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


def as_row(cells: dict[str, str]) -> dict[str, str]:
    """Return a feature's cells that stand in a row, too."""
    return {name: cell for name, cell in cells.items() if name not in _ONLY_HERE}


_ONLY_HERE = {"certainty", "possible", "unplaced", "precision", "uncertainty_m", "places"}

MOVED = (
    "A place cannot be moved in a file; put it back as it was and decide on the review page, or"
    " take the property record away to have the entry geocoded anew."
)


def moved(cells: dict[str, str]) -> str:
    """Return what of a feature's place was changed after the export, "" when nothing was.

    `cells` are those of `geo.sheet`, the record among them.
    """
    wrote = feature(Item.model_validate_json(cells[RECORD]))
    drawn = features.geometry(json.loads(_json(wrote["geometry"]), parse_float=Decimal))
    for name in (shape.LAT, shape.LON):
        if _plain(cells.get(name, "")) != _plain(drawn.get(name, "")):
            return "geometry"
    said = wrote["properties"]
    changed = (n for n in sorted(_ONLY_HERE & cells.keys()) if _plain(cells[n]) != _plain(said[n]))
    return next(changed, "")


def _plain(value: object) -> object:
    """Return a value as it compares, however a file or a library writes it."""
    if isinstance(value, str):
        with suppress(ValueError):
            return _plain(json.loads(value, parse_int=float))
        return value
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if value is None:
        return ""
    return value if isinstance(value, bool) else float(str(value))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
