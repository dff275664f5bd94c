"""The map as folium draws it: one stable map with our engine, fed through one door.

No text from outside enters a folium object, because folium evaluates what it is given: the
engine gets base64 and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.errors import InputError
from geo.i18n import Translator
from geo.points import message

WORDS = {
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "show_all": "Show all",
    "regions": "Count by region",
    "tools": "Map tools",
    "measure": "Measure",
    "shape": "Filter by a shape",
    "circle": "Filter by a circle",
    "view_shape": "Filter by what is in view",
    "unshape": "Remove the shape",
    "graticule": "Graticule",
    "coordinates": "Coordinates",
    "full_screen": "Full screen",
    "picture": "Save picture",
    "print": "Print",
    "copy": "Copy the coordinates",
    "copied": "Copied",
    "not_copied": "The browser did not let us copy.",
    "change_form": "Another form: decimal, degrees and minutes, MGRS",
    "at_mark": "Marked",
    "at_centre": "Centre",
    "no_mgrs": "MGRS ends at 84° N and 80° S",
    "measure_hint": "Click or tap points on the map.",
    "shape_hint": "Click or tap the corners.",
    "circle_hint": "Press and drag, or click the centre and then the edge.",
    "take_back": "Take back",
    "close_ring": "Close the ring",
    "use_drawn": "Filter",
    "end": "End",
    "radius": "Radius",
    "corners": "{n} corners",
    "corners_one": "{n} corner",
    "crosses_itself": "no area: the line crosses itself",
    "over_180": "A shape cannot cross the 180th meridian; draw it on one side of it.",
    "inside": "Filter: inside this shape",
    "within": "Filter: within {n} km",
    "opened_beside": "Opened beside the map; leave full screen to read it.",
    "picture_without": "The picture lacks the map's tiles: their server does not let us copy them.",
    "no_symbol": "No symbol in view",
    "map_keys": "Map. N and P go from symbol to symbol, Enter opens one, arrows move the map.",
    "legend": "Legend",
    "credits": "Leaflet · Natural Earth · GeoNames CC BY 4.0",
    "broken": "The map data could not be read. What you see is the last state that could.",
    "here": "{n} here",
    "certain": "{n} certain",
    "inferred": "{n} inferred",
    "possible": "{n} possible",
    "entries": "{n} entries",
    "entries_one": "{n} entry",
    "more_places": "and {n} more places",
    "more_places_one": "and {n} more place",
    "precision_site": "a site, known to about 100 m",
    "precision_district": "somewhere in this district",
    "precision_city": "somewhere in this city",
    "precision_county": "somewhere in this county",
    "precision_province": "somewhere in this province",
    "precision_country": "somewhere in this country",
    "precision_cluster": "several places, close together at this zoom",
    "precision_cell": "all places in this square",
    "legend_size": "Size",
    "legend_size_says": "says how precise",
    "legend_line": "Line",
    "legend_line_says": "says how certain",
    "legend_tone": "Tone",
    "legend_tone_says": "says how verified",
    "legend_count": "Ring",
    "legend_count_says": "says how many are certain",
    "key_site": "site",
    "key_city": "city",
    "key_province": "province",
    "key_line_here": "here",
    "key_line_inferred": "inferred",
    "key_line_possible": "possibly",
    "key_not_assessed": "not assessed",
    "key_reported": "reported",
    "key_corroborated": "corroborated",
    "key_geolocated": "geolocated",
    "key_contested": "contested",
    "key_refuted": "refuted",
    "key_cluster": "together",
    "base_map": "Base map",
    "base_built_in": "Built-in",
    "base_built_in_says": "asks nobody; takes no side over borders",
    "base_contrast": "High contrast",
    "base_contrast_says": "the built-in map in black and white",
    "base_file_says": "a file of this server; asks nobody else",
    "base_online": "Online maps",
    "base_online_says": "The host named below a map will see which part of it you look at, and"
    " your network address; never filters or entries. Your choice stays in this browser. The maps"
    " are other people's, and so is what they say of borders.",
    "base_needs_key": "needs a key",
    "base_other": "Other address …",
    "base_other_says": "XYZ tiles or WMS",
    "base_kind": "Kind",
    "base_url": "Address",
    "base_layers": "Layer",
    "base_credit": "Credits",
    "base_key": "Your key for this map",
    "base_no_key": "Without a key this map cannot be asked.",
    "base_use": "Use this map",
    "base_bad_xyz": "An address of tiles begins with https:// or http:// and holds {z}, {x} and"
    " {y}; of other places in braces only {s} and {r}.",
    "base_bad_wms": "An address of a WMS begins with https:// or http://, and a layer is named.",
    "base_failed": "{map} does not answer. This is the built-in map.",
    "base_again": "Try again",
    "legend_tint": "Tint",
    "legend_tint_province": "entries certainly in a province",
    "legend_tint_country": "entries certainly in a country",
    "legend_tint_none": "none",
    "legend_hatch": "Hatching",
    "legend_hatch_says": "possibly there",
    "key_regions_only": "only possible",
    "key_regions_also": "certain and possible",
    "legend_box": "Name in a box",
    "legend_box_says": "no outline here, or known no finer than the country",
    "regions_choose": "Click: show this region",
    "regions_lift": "Click: take this region out of the filter",
    "regions_no_finer": "in this country; the map draws no finer area for them",
    "regions_no_outline": "this map has no outline of it",
}
"""The engine's texts by its own keys, translated before they are sent. `{n}` is filled there;
`KEY_one` serves where it is 1."""

_ADDRESS = re.compile(r"[A-Za-z0-9_./-]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/=]*")


class _Engine(MacroElement):
    """Starts the engine on the map; its arguments never change, so the map never remounts."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'Glimpse.mount({{ this._parent.get_name() }}, {basemap: "{{ this.basemap }}",'
        " host: {{ this.host.get_name() }}, address: {{ this.address }},"
        " picks: {{ this.picks }}, legend: {{ this.legend }}});"
        "{% endmacro %}"
    )

    def __init__(
        self, basemap: str, host: folium.FeatureGroup, *, address: bool, picks: bool, legend: bool
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Engine"
        self.basemap = _checked(_ADDRESS, basemap)
        self.host = host
        self.address = str(address).lower()
        self.picks = str(picks).lower()
        self.legend = str(legend).lower()


class _Update(MacroElement):
    """Hands the engine one message; the reset keeps st_folium from piling up old groups."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'window.feature_group = []; Glimpse.update("{{ this.message }}");'
        "{% endmacro %}"
    )

    def __init__(self, text: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Update"
        self.message = _checked(_BASE64, text)


def base(
    basemap: str, *, address: bool = True, picks: bool = False, legend: bool = True
) -> folium.Map:
    """Return a new map with the engine; the same arguments give the same script each time.

    `basemap` is the address of the base map's file, relative to the map's frame; `address`
    says whether the view is kept in the page's address, `picks` whether a click reports
    the ground (`geometry`, and the `zoom` among the properties) instead of a symbol, and
    `legend` whether the legend is open where there is room.
    """
    drawn = folium.Map(
        location=[39.8, 127.2], zoom_start=6, tiles=None, zoom_control=False, min_zoom=2,
        max_zoom=18, world_copy_jump=True, prefer_canvas=True, attributionControl=True,
    )  # fmt: skip
    host = folium.FeatureGroup(name="entries")
    host.add_to(drawn)
    _Engine(basemap, host, address=address, picks=picks, legend=legend).add_to(drawn)
    return drawn


def update(value: dict[str, Any]) -> folium.FeatureGroup:
    """Return the group that brings the engine a message."""
    group = folium.FeatureGroup(name="update")
    _Update(message(value)).add_to(group)
    return group


class Outline(TypedDict, total=False):
    """What the filter is limited to: the corners of a shape, or a circle; one of the two."""

    shape: list[tuple[float, float]]  # [lat, lon], …
    near: tuple[float, float, float]  # lat, lon, kilometres


class Further(TypedDict, total=False):
    """What else the engine may be told; what is left out is as if nothing of it were there."""

    selected: int | Sequence[int] | None  # the number of the entry that is open, or several
    focus: int  # when it is another than before, the map moves to those that are selected
    basemaps: dict[str, Any] | None  # what the menu of base maps offers; None: no menu
    regions: dict[str, Any] | None  # what counts by region (`geo.regions`)
    recorded: str  # the date's filter, by which the map knows what an answer is for
    wide: str | None  # the bitset of all other filters, if another than the mask, to play from
    outline: Outline | None  # what the filter is limited to on the ground
    title: str  # stands below a saved picture
    counts: str  # the same
    arrows: Sequence[dict[str, Any]]  # from claimed to verified places (`geo.points.arrow`)


_UNSAID: Further = {
    "selected": None, "focus": 0, "basemaps": None, "regions": None, "recorded": "", "wide": None,
    "outline": None, "title": "", "counts": "", "arrows": (),
}  # fmt: skip


def state(
    t: Translator,
    language: str,
    *,
    theme: str,
    points: dict[str, str],
    mark: str,
    mask: str,
    **more: Unpack[Further],
) -> dict[str, Any]:
    """Return what the engine must know to draw: where the points are, and which entries pass.

    `points` is `{"url": …}` or `{"data": base64}`, `mark` their mark, `mask` a bitset
    (`geo.points`).
    """
    further: Further = {**_UNSAID, **more}
    selected = further["selected"]
    return {
        **further,
        "points": points,
        "hash": mark,
        "mask": mask,
        "selected": selected if selected is None or isinstance(selected, int) else list(selected),
        "lang": language,
        "theme": theme,
        "words": words(t),
        "fit": True,
    }


def words(t: Translator) -> dict[str, str]:
    """Return the engine's texts in the interface's language."""
    return {key: t(text) for key, text in WORDS.items()}


def _checked(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise InputError("A name of the map's own holds a sign that it must not; report this.")
    return text
