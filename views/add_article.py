"""Adding from an article: what it says beside the entries that it proposes."""

from __future__ import annotations

import streamlit as st

from geo import saving
from geo.document import GUESSED
from geo.i18n import Translator
from views import (
    add_away,
    add_cards,
    add_heading,
    add_reading,
    add_save,
    add_source,
    add_state,
    add_text,
)  # fmt: skip
from views.shelf import Shelf
from views.text import label, tag


def draw(t: Translator, language: str, opened: Shelf, map_page: st.Page) -> None:
    """Draw the fields for an article or, once it is read, its text and its cards."""
    given = add_state.document()
    if given is None:
        _begin(t, opened)
        return
    reading = add_reading.reading(opened, given.text)
    _bar(t)
    add_save.said(t, map_page)
    if reading.notice:
        st.warning(t(reading.notice))
    if given.encoding:
        st.warning(t(GUESSED, encoding=label(given.encoding)))
    _before(t, opened, map_page)
    left, right = st.columns([1, 1], gap="medium")
    with left, st.container(key="add-left"):
        add_heading.draw(t)
        add_text.draw(t, given, reading)
    with right, st.container(key="add-right"):
        add_cards.draw(t, language, opened)
        add_save.draw(t, opened)


def _begin(t: Translator, opened: Shelf) -> None:
    """Say what the page does, and take an article."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        add_source.draw(t, opened)
        for number, away in enumerate(add_away.away()):
            name = label(away.title or away.text[:60])
            words = t("Back to the article “{title}”", title=name)
            st.button(words, on_click=add_away.take_up, args=(away,), key=f"add-away-{number}")
    with right:
        does, never = (_points(t, texts) for texts in _SAID)
        happens = tag("div", t("What happens here"), "section")
        not_so = tag("div", t("What never happens"), "section")
        st.html(f'<div class="card steps">{happens}{does}{not_so}{never}</div>')


def _points(t: Translator, texts: tuple[str, ...]) -> str:
    return f"<ul>{''.join(tag('li', t(text)) for text in texts)}</ul>"


_SAID = (
    (
        "Glimpse marks every place that the article names, and says what it is to the footage:"
        " filmed there, possibly filmed there, released there, or only mentioned.",
        "For each scene that the article describes it proposes an entry. You correct, discard,"
        " merge or split them, and add your own.",
        "Each place is looked up on this machine, and you see what is found before you save.",
    ),
    (
        "Nothing is saved that you have not seen.",
        "No date, place or judgement is added that the article does not state.",
        "The text stays on this machine, and of it only what the entries quote is saved.",
    ),
)


def _bar(t: Translator) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(t("Undo the last change"), on_click=add_state.undo,
                  disabled=not add_state.can_undo())  # fmt: skip
        st.button(t("Another article"), on_click=add_away.put_away)


def _before(t: Translator, opened: Shelf, map_page: st.Page) -> None:
    """Say when the article stands already, and how to see what was saved of it."""
    pile = add_state.cards()
    known = saving.standing(opened.store, pile)
    if known.report is None or "add-saved" in st.session_state:
        return
    st.info(
        t(
            "This article is saved already, with {n} entries. What you see below is what is"
            " saved; saving again changes only what you edit.",
            n=len(known.entries),
        )
    )
    add_save.link(t, map_page, pile.heading.id)
