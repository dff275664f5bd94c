"""The scripts and styles of the map as local files: nothing is ever loaded from outside.

folium names its files by addresses on the web; the package `folium-offline` holds them all.
They are written once into a folder that the app serves, and folium's links are turned to it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import folium
import folium.plugins  # so that their links are turned too
from folium.elements import JSCSSMixin

from geo.errors import GeoError

_HERE = Path(__file__).parent
_SCRIPTS = (
    "basemap.js", "pmtiles.js", "symbols.js", "controls.js", "points.js", "play.js", "words.js",
    "picture.js", "pointing.js", "kept.js", "view.js", "regions.js", "arrows.js", "tilemenu.js",
    "tiles.js", "geodesy.js",
    "coordinates.js", "sketch.js", "frame.js", "readout.js", "tasks.js", "keys.js", "snapshot.js",
    "tools.js", "engine.js",
)  # fmt: skip
"""In the order in which they are loaded: the engine last, which puts the others together."""
_STYLE = "engine.css"
_BASEMAP = _HERE.parent / "data" / "basemap.json.gz"
_KEPT = {"leaflet", "leaflet_css"}
"""Of folium's own ten files the map needs Leaflet's two."""

_NO_ICONS = '\n;L.Icon.Default.imagePath="";'
"""Without it Leaflet asks for marker pictures that nobody draws."""


def lay_out(folder: Path) -> dict[str, str]:
    """Write every file that the map needs into the folder and return `{name: file name}`.

    File names carry a hash of the content, so that a browser never shows an old one. Several
    processes may do so at once. Raises `GeoError` when the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return {name: _put(folder, name, data) for name, data in _files()}
    except OSError as error:
        raise GeoError(
            "The map's files cannot be written to the folder {folder} ({problem}); make room"
            " there, or set GEO_CACHE to a folder that you may write to.",
            folder=folder,
            problem=error.strerror or error,
        ) from error


def redirect(prefix: str, names: dict[str, str]) -> None:
    """Turn every link of every folium class to `prefix`, and keep only those the map needs.

    `prefix` is relative to the map's frame. A class whose files were not laid out keeps its
    names under the prefix and would not load, but nothing is asked of another machine.
    """
    folium.Map.default_js[:] = [
        *(link for link in folium.Map.default_js if link[0] in _KEPT),
        *((name.removesuffix(".js"), prefix + names[name]) for name in _SCRIPTS),
    ]
    folium.Map.default_css[:] = [
        *(link for link in folium.Map.default_css if link[0] in _KEPT),
        (_STYLE.removesuffix(".css"), prefix + names[_STYLE]),
    ]
    for kind in set(_subclasses(JSCSSMixin)):
        for attribute in ("default_js", "default_css"):
            links: list[tuple[str, str]] = kind.__dict__.get(attribute) or []
            for number, (name, link) in enumerate(links):
                if link.startswith("http"):
                    links[number] = (name, prefix + names.get(link, _file_name(link, b"")))


def outside_links() -> set[str]:
    """Return every address on the web that some folium class would load."""
    return {
        link
        for kind in set(_subclasses(JSCSSMixin))
        for attribute in ("default_js", "default_css")
        for _, link in kind.__dict__.get(attribute) or ()
        if link.startswith("http")
    }


@cache
def packaged() -> dict[str, str]:
    """Return `{address: text}` of folium's files as `folium-offline` holds them."""
    from offlinefolium.elements import _res

    return dict(_res)


def _files() -> Iterator[tuple[str, bytes]]:
    for name in (*_SCRIPTS, _STYLE):
        yield name, (_HERE / name).read_bytes()
    yield _BASEMAP.name, _BASEMAP.read_bytes()
    for name, link in (*folium.Map.default_js, *folium.Map.default_css):
        if name in _KEPT and link.startswith("http"):
            text = packaged()[link] + (_NO_ICONS if name == "leaflet" else "")
            yield link, text.encode()


def _put(folder: Path, name: str, data: bytes) -> str:
    file = _file_name(name, data)
    path = folder / file
    if not path.exists() or path.read_bytes() != data:
        part = path.with_name(f"{file}.{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(path)
    return file


def _file_name(name: str, data: bytes) -> str:
    base = re.sub(r"[^\w.-]", "_", name.rsplit("/", 1)[-1])
    if base.endswith(".json.gz"):
        base = base.removesuffix(".json.gz") + ".bin"  # no server may unpack it on the way
    return f"{hashlib.sha256(data or name.encode()).hexdigest()[:12]}-{base}"


def _subclasses(kind: type[JSCSSMixin]) -> Iterator[type[JSCSSMixin]]:
    child: type[JSCSSMixin]
    for child in kind.__subclasses__():
        yield child
        yield from _subclasses(child)
