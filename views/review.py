"""The review page: what the rule left to a person, one location at a time."""

from __future__ import annotations

import datetime as dt
import getpass
from functools import partial

import streamlit as st

from geo import interest, review
from geo.entry import Absence, Candidate, Entry
from geo.geocode import answer
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
    key = f"{one.entry.id}-{one.number}"
    if len(same) > 1:
        words = t("Decide all {n} locations with these words", n=len(same))
        st.checkbox(words, key=f"together-{key}")
    st.text_input(t("Note: why this place"), key=f"note-{key}")
    name = st.text_input(t("Search another name"), key=f"search-{key}")
    geocoder = interest.geocoder(opened.gazetteer, opened.index)
    found = answer(geocoder, name).candidates if name.strip() else ()
    found = (*found, *ask_online(t, name.strip() or one.location.locality))
    listed = {c.place_id: c for c in (*found, *one.location.candidates)}
    for place, candidate in enumerate(list(listed.values())[:_SHOWN]):
        with st.container(border=True, gap="xsmall"):
            st.html(candidate_card(t, opened, candidate))
            st.button(
                t("Accept"), key=f"accept-{key}-{candidate.place_id}",
                shortcut="a" if place == 0 else None,
                on_click=partial(_decide, opened, one, same, candidate),
            )  # fmt: skip
    st.selectbox(
        t("None of these, because the place is"),
        [absence.value for absence in Absence],
        format_func=partial(spaced, t),
        key=f"absence-{key}",
    )
    st.button(t("Reject all"), on_click=partial(_decide, opened, one, same, None))


_SHOWN = 12


def _decide(
    opened: shelf.Shelf, one: review.Pending, same: list[review.Pending], choice: Candidate | None
) -> None:
    """Save the decision; nothing is saved where an entry has changed since it was shown.

    What was typed and ticked is read now: a click may come before the page was drawn anew.
    """
    key = f"{one.entry.id}-{one.number}"
    note = st.session_state.get(f"note-{key}", "").strip()
    chosen = same if st.session_state.get(f"together-{key}") else [one]
    absence = Absence(st.session_state.get(f"absence-{key}", Absence.NOT_FOUND))
    before = {each.entry.id: each.entry for each in chosen}
    if opened.store.entries(list(before)) != before:
        st.session_state["review-said"] = "changed"
        return
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    after: dict[str, Entry] = {}
    for each in chosen:
        latest = review.Pending(after.get(each.entry.id, each.entry), each.number)
        if choice is None:
            after[each.entry.id] = review.rejected(latest, absence, note, now)
        else:
            after[each.entry.id] = review.accepted(latest, choice, note, now)
    opened.store.save(after.values(), getpass.getuser(), note or "reviewed")
    st.session_state["review-undo"] = (list(before.values()), after)


def _undo_button(t: Translator, opened: shelf.Shelf) -> None:
    if st.session_state.pop("review-said", "") == "changed":
        st.warning(t("Somebody changed this entry meanwhile; look at it again and decide."))
    if before := st.session_state.get("review-undo"):
        names = ", ".join(one.title for one in before[0][:3])
        words = f"{t('Undo the last decision')}: {label(names)}"
        st.button(words, on_click=partial(_undo, opened, *before))


def _undo(opened: shelf.Shelf, before: list[Entry], after: dict[str, Entry]) -> None:
    del st.session_state["review-undo"]
    if opened.store.entries(list(after)) == after:
        opened.store.save(before, getpass.getuser(), "undone")
    else:
        st.session_state["review-said"] = "changed"
