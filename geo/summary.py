"""What a view holds, in two plain sentences for somebody who is no analyst.

Nothing is said here that was not counted: what is only possible is called so, a list that the
report leaves open stays open, and what has no place or no date is said to have none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo.i18n import Translator

Naming = Callable[[str], str]
"""Returns what a region is called in the interface's language, by its code."""


class Spot(NamedTuple):
    """A place by its names, and the code of the region that it lies in ("" if unknown).

    Without a name it is that region as a whole.
    """

    name: str
    native: str = ""
    region: str = ""

    def called(self, language: str) -> str:
        """Return the place's name in a language: in Korean the Hangul one, where there is one."""
        hangul = language == "ko" and re.search("[가-힣]", self.native)
        return self.native if hangul else self.name


class Group(NamedTuple):
    """Entries with the same places, each entry in one group only."""

    spots: tuple[Spot, ...]
    entries: int
    whole: bool = True
    """False where a report leaves its list of possible places open."""


@dataclass(frozen=True)
class Facts:
    """The counts behind the sentences; each entry counts once, as in `Stats`."""

    entries: int = 0
    reports: int = 0
    certain: tuple[Group, ...] = ()
    """The largest groups whose places are known; all of a group's places are filming places."""
    elsewhere: int = 0
    """Entries with a known place that are in none of these groups."""
    others: int = 0
    """The number of their places, or of their regions."""
    regional: bool = False
    """Whether the certain groups are of regions, because no places stand out."""
    possible: tuple[Group, ...] = ()
    """The largest groups that were filmed at one of their places."""
    unsure: int = 0
    """Entries that are only possibly somewhere and are in none of these groups."""
    unplaced: int = 0
    verified: int = 0
    doubted: int = 0
    """Contested or refuted."""
    undated: int = 0
    first: int | None = None
    """The earliest year of filming, None when it is open or nothing has a date."""
    last: int | None = None
    """The latest year, likewise."""


def summary(t: Translator, facts: Facts, naming: Naming = str) -> tuple[str, ...]:
    """Return the sentences, at most two: what, where and how sure; then when."""
    if not facts.entries:
        return (t("Nothing was reported as filmed here."),)
    parts = [_number(t, facts), ", ".join(_where(t, facts, naming)), _judged(t, facts)]
    return f"{'; '.join(parts)}.", _when(t, facts)


def either(t: Translator, names: Sequence[str], *, whole: bool = True) -> str:
    """Return names as alternatives; where the list is not whole, "or elsewhere" stands last."""
    said = _joined(t, names, "{first} or {last}")
    return said if whole else t("{places}, or elsewhere", places=said)


def together(t: Translator, names: Sequence[str]) -> str:
    """Return names as places that all belong to it."""
    return _joined(t, names, "{first} and {last}")


_NAMED = 4
"""How many places of one group are named; a report seldom names more than three."""


def _joined(t: Translator, names: Sequence[str], pair: str) -> str:
    if len(names) > _NAMED:
        rest = t("{n} other places", n=f"{len(names) - _NAMED + 1:,}")
        names = [*names[: _NAMED - 1], rest]
    if len(names) < 2:  # noqa: PLR2004 - one name needs no word between
        return "".join(names)
    return t(pair, first=", ".join(names[:-1]), last=names[-1])


def _number(t: Translator, facts: Facts) -> str:
    entries = _counted(t, facts.entries, "{n} entry", "{n} entries")
    if not facts.reports:
        return entries
    reports = _counted(t, facts.reports, "{n} report", "{n} reports")
    return t("{entries} from {reports}", entries=entries, reports=reports)


def _where(t: Translator, facts: Facts, naming: Naming) -> list[str]:
    """Return a phrase for each group, the certain ones first, then the rest as numbers."""
    names = _names(t, facts, naming)
    said = [
        _phrase(t, facts, group.entries, "in {places}", together(t, names(group)))
        for group in facts.certain
    ]
    if facts.elsewhere:
        others = _counted(t, facts.others, "{n} other place", "{n} other places")
        if facts.regional:
            others = _counted(t, facts.others, "{n} other region", "{n} other regions")
        said.append(_phrase(t, facts, facts.elsewhere, "in {places}", others))
    said += [
        _phrase(
            t, facts, group.entries, "possibly in {places}",
            either(t, names(group), whole=group.whole),
        )
        for group in facts.possible
    ]  # fmt: skip
    if facts.unsure:
        several = t("one of several other places") if facts.possible else t("one of several places")
        said.append(_phrase(t, facts, facts.unsure, "possibly in {places}", several))
    if facts.unplaced:
        said.append(_phrase(t, facts, facts.unplaced, "without a known place", ""))
    return said


def _phrase(t: Translator, facts: Facts, entries: int, where: str, places: str) -> str:
    """Return how many entries are where: "all in Pyongyang", or a number, or for one neither."""
    said = t(where, places=places)
    if facts.entries == 1:
        return said
    every = entries == facts.entries
    return t("all {where}" if every else "{n} {where}", n=f"{entries:,}", where=said)


def _names(t: Translator, facts: Facts, naming: Naming) -> Callable[[Group], list[str]]:
    """Return what names the places of a group; namesakes bear their region's name too."""
    spots = {spot for group in (*facts.certain, *facts.possible) for spot in group.spots}
    shared = Counter(spot.called(t.language) for spot in spots)

    def name(spot: Spot) -> str:
        said = spot.called(t.language)
        if not said:
            return naming(spot.region)
        region = naming(spot.region) if spot.region and shared[said] > 1 else ""
        return f"{said} ({region})" if region and region != said else said

    return lambda group: [name(spot) for spot in group.spots]


def _judged(t: Translator, facts: Facts) -> str:
    if facts.entries == 1:
        said = t("verified") if facts.verified else t("not verified")
        return t("contested or refuted") if facts.doubted else said
    said = t("{n} verified", n=f"{facts.verified:,}") if facts.verified else t("none verified")
    if facts.verified == facts.entries:
        said = t("all verified")
    if facts.doubted:
        said += ", " + t("{n} contested or refuted", n=f"{facts.doubted:,}")
    return said


def _when(t: Translator, facts: Facts) -> str:
    if facts.undated == facts.entries:
        one = facts.entries == 1
        return t("It is not known when it was filmed." if one else "None says when it was filmed.")
    said = t("Said to be filmed {when}", when=_years(t, facts.first, facts.last))
    if facts.undated:
        said += "; " + t("{n} without a date", n=f"{facts.undated:,}")
    return f"{said}."


def _years(t: Translator, first: int | None, last: int | None) -> str:
    if first is not None and last is not None:
        if first == last:
            return t("in {year}", year=first)
        return t("between {first} and {last}", first=first, last=last)
    if first is not None:
        return t("in {year} or later", year=first)
    if last is not None:
        return t("in {year} or earlier", year=last)
    return t("at dates that are known in part only")


def _counted(t: Translator, number: int, one: str, many: str) -> str:
    return t(one if number == 1 else many, n=f"{number:,}")
