"""Taking in: files become geocoded entries in the store, all of a file or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, groupby, islice, repeat
from pathlib import Path
from typing import Any

from geo.entry import DecidedBy, Entry, Location, Relation, Report
from geo.formats import Draft, Rejected, flat, read
from geo.formats.record import Recorded
from geo.geocode import Answer, Geocoder, Offline, answers
from geo.store import Store

SHIPPED = Path(__file__).parent.parent / "data" / "footage.csv"
"""The entries that the project ships with."""

_AT_ONCE = 1_000


@dataclass
class Taken:
    """What became of a file's rows; every row is counted in exactly one of the last five."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicate: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    """Columns that were kept and not understood."""
    edited: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Rows of an export that a person changed, and the columns that were followed for it."""

    def plain(self) -> dict[str, Any]:
        """Return the counts and rejections as plain values, fit for JSON."""
        told = ("kept", "edited")
        return {name: value for name, value in asdict(self).items() if name not in told}


def fill_if_new(store: Store, geocoder: Geocoder) -> bool:
    """Give a new store the shipped entries; return whether it was new.

    Two processes may do so at once: the entries are written once.
    """
    if store.setting("shipped"):
        return False
    drafts = [draft for draft in read(SHIPPED) if isinstance(draft, Draft)]
    reports = {d.report.id: d.report for d in drafts if d.report}
    asked = by_report(geocoder, (draft.entry for draft in drafts))
    entries = [geocoded(d.entry, asked(d.entry)) for d in drafts]
    records: list[Entry | Report] = [*reports.values(), *entries]
    return store.save(records, "Glimpse", "shipped with the project", once="shipped") > 0


def leave_empty(store: Store) -> None:
    """Mark a new store as wanted without the shipped entries."""
    store.save([], "Glimpse", "begun without entries", once="shipped")


def take_file(
    store: Store,
    geocoder: Geocoder,
    path: Path,
    progress: Callable[[int], None] = lambda done: None,
) -> Taken:
    """Import a file in one transaction and return what became of each row.

    A row whose entry stands already with the same words changes nothing, so that importing
    twice is importing once. Raises `InputError` when the file as a whole cannot be read, and
    `StoreError` when it cannot be saved; then nothing was changed.
    """
    taken = Taken()
    drafts = list(_sound(read(path), taken, progress))
    records = list(_news(store, geocoder, drafts, taken, progress))
    if records:
        store.save(records, "import", f"imported from {path.name}")
    return taken


def geocoded(entry: Entry, geocoder: Geocoder, old: Entry | None = None) -> Entry:
    """Return the entry with candidates and a decision for every locality that it words.

    Words that name two places become two locations, the second `also_at`. What a person
    decided for the same words in the `old` entry stays decided. A location that brings a
    decision of its own keeps it, unless the old entry has one that goes before it.
    """
    standing = {key: list(same) for key, same in groupby(old.locations, worded)} if old else {}
    places = (
        one
        for key, same in groupby(entry.locations, worded)
        for one in _geocoded(list(same), geocoder, standing.get(key, []))
    )
    return entry.model_copy(update={"locations": tuple(places)})


def worded(location: Location) -> tuple[str, Relation]:
    """Return what the ends of one locality have in common: its words, and that it was filmed."""
    relation = location.relation
    return location.locality, Relation.FILMED_AT if relation is Relation.ALSO_AT else relation


def _geocoded(ends: list[Location], geocoder: Geocoder, standing: list[Location]) -> list[Location]:
    """Return a location for each place that the words name; there may be more or fewer now."""
    first = ends[0]
    if not first.locality:
        return ends
    if any(end.decision for end in ends):
        pairs = zip(ends, chain(standing, repeat(None)), strict=False)
        return [_decided(end, _first(end, old)) for end, old in pairs]
    if any(map(_persons, standing)):
        found: Sequence[Location | Answer] = standing
    else:
        found = answers(geocoder, first.locality)
    also = Relation.ALSO_AT if first.relation is Relation.FILMED_AT else first.relation
    more = first.model_copy(update={"relation": also})
    matched = zip(chain(ends, repeat(more)), chain(found, repeat(found[-1])), strict=False)
    return [_decided(end, one) for end, one in islice(matched, max(len(ends), len(found)))]


def _decided(location: Location, by: Location | Answer) -> Location:
    """Return a location with the candidates and the decision of an answer, or of another one.

    A person who rejects every candidate says why there is none.
    """
    absence = by.absence if isinstance(by, Location) and not by.chosen else None
    return location.model_copy(
        update={
            "candidates": by.candidates,
            "chosen": by.chosen,
            "decision": by.decision,
            "absence": location.absence or absence,
        }
    )


def _first(brought: Location, standing: Location | None) -> Location:
    """Return which of two decisions goes before: a person's, the later of two, what stands."""
    if standing is None or (_persons(brought) and not _persons(standing)):
        return brought
    later = _moment(brought) > _moment(standing)
    return brought if _persons(brought) and later else standing


def _persons(location: Location) -> bool:
    return location.decision is not None and location.decision.by is DecidedBy.PERSON


def _moment(location: Location) -> dt.datetime:
    at = location.decision.at if location.decision else _NEVER
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


_NEVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


def by_report(geocoder: Geocoder, entries: Iterable[Entry]) -> Callable[[Entry], Geocoder]:
    """Return which geocoder to ask for an entry: one that knows the other places of its report.

    `entries` are all that stand in the same file; each report's places speak for one another.
    """
    if not isinstance(geocoder, Offline):
        return lambda _: geocoder
    said: dict[str, set[str]] = {}
    for entry in entries:
        for cited in entry.reports:
            said.setdefault(cited.report, set()).update(p.locality for p in entry.filmed)
    known: dict[str, Geocoder] = {}

    def asked(entry: Entry) -> Geocoder:
        report = entry.reports[0].report if entry.reports else ""
        if report not in known:
            known[report] = beside(geocoder, said.get(report, ()))
        return known[report]

    return asked


def beside(geocoder: Geocoder, localities: Iterable[str]) -> Geocoder:
    """Return the geocoder that knows these places of one report; a single one says nothing."""
    places = sorted(set(filter(None, localities)))[:_SPEAKING]
    return geocoder.beside(places) if isinstance(geocoder, Offline) and places[1:] else geocoder


_SPEAKING = 50
"""Places of one report that are asked for its provinces; a list of more is no one's story."""


def _sound(
    rows: Iterable[Draft | Rejected], taken: Taken, progress: Callable[[int], None]
) -> Iterator[Draft]:
    """Yield each row that can become an entry, the first of several with one id."""
    seen: set[str] = set()
    for row in rows:
        taken.read += 1
        if taken.read % _AT_ONCE == 0:
            progress(taken.read)
        if isinstance(row, Rejected):
            taken.rejected.append(row)
        elif row.entry.id in seen:
            taken.duplicate += 1
        else:
            seen.add(row.entry.id)
            taken.kept.update(row.entry.extra)
            if isinstance(row, Recorded) and row.edited:
                taken.edited[row.row] = row.edited
            yield row


def _named(draft: Draft) -> tuple[Report, ...]:
    if isinstance(draft, Recorded):
        return draft.reports
    return (draft.report,) if draft.report else ()


def _same(old: Entry, draft: Draft) -> bool:
    """Whether a row says what stands already; a record says all of it, a flat row its words."""
    if isinstance(draft, Recorded):
        return old == draft.entry
    said = flat(old, draft.report) == flat(draft.entry, draft.report)
    return said and old.reports == draft.entry.reports


def _news(
    store: Store,
    geocoder: Geocoder,
    drafts: list[Draft],
    taken: Taken,
    progress: Callable[[int], None],
) -> Iterator[Entry | Report]:
    """Yield the reports and entries that say something new, counting as it goes."""
    reports = store.reports()
    asked = by_report(geocoder, (draft.entry for draft in drafts))
    named: set[str] = set()  # the first row that names a report says what it is
    for start in range(0, len(drafts), _AT_ONCE):
        batch = drafts[start : start + _AT_ONCE]
        standing = store.entries([draft.entry.id for draft in batch])
        for draft in batch:
            for report in _named(draft):
                if report.id not in named:
                    named.add(report.id)
                    if reports.get(report.id) != report:
                        yield report
            old = standing.get(draft.entry.id)
            entry = (
                None
                if old and _same(old, draft)
                else geocoded(draft.entry, asked(draft.entry), old)
            )
            if old is None:
                taken.new += 1
            elif entry is None or entry == old:
                taken.unchanged += 1
                continue
            else:
                taken.changed += 1
            if entry is not None:
                yield entry
        progress(taken.read + start)
