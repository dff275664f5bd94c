"""The screens that close a briefing: what its map does not show, and where it all comes from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from geo.briefing.prose import Block, Run
from geo.briefing.screen import Screen
from geo.dates import said
from geo.entry import Entry, Report
from geo.geocode import LICENCES
from geo.i18n import Translator
from geo.index import Stats
from geo.toponym import normalise

CREDITS = tuple(LICENCES.values())

LISTED = 12
"""Reports, and groups of copies, that are named; of others it is said how many they are."""


class Counted(Protocol):
    """What the closing screens ask of an index."""

    def stats_of(self, passing: NDArray[np.bool_]) -> Stats:
        """Return the counts of the entries of a mask."""

    def reports_of(self, passing: NDArray[np.bool_]) -> dict[str, int]:
        """Return how many of these entries each report speaks of."""


@dataclass(frozen=True)
class Facts:
    """What both screens are made of."""

    total: Stats
    """The counts of everything that the profile lets through."""
    passing: NDArray[np.bool_]
    """Which of the index's entries some step shows."""
    index: Counted
    reports: Mapping[str, Report]
    told: Sequence[Entry]
    """The entries of the steps, () when they are too many to read one by one."""
    profile: str
    generalised: str
    as_of: str
    frozen: bool


def gaps(t: Translator, facts: Facts) -> Screen:
    """Return "What this map does not show": by reason, and each entry counted once."""
    stats = facts.index.stats_of(facts.passing)
    spoken = facts.index.reports_of(facts.passing)
    said = [
        _item(t("Entries in these steps: {n} of {total}."), stats.shown, facts.total.shown),
        *_unplaced(t, stats),
        _item(t("Only possibly somewhere, because the report names several places and does not"
                " say which: {n}."), stats.possible),
        _item(t("With a place that was stated for the whole video, not for the scene: {n}."),
              stats.inferred),
        _item(t("Verified by nobody: {n} of {total}."), stats.unverified, stats.shown),
        _item(t("Without a date of recording, because dates are never guessed: {n}."),
              stats.undated),
        *_copies(t, [facts.reports[one] for one in spoken if one in facts.reports]),
    ]  # fmt: skip
    return Screen("gaps", "gaps", t("What this map does not show"), tuple(filter(None, said)))


def sources(t: Translator, facts: Facts, methodology: tuple[Block, ...]) -> Screen:
    """Return "Sources and methods": reports, gazetteers, credits, profile, generalisation."""
    said = [
        *methodology,
        _heading(t("Reports")), *_reports(t, facts),
        _heading(t("Places")), *(Block("li", (Run(one),)) for one in _gazetteers(t, facts)),
        _heading(t("What is shown")),
        Block("li", (Run(facts.profile),)),
        Block("li", (Run(facts.generalised),)),
        Block("li", (Run(_as_of(t, facts)),)),
    ]  # fmt: skip
    return Screen("sources", "sources", t("Sources and methods"), tuple(said))


def _heading(text: str) -> Block:
    return Block("h", (Run(text),), level=1)


def _item(sentence: str, number: int, total: int | None = None) -> Block | None:
    """Return a sentence with its number in bold, None where there is nothing to say."""
    if not number and total is None:
        return None
    before, _, after = sentence.partition("{n}")
    of = f"{total:,}" if total is not None else ""
    runs = (
        Run(before.replace("{total}", of)), Run(f"{number:,}", bold=True),
        Run(after.replace("{total}", of)),
    )  # fmt: skip
    return Block("li", tuple(run for run in runs if run.text))


def _unplaced(t: Translator, stats: Stats) -> list[Block | None]:
    if not stats.unplaced:
        return [Block("li", (Run(t("No entry of these steps is without a place.")),))]
    return [
        _item(t(WHY[reason]), number)
        for reason, number in sorted(stats.unplaced.items(), key=lambda one: -one[1])
    ]


WHY = {
    "not_stated": "Without a place, because the report does not say where: {n}.",
    "withheld": "Without a place, because somebody who knows declined to say: {n}.",
    "not_found": "Without a place, because no gazetteer knows the words of the report: {n}.",
    "unlocatable": "Without a place, because the words name none on the ground: {n}.",
    "review": "Without a place, because nobody has decided yet between several: {n}.",
}
"""Why entries have no place."""


def _copies(t: Translator, reports: Sequence[Report]) -> list[Block | None]:
    """Return the reports that are copies of one another, as far as that can be seen.

    Seen are the same address, and the same title; texts are not compared.
    """
    groups = copies(reports)
    if not groups:
        none = t("No two of the reports have the same title or address; copies in other words"
                 " cannot be seen here.")  # fmt: skip
        return [Block("li", (Run(none),))] if reports else []
    number = sum(map(len, groups))
    said = t(
        "Reports that may be copies of one another, because they share a title or an address: {n}."
    )
    named = [
        Block("li", (Run(f"“{one[0].title}” ×{len(one)}"),), level=1) for one in groups[:LISTED]
    ]
    return [_item(said, number), *named]


def copies(reports: Sequence[Report]) -> list[list[Report]]:
    """Return the groups of reports that share a title or an address, the largest first."""
    leader = {one.id: one.id for one in reports}

    def root(one: str) -> str:
        while leader[one] != one:
            one = leader[one]
        return one

    seen: dict[str, str] = {}
    for one in reports:
        for mark in filter(None, (normalise(one.title), one.url, one.archived_url)):
            leader[root(one.id)] = root(seen.setdefault(mark, one.id))
    groups: dict[str, list[Report]] = defaultdict(list)
    for one in reports:
        groups[root(one.id)].append(one)
    return sorted((one for one in groups.values() if len(one) > 1), key=len, reverse=True)


def _reports(t: Translator, facts: Facts) -> list[Block]:
    spoken = facts.index.reports_of(facts.passing)
    known = [(facts.reports[one], number) for one, number in spoken.items() if one in facts.reports]
    lines = [_report(t, one, number) for one, number in known[:LISTED]]
    if len(known) > LISTED:
        more = t("and {n} more reports", n=f"{len(known) - LISTED:,}")
        lines.append(Block("li", (Run(more),)))
    return lines or [Block("li", (Run(t("No report is named.")),))]


def _report(t: Translator, one: Report, number: int) -> Block:
    counted = t("{n} entry" if number == 1 else "{n} entries", n=f"{number:,}")
    outlet = one.outlet or t("outlet not stated")
    published = said(one.published, t) if one.published else t("date not stated")
    link = one.archived_url or one.url
    facts = f" · {outlet} · {published} · {counted}"
    return Block("li", (Run(f"“{one.title}”", bold=True, link=link), Run(facts)))


def _gazetteers(t: Translator, facts: Facts) -> list[str]:
    """Return who said where places lie: with versions where the entries are read one by one."""
    if not facts.told:
        return list(CREDITS)
    answered = Counter(
        (place.provenance.provider, place.provenance.version, place.provenance.licence)
        for entry in facts.told
        for location in entry.filmed
        if (place := location.place)
    )
    return [
        t("{provider} (version {version}): {n} places. {licence}", provider=provider,
          version=version, n=f"{number:,}", licence=licence)
        for (provider, version, licence), number in answered.most_common()
    ] or list(CREDITS)  # fmt: skip


def _as_of(t: Translator, facts: Facts) -> str:
    if facts.frozen:
        return t("Frozen: the data as of {moment}; later changes are not in it.",
                 moment=facts.as_of)  # fmt: skip
    return t("The data as of {moment}.", moment=facts.as_of)
