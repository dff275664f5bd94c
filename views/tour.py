"""The tour of the map page: its steps, the invitation to it, and its start from another page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.i18n import Translator
from views.text import tag

STEPS = (
    (
        (".st-key-sentence",),
        "What you are looking at",
        "This line says in words which entries are shown. The counts below it leave nothing out: an"
        " entry counts once, however many places it may be in, and those without a place are"
        " counted too.",
    ),
    (
        (".st-key-filters", '[data-testid="stExpandSidebarButton"]'),
        "Ask for less",
        "Every filter says how many entries each of its choices would leave; for regions the first"
        " number is certain, the second only possible. Words are searched in any spelling.",
    ),
    (
        (".st-key-map",),
        "How to read the map",
        "The larger a symbol, the less exactly the place is known. A solid line means filmed here,"
        " a dotted one inferred, a dashed one only possibly here. The legend says the rest.",
    ),
    (
        (".st-key-panel",),
        "Why here?",
        "Click a symbol to list its entries. An open entry shows the report's own words, and under"
        " “Why here?” every place that was considered, where it came from and who decided.",
    ),
    (
        (".st-key-timeline",),
        "When it was recorded",
        "The timeline counts entries by date. Drag over it to filter, or play it. Entries without a"
        " date have a bar of their own.",
    ),
    (
        (".st-key-download",),
        "Take it with you",
        "The address of this page is the view: send it, and others see what you see. Download"
        " writes the entries that are shown as a file that says how sure each place is.",
    ),
)
"""Of each step what it points at (the first that is on the page; none leaves the step out), its
heading and its text."""


def data(t: Translator) -> dict[str, Any]:
    """Return what the script needs: the steps in words, and how often the tour was asked for."""
    words = {"back": "Back", "next": "Next", "done": "Done", "skip": "Skip", "of": "{n} of {all}"}
    return {
        "steps": [[list(where), t(heading), t(text)] for where, heading, text in STEPS],
        "words": {key: t(text) for key, text in words.items()},
        "start": st.session_state.get("tour-start", 0),
    }


def invite(t: Translator) -> None:
    """Draw the invitation; the script shows it to those who came for the first time."""
    said = tag("h2", t("New here?")) + tag(
        "p", t("A tour of two minutes shows how to read this map.")
    )
    start = f'<button data-glimpse="tour">{t("Start the tour")}</button>'
    no = f'<button data-glimpse="no-tour">{t("No thanks")}</button>'
    st.html(f'<div class="card glimpse-invite">{said}{start} {no}</div>')


def start(t: Translator, map_page: st.Page) -> None:
    """Draw the button that starts the tour from another page."""
    if st.button(t("Start the tour"), key="tour"):
        st.session_state["tour-start"] = st.session_state.get("tour-start", 0) + 1
        st.switch_page(map_page)
