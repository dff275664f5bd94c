"""What every session of this process shares: gazetteer, store, index, and the map's files."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
import streamlit.components.v1 as components

from geo import assets, gazetteer, intake, points, store
from geo.folders import cache_folder
from geo.geocode import offline
from geo.i18n import Translator
from geo.index import Index


@dataclass(frozen=True)
class Shelf:
    """The open parts: where places, the record and its counts come from."""

    gazetteer: gazetteer.Gazetteer
    store: store.Store
    index: Index
    new: bool
    """Whether the store was begun just now."""


def opened(t: Translator) -> Shelf:
    """Return everything open and up to date, with progress while something is being built."""
    place = st.empty()
    if not gazetteer.is_built(cache_folder()):
        bar = place.progress(0.0, t("Building the place index; this happens once."))
        text = t("Building the place index; this happens once.")
        gazetteer.open_gazetteer(cache_folder(), lambda share: _show(bar, share, text))
    shelf = _open(store.default_url())
    with place, st.spinner(t("Reading the entries …"), show_time=True):
        shelf.index.refresh()
    place.empty()
    return shelf


def _show(bar: object, share: float, text: str) -> None:
    bar.progress(share, text)  # type: ignore[attr-defined]


@st.cache_resource(show_spinner=False)
def _open(address: str) -> Shelf:
    places = gazetteer.open_gazetteer(cache_folder())
    record = store.open_store(address)
    new = intake.fill_if_new(record, offline(places))
    return Shelf(places, record, Index(record, cache_folder()), new)


@st.cache_resource(show_spinner=False)
def basemap() -> str:
    """Serve the map's files and return the base map's address, relative to the map's frame."""
    folder = cache_folder() / "map-files"
    names = assets.lay_out(folder)
    components.declare_component("files", path=str(folder))
    prefix = f"../{__name__}.files/"
    assets.redirect(prefix, names)
    return prefix + names["basemap.json.gz"]


@st.cache_resource(max_entries=2, show_spinner=False)
def encoded(_index: Index, edition: str) -> points.Points:  # noqa: ARG001 - the cache's key
    """Return the points of this edition of the index."""
    return points.encode(_index.placed(), _index.size)
