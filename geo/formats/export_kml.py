"""KML 2.2 and KMZ: areas as large as what is known, a pin only for a site."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape as xml_escaped
from xml.sax.saxutils import quoteattr

from geo import circle
from geo.dates import interval
from geo.entry import Candidate, Level
from geo.formats.export_cells import legal
from geo.formats.export_row import About, Item, certainty, placed, row
from geo.formats.export_said import about_lines, is_site, lines, whereabouts
from geo.i18n import Translator

FOLDERS = {
    "certain": "In a known place",
    "possible": "Possibly here",
    "unplaced": "Without a place",
}
"""The folders of the file, by the certainty of what lies in them."""

_COLOURS = {"certain": "8b5f1f", "possible": "1a63b4"}
"""Blue, green, red, as KML writes a colour."""

_GREY = "807066"
_TONES = {
    Level.NOT_ASSESSED: "1a", Level.REPORTED: "33", Level.CORROBORATED: "73",
    Level.GEOLOCATED: "d9", Level.CONTESTED: "40", Level.REFUTED: "0d",
}  # fmt: skip
"""How opaque an area is: the better verified, the fuller."""


class _Xml:
    """Writes elements around text from outside, which stays text; a line at a time."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._said: list[str] = []

    def open(self, name: str, /, **attributes: str) -> None:
        said = "".join(f" {key}={_attribute(value)}" for key, value in attributes.items())
        self._said.append(f"<{name}{said}>")

    def close(self, name: str) -> None:
        self._said.append(f"</{name}>")

    def text(self, name: str, text: str, /, **attributes: str) -> None:
        self.open(name, **attributes)
        self._said.append(f"{xml_escaped(legal(text))}</{name}>")

    def line(self) -> None:
        self._file.write("".join(self._said) + "\n")
        self._said.clear()


@lru_cache(maxsize=1_000)
def _attribute(value: str) -> str:
    return quoteattr(legal(value))


def write(path: Path, about: About, items: Iterable[Item], t: Translator) -> None:
    """Write a KML document, or a KMZ by the suffix, with a folder for each certainty.

    An entry is one placemark. Entries without a place have one without geometry in a folder
    of their own. Raises `OSError` when the file cannot be written.
    """
    if path.suffix.lower() != ".kmz":
        with path.open("wb") as file:
            _document(file, path.parent, about, items, t)
        return
    inside = zipfile.ZipInfo("doc.kml", (2000, 1, 1, 0, 0, 0))  # the same entries, the same file
    inside.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as book, book.open(inside, "w", force_zip64=True) as file:
        _document(file, path.parent, about, items, t)


def _document(
    raw: IO[bytes], folder: Path, about: About, items: Iterable[Item], t: Translator
) -> None:
    """Write the document; placemarks wait in a file for each folder, as they come mixed."""
    with ExitStack() as stack:
        parts = {}
        for name in FOLDERS:
            made = (folder / f"{name}.part").open("w+", encoding="utf-8", newline="\n")
            parts[name] = stack.enter_context(made)
        for item in items:
            sure = certainty(item.entry)
            _placemark(_Xml(parts[sure]), item, sure, t)
        file = stack.enter_context(io.TextIOWrapper(raw, encoding="utf-8", newline="\n"))
        file.write('<?xml version="1.0" encoding="utf-8"?>\n')
        _head(_Xml(file), about, t)
        for name, part in parts.items():
            xml = _Xml(file)
            xml.open("Folder")
            xml.text("name", t(FOLDERS[name]))
            xml.line()
            part.seek(0)
            shutil.copyfileobj(part, file)
            file.write("</Folder>\n")
        file.write("</Document></kml>\n")


def _head(xml: _Xml, about: About, t: Translator) -> None:
    xml.open("kml", xmlns="http://www.opengis.net/kml/2.2")
    xml.open("Document")
    xml.text("name", f"Glimpse: {about.filters}")
    xml.text("description", _html(about_lines(about, t)))
    for sure, colour in _COLOURS.items():
        for level, tone in _TONES.items():
            said = _GREY if level is Level.REFUTED else colour
            _style(xml, f"{sure}-{level.value}", said, tone)
    xml.line()


def _style(xml: _Xml, name: str, colour: str, tone: str) -> None:
    xml.open("Style", id=name)
    for kind, value in (("IconStyle", "ff"), ("LineStyle", "ff"), ("PolyStyle", tone)):
        xml.open(kind)
        xml.text("color", f"{value}{colour}")
        xml.close(kind)
    xml.close("Style")


def _placemark(xml: _Xml, item: Item, sure: str, t: Translator) -> None:
    entry = item.entry
    xml.open("Placemark")
    xml.text("name", entry.title)
    xml.text("Snippet", whereabouts(entry, t), maxLines="2")
    xml.text("description", _html(lines(item, t)))
    _when(xml, entry.recorded)
    if sure != "unplaced":
        xml.text("styleUrl", f"#{sure}-{entry.verification.level.value}")
    xml.open("ExtendedData")
    for name, cell in row(item).items():
        if cell:
            xml.open("Data", name=name)
            xml.text("value", cell)
            xml.close("Data")
    xml.close("ExtendedData")
    places = [place for _, place in placed(entry)]
    shapes = sum(1 if _pin(place) else len(_rings(place)) for place in places)
    if shapes > 1:
        xml.open("MultiGeometry")
    for place in places:
        _shape(xml, place)
    if shapes > 1:
        xml.close("MultiGeometry")
    xml.close("Placemark")
    xml.line()


def _html(said: Iterable[str]) -> str:
    """Return lines as HTML, which a balloon shows; nothing in them is markup."""
    return "<br>".join(escape(line).replace("\n", "<br>") for line in said)


def _when(xml: _Xml, recorded: str) -> None:
    """Write the span of days in which it was recorded, as far as both ends are known."""
    first, last = interval(recorded)
    if first and last:
        xml.open("TimeSpan")
        xml.text("begin", first.isoformat())
        xml.text("end", last.isoformat())
        xml.close("TimeSpan")


def _pin(place: Candidate) -> bool:
    return is_site(place.precision, place.uncertainty_m)


def _rings(place: Candidate) -> tuple[str, ...]:
    return _coordinates(place.lat, place.lon, place.uncertainty_m)


@lru_cache(maxsize=20_000)
def _coordinates(lat: float, lon: float, radius_m: float) -> tuple[str, ...]:
    """Return each ring of a circle as KML writes it."""
    return tuple(
        " ".join(f"{east:.5f},{north:.5f}" for east, north in ring)
        for ring in circle.rings(lat, lon, radius_m)
    )


def _shape(xml: _Xml, place: Candidate) -> None:
    """Write a point for a site, otherwise the circle within which the place lies, and no point."""
    if _pin(place):
        xml.open("Point")
        xml.text("coordinates", f"{place.lon},{place.lat}")
        xml.close("Point")
        return
    for ring in _rings(place):
        for name in ("Polygon", "outerBoundaryIs", "LinearRing"):
            xml.open(name)
        xml.text("coordinates", ring)
        for name in ("LinearRing", "outerBoundaryIs", "Polygon"):
            xml.close(name)
