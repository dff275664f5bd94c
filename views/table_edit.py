"""Changing many entries at once: asked for in a dialog, done with progress, undone by one click."""

from __future__ import annotations

import getpass

import streamlit as st

from geo import bulk
from geo.errors import GeoError
from geo.store import Revised
from views import edit_form, lists, table_state
from views.lists import View
from views.text import counted, label, told

_RUN, _TOLD = "edit-run", "edit-told"
_LISTED = 12


def button(view: View, at: table_state.At, number: int) -> None:
    """Draw the button that asks what is to change, of what is selected or of the whole table."""
    if st.button(view.t("Edit …"), key="table-edit", icon=":material/edit:"):
        title = view.t("Change entries together")
        st.dialog(title, width="medium")(edit_form.draw)(view, at, number, _begin)


def _begin(seen: bulk.Preview) -> None:
    st.session_state[_RUN] = seen
    st.rerun()


def run(view: View) -> None:
    """Do what was asked for in the dialog, with progress, until Cancel is clicked.

    Stands at the end of the page's script: each step of the progress is where Streamlit ends the
    run after a click, and the store's transaction with it.
    """
    t, seen = view.t, st.session_state.pop(_RUN, None)
    if seen is None:
        return
    said, total = t("Changing {n} entries …", n=f"{len(seen.seen):,}"), len(seen.seen)
    st.session_state[_TOLD] = (seen.change, None)
    with st.container(key="edit-bar", horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, said)
        st.button(t("Cancel"), key="edit-cancel")
        try:
            done: Revised | GeoError = bulk.apply(
                view.shelf.store, seen, getpass.getuser(),
                lambda number: bar.progress(number / total, said),
            )  # fmt: skip
        except GeoError as error:
            done = error
    st.session_state[_TOLD] = (seen.change, done)
    st.rerun()


def tell(view: View) -> None:
    """Say what became of the last change, with its undo."""
    t = view.t
    change, done = st.session_state.get(_TOLD, (None, None))
    if change is None:
        return
    with st.container(key="edit-told", border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_said(view, change, done))
            _undo_button(view, change, done)
            if st.button(t("Close"), key="edit-close", type="tertiary"):
                del st.session_state[_TOLD]
                st.rerun(scope="fragment")
        if isinstance(done, Revised) and done.left:
            lists.buttons(view, list(done.left[:_LISTED]), "edit-left")
            if len(done.left) > _LISTED:
                st.caption(t("and {n} more", n=f"{len(done.left) - _LISTED:,}"))


def _said(view: View, change: bulk.Change, done: Revised | bulk.Undone | GeoError | None) -> str:
    t = view.t
    if done is None:
        return t("Cancelled. Nothing was changed.")
    if isinstance(done, GeoError):
        return told(t, done)
    if isinstance(done, bulk.Undone):
        said = counted(t, done.count, "Undone: {n} entry.", "Undone: {n} entries.")
        kept = counted(t, done.left, "{n} changed since and stays as it is.",
                       "{n} changed since and stay as they are.")  # fmt: skip
        return f"{said} {kept}" if done.left else said
    what = label(edit_form.said(t, change))
    said = f"{counted(t, done.count, 'Changed {n} entry:', 'Changed {n} entries:')} {what}."
    kept = counted(t, len(done.left), "Somebody changed {n} meanwhile; it stays as it is:",
                   "Somebody changed {n} meanwhile; they stay as they are:")  # fmt: skip
    return f"{said} {kept}" if done.left else said


def _undo_button(view: View, change: bulk.Change, done: object) -> None:
    if not (isinstance(done, Revised) and done.count):
        return
    if not st.button(view.t("Undo"), key="edit-undo", icon=":material/undo:"):
        return
    try:
        undone: bulk.Undone | GeoError = bulk.undo(view.shelf.store, done.last, getpass.getuser())
    except GeoError as error:
        undone = error
    st.session_state[_TOLD] = (change, undone)
    st.rerun()
