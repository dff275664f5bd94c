"""What became of a briefing's entries since it was last presented."""

from __future__ import annotations

import streamlit as st

from geo.briefing.changes import Change, Changes, Kind, changed
from views import pages
from views.briefing_data import Brief
from views.text import counted, label, tag

_HEADINGS = {
    Kind.WITHDRAWN: "Withdrawn: no longer shown",
    Kind.REFUTED: "Refuted",
    Kind.LEFT: "No longer found by any step",
    Kind.NEW: "New",
    Kind.MOVED: "Moved",
    Kind.UPGRADED: "Better verified",
    Kind.REJUDGED: "Judged otherwise",
}
_LISTED = 20


def draw(brief: Brief) -> None:
    """Draw the changes by what happened; closed where there are none."""
    t = brief.t
    found = _changes(brief)
    if found.since is None:
        st.html(tag("p", t("Never presented yet: from then on, changes are listed here."), "muted"))
        return
    number = len(found.found) + found.more
    if not number:
        said = t("Nothing changed since it was presented ({moment}).", moment=found.moment)
        st.html(tag("p", said, "muted"))
        return
    title = counted(
        t, number, "{n} entry changed since it was presented",
        "{n} entries changed since it was presented",
    )  # fmt: skip
    with st.expander(f"{title} ({found.moment})", expanded=True, key="briefing-changes"):
        for kind, heading in _HEADINGS.items():
            if some := found.of(kind):
                with st.container(key=f"changes-{kind}", gap="xsmall"):
                    _group(brief, t(heading), some)
        if found.more:
            st.caption(t("{n} further entries were saved since; they were not compared.",
                         n=f"{found.more:,}"))  # fmt: skip


def _group(brief: Brief, heading: str, some: list[Change]) -> None:
    st.markdown(f"**{heading} ({len(some):,})**")
    for one in some[:_LISTED]:
        _change(brief, one)
    if len(some) > _LISTED:
        st.caption(brief.t("and {n} more", n=f"{len(some) - _LISTED:,}"))


def _change(brief: Brief, one: Change) -> None:
    """Draw one change; an entry that may be shown is a link to its page."""
    t = brief.t
    numbers = ", ".join(map(str, one.steps))
    steps = t("step {n}" if len(one.steps) == 1 else "steps {n}", n=numbers)
    said = " · ".join(filter(None, (one.said, steps)))
    with st.container(key=f"change-{one.id}", gap=None):
        if one.kind is Kind.WITHDRAWN:
            st.html(tag("div", f"{one.id} · {steps}"))
            return
        pages.entry_link(one.id, f"{label(one.id)} · {label(one.title)}")
        st.html(tag("div", said, "muted"))


def _changes(brief: Brief) -> Changes:
    last = brief.shelf.store.presented(brief.briefing.id)
    edition = f"{brief.data.index.edition} {brief.shelf.index.edition}"
    return _compared(brief, brief.seq, last[0] if last else 0, edition, brief.language)


@st.cache_data(max_entries=16, show_spinner=False)
def _compared(_brief: Brief, seq: int, since: int, edition: str, language: str) -> Changes:  # noqa: ARG001 - the cache's key
    shelf = _brief.shelf
    return changed(_brief.t, _brief.briefing, shelf.store, _brief.data.index, shelf.gazetteer)
