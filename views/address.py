"""The address is the state: choices are read from it, and written to it when they change.

Streamlit's own binding writes the labels of a choice, which change with the language and the
counts; a link must reopen the same view in any language, so choices are bound by their codes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import parse_qs

import streamlit as st

from geo.filters import ALL, Filters
from geo.i18n import LANGUAGES, Translator

Say = Callable[[str, bool], str]
"""Gives the label of an option: as Markdown for buttons, else as plain text."""


def filters() -> Filters:
    """Return the filters of the address."""
    return _read()[0]


def not_understood() -> tuple[str, ...]:
    """Return the names of the filters in the address that say something unreadable."""
    return _read()[1]


def _read() -> tuple[Filters, tuple[str, ...]]:
    return Filters.read({name: st.query_params.get_all(name) for name in ALL})


def choose(name: str, heading: str, options: Sequence[str], say: Say) -> None:
    """Draw a choice of several, its state in the address under `name`."""
    chosen = list(getattr(filters(), name))
    known = [*options, *(value for value in chosen if value not in options)]
    choose_of(
        name, heading, known, say, chosen=chosen, write_chosen=lambda picked: write(name, picked)
    )


def choose_of(
    name: str,
    heading: str,
    options: Sequence[str],
    say: Say,
    *,
    chosen: Sequence[str],
    write_chosen: Callable[[list[str]], None],
) -> None:
    """Draw a choice of several, buttons or a list to search in, and hand on what is picked."""
    key = f"choice-{name}"
    st.session_state[key] = list(chosen)
    few = len(options) <= _MANY
    with st.container(key=f"filter-{name}"):
        (st.pills if few else st.multiselect)(
            heading,
            options,
            format_func=lambda option: say(option, few),
            key=key,
            on_change=lambda: write_chosen(st.session_state[key]),
            **({"selection_mode": "multi"} if few else {"placeholder": f"{len(options):,}"}),
        )


_MANY = 14
"""Above this a list to search in is easier than buttons."""


def choose_language(t: Translator, language: str) -> None:
    """Draw the switch of the interface's language."""
    st.session_state["language"] = language
    with st.container(key="language-switch"):
        st.segmented_control(
            t("Language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="language",
            required=True,
            label_visibility="collapsed",
            on_change=lambda: write("lang", st.session_state["language"]),
        )


def keep_over_pages() -> None:
    """Bring the address back that a page had before another one was visited.

    Streamlit's navigation drops it; a page opened by a link of its own has one already.
    """
    page = (st.context.url or "").split("?")[0]
    before = st.session_state.get("page", page)
    if page != before and not st.query_params.to_dict():
        st.query_params.from_dict(st.session_state.get("address", {}))
    st.session_state["page"] = page
    st.session_state["address"] = {name: st.query_params.get_all(name) for name in st.query_params}


def selected() -> str:
    """Return the id of the entry that is open, "" when none is."""
    return st.query_params.get("entry", "")


def select(entry_id: str) -> None:
    """Open an entry, or close it with ""."""
    write("entry", entry_id)


def show(asked: Filters) -> None:
    """Write these filters into the address, in place of those that stand there."""
    said = parse_qs(asked.query())
    for name in ALL:
        write(name, said.get(name, []))


def drop(name: str) -> None:
    """Lift one filter."""
    show(filters().without(name))


def reset() -> None:
    """Lift every filter."""
    show(Filters())


def write(name: str, value: str | list[str]) -> None:
    """Set one part of the address, or take it out with an empty value."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
