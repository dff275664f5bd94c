"""The evidence in the form that edits an entry, and taking a file in as evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from geo.edit import Piece
from geo.errors import GeoError
from geo.media import file
from views.entry_draft import Draft
from views.one import One
from views.text import spaced, tag, told

_KINDS = ("video", "image", "page")
_MOST_MB = 200


def draw(one: One, draft: Draft) -> None:
    """Draw a row for each piece, the way to add one, and the way to add a file."""
    t, entry_id = one.t, one.entry.id
    st.html(tag("div", t("Evidence"), "section"))
    wrong = draft.fault.values.get("number") if draft.fault else None
    for at in range(len(draft.said.evidence)):
        with st.container(key=f"edit-piece-{at}", border=True, gap="xsmall"):
            _row(_Row(one, draft, at))
            if draft.fault is not None and wrong == at + 1:
                st.error(told(t, draft.fault))
    st.button(t("Add a link"), key="edit-add-piece", on_click=draft.add, args=(Piece(),))
    if refused := st.session_state.pop(f"edit-refused-{entry_id}", None):
        st.error(told(t, refused))
    key = f"edit-file-{entry_id}-{st.session_state.get(_TURN, 0)}"
    st.file_uploader(
        t("Add a picture or a video of this machine"), key=key, max_upload_size=_MOST_MB,
        on_change=partial(_upload, entry_id, key, draft),
        help=t("It is kept in the media folder under its SHA-256, and becomes evidence with Save."),
    )  # fmt: skip


_TURN = "edit-upload-turn"
"""Counts the files that were taken in: the field of the next one is empty."""


class _Row:
    """The fields of one piece; each takes what a person changes into the draft."""

    def __init__(self, one: One, draft: Draft, at: int) -> None:
        self.t, self.draft, self.at = one.t, draft, at
        self._key = f"edit-{one.entry.id}-piece-{at}"

    def field(self, widget: Callable[..., Any], name: str, said: str, **options: Any) -> None:  # noqa: ANN401 - Streamlit's own
        key = f"{self._key}-{name}"
        st.session_state[key] = getattr(self.draft.said.evidence[self.at], name)
        widget(
            said, key=key, **options,
            on_change=lambda: self.draft.change(self.at, name, st.session_state[key]),
        )  # fmt: skip


def _row(row: _Row) -> None:
    t = row.t
    kind, url, archived = st.columns([1, 3, 3], gap="xsmall")
    with kind:
        row.field(st.selectbox, "kind", t("Kind"), options=list(_KINDS),
                  format_func=partial(spaced, t))  # fmt: skip
    with url:
        row.field(st.text_input, "url", t("Link"), placeholder="https://")
    with archived:
        row.field(st.text_input, "archived_url", t("Archived copy"), placeholder="https://")
    caption, credit, sha256 = st.columns([3, 2, 3], gap="xsmall")
    with caption:
        row.field(st.text_input, "caption", t("Caption"))
    with credit:
        row.field(st.text_input, "credit", t("Credit"))
    with sha256:
        row.field(st.text_input, "sha256", "SHA-256")
    with st.container(horizontal=True, vertical_alignment="center"):
        row.field(st.checkbox, "graphic", t("graphic"))
        st.button(t("Remove"), key=f"edit-remove-{row.at}", on_click=row.draft.remove,
                  args=(row.at,))  # fmt: skip


def _upload(entry_id: str, key: str, draft: Draft) -> None:
    """Put the file into the media folder and name it as evidence; the field is empty again."""
    given = st.session_state.get(key)
    if given is None:
        return
    try:
        sha256, kind = file.keep(given.getvalue())
    except GeoError as error:
        st.session_state[f"edit-refused-{entry_id}"] = error
    else:
        draft.add(Piece(kind=kind, sha256=sha256))
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
