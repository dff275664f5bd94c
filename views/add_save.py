"""Saving: what will be written is listed first, and is written whole or not at all."""

from __future__ import annotations

import getpass
from functools import partial

import streamlit as st

from geo import interest, saving
from geo.card import Card
from geo.entry import Visibility
from geo.errors import GeoError
from geo.i18n import Translator
from views import add_found, add_state
from views.shelf import Shelf
from views.text import counted, spaced, tag, told

_CHOICES = [Visibility.DRAFT, Visibility.PUBLISHED]


def draw(t: Translator, opened: Shelf) -> None:
    """Draw what a save would write, as what, and the button that does it."""
    pile = add_state.cards()
    now = saving.standing(opened.store, pile)
    fresh = list(saving.news(pile, now))
    wrong = saving.faults(pile)
    with st.container(key="add-save", border=True, gap="xsmall"):
        reports = int(0 in wrong or now.report != pile.heading.report(now.report))
        heading = t("Save {m} and {n}",
                    m=counted(t, reports, "{n} report", "{n} reports"),
                    n=counted(t, len(fresh), "{n} entry", "{n} entries"))  # fmt: skip
        if not fresh and not reports:
            heading = t("Everything is saved as it stands here.")
        st.html(tag("div", heading, "name") + _listed(t, opened, fresh))
        if pile.kept:
            _visibility(t)
        for number, fault in wrong.items():
            where = t("The report") if number == 0 else t("Entry {id}", id=number)
            st.error(f"{where}: {told(t, fault)}")
        if (failed := st.session_state.pop("add-failed", None)) is not None:
            st.error(told(t, failed))
            if isinstance(failed, saving.ChangedError):
                st.button(t("Open what is saved"), on_click=partial(add_state.reload, opened))
        st.button(
            t("Save"), type="primary", key="add-write", on_click=partial(_save, opened),
            disabled=bool(wrong) or not pile.kept or not (fresh or reports),
        )  # fmt: skip


def _listed(t: Translator, opened: Shelf, fresh: list[Card]) -> str:
    rows = (f"{card.title} — {add_found.said(t, opened, card)}" for card in fresh)
    return f"<ul>{''.join(tag('li', row) for row in rows)}</ul>"


def _visibility(t: Translator) -> None:
    chosen = {card.visibility for card in add_state.cards().kept}
    add_state.field(
        st.segmented_control, t("Visibility"), "visibility",
        chosen.pop() if len(chosen) == 1 else None,
        lambda value: value and add_state.change(add_state.cards().shown_as(value)),
        options=_CHOICES, format_func=partial(spaced, t),
    )  # fmt: skip
    st.caption(
        t("A draft is on the map of this Glimpse like any other entry, and is marked as one.")
    )


def _save(opened: Shelf) -> None:
    """Write what is new, and lay out what stands now."""
    if add_state.document() is None:
        return  # put away before the click came
    geocoder = interest.geocoder(opened.gazetteer, opened.index)
    try:
        saved = saving.save(opened.store, geocoder, add_state.cards(), getpass.getuser())
    except GeoError as error:
        st.session_state["add-failed"] = error
        return
    add_state.reload(opened)
    st.session_state["add-saved"] = saved


def said(t: Translator, map_page: st.Page) -> None:
    """Say what was saved last, with the way to the map."""
    saved = st.session_state.get("add-saved")
    if saved is None:
        return
    st.success(counted(t, saved.entries, "Saved {n} entry.", "Saved {n} entries."))
    link(t, map_page, add_state.cards().heading.id)


def link(t: Translator, map_page: st.Page, report: str) -> None:
    """Draw the way to the map of this report's entries."""
    asked = {"report": report} | {n: st.query_params[n] for n in ("lang",) if n in st.query_params}
    words = t("Show the entries of this report on the map")
    st.page_link(map_page, label=words, query_params=asked)
