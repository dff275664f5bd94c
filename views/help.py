"""What the words and the symbols mean, and what the map rests on."""

from __future__ import annotations

import streamlit as st

from geo.i18n import Translator
from views import help_map, help_work, keys, tour


def draw(t: Translator, map_page: st.Page) -> None:
    """Draw the help page; `map_page` is where the tour starts."""
    with st.container(width=720):
        st.title(t("Help"), anchor=False)
        tour.start(t, map_page)
        for heading, text in (*help_map.SAID, *help_work.SAID):
            st.header(t(heading), anchor=False)
            st.markdown(t(text))
        st.header(t("Keys"), anchor=False)
        st.html(keys.table(t))
