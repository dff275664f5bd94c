"""A button that copies a text or an address, without asking the server."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.i18n import Translator

_STYLE = """
button { font: inherit; font-size: 0.875rem; color: var(--st-text-color);
  padding: 0 12px; min-height: 2.5rem; background: var(--st-background-color);
  border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius, 8px); cursor: pointer; width: 100%; }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
p { margin: 0; font-size: 12px; font-family: var(--st-font); }
p:empty { display: none; }
textarea { width: 100%; box-sizing: border-box; }
"""
_COPY = st.components.v2.component(
    "glimpse_copy",
    html='<button type="button"></button><p role="status"></p><textarea hidden></textarea>',
    css=_STYLE,
    js=(Path(__file__).parent / "copy.js").read_text(encoding="utf-8"),
)


def button(t: Translator, label: str, key: str, *, text: str = "", query: str = "") -> None:
    """Draw a button that copies `text`, or this page with the query `query`, or its address."""
    said = {"label": label, "copied": t("Copied"), "by_hand": t("Copy the marked text")}
    _COPY(key=key, data={**said, "text": text, "query": query}, width="content")
