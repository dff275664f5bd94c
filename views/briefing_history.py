"""The history of a briefing: who saved it when and why, and the way back to each state."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo.dates import said_moment
from views import briefing_data, briefing_saving, briefing_why
from views.briefing_data import Brief
from views.text import label

_SHOWN = 30


def draw(brief: Brief) -> None:
    """Draw the history, the newest state first."""
    t, store = brief.t, brief.shelf.store
    saved = briefing_data.history(store, brief.briefing.id, brief.seq)[::-1]
    with st.expander(t("History ({n})", n=len(saved)), key="briefing-history"):
        for number, one in enumerate(saved[:_SHOWN]):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(
                    f"{label(said_moment(one.at, t))} · {label(one.who)}:"
                    f" {label(briefing_why.said(t, one.why))}"
                )
                if number == 0:
                    st.caption(t("now"))
                    continue
                st.button(
                    t("Back to this"), key=f"back-to-{one.seq}", type="tertiary",
                    icon=":material/undo:",
                    on_click=partial(briefing_saving.back, store, one.briefing, brief.seq),
                )  # fmt: skip
        if len(saved) > _SHOWN:
            st.caption(t("and {n} more", n=f"{len(saved) - _SHOWN:,}"))
