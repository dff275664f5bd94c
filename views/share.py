"""A button that shares the page's address."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.i18n import Translator

_HTML = '<button type="button"></button><span role="status"></span><input readonly hidden>'
_HERE = Path(__file__).parent
_button = st.components.v2.component(
    "glimpse_share",
    html=_HTML,
    css=(_HERE / "share.css").read_text(encoding="utf-8"),
    js=(_HERE / "share.js").read_text(encoding="utf-8"),
)


def button(t: Translator, title: str, text: str) -> None:
    """Draw the button; `title` and `text` go along where the device has its own way to share."""
    words = {
        "share": t("Share this view"),
        "copied": t("Link copied"),
        "address": t("Copy this address"),
    }
    _button(key="share", data={"title": title, "text": text, "words": words})
