"""Going from page to page: filters, view, language and the open entry come along."""

from __future__ import annotations

from typing import Any

import streamlit as st

_KEY = "pages"


def remember(**pages: Any) -> None:  # noqa: ANN401 - Streamlit's own, which it does not export
    """Keep the app's pages by name, for links from one to another."""
    st.session_state[_KEY] = pages


def go(name: str) -> None:
    """Go to a page of the app with the present address; the run ends here."""
    st.switch_page(st.session_state[_KEY][name], query_params=_asked())


def entry_link(entry_id: str, label: str) -> None:
    """Draw a link to an entry's page; `label` is Markdown."""
    page = st.session_state.get(_KEY, {}).get("entry")
    if page is not None:
        st.page_link(page, label=label, query_params=_asked() | {"entry": [entry_id]})


def briefing_link(name: str, label: str) -> None:
    """Draw a link to a briefing; `label` is Markdown."""
    page = st.session_state.get(_KEY, {}).get("briefing")
    if page is not None:
        asked = {key: value for key, value in _asked().items() if key != "step"}
        st.page_link(page, label=label, query_params=asked | {"briefing": [name]})


def link(name: str, label: str) -> None:
    """Draw a link to a page of the app; the view comes along. `label` is Markdown."""
    page = st.session_state.get(_KEY, {}).get(name)
    if page is not None:
        st.page_link(page, label=label, query_params=_asked())


def _asked() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
