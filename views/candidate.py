"""Candidates on the screen: each as a card, and all of them on a map."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit_folium import st_folium

from geo import layers, points
from geo.dates import said_moment
from geo.entry import Candidate, Match, Provenance
from geo.i18n import Translator
from views import basemaps, point, shelf
from views.text import spaced, tag


def candidate_card(
    t: Translator, opened: shelf.Shelf, one: Candidate, *, chosen: bool = False
) -> str:
    """Return one candidate as HTML: the place, how well its name fits, where it comes from."""
    mark = "✓ " if chosen else ""
    source = one.provenance
    name = tag("span", f"{mark}{named(t, opened, one)}")
    own = source.match is Match.MANUAL
    said = t("a person's point") if own else t("name match {n}", n=f"{one.confidence:.2f}")
    confidence = tag("span", said, "sure")
    why = " · ".join([_found(t, source), _extent(t, one), one.place_id])
    head = f'<div class="name">{name}{confidence}</div>'
    return f'<div class="candidate">{head}{tag("div", why, "why")}</div>'


def named(t: Translator, opened: shelf.Shelf, one: Candidate) -> str:
    """Return a candidate's name in both scripts and, where it is another one, its region's."""
    name = t.name(one.name, one.native)
    region = opened.region_name(one.region, t.language) if one.region else ""
    return f"{name}, {region}" if region and region not in (one.name, one.native) else name


def _found(t: Translator, source: Provenance) -> str:
    """Return who was asked what and when, or what a person typed or clicked."""
    at = said_moment(source.at, t)
    if source.match is Match.MANUAL:
        return t("put there by a person on {at}: “{query}”", at=at, query=source.query)
    if source.match is Match.GIVEN:
        return t(
            "{match} as “{name}” in the file {provider} ({version}), read on {at}",
            match=spaced(t, source.match), name=source.matched_name, provider=source.provider,
            version=source.version, at=at,
        )  # fmt: skip
    return t(
        "{match} name “{name}” · {provider} {version}, asked for “{query}” on {at}",
        match=spaced(t, source.match), name=source.matched_name, provider=source.provider,
        version=source.version, query=source.query, at=at,
    )  # fmt: skip


def _extent(t: Translator, one: Candidate) -> str:
    digits = _COARSE if one.uncertainty_m >= _KILOMETRE_M else _FINE
    return t(
        "{precision}, within {km} km of {lat}, {lon}",
        precision=spaced(t, one.precision), km=f"{one.uncertainty_m / 1000:.3g}",
        lat=f"{one.lat:.{digits}f}", lon=f"{one.lon:.{digits}f}",
    )  # fmt: skip


_KILOMETRE_M = 1_000
_COARSE, _FINE = 2, 5
"""Decimals of a degree that are shown: about a kilometre, about a metre."""


def candidate_map(
    t: Translator, language: str, candidates: Sequence[Candidate], key: str, *, picks: bool = True
) -> None:
    """Draw the candidates, each as large as it is uncertain.

    With `picks`, a click on the map proposes the ground there.
    """
    points_map(t, language, points.of_candidates(candidates), len(candidates), key, picks=picks)


def points_map(
    t: Translator, language: str, columns: dict[str, NDArray[Any]], entries: int, key: str,
    *, picks: bool = False, moved: Sequence[tuple[Candidate, Candidate, str]] = (),
) -> None:  # fmt: skip
    """Draw the places of so many entries; `moved` are arrows from a place to another."""
    encoded = points.encode(columns, entries)
    value = layers.state(
        t,
        language,
        theme=st.context.theme.type or "light",
        points={"data": base64.b64encode(encoded.data).decode()},
        mark=encoded.mark,
        mask=points.bitset(np.ones(entries, dtype=np.bool_)),
        basemaps=basemaps.offered(t),
        arrows=[points.arrow(*each) for each in moved],
    )
    with st.container(key="candidates"):
        st_folium(
            layers.base(shelf.basemap(), address=False, picks=picks),
            key=f"candidates-{key}",
            height=420,
            use_container_width=True,
            feature_group_to_add=layers.update(value),
            returned_objects=["last_active_drawing"],
            on_change=partial(point.take_click, f"candidates-{key}", key) if picks else None,
        )
