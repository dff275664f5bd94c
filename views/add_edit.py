"""The open card: every field of the entry, what is found for its words, and where that is."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from geo.card import Card
from geo.entry import Level
from geo.errors import InputError
from geo.filters import Filters
from geo.i18n import Translator
from views import add_cards, add_found, add_places, add_state
from views.candidate import candidate_map
from views.shelf import Shelf
from views.text import label, spaced, tag, told

_SHOWN = 30
"""Candidates on the small map; more would only hide the first."""


def draw(t: Translator, language: str, opened: Shelf, card: Card, fault: InputError | None) -> None:
    """Draw the card's fields; each change is taken at once and can be undone."""
    st.html(tag("div", t("Entry {id}", id=card.number), "section"))
    column = fault.values.get("column", "") if fault else ""
    _line(card, "title", t("What is seen"))
    if fault and column == "title":
        st.error(told(t, fault))
    _text(card, "description", t("What the report says of it"))
    _row(t, opened, card)
    if fault and column == "recorded":
        st.error(told(t, fault))
    add_places.draw(t, opened, card)
    _judgement(t, card)
    if fault and column not in ("title", "recorded"):
        st.error(told(t, fault))
    _actions(t, card)
    _map(t, language, opened, card)


def _row(t: Translator, opened: Shelf, card: Card) -> None:
    one, two, three = st.columns([2, 2, 1])
    with one:
        known = list(opened.index.choices("category", Filters()))
        options = list(dict.fromkeys(["", *known, card.category]))
        add_state.field(
            st.selectbox, t("Category"), _name(card, "category"), card.category,
            partial(_take, card.number, "category"), options=options,
            format_func=lambda value: t(value or "none"), accept_new_options=True,
        )  # fmt: skip
    with two:
        _line(card, "recorded", t("Recorded"), placeholder=t("unknown"))
    with three:
        _line(card, "paragraph", t("Paragraph"))


def _judgement(t: Translator, card: Card) -> None:
    one, two = st.columns(2)
    with one:
        add_state.field(
            st.selectbox, t("Verification"), _name(card, "level"), card.level,
            partial(_take, card.number, "level"), options=list(Level),
            format_func=partial(spaced, t),
        )  # fmt: skip
    with two:
        _line(card, "by", t("Judged by"), placeholder=t("unknown"))
    _text(card, "note", t("Note on the verification"))


def _line(card: Card, name: str, said: str, **options: Any) -> None:  # noqa: ANN401 - Streamlit's
    add_state.field(st.text_input, said, _name(card, name), getattr(card, name),
                    partial(_take, card.number, name), max_chars=2_000, **options)  # fmt: skip


def _text(card: Card, name: str, said: str) -> None:
    add_state.field(st.text_area, said, _name(card, name), getattr(card, name),
                    partial(_take, card.number, name), height=80, max_chars=100_000)  # fmt: skip


def _name(card: Card, name: str) -> str:
    return f"{card.number}-{name}"


def _take(number: int, name: str, value: object) -> None:
    pile = add_state.cards()
    if (card := pile.card(number)) is not None:
        add_state.change(pile.put(replace(card, **{name: "" if value is None else value})))


def _actions(t: Translator, card: Card) -> None:
    others = [one for one in add_state.cards().kept if one != card and not one.saved]
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        st.button(t("Done"), type="primary", key="add-done",
                  on_click=partial(add_state.open_card, 0))  # fmt: skip
        st.button(t("Split in two"), key="add-split", on_click=partial(_split, card.number))
        if not card.saved:
            st.button(t("Discard"), key=f"add-discard-{card.number}",
                      on_click=partial(add_cards.keep, card.number, kept=False))  # fmt: skip
        if others:
            with st.popover(t("Merge with …")):
                for one in others:
                    st.button(
                        f"{one.number} · {label(one.title)}", key=f"add-merge-{one.number}",
                        on_click=partial(_merge, card.number, one.number), width="stretch",
                    )  # fmt: skip


def _split(number: int) -> None:
    add_state.change(add_state.cards().split(number))


def _merge(number: int, other: int) -> None:
    add_state.change(add_state.cards().merge(number, other))


def _map(t: Translator, language: str, opened: Shelf, card: Card) -> None:
    places = add_found.candidates(opened, card)
    if places:
        shown = places[:_SHOWN]
        mark = hashlib.sha256(repr([one.place_id for one in shown]).encode()).hexdigest()[:12]
        candidate_map(t, language, shown, f"add-{mark}", picks=False)  # other places, other view
    else:
        st.caption(t("There is no place to show on the map."))
