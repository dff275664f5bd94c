"""The add page: an article or a file becomes entries, each seen before it is saved."""

from __future__ import annotations

import streamlit as st

from geo.i18n import Translator
from views import add_article, add_file, shelf
from views.text import tag


def draw(t: Translator, language: str, map_page: st.Page) -> None:
    """Draw the ways to add entries; `map_page` is where saved ones are shown."""
    opened = shelf.opened(t)
    st.html(tag("h1", t("Add entries"), "sentence"))
    ways = [t("From an article"), t("From a file")]
    before = ways[st.session_state.get("add-way", 0)]
    with st.container(key="add"):
        tabs = st.tabs(ways, default=before, key="add-tabs", on_change="rerun")
        for number, (tab, page) in enumerate(zip(tabs, (add_article, add_file), strict=True)):
            if tab.open:
                st.session_state["add-way"] = number  # for the next visit, in any language
                with tab:
                    page.draw(t, language, opened, map_page)
