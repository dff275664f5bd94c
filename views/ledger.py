"""Why here: the words, who was asked, every candidate, the decision, and each later change."""

from __future__ import annotations

import getpass

import streamlit as st

from geo import bulk, ledger
from geo.dates import said, said_moment
from geo.entry import Candidate, DecidedBy, Entry, Location
from geo.errors import InputError
from geo.i18n import Translator
from views.candidate import candidate_card, named
from views.shelf import Shelf
from views.text import spaced, tag

_SHOWN = 5
_MOST = 12
"""How many locations of one entry are shown; a report seldom names more than three."""


def draw(t: Translator, shelf: Shelf, entry: Entry) -> None:
    """Draw the trail of each filming place of the entry, and the undoing of its last change."""
    history = shelf.store.history(entry.id)
    places = [
        trail
        for trail in ledger.trails(history)
        if trail.location.locality and trail.location.relation.filmed and not trail.gone
    ]
    newest = ledger.undoable(history)
    if not places and newest is None:
        return
    with st.container(key="ledger", gap="xsmall"):
        if places:
            st.html(tag("div", t("Why here?"), "section"))
        for number, trail in enumerate(places[:_MOST]):
            _candidates(t, shelf, trail.location, f"{entry.id}-{number}")
            st.html("".join(_change(t, shelf, change) for change in trail.changes))
        if newest is not None:
            _undo(t, shelf, newest)
            if history[-1].why.startswith(bulk.WHY):
                _undo_all(t, shelf, newest)


def _candidates(t: Translator, shelf: Shelf, location: Location, key: str) -> None:
    decision = location.decision
    reason = t(decision.reason) if decision else ""
    if decision and decision.by is DecidedBy.PERSON:
        reason = t(
            "decided by a person on {at}. {note}",
            at=said(f"{decision.at:%Y-%m-%d}", t),
            note=reason,
        )
    st.html(tag("div", f"“{location.locality}”: {reason}", "why muted"))
    ordered = sorted(location.candidates, key=lambda one: one.place_id != location.chosen)
    st.html(_cards(t, shelf, location, ordered[:_SHOWN]))
    if rest := ordered[_SHOWN:]:
        with st.expander(t("and {n} more candidates", n=len(rest)), key=f"more-{key}"):
            st.html(_cards(t, shelf, location, rest))


def _cards(t: Translator, shelf: Shelf, location: Location, some: list[Candidate]) -> str:
    return "".join(
        candidate_card(t, shelf, one, chosen=one.place_id == location.chosen) for one in some
    )


def _change(t: Translator, shelf: Shelf, change: ledger.Change) -> str:
    """Return one change as HTML: when, who, from where to where, and why."""
    words = t(
        "{at} · {who}: {before} → {after}",
        at=said_moment(change.at, t), who=change.who,
        before=_state(t, shelf, change.before), after=_state(t, shelf, change.after),
    )  # fmt: skip
    why = tag("div", ledger.why(t, change.why), "muted")
    return f'<div class="change">{tag("div", words)}{why}</div>'


def _state(t: Translator, shelf: Shelf, location: Location | None) -> str:
    if location is None:
        return t("nothing yet")
    place = location.place
    if place is None:
        return spaced(t, location.unplaced)
    where = named(t, shelf, place)
    by_hand = location.decision and location.decision.by is DecidedBy.PERSON
    return t("{place}, decided by a person", place=where) if by_hand else where


def _undo(t: Translator, shelf: Shelf, seq: int) -> None:
    """Draw the undoing of the newest revision; the whole page follows, the map too."""
    if not st.button(t("Undo the last change"), key=f"undo-{seq}"):
        return
    try:
        shelf.store.undo([seq], getpass.getuser())
    except InputError as error:
        st.warning(t(error.sentence, **error.values))
        return
    st.rerun()


def _undo_all(t: Translator, shelf: Shelf, seq: int) -> None:
    """Draw the undoing of a change that was made to many entries, for all of them."""
    if st.button(t("Undo it for all entries changed with it"), key=f"undo-all-{seq}"):
        try:
            bulk.undo(shelf.store, seq, getpass.getuser())
        except InputError as error:
            st.warning(t(error.sentence, **error.values))
            return
        st.rerun()
