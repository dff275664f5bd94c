"""What a session has before it on the add page: the article's text and its cards, only words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from geo import article, pile, saving
from geo.card import Card
from geo.document import Document
from geo.document.content import printable
from geo.pile import Heading, Pile
from views.add_reading import reading
from views.shelf import Shelf

_STEPS = 50
"""Changes that can be undone."""

_NOTHING = Pile(Heading(""))
KEPT = ("add-document", "add-pile", "add-open", "add-before")
"""What is kept of an article while it is put away."""


def document() -> Document | None:
    """Return the article that is being worked on, None while there is none."""
    return st.session_state.get("add-document")


def cards() -> Pile:
    """Return the cards of the article; none while there is no article."""
    found: Pile = st.session_state.get("add-pile", _NOTHING)
    return found


def opened_card() -> Card | None:
    """Return the card that is being edited, None when there is none."""
    card = cards().card(st.session_state.get("add-open", 0))
    return card if card and card.kept else None


def open_card(number: int) -> None:
    """Open a card, or none with 0."""
    st.session_state["add-open"] = number


def change(changed: Pile) -> None:
    """Put changed cards in place; the step can be undone.

    Of an article that was put away meanwhile nothing is taken: a click may come late.
    """
    before = st.session_state.get("add-before", ())
    same = document() is not None and changed.heading.id == cards().heading.id
    if same and changed != cards():
        st.session_state["add-before"] = (*before[-_STEPS:], cards())
        st.session_state["add-pile"] = changed


def undo() -> None:
    """Take the last change back."""
    if can_undo():
        *before, last = st.session_state["add-before"]
        st.session_state["add-before"] = tuple(before)
        st.session_state["add-pile"] = last


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(st.session_state.get("add-before"))


def begin(opened: Shelf, given: Document) -> None:
    """Read an article and lay out what it proposes, or what is saved of it already.

    Streamlit may run this twice at once for one click; what a person has begun to change in
    the cards of the first run is never replaced by those of the second.
    """
    given = replace(given, text=printable(given.text))
    found = pile.proposed(article.draft(reading(opened, given.text), given))
    laid_out = saving.resumed(found, saving.standing(opened.store, found))
    if document() is None:
        st.session_state["add-pile"] = laid_out
        st.session_state["add-before"] = ()
        open_card(0)
        st.session_state["add-document"] = given


def reload(opened: Shelf) -> None:
    """Lay out what is saved of the article now; what was not saved stays, discarded."""
    st.session_state["add-pile"] = saving.resumed(cards(), saving.standing(opened.store, cards()))
    st.session_state["add-before"] = ()
    open_card(0)


def field(
    draw: Callable[..., Any], label: str, name: str, value: object, take: Callable[[Any], None],
    **options: Any,  # noqa: ANN401 - Streamlit's own
) -> None:  # fmt: skip
    """Draw a field whose value is kept with the cards; `take` gets what a person makes of it.

    Its key names the article, so that words which come late are never taken for another one's.
    """
    article_id = cards().heading.id
    key = f"add-{name}-{article_id}"
    st.session_state[key] = value

    def taken() -> None:
        if cards().heading.id == article_id:
            take(st.session_state[key])

    draw(label, key=key, on_change=taken, **options)
