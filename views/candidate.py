"""Candidates on the screen: each as a card, and all of them on a map."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from geo import layers, points
from geo.entry import Candidate, Match
from geo.i18n import Translator
from views import shelf
from views.text import spaced, tag

_LOOKED_UP = (
    "{match} name “{name}” · {provider} {version} · {precision}, within {km} km ·"
    " {lat}, {lon} · asked {at} · {id}"
)
_GIVEN = (
    "{match} as “{name}” in the file {provider} ({version}) · {precision}, within {km} km ·"
    " {lat}, {lon} · read {at} · {id}"
)


def candidate_card(
    t: Translator, opened: shelf.Shelf, one: Candidate, *, chosen: bool = False
) -> str:
    """Return one candidate as HTML: the place, how well its name fits, where it comes from."""
    region = opened.gazetteer.region(one.region)
    native = f" {one.native}" if one.native and one.native != one.name else ""
    where = f", {t(region.name)}" if region and region.name != one.name else ""
    mark = "✓ " if chosen else ""
    source = one.provenance
    why = t(
        _GIVEN if source.match is Match.GIVEN else _LOOKED_UP,
        match=spaced(t, source.match), name=source.matched_name, provider=source.provider,
        version=source.version, precision=spaced(t, one.precision),
        km=f"{one.uncertainty_m / 1000:g}", lat=f"{one.lat:.2f}", lon=f"{one.lon:.2f}",
        at=f"{source.at:%Y-%m-%d}", id=one.place_id,
    )  # fmt: skip
    name = tag("span", f"{mark}{one.name}{native}{where}")
    confidence = tag("span", t("name match {n}", n=f"{one.confidence:.2f}"), "sure")
    head = f'<div class="name">{name}{confidence}</div>'
    return f'<div class="candidate">{head}{tag("div", why, "why")}</div>'


def candidate_map(t: Translator, language: str, candidates: Sequence[Candidate], key: str) -> None:
    """Draw the candidates, each as large as it is uncertain."""
    encoded = points.encode(points.of_candidates(candidates), len(candidates))
    value = layers.state(
        t,
        language,
        theme=st.context.theme.type or "light",
        points={"data": base64.b64encode(encoded.data).decode()},
        mark=encoded.mark,
        mask=points.bitset(np.ones(len(candidates), dtype=np.bool_)),
    )
    with st.container(key="candidates"):
        st_folium(
            layers.base(shelf.basemap(), address=False),
            key=f"candidates-{key}",
            height=420,
            use_container_width=True,
            feature_group_to_add=layers.update(value),
            returned_objects=["last_active_drawing"],
        )
