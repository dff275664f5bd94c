"""How an entry is cited: what was reported, by whom, where as worded, and where to read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from urllib.parse import quote

from geo.entry import Entry, Relation, Report
from geo.i18n import Translator


def cite(t: Translator, entry: Entry, reports: Mapping[str, Report], url: str, day: dt.date) -> str:
    """Return the citation as one line of plain text; what is unknown is left out.

    The place stands as the report words it, never as it was geocoded. `url` is the entry's
    own address, "" when it has none.
    """
    level = t(entry.verification.level.value.replace("_", " "))
    parts = [
        f"“{entry.title}”",
        *(_cited(t, entry, reports)),
        t("Recorded: {date}", date=entry.recorded or t("date unknown")),
        _where(t, entry),
        t("Verification: {level}", level=level),
        t("Glimpse, entry {id}", id=entry.id),
        url,
        t("Accessed {day}", day=day.isoformat()),
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def permalink(page: str, entry_id: str) -> str:
    """Return the entry's address on the page with this address, "" when that is unknown."""
    base = page.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    return f"{base}?entry={quote(entry_id, safe='')}" if base else ""


def _cited(t: Translator, entry: Entry, reports: Mapping[str, Report]) -> list[str]:
    said = []
    for cited in entry.reports:
        report = reports.get(cited.report, Report(id=cited.report, title=cited.report))
        paragraph = t("paragraph {n}", n=cited.paragraph) if cited.paragraph else ""
        where = (report.title, report.outlet, report.published, paragraph, report.url)
        said.append(t("Reported in: {report}", report=", ".join(filter(None, where))))
    return said


def _where(t: Translator, entry: Entry) -> str:
    words = "; ".join(f"“{one}”" for one in entry.worded)
    if not words:
        return t("Place as reported: none")
    one_of = any(one.relation is Relation.ONE_OF for one in entry.filmed)
    said = t("Place as reported: {words}", words=words)
    return f"{said} ({t('one of these; nobody says which')})" if one_of else said
