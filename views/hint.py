"""What stands beside the map while no entry is open: what to do, or why there is nothing."""

from __future__ import annotations

import streamlit as st

from geo.i18n import Translator
from geo.index import Stats
from views import address, pages, tour
from views.text import tag


def draw(t: Translator, stats: Stats) -> None:
    """Say how entries come here, that the filters leave none, or what can be chosen."""
    if stats.total == 0:
        _card(
            t("No entry yet"),
            t(
                "Here stand the entries of a place, once there are some. They come from an article"
                " that you paste, or from a sheet or a map file."
            ),
        )
        with st.container(key="hint"):
            pages.link("add", t("Add entries"))
    elif stats.shown == 0:
        _card(
            t("No entry fits these filters"),
            t("Remove a part of the sentence above the map, or start again with all entries."),
        )
        st.button(t("Reset all filters"), key="reset-nothing", on_click=address.reset)
    else:
        hint = t("Choose a place on the map or a row of the table to see what is reported.")
        st.html(f'<div class="card">{tag("p", hint, "muted")}</div>')
        tour.invite(t)


def _card(heading: str, text: str) -> None:
    st.html(f'<div class="card">{tag("h2", heading)}{tag("p", text)}</div>')
