"""One step of a briefing: its words, its question, how the map stands, what stands beside it."""

from __future__ import annotations

import streamlit as st

from geo.errors import InputError
from geo.i18n import LANGUAGES
from geo.steps import Beside, Step
from views import (
    briefing_draft,
    briefing_exhibit,
    briefing_keep,
    briefing_preview,
    briefing_prose,
    briefing_question,
    standing,
)
from views.briefing_at import open_step
from views.briefing_data import Brief
from views.briefing_draft import Draft
from views.briefing_fields import Form
from views.briefing_steps import SAID
from views.text import tag


def draw(brief: Brief, name: str) -> None:
    """Draw the form of the step, and beside it what the step finds."""
    t, draft = brief.t, briefing_draft.draft(brief, name)
    if draft is None:
        st.html(tag("p", t("This briefing has no such step (any more)."), "muted"))
        return
    _head(brief, draft)
    left, right = st.columns([6, 5], gap="medium")
    step = _typed(draft)
    with left, st.container(border=True, key="briefing-step"):
        _words(brief, Form(t, draft), step)
        with st.container():  # of its own, so that nothing below moves to another place
            briefing_question.draw(brief, draft, step)
        with st.container():
            briefing_exhibit.draw(brief, draft, step)
        _beside(brief, Form(t, draft))
        _translations(brief, Form(t, draft))
        briefing_keep.buttons(brief, draft)
    with right, st.container(key="briefing-preview", gap="small"):
        briefing_preview.draw(brief, step)
    standing.ask("step")


def _typed(draft: Draft) -> Step:
    """Return the step as typed, as it is kept where what was typed cannot be."""
    try:
        found = draft.changed().steps
    except InputError:
        found = draft.base.steps
    return next((one for one in found if one.id == draft.step), Step(id=draft.step))


def _head(brief: Brief, draft: Draft) -> None:
    """Draw the step's place among the others, with the way to its neighbours."""
    t, names = brief.t, [one.id for one in brief.briefing.steps]
    at = names.index(draft.step) if draft.step in names else -1
    with st.container(horizontal=True, vertical_alignment="center", key="briefing-step-head"):
        place = t("Step {n} of {all}", n=at + 1, all=len(names)) if at >= 0 else t("Step")
        st.html(tag("h1", place, "sentence"))
        for said, to, sign in (
            (t("Previous step"), at - 1, ":material/arrow_back:"),
            (t("Next step"), at + 1, ":material/arrow_forward:"),
        ):
            there = at >= 0 and 0 <= to < len(names)
            st.button(
                said, key=f"step-go-{to - at}", icon=sign, disabled=not there, type="tertiary",
                on_click=open_step, args=(names[to] if there else "",),
            )  # fmt: skip


def _words(brief: Brief, form: Form, step: Step) -> None:
    t = brief.t
    form.line(t("Headline"), "headline", placeholder=brief.question(step)[:200])
    form.area(t("Text"), "text", height=170)
    briefing_prose.preview(brief, str(form.draft.get("text")), "text", step)
    form.area(
        t("Speaker notes"), "notes", height=100,
        help=t("Only the presenter sees them while presenting. They go along in HTML, PowerPoint"
               " and JSON files."),
    )  # fmt: skip


def _beside(brief: Brief, form: Form) -> None:
    t = brief.t
    form.choice(
        t("Beside the map"), [one.value for one in Beside],
        lambda value: t(SAID[Beside(value)]), "beside",
    )  # fmt: skip


def _translations(brief: Brief, form: Form) -> None:
    """Draw the words in the languages besides the briefing's own."""
    t = brief.t
    for code in [one for one in LANGUAGES if one != brief.briefing.language]:
        title = t("Words in {language}", language=LANGUAGES[code])
        with st.expander(title, key=f"step-words-{code}"):
            st.caption(t("What is left empty stands in the briefing's own language."))
            form.line(t("Headline"), "translations", code, "headline")
            form.area(t("Text"), "translations", code, "text")
            form.area(t("Speaker notes"), "translations", code, "notes")
