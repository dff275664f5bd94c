"""Saying which column says what: each with its guess, and with some of its cells to judge by."""

from __future__ import annotations

import streamlit as st

from geo.formats import Look, Mapping
from geo.formats.dialect import fingerprint
from geo.formats.reading import TELLING
from geo.i18n import Translator
from views.add_work import Work
from views.text import tag

_MOST = 200
"""Columns that are offered; those beyond are kept as they are."""


def draw(t: Translator, work: Work, look: Look) -> None:
    """Draw the columns; what is chosen holds once the button is pressed."""
    mark = fingerprint(look.header)[:8]
    guessed = _before(work, look)
    shown = look.header[:_MOST]
    st.caption(
        t("What is proposed is a guess by names and cells. Nothing is imported on it before you"
          " confirm it.")
    )  # fmt: skip
    with st.form(f"file-columns-{mark}", border=False), st.container(key="file-columns"):
        chosen = {
            name: _column(t, name, guessed.get(name, ""), look.samples[name], f"{mark}-{number}")
            for number, name in enumerate(shown)
        }
        if len(look.header) > _MOST:
            st.caption(t("The other {n} columns are kept as they are.", n=len(look.header) - _MOST))
        remember = st.checkbox(t("Remember for files with these columns"), value=work.remember)
        if st.form_submit_button(t("Use these columns"), type="primary", key="file-confirm"):
            _confirm(t, work, dict.fromkeys(look.header, "") | chosen, remember=remember)


def _before(work: Work, look: Look) -> dict[str, str]:
    kept = work.wishes.mapping or look.mapping
    if kept is not None:
        return kept.columns
    found = look.dialect.found_in(look.header) if look.dialect else {}
    return {names[0]: field for field, names in found.items() if field in _SAID}


def _column(t: Translator, name: str, field: str, cells: tuple[str, ...], key: str) -> str:
    with st.container(key=f"file-column-{key}"):
        left, right = st.columns([3, 2], gap="small", vertical_alignment="center")
    with left:
        samples = " · ".join(cells) or t("empty")
        st.html(tag("div", name, "name") + tag("div", samples, "samples"))
    with right:
        options = ["", *_SAID]
        chosen: str = st.selectbox(
            t("Column {n} says", n=int(key.split("-")[1]) + 1), options,
            index=options.index(field) if field in options else 0, key=f"file-says-{key}",
            format_func=lambda one: t(_SAID[one]) if one else t("keep as it is"),
            label_visibility="collapsed",
        )  # fmt: skip
    return chosen


def _confirm(t: Translator, work: Work, columns: dict[str, str], *, remember: bool) -> None:
    said = set(columns.values())
    if ("lat" in said) != ("lon" in said):
        st.error(t("Latitude and longitude belong together: choose a column for each."))
        return
    if not said & TELLING:
        st.error(t("Say which column tells what is seen or where: a title, a place, a link."))
        return
    work.remember = remember
    work.map_by(Mapping(columns=columns))
    st.rerun()


_SAID = {
    "title": "What is seen",
    "description": "What the report says of it",
    "locality": "Locality",
    "recorded": "Recorded",
    "recorded_until": "Recorded until",
    "coordinates": "Latitude and longitude in one cell",
    "lat": "Latitude",
    "lon": "Longitude",
    "uncertainty_m": "Radius in metres",
    "country": "Country",
    "admin1": "Province",
    "admin2": "County",
    "category": "Category",
    "tags": "Tags",
    "evidence_url": "Link to the footage",
    "archived_url": "Link to an archived copy",
    "report_title": "Title of the report",
    "report_url": "Link to the report",
    "report_id": "Id of the report",
    "outlet": "Outlet",
    "published": "Day of the report",
    "language": "Language of the report",
    "paragraph": "Paragraph",
    "released_at": "Where it was released",
    "mentioned": "Only mentioned",
    "relation": "Relation to the place",
    "complete": "Whether all places are named",
    "basis": "Stated or inferred",
    "absence": "Why there is no place",
    "verification": "Verification",
    "verified_by": "Judged by",
    "verified_at": "Day of the judgement",
    "verification_method": "Method of the judgement",
    "verification_proof": "Proof of the judgement",
    "verification_note": "Note on the verification",
    "visibility": "Visibility",
    "shape": "Shape of the area",
    "id": "Id of the entry",
}
"""What a column can say, in a person's words."""
