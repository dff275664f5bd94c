"""Saving a draft: as one revision, or what stands in the way of it."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from geo.dates import said_moment
from geo.errors import InputError
from views import briefing_data, briefing_draft, briefing_saving, briefing_why
from views.briefing_data import Brief
from views.briefing_draft import Draft
from views.text import label, tag, told

_HEADINGS = {
    "title": "Title", "author": "Author", "date": "Date", "language": "Written in",
    "cover": "Cover text", "methodology": "Methodology, on the last screen",
    "profile": "Who is shown it", "gaps": "What this map does not show",
    "sources": "Sources and methods", "translations": "Words in other languages",
    "headline": "Headline", "text": "Text", "notes": "Speaker notes", "filters": "Question",
    "view": "View of the map", "entries": "Chosen entries", "exhibit": "Picture",
    "beside": "Beside the map",
}  # fmt: skip
"""What each field is called."""


def buttons(brief: Brief, draft: Draft) -> None:
    """Draw what must be corrected or was saved meanwhile, and the buttons to save or discard."""
    with st.container(key=f"briefing-keep-{draft.step}", gap="xsmall"):
        if draft.theirs is not None:
            _both(brief, draft)
        elif draft.fault is not None:
            _fault(brief, draft.fault)
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            _save_or_discard(brief, draft)


def _save_or_discard(brief: Brief, draft: Draft) -> None:
    t, name = brief.t, brief.briefing.id
    st.button(
        t("Save"), type="primary", key=f"briefing-save-{draft.step}",
        disabled=draft.theirs is not None, on_click=partial(_save, brief, draft),
    )  # fmt: skip
    if draft.unsaved:
        st.button(
            t("Discard the changes"), key=f"briefing-discard-{draft.step}",
            on_click=partial(briefing_draft.drop, name, draft.step),
        )  # fmt: skip
        st.caption(t("not saved yet"))


def _fault(brief: Brief, fault: InputError) -> None:
    *_, field = str(fault.values.get("field", "")).split(".")
    why = told(brief.t, fault)
    heading = label(brief.t(_HEADINGS[field])) if field in _HEADINGS else ""
    st.error(f"**{heading}**: {why}" if heading else why)


def _save(brief: Brief, draft: Draft) -> None:
    """Save what was typed, unless it must be corrected or somebody saved this part meanwhile."""
    store, name, draft.fault = brief.shelf.store, brief.briefing.id, None
    try:
        changed = draft.changed()
    except InputError as error:
        draft.fault = error
        return
    if changed == draft.base or briefing_saving.save(store, changed, "edited", draft.seq):
        briefing_draft.drop(name, draft.step)
        return
    briefing_saving.forget()
    draft.theirs = store.briefing(name)


def _both(brief: Brief, draft: Draft) -> None:
    """Draw what was saved meanwhile beside what is typed here, and the two ways on."""
    t, theirs = brief.t, draft.theirs
    assert theirs is not None  # noqa: S101 - the caller has asked
    last = briefing_data.history(brief.shelf.store, brief.briefing.id, theirs[0])[-1]
    now = briefing_draft.part(theirs[1], draft.step)
    if now is None:
        st.warning(t("Somebody deleted this step meanwhile. Nothing of yours is lost, nor saved"
                     " yet."))  # fmt: skip
    else:
        st.warning(t("Somebody saved this meanwhile. Nothing of yours is lost, nor saved yet."))
    why = briefing_why.said(t, last.why)
    st.html(tag("p", f"{said_moment(last.at, t)} · {last.who}: {why}", "muted"))
    if now is not None:
        st.html(_table(brief, draft.said, now))
    with st.container(horizontal=True, gap="xsmall"):
        keep = t("Keep mine where I changed it") if now else t("Put it back as I have it")
        st.button(keep, key="briefing-mine", on_click=draft.join)
        st.button(
            t("Take what was saved"), key="briefing-theirs",
            on_click=partial(briefing_draft.drop, brief.briefing.id, draft.step),
        )  # fmt: skip


def _table(brief: Brief, mine: dict[str, Any], theirs: dict[str, Any]) -> str:
    t = brief.t
    rows = "".join(
        f"<tr>{tag('th', t(said))}{tag('td', _plain(theirs[name]))}"
        f"{tag('td', _plain(mine[name]))}</tr>"
        for name, said in _HEADINGS.items()
        if name in theirs and theirs[name] != mine.get(name)
    )
    head = "".join(tag("th", said) for said in ("", t("Saved meanwhile"), t("In your form")))
    return f'<div class="faults both"><table><tr>{head}</tr>{rows}</table></div>'


def _plain(value: Any) -> str:  # noqa: ANN401 - a field of the form
    """Return a field's value as text."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items() if one)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
