"""The list that the page prints, in place of a table that scrolls; on the screen it is not seen."""

from __future__ import annotations

import streamlit as st

from geo.dates import said
from geo.entry import Entry
from views import entry
from views.lists import View
from views.text import counted, spaced, tag, visible

_ROWS = 40


def draw(view: View) -> None:
    """Put the first entries that pass on the page, each with what a reader must know of it."""
    ids, total = view.shelf.index.page(view.filters, _ROWS)
    found = view.shelf.store.entries(ids)
    shown = [_row(view, found[entry_id]) for entry_id in ids if entry_id in found]
    more = total - len(ids)
    if more > 0:
        said = counted(view.t, more, "and {n} more entry", "and {n} more entries")
        shown.append(tag("li", said, "more"))
    st.html(f'<ol class="paper" aria-hidden="true">{"".join(shown)}</ol>')


def _row(view: View, one: Entry) -> str:
    t = view.t
    facts = [
        visible("; ".join(one.worded)),
        entry.certainty(t, one)[1],
        spaced(t, one.verification.level),
        said(one.recorded, t),
    ]
    return f"<li>{tag('b', one.title)}{tag('span', ' · '.join(filter(None, facts)))}</li>"
