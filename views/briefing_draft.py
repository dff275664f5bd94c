"""What a person has typed of a briefing and not saved yet; it outlives reruns and other pages.

A draft is of one step, or of what frames the steps. Two people may work on two parts of one
briefing; only who changed the same part meanwhile is in the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from geo.entry import Invalid, reason
from geo.errors import InputError
from geo.steps import Briefing
from views.briefing_data import Brief

FRAME = (
    "title", "author", "date", "language", "cover", "methodology", "profile", "gaps", "sources",
    "translations",
)  # fmt: skip
"""The fields of what frames the steps."""


@dataclass
class Draft:
    """The form's values, upon which revision they were typed, and what became of saving them."""

    seq: int
    base: Briefing
    step: str
    """The id of the step, "" for what frames the steps."""
    said: dict[str, Any]
    fault: InputError | None = None
    theirs: tuple[int, Briefing] | None = None
    """What another person saved of this part meanwhile, until this one has seen it."""

    @property
    def unsaved(self) -> bool:
        """Whether anything was changed."""
        return self.said != part(self.base, self.step)

    def get(self, *path: str) -> Any:  # noqa: ANN401 - a field of the form
        """Return the value at a path, "" where there is none."""
        value: Any = self.said
        for name in path:
            value = (value or {}).get(name, "")
        return value

    def take(self, value: object, *path: str) -> None:
        """Take what a person made of the field at a path."""
        at = self.said
        for name in path[:-1]:
            at[name] = dict(at.get(name) or {})
            at = at[name]
        at[path[-1]] = "" if value is None else value
        words = self.said["translations"]
        self.said["translations"] = {code: one for code, one in words.items() if any(one.values())}

    def changed(self) -> Briefing:
        """Return the whole briefing with this part as typed; raises `InputError` for nonsense."""
        whole = self.base.model_dump(mode="json")
        if self.step:
            others = [one["id"] for one in whole["steps"]]
            at = others.index(self.step) if self.step in others else len(others)
            whole["steps"][at : at + 1] = [self.said]
        else:
            whole |= self.said
        try:
            return Briefing.model_validate(whole)
        except Invalid as error:
            field, why = reason(error)
            raise InputError("{why}", why=why, field=field) from error

    def join(self) -> None:
        """Lay what was typed here over what was saved meanwhile; saving is a further click."""
        if self.theirs is None:
            return
        before, now = part(self.base, self.step) or {}, part(self.theirs[1], self.step)
        mine = {name: value for name, value in self.said.items() if value != before.get(name)}
        self.said = (now or self.said) | mine
        (self.seq, self.base), self.theirs = self.theirs, None


def part(briefing: Briefing, step: str) -> dict[str, Any] | None:
    """Return the values of a step, or of what frames the steps; None where it is gone."""
    whole = briefing.model_dump(mode="json")
    if step:
        return next((one for one in whole["steps"] if one["id"] == step), None)
    return {name: whole[name] for name in FRAME}


def draft(brief: Brief, step: str = "") -> Draft | None:
    """Return the draft of a step, or of what frames the steps; None where there is neither."""
    key = _key(brief.briefing.id, step)
    now = part(brief.briefing, step)
    kept: Draft | None = st.session_state.get(key)
    if kept is None or not kept.unsaved:
        if now is None:
            return None
        if kept is None or kept.seq != brief.seq:
            kept = st.session_state[key] = Draft(brief.seq, brief.briefing, step, now)
    elif kept.seq != brief.seq:
        if part(kept.base, step) == now:
            kept.seq, kept.base = brief.seq, brief.briefing
        else:
            kept.theirs = (brief.seq, brief.briefing)
    return kept


def unsaved(briefing: str, step: str = "") -> bool:
    """Whether something was typed of this part and not saved."""
    kept: Draft | None = st.session_state.get(_key(briefing, step))
    return kept is not None and kept.unsaved


def drop(briefing: str, step: str = "") -> None:
    """Forget what was typed."""
    st.session_state.pop(_key(briefing, step), None)


def _key(briefing: str, step: str) -> str:
    return f"briefing-draft-{briefing}-{step}"
