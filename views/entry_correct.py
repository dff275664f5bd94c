"""Correcting a place on the entry's page: another candidate, a point of one's own, or none."""

from __future__ import annotations

import streamlit as st

from geo.review import Pending
from views import ask, decide, point
from views.candidate import candidate_map
from views.one import One, open_tool, tool
from views.text import tag, visible


def finish(one: One) -> None:
    """Close the tool once a decision is saved, and forget what was typed for it."""
    if tool(one.entry.id) == "correct" and st.session_state.pop("review-undo", None):
        open_tool(one.entry.id, "")
        for key in [key for key in st.session_state if f"-{one.entry.id}-" in str(key)]:
            if str(key).startswith(_TYPED):
                del st.session_state[key]
        st.toast(one.t("Saved. “Why here?” shows the change, and undoes it."))


_TYPED = ("click-", "typed-", "note-", "search-")
"""How the keys begin of what a person says of a location."""


def draw(one: One) -> None:
    """Draw the choice of the location, the map of its candidates, and what can be decided."""
    t, entry = one.t, one.entry
    numbers = [
        number for number, location in enumerate(entry.locations) if location.relation.filmed
    ]
    st.html(tag("div", t("Correct a place"), "section"))
    if len(numbers) > 1:
        number = st.selectbox(
            t("Which of the reported places"), numbers, key=f"correct-{entry.id}",
            format_func=lambda each: visible(entry.locations[each].locality or t("no place given")),
        )  # fmt: skip
    else:
        number = numbers[0]
    pending = Pending(entry, number)
    if said := st.session_state.pop("review-said", None):
        st.warning(t(said.sentence, **said.values))
    own = [point.made(one.shelf, pending, each) for each in point.said(pending)]
    known = pending.location.candidates[: decide.SHOWN]
    shown = [*own, *(point.fitted(pending, each) for each in known)]
    candidate_map(t, one.language, shown, pending.key)
    st.caption(t("A click on the map proposes the place that was clicked."))
    ask.switch(t)
    decide.draw(t, one.shelf, pending, [])
