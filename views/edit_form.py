"""What is to change of many entries, and what that would do, before anything is saved."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from geo import bulk
from geo.errors import GeoError
from geo.i18n import Translator
from views import edit_fields, table_state
from views.lists import View
from views.text import counted, spaced, tag, told

_ASK_FROM = 50
"""Entries above which a person has to say so once more."""
_AT_ONCE = 500
"""Entries up to which a preview follows every change of the form."""
_SAID = {
    "category": "What is seen",
    "verification": "Verification",
    "visibility": "Visibility",
}


def draw(
    view: View, at: table_state.At, number: int, begin: Callable[[bulk.Preview], None]
) -> None:
    """Draw the form and the preview; `begin` is called with what a person has confirmed."""
    t = view.t
    ids = _which(view, at, number)
    try:
        change = bulk.Change.asked(**edit_fields.draw(view))
        if change.empty:
            st.caption(t("Choose what is to change; what you leave open stays as it is."))
            return
        seen = _preview(view, ids, change)
    except GeoError as error:
        st.error(told(t, error))
        return
    if seen is None:
        return
    st.html(_told(t, seen))
    number = len(seen.seen)
    sure = number <= _ASK_FROM or st.checkbox(
        t("Yes, change all {n} entries", n=f"{number:,}"), key=f"edit-sure-{number}"
    )
    words = counted(t, number, "Change {n} entry", "Change {n} entries")
    if st.button(words, type="primary", disabled=not (number and sure), key="edit-begin"):
        begin(seen)


def _which(view: View, at: table_state.At, number: int) -> list[str]:
    """Return the entries that are meant: those selected, or all that the table holds."""
    t, picks = view.t, table_state.picks()
    words = {
        "picks": counted(t, len(picks), "the {n} selected", "the {n} selected"),
        "all": counted(t, number, "the one in the table", "all {n} in the table"),
    }
    choices = [name for name, some in (("picks", picks), ("all", number)) if some]
    which = st.segmented_control(
        t("Which entries"), choices, format_func=words.__getitem__, default=choices[0],
        required=True, key="edit-which",
    )  # fmt: skip
    if which == "picks":
        return picks
    return view.shelf.index.page(view.filters, max(number, 1), at=at)[0]


def _preview(view: View, ids: list[str], change: bulk.Change) -> bulk.Preview | None:
    """Return what the change would do; of very many only after a click, with progress."""
    t, store = view.t, view.shelf.store
    if len(ids) <= _AT_ONCE:
        return bulk.preview(store, ids, change)
    asked = (change, len(ids), view.shelf.index.edition, view.filters)
    kept = st.session_state.get("edit-seen")
    if kept is not None and kept[0] == asked:
        seen: bulk.Preview = kept[1]
        return seen
    said = t("See what would change of {n} entries", n=f"{len(ids):,}")
    if not st.button(said, key="edit-preview"):
        return None
    bar = st.progress(0.0)
    seen = bulk.preview(store, ids, change, lambda done: bar.progress(done / len(ids)))
    bar.empty()
    st.session_state["edit-seen"] = (asked, seen)
    return seen


def _told(t: Translator, seen: bulk.Preview) -> str:
    """Return what the change would do, as HTML."""
    number = counted(t, len(seen.seen), "{n} entry", "{n} entries")
    lines = [tag("p", f"{number}: {said(t, seen.change)}", "name")]
    for name, values in seen.replaced.items():
        old = ", ".join(f"{_value(t, name, value)} ({count:,})" for value, count in values.items())
        lines.append(tag("p", t("{field} until now: {values}", field=t(_SAID[name]), values=old)))
    if seen.already:
        lines.append(
            tag("p", counted(t, seen.already, "{n} is so already.", "{n} are so already."))
        )
    return f'<div class="preview">{"".join(lines)}</div>'


def _value(t: Translator, field: str, value: str) -> str:
    if field == "category":  # a word from outside stays as it is
        return t(value) if value else t("nothing stated")
    return spaced(t, value)


def said(t: Translator, change: bulk.Change) -> str:
    """Return a change in the interface's language."""
    parts = []
    if change.category is not None:
        parts.append(f"{t('What is seen')} → {t(change.category) or t('nothing stated')}")
    parts += [t("tag “{tag}” added", tag=one) for one in change.add]
    parts += [t("tag “{tag}” removed", tag=one) for one in change.remove if one not in change.add]
    if change.verification:
        parts.append(f"{t('Verification')} → {spaced(t, change.verification.level)}")
    if change.visibility:
        parts.append(f"{t('Visibility')} → {spaced(t, change.visibility)}")
    return "; ".join(parts)
