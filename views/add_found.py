"""What the geocoder makes of a card's words now: the place, the decision, and why."""

from __future__ import annotations

import streamlit as st

from geo import interest
from geo.card import Card, Where
from geo.entry import Absence, Candidate, Outcome
from geo.geocode import Answer, Geocoder, answers
from geo.i18n import Translator
from geo.intake import beside
from views import add_state
from views.candidate import named
from views.shelf import Shelf
from views.text import spaced, tag

_MARKS = {Outcome.ACCEPTED: "✓", Outcome.REVIEW: "?", Outcome.NONE: "–"}


def found(opened: Shelf, words: str) -> tuple[Answer, ...]:
    """Return an answer for each place that the words name, the article's others as evidence."""
    edition = f"{opened.gazetteer.path}-{opened.index.edition}"
    return answers(_geocoder(opened, edition, add_state.cards().said), words.strip())


def candidates(opened: Shelf, card: Card) -> list[Candidate]:
    """Return the possible places of all filming localities of a card, each once."""
    every = (c for words in card.said for one in found(opened, words) for c in one.candidates)
    return list({candidate.place_id: candidate for candidate in every}.values())


def said(t: Translator, opened: Shelf, card: Card) -> str:
    """Return where a card puts its footage, in a line: the words, and what is still open."""
    parts = [f"{words}{_open(t, found(opened, words))}" for words in card.said]
    return "; ".join(parts) or unplaced(t, card)


def unplaced(t: Translator, card: Card) -> str:
    """Return why a card without words has no place."""
    absence = next((one.absence for one in card.filmed if one.absence), Absence.NOT_STATED)
    return t("without a place: {why}", why=spaced(t, absence))


def _open(t: Translator, told: tuple[Answer, ...]) -> str:
    outcomes = {one.decision.outcome for one in told}
    if Outcome.REVIEW in outcomes:
        return f" ({t('a person must choose')})"
    return f" ({t('no place found')})" if Outcome.NONE in outcomes else ""


def line(t: Translator, opened: Shelf, where: Where, *, reason: bool) -> str:
    """Return a place of a card as HTML: its words and what is found for them."""
    said = tag("b", f"“{where.words.strip()}”")
    about = tag("span", f" · {spaced(t, where.relation)}{_loosely(t, where)}", "muted")
    answers_ = "".join(_answer(t, opened, one, reason=reason) for one in found(opened, where.words))
    return f'<div class="found">{said}{about}{answers_}</div>'


def _loosely(t: Translator, where: Where) -> str:
    parts = [] if where.complete else [t("the list is not complete")]
    return "".join(f", {part}" for part in [*parts, *_basis(t, where)])


def _basis(t: Translator, where: Where) -> list[str]:
    return [t("inferred")] if where.basis == "inferred" else []


def _answer(t: Translator, opened: Shelf, one: Answer, *, reason: bool) -> str:
    outcome = one.decision.outcome
    place = named(t, opened, one.candidates[0]) if one.candidates else t("no place found")
    if outcome is Outcome.REVIEW:
        number = len(one.candidates)
        place = t("for a person to decide, among {n}: {first}", n=number, first=place)
    why = tag("span", f" {t(one.decision.reason)}", "muted") if reason else ""
    sign = tag("span", _MARKS[outcome], f"sign {outcome.value}")
    return f"<div>{sign} {tag('span', place)}{why}</div>"


@st.cache_resource(max_entries=8, show_spinner=False)
def _geocoder(_opened: Shelf, edition: str, said: tuple[str, ...]) -> Geocoder:  # noqa: ARG001 - the cache's key
    return beside(interest.geocoder(_opened.gazetteer, _opened.index), said)
