"""The download menu: the entries that the page shows, as a file that is made on the click."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from geo import export
from views import tally
from views.lists import View
from views.text import counted

_SAID = {
    ".csv": "CSV: a row an entry; can be imported again",
    ".xlsx": "Excel: a row an entry; can be imported again",
    ".geojson": "GeoJSON: points with their radius; can be imported again",
    ".kml": "KML: areas for Google Earth",
    ".kmz": "KMZ: the same, compressed",
    ".gpkg": "GeoPackage: points and areas for QGIS",
    ".parquet": "GeoParquet: for data tools; can be imported again",
    ".storymap.json": "StoryMapJS: a slide an entry",
}
"""What each format is for, by its suffix."""


def draw(view: View, shown: int) -> None:
    """Draw the menu; nothing is written before the button is pressed."""
    t, index = view.t, view.shelf.index
    with (
        st.container(key="download", width="content"),
        st.popover(t("Download"), icon=":material/download:"),
        st.container(key="download-menu"),
    ):
        suffix = st.radio(
            t("Format"), list(_SAID), format_func=lambda one: t(_SAID[one]), key="download-format"
        )
        st.markdown(counted(t, shown, "**{n}** entry as filtered.", "**{n}** entries as filtered."))
        st.caption(" ".join(_left_out(view)))
        st.download_button(
            t("Download {suffix}", suffix=suffix),
            data=partial(_made, view, suffix),
            file_name=file_name(shown, suffix),
            mime="application/octet-stream",
            on_click="ignore",
            disabled=not shown,
            key=f"download-{index.edition}-{view.filters.query()}{suffix}",
        )


def file_name(entries: int, suffix: str) -> str:
    """Return a name that says what the file is: the day, and how many entries."""
    noun = "entry" if entries == 1 else "entries"
    return f"glimpse-{dt.datetime.now().astimezone():%Y-%m-%d}-{entries}-{noun}{suffix}"


def _left_out(view: View) -> list[str]:
    """Return what the file holds and does not hold, as sentences."""
    t, index = view.t, view.shelf.index
    said = [t("Entries without a place are in the file, with the reason.")]
    if drafts := index.drafts(view.filters):
        said.append(
            counted(t, drafts, "{n} is a draft and marked so.", "{n} are drafts and marked so.")
        )
    withheld = tally.withheld(index)
    said.append(
        t("Withheld entries are not: {n} left out.", n=f"{withheld:,}")
        if withheld
        else t("Withheld entries never are.")
    )
    said.append(t("Positions are exact as geocoded."))
    return said


def _made(view: View, suffix: str) -> bytes:
    """Return the file; Streamlit calls this in a thread of its own, after the click."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"export{suffix}"
        export.export(
            out, view.shelf.store, view.shelf.index, view.filters, view.names,
            language=view.language,
        )  # fmt: skip
        return out.read_bytes()
