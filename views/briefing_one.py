"""One briefing: what changed, its steps in order, and what frames them."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from geo.dates import said, said_moment
from geo.steps import Frozen
from views import (
    briefing_about,
    briefing_at,
    briefing_changes,
    briefing_hand,
    briefing_history,
    briefing_saving,
    briefing_steps,
    present,
)
from views.briefing_data import Brief, moment
from views.text import counted, tag


def draw(brief: Brief) -> None:
    """Draw the page of the briefing."""
    t, briefing = brief.t, brief.briefing
    worded = briefing.said(brief.language)
    facts = [
        worded.author, said(worded.date, t) if worded.date else "",
        counted(t, len(worded.steps), "{n} step", "{n} steps"),
        t("frozen at {moment}", moment=said_moment(moment(briefing.frozen), t))
        if briefing.frozen else "",
    ]  # fmt: skip
    st.html(
        tag("h1", worded.title, "sentence") + tag("p", " · ".join(filter(None, facts)), "muted")
    )
    _tools(brief)
    briefing_changes.draw(brief)
    left, right = st.columns([6, 5], gap="medium")
    with left, st.container(key="briefing-order", gap="small"):
        briefing_steps.draw(brief)
    with right, st.container(key="briefing-about", gap="small"):
        briefing_about.draw(brief)
    briefing_history.draw(brief)


def _tools(brief: Brief) -> None:
    t, briefing = brief.t, brief.briefing
    with st.container(horizontal=True, gap="xsmall", key="briefing-tools"):
        st.button(
            t("Present"), key="briefing-present", type="primary", icon=":material/play_arrow:",
            on_click=present.begin, args=(brief,),
        )  # fmt: skip
        briefing_hand.draw(brief)
        st.button(
            t("Unfreeze") if briefing.frozen else t("Freeze"), key="briefing-freeze",
            icon=":material/lock_open:" if briefing.frozen else ":material/ac_unit:",
            help=t("Unfrozen, it asks the data of the day again.") if briefing.frozen
            else t("Keeps the data of this moment; what is withheld later is left out all the"
                   " same."),
            on_click=partial(_freeze, brief),
        )  # fmt: skip
        st.button(
            t("Delete"), key="briefing-delete", icon=":material/delete:",
            help=t("A deleted briefing can be put back from the list of briefings."),
            on_click=partial(_delete, brief),
        )  # fmt: skip


def _freeze(brief: Brief) -> None:
    """Keep to the data of now, or to the present again."""
    store, briefing = brief.shelf.store, brief.briefing
    now = dt.datetime.now(dt.UTC)
    frozen = None
    if not briefing.frozen:
        frozen = Frozen(seq=store.head()[0], at=f"{now:%Y-%m-%dT%H:%M:%SZ}")
    changed = briefing.model_copy(update={"frozen": frozen})
    briefing_saving.save(store, changed, "frozen" if frozen else "unfrozen", brief.seq)


def _delete(brief: Brief) -> None:
    gone = brief.briefing.model_copy(update={"deleted": True})
    if briefing_saving.save(brief.shelf.store, gone, "deleted", brief.seq):
        briefing_at.close()
