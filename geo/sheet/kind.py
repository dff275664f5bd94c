"""What a file is by its content; its name must not say otherwise."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from geo.errors import InputError


class Kind(StrEnum):
    """How a file is built."""

    TABLE = "table"  # CSV, TSV, semicolons
    WORKBOOK = "workbook"  # XLSX
    JSON = "json"  # JSON, GeoJSON, uMap
    KML = "kml"
    KMZ = "kmz"
    PARQUET = "parquet"


SUFFIXES = {
    Kind.TABLE: (".csv", ".tsv", ".tab", ".txt"),
    Kind.WORKBOOK: (".xlsx", ".xlsm"),
    Kind.JSON: (".geojson", ".json", ".umap"),
    Kind.KML: (".kml",),
    Kind.KMZ: (".kmz",),
    Kind.PARQUET: (".parquet", ".geoparquet"),
}
"""The endings of a file's name for each kind, the usual one first."""

_START = 4096


def kind_of(path: Path) -> Kind:
    """Return what the file is by its content.

    Raises `InputError` when its suffix says otherwise or it is nothing that can be read, and
    `OSError` when it cannot be opened.
    """
    with path.open("rb") as file:
        start = file.read(_START)
    suffix = path.suffix.lower()
    expected = next((kind for kind, all_ in SUFFIXES.items() if suffix in all_), None)
    if expected is None:
        known = " ".join(one for all_ in SUFFIXES.values() for one in all_)
        raise InputError(
            "“{name}” has none of the endings that can be read: {known}.",
            name=path.name,
            known=known,
        )
    found = _by_content(path, start)
    if found is None or (found is Kind.TABLE and expected is Kind.JSON and not start.strip()):
        raise InputError(_NOT[expected], name=path.name)
    if found is not expected:
        if expected is not Kind.TABLE and found is Kind.TABLE:
            raise InputError(_NOT[expected], name=path.name)
        raise InputError(
            "“{name}” is by its content a file that ends in {suffix}; rename it so and try again.",
            name=path.name,
            suffix=SUFFIXES[found][0],
        )
    return found


_NOT = {
    Kind.TABLE: "“{name}” is not a table of text; save it as CSV or XLSX and try again.",
    Kind.WORKBOOK: "“{name}” is not an XLSX workbook, or it is damaged; save it anew as .xlsx.",
    Kind.JSON: "“{name}” is not JSON; export it anew.",
    Kind.KML: "“{name}” is not KML; export it anew.",
    Kind.KMZ: "“{name}” is not a KMZ file, or it is damaged; export it anew.",
    Kind.PARQUET: "“{name}” is not a Parquet file.",
}


def _by_content(path: Path, start: bytes) -> Kind | None:
    """Return what the content is; None for what is neither text nor a kind that can be read."""
    if start.startswith(b"PK\x03\x04"):
        return _archive(path)
    if start.startswith(b"PAR1"):
        return Kind.PARQUET
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"SQLite format 3", b"PK")):
        return None
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        return Kind.JSON
    if text[:1] == b"<":
        return Kind.KML if b"<kml" in text or b"<Document" in text or b"<?xml" in text else None
    return Kind.TABLE


def _archive(path: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(path) as book:
            names = book.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    return Kind.KMZ if any(name.lower().endswith(".kml") for name in names) else None
