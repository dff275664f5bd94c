"""The filter by distance from a place, which the gazetteer finds by its name."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.filters import Filters, Near
from geo.i18n import Translator
from views import address, tally
from views.shelf import Shelf

_RADII = (5.0, 10.0, 25.0, 50.0, 100.0, 250.0)
_OFFERED = 12


def draw(t: Translator, shelf: Shelf, language: str, asked: Filters) -> None:
    """Draw the field for a place, the places of that name, and the radii with their counts."""
    near = Near.read(asked.near)
    name = st.text_input(t("Near a place"), key="near-name", placeholder=t("Pyongyang"))
    found = {one.place.id: one.place for one in shelf.gazetteer.search(name)} if name else {}
    if name and not found:
        st.caption(t("The gazetteer knows no place of this name; try another spelling."))
    offered = list(found)[:_OFFERED]
    if offered:
        st.selectbox(
            t("Which place"), offered, key="near-place", index=None,
            format_func=lambda code: _said(shelf, language, code),
            placeholder=t("choose one"),
            on_change=lambda: _around(shelf, near.km if near else 25.0),
        )  # fmt: skip
    if near:
        _radius(t, shelf, asked, near)


def _said(shelf: Shelf, language: str, code: str) -> str:
    place = shelf.gazetteer.place(code)
    if place is None:
        return code
    region = shelf.region_name(place.admin1 or place.country, language)
    return f"{place.name} {place.native} · {region}".replace("  ", " ")


def _around(shelf: Shelf, km: float) -> None:
    place = shelf.gazetteer.place(st.session_state["near-place"] or "")
    if place:
        address.write("near", Near(place.lat, place.lon, km, place.id).query())


def _radius(t: Translator, shelf: Shelf, asked: Filters, near: Near) -> None:
    """Draw the radii, each with the entries that it would leave."""
    radii = sorted({*_RADII, near.km})
    counts = {
        km: tally.count(shelf.index, replace(asked, near=replace(near, km=km).query()))
        for km in radii
    }
    st.session_state["near-km"] = near.km
    st.pills(
        t("Kilometres around it"), radii, key="near-km", required=True,
        format_func=lambda km: f"{km:g} :gray[{counts[km]:,}]",
        on_change=lambda: address.write(
            "near", replace(near, km=st.session_state["near-km"]).query()
        ),
    )  # fmt: skip
