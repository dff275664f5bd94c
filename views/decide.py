"""Deciding one location: its candidates as cards, a person's own points, or no place at all."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Callable
from functools import partial

import streamlit as st

from geo import interest, review
from geo.coordinates import Read
from geo.entry import Absence, Candidate, Entry
from geo.errors import InputError
from geo.geocode import answer
from geo.i18n import Translator
from views import point, shelf
from views.ask import ask_online
from views.candidate import candidate_card
from views.text import spaced, tag

SHOWN = 12
"""How many candidates are offered at once."""


def draw(
    t: Translator, opened: shelf.Shelf, one: review.Pending, waiting: list[review.Pending]
) -> None:
    """Draw everything that can be done about a location that waits."""
    same = review.alike(one, waiting)
    if len(same) > 1:
        words = t("Decide all {n} locations with these words", n=len(same))
        st.checkbox(words, key=f"together-{one.key}")
    st.text_input(t("Note: why this place"), key=f"note-{one.key}")
    name = st.text_input(t("Search another name"), key=f"search-{one.key}")
    point.ask(t, one)
    geocoder = interest.geocoder(opened.gazetteer, opened.index)
    found = answer(geocoder, name).candidates if name.strip() else ()
    found = (*found, *ask_online(t, name.strip() or one.location.locality))
    listed = {c.place_id: c for c in (*found, *one.location.candidates)}
    offered = [*point.said(one), *list(listed.values())[:SHOWN]]
    for place, each in enumerate(offered):
        with st.container(border=True, gap="xsmall"):
            _card(t, opened, one, same, each, first=place == 0)
    st.selectbox(
        t("None of these, because the place is"),
        [absence.value for absence in Absence],
        format_func=partial(spaced, t),
        key=f"absence-{one.key}",
    )
    st.button(t("Reject all"), on_click=partial(_decide, opened, one, same, None))


def _card(
    t: Translator, opened: shelf.Shelf, one: review.Pending, same: list[review.Pending],
    of: Candidate | Read, *, first: bool,
) -> None:  # fmt: skip
    if isinstance(of, Read):
        key = point.name_of(of)
        choose: Callable[[], Candidate] = partial(point.made, opened, one, of)
        st.html(tag("div", f"{t('Your own point')} · {spaced(t, of.form)}", "section"))
    else:
        key, choose = of.place_id, partial(point.fitted, one, of)
    st.html(candidate_card(t, opened, choose()))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            t("Accept"), key=f"accept-{one.key}-{key}", shortcut="a" if first else None,
            on_click=partial(_decide, opened, one, same, choose),
        )  # fmt: skip
        point.settings(t, opened, one, of)


def _decide(
    opened: shelf.Shelf,
    one: review.Pending,
    same: list[review.Pending],
    choose: Callable[[], Candidate] | None,
) -> None:
    """Save the decision; nothing is saved where an entry has changed since it was shown.

    What was typed and ticked is read now: a click may come before the page was drawn anew.
    """
    note = st.session_state.get(f"note-{one.key}", "").strip()
    chosen = same if st.session_state.get(f"together-{one.key}") else [one]
    absence = Absence(st.session_state.get(f"absence-{one.key}", Absence.NOT_FOUND))
    before = {each.entry.id: each.entry for each in chosen}
    if opened.store.entries(list(before)) != before:
        st.session_state["review-said"] = InputError(_CHANGED)
        return
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    after: dict[str, Entry] = {}
    choice = choose() if choose else None
    for each in chosen:
        latest = review.Pending(after.get(each.entry.id, each.entry), each.number)
        if choice is None:
            after[each.entry.id] = review.rejected(latest, absence, note, now)
        else:
            after[each.entry.id] = review.accepted(latest, choice, note, now)
    opened.store.save(after.values(), getpass.getuser(), note or "reviewed")
    st.session_state["review-undo"] = [_number(opened, each) for each in after.values()]
    st.session_state["review-done"] = ", ".join(each.title for each in list(after.values())[:3])


_CHANGED = "Somebody changed this entry meanwhile; look at it again and decide."


def _number(opened: shelf.Shelf, entry: Entry) -> int:
    """Return the number of the revision that says this of the entry."""
    history = opened.store.history(entry.id)
    return next(one.seq for one in reversed(history) if one.entry == entry)
