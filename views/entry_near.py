"""The neighbours of an entry, in place and in time."""

from __future__ import annotations

import streamlit as st

from geo.dates import said
from views import pages
from views.one import One
from views.text import counted, label, tag

MOST = 8
"""Neighbours of each kind that are shown."""


def draw(one: One) -> None:
    """Draw both lists, each neighbour a link to its page."""
    place, time = st.columns(2, gap="medium")
    with place, st.container(key="near-place", gap="xxsmall"):
        _in_place(one)
    with time, st.container(key="near-time", gap="xxsmall"):
        _in_time(one)


def _in_place(one: One) -> None:
    t = one.t
    found, number = one.shelf.index.near_place(one.entry.id, MOST)
    st.html(tag("div", t("Near in place"), "section"))
    if not found:
        st.caption(t("No other entry is known to be within 50 km."))
    for each in found:
        far = t("{km} km between the middles", km=f"{each.km:,.1f}")
        if each.same:
            far = t("the same place")
        elif each.overlaps:
            far += t("; the areas overlap")
        sure = t("possibly there") + " · " if each.possible else ""
        _link(each.entry_id, each.title, f"{sure}{t.name(each.place, each.native)} · {far}")
    _rest(one, number - len(found))


def _in_time(one: One) -> None:
    t = one.t
    st.html(tag("div", t("Near in time"), "section"))
    if not one.entry.recorded:
        st.caption(t("The date of this entry is unknown, so nothing is near it in time."))
        return
    found, number = one.shelf.index.near_time(one.entry.id, MOST)
    if not found:
        st.caption(t("No other dated entry lies within 31 days."))
    for each in found:
        apart = t("possibly at the same time")
        if each.days:
            apart = counted(t, each.days, "at least {n} day apart", "at least {n} days apart")
        _link(each.entry_id, each.title, f"{said(each.recorded, t)} · {apart}")
    _rest(one, number - len(found))


def _link(entry_id: str, title: str, said: str) -> None:
    pages.entry_link(entry_id, f"**{label(title)}** · {label(said)}")


def _rest(one: One, left: int) -> None:
    if left > 0:
        st.caption(counted(one.t, left, "and {n} more", "and {n} more"))
