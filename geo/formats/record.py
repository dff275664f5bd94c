"""Reading back what an export wrote: the whole entry, and what a person changed in the row.

A row of an export holds its entry twice: in cells that a person reads and may edit, and whole
in the cell `record`. Where the two disagree the cells win for what they say, and the draft
names them.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass

from geo.entry import Cited, Entry, Invalid, Location, Relation, Report, reason
from geo.formats.export_cells import sheet
from geo.formats.export_row import NUMBERS, PLACE_COLUMNS, Item, row, shown
from geo.formats.row import COLUMNS, Draft, Rejected, draft

RECORD = "record"


_SIGNS = {"credits", "filters", "decided_by", "place_id", "provider_version"}


def is_export(cells: dict[str, str]) -> bool:
    """Whether a row is of an export, and no other sheet's that calls a column "record", too."""
    if RECORD not in cells:
        return False
    return bool(_SIGNS & cells.keys()) or cells[RECORD].lstrip().startswith('{"entry":')


@dataclass(frozen=True)
class Recorded(Draft):
    """A draft that brings its candidates and decisions, and every report that it is cited in."""

    reports: tuple[Report, ...]
    edited: tuple[str, ...]
    """Columns in which a person changed the row after the export, and which were followed."""


def recorded(line: int, cells: dict[str, str]) -> Draft | Rejected:
    """Return what a row of an export becomes; `line` is its line in the sheet.

    Cells are as `unguarded` gives them. A row whose `record` is empty is read as a flat row. A
    record that does not hold together is refused, and so is a place that was changed in a
    cell: a place is decided where its candidates can be seen.
    """
    if not cells.get(RECORD, "").strip():
        kept = {name: cell for name, cell in cells.items() if name not in _SAID_OF_THE_FILE}
        return draft(line, kept)
    try:
        item = Item.model_validate_json(cells[RECORD])
    except Invalid as error:
        field, why = reason(error)
        return Rejected(line, RECORD, _NO_RECORD.format(field=field, why=why))
    edited = _edited(cells, row(item))
    moved = next((name for name in PLACE_COLUMNS if name in edited), None)
    if moved:
        return Rejected(line, moved, _MOVED)
    if not edited:
        return Recorded(line, item.entry, item.report, item.reports, ())
    return _changed(line, item, cells, edited)


_SAID_OF_THE_FILE = {"credits", "filters", RECORD}
_NO_RECORD = (
    "This is not a record as an export writes it ({field}: {why}); empty the cell to import the"
    " row without its candidates and decisions."
)
_MOVED = (
    "A place cannot be changed in a sheet; put the cell back as it was and decide on the review"
    " page, or empty the cell record to have the row geocoded anew."
)


def _edited(cells: dict[str, str], said: dict[str, str]) -> dict[str, str]:
    """Return the cells that do not say what the record says; columns left out say nothing."""
    own = {"…", *_SAID_OF_THE_FILE}
    said = {sheet(name): cell for name, cell in said.items()} | said
    return {
        name: cell
        for name, cell in cells.items()
        if name not in own and not _alike(name, cell, said.get(name, ""))
    }


def _alike(name: str, cell: str, said: str) -> bool:
    if cell == said or cell == sheet(said):
        return True
    if name not in NUMBERS:
        return False
    with suppress(ValueError):  # a spreadsheet may write 39.0 for 39
        ours, theirs = _numbers(said), _numbers(cell)
        largest = [max((one for one in ours if one is not None), default=None)]
        return _near(theirs, ours) or (name == "uncertainty_m" and _near(theirs, largest))
    return False


def _numbers(cell: str) -> list[float | None]:
    """Return the numbers of a cell, None for the gap of a location without a place."""
    return [float(part) if part.strip() else None for part in cell.split(";")]


def _near(some: list[float | None], others: list[float | None]) -> bool:
    """Whether two cells say the same numbers; nothing is near to NaN."""
    return len(some) == len(others) and all(
        one == other if one is None or other is None else math.isclose(one, other)
        for one, other in zip(some, others, strict=True)
    )


_REPORT = ("report_id", "report_title", "outlet", "report_url", "published", "language")
_JUDGED = ("verification", "verification_note", "verified_by", "verified_at",
           "verification_method", "verification_proof")  # fmt: skip
_WHERE = ("locality", "relation", "complete", "basis", "absence", "released_at", "mentioned")
_PLAIN = ("id", "title", "description", "category", "tags", "recorded", "visibility")


def _changed(
    line: int, item: Item, cells: dict[str, str], edited: dict[str, str]
) -> Recorded | Rejected:
    """Return the record with what the edited cells say, each read as a flat row reads it."""
    groups = [set(group) for group in (_REPORT, _JUDGED, _WHERE) if edited.keys() & set(group)]
    if "paragraph" in edited:
        groups.append({"paragraph", *_REPORT})
    asked = {name for name in edited if name not in _GROUPED}.union(*groups)
    said = row(item) | cells
    found = draft(line, {"title": "-"} | {name: said[name] for name in asked})
    if isinstance(found, Rejected):
        return found
    if "paragraph" in edited and not found.entry.reports:
        return Rejected(line, "paragraph", "A paragraph belongs to a report; name it in report_id.")
    entry = item.entry.model_copy(update=_updates(item.entry, found.entry, edited))
    renamed = found.report if edited.keys() & set(_REPORT) else item.report
    reports = _reports(item, entry, renamed)
    first = next((one for one in reports if renamed and one.id == renamed.id), None)
    return Recorded(line, entry, first, reports, tuple(sorted(edited)))


_GROUPED = {*_REPORT, *_JUDGED, *_WHERE, "paragraph"}


def _updates(old: Entry, new: Entry, edited: dict[str, str]) -> dict[str, object]:
    """Return the fields of the entry that the edited cells change."""
    fields: dict[str, object] = {name: getattr(new, name) for name in _PLAIN if name in edited}
    if edited.keys() & set(_JUDGED):
        fields["verification"] = new.verification
    if edited.keys() & set(_WHERE):
        fields["locations"] = _locations(old, new, edited)
    if edited.keys() & {"paragraph", *_REPORT}:
        fields["reports"] = _cited(old, new, edited)
    if "evidence_url" in edited:
        known = {evidence.url: evidence for evidence in old.evidence}
        without = (evidence for evidence in old.evidence if not evidence.url)  # files of our own
        fields["evidence"] = (*(known.get(one.url, one) for one in new.evidence), *without)
    extra = {name: cell for name, cell in edited.items() if name not in COLUMNS}
    if extra:
        names = {form(shown(name)): name for name in old.extra for form in (str, sheet)}
        merged = old.extra | {names.get(name, name): cell for name, cell in extra.items()}
        fields["extra"] = {name: cell for name, cell in merged.items() if cell}
    return fields


def _cited(old: Entry, new: Entry, edited: dict[str, str]) -> tuple[Cited, ...]:
    """Return the reports that are cited, the first as the cells name it."""
    if not new.reports:
        return old.reports[1:]
    paragraph = new.reports[0].paragraph
    if "paragraph" not in edited:
        paragraph = old.reports[0].paragraph if old.reports else ""
    return (Cited(report=new.reports[0].report, paragraph=paragraph), *old.reports[1:])


def _reports(item: Item, entry: Entry, first: Report | None) -> tuple[Report, ...]:
    """Return the reports that the entry cites, the first with what its cells say."""
    known = {report.id: report for report in item.reports}
    if first is not None:
        kept = known.get(first.id, first)
        unsaid = {"archived_url": kept.archived_url, "accessed": kept.accessed}
        known[first.id] = first.model_copy(update=unsaid)
    ids = dict.fromkeys(cited.report for cited in entry.reports)
    return tuple(known[one] for one in ids if one in known)


def _locations(old: Entry, new: Entry, edited: dict[str, str]) -> tuple[Location, ...]:
    """Return the locations as the cells word them; a locality that stood keeps its decision."""
    standing: dict[tuple[str, str], list[Location]] = {}
    for location in old.locations:
        standing.setdefault(_kind(location), []).append(location)
    return tuple(_kept(one, standing.get(_kind(one)), edited) for one in new.locations)


def _kind(location: Location) -> tuple[str, str]:
    relation = "" if location.relation.filmed else location.relation.value
    return location.locality, relation


def _kept(new: Location, standing: list[Location] | None, edited: dict[str, str]) -> Location:
    """Return the location that stood, with what the cells say of it, or the new one."""
    if not standing:
        return new
    old = standing.pop(0)
    if not old.relation.filmed:
        return old
    said = ("relation", "complete", "basis", "absence")
    changed = {name: getattr(new, name) for name in said if name in edited}
    if "relation" in changed and new.relation is not Relation.ONE_OF:
        changed["complete"] = True
    return old.model_copy(update=changed)
