"""The page of the briefings: all of them, one of them, one of its steps, or its presentation.

Which of these it is stands in the address: `briefing`, `step` and `present`.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.i18n import Translator
from views import (
    briefing_all,
    briefing_one,
    briefing_saving,
    briefing_step,
    present,
    shelf,
)
from views.briefing_at import at, close, open_briefing, presenting, step_at
from views.briefing_data import Brief
from views.text import label, tag


def draw(t: Translator, language: str) -> None:
    """Draw what the address asks for."""
    st.html(Path(__file__).parent / "briefing.css")
    opened = shelf.opened(t)
    name = at()
    found = opened.store.briefing(name) if name else None
    if found is None or found[1].deleted:
        if name:
            _gone(t, name)
        briefing_all.draw(t, language, opened)
        return
    brief = Brief(t, language, opened, *found)
    if presenting():
        present.draw(brief)
        return
    with st.container(key="briefing"):
        with st.container(horizontal=True, gap="xsmall", key="briefing-back"):
            st.button(t("← All briefings"), key="briefing-close", on_click=close)
            if step_at():
                st.button(
                    t("← {title}", title=label(brief.briefing.title)), key="briefing-steps",
                    on_click=open_briefing, args=(name,),
                )  # fmt: skip
        with st.container():  # always there, so that nothing below moves to another place
            briefing_saving.tell(t, opened.store, name)
        if step_at():
            briefing_step.draw(brief, step_at())
        else:
            briefing_one.draw(brief)


def _gone(t: Translator, name: str) -> None:
    said = t("There is no briefing “{name}” here, or it was deleted.", name=name)
    st.html(tag("p", said, "muted"))
