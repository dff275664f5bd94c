"""One entry with all that the parts of its page need."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from geo.entry import Entry, Report
from geo.i18n import Translator
from geo.store import Revision
from views.shelf import Shelf

_TOOL = "entry-tool"


@dataclass(frozen=True)
class One:
    """An entry that may be shown, its history, and where to look things up."""

    t: Translator
    language: str
    shelf: Shelf
    entry: Entry
    history: list[Revision]
    reports: dict[str, Report]


def open_tool(entry_id: str, name: str) -> None:
    """Open "edit" or "correct" on an entry's page, or nothing with ""."""
    st.session_state[_TOOL] = (entry_id, name)


def tool(entry_id: str) -> str:
    """Return what is open on the entry's page, "" when nothing is."""
    of, name = st.session_state.get(_TOOL, ("", ""))
    return name if of == entry_id else ""
