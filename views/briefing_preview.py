"""What a step finds, beside its form: the same counts and places that its screen will show."""

from __future__ import annotations

import streamlit as st

from geo.briefing.screen import Screen, Spot
from geo.i18n import Translator
from geo.steps import Step
from views import briefing_data
from views.briefing_data import Brief
from views.text import counted, label, tag

_PLACES = 8


def draw(brief: Brief, step: Step) -> None:
    """Draw the preview, with a warning where the step shows less than it was made for."""
    t = brief.t
    deck = briefing_data.alone(brief, step)
    screen = next(one for one in deck.screens if one.kind == "step")
    question = screen.question
    assert question is not None  # noqa: S101 - every step has one
    st.html(tag("div", t("What it finds"), "section"))
    for said in _warnings(brief, step, screen):
        st.warning(label(said))
    with st.container(border=True, key="step-finds"):
        counts = "".join(tag("p", one) for one in question.counts)
        st.html(f'<div class="finds">{counts}</div>')
        if question.spots:
            st.html(_places(t, question.spots[:_PLACES]))
        more = max(0, len(question.spots) - _PLACES) + question.more_spots
        if more:
            st.caption(counted(t, more, "and {n} more place", "and {n} more places"))


def _warnings(brief: Brief, step: Step, screen: Screen) -> list[str]:
    t, question = brief.t, screen.question
    said = [screen.left_out] if screen.left_out else []
    if question is not None and not question.stats.shown:
        said.append(t("The question finds nothing. Ask for less, or for other data."))
    if question is not None and (lost := len(step.entries) - len(question.marked)):
        said.append(
            counted(t, lost, "{n} chosen entry is not found by the question (any more).",
                    "{n} chosen entries are not found by the question (any more).")
        )  # fmt: skip
    return said


def _places(t: Translator, spots: tuple[Spot, ...]) -> str:
    head = "".join(tag("th", said) for said in (t("Place"), t("certain"), t("possible")))
    rows = "".join(
        f"<tr><td>{tag('div', one.name, 'name')}{tag('div', one.precision, 'muted')}</td>"
        f"{tag('td', f'{one.certain:,}', 'certain')}"
        f"{tag('td', f'{one.possible:,}', 'possible')}</tr>"
        for one in spots
    )
    return f'<table class="places"><tr>{head}</tr>{rows}</table>'
