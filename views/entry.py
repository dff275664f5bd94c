"""One entry beside the map: what is seen, where as reported, how it is judged, and why here."""

from __future__ import annotations

import streamlit as st

from geo import dates
from geo.entry import Entry, Location, Relation, Report, Visibility
from geo.i18n import Translator
from views import copying, ledger, one, pages
from views.shelf import Shelf
from views.text import link, spaced, tag


def draw(t: Translator, shelf: Shelf, entry: Entry) -> None:
    """Draw the entry's card and, below it, the reasons for its places."""
    reports = shelf.store.reports()
    heading = " · ".join([t("Entry {id}", id=entry.id), t(entry.category)])
    lines = [tag("div", heading.rstrip(" ·"), "section"), tag("h2", entry.title)]
    if entry.description:
        lines.append(tag("p", entry.description))
    lines += [badges(t, entry), _facts(t, entry, reports)]
    st.html(f'<div class="card">{"".join(lines)}</div>')
    _actions(t, entry)
    further(t, entry)
    ledger.draw(t, shelf, entry)


def _actions(t: Translator, entry: Entry) -> None:
    """Draw the ways on: the entry's own page, the correction of a place, the address to share."""
    with st.container(horizontal=True, gap="xsmall", key="entry-actions"):
        if st.button(t("Open entry"), type="primary", key="open-entry"):
            one.open_tool(entry.id, "")
            pages.go("entry")
        if st.button(t("Correct a place"), key="correct-entry"):
            one.open_tool(entry.id, "correct")
            pages.go("entry")
        copying.button(t, t("Copy link"), "copy-view")


def further(t: Translator, entry: Entry) -> None:
    """Draw the columns of the file that nobody understood, if there are any."""
    if entry.extra:
        own = listed([(name, tag("span", value)) for name, value in entry.extra.items()])
        heading = t("Further columns of the file, not understood by Glimpse")
        st.html(f'<div class="card">{tag("div", heading, "section")}{own}</div>')


def certainty(t: Translator, entry: Entry) -> tuple[str, str]:
    """Return how sure the entry's place is: its kind (a CSS class) and the words for it."""
    placed = [location for location in entry.filmed if location.place]
    possible = [location for location in placed if location.relation is Relation.ONE_OF]
    if not placed:
        return "unplaced", t("without a place: {why}", why=spaced(t, entry.filmed[0].unplaced))
    if len(possible) < len(placed):
        inferred = all(location.basis == "inferred" for location in placed)
        return ("inferred", t("here, inferred")) if inferred else ("certain", t("here, stated"))
    number = sum(location.relation is Relation.ONE_OF for location in entry.filmed)
    said = t("possibly here (1 of {n} named places)", n=number)
    if not all(location.complete for location in possible):
        said = t("possibly here (1 of {n} named places; the list is not complete)", n=number)
    return "possible", said


def badges(t: Translator, entry: Entry) -> str:
    """Return how sure, how verified, when recorded, as HTML."""
    kind, said = certainty(t, entry)
    plain = [spaced(t, entry.verification.level), dates.said(entry.recorded, t)]
    if entry.visibility is not Visibility.PUBLISHED:
        plain.append(spaced(t, entry.visibility))
    badges = [tag("span", text, "badge") for text in plain]
    return "".join([tag("span", said, f"badge {kind}"), *badges])


def _facts(t: Translator, entry: Entry, reports: dict[str, Report]) -> str:
    filmed = entry.filmed
    worded = _some(t, [f"“{words}”" for words in entry.worded])
    facts = [
        (t("As reported"), tag("span", worded or t("no place given"))),
        (t("Relation"), tag("span", said_relation(t, filmed[0]))),
        (t("Basis"), tag("span", said_basis(t, filmed[0]))),
        (t("Verification"), tag("span", _verification(t, entry))),
    ]
    for cited in entry.reports:
        report = reports.get(cited.report)
        where = t(", paragraph {n}", n=cited.paragraph) if cited.paragraph else ""
        said = tag("span", (report.title if report else cited.report) + where)
        more = f"<br>{link(report.url)}" if report and report.url else ""
        facts.append((t("Report"), said + more))
    facts += [(t("Evidence"), link(evidence.url)) for evidence in entry.evidence if evidence.url]
    for relation in (Relation.RELEASED_AT, Relation.MENTIONED):
        said = _some(t, [p.locality for p in entry.locations if p.relation is relation])
        if said:
            note = t("{places} (nothing filmed there)", places=said)
            facts.append((spaced(t, relation), tag("span", note)))
    return listed(facts)


def listed(facts: list[tuple[str, str]]) -> str:
    """Return names and HTML values as a list of both."""
    return "<dl>" + "".join(f"{tag('dt', name)}<dd>{value}</dd>" for name, value in facts) + "</dl>"


def _some(t: Translator, texts: list[str]) -> str:
    left = len(texts) - _MOST
    return "; ".join(texts[:_MOST]) + (t(" and {n} more", n=left) if left > 0 else "")


_MOST = 12
"""How many localities of one entry are shown; a report seldom names more than three."""


def said_relation(t: Translator, location: Location) -> str:
    """Return how a location belongs to the entry, in words."""
    if location.relation is not Relation.ONE_OF:
        return spaced(t, location.relation)
    return t("one of these") if location.complete else t("one of these; the list is not complete")


def said_basis(t: Translator, location: Location) -> str:
    """Return what a location rests on, in words."""
    said = t("stated for this scene")
    if location.basis == "inferred":
        said = t("inferred: stated for the video as a whole")
    if location.absence == "withheld":
        said += t("; which section was shot where was withheld")
    return said


def _verification(t: Translator, entry: Entry) -> str:
    judged = entry.verification
    who = ", ".join(
        filter(None, (judged.by, judged.at and dates.said(judged.at, t), judged.method))
    )
    said = spaced(t, judged.level) + (f" ({who})" if who else "")
    return f"{said}. {judged.note}" if judged.note else said
