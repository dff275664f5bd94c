"""What frames the steps of a briefing: its title and words, who may be shown it, how it closes."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo.i18n import LANGUAGES
from geo.steps import Profile
from views import briefing_draft, briefing_keep, briefing_prose
from views.briefing_data import Brief
from views.briefing_fields import Form
from views.text import tag

_HEADINGS = {
    Profile.PUBLISHED: "Published entries only",
    Profile.TEAM: "The team: drafts too",
}
_SAID = {
    Profile.PUBLISHED: "What any reader may see. Drafts and withheld entries are left out of every"
    " screen and every file.",
    Profile.TEAM: "Drafts are shown as well, for those who work on them. Withheld entries never"
    " are. Do not publish what comes of it.",
}


def draw(brief: Brief) -> None:
    """Draw the form."""
    t, draft = brief.t, briefing_draft.draft(brief)
    if draft is None:
        return
    form = Form(t, draft)
    st.html(tag("div", t("About this briefing"), "section"))
    with st.container(border=True, key="briefing-form"):
        form.line(t("Title"), "title")
        left, right = st.columns(2)
        with left:
            form.line(t("Author"), "author")
        with right:
            form.line(t("Date"), "date", placeholder="2026-05-17")
        form.area(t("Cover text"), "cover")
        briefing_prose.preview(brief, str(draft.get("cover")), "cover")
        form.choice(
            t("Who is shown it"), [one.value for one in Profile],
            lambda value: t(_HEADINGS[Profile(value)]), "profile",
        )  # fmt: skip
        st.caption(t(_SAID[Profile(draft.get("profile"))]))
        st.html(tag("h2", t("Closing screens"), "part"))
        form.switch(t("What this map does not show"), "gaps")
        form.switch(t("Sources and methods"), "sources")
        form.area(t("Methodology, on the last screen"), "methodology")
        briefing_prose.preview(brief, str(draft.get("methodology")), "methodology")
        form.choice(t("Written in"), list(LANGUAGES), LANGUAGES.__getitem__, "language")
        _translations(brief, form)
        briefing_keep.buttons(brief, draft)


def _translations(brief: Brief, form: Form) -> None:
    """Draw the words in the languages besides the briefing's own."""
    t = brief.t
    for code in [one for one in LANGUAGES if one != form.draft.get("language")]:
        title = t("Words in {language}", language=LANGUAGES[code])
        with st.expander(title, key=f"briefing-words-{code}"):
            st.caption(t("What is left empty stands in the briefing's own language."))
            words = partial(_path, code)
            form.line(t("Title"), *words("title"))
            form.area(t("Cover text"), *words("cover"))
            form.area(t("Methodology, on the last screen"), *words("methodology"))


def _path(code: str, name: str) -> tuple[str, ...]:
    return ("translations", code, name)
