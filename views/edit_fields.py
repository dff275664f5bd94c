"""The fields of a change of many entries; what is left open stays as it is."""

from __future__ import annotations

import datetime as dt
import getpass
from typing import Any

import streamlit as st

from geo.entry import Level, Visibility
from geo.filters import Filters
from geo.i18n import Translator
from views.lists import View
from views.text import spaced


def draw(view: View) -> dict[str, Any]:
    """Draw the fields and return what was put into them, not checked yet."""
    t, index = view.t, view.shelf.index
    keep = t("as it is")
    categories = ["", *index.choices("category", Filters())]
    category = st.selectbox(
        t("What is seen"), categories, index=None, placeholder=keep, accept_new_options=True,
        format_func=lambda one: t(one) if one else t("nothing stated"), key="edit-category",
    )  # fmt: skip
    tags = list(index.choices("tag", Filters()))
    left, right = st.columns(2)
    add = left.multiselect(
        t("Add tags"), tags, accept_new_options=True, placeholder=t("none"), key="edit-add"
    )
    remove = right.multiselect(t("Remove tags"), tags, placeholder=t("none"), key="edit-remove")
    level = st.selectbox(
        t("Verification"), [one.value for one in Level], index=None, placeholder=keep,
        format_func=lambda one: spaced(t, one), key="edit-level",
    )  # fmt: skip
    assessed = level not in (None, Level.NOT_ASSESSED)
    judged = {"level": level, **(_judgement(t) if assessed else {})} if level else None
    visibility = st.segmented_control(
        t("Visibility"), [one.value for one in Visibility],
        format_func=lambda one: spaced(t, one), key="edit-visibility",
        help=t("Withheld entries are kept in the record and shown nowhere."),
    )  # fmt: skip
    return {
        "category": category, "add": add, "remove": remove, "verification": judged,
        "visibility": visibility,
    }  # fmt: skip


def _judgement(t: Translator) -> dict[str, str]:
    left, right = st.columns(2)
    return {
        "by": left.text_input(t("Judged by"), getpass.getuser(), key="edit-by"),
        "at": right.text_input(
            t("Judged on"), f"{dt.datetime.now(dt.UTC):%Y-%m-%d}", key="edit-at"
        ),
        "method": st.text_input(t("Method"), key="edit-method"),
        "note": st.text_input(t("Note"), key="edit-note"),
        "proof": st.text_input(
            t("Proof of the judgement"), key="edit-proof", placeholder="https://"
        ),
    }
