"""The page when Glimpse cannot go on: what happened, what is safe, and what to do."""

from __future__ import annotations

import streamlit as st

from geo.errors import GeoError
from geo.i18n import Translator
from views.text import tag, told


def draw(t: Translator, error: GeoError) -> None:
    """Draw an error in place of a page, or below what stood before it happened."""
    with st.container(key="trouble", width=720):
        st.html(tag("h1", t("This page cannot be shown now"), "sentence"))
        st.error(told(t, error))
        safe = t(
            "What was saved is safe: a change is saved whole or not at all, and nothing that was"
            " saved is ever written over."
        )
        st.html(tag("p", safe))
        st.button(t("Try again"), key="try-again")
