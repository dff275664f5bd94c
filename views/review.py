"""The review page: what the rule left to a person, one location at a time."""

from __future__ import annotations

import getpass
from functools import partial

import streamlit as st

from geo import review
from geo.errors import InputError
from geo.i18n import Translator
from views import again, ask, askall, decide, point, shelf
from views.candidate import candidate_map
from views.text import label, spaced, tag

_QUEUE = 300
"""Locations that are sorted by their risk at once; the next come when these are decided."""


def draw(t: Translator, language: str) -> None:
    """Draw the queue's present location with what can be done, and geocoding again."""
    opened = shelf.opened(t)
    ids, number = opened.index.to_review(_QUEUE)
    st.html(tag("h1", t("Review: {n} to decide", n=number), "sentence"))
    _undo_button(t, opened)
    ask.switch(t)
    names = [t("To decide"), t("Geocode again"), t("Ask for all online")]
    to_decide, once_more, in_bulk = st.tabs(names)
    with to_decide:
        _queue(t, language, opened, ids)
    with once_more:
        again.draw(t, opened)
    with in_bulk:
        askall.draw(t, opened)


def _queue(t: Translator, language: str, opened: shelf.Shelf, ids: list[str]) -> None:
    waiting = review.pending(opened.store.entries(ids).values())
    if not waiting:
        st.info(t("Nothing waits for a decision. New imports come here when a name is unclear."))
        return
    at = min(st.session_state.get("review-at", 0), len(waiting) - 1)
    _steps(t, at, len(waiting))
    left, right = st.columns([5, 4], gap="medium")
    with left:
        _location(t, language, opened, waiting[at])
    with right:
        decide.draw(t, opened, waiting[at], waiting)


def _steps(t: Translator, at: int, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        for text, step, key in ((t("Previous"), -1, "p"), (t("Next"), 1, "n")):
            there = at + step
            st.button(
                text, key=f"review-{key}", shortcut=key, disabled=not 0 <= there < number,
                on_click=st.session_state.update, args=({"review-at": there},),
            )  # fmt: skip
        st.caption(f"{at + 1:,} / {number:,}")


def _location(t: Translator, language: str, opened: shelf.Shelf, one: review.Pending) -> None:
    entry, location = one.entry, one.location
    reports = opened.store.reports()
    cited = [reports[c.report].title for c in entry.reports if c.report in reports]
    reason = t(location.decision.reason) if location.decision else ""
    lines = [
        tag("div", t("As reported"), "section"),
        tag("h2", f"“{location.locality}”"),
        tag("p", f"{spaced(t, location.relation)} · {reason}", "muted"),
        tag("p", entry.title),
        tag("p", entry.description, "muted"),
        tag("p", "; ".join(cited), "muted"),
    ]
    st.html(f'<div class="card">{"".join(lines)}</div>')
    own = [point.made(opened, one, said) for said in point.said(one)]
    shown = [point.fitted(one, each) for each in location.candidates[: decide.SHOWN]]
    candidate_map(t, language, [*own, *shown], one.key)
    st.caption(t("A click on the map proposes the place that was clicked."))


def _undo_button(t: Translator, opened: shelf.Shelf) -> None:
    if said := st.session_state.pop("review-said", None):
        st.warning(t(said.sentence, **said.values))
    if undo := st.session_state.get("review-undo"):
        words = f"{t('Undo the last decision')}: {label(st.session_state['review-done'])}"
        st.button(words, on_click=partial(_undo, opened, undo))


def _undo(opened: shelf.Shelf, seqs: list[int]) -> None:
    del st.session_state["review-undo"]
    try:
        opened.store.undo(seqs, getpass.getuser())
    except InputError as error:
        st.session_state["review-said"] = error
