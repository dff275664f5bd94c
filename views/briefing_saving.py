"""Saving a briefing: one revision a change, never over somebody else's, each undone by a click."""

from __future__ import annotations

import getpass
import threading
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from geo.errors import GeoError
from geo.i18n import Translator
from geo.steps import Briefing
from geo.store import Saved, Store
from views import briefing_data, briefing_why
from views.text import label, told

_KEPT = "briefing-saves"
_MEANWHILE = (
    "Somebody saved this briefing meanwhile, so nothing was written. What they saved is shown now;"
    " do it again if you still want it."
)


def save(store: Store, changed: Briefing, why: str, upon: int) -> bool:
    """Save a briefing; False, and nothing written, where somebody saved it after `upon`.

    `why` is kept in the history, and the page says it, with an undo.
    """
    kept = _kept()
    with kept.lock:
        # No word to Streamlit in here: it may end a callback at any, and what was written would
        # not be known as this session's own.
        try:
            written = store.save([changed], getpass.getuser(), why, upon=upon)
        except GeoError as error:
            kept.told = (changed.id, error, 0)
            return False
        now = store.briefing(changed.id) if written else None
        kept.told = (changed.id, why, now[0]) if now else (changed.id, "", 0)
        kept.own |= {now[0]} if now else set()
    return now is not None


@dataclass
class _Kept:
    """What a session knows of its own saves."""

    told: tuple[str, str | GeoError, int] = ("", "", 0)
    """Of which briefing something is to be told, what, and its revision; 0 if none was written."""
    own: set[int] = field(default_factory=set)
    """The revisions that this session wrote."""
    stands_for: dict[int, int] = field(default_factory=dict)
    """For each revision that an undo wrote: the one whose state it brought back."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    """Held while it saves: a click that overtakes another one runs beside it, in a thread."""


def _kept() -> _Kept:
    if _KEPT not in st.session_state:
        st.session_state[_KEPT] = _Kept()
    kept: _Kept = st.session_state[_KEPT]
    return kept


def saving() -> threading.RLock:
    """Return the lock to hold from looking at what stands to saving upon it."""
    return _kept().lock


def own(store: Store, name: str, upon: int) -> tuple[int, Briefing] | None:
    """Return the newest revision if all that was saved after `upon` was saved by this session."""
    later = [one for one in store.briefing_history(name) if one.seq >= upon]
    known = _kept().own
    if not later or any(one.seq not in known for one in later if one.seq > upon):
        return None
    return later[-1].seq, later[-1].briefing


def begin(store: Store, new: Briefing, why: str) -> None:
    """Save a new briefing."""
    store.save([new], getpass.getuser(), why)
    _kept().told = ("", "", 0)


def undo(store: Store, name: str, seq: int) -> None:
    """Bring back the state before revision `seq`, if that still is the newest.

    Undoing once more goes on to the state before that one.
    """
    before = _before(store, name, seq)
    if before and save(store, before[-1].briefing, "an earlier state brought back", seq):
        _kept().stands_for[_kept().told[2]] = before[-1].seq


def _before(store: Store, name: str, seq: int) -> list[Saved]:
    """Return what was saved before the state that revision `seq` is or brought back."""
    state = _kept().stands_for.get(seq, seq)
    return [one for one in briefing_data.history(store, name, seq) if one.seq < state]


def back(store: Store, earlier: Briefing, upon: int) -> None:
    """Save an earlier state as the newest."""
    save(store, earlier, "an earlier state brought back", upon)


def tell(t: Translator, store: Store, name: str) -> None:
    """Say what became of the last change, with its undo."""
    of, said, seq = _kept().told
    if not of or name not in ("", of):
        return
    with st.container(
        key="briefing-told", border=True, horizontal=True, vertical_alignment="center"
    ):
        if isinstance(said, GeoError):
            st.markdown(told(t, said))
        elif not seq:
            st.markdown(t(_MEANWHILE))
        else:
            st.markdown(_named(store, of, name) + label(briefing_why.said(t, said)))
            if _before(store, of, seq):
                st.button(
                    t("Undo"), key="briefing-undo", icon=":material/undo:",
                    on_click=partial(undo, store, of, seq),
                )  # fmt: skip
        st.button(t("Close"), key="briefing-told-close", type="tertiary", on_click=forget)


def _named(store: Store, of: str, name: str) -> str:
    """Return the title of the briefing that is spoken of, "" where it is the one that is open."""
    found = None if name else store.briefing(of)
    return f"**{label(found[1].title)}**: " if found else ""


def forget() -> None:
    """Say no more of the last change."""
    _kept().told = ("", "", 0)
