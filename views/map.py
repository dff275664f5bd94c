"""The map page: the filter as a sentence, the counts, the map, the open entry, the table."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime import get_instance
from streamlit_folium import st_folium

from geo import layers, points
from geo.filters import Filters, Names
from geo.i18n import Translator
from geo.index import Stats
from views import address, download, entry, lists, shelf, sidebar
from views.lists import View
from views.text import counted, tag

_HEIGHT = 560


def draw(t: Translator, language: str) -> None:
    """Draw the map page."""
    opened = shelf.opened(t)
    names = _names(opened, language)
    filters = sidebar.draw(t, opened, names)
    view = View(t, language, opened, filters, names)
    stats = opened.index.stats(filters)
    _sentence(view, stats)
    if stats.total == 0:
        st.info(t("No entry yet. Import a file: python -m geo import FILE.csv"))
    _explore(view)
    lists.tray(view, stats)


def _names(opened: shelf.Shelf, language: str) -> Names:
    """Return the names of the regions and reports that occur, in the interface's language."""
    regions = shelf.region_names(opened, opened.index.edition, language)
    for code in address.filters("").region:
        regions.setdefault(code, opened.region_name(code, language))
    reports = {report.id: report.title for report in opened.store.reports().values()}
    return {"region": regions, "report": reports}


def _sentence(view: View, stats: Stats) -> None:
    t = view.t
    known = t("**{n}** in a known place", n=f"{stats.certain:,}")
    if stats.inferred:
        known += t(", {n} of them inferred", n=f"{stats.inferred:,}")
    verified = stats.shown - stats.unverified
    parts = [
        t("**{shown}** of {total} entries", shown=f"{stats.shown:,}", total=f"{stats.total:,}")
        + counted(t, stats.reports, " from **{n}** report", " from **{n}** reports"),
        known,
        t("**{n}** possible", n=f"{stats.possible:,}"),
        t("**{n}** without a place", n=f"{sum(stats.unplaced.values()):,}"),
        t("**{n}** verified", n=f"{verified:,}") if verified else t("none verified"),
    ]
    if withheld := view.shelf.index.withheld():
        parts.append(t("{n} withheld and not shown", n=f"{withheld:,}"))
    with st.container(key="sentence", gap=None):
        st.html(tag("h1", view.filters.describe(t, view.names), "sentence"))
        with st.container(key="counts", horizontal=True, vertical_alignment="center"):
            st.markdown(" · ".join(parts))
            download.draw(view, stats.shown)


@st.fragment(key="explore")
def _explore(view: View) -> None:
    """Draw map, entry and table; a click or a row redraws these and nothing else."""
    left, right = st.columns([7, 3], gap="medium")
    with left:
        _map(view)
    with right, st.container(key="panel"):
        _panel(view)
    with left, st.container(key="table"):
        lists.table(view)


def _map(view: View) -> None:
    opened = view.shelf
    encoded = shelf.encoded(opened.index, opened.index.edition)
    url = get_instance().media_file_mgr.add(
        encoded.data, "application/octet-stream", "glimpse.points"
    )
    value = layers.state(
        view.t,
        view.language,
        theme=st.context.theme.type or "light",
        points={"url": "../.." + url},
        mark=encoded.mark,
        mask=points.bitset(opened.index.passing(view.filters)),
        selected=opened.index.number(address.selected()),
    )
    with st.container(key="map"):
        st_folium(
            layers.base(shelf.basemap()),
            key="clicks",
            height=_HEIGHT,
            use_container_width=True,
            feature_group_to_add=layers.update(value),
            returned_objects=["last_active_drawing"],
            on_change=lambda: _clicked(view),
        )


def _clicked(view: View) -> None:
    """Open what was clicked: an entry that stands alone, otherwise the list of the place."""
    drawing = (st.session_state.get("clicks") or {}).get("last_active_drawing") or {}
    clicked = drawing.get("properties", {})
    at = clicked.get("at") or ([clicked["box"]] if "box" in clicked else [])
    st.session_state["at"] = [tuple(map(int, place)) for place in at]
    ids, number = view.shelf.index.page(view.filters, 1, at=st.session_state["at"])
    address.select(ids[0] if number == 1 else "")
    st.session_state.pop("list-page", None)


def _panel(view: View) -> None:
    opened, selected = view.shelf, address.selected()
    shown = opened.index.shows(selected, Filters())
    chosen = opened.store.entries([selected]).get(selected) if shown else None
    at = st.session_state.get("at")
    if chosen is not None:
        back = view.t("Back to the list") if at else view.t("Close")
        if not opened.index.shows(selected, view.filters):
            st.caption(view.t("The filters leave this entry out of the map and the table."))
        entry.draw(view.t, opened, chosen)
        st.button(back, on_click=address.select, args=("",))
    elif at:
        lists.at_place(view, at)
    else:
        hint = view.t("Choose a place on the map or a row of the table to see what is reported.")
        st.html(f'<div class="card">{tag("p", hint, "muted")}</div>')
