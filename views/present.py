"""Presenting: the deck fills the window, and what it shows was put to the data as it began."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import streamlit as st
import streamlit.components.v1 as components

from geo import assets, points
from geo.briefing.payload import payload
from geo.folders import cache_folder
from geo.steps import Presented
from views import briefing_at, briefing_data
from views.briefing_data import Brief
from views.shelf import Shelf

_focus = st.components.v2.component(
    "glimpse.present", js=(Path(__file__).parent / "present.js").read_text(encoding="utf-8")
)


def draw(brief: Brief) -> None:
    """Draw the deck."""
    t = brief.t
    with st.container(key="present"):
        st.button(
            t("Leave"), key="present-leave", icon=":material/close:", on_click=briefing_at.leave,
        )  # fmt: skip
        with st.spinner(t("Putting the briefing to the data …")):
            told = _told(brief)
        _focus(key="present-focus", data={})
        _component()(payload=told, language=brief.language, key="deck", default=None)


def begin(brief: Brief) -> None:
    """Present the briefing, and keep in the record that it was, for the list of what changed.

    A link to the presentation, a reload, or the browser's Back keeps nothing.
    """
    store, name = brief.shelf.store, brief.briefing.id
    store.save([Presented(id=name, seq=store.head()[0])], getpass.getuser(), "presented")
    briefing_at.present()


def _told(brief: Brief) -> str:
    """Return what the frame needs; made once for a revision, its data and a language."""
    edition = brief.data.index.edition
    return _packed(brief.shelf, brief, brief.seq, edition, brief.language)


@st.cache_resource(max_entries=4, show_spinner=False)
def _packed(_opened: Shelf, _brief: Brief, seq: int, edition: str, language: str) -> str:  # noqa: ARG001 - the cache's key
    return points.message(payload(briefing_data.deck(_opened, _brief.briefing, language)))


def _laid_out(_made: Any) -> bool:  # noqa: ANN401 - Streamlit's own
    return (cache_folder() / "deck" / "index.html").exists()


@st.cache_resource(show_spinner=False, validate=_laid_out)
def _component() -> Any:  # noqa: ANN401 - Streamlit's own
    folder = cache_folder() / "deck"
    assets.lay_out_deck(folder)
    return components.declare_component("deck", path=str(folder))
