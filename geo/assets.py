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
_DECK = (
    "timeline_bars.js", "data.js", "text.js", "panels.js", "time.js", "ahead.js", "stage.js",
    "presenter.js", "keys.js", "print.js", "deck.js",
)  # fmt: skip
"""The scripts of the presented briefing, in their order, after the engine's."""
BARS = _HERE / "deck" / "timeline_bars.js"
"""Draws the bars of a timeline, in a presented briefing as on the page of the map."""
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
        raise _unwritten(folder, error) from error


def _unwritten(folder: Path, error: OSError) -> GeoError:
    return GeoError(
        "The map's files cannot be written to the folder {folder} ({problem}); make room"
        " there, or set GEO_CACHE to a folder that you may write to.",
        folder=folder,
        problem=error.strerror or error,
    )


def lay_out_deck(folder: Path) -> None:
    """Write the presented briefing as a component of Streamlit: `index.html` and its files.

    The component takes `payload`, what `geo.briefing.payload.payload` returns as
    `geo.points.message` packs it. Raises `GeoError` when the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        land = _put(folder, _BASEMAP.name, _BASEMAP.read_bytes())
        scripts = [_put(folder, name, data.encode()) for name, data in deck_scripts()]
        scripts.append(_put(folder, "frame.js", (_HERE / "deck" / "frame.js").read_bytes()))
        style = _put(folder, "deck.css", deck_style().encode())
        links = "".join(f'<script src="{name}"></script>\n' for name in scripts)
        page = _FRAME.format(style=style, basemap=land, scripts=links)
        part = folder / f"index.html.{os.getpid()}.part"
        part.write_text(page, encoding="utf-8")
        part.replace(folder / "index.html")
    except OSError as error:
        raise _unwritten(folder, error) from error


_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Glimpse</title>
<link rel="stylesheet" href="{style}">
</head>
<body data-basemap="{basemap}">
{scripts}</body>
</html>
"""


def deck_scripts() -> list[tuple[str, str]]:
    """Return name and text of every script of the presented briefing, in their order."""
    engine = [(name, (_HERE / name).read_text(encoding="utf-8")) for name in _SCRIPTS]
    deck = [(name, (_HERE / "deck" / name).read_text(encoding="utf-8")) for name in _DECK]
    return [("leaflet.js", _own("leaflet.js")), *engine, *deck]


def deck_style() -> str:
    """Return the styles of the presented briefing as one text that names no file and no host."""
    own = [_HERE / _STYLE, _HERE / "deck" / "deck.css"]
    return "\n".join([_own("leaflet.css"), *(path.read_text(encoding="utf-8") for path in own)])


def basemap() -> bytes:
    """Return the base map's file, gzipped JSON."""
    return _BASEMAP.read_bytes()


def _own(name: str) -> str:
    """Return one of Leaflet's files without what it says of other addresses: none is asked."""
    text = next(text for link, text in packaged().items() if link.endswith(f"/dist/{name}"))
    text += _NO_ICONS if name == "leaflet.js" else ""
    text = re.sub(r"https://leafletjs\.com", "", text)
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    if name.endswith(".css"):
        text = re.sub(r"/\*.*?\*/|behavior: *url\([^)]*\);?", "", text, flags=re.DOTALL)
    return text


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
