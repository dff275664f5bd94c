"""The form that edits an entry: a draft that survives reruns, saved as one revision."""

from __future__ import annotations

import getpass
from functools import partial
from typing import Any

import streamlit as st

from geo import edit
from geo.dates import said_moment
from geo.errors import GeoError
from geo.i18n import Translator
from geo.ledger import why
from views import entry_fields
from views.entry_draft import Draft
from views.one import One, open_tool
from views.shelf import Shelf
from views.text import tag, told


def draw(one: One) -> None:
    """Draw the form, what must be corrected, and what another person saved meanwhile."""
    t, draft = one.t, _draft(one)
    with st.container(border=True, key="entry-edit"):
        st.html(tag("div", t("Edit this entry"), "section"))
        if draft.theirs is not None:
            _both(t, draft)
        entry_fields.draw(one, draft)
        key = f"edit-{one.entry.id}-why"
        st.session_state[key] = draft.why
        st.text_input(
            t("Why (kept in the history)"), key=key, max_chars=500,
            on_change=lambda: setattr(draft, "why", st.session_state[key]),
        )  # fmt: skip
        with st.container(horizontal=True, gap="xsmall"):
            st.button(t("Save"), type="primary", key="edit-save",
                      on_click=partial(_save, one.shelf, draft))  # fmt: skip
            st.button(t("Discard the changes"), key="edit-discard",
                      on_click=partial(_close, one.entry.id))  # fmt: skip
        if draft.fault is not None:
            st.error(told(t, draft.fault))


def unsaved(one: One) -> bool:
    """Whether something was typed into the form of this entry and not saved."""
    draft: Draft | None = st.session_state.get(_key(one.entry.id))
    return draft is not None and draft.said != edit.of(draft.base.entry)


def _key(entry_id: str) -> str:
    return f"edit-draft-{entry_id}"


def _draft(one: One) -> Draft:
    key = _key(one.entry.id)
    newest = one.history[-1]
    draft: Draft | None = st.session_state.get(key)
    if draft is None or (draft.said == edit.of(draft.base.entry) and draft.base != newest):
        draft = st.session_state[key] = Draft(newest, edit.of(newest.entry))
    elif draft.base != newest:
        draft.theirs = newest
    return draft


def _close(entry_id: str) -> None:
    st.session_state.pop(_key(entry_id), None)
    open_tool(entry_id, "")


def _save(shelf: Shelf, draft: Draft) -> None:
    """Save the entry, unless something must be corrected or somebody saved it meanwhile."""
    entry_id, draft.fault = draft.base.entry.id, None
    try:
        changed = draft.said.entry(draft.base.entry)
        if changed == draft.base.entry:
            _close(entry_id)
            return
        reason = draft.why.strip() or "edited"
        saved = shelf.store.save([changed], getpass.getuser(), reason, upon=draft.base.seq)
    except GeoError as error:
        draft.fault = error
        return
    if saved:
        _close(entry_id)
    else:
        draft.theirs = shelf.store.history(entry_id)[-1]


def _both(t: Translator, draft: Draft) -> None:
    """Draw what was saved meanwhile beside what is typed here, and the two ways on."""
    theirs = draft.theirs
    assert theirs is not None  # noqa: S101 - the caller has asked
    st.warning(t("Somebody saved this entry meanwhile. Nothing of yours is lost, nor saved yet."))
    st.html(tag("p", f"{said_moment(theirs.at, t)} · {theirs.who}: {why(t, theirs.why)}", "muted"))
    differ = edit.differing(draft.said, edit.of(draft.base.entry), edit.of(theirs.entry))
    names = entry_fields.names(t)
    rows = "".join(
        f"<tr>{tag('th', names[field])}{tag('td', _plain(one))}{tag('td', _plain(other))}</tr>"
        for field, (one, other) in differ.items()
    )
    head = "".join(tag("th", said) for said in ("", t("Saved meanwhile"), t("In your form")))
    if rows:
        st.html(f'<div class="faults both"><table><tr>{head}</tr>{rows}</table></div>')
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            t("Keep mine where I changed it"), key="edit-mine", on_click=partial(_join, draft)
        )
        st.button(t("Take what was saved"), key="edit-theirs",
                  on_click=partial(_close, theirs.entry.id))  # fmt: skip


def _join(draft: Draft) -> None:
    """Lay what was typed here over what was saved meanwhile; saving is a further click."""
    if draft.theirs is not None:
        before, now = edit.of(draft.base.entry), edit.of(draft.theirs.entry)
        draft.said = edit.joined(draft.said, before, now)
        draft.base, draft.theirs = draft.theirs, None


def _plain(value: Any) -> str:  # noqa: ANN401 - a field of the form
    if isinstance(value, tuple):
        return "; ".join(one.url or one.sha256[:12] or one.archived_url for one in value)
    return str(value)
