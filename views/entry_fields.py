"""The fields of the form that edits an entry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from geo.entry import Level, Visibility
from geo.filters import Filters
from geo.i18n import Translator
from views import entry_pieces
from views.entry_draft import Draft
from views.one import One
from views.text import spaced, told

_HEADINGS = {
    "title": "What is seen", "description": "What the report says of it", "category": "Category",
    "tags": "Tags", "recorded": "Recorded", "visibility": "Visibility",
    "sensitivity": "Sensitivity", "level": "Verification", "by": "Judged by",
    "at": "Day of the judgement", "method": "Method of the judgement",
    "note": "Note on the verification", "proof": "Proof of the judgement", "evidence": "Evidence",
}  # fmt: skip
"""What each field is called."""


def names(t: Translator) -> dict[str, str]:
    """Return what each field is called."""
    return {name: t(said) for name, said in _HEADINGS.items()}


def draw(one: One, draft: Draft) -> None:
    """Draw every field; what a person changes is taken into the draft at once."""
    form = _Form(one, draft)
    form.text("title")
    form.area("description")
    left, right = st.columns(2, gap="medium")
    with left:
        form.choice("category", _categories(one, draft), lambda value: one.t(value or "none"),
                    accept_new_options=True)  # fmt: skip
        form.text("tags", help=one.t("Several are separated by ;"))
        form.text("recorded", placeholder=one.t("unknown"), help=one.t(_DATES))
        form.choice("visibility", list(Visibility), partial(spaced, one.t), help=one.t(_WITHHELD))
        form.text("sensitivity", help=one.t("Several are separated by ;"))
    with right:
        form.choice("level", list(Level), partial(spaced, one.t))
        form.text("by", placeholder=one.t("unknown"))
        form.text("at", placeholder=one.t("unknown"), help=one.t(_DATES))
        form.text("method")
        form.text("proof", placeholder="https://")
        form.area("note")
    entry_pieces.draw(one, draft)


_DATES = (
    "A day, a month, a year or a span, as exactly as it is known: 2013-05-17, 2013-05, 2013,"
    " 2012-10/2013-03, 2013? for a guess. Empty when it is unknown; nothing is completed."
)
_WITHHELD = (
    "A withheld entry is shown nowhere, not here either; python -m geo history and undo bring it"
    " back."
)


def _categories(one: One, draft: Draft) -> list[str]:
    known = one.shelf.index.choices("category", Filters())
    return list(dict.fromkeys(["", *known, draft.said.category]))


class _Form:
    """The form's fields; each keeps its value in the draft, and says what is wrong with it."""

    def __init__(self, one: One, draft: Draft) -> None:
        self._one, self._draft, self._names = one, draft, names(one.t)

    def text(self, name: str, **options: Any) -> None:  # noqa: ANN401 - Streamlit's own
        self._draw(st.text_input, name, max_chars=2_000, **options)

    def area(self, name: str) -> None:
        self._draw(st.text_area, name, max_chars=100_000, height=84)

    def choice(self, name: str, options: list[Any], say: Callable[[Any], str], **more: Any) -> None:  # noqa: ANN401
        self._draw(st.selectbox, name, options=options, format_func=say, **more)

    def _draw(self, widget: Callable[..., Any], name: str, **options: Any) -> None:  # noqa: ANN401
        key = f"edit-{self._one.entry.id}-{name}"
        st.session_state[key] = getattr(self._draft.said, name)
        widget(
            self._names[name], key=key,
            on_change=lambda: self._draft.take(name, st.session_state[key]), **options,
        )  # fmt: skip
        if self._draft.fault is not None and self._draft.wrong == name:
            st.error(told(self._one.t, self._draft.fault))
