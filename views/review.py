"""The review page: what the rule left to a person, one location at a time."""

from __future__ import annotations

import datetime as dt
import getpass
from functools import partial
from typing import Any

import streamlit as st

from geo import review
from geo.entry import Absence, Candidate, Entry
from geo.geocode import answer, offline
from geo.i18n import Translator
from views import shelf
from views.ask import ask_online
from views.candidate import candidate_card, candidate_map
from views.text import label, spaced, tag

_QUEUE = 300
"""Locations that are sorted by their risk at once; the next come when these are decided."""


def draw(t: Translator, language: str) -> None:
    """Draw the queue's present location, its candidates and what can be done."""
    opened = shelf.opened(t)
    ids, number = opened.index.to_review(_QUEUE)
    st.html(tag("h1", t("Review: {n} to decide", n=number), "sentence"))
    _undo_button(t, opened)
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
        _choices(t, opened, waiting[at], waiting)


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
    candidate_map(t, language, location.candidates[:_SHOWN], f"{entry.id}-{one.number}")


def _choices(
    t: Translator, opened: shelf.Shelf, one: review.Pending, waiting: list[review.Pending]
) -> None:
    same = review.alike(one, waiting)
    together = len(same) > 1 and st.checkbox(
        t("Decide all {n} locations with these words", n=len(same)), key="review-together"
    )
    chosen = same if together else [one]
    note = st.text_input(t("Note: why this place"), key=f"note-{one.entry.id}-{one.number}")
    name = st.text_input(t("Search another name"), key=f"search-{one.entry.id}-{one.number}")
    found = answer(offline(opened.gazetteer), name).candidates if name.strip() else ()
    found = (*found, *ask_online(t, name.strip() or one.location.locality))
    for place, candidate in enumerate([*found, *one.location.candidates][:_SHOWN]):
        with st.container(border=True, gap="xsmall"):
            st.html(candidate_card(t, opened, candidate))
            st.button(
                t("Accept"), key=f"accept-{place}", shortcut="a" if place == 0 else None,
                on_click=partial(_decide, opened, chosen, candidate, note),
            )  # fmt: skip
    absences = [absence.value for absence in Absence]
    why = st.selectbox(
        t("None of these, because the place is"), absences, format_func=partial(spaced, t)
    )
    rejection = partial(_decide, opened, chosen, Absence(why), note)
    st.button(t("Reject all"), on_click=rejection)


_SHOWN = 12


def _decide(
    opened: shelf.Shelf, chosen: list[review.Pending], choice: Candidate | Absence, note: str
) -> None:
    """Save the decision for each location; nothing is saved where an entry has changed since."""
    before = {one.entry.id: one.entry for one in chosen}
    if opened.store.entries(list(before)) != before:
        st.session_state["review-said"] = "changed"
        return
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    after: dict[str, Entry] = {}
    for one in chosen:
        latest = review.Pending(after.get(one.entry.id, one.entry), one.number)
        done: Any = review.accepted if isinstance(choice, Candidate) else review.rejected
        after[one.entry.id] = done(latest, choice, note.strip(), now)
    opened.store.save(after.values(), getpass.getuser(), note.strip() or "reviewed")
    st.session_state["review-undo"] = [one.model_dump_json() for one in before.values()]
    st.session_state["review-said"] = "saved"


def _undo_button(t: Translator, opened: shelf.Shelf) -> None:
    if st.session_state.pop("review-said", "") == "changed":
        st.warning(t("Somebody changed this entry meanwhile; look at it again and decide."))
    if before := st.session_state.get("review-undo"):
        entries = [Entry.model_validate_json(text) for text in before]
        names = ", ".join(one.title for one in entries[:3])
        st.button(
            f"{t('Undo the last decision')}: {label(names)}",
            on_click=partial(_undo, opened, entries),
        )


def _undo(opened: shelf.Shelf, entries: list[Entry]) -> None:
    opened.store.save(entries, getpass.getuser(), "undone")
    del st.session_state["review-undo"]
