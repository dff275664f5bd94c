"""The map page: the filter as a sentence, the counts, the map, the open entry, the table."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime import get_instance
from streamlit_folium import st_folium

from geo import layers, points
from geo.filters import Filters, Names, Near
from geo.i18n import Translator
from geo.index import Stats
from views import address, entry, lists, sentence, shelf, sidebar, tally, tour
from views.lists import View
from views.text import label, tag

_HEIGHT = 560


def draw(t: Translator, language: str) -> None:
    """Draw the map page."""
    opened = shelf.opened(t)
    names = _names(opened, language)
    filters = sidebar.draw(t, opened, language, names)
    view = View(t, language, opened, filters, names)
    stats = tally.stats(opened.index, filters)
    sentence.draw(view, stats)
    if stats.total == 0:
        st.info(t("No entry yet. Import a file: python -m geo import FILE.csv"))
    _explore(view, stats)


def _names(opened: shelf.Shelf, language: str) -> Names:
    """Return the names of regions, reports and the place asked for, in the page's language."""
    regions = dict(shelf.region_names(opened, opened.index.edition, language))
    asked = address.filters("")
    for code in set(asked.region) - set(regions):
        if (name := opened.region_name(code, language)) != code:
            regions[code] = name
    reports = {report.id: report.title for report in opened.store.reports().values()}
    near = Near.read(asked.near)
    around = {near.place: opened.region_name(near.place, language)} if near and near.place else {}
    return {"region": regions, "report": reports, "near": around}


@st.fragment(key="explore")
def _explore(view: View, stats: Stats) -> None:
    """Draw map, entry and table; a click or a row redraws these and nothing else."""
    left, right = st.columns([7, 3], gap="medium")
    with left:
        _map(view)
    with right, st.container(key="panel"):
        _panel(view)
    with left, st.container(key="table"):
        _tabs(view, stats)


def _tabs(view: View, stats: Stats) -> None:
    """Draw what stands below the map, one of its tabs; which one stands in the address."""
    t = view.t
    said = {
        "table": t("Table"),
        "unplaced": t("Without a place ({n})", n=f"{sum(stats.unplaced.values()):,}"),
    }
    asked = st.query_params.get("tab", "table")
    st.session_state["tab"] = asked if asked in said else "table"
    st.segmented_control(
        t("Below the map"), list(said), format_func=said.__getitem__, key="tab", required=True,
        label_visibility="collapsed",
        on_change=lambda: address.write("tab", st.session_state["tab"].replace("table", "")),
    )  # fmt: skip
    {"table": lambda: lists.table(view), "unplaced": lambda: lists.tray(view, stats)}[
        st.session_state["tab"]
    ]()


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
    t, opened, selected = view.t, view.shelf, address.selected()
    shown = opened.index.shows(selected, Filters())
    chosen = opened.store.entries([selected]).get(selected) if shown else None
    at = st.session_state.get("at")
    if chosen is not None:
        back = t("Back to the list") if at else t("Close")
        if not opened.index.shows(selected, view.filters):
            st.caption(t("The filters leave this entry out of the map and the table."))
        entry.draw(t, opened, chosen)
        st.button(back, on_click=address.select, args=("",))
    elif at:
        lists.at_place(view, at)
    else:
        if selected:
            said = t("There is no entry “{id}” to be shown here.", id=label(selected))
            st.caption(f":material/info: {said}")
        hint = t("Choose a place on the map or a row of the table to see what is reported.")
        st.html(f'<div class="card">{tag("p", hint, "muted")}</div>')
        tour.invite(t)
