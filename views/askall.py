"""Asking an online service for every locality that waits, one after the other, until stopped."""

from __future__ import annotations

import datetime as dt
import getpass

import streamlit as st

from geo import review
from geo.entry import Absence, Candidate, Entry
from geo.errors import GeoError, InputError
from geo.filters import Filters
from geo.i18n import Translator
from geo.online import Online, Service, ask_all, request
from views.ask import allowed, asking
from views.shelf import Shelf

_AT_ONCE = 100
"""Localities that are asked for at one click: public services do not want to be asked in bulk."""
_ENTRIES = 1_000


def draw(t: Translator, shelf: Shelf) -> None:
    """Draw what would be sent for all waiting localities, and the sending of it."""
    open_to = allowed()
    if not open_to:
        st.info(
            t("Asking online is off. Whoever runs Glimpse can allow it; then switch it on above.")
        )
        return
    waiting = _waiting(shelf)
    words = list(dict.fromkeys(text for one in waiting for text in review.unanswered(one)))
    for service in open_to:
        _one(t, shelf, service, words)


def _waiting(shelf: Shelf) -> list[Entry]:
    """Return the entries with a locality that no rule could place, up to a thousand of each."""
    ids, _ = shelf.index.to_review(_ENTRIES)
    ids += shelf.index.unplaced(Filters(), Absence.NOT_FOUND.value, _ENTRIES)
    return list(shelf.store.entries(list(dict.fromkeys(ids))).values())


def _one(t: Translator, shelf: Shelf, service: Service, words: list[str]) -> None:
    st.subheader(service.name, anchor=False)
    fit = [one for one in words if _can_be_sent(service, one)]
    done: set[str] = st.session_state.setdefault(f"asked-{service.name}", set())
    left = [one for one in fit if one not in done]
    if said := st.session_state.pop(f"said-{service.name}", ""):
        st.warning(said)
    if len(fit) < len(words):
        st.caption(t("{n} localities are never sent, because they hold links or coordinates, or are"
                     " too long.", n=len(words) - len(fit)))  # fmt: skip
    if not left:
        st.success(t("All {n} localities were asked for.", n=len(fit)))
        return
    now = left[:_AT_ONCE]
    st.caption(t("These {n} localities and nothing else will be sent, one a second, to {host}:",
                 n=len(now), host=service.host))  # fmt: skip
    st.code("\n".join(now), language=None, height=200)
    with st.container(horizontal=True):
        start = st.button(t("Send all"), key=f"all-{service.name}", type="primary")
        place = st.empty()
    if start:
        place.button(t("Stop"), key=f"stop-{service.name}")
        _ask(t, shelf, asking(service), now, done)
        st.rerun()


def _can_be_sent(service: Service, words: str) -> bool:
    try:
        return bool(request(service, words))
    except InputError:
        return False


def _ask(t: Translator, shelf: Shelf, asked: Online, words: list[str], done: set[str]) -> None:
    """Ask for each locality, and keep every answer at once: a click on Stop may end it any time.

    Streamlit draws the page anew on that click and ends this run at its next touch of the page.
    """
    bar, before = st.progress(0.0), len(done)
    try:
        for locality, found in ask_all(asked, words):
            _join(shelf, asked.service, locality, found)
            done.add(locality)
            number = len(done) - before
            bar.progress(number / len(words), t("{done} of {n} asked", done=number, n=len(words)))
    except GeoError as error:
        problem = t(error.sentence, **error.values)
        st.session_state[f"said-{asked.service.name}"] = t(
            "{done} of {n} were answered. {problem} “Send all” goes on where it stopped.",
            done=len(done) - before, n=len(words), problem=problem,
        )  # fmt: skip


def _join(shelf: Shelf, service: Service, locality: str, found: list[Candidate]) -> None:
    """Save an answer as candidates of the locations with these words, as they stand now."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    new = (review.joined(one, {locality: found}, now) for one in _waiting(shelf))
    if changed := [one for one in new if one is not None]:
        shelf.store.save(changed, getpass.getuser(), f"asked {service.name} online")
