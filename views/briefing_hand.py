"""The download menu of a briefing: one file, made on the click, that needs no network."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from geo.i18n import LANGUAGES
from views import briefing_data
from views.briefing_data import Brief
from views.text import label

_HEADINGS = {
    "html": "HTML: one file that presents in any browser, with the map inside",
    "pptx": "PowerPoint: slides with text as text, notes and pictures of the map",
    "slides": "PDF: slides",
    "report": "PDF: a report with numbered figures and an index of entries",
    "png": "PNG: the map of one step",
    "json": "JSON: the briefing itself; can be imported again",
    "storymap": "StoryMapJS: a slide a step",
}
"""What each format is for."""
_SUFFIX = {
    "html": ".html", "pptx": ".pptx", "slides": ".pdf", "report": ".pdf", "png": ".png",
    "json": ".json", "storymap": ".storymap.json",
}  # fmt: skip
_SAID = {
    "html": "Speaker notes are in it, for the presenter: whoever gets the file can read them.",
    "pptx": "Speaker notes are in it, as notes: whoever gets the file can read them.",
    "none": "Speaker notes are not in it.",
    "slides": "Speaker notes are not in it.",
    "report": "Speaker notes are not in it.",
    "png": "The counts, the legend and the credits stand on it; speaker notes do not.",
    "json": "It holds the questions, words, speaker notes and pictures, and no entry.",
    "storymap": "Speaker notes are not in it, nor pictures: only what StoryMapJS knows.",
}
_NOTED = ("html", "pptx", "json")
"""The formats that carry speaker notes, unless they are left at home."""
_PAPERS = ("A4", "Letter")


def draw(brief: Brief) -> None:
    """Draw the menu; nothing is put to the data before the button is pressed."""
    t, briefing = brief.t, brief.briefing
    menu = st.popover(
        t("Download"), icon=":material/download:", on_change="rerun", key="briefing-hand"
    )
    if not menu.open:
        return
    with menu, st.container(key="briefing-hand-menu"):
        form = st.radio(
            t("Format"),
            list(_HEADINGS),
            format_func=lambda one: t(_HEADINGS[one]),
            key="hand-format",
        )
        language = st.selectbox(
            t("Language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key="hand-language",
            index=list(LANGUAGES).index(brief.language),
        )  # fmt: skip
        given = _given(brief, form)
        notes = form in _NOTED and st.toggle(t("With speaker notes"), value=True, key="hand-notes")
        said = t(_SAID["none"] if form in _NOTED and not notes else _SAID[form])
        st.caption(" ".join((said, *_about(brief, language, form))))
        suffix = _SUFFIX[form]
        st.download_button(
            t("Download {suffix}", suffix=suffix), key=f"hand-{brief.seq}-{form}",
            data=partial(_made, brief, language, suffix, given, notes=notes), on_click="ignore",
            file_name=f"{briefing.id}{suffix}", mime="application/octet-stream", type="primary",
            disabled=form == "png" and not briefing.steps,
        )  # fmt: skip


def _given(brief: Brief, form: str) -> dict[str, Any]:
    """Return what else the format asks for: the paper, or which step."""
    t, steps = brief.t, brief.briefing.said(brief.language).steps
    if form in ("slides", "report"):
        paper = st.radio(t("Paper"), _PAPERS, key="hand-paper", horizontal=True)
        return {"paper_size": paper, "form": form}
    if form == "png" and steps:
        names = {one.id: f"{n}. {one.headline or brief.question(one)}"
                 for n, one in enumerate(steps, 1)}  # fmt: skip
        step = st.selectbox(t("Step"), list(names), format_func=names.__getitem__, key="hand-step")
        return {"step": step}
    return {}


def _about(brief: Brief, language: str, form: str) -> list[str]:
    """Return what the file rests on, as sentences."""
    t, briefing = brief.t, brief.briefing
    if form == "json":
        return [t("A freeze is not in it: it belongs to this store.")]
    deck = briefing_data.deck(brief.shelf, briefing, language)
    said = [label(deck.profile), t("As of {moment}.", moment=label(deck.as_of))]
    if language not in briefing.languages:
        said.append(t("It has no words in {language}; they stand in its own.",
                      language=LANGUAGES[language]))  # fmt: skip
    return said


def _made(brief: Brief, language: str, suffix: str, given: dict[str, Any], *, notes: bool) -> bytes:
    """Return the file; Streamlit calls this in a thread of its own, after the click."""
    from geo.briefing.handing import hand_over

    deck = briefing_data.deck(brief.shelf, brief.briefing, language)
    deck = deck if notes else deck.without_notes()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"{brief.briefing.id}{suffix}"
        hand_over(out, deck, **given)
        return out.read_bytes()
