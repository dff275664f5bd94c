"""Counts that several reruns of a page ask for again, kept by edition of the index and filters."""

from __future__ import annotations

import streamlit as st

from geo.filters import NAMES, Filters
from geo.index import Count, Index, Stats

_KEPT = 400
_EDITIONS = 8
_FACETS = tuple(name for name in NAMES if name not in ("region", "undated"))


def stats(index: Index, filters: Filters) -> Stats:
    """Return the counts under the filters."""
    return _stats(index, index.edition, filters)


def choices(index: Index, name: str, filters: Filters) -> dict[str, int]:
    """Return each value of a filter with the entries that it would leave, in a lasting order."""
    usual = dict.fromkeys(_facets(index, index.edition, Filters())[name], 0)
    return usual | _facets(index, index.edition, filters)[name]


def regions(index: Index, filters: Filters, level: str = "province") -> dict[str, Count]:
    """Return the counts by region."""
    return _regions(index, index.edition, filters, level)


def count(index: Index, filters: Filters) -> int:
    """Return how many entries pass."""
    return _count(index, index.edition, filters)


def withheld(index: Index) -> int:
    """Return how many entries are withheld."""
    return _withheld(index, index.edition)


def provinces(index: Index) -> dict[str, str]:
    """Return the region that each county lies in."""
    return _provinces(index, index.edition)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _stats(_index: Index, edition: str, filters: Filters) -> Stats:  # noqa: ARG001 - the cache's key
    return _index.stats(filters)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _facets(_index: Index, edition: str, filters: Filters) -> dict[str, dict[str, int]]:  # noqa: ARG001 - the cache's key
    return _index.facets(_FACETS, filters)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _regions(_index: Index, edition: str, filters: Filters, level: str) -> dict[str, Count]:  # noqa: ARG001 - the cache's key
    return _index.regions(filters, level)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _count(_index: Index, edition: str, filters: Filters) -> int:  # noqa: ARG001 - the cache's key
    return _index.count(filters)


@st.cache_data(max_entries=_EDITIONS, show_spinner=False)
def _withheld(_index: Index, edition: str) -> int:  # noqa: ARG001 - the cache's key
    return _index.withheld()


@st.cache_data(max_entries=_EDITIONS, show_spinner=False)
def _provinces(_index: Index, edition: str) -> dict[str, str]:  # noqa: ARG001 - the cache's key
    return _index.provinces()
