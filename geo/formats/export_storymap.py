"""StoryMapJS: a slide an entry, after one that says what the map is and whom to credit."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from geo.entry import Precision
from geo.formats.export_row import About, Item, certainty, placed
from geo.formats.export_said import about_lines, is_site, lines, whereabouts
from geo.i18n import Translator

_AREA = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='96' height='96'%3E"
    "%3Ccircle cx='48' cy='48' r='46' fill='%231f5f8b' fill-opacity='.18' stroke='%231f5f8b'"
    " stroke-width='2'/%3E%3C/svg%3E"
)
"""A circle for what is known as an area only, where StoryMapJS would put a pin."""

_SIZE = 96
_METRES = 156_543
"""Metres in a pixel at zoom 0 on the equator, in Web Mercator tiles of 256 pixels."""


def write(path: Path, about: About, items: Iterable[Item], t: Translator, language: str) -> None:
    """Write the slides; only an entry in one known place is put on the map.

    StoryMapJS knows one marker a slide, so an entry at one of several places, or without any,
    says so in words and has none. Raises `OSError` when the file cannot be written.
    """
    settings = {"language": language, "map_type": "osm:standard", "call_to_action": False}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"storymap":{_json(settings)[:-1]},"slides":[\n{_json(_first(about, t))}')
        for item in items:
            file.write(",\n" + _json(_slide(item, t)))
        file.write("\n]}}\n")


def _first(about: About, t: Translator) -> dict[str, Any]:
    return {
        "type": "overview",
        "date": "",
        "text": {"headline": escape(about.filters), "text": _paragraphs(about_lines(about, t)[1:])},
        "media": {"url": "", "caption": "", "credit": escape("; ".join(about.credits))},
    }


def _slide(item: Item, t: Translator) -> dict[str, Any]:
    entry = item.entry
    places = [place for _, place in placed(entry)]
    slide = {
        "date": entry.recorded,
        "text": {"headline": escape(entry.title), "text": _paragraphs(lines(item, t))},
        "media": _media(item),
    }
    if len(places) == 1 and certainty(entry) == "certain":
        name = escape(whereabouts(entry, t))
        place = places[0]
        drawn = marker(place.lat, place.lon, place.precision, place.uncertainty_m)
        slide["location"] = drawn | {"name": name, "line": False}
    return slide


def marker(lat: float, lon: float, precision: Precision, uncertainty_m: float) -> dict[str, Any]:
    """Return the marker, with the zoom at which it is as large as what is known."""
    at: dict[str, Any] = {"lat": lat, "lon": lon}
    if is_site(precision, uncertainty_m):
        return at | {"zoom": 16}
    shown = _SIZE * _METRES * max(math.cos(math.radians(lat)), 0.1)
    zoom = math.floor(math.log2(shown / (2 * uncertainty_m)))
    drawn = {"icon": _AREA, "iconSize": [_SIZE, _SIZE], "use_custom_marker": True}
    return at | {"zoom": min(max(zoom, 1), 16)} | drawn


def _media(item: Item) -> dict[str, str]:
    """Return what is shown beside the text; nothing that somebody should be warned of first."""
    shown = next((one for one in item.entry.evidence if one.url and not one.graphic), None)
    if shown is None:
        return {"url": "", "caption": "", "credit": ""}
    return {"url": shown.url, "caption": escape(shown.caption), "credit": escape(shown.credit)}


def _paragraphs(said: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in said)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
