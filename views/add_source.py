"""Where an article comes from: pasted, dropped as a file, or fetched when somebody allows it."""

from __future__ import annotations

import os
from collections.abc import Callable

import streamlit as st

from geo.document import KINDS, Document, fetch_document, read_document
from geo.errors import GeoError
from geo.i18n import Translator
from views import add_state
from views.shelf import Shelf
from views.text import told

_PASTED = "pasted.txt"
_MEGABYTES = 10


def draw(t: Translator, opened: Shelf) -> None:
    """Draw the fields; an article that is given is read at once, an error stands by its field."""
    pasted = st.text_area(
        t("Text of the article"), key="add-pasted", height=260, persist_state="session",
        placeholder=t("Paste the whole article, its headline first."),
    )  # fmt: skip
    if st.button(t("Read the text"), type="primary", key="add-read"):
        _take(t, opened, lambda: read_document(pasted.encode("utf-8", "replace"), _PASTED))
    _dropped(t, opened)
    if may_fetch():
        _fetched(t, opened)


def may_fetch() -> bool:
    """Whether whoever runs Glimpse lets it fetch pages; secrets stand in the environment too."""
    return os.environ.get("GEO_FETCH") == "1"


def _dropped(t: Translator, opened: Shelf) -> None:
    turn = st.session_state.get("add-turn", 0)
    file = st.file_uploader(
        t("or a file ({kinds})", kinds=KINDS),
        type=["txt", "html", "htm", "pdf", "docx"],
        key=f"add-file-{turn}",
        max_upload_size=_MEGABYTES,
    )
    if file is not None:
        _take(t, opened, lambda: read_document(file.getvalue(), file.name))


def _fetched(t: Translator, opened: Shelf) -> None:
    said = t("Fetch a web page: this machine asks the address over the network")
    if st.toggle(said, key="add-fetch"):
        url = st.text_input(
            t("Address of the page"), placeholder="https://", key="add-url", type="url"
        )
        if st.button(t("Fetch")) and url.strip():
            _take(t, opened, lambda: fetch_document(url.strip()))


def _take(t: Translator, opened: Shelf, give: Callable[[], Document]) -> None:
    try:
        with st.spinner(t("Reading the article; the first one takes a few seconds …")):
            add_state.begin(opened, give())
    except GeoError as error:
        st.error(told(t, error))
        return
    st.session_state["add-turn"] = st.session_state.get("add-turn", 0) + 1  # lets the file go
    st.session_state.pop("add-saved", None)
    st.rerun()
