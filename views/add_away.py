"""Articles that are put away for another one, with all that was changed in their cards."""

from __future__ import annotations

import streamlit as st

from geo.document import Document
from views.add_state import KEPT, document

_AWAY = 5
"""Articles that are kept when they are put away."""


def put_away() -> None:
    """Put the article away for another one; it can be taken up again."""
    if document() is not None:
        kept = {name: st.session_state.get(name) for name in KEPT}
        st.session_state["add-away"] = (kept, *st.session_state.get("add-away", ()))[:_AWAY]
        for name in (*KEPT, "add-saved"):
            st.session_state.pop(name, None)


def away() -> list[Document]:
    """Return the articles that were put away, the last one first."""
    return [kept["add-document"] for kept in st.session_state.get("add-away", ())]


def take_up(given: Document) -> None:
    """Take up again an article that was put away."""
    put_by = st.session_state.get("add-away", ())
    for kept in put_by:
        if kept["add-document"] == given:
            st.session_state["add-away"] = tuple(one for one in put_by if one is not kept)
            st.session_state.update(kept)
            return
