"""All briefings: what there is, a new one, one from a file, and those that were deleted."""

from __future__ import annotations

import getpass
from functools import partial

import streamlit as st

from geo.briefing import files
from geo.dates import said, said_moment
from geo.entry import Invalid, reason
from geo.errors import GeoError, InputError
from geo.i18n import Translator
from geo.steps import Briefing, named
from views import briefing_data, briefing_saving
from views.briefing_at import open_briefing
from views.shelf import Shelf
from views.text import counted, label, tag, told


def draw(t: Translator, language: str, opened: Shelf) -> None:
    """Draw the list, and above it the ways to a further one."""
    found = opened.store.briefings()
    every = {name: one for name, (_, one) in found.items()}
    kept = [one for one in every.values() if not one.deleted]
    with st.container(key="briefings"):
        st.html(tag("h1", t("Briefings"), "sentence"))
        st.html(tag("p", t(_A_BRIEFING), "muted"))
        with st.container():
            briefing_saving.tell(t, opened.store, "")
        with st.container(horizontal=True, gap="xsmall", key="briefings-ways"):
            _new(t, language, opened, set(every))
            _import(t, opened, set(every))
        if not kept:
            st.html(f'<div class="card">{tag("p", t(_NO_BRIEFING), "muted")}</div>')
        for one in kept:
            _row(t, language, opened, one, found[one.id][0])
        gone = [one for one in every.values() if one.deleted]
        if gone:
            with st.expander(t("Deleted ({n})", n=len(gone)), key="briefings-deleted"):
                for one in gone:
                    _deleted(t, opened, one)


_A_BRIEFING = (
    "A briefing is an ordered list of steps, and each step is a question to the data: it shows what"
    " the record says today, and never more."
)
_NO_BRIEFING = (
    "No briefing yet. Begin a new one, take one in from a file, or set the map as you want to show"
    " it and choose “Add this view as a step”."
)


def _row(t: Translator, language: str, opened: Shelf, one: Briefing, seq: int) -> None:
    """Draw a briefing as one button; the facts below its title."""
    last = briefing_data.history(opened.store, one.id, seq)[-1]
    shown = opened.store.presented(one.id)
    number = counted(t, len(one.steps), "{n} step", "{n} steps")
    facts = [
        one.author, said(one.date, t) if one.date else "", number,
        t("changed {moment}", moment=said_moment(last.at, t)),
        t("presented {moment}", moment=said_moment(shown[1], t)) if shown
        else t("never presented"),
        t("frozen") if one.frozen else "",
    ]  # fmt: skip
    title = label(one.said(language).title)
    with st.container(key=f"briefings-{one.id}"):
        st.button(
            f"**{title}**  \n{label(' · '.join(filter(None, facts)))}", key=f"open-{one.id}",
            on_click=open_briefing, args=(one.id,), width="stretch",
        )  # fmt: skip


def _new(t: Translator, language: str, opened: Shelf, taken: set[str]) -> None:
    with st.popover(t("New briefing"), icon=":material/add:"):
        title = st.text_input(t("Title"), key="briefing-new", max_chars=200)
        if st.button(t("Begin"), key="briefing-begin", type="primary", disabled=not title.strip()):
            try:
                made = new(title, language, taken)
            except InputError as error:
                st.error(told(t, error))
                return
            briefing_saving.begin(opened.store, made, "begun")
            open_briefing(made.id)
            st.rerun()


def new(title: str, language: str, taken: set[str]) -> Briefing:
    """Return a briefing with a title and nothing else; raises `InputError` for nonsense."""
    try:
        return Briefing(id=named(title, taken), title=title.strip(), language=language)
    except Invalid as error:
        raise InputError("{why}", why=reason(error)[1]) from error


def _import(t: Translator, opened: Shelf, taken: set[str]) -> None:
    with st.popover(t("Import"), icon=":material/upload_file:"):
        given = st.file_uploader(
            t("A briefing of Glimpse or of StoryMapJS (.json)"), type=["json"],
            key="briefing-file", max_upload_size=60,
        )  # fmt: skip
        if given is None or not st.button(t("Take it in"), key="briefing-take", type="primary"):
            return
        try:
            found = files.read(given.getvalue())
            if found.id in taken:
                found = found.model_copy(update={"id": named(found.title, taken)})
            opened.store.save([found], getpass.getuser(), "taken in from a file")
        except GeoError as error:
            st.error(told(t, error))
            return
        open_briefing(found.id)
        st.rerun()


def _deleted(t: Translator, opened: Shelf, one: Briefing) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(label(one.title))
        st.button(
            t("Put it back"), key=f"put-back-{one.id}", icon=":material/undo:",
            on_click=partial(_put_back, opened, one),
        )  # fmt: skip


def _put_back(opened: Shelf, one: Briefing) -> None:
    found = opened.store.briefing(one.id)
    if found:
        back = found[1].model_copy(update={"deleted": False})
        briefing_saving.save(opened.store, back, "put back", found[0])
