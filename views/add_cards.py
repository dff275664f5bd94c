"""The proposed entries as cards: the open one can be edited, the others are said in short."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from geo import dates, saving
from geo.card import Card, Where
from geo.entry import Relation
from geo.errors import InputError
from geo.i18n import Translator
from views import add_edit, add_found, add_state
from views.shelf import Shelf
from views.text import counted, label, spaced, tag, told


def draw(t: Translator, language: str, opened: Shelf) -> None:
    """Draw every kept card, the discarded ones to bring back, and the way to add one."""
    pile = add_state.cards()
    number = len(pile.kept)
    heading = counted(t, number, "{n} proposed entry", "{n} proposed entries")
    if pile.kept and all(card.saved for card in pile.kept):
        heading = counted(t, number, "{n} entry", "{n} entries")
    st.html(tag("div", heading, "section"))
    wrong = saving.faults(pile)
    if not pile.cards:
        st.info(
            t(
                "No footage was found in this text. If it does speak of some, add an entry by hand;"
                " the places that it names are marked in the text."
            )
        )
    open_card = add_state.opened_card()
    for card in pile.kept:
        with st.container(key=f"add-card-{card.number}", border=True, gap="xsmall"):
            if open_card and card.number == open_card.number:
                add_edit.draw(t, language, opened, card, wrong.get(card.number))
            else:
                _short(t, opened, card, wrong.get(card.number))
    st.button(t("Add an entry by hand"), on_click=_add, key="add-own")
    _discarded(t)


def _short(t: Translator, opened: Shelf, card: Card, fault: InputError | None) -> None:
    where = "".join(add_found.line(t, opened, one, reason=False) for one in _worded(card))
    if not card.said:
        where = tag("div", add_found.unplaced(t, card), "found muted")
    head = tag("div", card.title or t("an entry without a title yet"), "name")
    st.html(f'<div class="proposed">{_facts(t, card)}{head}{where}</div>')
    if fault:
        st.error(told(t, fault))
    with st.container(horizontal=True, gap="xsmall"):
        st.button(t("Edit, and show on the map"), key=f"add-edit-{card.number}",
                  on_click=partial(add_state.open_card, card.number))  # fmt: skip
        if not card.saved:
            st.button(t("Discard"), key=f"add-discard-{card.number}",
                      on_click=partial(keep, card.number, kept=False))  # fmt: skip


def _worded(card: Card) -> list[Where]:
    return [one for one in card.filmed if one.words.strip()]


def _facts(t: Translator, card: Card) -> str:
    said = [
        t("Entry {id}", id=card.number),
        t(card.category),
        spaced(t, card.level),
        dates.said(card.recorded, t),
    ]
    cited = ""
    if first := card.paragraph.split(",")[0].strip():
        words = tag("span", t("paragraph {n}", n=card.paragraph))
        cited = f' · <a href="#paragraph-{first}">{words}</a>' if first.isdecimal() else words
    released = "; ".join(card.besides(Relation.RELEASED_AT))
    more = f" · {spaced(t, Relation.RELEASED_AT)}: {released}" if released else ""
    return f'<div class="facts">{tag("span", " · ".join(filter(None, said)) + more)}{cited}</div>'


def keep(number: int, *, kept: bool) -> None:
    """Discard a card, or bring it back."""
    pile = add_state.cards()
    if (card := pile.card(number)) is not None:
        add_state.change(pile.put(replace(card, kept=kept)))


def _add() -> None:
    grown = add_state.cards().add()
    add_state.change(grown)
    add_state.open_card(grown.last)


def _discarded(t: Translator) -> None:
    gone = add_state.cards().discarded
    if not gone:
        return
    with st.expander(t("Discarded: {n}", n=len(gone))):
        for card in gone:
            name = label(card.title or t("an entry without a title yet"))
            st.button(
                t("Bring back: {title}", title=name), key=f"add-back-{card.number}",
                on_click=partial(keep, card.number, kept=True), width="stretch",
            )  # fmt: skip
