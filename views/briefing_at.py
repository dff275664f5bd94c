"""Which briefing and which of its steps is open: it stands in the address."""

from __future__ import annotations

import streamlit as st

from views import address

_BRIEFING, _STEP, _PRESENT = "briefing", "step", "present"


def at() -> str:
    """Return the name of the briefing that is open, "" when none is."""
    return st.query_params.get(_BRIEFING, "")


def step_at() -> str:
    """Return the name of the step that is being edited, "" when none is."""
    return st.query_params.get(_STEP, "")


def open_briefing(name: str) -> None:
    """Open a briefing, none of its steps."""
    address.write(_BRIEFING, name)
    address.write(_STEP, "")


def open_step(step: str) -> None:
    """Open a step of the briefing that is open."""
    address.write(_STEP, step)


def close() -> None:
    """Go back to the list of all briefings."""
    open_briefing("")


def presenting() -> bool:
    """Whether the briefing is to be presented."""
    return st.query_params.get(_PRESENT) == "1"


def present() -> None:
    """Present the briefing that is open."""
    address.write(_STEP, "")
    address.write(_PRESENT, "1")


def leave() -> None:
    """End the presentation."""
    address.write(_PRESENT, "")
