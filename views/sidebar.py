"""The filters, each with the entries that its choices would leave."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from geo.filters import Filters, Names, said_as
from geo.i18n import Translator
from geo.index import Count, Index
from views import address
from views.shelf import Shelf
from views.text import label

_HEADINGS = {
    "category": "What is seen",
    "certainty": "How sure of the place",
    "verification": "Verification",
    "precision": "Precision",
    "report": "Report",
}


def draw(t: Translator, shelf: Shelf, names: Names) -> Filters:
    """Draw every filter and return what is asked for."""
    with st.sidebar, st.container(key="filters"):
        text = st.text_input(
            t("Search"), key="text", bind="query-params", placeholder=t("words in any spelling")
        )
        asked = address.filters(text)
        _region(t, shelf.index, asked, names["region"])
        for name, heading in _HEADINGS.items():
            counts = shelf.index.choices(name, asked)
            address.choose(name, t(heading), list(counts), _say(t, names.get(name, {}), counts))
        if asked != Filters():
            st.button(t("Reset all filters"), on_click=address.reset, width="stretch")
    return asked


def _region(t: Translator, index: Index, asked: Filters, names: dict[str, str]) -> None:
    counts = dict.fromkeys(index.regions(Filters()), Count()) | index.regions(
        asked.without("region")
    )
    countries = index.regions(asked.without("region"), level="country")
    if len(countries) > 1:
        counts |= countries
    namesakes = Counter(names.get(code, code) for code in counts)

    def say(code: str, rich: bool) -> str:  # noqa: FBT001 - a label's two forms
        count = counts.get(code, Count())
        name = names.get(code, code)
        country = code.split("-", maxsplit=1)[0]
        if namesakes[name] > 1 and code != country:
            name += f", {names.get(country, country)}"
        if not rich:
            return f"{name} · {count.certain:,} · {count.possible:,}"
        return f"{label(name)} :blue[**{count.certain:,}**] · :orange[{count.possible:,}]"

    heading = t("Region · certain · possible")
    address.choose("region", heading, list(counts), say)
    _bars([counts[code] for code in counts])


def _bars(counts: list[Count]) -> None:
    """Draw under each region how much of it is certain and possible, the largest at full width."""
    most = max((count.certain + count.possible for count in counts), default=0) or 1
    rules = [
        f".st-key-filter-region .stButtonGroup button:nth-of-type({number}) {{"
        f"--c: {100 * count.certain / most:.1f}%;"
        f"--p: {100 * (count.certain + count.possible) / most:.1f}%}}"
        for number, count in enumerate(counts, start=1)
    ]
    st.html(f"<style>{''.join(rules)}</style>")


def _say(t: Translator, names: dict[str, str], counts: dict[str, int]):  # noqa: ANN202 - a label
    def say(value: str, rich: bool) -> str:  # noqa: FBT001 - a label's two forms
        said = names.get(value) or t(said_as(value))
        short = said if len(said) <= _LONG else said[: _LONG - 1].rstrip() + "…"
        count = f"{counts.get(value, 0):,}"
        return f"{label(short)} :gray[{count}]" if rich else f"{said} · {count}"

    return say


_LONG = 34
"""Letters of a report's title that fit on a line of the sidebar."""
