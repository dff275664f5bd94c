"""The add page: what a report says of footage becomes entries, each seen before it is saved."""

from __future__ import annotations

import streamlit as st

from geo.i18n import Translator
from views import add_article, shelf
from views.text import tag


def draw(t: Translator, language: str, map_page: st.Page) -> None:
    """Draw the ways to add entries; `map_page` is where saved ones are shown."""
    opened = shelf.opened(t)
    st.html(tag("h1", t("Add from an article"), "sentence"))
    with st.container(key="add"):
        add_article.draw(t, language, opened, map_page)
