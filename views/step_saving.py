"""Saving what the map shows as a step of a briefing."""

from __future__ import annotations

import streamlit as st

from geo.entry import Invalid, reason
from geo.errors import InputError
from geo.filters import Filters
from geo.steps import MOST_STEPS, Beside, Briefing, Step, named
from views import address, briefing_all, briefing_at, briefing_saving, standing, table_state
from views.lists import View

TOLD = "step-told"
"""Where the session keeps what became of it: an error, or the briefing and the step."""


def chosen() -> list[str]:
    """Return the entries that are selected, or the one that is open."""
    return table_state.picks() or [one for one in (address.selected(),) if one]


def _asked() -> dict[str, object]:
    """Return what the map shows now, as a step keeps it."""
    fit = st.session_state.get("add-step-fit", True)
    return {
        "filters": address.filters().query(),
        "view": None if fit else standing.view(),
        "beside": Beside.REGIONS if standing.by_region() else Beside.NOTHING,
    }


def put(view: View, step: Step) -> None:
    """Put the map's question and view into the step that is being edited."""
    found = view.shelf.store.briefing(briefing_at.at())
    if found is None:
        return
    asked = {name: value for name, value in _asked().items() if name != "beside"}
    steps = tuple(one.model_copy(update=asked) if one.id == step.id else one
                  for one in found[1].steps)  # fmt: skip
    _save(view, found, found[1].model_copy(update={"steps": steps}), "view changed", step.id)


def add(view: View, name: str) -> None:
    """Save the step at the end of a briefing, or of a new one."""
    try:
        briefing, upon = _briefing(view, name)
        step = _step(view, briefing)
    except InputError as error:
        st.session_state[TOLD] = error
        return
    changed = briefing.model_copy(update={"steps": (*briefing.steps, step)})
    _save(view, (upon, briefing), changed, "step added" if upon else "begun", step.id)


def _briefing(view: View, name: str) -> tuple[Briefing, int]:
    """Return the briefing to add to with its revision, 0 for a new one."""
    store = view.shelf.store
    found = store.briefing(name) if name else None
    if found is None:
        title = str(st.session_state.get("add-step-title", ""))
        return briefing_all.new(title, view.language, set(store.briefings())), 0
    if len(found[1].steps) >= MOST_STEPS:
        raise InputError("A briefing has at most {n} steps.", n=MOST_STEPS)
    return found[1], found[0]


def _step(view: View, briefing: Briefing) -> Step:
    words = {one: str(st.session_state.get(f"add-step-{one}", "")) for one in _WORDS}
    ring = st.session_state.get("add-step-ring", True)
    shows = view.shelf.index.shows
    ringed = [one for one in chosen() if ring and shows(one, Filters())]
    name = named(words["headline"], {one.id for one in briefing.steps}, "step")
    try:
        return Step.model_validate({"id": name, **words, **_asked(), "entries": ringed[:500]})
    except Invalid as error:
        raise InputError("{why}", why=reason(error)[1]) from error


_WORDS = ("headline", "text", "notes")


def _save(view: View, found: tuple[int, Briefing], changed: Briefing, why: str, step: str) -> None:
    if not found[0]:
        briefing_saving.begin(view.shelf.store, changed, why)
    elif not briefing_saving.save(view.shelf.store, changed, why, found[0]):
        st.session_state[TOLD] = InputError(
            "Somebody saved this briefing at the same moment; nothing was written. Try again."
        )
        return
    st.session_state[TOLD] = (changed.id, step)
    for one in _WORDS:
        st.session_state.pop(f"add-step-{one}", None)
