"""The ledger of an entry's places: how each came to stand where it stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from geo.entry import Candidate, Entry, Location, Relation, Verification
from geo.i18n import Translator
from geo.store import Revision

PROGRAMS = ("Glimpse", "import")
"""Who saved without a person's decision; a file is mended in the file."""


@dataclass(frozen=True)
class Change:
    """One revision that changed a location; no `before` at its beginning, no `after` at its end."""

    seq: int
    at: dt.datetime
    who: str
    why: str
    before: Location | None
    after: Location | None


@dataclass(frozen=True)
class Trail:
    """A location as it stands, or last stood, and its changes, the newest last."""

    location: Location
    changes: tuple[Change, ...]

    @property
    def gone(self) -> bool:
        """Whether the entry no longer has this location."""
        return self.changes[-1].after is None


def trails(history: Sequence[Revision]) -> list[Trail]:
    """Return the trail of each location that an entry has or had; [] without a history.

    A location is the same one while its words and its relation are. Those that the entry has
    come first, in its order.
    """
    changes: dict[_Key, list[Change]] = {}
    standing: dict[_Key, Location] = {}
    for one in history:
        now = _keyed(one.entry)
        for key in dict.fromkeys((*now, *standing)):
            before, after = standing.get(key), now.get(key)
            if before != after:
                change = Change(one.seq, one.at, one.who, one.why, before, after)
                changes.setdefault(key, []).append(change)
        standing = now
    order = [*standing, *(key for key in changes if key not in standing)]
    return [_trail(changes[key]) for key in order]


WHYS = (
    "shipped with the project", "begun without entries", "added from an article", "reviewed",
    "edited", "imported from {name}", "asked {name} online", "geocoded again with {name}",
    "undone: revision {name}",
)  # fmt: skip
"""What our own programs write as the reason of a revision; a person writes anything else."""


def why(t: Translator, reason: str) -> str:
    """Return a revision's reason in the interface's language; a person's words as they are."""
    for text in WHYS:
        before, _, after = text.partition("{name}")
        pattern = re.escape(before) + "(.+)" * ("{name}" in text) + re.escape(after)
        if found := re.fullmatch(pattern, reason):
            return t(text, name=found[1]) if found.groups() else t(text)
    return reason


@dataclass(frozen=True)
class Judged:
    """One revision that changed how an entry is judged, and what the judgement was from then."""

    seq: int
    at: dt.datetime
    who: str
    why: str
    verification: Verification


def judgements(history: Sequence[Revision]) -> list[Judged]:
    """Return each judgement that an entry has had, the oldest first; [] without a history."""
    found: list[Judged] = []
    for one in history:
        if not found or found[-1].verification != one.entry.verification:
            found.append(Judged(one.seq, one.at, one.who, one.why, one.entry.verification))
    return found


def undoable(history: Sequence[Revision]) -> int | None:
    """Return the number of the newest revision when a person made it, else None.

    Only the newest can be undone, and an entry's first has nothing before it.
    """
    if len(history) > 1 and history[-1].who not in PROGRAMS:
        return history[-1].seq
    return None


_Key = tuple[str, Relation, int]


def _keyed(entry: Entry) -> dict[_Key, Location]:
    found: dict[_Key, Location] = {}
    for location in entry.locations:
        number = sum(key[:2] == (location.locality, location.relation) for key in found)
        found[location.locality, location.relation, number] = location
    return found


def _trail(changes: list[Change]) -> Trail:
    last = changes[-1].after or changes[-1].before
    assert last is not None  # noqa: S101 - a change has one of the two
    return Trail(last, tuple(changes))


def lines(history: Sequence[Revision]) -> Iterator[str]:
    """Yield the ledger as lines to read, in English."""
    for trail in trails(history):
        location = trail.location
        decision = location.decision
        yield f"“{location.locality}” ({location.relation.value}): {state(location)}"
        if decision:
            yield f"  decided by a {decision.by.value}: {decision.reason or 'no note'}"
        for one in location.candidates:
            mark = "*" if one.place_id == location.chosen else " "
            yield f"  {mark} {_asked(one)}"
        for change in trail.changes:
            moved = f"{state(change.before)} → {state(change.after)}"
            stamp = f"{change.at:%Y-%m-%d %H:%M} {change.who}"
            yield f"  revision {change.seq}, {stamp}: {moved} ({change.why})"


def state(location: Location | None) -> str:
    """Return where a location stands, in English: its place, why there is none, or nothing yet."""
    if location is None:
        return "nothing"
    place = location.place
    if place is None:
        return f"no place ({location.unplaced.replace('_', ' ')})"
    return f"{place.name}, {place.region or '?'} {place.lat:.4f}, {place.lon:.4f}"


def _asked(one: Candidate) -> str:
    source = one.provenance
    return (
        f"{one.confidence:.2f} {one.name}, {one.region or '?'}  {one.lat:.4f}, {one.lon:.4f}"
        f" ± {one.uncertainty_m / 1000:g} km; {source.provider} {source.version} asked for"
        f" “{source.query}” at {source.at:%Y-%m-%d %H:%M}, {one.place_id}"
    )


def plain(history: Sequence[Revision]) -> dict[str, Any]:
    """Return the ledger as plain values, fit for JSON."""
    newest = history[-1].entry
    return {
        "id": newest.id,
        "title": newest.title,
        "revisions": [
            {"revision": one.seq, "at": one.at.isoformat(), "who": one.who, "why": one.why}
            for one in history
        ],
        "undoable": undoable(history),
        "locations": [
            {
                **trail.location.model_dump(mode="json"),
                "gone": trail.gone,
                "changes": [
                    {
                        "revision": change.seq, "at": change.at.isoformat(), "who": change.who,
                        "why": change.why, "before": _stood(change.before),
                        "after": _stood(change.after),
                    }
                    for change in trail.changes
                ],
            }
            for trail in trails(history)
        ],
    }  # fmt: skip


def _stood(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    place, decision = location.place, location.decision
    return {
        "place": place.model_dump(mode="json") if place else None,
        "unplaced": location.unplaced,
        "decision": decision.model_dump(mode="json") if decision else None,
    }
