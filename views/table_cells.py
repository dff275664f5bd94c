"""The cells of the table: what is said of an entry in each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from geo.dates import said
from geo.entry import Candidate, Entry, Report
from geo.filters import said_as
from views import entry
from views.lists import View
from views.text import spaced, visible


def row(
    view: View, one: Entry, reports: dict[str, Report], columns: Iterable[str]
) -> dict[str, str]:
    """Return the cells of an entry in these columns, its text shown letter for letter."""
    cells = _Cells(view, one, reports)
    return {name: visible(_CELLS[name](cells)) or _NOTHING for name in columns}


_NOTHING = "–"


@dataclass
class _Cells:
    """One entry and what its cells are made of."""

    view: View
    entry: Entry
    reports: dict[str, Report]

    @cached_property
    def places(self) -> list[Candidate]:
        return [one.place for one in self.entry.filmed if one.place]

    @property
    def published(self) -> list[str]:
        cited = (self.reports.get(one.report) for one in self.entry.reports)
        return [report.published for report in cited if report] or [""]

    def said(self, value: str) -> str:
        return spaced(self.view.t, value)

    def cited(self, field: str) -> str:
        cited = (self.reports.get(one.report) for one in self.entry.reports)
        return _each(str(getattr(report, field)) for report in cited if report)


def _each(texts: Iterable[str]) -> str:
    """Return the texts that are not empty, each once."""
    return "; ".join(dict.fromkeys(filter(None, texts)))


def _place(cells: _Cells) -> str:
    """Return the places in both scripts, or why there is none."""
    names = _each(cells.view.t.name(one.name, one.native) for one in cells.places)
    return names or cells.said(cells.entry.filmed[0].unplaced)


def _region(cells: _Cells) -> str:
    name, language = cells.view.shelf.region_name, cells.view.language
    return _each(name(place.region, language) for place in cells.places if place.region)


def _evidence(cells: _Cells) -> str:
    kinds = Counter(said_as(one.kind) for one in cells.entry.evidence) or Counter([said_as("none")])
    names = ((cells.view.t(kind), number) for kind, number in kinds.items())
    return _each(f"{name} ×{number}" if number > 1 else name for name, number in names)


_CELLS: dict[str, Callable[[_Cells], str]] = {
    "entry": lambda cells: cells.entry.title,
    "seen": lambda cells: cells.view.t(cells.entry.category),
    "worded": lambda cells: _each(cells.entry.worded) or cells.view.t("no place given"),
    "place": _place,
    "region": _region,
    "sure": lambda cells: entry.certainty(cells.view.t, cells.entry)[1],
    "precision": lambda cells: _each(cells.said(one.precision) for one in cells.places),
    "relation": lambda cells: _each(cells.said(one.relation) for one in cells.entry.filmed),
    "verification": lambda cells: cells.said(cells.entry.verification.level),
    "recorded": lambda cells: said(cells.entry.recorded, cells.view.t),
    "published": lambda cells: _each(said(one, cells.view.t) for one in cells.published),
    "report": lambda cells: cells.cited("title"),
    "outlet": lambda cells: cells.cited("outlet"),
    "tags": lambda cells: _each(cells.entry.tags),
    "evidence": _evidence,
    "visibility": lambda cells: cells.said(cells.entry.visibility),
    "id": lambda cells: cells.entry.id,
}
