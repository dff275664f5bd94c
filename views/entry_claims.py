"""What is claimed: the reports, and each place as they word it."""

from __future__ import annotations

import streamlit as st

from geo import dates
from geo.entry import Cited, Location, Relation
from views import entry
from views.candidate import named
from views.one import One
from views.text import link, spaced, tag

_MOST = 30
"""Places of one entry that are shown; a report seldom names more than three."""


def draw(one: One) -> None:
    """Draw the reports, the places where the camera was, and those where it was not."""
    t = one.t
    lines = [tag("div", t("Claims"), "section")]
    lines += [_report(one, cited) for cited in one.entry.reports]
    if not one.entry.reports:
        lines.append(tag("p", t("No report is named."), "muted"))
    lines += [_location(one, location) for location in one.entry.filmed[:_MOST]]
    if (left := len(one.entry.filmed) - _MOST) > 0:
        lines.append(tag("p", t(" and {n} more", n=left).strip(), "muted"))
    for relation in (Relation.RELEASED_AT, Relation.MENTIONED):
        words = [each.locality for each in one.entry.locations if each.relation is relation]
        if words:
            note = t("{places} (nothing filmed there)", places="; ".join(words[:_MOST]))
            lines.append(_claim(spaced(t, relation), tag("p", note)))
    if one.entry.tags:
        lines.append(_claim(t("Tags"), tag("p", " · ".join(one.entry.tags))))
    st.html(f'<div class="card claims">{"".join(lines)}</div>')
    entry.further(t, one.entry)


def _report(one: One, cited: Cited) -> str:
    t, report = one.t, one.reports.get(cited.report)
    if report is None:
        return _claim(t("Report"), tag("p", cited.report))
    facts = [report.outlet, report.published and dates.said(report.published, t), report.language]
    if cited.paragraph:
        facts.append(t("paragraph {n}", n=cited.paragraph))
    lines = [tag("p", report.title, "name")]
    if known := " · ".join(filter(None, facts)):
        lines.append(tag("p", known, "muted"))
    if report.url:
        lines.append(f"<p>{link(report.url)}</p>")
    if report.archived_url:
        lines.append(
            f"<p>{tag('span', t('Archived copy'), 'muted')} {link(report.archived_url)}</p>"
        )
    return _claim(t("Report"), "".join(lines))


def _location(one: One, location: Location) -> str:
    t = one.t
    facts = [
        (t("Relation"), tag("span", entry.said_relation(t, location))),
        (t("Basis"), tag("span", entry.said_basis(t, location))),
        (t("Taken as"), tag("span", _taken_as(one, location))),
    ]
    words = f"“{location.locality}”" if location.locality else t("no place given")
    return _claim(t("As reported"), tag("p", words, "name") + entry.listed(facts))


def _taken_as(one: One, location: Location) -> str:
    t, place = one.t, location.place
    if place is None:
        return spaced(t, location.unplaced)
    extent = t(
        "{precision}, within {km} km",
        precision=spaced(t, place.precision), km=f"{place.uncertainty_m / 1000:.3g}",
    )  # fmt: skip
    return f"{named(t, one.shelf, place)} ({extent})"


def _claim(heading: str, body: str) -> str:
    return f'<div class="claim">{tag("div", heading, "section")}{body}</div>'
