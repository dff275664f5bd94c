"""The filters, each with the entries that its choices would leave."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.filters import Filters, Names, said_as
from geo.i18n import Translator
from views import address, filter_dates, filter_near, filter_region, tally
from views.shelf import Shelf
from views.text import label

_HEADINGS = {
    "text": "Search",
    "region": "Region",
    "recorded": "Recorded",
    "published": "Published",
    "undated": "Date unknown",
    "near": "Near a place",
    "shape": "Drawn shape",
    "category": "What is seen",
    "certainty": "How sure of the place",
    "verification": "Verification",
    "report": "Report",
    "tag": "Tags",
    "precision": "Precision",
    "relation": "Relation of the place",
    "outlet": "Outlet",
    "evidence": "Evidence",
    "visibility": "Visibility",
}
_ALWAYS = ("category", "certainty", "verification", "report")
_FURTHER = ("tag", "precision", "relation", "outlet", "evidence", "visibility")
"""The filters that stand below "More filters"."""


def draw(t: Translator, shelf: Shelf, language: str, names: Names) -> Filters:
    """Draw every filter and return what is asked for."""
    with st.sidebar, st.container(key="filters"):
        st.session_state["text"] = st.query_params.get("text", "")
        st.text_input(
            t("Search"),
            key="text",
            on_change=lambda: address.write("text", st.session_state["text"]),
            placeholder=t("words, “a phrase”, -not, OR"),
            help=t(
                "Looks through titles, descriptions, places as reported and tags, in any spelling."
                " All words must occur; “words in quotes” must stand together; -word leaves out;"
                " OR, in capitals, takes either of two."
            ),
        )
        asked = address.filters()
        known = tuple(code for code in asked.region if code in names["region"])
        asked = replace(asked, region=known)
        filter_region.draw(t, shelf, asked, names["region"])
        for name in _ALWAYS:
            _choice(t, shelf, asked, names, name)
        filter_dates.draw(t, shelf, asked, "recorded")
        _further(t, shelf, language, names, asked)
    return asked


def heading(t: Translator, name: str) -> str:
    """Return what a filter is called above its choices."""
    return t(_HEADINGS[name])


def _further(t: Translator, shelf: Shelf, language: str, names: Names, asked: Filters) -> None:
    used = [name for name in (*_FURTHER, "published", "near") if getattr(asked, name)]
    title = t("More filters") + (f" ({len(used)})" if used else "")
    with st.expander(title, expanded=bool(used), key="further"):
        for name in _FURTHER:
            _choice(t, shelf, asked, names, name)
        filter_dates.draw(t, shelf, asked, "published")
        filter_near.draw(t, shelf, language, asked)


def _choice(t: Translator, shelf: Shelf, asked: Filters, names: Names, name: str) -> None:
    counts = tally.choices(shelf.index, name, asked)
    if counts or getattr(asked, name):
        say = _say(t, names.get(name, {}), counts)
        address.choose(name, t(_HEADINGS[name]), list(counts), say)


def _say(t: Translator, names: dict[str, str], counts: dict[str, int]) -> address.Say:
    def say(value: str, rich: bool) -> str:  # noqa: FBT001 - a label's two forms
        said = names.get(value) or t(said_as(value))
        short = said if len(said) <= _LONG else said[: _LONG - 1].rstrip() + "…"
        count = f"{counts.get(value, 0):,}"
        return f"{label(short)} :gray[{count}]" if rich else f"{said} · {count}"

    return say


_LONG = 34
"""Letters of a report's title that fit on a line of the sidebar."""
