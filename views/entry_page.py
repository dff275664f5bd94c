"""One entry on a page of its own: what is claimed, where that is, and what it rests on."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from geo.citation import cite, permalink
from geo.entry import Visibility
from geo.filters import Filters
from geo.i18n import Translator
from views import address, copying, entry, pages, shelf
from views import entry_claims as claims
from views import entry_correct as correct
from views import entry_edit as form
from views import entry_evidence as evidence
from views import entry_ladder as ladder
from views import entry_map as places
from views import entry_near as near
from views.one import One, open_tool, tool
from views.text import tag, visible


def draw(t: Translator, language: str) -> None:
    """Draw the page of the entry that the address names."""
    opened = shelf.opened(t)
    one = _asked(t, language, opened)
    if st.button(t("← Back to the map"), key="back-to-map"):
        pages.go("map")
    if one is None:
        st.html(tag("h1", t("This entry is not here"), "sentence"))
        st.info(t("No entry with this id is shown. Choose one on the map or in the table."))
        return
    correct.finish(one)
    with st.container(key="entry-page"):
        _head(one)
        with st.container():  # always there, so that nothing below moves to another place
            if tool(one.entry.id) == "edit":
                form.draw(one)
        _parts(one)
        near.draw(one)


def _asked(t: Translator, language: str, opened: shelf.Shelf) -> One | None:
    """Return the entry that is asked for; None where nobody may see it, or there is none."""
    asked = address.selected()
    history = opened.store.history(asked) if opened.index.shows(asked, Filters()) else []
    if not history or history[-1].entry.visibility is Visibility.WITHHELD:
        return None
    return One(t, language, opened, history[-1].entry, history, opened.store.reports())


def _head(one: One) -> None:
    t, entry_id = one.t, one.entry.id
    heading = " · ".join(filter(None, [t("Entry {id}", id=entry_id), t(one.entry.category)]))
    said = [tag("div", heading, "section"), tag("h1", one.entry.title, "sentence")]
    if one.entry.description:
        said.append(tag("p", one.entry.description))
    st.html(f'<div class="entry-head">{"".join(said)}{entry.badges(t, one.entry)}</div>')
    with st.container(horizontal=True, gap="xsmall", key="entry-tools"):
        edit = t("Edit, not saved yet") if form.unsaved(one) else t("Edit")
        for name, words in (("edit", edit), ("correct", t("Correct a place"))):
            is_open = tool(entry_id) == name
            st.button(
                t("Close") if is_open else words, key=f"tool-{name}", on_click=open_tool,
                args=(entry_id, "" if is_open else name),
            )  # fmt: skip
        link = permalink("/", entry_id).removeprefix("/")
        copying.button(t, t("Copy link"), "copy-link", query=f"{link}&lang={one.language}")
        with st.popover(t("Cite")):
            _citation(one)


def _citation(one: One) -> None:
    url = permalink(st.context.url or "", one.entry.id)
    today = dt.datetime.now(dt.UTC).date()
    text = visible(cite(one.t, one.entry, one.reports, url, today))
    st.html(tag("p", text, "citation"))
    copying.button(one.t, one.t("Copy citation"), "copy-citation", text=text)


def _parts(one: One) -> None:
    left, middle, right = st.columns([3, 5, 4], gap="medium")
    with left, st.container(key="entry-claims", gap="small"):
        claims.draw(one)
    with left, st.container(key="entry-ladder"):
        ladder.draw(one)
    with middle, st.container(key="entry-places", gap="small"):
        if tool(one.entry.id) == "correct":
            correct.draw(one)
        else:
            places.draw(one)
    with right, st.container(key="entry-evidence", gap="small"):
        evidence.draw(one)
