"""What every session of this process shares: gazetteer, store, index, and the map's files."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import streamlit as st
import streamlit.components.v1 as components
from streamlit.delta_generator import DeltaGenerator

from geo import assets, gazetteer, intake, points, store
from geo.briefing import shipped
from geo.errors import GeoError, StoreError
from geo.filters import Filters
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

    def region_name(self, code: str, language: str) -> str:
        """Return what a region or county is called, its code when nobody knows it."""
        return self.gazetteer.called(code, language)


def opened(t: Translator) -> Shelf:
    """Return everything open and up to date, with progress while something is being built."""
    place = st.empty()
    _wait_for_gazetteer(place, t("Building the place index; this happens once."))
    shelf = _open(*_standing())
    with place, st.spinner(t("Reading the entries …"), show_time=True):
        shelf.index.refresh()
    place.empty()
    _waiting()[store.default_url()] = shelf.index.to_review(1)[1]
    return shelf


def review_title(t: Translator) -> str:
    """Return the review page's name with the number that waits, as far as it is known yet."""
    waiting = _waiting().get(store.default_url(), 0)
    return f"{t('Review')} ({waiting:,})" if waiting else t("Review")


@st.cache_resource(show_spinner=False)
def _waiting() -> dict[str, int]:
    """Return how many locations wait in each store that was opened, as last counted."""
    return {}


def _standing() -> tuple[str, str]:
    """Return the store's address and the mark of its file, which must not vanish under us."""
    address = store.default_url()
    mark = store.whereabouts(address)
    if not mark and address in _known():
        raise StoreError(
            "The store {path} is gone; put the file back, or start Glimpse again to begin anew.",
            path=address,
        )
    if not mark:
        store.open_store(address).engine.dispose()
        mark = store.whereabouts(address)
    _known().add(address)
    return address, mark


@st.cache_resource(show_spinner=False)
def _known() -> set[str]:
    """Return the addresses of the stores that this process has opened."""
    return set()


class _Build:
    """The place index being built, once for all sessions and to its end if all of them leave."""

    def __init__(self) -> None:
        self.share = 0.0
        self.error: GeoError | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            gazetteer.open_gazetteer(cache_folder(), lambda share: setattr(self, "share", share))
        except GeoError as error:
            self.error = error


@st.cache_resource(show_spinner=False)
def _build() -> _Build:
    return _Build()


def _wait_for_gazetteer(place: DeltaGenerator, text: str) -> None:
    if gazetteer.is_built(cache_folder()):
        return
    build = _build()
    while build.thread.is_alive():
        place.progress(build.share, text)
        build.thread.join(0.15)
    if build.error:
        _build.clear()
        raise build.error


@st.cache_resource(show_spinner=False)
def _open(address: str, mark: str) -> Shelf:  # noqa: ARG001 - another file is another store
    places = gazetteer.open_gazetteer(cache_folder())
    record = store.open_store(address)
    intake.fill_if_new(record, offline(places))
    shipped.fill_if_new(record)
    return Shelf(places, record, Index(record, cache_folder(), places))


def _served(prefix: str) -> bool:
    folder = cache_folder() / "map-files"
    return (folder / prefix.rsplit("/", 1)[-1]).exists()


@st.cache_resource(show_spinner=False, validate=_served)
def basemap() -> str:
    """Serve the map's files and return the base map's address, relative to the map's frame."""
    folder = cache_folder() / "map-files"
    names = assets.lay_out(folder)
    components.declare_component("files", path=str(folder))
    prefix = f"../{__name__}.files/"
    assets.redirect(prefix, names)
    return prefix + names["basemap.json.gz"]


@st.cache_data(max_entries=8, show_spinner=False)
def region_names(_shelf: Shelf, edition: str, language: str) -> dict[str, str]:  # noqa: ARG001 - the cache's key
    """Return the name of every region that occurs in this edition of the index, at any level."""
    levels = ("country", "province", "county")
    codes = {code for level in levels for code in _shelf.index.regions(Filters(), level)}
    return {code: _shelf.region_name(code, language) for code in codes}


@st.cache_resource(max_entries=2, show_spinner=False)
def encoded(_index: Index, edition: str) -> points.Points:  # noqa: ARG001 - the cache's key
    """Return the points of this edition of the index."""
    return points.encode(_index.placed(), _index.size, _index.days())
