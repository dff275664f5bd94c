"""The line above the map: the whole filter in words, each part with its remover, and the counts."""

from __future__ import annotations

import streamlit as st

from geo.counted import phrases
from geo.index import Stats
from views import add_step, address, download, sidebar, tally
from views.lists import View
from views.text import label, tag


def draw(view: View, stats: Stats) -> None:
    """Draw the sentence, what in the address was not understood, and the counts."""
    t = view.t
    with st.container(key="sentence", gap=None):
        _filters(view)
        with st.container(key="counts", horizontal=True, vertical_alignment="center"):
            st.markdown(" · ".join(phrases(t, stats, tally.withheld(view.shelf.index))))
            add_step.draw(view)
            download.draw(view, stats.shown)
    odd = list(address.not_understood())
    if not set(address.filters().region) <= set(view.names["region"]):
        odd.append("region")
    if odd:
        names = ", ".join(sidebar.heading(t, name) for name in odd)
        said = t("A part of the address could not be read and was left out: {names}.", names=names)
        st.caption(f":material/info: {said}")


def _filters(view: View) -> None:
    t = view.t
    parts = view.filters.parts(t, view.names)
    sentence = view.filters.describe(t, view.names)
    st.html(tag("h1", sentence, "sentence spoken" if parts else "sentence"))
    if not parts:
        return
    with st.container(key="parts", horizontal=True, gap="xsmall", vertical_alignment="center"):
        for name, said in parts:
            st.button(
                label(said if len(said) <= _LONG else said[: _LONG - 1] + "…"),
                key=f"drop-{name}", icon=":material/close:", icon_position="right",
                help=t("Remove this filter"), on_click=address.drop, args=(name,),
            )  # fmt: skip
        st.button(t("Reset"), key="reset", type="tertiary", on_click=address.reset)


_LONG = 90
"""Letters of one part of the sentence; the rest is told by the filter itself."""
