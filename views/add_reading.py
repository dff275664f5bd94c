"""Reading an article once for all sessions of this process."""

from __future__ import annotations

import streamlit as st

from geo import article
from geo.gazetteer import Gazetteer
from views.shelf import Shelf


def reading(opened: Shelf, text: str) -> article.Reading:
    """Return the mentions and scenes of a text; raises `InputError` when it is too long."""
    found: article.Reading = _reading(opened.gazetteer, str(opened.gazetteer.path), text)
    return found


@st.cache_resource(max_entries=8, show_spinner=False)
def _reading(_places: Gazetteer, edition: str, text: str) -> article.Reading:
    return _reader(_places, edition).read(text)


@st.cache_resource(max_entries=2, show_spinner=False)
def _reader(_places: Gazetteer, edition: str) -> article.Reader:  # noqa: ARG001 - the cache's key
    return article.reader(_places)
