"""The steps of a briefing as an ordered list: moved by drag, keys or buttons, opened, removed.

Drawn by a component of ours: Streamlit has no list whose order a person can change, and five
buttons a row of it would be a thousand for a long briefing. The list shows a new order at once;
the order is what it tells the server, which saves it upon the revision that the list was drawn of.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from geo.steps import MOST_STEPS, Beside, Step
from views import briefing_acts, briefing_draft
from views.briefing_data import Brief
from views.text import tag, visible

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "glimpse.steps",
    js=(_HERE / "briefing_steps.js").read_text(encoding="utf-8"),
    css=(_HERE / "briefing_steps.css").read_text(encoding="utf-8"),
)
_SAID = {
    "list": "Steps in order",
    "edit": "Edit step {n}: {headline}",
    "handle": "Drag step {n} to another place; Alt with ↑ or ↓ moves it too",
    "up": "Move step {n} up",
    "down": "Move step {n} down",
    "copy": "Duplicate step {n}",
    "drop": "Delete step {n}",
    "moved": "Step {n} of {all}",
    "certain": "certain",
    "possible": "possible",
    "unplaced": "without a place",
}
SAID = {
    Beside.NOTHING: "nothing beside the map",
    Beside.TIMELINE: "timeline",
    Beside.REGIONS: "counts by region",
    Beside.TABLE: "table",
}
"""What stands beside the map."""


def draw(brief: Brief) -> None:
    """Draw the list and, below it, the way to a further step."""
    t, steps = brief.t, brief.briefing.steps
    st.html(tag("div", t("Steps"), "section"))
    if not steps:
        st.html(f'<div class="card">{tag("p", t(_NO_STEP), "muted")}</div>')
    else:
        _component(
            key=briefing_acts.KEY, on_asked_change=lambda: briefing_acts.asked(brief),
            data={"words": {key: t(text) for key, text in _SAID.items()}, "seq": brief.seq,
                  "turn": briefing_acts.turn(),
                  "rows": [_row(brief, one) for one in brief.briefing.said(brief.language).steps]},
        )  # fmt: skip
    st.button(
        t("Add a step"), key="step-add", icon=":material/add:", on_click=briefing_acts.add,
        args=(brief,), disabled=len(steps) >= MOST_STEPS,
    )  # fmt: skip


_NO_STEP = (
    "No step yet. Add one here, or set the map as you want to show it and choose “Add this view as"
    " a step” there."
)


def _row(brief: Brief, step: Step) -> dict[str, Any]:
    t, stats, (_, odd) = brief.t, brief.stats(step), brief.asked(step)
    marks = []
    if step.beside is not Beside.NOTHING:
        marks.append(t(SAID[step.beside]))
    if step.exhibit:
        marks.append(t("picture"))
    if briefing_draft.unsaved(brief.briefing.id, step.id):
        marks.append(t("not saved yet"))
    warning = t("A part of the question cannot be read.") if odd else ""
    if not stats.shown:
        warning = warning or t("It finds nothing.")
    question = brief.question(step)
    return {
        "id": step.id, "headline": visible(step.headline or question),
        "question": visible(question), "marks": marks, "warning": warning,
        "counts": {"certain": f"{stats.certain:,}", "possible": f"{stats.possible:,}",
                   "unplaced": f"{sum(stats.unplaced.values()):,}"},
    }  # fmt: skip
