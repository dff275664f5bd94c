"""JSON, GeoJSON and uMap: each feature or object a row, read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import ijson
from ijson.common import ObjectBuilder

from geo.errors import InputError
from geo.sheet import shape

LAYER = "@folder"
"""The layer of a map in which a feature lies."""

_DEEPEST = 64
_AT_ONCE = 1 << 14
"""Bytes that are read before depth is looked at: the path to a value grows with its depth."""

_LARGEST = 500_000
"""Values of one feature, corners of a line among them."""

_FEATURES = ("features.item", "layers.item.features.item")
_ENDS = {"start_map": "end_map", "start_array": "end_array"}


def pages(path: Path) -> Iterator[tuple[str, list[str], Iterator[tuple[int, dict[str, str]]]]]:
    """Yield the one page of the file; its columns are all names that any row has.

    Rows are the features of GeoJSON or of uMap's layers, else the objects of the first list of
    objects. Raises `InputError` for what is no JSON, nested too deeply, or has no rows.
    """
    columns: dict[str, None] = {}
    names: list[str] = []
    yield "", names, _counted(path, columns, names)


def _counted(
    path: Path, columns: dict[str, None], names: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    drawn, layers = _layers(path)
    count = 0
    for layer, value in _objects(path, drawn=drawn):
        count += 1
        cells = _cells(value)
        if layer in layers:
            cells[LAYER] = layers[layer]
        columns.update(dict.fromkeys(cells))
        yield count, cells
    if not count:
        raise InputError(
            "“{name}” holds neither features nor a list of objects; there is nothing to import.",
            name=path.name,
        )
    names.extend(columns)


def _events(path: Path) -> Iterator[tuple[str, str, Any]]:
    depth = 0
    try:
        with path.open("rb") as file:
            if file.read(3) != b"\xef\xbb\xbf":
                file.seek(0)
            for prefix, event, value in ijson.parse(file, buf_size=_AT_ONCE):
                depth += (event in _ENDS) - (event in _ENDS.values())
                if depth > _DEEPEST:
                    raise InputError(
                        "“{name}” is nested deeper than {most} levels; no map is.",
                        name=path.name,
                        most=_DEEPEST,
                    )
                yield prefix, event, value
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise InputError(
            "“{name}” is not valid JSON ({problem}); export it anew.",
            name=path.name,
            problem=" ".join(str(error).split())[:100],
        ) from error


def _layers(path: Path) -> tuple[bool, dict[int, str]]:
    """Return whether the file draws features, and the names of a uMap's layers by their order.

    The names may stand behind the features.
    """
    names: dict[int, str] = {}
    count, drawn = -1, False
    for prefix, event, value in _events(path):
        if (prefix, event) == ("", "start_array"):
            break
        if (prefix, event) == ("", "map_key"):
            drawn = drawn or value in ("features", "layers")
            if value == "features":
                break
        elif (prefix, event) == ("layers.item", "start_map"):
            count += 1
        elif prefix in ("layers.item._umap_options.name", "layers.item.name"):
            names[count] = str(value)
    return drawn, names


def _objects(path: Path, *, drawn: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each object that is a row, and the number of its layer (-1 outside of any)."""
    layer, place = -1, ""
    events = _events(path)
    for prefix, event, _ in events:
        if event != "start_map":
            continue
        if prefix == "layers.item":
            layer += 1
        elif prefix in _FEATURES if drawn else _is_list(prefix) and place in ("", prefix):
            place = prefix
            yield layer, _built(path, prefix, events)


def _is_list(prefix: str) -> bool:
    """Whether objects at this place are rows of plain JSON: a list, or a list in an object."""
    outer, _, last = prefix.rpartition(".")
    return prefix == "item" or (last == "item" and "." not in outer)


def _built(path: Path, prefix: str, events: Iterator[tuple[str, str, Any]]) -> dict[str, Any]:
    builder = ObjectBuilder()
    builder.event("start_map", None)
    for size, (at, event, value) in enumerate(events):
        builder.event(event, value)
        if at == prefix and event == "end_map":
            found: dict[str, Any] = builder.value
            return found
        if size > _LARGEST:
            raise InputError(
                "“{name}” holds a feature of more than {most} values; simplify it.",
                name=path.name,
                most=_LARGEST,
            )
    return {}


def _cells(value: dict[str, Any]) -> dict[str, str]:
    """Return the cells of a feature or of a plain object."""
    if value.get("type") != "Feature" or not isinstance(value.get("properties"), dict | None):
        return _flat(value)
    cells = _flat(value["properties"] or {})
    if value.get("id") is not None and "id" not in cells:
        cells["id"] = _text(value["id"])
    return cells | geometry(value.get("geometry"))


def geometry(drawn: Any) -> dict[str, str]:  # noqa: ANN401 - JSON from outside
    """Return the cells of a geometry (`geo.sheet.shape`), {} when it is none."""
    if not isinstance(drawn, dict):
        return {}
    return shape.cells(str(drawn.get("type")), _corners(drawn))


def _corners(node: Any) -> Iterator[shape.Corner]:  # noqa: ANN401 - JSON from outside
    if isinstance(node, dict):
        for part in (node.get("coordinates"), node.get("geometries")):
            yield from _corners(part)
    elif isinstance(node, list):
        pair = node[:2]
        if len(pair) == 2 and all(isinstance(one, int | Decimal) for one in pair):  # noqa: PLR2004
            yield shape.Corner(str(node[1]), str(node[0]))
        else:
            for part in node:
                yield from _corners(part)


_WHOLE = ("record", "places")
"""What our own exports hold of an entry, to be read as a whole."""


def _flat(value: dict[str, Any], before: str = "") -> dict[str, str]:
    """Return an object's cells; what stands in an object or in a list of them joins its names.

    Several values of one name are parted by line breaks.
    """
    cells: dict[str, str] = {}
    for name, part in value.items():
        column = f"{before}{name}"
        if not before and name in _WHOLE and isinstance(part, dict | list):
            cells[column] = _text(part)
            continue
        if isinstance(part, dict) and part and before.count(".") < 2:  # noqa: PLR2004
            cells |= _flat(part, f"{column}.")
        elif isinstance(part, list) and part and all(isinstance(one, dict) for one in part):
            every = [_flat(one, f"{column}.") for one in part]
            for key in dict.fromkeys(key for one in every for key in one):
                cells[key] = "\n".join(one[key] for one in every if one.get(key))
        elif isinstance(part, list) and not any(isinstance(one, dict | list) for one in part):
            cells[column] = "\n".join(map(_text, part))
        else:
            cells[column] = _text(part)
    return cells


def _text(value: Any) -> str:  # noqa: ANN401 - JSON from outside
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value).lower() if isinstance(value, bool) else str(value)
