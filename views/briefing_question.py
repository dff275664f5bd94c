"""The question of a step: its filters in words, how the map stands, which entries are ringed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from geo.steps import Step
from views import address, pages, standing, table_state
from views.briefing_data import Brief
from views.briefing_draft import Draft
from views.text import label, tag

_FOUND = 60
"""Entries that are offered at once; a search finds the others."""


def draw(brief: Brief, draft: Draft, step: Step) -> None:
    """Draw the question, the view and the chosen entries."""
    t = brief.t
    st.html(tag("h2", t("Question"), "part"))
    st.html(tag("p", brief.question(step), "question"))
    now = address.filters()
    said = now.describe(t, brief.names(now))
    with st.container(horizontal=True, gap="xsmall", key="step-question"):
        st.button(
            t("Ask as the map does now"), key="step-as-map", icon=":material/filter_alt:",
            help=label(said), on_click=partial(draft.take, now.query(), "filters"),
        )  # fmt: skip
        if st.button(t("Open on the map"), key="step-open-map", icon=":material/map:"):
            _open(step)
    _view(brief, draft, step)
    _entries(brief, draft, step)


def _open(step: Step) -> None:
    """Go to the map with the step's question; the address remembers which step is edited."""
    address.show(step.asked()[0])
    address.write("view", standing.written(step.view) if step.view else "")
    pages.go("map")


def _view(brief: Brief, draft: Draft, step: Step) -> None:
    t, now = brief.t, standing.view()
    st.html(tag("h2", t("View of the map"), "part"))
    if step.view is None:
        st.html(tag("p", t("Fitted to what is shown, also when the data change.")))
    else:
        said = t("Fixed at {view} (latitude, longitude, zoom).", view=standing.written(step.view))
        st.html(tag("p", said))
    with st.container(horizontal=True, gap="xsmall", key="step-view"):
        st.button(
            t("As the map stands now"), key="step-view-now", disabled=now is None,
            help=standing.written(now) if now else t("The map was not moved yet."),
            on_click=partial(draft.take, now.model_dump() if now else None, "view"),
        )  # fmt: skip
        st.button(
            t("Fit to what is shown"), key="step-view-fit", disabled=step.view is None,
            on_click=partial(_fit, draft),
        )  # fmt: skip


def _fit(draft: Draft) -> None:
    draft.said["view"] = None


def _entries(brief: Brief, draft: Draft, step: Step) -> None:
    """Draw the choice of the entries that are ringed and named, among those that pass."""
    t, asked = brief.t, brief.asked(step)[0]
    st.html(tag("h2", t("Chosen entries"), "part"))
    st.caption(t("They are ringed on the map and named, as far as the question finds them."))
    words = st.text_input(
        t("Search among them"), key=f"step-search-{draft.step}",
        placeholder=t("words of the entry"), label_visibility="collapsed",
    )  # fmt: skip
    narrower = replace(asked, text=" ".join(filter(None, (asked.text, words))))
    found, number = brief.data.index.page(narrower, _FOUND)
    chosen = list(step.entries)
    options = list(dict.fromkeys([*chosen, *found]))
    named = brief.data.record.entries(options)
    shows = brief.data.index.shows
    titles = {one: named[one].title for one in options if one in named and shows(one, asked)}
    key = f"step-entries-{draft.step}"
    st.session_state[key] = chosen
    st.multiselect(
        t("Chosen entries"), options, key=key, label_visibility="collapsed",
        format_func=lambda one: f"{one} · {titles[one]}" if one in titles
        else t("{id} (not found by the question)", id=one),
        placeholder=t("{n} to choose from", n=f"{number:,}"), max_selections=500,
        on_change=lambda: draft.take(list(st.session_state[key]), "entries"),
    )  # fmt: skip
    if number > _FOUND:
        st.caption(t("The first {n} are offered; search to see others.", n=_FOUND))
    picks = [one for one in table_state.picks() if shows(one, asked)]
    if picks and picks != chosen:
        st.button(
            t("Take those selected on the map ({n})", n=len(picks)), key="step-picks",
            on_click=partial(draft.take, picks, "entries"),
        )  # fmt: skip
