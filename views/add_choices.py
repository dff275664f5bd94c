"""How a file is read: what was found out about it, and what a person can say instead."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo.formats import Look
from geo.formats.day import Order
from geo.formats.dialect import dialects
from geo.i18n import Translator
from views import add_state, add_work
from views.add_work import Work
from views.text import tag, visible

_AUTO = "auto"
_HAND = "by hand"
_ENCODINGS = ("utf-8", "utf-16", "cp949", "cp1252")
_SAMPLES = 6


def draw(t: Translator, work: Work, look: Look | None) -> None:
    """Draw what the file is and the choices; `look` is None when it cannot be read as chosen."""
    if look is not None:
        st.html(tag("div", _read_as(t, look), "read-as"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="file-choices"):
        _dialect(t, work)
        if look is None or look.encoding is not None:
            found = look.encoding.name if look and look.encoding else ""
            _choice(t, "encoding", t("Encoding"), [_AUTO, *_ENCODINGS], found.upper())
        if look is not None and (look.order is not Order.AUTO or work.wishes.dates != _AUTO):
            _dates(t, work, look)
        if look is not None and len(look.tabs) > 1:
            _choice(t, "tab", t("Tab"), ["", *look.tabs], look.tab)
        if look is not None and look.mapping is not None and not (work.by_hand or look.guessed):
            st.button(t("Change the columns"), on_click=_open_columns, key="file-columns-again")
    if look is not None and look.dialect is not None:
        for note in look.dialect.notes:
            st.caption(t(note))
    if look is not None and look.encoding is not None and look.encoding.guessed:
        _letters(t, work, look)


def _read_as(t: Translator, look: Look) -> str:
    if look.dialect is not None:
        return t("Read as {name}", name=look.dialect.title)
    if look.guessed:
        return t("No tool is known that writes such a file: say which column says what.")
    return t("Read by the columns that a person has confirmed")


def _dialect(t: Translator, work: Work) -> None:
    titles = {one.name: one.title for one in dialects()}
    by_hand = work.by_hand or work.wishes.mapping is not None
    add_state.field(
        st.selectbox, t("Written by"), "file-dialect", _HAND if by_hand else work.wishes.dialect,
        _take_dialect, options=[_AUTO, _HAND, *titles],
        format_func=lambda one: titles.get(one) or _first(t, one),
    )  # fmt: skip


def _first(t: Translator, one: str) -> str:
    return t("find out") if one == _AUTO else t("I say what the columns are")


def _take_dialect(value: str) -> None:
    work = add_work.current()
    if work is None:
        return
    work.map_by(None)
    work.say(dialect=_AUTO if value == _HAND else value)
    work.by_hand = value == _HAND


def _open_columns() -> None:
    if (work := add_work.current()) is not None:
        work.by_hand = True


def _choice(t: Translator, wish: str, said: str, options: list[str], found: str) -> None:
    """Draw a choice whose first option is to find it out."""
    work = add_work.current()
    value = getattr(work.wishes, wish) if work else options[0]
    say = str.upper if wish == "encoding" else visible
    first = t("found out: {name}", name=visible(found)) if found else t("find out")
    add_state.field(
        st.selectbox, said, f"file-{wish}", value, partial(_say, wish), options=options,
        format_func=lambda one: first if one == options[0] else say(one),
    )  # fmt: skip


def _dates(t: Translator, work: Work, look: Look) -> None:
    said = {
        Order.AUTO: t("find out"), Order.DMY: t("day, month, year"),
        Order.MDY: t("month, day, year"), Order.YMD: t("year, month, day"),
        Order.MS: t("milliseconds since 1970"),
    }  # fmt: skip
    found = t("found out: {name}", name=said[look.order])
    add_state.field(
        st.selectbox, t("Dates in numbers"), "file-dates", work.wishes.dates,
        partial(_say, "dates"), options=[one for one in Order if one is not Order.MS],
        format_func=lambda one: found if one is Order.AUTO else said[one],
    )  # fmt: skip


def _say(wish: str, value: object) -> None:
    if (work := add_work.current()) is not None:
        work.say(**{wish: value})


def _letters(t: Translator, work: Work, look: Look) -> None:
    """Let the person confirm a guessed encoding by words that it would spoil."""
    cells = (cell for some in look.samples.values() for cell in some if not cell.isascii())
    words = [*(name for name in look.header if not name.isascii()), *cells][:_SAMPLES]
    st.warning(t("The encoding is a guess. Do these words read well?"))
    st.html(tag("div", " · ".join(words), "samples"))
    add_state.field(
        st.checkbox, t("Yes, they read well"), "file-sure", work.sure, add_work.set_to("sure")
    )
