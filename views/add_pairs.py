"""Possible duplicates of an import: both rows of a pair side by side, what differs in bold."""

from __future__ import annotations

import streamlit as st

from geo.formats import flat
from geo.i18n import Translator
from geo.intake import Duplicate, Preview
from views.add_work import Work
from views.shelf import Shelf
from views.text import counted, tag

_MOST = 50
_LONGEST = 300

_FIELDS = {
    "recorded": "Recorded",
    "locality": "As reported",
    "evidence_url": "Evidence",
    "report_title": "Report",
    "description": "Description",
}
"""What is shown of a row below its title, by the columns of the flat form."""

_WHY = {
    "id": "the same id; only the first row is taken",
    "link": "the same link",
    "alike": "the same day and place, and nearly the same title",
}

_Row = dict[str, str]


def draw(t: Translator, opened: Shelf, work: Work, seen: Preview) -> None:
    """Draw the first pairs; nothing where there is none."""
    taken = seen.taken
    if not taken.flagged:
        return
    said = counted(t, taken.flagged, "{n} possible duplicate", "{n} possible duplicates")
    st.html(tag("div", said, "section"))
    pairs = taken.duplicates[:_MOST]
    rows, saved = work.rows_of_pairs(seen, _MOST), _saved(opened, pairs)
    st.html("".join(_pair(t, one, rows, saved) for one in pairs))
    if taken.flagged > len(pairs):
        st.caption(t("The first {n} are shown.", n=len(pairs)))


def _saved(opened: Shelf, pairs: list[Duplicate]) -> dict[str, _Row]:
    """Return the flat rows of the entries that stand in the store already, by id."""
    reports = opened.store.reports()
    found = opened.store.entries([one.of for one in pairs if not one.of_row])
    return {
        entry.id: flat(entry, next((reports.get(c.report) for c in entry.reports), None))
        for entry in found.values()
    }


def _pair(t: Translator, one: Duplicate, rows: dict[int, _Row], saved: dict[str, _Row]) -> str:
    here = rows.get(one.row, {})
    there = rows.get(one.of_row, {}) if one.of_row else saved.get(one.of, {})
    other = t("row {n}", n=one.of_row) if one.of_row else t("saved: {id}", id=one.of)
    left = _side(t, t("row {n}", n=one.row), one.both[0], here, there)
    right = _side(t, other, one.both[1] or there.get("title", "") or "–", there, here)
    return f'<div class="pair">{left}{right}{tag("div", t(_WHY[one.why]), "why")}</div>'


def _side(t: Translator, heading: str, title: str, row: _Row, other: _Row) -> str:
    lines = [tag("div", heading, "facts"), tag("div", title, "name")]
    for name, said in _FIELDS.items():
        cell = "; ".join(row.get(name, "").split("\n"))
        if cell or other.get(name, ""):
            kind = "facts" if row.get(name, "") == other.get(name, "") else "facts differs"
            lines.append(tag("div", f"{t(said)}: {cell[:_LONGEST] or '–'}", kind))
    return f"<div>{''.join(lines)}</div>"
