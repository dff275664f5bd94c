"""The map page: the filter as a sentence, the counts, the map, the open entry, the table."""

from __future__ import annotations

import streamlit as st

from geo.filters import Filters, Names, Near
from geo.i18n import Translator
from geo.index import Stats
from views import (
    address,
    below,
    entry,
    hint,
    lists,
    live,
    paper,
    regions,
    sentence,
    shelf,
    sidebar,
    table_edit,
    table_state,
    tally,
    timeline,
)
from views.lists import View
from views.text import label


def draw(t: Translator, language: str) -> None:
    """Draw the map page."""
    opened = shelf.opened(t)
    names = _names(opened, language)
    filters = sidebar.draw(t, opened, language, names)
    view = View(t, language, opened, filters, names)
    stats = tally.stats(opened.index, filters)
    sentence.draw(view, stats)
    _explore(view, stats)
    table_edit.run(view)


def _names(opened: shelf.Shelf, language: str) -> Names:
    """Return the names of regions, reports and the place asked for, in the page's language."""
    regions = dict(shelf.region_names(opened, opened.index.edition, language))
    asked = address.filters()
    for code in set(asked.region) - set(regions):
        if (name := opened.region_name(code, language)) != code:
            regions[code] = name
    cited = tally.choices(opened.index, "report", Filters())  # no other report is ever named
    reports = {one.id: one.title for one in opened.store.reports().values() if one.id in cited}
    near = Near.read(asked.near)
    around = {near.place: opened.region_name(near.place, language)} if near and near.place else {}
    return {"region": regions, "report": reports, "near": around}


@st.fragment(key="explore")
def _explore(view: View, stats: Stats) -> None:
    """Draw map, entry and table; a click or a row redraws these and nothing else."""
    regions.refresh()
    left, right = st.columns([7, 3], gap="medium")
    table_state.follow()
    with left:
        live.draw(view)
        timeline.draw(view)
    with right, st.container(key="panel"):
        _panel(view, stats)
    with right:
        paper.draw(view)
    with left, st.container(key="table"):
        below.draw(view, stats)


def _panel(view: View, stats: Stats) -> None:
    t, opened, selected = view.t, view.shelf, address.selected()
    shown = opened.index.shows(selected, Filters())
    chosen = opened.store.entries([selected]).get(selected) if shown else None
    at = table_state.listed()
    if chosen is not None:
        back = t("Back to the list") if at else t("Close")
        if not opened.index.shows(selected, view.filters):
            st.caption(t("The filters leave this entry out of the map and the table."))
        entry.draw(t, opened, chosen)
        st.button(back, on_click=address.select, args=("",))
    elif at:
        lists.at_place(view, at)
    elif len(table_state.picks()) > 1:
        lists.picked(view)
    else:
        if selected:
            said = t("There is no entry “{id}” to be shown here.", id=label(selected))
            st.caption(f":material/info: {said}")
        hint.draw(t, stats)
