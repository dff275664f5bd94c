"""The report above its text: what it states about itself, each field to correct or fill in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from geo.errors import InputError
from geo.i18n import Translator
from views import add_state
from views.text import told

_HEADINGS = {
    "title": "Title of the report",
    "outlet": "Outlet",
    "published": "Published",
    "language": "Language of the report",
    "url": "Link to the report",
}


def draw(t: Translator) -> None:
    """Draw the report's fields; what the text does not state is "unknown"."""
    with st.container(key="add-heading", border=True, gap="xsmall"):
        _field(t, "title")
        for names in (("outlet", "published"), ("language", "url")):
            for name, column in zip(names, st.columns(2), strict=True):
                with column:
                    _field(t, name)


def _field(t: Translator, name: str) -> None:
    heading = add_state.cards().heading
    add_state.field(
        st.text_input, t(_HEADINGS[name]), f"report-{name}", getattr(heading, name),
        partial(_take, name), placeholder=t("unknown"), help=_help(t, name), max_chars=2_000,
    )  # fmt: skip
    try:
        heading.report()
    except InputError as error:
        if error.values.get("column") == name:
            st.error(told(t, error))


def _help(t: Translator, name: str) -> str | None:
    if name == "published":
        return t("2013, 2013-05, 2013-05-17 or 2012-10/2013-03; only what the report states")
    return t("en, ko, …") if name == "language" else None


def _take(name: str, value: str | None) -> None:
    now = add_state.cards()
    add_state.change(replace(now, heading=replace(now.heading, **{name: (value or "").strip()})))
