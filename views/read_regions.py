"""The choice of a region: the next finer ones on the page, all others in a sheet."""

from __future__ import annotations

import math

import streamlit as st

from geo.filters import Filters
from geo.gazetteer import Place
from geo.index import Count, Index
from geo.summary import Facts
from views import address, read_map
from views.lists import View
from views.text import label, tag

_ON_PAGE, _IN_SHEET = 6, 12
"""Regions that are buttons on the page, where the others wait in the sheet, and in the sheet,
where they are a list to search in."""
_NEAR = 3

Counts = dict[str, Count]


def draw(view: View, facts: Facts) -> None:
    """Draw the regions within the present one or, where nothing is reported, the nearest ones."""
    t = view.t
    countries, provinces = _counts(view)
    if not facts.entries and view.filters.region and countries:
        st.html(tag("div", t("Nearest with entries"), "section"))
        finest = provinces if "-" in view.filters.region[0] else countries
        _buttons(view, _nearest(view, finest), "near")
        return
    finer = _finer(view.filters.region, countries, provinces)
    if not st.session_state.get("read-at") and len(finer) > 1:
        st.html(tag("div", t("Choose a region"), "section"))
        _buttons(view, finer, "finer")


def sheet(view: View) -> None:
    """Open the sheet with every region to choose from."""
    t = view.t

    def body() -> None:
        countries, provinces = _counts(view)
        if view.filters.region:
            _button(view, "", t("All regions"), "sheet")
        own = view.filters.region[0].split("-")[0] if view.filters.region else ""
        inside = _finer((own,) if own in countries else (), countries, provinces)
        _buttons(view, inside, "sheet")
        if len(countries) > 1 and own in countries:
            st.html(tag("div", t("Countries"), "section"))
            _buttons(view, countries, "sheet-country")

    st.dialog(t("Choose a region"))(body)()


def _counts(view: View) -> tuple[Counts, Counts]:
    index = view.shelf.index
    return _counted(index, index.edition, view.filters.without("region"))


@st.cache_data(max_entries=50, show_spinner=False)
def _counted(_index: Index, edition: str, filters: Filters) -> tuple[Counts, Counts]:  # noqa: ARG001 - the cache's key
    """Return the counts of the countries, and of the provinces (a country where none is known)."""
    return _index.regions(filters, level="country"), _index.regions(filters)


def _finer(chosen: tuple[str, ...], countries: Counts, provinces: Counts) -> Counts:
    """Return the regions to choose from within what is chosen; none within a province."""
    if not chosen and len(countries) > 1:
        return countries
    country = chosen[0] if chosen else next(iter(countries), "")
    return {code: n for code, n in provinces.items() if code.startswith(f"{country}-")}


def _nearest(view: View, counts: Counts) -> Counts:
    """Return the regions with entries whose middles lie nearest to the region that is chosen."""
    here = view.shelf.gazetteer.region(view.filters.region[0])
    if here is None:
        return dict(list(counts.items())[:_NEAR])
    placed = {code: view.shelf.gazetteer.region(code) for code in counts}
    apart = {code: _apart(here, place) for code, place in placed.items() if place}
    return {code: counts[code] for code in sorted(apart, key=apart.__getitem__)[:_NEAR]}


def _apart(one: Place, other: Place) -> float:
    """Return the great-circle distance of two places, in radians."""
    lat, there = math.radians(one.lat), math.radians(other.lat)
    east = math.radians(other.lon - one.lon)
    cosine = math.sin(lat) * math.sin(there) + math.cos(lat) * math.cos(there) * math.cos(east)
    return math.acos(max(-1.0, min(1.0, cosine)))


def _buttons(view: View, counts: Counts, place: str) -> None:
    """Draw a button for each of the regions with most entries; in the sheet, all of them."""
    t, codes, sheet = view.t, list(counts), _in_sheet(place)
    most = _IN_SHEET if sheet else _ON_PAGE
    with st.container(key=f"read-{place}", horizontal=not sheet, gap="small"):
        for code in codes[:most]:
            _button(view, code, _said(view, code, counts[code], rich=True), place)
    if sheet and (rest := codes[most:]):
        found = st.selectbox(
            t("{n} more regions", n=f"{len(rest):,}"), rest, index=None,
            placeholder=t("Choose a region"), key=f"read-list-{place}",
            format_func=lambda code: _said(view, code, counts[code], rich=False),
        )  # fmt: skip
        if found:
            choose(found)
            st.rerun()  # closes the sheet


def _button(view: View, code: str, words: str, place: str) -> None:
    pressed = st.button(
        words, key=f"read-{place}-{code}", on_click=choose, args=(code,),
        disabled=(code,) == view.filters.region,
        width="stretch" if _in_sheet(place) else "content",
    )  # fmt: skip
    if pressed and _in_sheet(place):
        st.rerun()  # closes the sheet


def _in_sheet(place: str) -> bool:
    return place.startswith("sheet")


def _said(view: View, code: str, count: Count, *, rich: bool) -> str:
    """Return a region's name and counts, as Markdown for a button or as plain text for a list."""
    name = view.shelf.region_name(code, view.language)
    certain = f"{count.certain:,}"
    possible = view.t("{n} possible", n=f"{count.possible:,}")
    said = [label(name) if rich else name]
    if count.certain:
        said.append(f":blue[**{certain}**]" if rich else certain)
    if count.possible:
        said.append(f":orange[{possible}]" if rich else possible)
    return (" " if rich else " · ").join(said)


def choose(code: str) -> None:
    """Take a region, "" for everywhere."""
    read_map.forget()
    address.write("page", "")
    address.write("region", code)
