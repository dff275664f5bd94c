"""An entry in a few words, as tables, lists and the index of a briefing show it."""

from __future__ import annotations

from collections.abc import Mapping

from geo.briefing.screen import Row
from geo.dates import said
from geo.entry import Entry, Report
from geo.i18n import Translator
from geo.reading import certainty, places


def row(t: Translator, entry: Entry, reports: Mapping[str, Report]) -> Row:
    """Return the entry in words; its link is that of its evidence, else of its report."""
    kind, sure = certainty(t, entry)
    return Row(
        id=entry.id, title=entry.title, where=places(t, entry), certainty=kind, sure=sure,
        level=t(entry.verification.level.value.replace("_", " ")),
        recorded=said(entry.recorded, t), link=_link(entry, reports),
    )  # fmt: skip


def _link(entry: Entry, reports: Mapping[str, Report]) -> str:
    """Return the address of the evidence that anybody may be shown, else of the report."""
    shown = [one.archived_url or one.url for one in entry.evidence if not one.graphic]
    cited = (reports[one.report] for one in entry.reports if one.report in reports)
    shown += [one.archived_url or one.url for one in cited]
    return next(filter(None, shown), "")
