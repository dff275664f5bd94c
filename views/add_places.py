"""The places of the open card: their words, their relation, and what is found for each."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from geo.card import NOWHERE, Card, Where
from geo.entry import Absence, Basis, Relation
from geo.i18n import Translator
from views import add_found, add_state
from views.shelf import Shelf
from views.text import spaced, tag

_FILMED = [one for one in Relation if one.filmed]


def draw(t: Translator, opened: Shelf, card: Card) -> None:
    """Draw a row for each filming place, then what holds for all, then the other places."""
    st.html(tag("div", t("Where it was filmed, in the report's words"), "section"))
    for at, where in enumerate(card.places):
        if where.relation.filmed:
            _place(t, opened, card, at)
    st.button(t("Add a place"), key="add-place", on_click=partial(_add, card.number))
    if any(one.relation is Relation.ONE_OF for one in card.filmed):
        add_state.field(
            st.checkbox, t("The report says “including”: the list is not complete"),
            f"{card.number}-complete", not all(one.complete for one in card.filmed),
            lambda said: _all(card.number, complete=not said),
        )  # fmt: skip
    _absence(t, card)
    one, two = st.columns(2)
    for column, relation, said in (
        (one, Relation.RELEASED_AT, t("Released at (not filmed there)")),
        (two, Relation.MENTIONED, t("Only mentioned")),
    ):
        with column:
            add_state.field(
                st.text_input, said, f"{card.number}-{relation.value}",
                "; ".join(card.besides(relation)), partial(_besides, card.number, relation),
                placeholder=t("none"), help=t("Several places are separated by ;"),
            )  # fmt: skip


def _place(t: Translator, opened: Shelf, card: Card, at: int) -> None:
    where = card.places[at]
    key = f"{card.number}-place-{at}"
    with st.container(key=f"add-row-{at}", gap="xxsmall"):
        words, relation, basis, away = st.columns(
            [5, 4, 4, 1], gap="xsmall", vertical_alignment="bottom"
        )
        with words:
            add_state.field(st.text_input, t("Locality"), f"{key}-words", where.words,
                            partial(_take, card.number, at, "words"), max_chars=2_000,
                            placeholder=t("not stated"))  # fmt: skip
        with relation:
            add_state.field(st.selectbox, t("Relation"), f"{key}-relation", where.relation,
                            partial(_take, card.number, at, "relation"), options=_FILMED,
                            format_func=partial(spaced, t))  # fmt: skip
        with basis:
            add_state.field(st.selectbox, t("Basis"), f"{key}-basis", where.basis,
                            partial(_take, card.number, at, "basis"), options=list(Basis),
                            format_func=partial(spaced, t))  # fmt: skip
        with away:
            st.button("✕", key=f"add-remove-{at}", help=t("Take this place away"),
                      on_click=partial(_remove, card.number, at))  # fmt: skip
        if where.words.strip():
            st.html(add_found.line(t, opened, where, reason=True))


def _absence(t: Translator, card: Card) -> None:
    """Draw why there is no place; with places, it says why nothing finer is known."""
    known = next((one.absence for one in card.filmed if one.absence), "")
    options = [*([""] if card.said else []), *Absence]
    add_state.field(
        st.selectbox, t("Why no place, or none finer, is given"), f"{card.number}-absence",
        known if known or card.said else Absence.NOT_STATED,
        lambda value: _all(card.number, absence=value or None), options=options,
        format_func=lambda value: spaced(t, value or "none"),
    )  # fmt: skip


def _take(number: int, at: int, name: str, value: object) -> None:
    card = add_state.cards().card(number)
    if card and at < len(card.places):
        changed = replace(card.places[at], **{name: "" if value is None else value})
        _put(card, [*card.places[:at], changed, *card.places[at + 1 :]])


def _all(number: int, **values: object) -> None:
    if card := add_state.cards().card(number):
        _put(card, [replace(one, **values) if one.relation.filmed else one for one in card.places])


def _add(number: int) -> None:
    if card := add_state.cards().card(number):
        others = [one for one in card.places if not one.relation.filmed]
        _put(card, [*card.filmed, Where(), *others])


def _remove(number: int, at: int) -> None:
    if card := add_state.cards().card(number):
        left = [one for n, one in enumerate(card.places) if n != at]
        _put(card, left if any(one.relation.filmed for one in left) else [NOWHERE, *left])


def _besides(number: int, relation: Relation, said: str | None) -> None:
    if card := add_state.cards().card(number):
        named = [Where(part.strip(), relation) for part in (said or "").split(";") if part.strip()]
        _put(card, [*(one for one in card.places if one.relation is not relation), *named])


def _put(card: Card, places: list[Where]) -> None:
    add_state.change(add_state.cards().put(replace(card, places=tuple(places))))
