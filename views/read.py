"""The reader's page: a region, what was reported there in plain words, and the entries as cards.

A reader sees what is published and nothing else: every query asks for it, and the map's points
are made of it alone. Positions are as exact as the record has them; publishing them at less
resolution, and leaving out more than drafts and withheld entries, is not done here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from geo.entry import Visibility
from geo.filters import Filters
from geo.i18n import Translator
from geo.index import Index
from geo.summary import Facts, summary, together
from views import address, read_cards, read_map, read_regions, share, shelf
from views.embed import embedded
from views.lists import View
from views.read_card import tag_of
from views.text import tag, visible


def draw(t: Translator, language: str, on_map: st.Page) -> None:
    """Draw the page; what is quick and first wanted, the summary and the cards, before the map."""
    st.html(Path(__file__).parent / "read.css")
    opened = shelf.opened(t)
    asked = address.filters()
    view = View(t, language, opened, published(asked), {})
    facts = _facts(opened.index, opened.index.edition, view.filters)
    with st.container(key="read"):
        parts = {name: st.container(key=f"read-{name}") for name in _PARTS}
    with parts["head"]:
        said = _head(view, asked, facts)
    with parts["map"]:
        st.html(tag("p", t("Drawing the map …"), "waiting muted"))  # keeps its room meanwhile
    with parts["regions"]:
        read_regions.draw(view, facts)
    with parts["cards"]:
        read_cards.draw(view, facts)
    with parts["bar"]:
        _bar(view, *said)
    with parts["more"]:
        if embedded():
            st.html(read_map.outside_link(t))
        else:
            st.page_link(on_map, label=t("All filters, table and timeline: the full map"))
    with parts["map"]:
        read_map.draw(view)


_PARTS = ("head", "map", "regions", "cards", "more", "bar")
"""The parts in the order of the page, which is also that of a screen reader."""


def published(asked: Filters) -> Filters:
    """Return the filters with what every reader's query has: nothing but published entries."""
    return replace(asked, visibility=(Visibility.PUBLISHED.value,))


@st.cache_data(max_entries=200, show_spinner=False)
def _facts(_index: Index, edition: str, filters: Filters) -> Facts:  # noqa: ARG001 - the cache's key
    return _index.facts(filters)


def _head(view: View, asked: Filters, facts: Facts) -> tuple[str, str]:
    """Draw title and summary; return title and first sentence, for sharing."""
    t, language = view.t, view.language
    names = [view.shelf.region_name(code, language) for code in asked.region]
    title = together(t, names) or t("All regions")
    first, *more = summary(t, facts, lambda code: view.shelf.region_name(code, language))
    if not facts.entries and view.filters == published(Filters()):
        first = t("Nothing has been published yet.")
    st.html(
        tag("h1", title, "sentence")
        + tag_of("p", _numbers_bold(first), "summary")
        + "".join(tag("p", sentence, "summary muted") for sentence in more)
    )
    _narrowed(view, asked)
    return title, first


def _numbers_bold(text: str) -> str:
    """Return text as HTML, its numbers in bold."""
    parts = re.split(r"(\d[\d,]*)", visible(text))
    return "".join(
        f"<b>{part}</b>" if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def _narrowed(view: View, asked: Filters) -> None:
    """Say what else the address asks for, with a button that lifts it."""
    t, rest = view.t, replace(asked, region=(), visibility=())
    if rest == Filters():
        return
    reports = view.shelf.store.reports()
    seen = view.shelf.index.choices("report", published(Filters())) if rest.report else {}
    names = {code: reports[code].title for code, n in seen.items() if n and code in reports}
    said = " · ".join(words for _, words in rest.parts(t, {"report": names}))
    st.html(tag("p", t("Only: {filters}", filters=said), "muted"))
    st.button(t("Show everything"), key="read-all", on_click=_keep_region, args=(asked,))


def _keep_region(asked: Filters) -> None:
    address.show(Filters(region=asked.region))
    address.write("text", "")  # no field here that would write it


def _bar(view: View, title: str, text: str) -> None:
    """Draw what a reader does next, in reach of a thumb on a phone."""
    with st.container(horizontal=True):
        with st.container(key="read-share", width="content"):
            share.button(view.t, f"Glimpse: {title}", text)
        if st.button(view.t("Other regions"), key="read-other"):
            read_regions.sheet(view)
