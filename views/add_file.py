"""Adding from a file: what it is, what its columns say, what an import would do, the import."""

from __future__ import annotations

import streamlit as st

from geo.errors import GeoError
from geo.i18n import Translator
from geo.sheet.kind import SUFFIXES
from views import add_choices, add_mapping, add_preview, add_taken, add_work
from views.shelf import Shelf
from views.text import label, tag, told

_MEGABYTES = 200
_ENDINGS = [ending for endings in SUFFIXES.values() for ending in endings]


def draw(t: Translator, language: str, opened: Shelf, map_page: st.Page) -> None:
    """Draw the field for a file or, once there is one, the next step of its import."""
    work = add_work.current()
    if work is None:
        _begin(t)
        return
    with st.container(horizontal=True, vertical_alignment="center", key="file-bar"):
        st.html(tag("div", work.path.name, "file"))
        st.button(t("Another file"), on_click=add_work.put_away, key="file-other")
    if work.taken is not None:
        add_taken.draw(t, work, map_page)
        return
    if work.running:  # the run that imported was ended by a click, before it had saved
        work.running = False
        st.info(t("The import was stopped; nothing was changed."))
    try:
        look = work.look()
    except GeoError as error:
        add_choices.draw(t, work, None)
        st.error(told(t, error))
        return
    add_choices.draw(t, work, look)
    if work.by_hand or look.guessed:
        add_mapping.draw(t, work, look)
        return
    add_preview.draw(t, language, opened, work)


def _begin(t: Translator) -> None:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _upload(t)
        st.caption(
            t("Files of up to {n} MB; larger ones with the command {command}.",
              n=_MEGABYTES, command="`python -m geo import FILE`")
        )  # fmt: skip
    with right:
        points = "".join(tag("li", t(text)) for text in _SAID)
        happens = tag("div", t("What happens here"), "section")
        st.html(f'<div class="card steps">{happens}<ul>{points}</ul></div>')


def _upload(t: Translator) -> None:
    turn = st.session_state.get("file-turn", 0)
    file = st.file_uploader(
        t("A sheet or a map file"), type=[one.removeprefix(".") for one in _ENDINGS],
        key=f"file-given-{turn}", max_upload_size=_MEGABYTES,
    )  # fmt: skip
    if file is None:
        return
    try:
        with st.spinner(t("Reading the file …")):
            add_work.begin(file.name, file.getvalue())
    except GeoError as error:
        st.error(told(t, error))
        st.caption(label(file.name))
        return
    st.session_state["file-turn"] = turn + 1  # lets the upload go
    st.rerun()


_SAID = (
    "CSV, TSV, Excel, GeoJSON, JSON, KML, KMZ, uMap and Parquet are read, and what the tools of"
    " other investigators write is recognised.",
    "Where nothing is known about a file, you say which of its columns says what.",
    "You see what an import would do, row by row and on a map, before anything is saved.",
    "All of a file is saved, or nothing of it. A row that cannot become an entry is refused with"
    " its reason, and what is refused can be downloaded.",
    "Importing the same file again changes nothing.",
)
