"""The map as a list: every place with the entries that are certainly and only possibly there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.filters import Filters
from geo.index import Index, PlaceCount, PlaceOrder
from views import address, table_state, tally
from views.lists import View
from views.text import counted, label, spaced, tag

_ROWS = 25
_HEADINGS = {"count": "Most entries first", "name": "By name"}


def draw(view: View) -> None:
    """List the places page by page; choosing one lists its entries, as its symbol does."""
    t = view.t
    if not view.shelf.index.size:
        return  # the page says so already
    with st.container(key="places", gap="small"):
        st.html(tag("h2", t("The map as a list"), "section"))
        st.caption(t("An entry that may be in several places stands at each of them as possible."))
        with st.container(key="places-head", horizontal=True, vertical_alignment="center"):
            places, total = _page(view, _order(view))
            _summary(view, total)
        if not total:
            st.info(t("No entry with a place fits these filters."))
        for number, place in enumerate(places):
            _row(view, place, number)
        if total > _ROWS:
            st.pagination(-(-total // _ROWS), key="places-page")


def open_at(view: View, at: Sequence[tuple[int, ...]]) -> None:
    """Open what is at these points or boxes: an entry that stands alone, otherwise their list."""
    table_state.list_places(list(at))
    ids, number = view.shelf.index.page(view.filters, 1, at=at)
    address.select(ids[0] if number == 1 else "")


def _order(view: View) -> PlaceOrder:
    chosen = st.segmented_control(
        view.t("Sort"),
        list(_HEADINGS),
        format_func=lambda one: view.t(_HEADINGS[one]),
        key="places-order",
        default="count",
        required=True,
        label_visibility="collapsed",
    )
    if chosen == "count":
        return "count"
    return "native" if view.language == "ko" else "name"


def _page(view: View, order: PlaceOrder) -> tuple[list[PlaceCount], int]:
    """Return the page of places that is open, the first where it is over, and their number."""
    index, page = view.shelf.index, st.session_state.get("places-page", 1)
    places, total = _found(index, index.edition, view.filters, page, order)
    if not places and page > 1:
        st.session_state["places-page"] = page = 1
        places, total = _found(index, index.edition, view.filters, page, order)
    return places, total


@st.cache_data(max_entries=100, show_spinner=False)
def _found(
    _index: Index,
    edition: str,  # noqa: ARG001 - the cache's key
    filters: Filters,
    page: int,
    order: PlaceOrder,
) -> tuple[list[PlaceCount], int]:
    return _index.places(filters, _ROWS, (page - 1) * _ROWS, order)


def _summary(view: View, total: int) -> None:
    t = view.t
    unplaced = sum(tally.stats(view.shelf.index, view.filters).unplaced.values())
    said = counted(t, unplaced, "{n} entry without a place", "{n} entries without a place")
    st.markdown(counted(t, total, "**{n}** place", "**{n}** places"), width="content")
    if unplaced:
        st.button(
            said,
            key="to-unplaced",
            type="tertiary",
            on_click=address.write,
            args=("tab", "unplaced"),
        )
    else:
        st.markdown(said, width="content")


def _row(view: View, place: PlaceCount, number: int) -> None:
    t = view.t
    chosen = table_state.listed() == list(place.at)
    kind = "certain" if place.certain else "possible"
    regions = [view.names["region"].get(code) or code for code in place.regions]
    parts = [
        f"**{label(_both(view, place))}**",
        f":blue[{t('{n} certain', n=f'{place.certain:,}')}]",
        f":orange[{t('{n} possible', n=f'{place.possible:,}')}]",
        f":gray[{label(', '.join(regions))}]",
        f":gray[{spaced(t, place.precision)}]",
    ]
    if chosen:
        parts.append(f":gray[{t('shown beside the map')}]")
    st.button(
        " ".join(parts),
        key=f"place-{kind}-{number}",
        type="primary" if chosen else "secondary",
        on_click=open_at,
        args=(view, place.at),
        width="stretch",
    )


def _both(view: View, place: PlaceCount) -> str:
    """Return the place's names, the one in the language of the interface first."""
    return view.t.name(place.name, place.native)
