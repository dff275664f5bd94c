"""The entries of the reader's page as cards, as many as were asked for."""

from __future__ import annotations

import re

import streamlit as st

from geo.entry import Entry, Visibility
from geo.i18n import Translator
from geo.summary import Facts
from views import address, read_map
from views.lists import View
from views.read_card import card
from views.text import counted, tag

_TEN = 10
_MOST = 20
"""Tens of cards that one page shows; a region or the map narrows what is beyond."""


def draw(view: View, facts: Facts) -> None:
    """Draw the cards, ten by ten; where a place was tapped, those of that place."""
    t, at = view.t, st.session_state.get("read-at") or []
    shown = min(_page(), _MOST) * _TEN
    ids, number = view.shelf.index.page(view.filters, shown, at=at)
    if at and not number:  # other filters since: nothing of the place is left
        read_map.forget()
        at = []
        ids, number = view.shelf.index.page(view.filters, shown)
    if at:
        heading = counted(t, number, "{n} entry at this place", "{n} entries at this place")
        with st.container(key="read-place", horizontal=True, vertical_alignment="center"):
            st.html(tag("div", heading, "section"))
            st.button(t("Show all {n}", n=f"{facts.entries:,}"), on_click=read_map.forget)
    reports = view.shelf.store.reports()
    found = view.shelf.store.entries(ids)
    entries = [found[one] for one in ids if one in found and may_be_read(found[one])]
    for start in range(0, len(entries), _TEN):
        ten = entries[start : start + _TEN]
        st.html("".join(card(t, one, reports) for one in ten))
    _more(t, number, shown)


def may_be_read(entry: Entry) -> bool:
    """Whether readers may see the entry, by the record itself: the index may be a moment old."""
    return entry.visibility is Visibility.PUBLISHED


def _more(t: Translator, number: int, shown: int) -> None:
    if number > shown and shown < _TEN * _MOST:
        words = t("Show more ({n} left)", n=f"{number - shown:,}")
        st.button(words, key="read-next", on_click=address.write, args=("page", str(_page() + 1)))
    elif number > shown:
        st.caption(
            t("The first {n} of {all}. Choose a region to see fewer.", n=shown, all=f"{number:,}")
        )


def _page() -> int:
    asked = st.query_params.get("page", "1")
    return max(1, int(asked)) if re.fullmatch(r"[0-9]{1,4}", asked) else 1
