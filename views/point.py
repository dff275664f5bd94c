"""A person's own point on the review page, and how exactly any place is known, set by hand."""

from __future__ import annotations

import datetime as dt
import math
from functools import partial

import streamlit as st

from geo import proposal
from geo.coordinates import Read, clicked, read
from geo.entry import Candidate, Precision
from geo.errors import InputError
from geo.geocode import COUNTRIES_OF_INTEREST
from geo.i18n import Translator
from geo.review import Pending
from views import shelf
from views.text import spaced, visible


def take_click(state: str, key: str) -> None:
    """Remember the ground that was clicked on the map of a location."""
    drawing = (st.session_state.get(state) or {}).get("last_active_drawing") or {}
    lon, lat = drawing.get("geometry", {}).get("coordinates", (math.nan, math.nan))
    zoom = drawing.get("properties", {}).get("zoom", math.nan)
    try:
        st.session_state[f"click-{key}"] = clicked(float(lat), float(lon), float(zoom))
    except InputError as error:
        st.session_state[f"click-{key}"] = error


def said(one: Pending) -> list[Read]:
    """Return what was clicked and typed for a location, as far as it can be read."""
    return [each for each in _said(one) if isinstance(each, Read)]


def _said(one: Pending) -> list[Read | InputError]:
    found = [st.session_state.get(f"click-{one.key}")]
    if typed := st.session_state.get(f"typed-{one.key}", "").strip():
        try:
            found.append(read(typed, next(iter(one.location.candidates), None)))
        except InputError as error:
            found.append(error)
    return [each for each in found if each is not None]


def ask(t: Translator, one: Pending) -> None:
    """Draw the field for coordinates, and why what was typed or clicked is no place."""
    st.text_input(
        t("Type coordinates"), key=f"typed-{one.key}",
        placeholder="39.03, 125.75 · 39°01'30\"N 125°45'00\"E · 51SYD3823 · 8QF72QJ2+22",
        help=t("Latitude first. A short Plus Code is read as the one nearest to the first"
               " candidate. A click on the map proposes the place that was clicked."),
    )  # fmt: skip
    for each in _said(one):
        if isinstance(each, InputError):
            st.warning(t(each.sentence, **each.values))


def made(opened: shelf.Shelf, one: Pending, said: Read) -> Candidate:
    """Return a person's point with what they have set for it so far."""
    key = _key(one, said)
    region = st.session_state.get(f"region-{key}")
    if region is None:
        region = proposal.likely_region(opened.gazetteer, said, one.location.candidates)
    name = st.session_state.get(f"name-{key}", "").strip() or one.location.locality
    level, radius_m = _set(key, proposal.level_for(said.radius_m), said.radius_m)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return proposal.point(said, name, region, level=level, radius_m=radius_m, at=now)


def fitted(one: Pending, candidate: Candidate) -> Candidate:
    """Return a candidate as exact as a person has set it, or as it is."""
    key = f"{one.key}-{candidate.place_id}"
    level, radius_m = _set(key, candidate.precision, candidate.uncertainty_m)
    return proposal.adjusted(candidate, level, radius_m)


def settings(t: Translator, opened: shelf.Shelf, one: Pending, of: Candidate | Read) -> None:
    """Draw what a person can set before accepting: precision, radius, for a point also the name."""
    by_hand = isinstance(of, Read)
    key = _key(one, of) if by_hand else f"{one.key}-{of.place_id}"
    radius = of.radius_m if by_hand else of.uncertainty_m
    level = proposal.level_for(radius) if by_hand else of.precision
    with st.popover(t("Precision and radius")):
        if by_hand:
            _name_and_region(t, opened, one, of)
        levels = [each.value for each in Precision if each in (level, *_LEVELS)]
        st.selectbox(
            t("Precision"), levels, index=levels.index(level.value), key=f"level-{key}",
            format_func=partial(spaced, t),
            help=t("What is known of the place; a large radius makes it coarser."),
        )  # fmt: skip
        least = _km(radius) if by_hand else _km(_PIN_M)
        st.number_input(
            t("Radius in km"), min_value=min(least, _km(radius)), max_value=_WORLD_KM,
            value=_km(radius), step=0.1, format="%.2f", key=f"radius-{key}",
        )  # fmt: skip


_LEVELS = tuple(level for level in Precision if level is not Precision.COUNTRY)
_PIN_M = 100
"""The finest radius to which a place of the gazetteer may be narrowed: what a pin claims."""
_WORLD_KM = 20_000.0


def _name_and_region(t: Translator, opened: shelf.Shelf, one: Pending, said: Read) -> None:
    key, candidates = _key(one, said), one.location.candidates
    st.text_input(t("What the place is called"), one.location.locality, key=f"name-{key}")
    regions = proposal.regions_near(opened.gazetteer, said, candidates, COUNTRIES_OF_INTEREST)
    likely = proposal.likely_region(opened.gazetteer, said, candidates)
    options = ["", *regions]

    def name(code: str) -> str:
        place = opened.gazetteer.region(code)
        return visible(f"{place.name if place else code} ({code})") if code else t("not known")

    st.selectbox(
        t("Region"), options, index=options.index(likely), format_func=name, key=f"region-{key}"
    )


def _set(key: str, level: Precision, radius_m: float) -> tuple[Precision, float]:
    """Return precision and radius as set by hand; what was not touched stays exactly as it is."""
    chosen = Precision(st.session_state.get(f"level-{key}", level))
    km = st.session_state.get(f"radius-{key}", _km(radius_m))
    return chosen, radius_m if km == _km(radius_m) else km * 1000


def _km(metres: float) -> float:
    """Return kilometres for the field, rounded up to ten metres."""
    return math.ceil(metres / 10) / 100


def _key(one: Pending, said: Read) -> str:
    return f"{one.key}-{name_of(said)}"


def name_of(said: Read) -> str:
    """Return what tells a point from others that were clicked or typed for the same location."""
    return f"{said.form}-{said.lat:.6f},{said.lon:.6f}-{said.radius_m:.0f}"
