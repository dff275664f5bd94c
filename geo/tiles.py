"""Online maps as somebody's own choice: which are offered, whose they are, whom to credit.

Nothing here asks for a tile. The browser of the person who chooses a map does, after the menu
has said which host will see what; the choice stays in that browser, so a link that is shared
makes nobody else's browser call out.

They are offered unless GEO_TILES says otherwise: offering sends nothing, and everybody chooses
for their own browser alone. Whoever must rule it out for all sets GEO_TILES=off.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import xyzservices.providers
from xyzservices import TileProvider

from geo.errors import InputError

_OFF = "off"
_OTHER = "other"
_USUAL = {
    "OpenStreetMap.Mapnik": "OpenStreetMap",
    "CartoDB.Positron": "CARTO Positron",
    "CartoDB.DarkMatter": "CARTO Dark Matter",
    "Esri.WorldImagery": "Esri World Imagery",
}
"""What is offered by default, by the names that xyzservices gives: two maps of streets, a dark
one, and pictures from above."""

_DEEPEST = 19
"""The zoom up to which a source is asked that says nothing of it."""
_PICTURES = {"Imagery", "Satellite", "Marble"}
_FILLED_BY_LEAFLET = {"z", "x", "y", "s", "r"}
_NO_SOURCE = (
    "GEO_TILES names {name}, which xyzservices does not know; use a name like OpenStreetMap.Mapnik,"
    " NAME=https://HOST/{{z}}/{{x}}/{{y}}.png, other, or off."
)
_NO_TEMPLATE = (
    "The address of the map {name} in GEO_TILES must begin with https:// or http:// and hold"
    " {{z}}, {{x}} and {{y}}."
)


@dataclass(frozen=True)
class Source:
    """An online map: where its tiles are, and whom to credit.

    `url` is a template as Leaflet fills it; `{apikey}` in it is a key that whoever chooses the
    map must have. `host` is who sees the requests; `{s}` in it is one of `subdomains`.
    """

    name: str
    url: str
    credit: str
    max_zoom: int = _DEEPEST
    subdomains: str = "abc"
    dark: bool = False
    """True where light symbols are read better."""
    picture: bool = False
    """True for pictures from above, which bear no names."""
    readable: bool = False
    """True where any page may read the tiles (CORS), so that they are asked for without cookies."""

    @property
    def host(self) -> str:
        """The host that is asked, without the part that changes from tile to tile."""
        return (urlsplit(self.url).netloc).removeprefix("{s}.")

    @property
    def needs_key(self) -> bool:
        """True when its tiles are given for a key only."""
        return "{apikey}" in self.url


def sources() -> tuple[Source, ...]:
    """Return the online maps that are offered, in the order of the menu; () when switched off.

    GEO_TILES names them, apart by commas: names of xyzservices, or NAME=ADDRESS for one of
    one's own. Raises `InputError` for a name nobody knows and an address that is none.
    """
    return tuple(_source(name) for name in _named() if name.lower() not in {_OFF, _OTHER})


def others() -> bool:
    """Return whether a person may type an address; a GEO_TILES without `other` rules it out."""
    return _OTHER in map(str.lower, _named())


def is_template(url: str) -> bool:
    """Return whether an address is one of tiles: http or https, a host, and z, x and y."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that are no IPv6 address
        return False
    whole = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return whole and {"z", "x", "y"} <= set(re.findall(r"{(\w+)}", url))


def _named() -> list[str]:
    named = [part.strip() for part in (os.environ.get("GEO_TILES") or "").split(",")]
    return list(filter(None, named)) or [*_USUAL, _OTHER]


@cache
def _source(named: str) -> Source:
    """Return the map of one part of GEO_TILES; looking a name up takes 20 ms, so once."""
    name, _, address = named.partition("=")
    if address:
        if not is_template(address):
            raise InputError(_NO_TEMPLATE, name=name)
        return Source(name, address, urlsplit(address).netloc)
    try:
        return _packaged(xyzservices.providers.query_name(name))
    except ValueError as error:
        raise InputError(_NO_SOURCE, name=name) from error


def _packaged(given: TileProvider) -> Source:
    """Return a source of xyzservices; what Leaflet does not fill in is filled in here."""
    url = str(given["url"])
    for part in set(re.findall(r"{(\w+)}", url)) - _FILLED_BY_LEAFLET:
        value = str(given.get(part, ""))
        is_key = value.startswith("<")  # the stand-in of xyzservices: <insert your API key here>
        url = url.replace(f"{{{part}}}", "{apikey}" if is_key else value)
    words = set(re.findall(r"[A-Z][a-z]+", given.name))
    return Source(
        _USUAL.get(given.name, given.name.replace(".", " ")),
        url,
        str(given.attribution).replace("(C)", "©").replace("--", "–"),
        int(given.get("max_zoom", _DEEPEST)),
        str(given.get("subdomains", "abc")),
        dark=bool(words & (_PICTURES | {"Dark", "Night"})),
        picture=bool(words & _PICTURES),
        readable=given.name in _USUAL,
    )
