"""Saving what the map shows as a step of a briefing."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.entry import Invalid, reason
from geo.errors import InputError
from geo.filters import Filters
from geo.steps import MOST_STEPS, Beside, Briefing, Step, named
from views import address, briefing_all, briefing_at, briefing_saving, standing, table_state
from views.briefing_fields import fill
from views.lists import View

_WORDS = "step-words"
TOLD = "step-told"
"""Where the session keeps what became of it: an error, or the briefing and the step."""


def word(name: str) -> dict[str, Any]:
    """Return what a field needs to keep what is typed, also while the menu is closed."""
    key = f"add-step-{name}"
    fill(key, _words().get(name, ""))

    def take() -> None:
        _words()[name] = str(st.session_state[key])

    return {"key": key, "on_change": take}


def _words() -> dict[str, str]:
    words: dict[str, str] = st.session_state.setdefault(_WORDS, {})
    return words


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
        return briefing_all.new(_words().get("title", ""), view.language, set(store.briefings())), 0
    if len(found[1].steps) >= MOST_STEPS:
        raise InputError("A briefing has at most {n} steps.", n=MOST_STEPS)
    return found[1], found[0]


def _step(view: View, briefing: Briefing) -> Step:
    words = {one: _words().get(one, "") for one in ("headline", "text", "notes")}
    ring = st.session_state.get("add-step-ring", True)
    shows = view.shelf.index.shows
    ringed = [one for one in chosen() if ring and shows(one, Filters())]
    name = named(words["headline"], {one.id for one in briefing.steps}, "step")
    try:
        return Step.model_validate({"id": name, **words, **_asked(), "entries": ringed[:500]})
    except Invalid as error:
        raise InputError("{why}", why=reason(error)[1]) from error


def _save(view: View, found: tuple[int, Briefing], changed: Briefing, why: str, step: str) -> None:
    if not found[0]:
        briefing_saving.begin(view.shelf.store, changed, why)
    elif not briefing_saving.save(view.shelf.store, changed, why, found[0]):
        st.session_state[TOLD] = InputError(
            "Somebody saved this briefing at the same moment; nothing was written. Try again."
        )
        return
    st.session_state[TOLD] = (changed.id, step)
    st.session_state.pop(_WORDS, None)
