"""KML and KMZ: each placemark a row, its data as columns; nothing that it links to is fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from geo.errors import InputError
from geo.sheet import archive, shape
from geo.sheet.features import LAYER

NAME, DESCRIPTION, WHEN = "@name", "@description", "@when"
"""Columns of what every placemark may have, beside the author's own data."""


def pages(
    path: Path, *, packed: bool
) -> Iterator[tuple[str, list[str], Iterator[tuple[int, dict[str, str]]]]]:
    """Yield the one page of the file; its columns are all names that any placemark has.

    Raises `InputError` for what is no KML, holds entities, or has no placemarks.
    """
    names: list[str] = []
    yield "", names, _counted(path, names, packed=packed)


def _counted(path: Path, names: list[str], *, packed: bool) -> Iterator[tuple[int, dict[str, str]]]:
    columns: dict[str, None] = {}
    count = 0
    linked: list[str] = []
    try:
        with _opened(path, packed=packed) as file:
            for count, cells in enumerate(_placemarks(file, linked), start=1):
                columns.update(dict.fromkeys(cells))
                yield count, cells
    except InputError:  # is a ValueError too
        raise
    except DefusedXmlException as error:
        raise InputError(
            "“{name}” declares entities, which no map needs; export it anew.", name=path.name
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise InputError(archive.DAMAGED, name=path.name) from error
    if not count:
        raise InputError(
            _LINKED if linked else "“{name}” holds no placemarks; there is nothing to import.",
            name=path.name,
        )
    names.extend(columns)


_LINKED = (
    "“{name}” holds only a link to a map on the network; export the whole map with its data"
    " instead."
)


def _opened(path: Path, *, packed: bool) -> AbstractContextManager[io.BufferedIOBase]:
    return archive.member(path, ".kml", "doc.kml") if packed else path.open("rb")


def _placemarks(file: io.BufferedIOBase, linked: list[str]) -> Iterator[dict[str, str]]:
    folders: list[Element] = []
    parents: list[Element] = []
    for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        name = _local(element)
        if event == "start":
            parents.append(element)
            if name == "Folder":
                folders.append(element)
            continue
        parents.pop()
        if name == "Folder":
            folders.pop()
        elif name == "NetworkLink":
            linked.append(name)
        elif name == "Placemark":
            titles = (_child(folder, "name") for folder in folders)
            layer = " / ".join(filter(None, titles))
            yield _cells(element) | ({LAYER: layer} if layer else {})
        if name in ("Placemark", "Folder", "Style", "StyleMap", "GroundOverlay") and parents:
            parents[-1].remove(element)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: Element, name: str) -> str:
    """Return the text of the first child of this name, "" where there is none."""
    found = next((one for one in element if _local(one) == name), None)
    return (found.text or "").strip() if found is not None else ""


def _cells(placemark: Element) -> dict[str, str]:
    cells = {NAME: _child(placemark, "name"), DESCRIPTION: _child(placemark, "description")}
    begin = end = ""
    for element in placemark.iter():
        name, text = _local(element), (element.text or "").strip()
        if name == "Data":
            cells[element.get("name") or "data"] = _child(element, "value")
        elif name == "SimpleData":
            cells[element.get("name") or "data"] = text
        elif name in ("when", "begin"):
            begin = text
        elif name == "end":
            end = text
    if begin or end:
        cells[WHEN] = begin if end in ("", begin) else f"{begin or '..'}/{end}"
    return cells | shape.cells(_kind(placemark), _corners(placemark))


def _kind(placemark: Element) -> str:
    shapes = ("Point", "LineString", "LinearRing", "Polygon", "Track")
    return next((n for e in placemark.iter() if (n := _local(e)) in shapes), "geometry")


def _corners(placemark: Element) -> Iterator[shape.Corner]:
    for element in placemark.iter():
        if _local(element) == "coordinates":
            for triple in (element.text or "").split():
                lon, _, rest = triple.partition(",")
                yield shape.Corner(rest.partition(",")[0], lon)
