"""Importing a file: one reading for a survey, one for the entries, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from geo.entry import Basis, Entry, Evidence, Relation, Report
from geo.errors import Stopped
from geo.formats import Draft, Reading, Rejected, Warned, Wishes, flat, reading
from geo.formats.record import Recorded
from geo.formats.row import localities, report_id
from geo.geocode import Geocoder
from geo.intake import given
from geo.intake.duplicates import SAME_ID, Duplicate, Survey, Watch, number, of_flat
from geo.intake.geocoding import Beside, geocoded
from geo.intake.taken import About, Ledger, Placed, Preview, Spool, Taken
from geo.store import Store

_AT_ONCE = 1_000
_PLACES = 5_000
_ENTRIES = 50

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]


def _silent(_: int) -> None:
    return


def _never() -> bool:
    return False


def take_file(
    store: Store,
    geocoder: Geocoder,
    path: Path,
    progress: Progress = _silent,
    wishes: Wishes | None = None,
    *,
    skip_duplicates: bool = False,
    cancelled: Cancelled = _never,
) -> Taken:
    """Import a file in one transaction and return what became of each row.

    A row whose entry stands already with the same words changes nothing, so that importing
    twice is importing once. Possible duplicates are told and taken, with `skip_duplicates`
    told and left out. Raises `InputError` when the file as a whole cannot be read, `StoreError`
    when it cannot be saved, and `Stopped` when `cancelled` says so; then nothing was changed.
    """
    with _planned(
        store,
        geocoder,
        path,
        progress=progress,
        wishes=wishes,
        cancelled=cancelled,
        skip=skip_duplicates,
    ) as plan:
        for _ in plan.entries():
            pass
        if plan.spool.count:
            records = _until(plan.spool, cancelled)
            store.save(records, "import", f"imported from {plan.reading.sheet.name}")
        return plan.taken


def preview(
    store: Store,
    geocoder: Geocoder,
    path: Path,
    progress: Progress = _silent,
    wishes: Wishes | None = None,
    *,
    skip_duplicates: bool = False,
    cancelled: Cancelled = _never,
) -> Preview:
    """Return what importing the file would do, with places for a map; nothing is saved.

    Raises as `take_file` does.
    """
    with _planned(
        store,
        geocoder,
        path,
        progress=progress,
        wishes=wishes,
        cancelled=cancelled,
        skip=skip_duplicates,
    ) as plan:
        places: list[Placed] = []
        entries: list[Entry] = []
        placed = 0
        for row, entry in plan.entries(every=True):
            found = list(_places(row, entry))
            placed += len(found)
            places.extend(found[: max(0, _PLACES - len(places))])
            if len(entries) < _ENTRIES:
                entries.append(entry)
        about = About.of(plan.reading)
        return Preview(plan.taken, about, tuple(places), placed, tuple(entries))


def _places(row: int, entry: Entry) -> Iterator[Placed]:
    for location in entry.filmed:
        if (place := location.place) is not None:
            yield Placed(
                row=row,
                entry_id=entry.id,
                title=entry.title,
                locality=location.locality,
                place=place.name,
                lat=place.lat,
                lon=place.lon,
                uncertainty_m=place.uncertainty_m,
                precision=place.precision.value,
                possible=location.relation is Relation.ONE_OF,
                place_id=place.place_id,
                native=place.native,
                country=place.country,
                admin1=place.admin1,
                inferred=location.basis is Basis.INFERRED,
                verification=entry.verification.level.value,
            )


def rows_at(path: Path, wishes: Wishes, numbers: Collection[int]) -> dict[int, dict[str, str]]:
    """Return the flat rows with these numbers; those that the file lacks are left out.

    Raises `InputError` when the file cannot be read.
    """
    left, found = set(numbers), dict[int, dict[str, str]]()
    with reading(path, wishes) as file:
        for row, cells in file.rows():
            if not left:
                break
            if row in left:
                left.remove(row)
                found[row] = file.flat(row, cells)
    return found


def _until(spool: Spool, cancelled: Cancelled) -> Iterator[Entry | Report]:
    for count, record in enumerate(spool):
        if count % _AT_ONCE == 0:
            _stop_if(cancelled)
        yield record


def _stop_if(cancelled: Cancelled) -> None:
    if cancelled():
        raise Stopped("The import was stopped; nothing was changed.")


@contextmanager
def _planned(
    store: Store,
    geocoder: Geocoder,
    path: Path,
    *,
    progress: Progress,
    wishes: Wishes | None,
    cancelled: Cancelled,
    skip: bool,
) -> Iterator[_Plan]:
    with reading(path, wishes, cancelled) as file:
        survey, beside = Survey(), Beside()
        for number_, cells in file.rows():
            if number_ % _AT_ONCE == 0:
                _stop_if(cancelled)
            row = file.flat(number_, cells)
            survey.see(of_flat(row))
            if report := report_id(row):
                beside.see(report, localities(row))
        watch = survey.watch(entry for _, entry in store.since(0))
        taken = Taken(about=About.of(file), ledger=Ledger())
        asks = beside.asks(geocoder)
        yield _Plan(store, asks, file, taken, watch, progress, cancelled, skip)


@dataclass
class _Plan:
    """An import on its way: what to save waits on disk until all of the file is understood."""

    store: Store
    asks: Callable[[Entry], Geocoder]
    reading: Reading
    taken: Taken
    watch: Watch
    progress: Progress
    cancelled: Cancelled
    skip: bool
    spool: Spool = field(default_factory=Spool)
    _ids: dict[int, int] = field(default_factory=dict)
    """The row of each id, by numbers of 64 bits."""
    _reports: dict[str, Report] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)

    def entries(self, *, every: bool = False) -> Iterator[tuple[int, Entry]]:
        """Yield row and geocoded entry of what is new or changed, and what stands if asked for."""
        self._reports = self.store.reports()
        rows = self.reading.drafts()
        while batch := list(islice(rows, _AT_ONCE)):
            _stop_if(self.cancelled)
            standing = self.store.entries([d.entry.id for d in batch if isinstance(d, Draft)])
            for row in batch:
                draft = self._sound(row)
                if draft is None:
                    continue
                old = standing.get(draft.entry.id)
                found = self._one(draft, old) or (old if every else None)
                if found is not None:
                    yield draft.row, found
            self.progress(self.taken.read)

    def _sound(self, row: Draft | Rejected) -> Draft | None:
        """Return a row that can become an entry, the first of several with one id; count it."""
        self.taken.read += 1
        if isinstance(row, Rejected):
            self.taken.reject(row)
            return None
        mark = number(row.entry.id)
        if mark in self._ids:
            self._again(row, self._ids[mark])
            return None
        self._ids[mark] = row.row
        self.taken.kept.update(row.entry.extra)
        return row

    def _again(self, draft: Draft, first: int) -> None:
        """Count a row whose id an earlier one has: the first is taken."""
        self.taken.duplicate += 1
        title = draft.entry.title
        self.taken.flag(Duplicate(draft.row, draft.entry.id, first, SAME_ID, (title, "")))
        self.taken.note(draft.row, "duplicate", id=draft.entry.id, of_row=first, why=SAME_ID)

    def _one(self, draft: Draft, old: Entry | None) -> Entry | None:
        """Return the entry to save for a draft, None when nothing is; count it either way."""
        found = self.watch.duplicate(draft.row, draft.entry)
        if found:
            self.taken.flag(found)
            if self.skip and old is None:
                self.taken.duplicate += 1
                self._note(draft, "duplicate", found, [])
                return None
        self._report(draft)
        if old is not None and _same(old, draft):
            self.taken.unchanged += 1
            self._note(draft, "unchanged", found, list(draft.warned))
            return None
        geocoder = self.asks(draft.entry)
        entry, warned = given.placed(draft, geocoded(draft.entry, geocoder, old), geocoder)
        if entry == old:  # a record whose decisions stand already, or go behind those that do
            self.taken.unchanged += 1
            self._note(draft, "unchanged", found, list(draft.warned))
            return None
        self.spool.add(entry)
        became = "new" if old is None else "changed"
        setattr(self.taken, became, getattr(self.taken, became) + 1)
        self._note(draft, became, found, [*draft.warned, *warned])
        return entry

    def _report(self, draft: Draft) -> None:
        """Save a report that says something new; the first row that names it says what it is."""
        for report in _named(draft):
            if report.id not in self._named:
                self._named.add(report.id)
                if self._reports.get(report.id) != report:
                    self.spool.add(report)

    def _note(
        self, draft: Draft, became: str, found: Duplicate | None, warned: list[Warned]
    ) -> None:
        for one in warned:
            self.taken.warn(one)
        self.taken.note(
            draft.row,
            became,
            id=draft.entry.id,
            of=found.of if found else "",
            of_row=found.of_row if found else 0,
            why=found.why if found else "",
            warnings=[f"{w.column}: {w}" if w.column else str(w) for w in warned],
        )


def _named(draft: Draft) -> tuple[Report, ...]:
    if isinstance(draft, Recorded):
        return draft.reports
    return (draft.report,) if draft.report else ()


def _same(old: Entry, draft: Draft) -> bool:
    """Whether a row says what stands already: the same words, links and coordinates.

    A record says all of the entry.
    """
    if isinstance(draft, Recorded):
        return old == draft.entry
    said = flat(old, draft.report) == flat(draft.entry, draft.report)
    links = {one.url: one for one in old.evidence}
    told = all(_no_more(links.get(one.url), one) for one in draft.entry.evidence)
    return said and told and old.reports == draft.entry.reports and given.same(old, draft)


def _no_more(old: Evidence | None, new: Evidence) -> bool:
    """Whether a link says nothing that the one that stands does not say."""
    if old is None:
        return False
    said = new.model_dump(exclude_defaults=True)
    return all(getattr(old, name) == value for name, value in said.items())
