"""One entry as a card for readers: closed a few lines, open what its reports say.

Notes, candidates, columns that we did not know and marks of sensitivity are for analysts; they
are never put into a card.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from geo import dates, reading
from geo.entry import Entry, Evidence, Precision, Report
from geo.i18n import Translator
from geo.layers import WORDS
from views.text import link, spaced, tag


def card(t: Translator, entry: Entry, reports: Mapping[str, Report]) -> str:
    """Return the card as HTML; it opens in place, without asking the server."""
    kind, sure = reading.certainty(t, entry)
    where = reading.places(t, entry)
    head = [
        tag("h2", entry.title),
        tag("span", sure, f"badge {kind}"),
        tag("span", spaced(t, entry.verification.level), "badge"),
        tag("span", " · ".join([where, dates.said(entry.recorded, t)]), "where"),
    ]
    foot = "".join(tag_of("p", _cited(t, entry, number, reports), "from")
                   for number in range(min(len(entry.reports), _MOST)))  # fmt: skip
    opened = f"<details><summary>{''.join(head)}</summary>{_details(t, entry)}</details>"
    return f'<article class="reader-card">{opened}{foot}</article>'


_MOST = 5
"""Reports and pieces of evidence of one entry that are listed; few have more than two."""


def tag_of(name: str, html: str, kind: str = "") -> str:
    """Return an element of ours around HTML that is escaped already."""
    return f'<{name} class="{kind}">{html}</{name}>'


def _cited(t: Translator, entry: Entry, number: int, reports: Mapping[str, Report]) -> str:
    """Return one report of the entry with its link: title, outlet, date, paragraph."""
    cited = entry.reports[number]
    report = reports.get(cited.report)
    if report is None:
        return tag("span", t("Report"))
    parts = [report.outlet, report.published and dates.said(report.published, t)]
    if cited.paragraph:
        parts.append(t("paragraph {n}", n=cited.paragraph))
    more = " · ".join(filter(None, parts))
    named = link(report.url, f"{report.title} ↗" if report.url else report.title)
    return tag("span", f"{t('Report')}: ") + named + tag("span", f" · {more}" if more else "")


def _details(t: Translator, entry: Entry) -> str:
    said = " ".join(reading.claims(t, entry))
    facts = [(t("Where"), tag("span", said))] if said else []
    worded = "; ".join(f"“{words}”" for words in entry.worded[:_MOST])
    facts.append((t("As reported"), tag("span", worded or t("no place given"))))
    if finest := _precision(entry):
        facts.append((t("How exactly"), tag("span", t(WORDS[f"precision_{finest}"]))))
    facts.append((t("What is seen"), tag("span", t(entry.category or "not stated"))))
    facts.append((t("Verification"), tag("span", _judged(t, entry))))
    facts += [(t("Evidence"), _evidence(t, one)) for one in entry.evidence[:_MOST] if one.url]
    listed = "".join(f"{tag('dt', name)}<dd>{value}</dd>" for name, value in facts)
    about = tag("p", entry.description) if entry.description else ""
    return f"{about}<dl>{listed}</dl>"


def _precision(entry: Entry) -> str:
    """Return the coarsest precision of the entry's places, "" when it has none."""
    levels = list(Precision)
    found = [levels.index(one.place.precision) for one in entry.filmed if one.place]
    return levels[max(found)].value if found else ""


def _judged(t: Translator, entry: Entry) -> str:
    """Return level, method and date of the judgement; the note is for analysts."""
    judged = entry.verification
    more = ", ".join(filter(None, (judged.method, judged.at and dates.said(judged.at, t))))
    return t(reading.JUDGED[judged.level]) + (f" ({more})" if more else "")


def _evidence(t: Translator, one: Evidence) -> str:
    """Return a plain link with the host that it leads to; nobody is asked before the click."""
    host = urlsplit(one.url).hostname or one.url
    said = link(one.url, f"{t(reading.EVIDENCE[one.kind])}: {host} ↗")
    return f"{said} {tag('span', t('graphic content'), 'badge')}" if one.graphic else said
