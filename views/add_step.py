"""The map page's “Add this view as a step”: a step of a briefing, saved at once."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo.errors import GeoError
from geo.steps import Briefing
from views import briefing_at, pages, standing, step_saving
from views.embed import embedded
from views.lists import View
from views.text import counted, label, told

_NEW = ""


@st.fragment(key="add-step")
def draw(view: View) -> None:
    """Draw the menu; what stands in it is made when it is opened."""
    t = view.t
    if embedded():
        return
    with st.container(key="add-step", width="content"):
        menu = st.popover(
            t("Add this view as a step"), icon=":material/playlist_add:", on_change="rerun",
            key="add-step-menu",
        )  # fmt: skip
        if not menu.open:
            st.session_state.pop(step_saving.TOLD, None)
            return
        with menu, st.container(key="add-step-form"):
            _form(view)
            standing.ask("add")


def _form(view: View) -> None:
    t, store = view.t, view.shelf.store
    said = st.session_state.get(step_saving.TOLD)
    if isinstance(said, GeoError):
        st.error(told(t, said))
    elif said:
        _done(view, *said)
        return
    every = {name: one for name, (_, one) in store.briefings().items()}
    kept = {name: one.said(view.language).title for name, one in every.items() if not one.deleted}
    _replace(view, every)
    options = [*kept, _NEW]
    now = briefing_at.at()
    name = st.selectbox(
        t("Briefing"), options, index=options.index(now) if now in kept else 0,
        format_func=lambda one: kept.get(one, t("New briefing")), key="add-step-to",
    )  # fmt: skip
    if name == _NEW:
        st.text_input(t("Title of the new briefing"), max_chars=200, **step_saving.word("title"))
    st.text_input(
        t("Headline"), max_chars=2_000, placeholder=view.filters.describe(t, view.names)[:200],
        **step_saving.word("headline"),
    )  # fmt: skip
    st.text_area(t("Text"), height=90, **step_saving.word("text"))
    st.text_area(t("Speaker notes"), height=68, **step_saving.word("notes"))
    st.toggle(t("Fit the map to what is shown"), value=True, key="add-step-fit",
              help=t("Otherwise the step keeps the view that the map has now."))  # fmt: skip
    chosen = step_saving.chosen()
    if chosen:
        st.toggle(
            counted(t, len(chosen), "Ring the entry that is open or selected",
                    "Ring the {n} selected entries"),
            value=True, key="add-step-ring",
        )  # fmt: skip
    st.button(
        t("Add the step"), type="primary", key="add-step-add",
        on_click=partial(step_saving.add, view, name),
    )  # fmt: skip


def _replace(view: View, every: dict[str, Briefing]) -> None:
    """Draw the way back to the step that is being edited, with the question of the map."""
    briefing = every.get(briefing_at.at())
    steps = {one.id: one for one in briefing.steps} if briefing else {}
    step = steps.get(briefing_at.step_at())
    if briefing is None or step is None:
        return
    t, number = view.t, list(steps).index(step.id) + 1
    title = label(step.said(view.language).headline or briefing.title)
    st.button(
        t("Show this view in step {n}: {headline}", n=number, headline=title),
        type="primary", key="add-step-replace", on_click=partial(step_saving.put, view, step),
    )  # fmt: skip
    st.markdown(t("Or add a further step:"))


def _done(view: View, name: str, step: str) -> None:
    """Say that the step is saved, with the way to it."""
    t, found = view.t, view.shelf.store.briefing(name)
    if found is None:
        return
    briefing = found[1].said(view.language)
    names = [one.id for one in briefing.steps]
    number = names.index(step) + 1 if step in names else len(names)
    st.success(t("Saved as step {n} of “{title}”.", n=number, title=label(briefing.title)))
    pages.briefing_link(name, t("Open the briefing"))
    st.button(t("Add another one"), key="add-step-again", on_click=_again)


def _again() -> None:
    st.session_state.pop(step_saving.TOLD, None)
