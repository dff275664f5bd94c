"""The picture beside a step's map: one of its entries' files, or one that is uploaded."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.briefing import exhibits
from geo.briefing.screen import Shown
from geo.entry import Entry
from geo.errors import GeoError, InputError
from geo.i18n import Translator
from geo.media import file
from geo.steps import Exhibit, Step
from views.briefing_data import Brief
from views.briefing_draft import Draft
from views.briefing_fields import Form
from views.text import label, tag, told

_LOOKED_AT = 40
"""Entries of a step whose files are offered."""


def draw(brief: Brief, draft: Draft, step: Step) -> None:
    """Draw the picture that is chosen, and the ways to another one."""
    t = brief.t
    st.html(tag("h2", t("Picture"), "part"))
    offered = _offered(brief, step)
    _choice(brief, draft, step, offered)
    _upload(brief, draft)
    if step.exhibit is None:
        return
    plain = step.exhibit.model_copy(update={"caption": "", "credit": ""})
    shown, why = _shown(t, plain.model_dump_json(), _barred(brief, step.exhibit))
    if shown is not None:
        st.image(shown.data, width=280, alt=step.exhibit.caption or t("picture without a caption"))
    else:
        st.warning(label(why))
    form = Form(t, draft)
    form.line(t("Caption"), "exhibit", "caption")
    form.line(t("Credit"), "exhibit", "credit")
    form.switch(
        t("Graphic"), "exhibit", "graphic",
        help=t("A graphic picture is never put on a screen that others are made to see, nor into"
               " a file."),
    )  # fmt: skip


@st.cache_data(max_entries=16, show_spinner=False)
def _shown(_t: Translator, kept: str, barred: str) -> tuple[Shown | None, str]:
    return exhibits.shown(_t, Exhibit.model_validate_json(kept), barred)


def _barred(brief: Brief, exhibit: Exhibit) -> str:
    data = brief.data
    held = data.record.holding([exhibit.sha256])
    return exhibits.bar(exhibit, held, data.record, data.index, brief.briefing.visibility)


def _offered(brief: Brief, step: Step) -> dict[str, dict[str, Any]]:
    """Return the pictures of the step's entries that this machine holds, by their SHA-256."""
    asked = brief.asked(step)[0]
    ids = [one for one in step.entries if brief.data.index.shows(one, asked)]
    ids = list(dict.fromkeys([*ids, *brief.data.index.page(asked, _LOOKED_AT)[0]]))
    found: dict[str, dict[str, Any]] = {}
    for one in brief.data.record.entries(ids).values():
        found |= _pictures(one)
    return found


def _pictures(entry: Entry) -> dict[str, dict[str, Any]]:
    return {
        one.sha256: {"sha256": one.sha256, "entry": entry.id, "caption": one.caption,
                     "credit": one.credit, "graphic": one.graphic}
        for one in entry.evidence if one.sha256 and _is_picture(one.sha256)
    }  # fmt: skip


def _is_picture(sha256: str) -> bool:
    try:
        held = file.find(sha256)
    except GeoError:
        return False
    return held is not None and held.kind == "image"


def _choice(brief: Brief, draft: Draft, step: Step, offered: dict[str, dict[str, Any]]) -> None:
    t, now = brief.t, step.exhibit
    if now is not None and now.sha256 not in offered:
        offered = {now.sha256: now.model_dump(mode="json"), **offered}
    if not offered:
        st.caption(t("None. This machine holds no picture of the step's entries."))
        return
    key = f"step-picture-{draft.step}"
    st.session_state[key] = now.sha256 if now else ""

    def say(sha256: str) -> str:
        one = offered.get(sha256)
        if one is None:
            return t("none")
        of = t("Entry {id}", id=one["entry"]) if one["entry"] else t("uploaded")
        return " · ".join(
            filter(None, (of, one["caption"], t("graphic") if one["graphic"] else ""))
        )

    st.selectbox(
        t("Picture"), ["", *offered], key=key, format_func=say, label_visibility="collapsed",
        on_change=lambda: _set(draft, offered.get(st.session_state[key])),
    )  # fmt: skip


def _set(draft: Draft, exhibit: dict[str, Any] | None) -> None:
    draft.said["exhibit"] = exhibit


def _upload(brief: Brief, draft: Draft) -> None:
    """Draw the field for a file; what is given is kept on this machine, and checked first."""
    t = brief.t
    turn = st.session_state.get("step-upload-turn", 0)
    given = st.file_uploader(
        t("Upload a picture (JPEG, PNG, WebP)"), type=["jpg", "jpeg", "png", "webp"],
        key=f"step-upload-{draft.step}-{turn}",
    )  # fmt: skip
    if given is None:
        return
    try:
        sha256, kind = file.keep(given.getvalue())
        if kind != "image":
            raise InputError("A video is not shown; choose a still of it as a picture.")
    except GeoError as error:
        st.error(told(t, error))
        return
    _set(draft, Exhibit(sha256=sha256).model_dump(mode="json"))
    st.session_state["step-upload-turn"] = turn + 1
    st.rerun()
