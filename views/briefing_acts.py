"""What the list of steps asks for: a step moved, duplicated, deleted, added, or opened."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.steps import MOST_STEPS, Step, named
from views import briefing_saving
from views.briefing_at import open_step
from views.briefing_data import Brief

KEY = "steps"
_TURN = "steps-turn"
"""The number of the last act that this session knows, so that the list can tell a late answer."""


def turn() -> int:
    """Return the number of the last act that the list told this session."""
    return int(st.session_state.get(_TURN, 0))


def asked(brief: Brief) -> None:
    """Do what the list asks for; nonsense is ignored."""
    match st.session_state[KEY].get("asked"):
        case {"act": "edit", "id": str(name), "turn": int(number)}:
            st.session_state[_TURN] = number
            open_step(name)
        case {"act": str(act), "seq": int(upon), "turn": int(number), **rest}:
            st.session_state[_TURN] = number
            with briefing_saving.saving():
                seq, steps = _standing(brief, upon)
                kept, why = _done(steps, act, rest)
                _change(brief, kept, why, seq)


def _standing(brief: Brief, upon: int) -> tuple[int, tuple[Step, ...]]:
    """Return the steps that the list shows: those of `upon` with what this session did since."""
    standing = briefing_saving.own(brief.shelf.store, brief.briefing.id, upon)
    return (standing[0], standing[1].steps) if standing else (upon, brief.briefing.steps)


def _done(steps: tuple[Step, ...], act: str, rest: dict[str, Any]) -> tuple[tuple[Step, ...], str]:
    """Return the steps after an act, and what it is called in the history."""
    by_name = {one.id: one for one in steps}
    match act, rest:
        case "move", {"order": list(order)} if sorted(map(str, order)) == sorted(by_name):
            return tuple(by_name[one] for one in order), "moved"
        case "copy", {"id": str(name)}:
            return duplicated(steps, name), "duplicated"
        case "drop", {"id": str(name)}:
            return tuple(one for one in steps if one.id != name), "step deleted"
    return steps, ""


def _change(brief: Brief, steps: tuple[Step, ...], why: str, upon: int) -> None:
    newest = brief.shelf.store.briefing(brief.briefing.id)
    if newest and why and len(steps) <= MOST_STEPS and steps != newest[1].steps:
        changed = newest[1].model_copy(update={"steps": steps})
        briefing_saving.save(brief.shelf.store, changed, why, upon)


def duplicated(steps: tuple[Step, ...], name: str) -> tuple[Step, ...]:
    """Return the steps with a copy of one behind it, under a name of its own."""
    taken, found = {one.id for one in steps}, []
    for one in steps:
        found.append(one)
        if one.id == name:
            found.append(one.model_copy(update={"id": named(one.id, taken)}))
    return tuple(found)


def add(brief: Brief) -> None:
    """Add a step that asks for everything, at the end, and open it."""
    steps = brief.briefing.steps
    new = Step(id=named("", {one.id for one in steps}, "step"))
    changed = brief.briefing.model_copy(update={"steps": (*steps, new)})
    if briefing_saving.save(brief.shelf.store, changed, "step added", brief.seq):
        open_step(new.id)
