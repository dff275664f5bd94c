"""The article's text, letter for letter, with its mentions and the sentences of the cards."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.article import Mention, Reading
from geo.document import Document
from geo.entry import Relation
from geo.i18n import Translator
from geo.passage import Paragraph, Piece, paragraphs
from views import add_state
from views.text import spaced, tag, visible


def draw(t: Translator, given: Document, reading: Reading) -> None:
    """Draw legend and text; a card that is pointed at lights its sentences up."""
    pile = add_state.cards()
    spans = {card.number: card.spans for card in pile.kept}
    parts = paragraphs(given.text, given.title, reading.mentions, spans)
    body = "".join(_paragraph(t, part) for part in parts)
    keys = "".join(
        f'<span><mark class="m-{one.value}">{tag("span", spaced(t, one))}</mark></span>'
        for one in Relation
    )
    st.html(f'<div class="legend">{keys}</div>')
    with st.container(key="add-text"):
        st.html(f'<div class="article" tabindex="0">{body}</div>')
    st.html(f"<style>{_lights(list(spans))}</style>")


def _lights(numbers: list[int]) -> str:
    """Return the rules that tie each card to its sentences, both ways."""
    opened = add_state.opened_card()
    rules = [
        f".st-key-add:has(.st-key-add-card-{n}:is(:hover, :focus-within)) .e-{n} "
        "{ background: var(--lit); }"
        f".st-key-add:has(.e-{n}:hover) .st-key-add-card-{n} {{ border-color: var(--certain); }}"
        for n in numbers
    ]
    if opened:
        rules.append(f".st-key-add .e-{opened.number} {{ background: var(--lit); }}")
    return "".join(rules)


def _paragraph(t: Translator, part: Paragraph) -> str:
    body = "".join(_piece(t, piece) for piece in part.pieces)
    number = tag("span", str(part.number) if part.number else "", "number")
    return f'<div class="row" id="paragraph-{part.number}">{number}<p>{body}</p></div>'


def _piece(t: Translator, piece: Piece) -> str:
    lit = " ".join(f"e-{number}" for number in piece.cards)
    inner = tag("span", piece.text, lit)
    if piece.mention is None:
        return inner
    relation = piece.mention.said.relation
    title = escape(visible(f"{spaced(t, relation)} · {_place(t, piece.mention)}"))
    return f'<mark class="m-{relation.value}" title="{title}">{inner}</mark>'


def _place(t: Translator, mention: Mention) -> str:
    return mention.best.name if mention.best else t("No gazetteer knows this name.")
