"""The filter by region: countries, provinces and, inside of those that are chosen, counties."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from geo.filters import Filters
from geo.i18n import Translator
from geo.index import Count, Index
from views import address, tally
from views.shelf import Shelf
from views.text import label


def draw(t: Translator, shelf: Shelf, asked: Filters, names: dict[str, str]) -> None:
    """Draw the regions with certain and possible counts, and the switch for "possibly here"."""
    index = shelf.index
    elsewhere = asked.without("region")
    countries = tally.regions(index, Filters(), "country")
    levels = ("province", "country") if len(countries) > 1 else ("province",)
    counts: dict[str, Count] = {}  # their order does not change with the other filters
    for level in levels:
        counts |= dict.fromkeys(tally.regions(index, Filters(), level), Count())
        counts |= tally.regions(index, elsewhere, level)
    provinces = tally.provinces(index)
    chosen = [code for code in asked.region if code not in provinces]
    known = [*counts, *(code for code in chosen if code not in counts)]
    below = [code for code in asked.region if code in provinces]
    address.choose_of(
        "region", t("Region · certain · possible"), known, _say(counts, names),
        chosen=chosen, write_chosen=lambda picked: address.write("region", [*picked, *below]),
    )  # fmt: skip
    _bars("region", [counts.get(code, Count()) for code in known])
    _counties(t, index, asked, provinces, names)
    _possible(t, shelf, asked)


def _counties(
    t: Translator, index: Index, asked: Filters, provinces: dict[str, str], names: dict[str, str]
) -> None:
    """Draw the counties of the provinces that are chosen, or of which a county is."""
    opened = {provinces.get(code, code) for code in asked.region}
    inside = {code for code, province in provinces.items() if province in opened}
    if not inside:
        return
    usual = tally.regions(index, Filters(), "county")
    found = tally.regions(index, asked.without("region"), "county")
    counts = {code: found.get(code, Count()) for code in usual if code in inside}
    chosen = [code for code in asked.region if code in inside]

    def write(picked: list[str]) -> None:
        """Narrow to the counties: the province around one that is chosen makes way for it."""
        around = {provinces[code] for code in picked}
        kept = [c for c in asked.region if c not in inside and c not in around]
        freed = {provinces[code] for code in chosen} - around
        address.write("region", [*kept, *sorted(freed), *picked])

    heading = t("County or city · certain · possible")
    address.choose_of(
        "county", heading, list(counts), _say(counts, names), chosen=chosen, write_chosen=write
    )
    _bars("county", list(counts.values()))


def _possible(t: Translator, shelf: Shelf, asked: Filters) -> None:
    """Draw the switch that lets in what is only possibly there, with how many that are."""
    without = tally.count(shelf.index, replace(asked, possible=False))
    every = tally.count(shelf.index, asked.without("possible"))
    st.session_state["possible"] = asked.possible
    st.toggle(
        t("Possibly here, too: {n}", n=f"{every - without:,}"),
        key="possible",
        on_change=lambda: address.write(
            "possible", "" if st.session_state["possible"] else "no"
        ),
    )  # fmt: skip


def _say(counts: dict[str, Count], names: dict[str, str]) -> address.Say:
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

    return say


def _bars(name: str, counts: list[Count]) -> None:
    """Draw under each region how much of it is certain and possible, the largest at full width."""
    most = max((count.certain + count.possible for count in counts), default=0) or 1
    rules = [
        f".st-key-filter-{name} .stButtonGroup button:nth-of-type({number}) {{"
        f"--c: {100 * count.certain / most:.1f}%;"
        f"--p: {100 * (count.certain + count.possible) / most:.1f}%}}"
        for number, count in enumerate(counts, start=1)
    ]
    st.html(f"<style>{''.join(rules)}</style>")
