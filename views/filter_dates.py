"""A filter by date: from, to, and whether what carries no date is let through."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.filters import Filters
from geo.filters.days import UNKNOWN, readable
from geo.i18n import Translator
from views import address, tally
from views.shelf import Shelf
from views.text import tag

_SAID = {"recorded": "Recorded", "published": "Published"}


def draw(t: Translator, shelf: Shelf, asked: Filters, name: str) -> None:
    """Draw the filter; partial dates match when their range overlaps the one asked for."""
    undated = tally.count(shelf.index, replace(asked.without(name), **{name: UNKNOWN}))
    value = getattr(asked, name)
    keys = [f"{name}-from", f"{name}-to"]
    wrong = st.session_state.get(f"{name}-wrong") == value
    if not wrong:  # what cannot be read stays as it was typed
        st.session_state.update(zip(keys, _ends(value), strict=True))
    with st.container(key=f"filter-{name}", gap="xsmall"):
        st.html(tag("div", t(_SAID[name]), "section"))
        left, right = st.columns(2, gap="small")
        for column, key, said in ((left, keys[0], "from"), (right, keys[1], "to")):
            column.text_input(
                t(said), key=key, placeholder="2013-05",
                on_change=_write, args=(name, value, keys),
            )  # fmt: skip
        if wrong:
            said = t(
                "Not a range of dates; write 2013, 2013-05 or 2013-05-17, the earlier one first."
            )
            st.caption(f":red[{said}]")
        _undated(t, asked, name, undated)


def _undated(t: Translator, asked: Filters, name: str, undated: int) -> None:
    """Draw the choice about what has no date: let through besides a range, or shown alone."""
    value = getattr(asked, name)
    ranged = bool(value) and value != UNKNOWN
    said = t("Date unknown, too: {n}") if ranged else t("Only date unknown: {n}")
    key = f"{name}-undated"
    st.session_state[key] = name in asked.undated if ranged else value == UNKNOWN

    def write() -> None:
        on = st.session_state[key]
        if ranged:
            rest = [one for one in asked.undated if one != name]
            address.write("undated", [*rest, name] if on else rest)
        else:
            address.write(name, UNKNOWN if on else "")

    st.checkbox(said.format(n=f"{undated:,}"), key=key, on_change=write)


def _ends(value: str) -> tuple[str, str]:
    """Return what stands in the two fields for a range in the address."""
    if value in ("", UNKNOWN):
        return "", ""
    first, slash, last = value.partition("/")
    return first.replace("..", ""), last.replace("..", "") if slash else first


def _write(name: str, before: str, keys: list[str]) -> None:
    first, last = (st.session_state[key].strip() for key in keys)
    st.session_state.pop(f"{name}-wrong", None)
    if not first and not last:
        address.write(name, "")
        return
    value = first if first == last else f"{first or '..'}/{last or '..'}"
    if not readable(value):
        st.session_state[f"{name}-wrong"] = before
        return
    address.write(name, value)
