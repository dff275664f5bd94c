"""Putting a briefing to the data: each step's question asked, under the briefing's profile.

Nothing that the profile does not let through is read for a screen, and the deck that comes out
holds the entries of the steps alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from geo import regions
from geo.briefing import closing, exhibits, spots
from geo.briefing.prose import blocks
from geo.briefing.row import row
from geo.briefing.screen import Deck, Question, Region, Screen
from geo.counted import phrases, unmarked
from geo.dates import said_moment
from geo.entry import Entry, Report
from geo.filters import Filters, Names, named
from geo.gazetteer import Place
from geo.i18n import Translator, translator
from geo.index import Count, Index, Stats
from geo.steps import Beside, Briefing, Profile, Step
from geo.timeline import timeline

TOLD = 5_000
"""Up to this many entries are told one by one; of more only the counts are."""

TABLE = 12
"""Rows of a table beside the map."""


class Record(Protocol):
    """What a briefing needs of a store, or of its past."""

    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the entries with these ids."""

    def reports(self) -> dict[str, Report]:
        """Return every report, by id."""

    def holding(self, sha256: Iterable[str]) -> list[Entry]:
        """Return the entries whose document names one of these files, as they stand today."""


class Places(Protocol):
    """What a briefing needs of a gazetteer."""

    def called(self, code: str, language: str) -> str:
        """Return what a region or place is called."""

    def region(self, code: str) -> Place | None:
        """Return a country or province by its ISO code."""


def tell(
    briefing: Briefing, record: Record, index: Index, places: Places, *, language: str,
    at: dt.datetime,
) -> Deck:  # fmt: skip
    """Return the briefing's screens in a language, with the words that it has in it.

    `index` is that of `record`, and `at` the time of both. Nothing is kept or changed.
    """
    return _Telling(briefing, record, index, places, translator(language), at).deck


@dataclass(frozen=True)
class _Asked:
    """A step with its question and which of the index's entries pass it."""

    step: Step
    filters: Filters
    odd: tuple[str, ...]
    passing: NDArray[np.bool_]
    stats: Stats


@dataclass
class _Telling:
    """The work on one briefing."""

    kept: Briefing
    record: Record
    index: Index
    places: Places
    t: Translator
    at: dt.datetime

    @property
    def deck(self) -> Deck:
        t, asked = self.t, self.asked
        screens = [self._cover(), *map(self._screen, asked)]
        facts = self._facts()
        if self.briefing.gaps:
            screens.append(closing.gaps(t, facts))
        if self.briefing.sources:
            screens.append(closing.sources(t, facts, self._filled(self.briefing.methodology)))
        rows = self.placed
        return Deck(
            briefing=self.briefing, t=t, screens=tuple(screens), placed=rows, days=self._days(),
            entries=tuple(row(t, one, self.reports) for one in self.told),
            size=int(self.union.sum()), as_of=said_moment(self.at, t), profile=facts.profile,
            generalised=facts.generalised, credits=closing.CREDITS, kept=self.handed, at=self.at,
        )  # fmt: skip

    @cached_property
    def briefing(self) -> Briefing:
        """The briefing with its words in the language that is asked for."""
        return self.kept.said(self.t.language)

    @cached_property
    def every(self) -> Filters:
        """What the profile lets through."""
        return Filters(visibility=self.briefing.visibility)

    @cached_property
    def total(self) -> Stats:
        stats = self.index.stats(self.every)
        return replace(stats, total=stats.shown)

    @cached_property
    def reports(self) -> dict[str, Report]:
        """The reports that some entry cites which may be shown: no other is ever named."""
        cited = self.index.facets(["report"], self.every)["report"]
        return {name: one for name, one in self.record.reports().items() if name in cited}

    @cached_property
    def asked(self) -> list[_Asked]:
        known: dict[Filters, tuple[NDArray[np.bool_], Stats]] = {}
        found = []
        for step in self.briefing.steps:
            filters, odd = self.briefing.asked(step)
            if filters not in known:
                stats = replace(self.index.stats(filters), total=self.total.shown)
                known[filters] = self.index.passing(filters), stats
            found.append(_Asked(step, filters, odd, *known[filters]))
        return found

    @cached_property
    def union(self) -> NDArray[np.bool_]:
        """Which of the index's entries some step shows."""
        shown = np.zeros(self.index.size, dtype=np.bool_)
        for one in self.asked:
            shown |= one.passing
        return shown

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the deck's entries, by their numbers there."""
        return self.index.ids(self.union)

    @cached_property
    def numbers(self) -> NDArray[np.int32]:
        """The deck's number of each of the index's entries; nonsense for those not in it."""
        return (np.cumsum(self.union) - 1).astype(np.int32)

    @cached_property
    def told(self) -> list[Entry]:
        """The deck's entries by their numbers, [] when they are too many to tell."""
        if len(self.ids) > TOLD:
            return []
        found = self.record.entries(self.ids)
        return [found[one] for one in self.ids]

    @cached_property
    def placed(self) -> dict[str, NDArray[Any]]:
        rows = self.index.placed(self.every)
        kept = self.union[rows["entry_no"]]
        columns = {name: column[kept] for name, column in rows.items()}
        return columns | {"entry_no": self.numbers[columns["entry_no"]]}

    @cached_property
    def counting(self) -> spots.Counting:
        return spots.Counting(self.t, self.placed)

    @cached_property
    def names(self) -> Names:
        """What the filters' values are called."""
        return named((one.filters for one in self.asked), self._called, self.reports)

    def _called(self, code: str) -> str:
        return self.places.called(code, self.t.language)

    def _days(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        first, last = self.index.days()
        return first[self.union], last[self.union]

    def _facts(self) -> closing.Facts:
        return closing.Facts(
            total=self.total, passing=self.union, index=self.index,
            reports=self.reports, told=self.told,
            profile=self.t(PROFILES[self.briefing.profile]),
            generalised=self.t("Positions are as exact as the record has them: nothing was"
                               " generalised."),
            as_of=said_moment(self.at, self.t), frozen=self.briefing.frozen is not None,
        )  # fmt: skip

    def _cover(self) -> Screen:
        said = self._filled(self.briefing.cover)
        return Screen("cover", "cover", self.briefing.title, said)

    def _filled(self, markdown: str) -> Any:  # noqa: ANN401 - blocks of prose
        sentence = self.every.describe(self.t, {})
        return blocks(markdown, tokens(self.total, sentence))

    def _screen(self, asked: _Asked) -> Screen:
        t, step, stats = self.t, asked.step, asked.stats
        passing = asked.passing[self.union]
        sentence = self._sentence(step)
        found, more = self.counting.spots(passing)
        number = {one: place for place, one in enumerate(self.ids)} if step.entries else {}
        chosen = [number[one] for one in step.entries if one in number and passing[number[one]]]
        question = Question(
            query=asked.filters.query(), sentence=sentence, stats=stats,
            counts=tuple(unmarked(phrases(t, stats))), passing=passing, marked=tuple(chosen),
            view=step.view, spots=found, more_spots=more,
        )  # fmt: skip
        beside = self._beside(asked, chosen)
        shown, left_out = exhibits.shown(t, step.exhibit, self.barred[step.id])
        return Screen(
            key=step.id, kind="step", headline=step.headline or sentence,
            blocks=blocks(step.text, tokens(stats, sentence)), notes=step.notes,
            question=question, beside=step.beside if stats.shown else Beside.NOTHING, exhibit=shown,
            left_out=self._unread(asked.odd) or left_out, **beside,
        )  # fmt: skip

    def _sentence(self, step: Step) -> str:
        return step.asked()[0].describe(self.t, self.names)

    def _unread(self, odd: Sequence[str]) -> str:
        if not odd:
            return ""
        return self.t(
            "This step finds nothing, because a part of its question cannot be read: {names}.",
            names=", ".join(odd),
        )

    @cached_property
    def barred(self) -> dict[str, str]:
        """Why the picture of each step may not be shown, by the step's name; "" when it may."""
        held = self.record.holding({one.exhibit.sha256 for one in self.kept.steps if one.exhibit})
        allowed = self.kept.visibility
        return {
            step.id: exhibits.bar(step.exhibit, held, self.record, self.index, allowed)
            for step in self.kept.steps
        }

    @cached_property
    def handed(self) -> Briefing:
        """The briefing less what may not be shown: pictures, and the ids of entries."""
        return self.kept.model_copy(update={"steps": tuple(map(self._handed, self.kept.steps))})

    def _handed(self, step: Step) -> Step:
        named = tuple(one for one in step.entries if self.index.shows(one, self.every))
        return step.model_copy(
            update={"exhibit": None if self.barred[step.id] else step.exhibit, "entries": named}
        )

    def _beside(self, asked: _Asked, chosen: list[int]) -> dict[str, Any]:
        if not asked.stats.shown:
            return {}
        match asked.step.beside:
            case Beside.TIMELINE:
                return {"timeline": timeline(self.index.intervals(asked.filters))}
            case Beside.REGIONS:
                return self._regions(asked)
            case Beside.TABLE:
                return self._table(asked, chosen)
        return {}

    def _regions(self, asked: _Asked) -> dict[str, Any]:
        """Return the counts of the finest areas that the map draws, and what tints it."""

        def counting(_: Filters, level: str) -> Mapping[str, Count]:
            return self.index.regions(asked.filters, level)  # of the question alone

        areas = regions.finest(counting, Filters())
        return {
            "regions": tuple(
                Region(code, self._called(code), certain, possible)
                for code, certain, possible in areas
            ),
            "tint": regions.counted(counting, Filters(), self.places.region),
        }

    def _table(self, asked: _Asked, chosen: list[int]) -> dict[str, Any]:
        ids, number = self.index.page(asked.filters, TABLE)
        first = [self.ids[one] for one in chosen]
        listed = list(dict.fromkeys([*first, *ids]))[: max(TABLE, len(first))]
        found = self.record.entries(listed)
        rows = tuple(row(self.t, found[one], self.reports) for one in listed)
        return {"rows": rows, "more_rows": number - len(rows)}


def tokens(stats: Stats, sentence: str) -> Mapping[str, str]:
    """Return what the words in braces stand for, by `TOKENS`, for these counts and question."""
    numbers = {
        "shown": stats.shown, "total": stats.total, "certain": stats.certain,
        "possible": stats.possible, "unplaced": sum(stats.unplaced.values()),
        "unverified": stats.unverified, "reports": stats.reports,
    }  # fmt: skip
    return {name: f"{number:,}" for name, number in numbers.items()} | {"filters": sentence}


TOKENS = (
    "shown", "total", "certain", "possible", "unplaced", "unverified", "reports", "filters",
)  # fmt: skip
"""What may stand in braces in a text, for what the step's question comes to."""

PROFILES = {
    Profile.PUBLISHED: "Published entries only; drafts and withheld entries are left out.",
    Profile.TEAM: "Drafts are included; withheld entries are left out. Not for publication.",
}
"""What each profile lets through."""
