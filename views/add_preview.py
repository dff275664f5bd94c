"""What an import would do: counts, what is wrong with rows, duplicates, a map; then its button."""

from __future__ import annotations

import hashlib
from operator import itemgetter

import streamlit as st

from geo.errors import GeoError
from geo.formats import Rejected, Warned, mapping
from geo.i18n import Translator
from geo.intake import Preview, Taken
from views import add_pairs, add_state, add_work
from views.add_progress import Steps
from views.add_taken import tally
from views.add_work import Work
from views.candidate import points_map
from views.shelf import Shelf
from views.text import label, tag, told

_ROWS = 500


def draw(t: Translator, language: str, opened: Shelf, work: Work) -> None:
    """Draw what the import would do and the button that does it."""
    place = st.empty()
    try:
        steps = Steps(t, place)
        seen = work.preview(opened, steps.rows, steps.cancelled)
    except GeoError as error:
        place.error(told(t, error))
        return
    place.empty()
    taken = seen.taken
    st.html(tally(t, taken))
    if taken.read and not taken.new + taken.changed:
        st.info(t("Nothing new: no row says more than what is saved already."))
    _act(t, opened, work, seen)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _wrong(t, taken)
        add_pairs.draw(t, opened, work, seen)
        if taken.kept:
            names = ", ".join(sorted(taken.kept))[:500]
            st.caption(t("Kept and not understood: {names}", names=label(names)))
    with right:
        _map(t, language, seen)


def _act(t: Translator, opened: Shelf, work: Work, seen: Preview) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="file-act"):
        unseen = seen.about.encoding_guessed and not work.sure
        start = st.button(
            t("Import"), type="primary", key="file-import", disabled=unseen or not seen.taken.read,
            help=t("First say that the letters are right.") if unseen else None,
        )  # fmt: skip
        cancel = st.empty()
        if seen.taken.flagged or work.skip:
            add_state.field(
                st.toggle, t("Leave possible duplicates out"), "file-skip", work.skip,
                add_work.set_to("skip"),
            )  # fmt: skip
    if work.error is not None:
        st.error(told(t, work.error))
    if start:
        cancel.button(t("Cancel"), key="file-cancel")
        _take(t, opened, work, seen.taken.read)


def _take(t: Translator, opened: Shelf, work: Work, rows: int) -> None:
    """Import; a click meanwhile ends this run, and `running` tells the next one."""
    steps = Steps(t, st.empty(), rows)
    work.running, work.error = True, None
    try:
        kept = work.look()
        work.take(opened, steps.rows, steps.cancelled)
        if work.remember and work.wishes.mapping is not None:
            mapping.save(work.wishes.mapping, kept.header)
    except GeoError as error:
        work.error = error
    work.running = False
    st.rerun()


def _wrong(t: Translator, taken: Taken) -> None:
    """Draw refused rows and warnings in the order of the file."""
    refused = [(one.row, one.column, t("refused"), _reason(t, one)) for one in taken.rejected]
    warned = [(one.row, one.column, t("warning"), _reason(t, one)) for one in taken.warned]
    rows = sorted(refused + warned, key=itemgetter(0))
    if not rows:
        st.success(t("Every row can be read, and nothing in them looks odd."))
        return
    heading = t("Refused rows: {n}. Warnings: {m}.", n=f"{taken.rejections:,}",
                m=f"{taken.warnings:,}")  # fmt: skip
    st.html(tag("div", heading, "section"))
    names = (t("Row"), t("Column"), t("What happens"), t("Why"))
    head = "".join(tag("th", name) for name in names)
    body = (f"<tr>{''.join(tag('td', str(cell)) for cell in row)}</tr>" for row in rows[:_ROWS])
    st.html(f'<div class="faults"><table><tr>{head}</tr>{"".join(body)}</table></div>')
    if taken.rejections + taken.warnings > len(rows[:_ROWS]):
        st.caption(t("The first {n} are shown.", n=len(rows[:_ROWS])))


def _reason(t: Translator, one: Rejected | Warned) -> str:
    if isinstance(one, Warned):
        return t(one.sentence, **one.values)
    return t(one.error.sentence, **one.error.values) if one.error else t(one.reason)


def _map(t: Translator, language: str, seen: Preview) -> None:
    if not seen.places:
        st.caption(t("There is no place to show on the map."))
        return
    columns = seen.columns()
    mark = hashlib.sha256(repr(seen.places).encode()).hexdigest()[:12]
    entries = int(columns["entry_no"].max()) + 1
    points_map(t, language, columns, entries, f"file-{mark}")  # other places, other view
    if seen.placed > len(seen.places):
        st.caption(t("The first {n} places of {all}.", n=f"{len(seen.places):,}",
                     all=f"{seen.placed:,}"))  # fmt: skip
