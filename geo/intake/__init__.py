"""Taking in: files become geocoded entries in the store, all of a file or nothing."""

from __future__ import annotations

from pathlib import Path

from geo.entry import Entry, Report
from geo.formats import Draft, read
from geo.geocode import Geocoder
from geo.intake.duplicates import Duplicate
from geo.intake.geocoding import beside, by_report, geocoded, worded
from geo.intake.refused import write_refused
from geo.intake.taken import Placed, Preview, Taken
from geo.intake.taking import preview, rows_at, take_file
from geo.store import Store

SHIPPED = Path(__file__).parents[2] / "data" / "footage.csv"
"""The entries that the project ships with."""


def fill_if_new(store: Store, geocoder: Geocoder) -> bool:
    """Give a new store the shipped entries; return whether it was new.

    Two processes may do so at once: the entries are written once.
    """
    if store.setting("shipped"):
        return False
    drafts = [draft for draft in read(SHIPPED) if isinstance(draft, Draft)]
    reports = {d.report.id: d.report for d in drafts if d.report}
    asks = by_report(geocoder, (draft.entry for draft in drafts))
    entries = [geocoded(d.entry, asks(d.entry)) for d in drafts]
    records: list[Entry | Report] = [*reports.values(), *entries]
    return store.save(records, "Glimpse", "shipped with the project", once="shipped") > 0


def leave_empty(store: Store) -> None:
    """Mark a new store as wanted without the shipped entries."""
    store.save([], "Glimpse", "begun without entries", once="shipped")


__all__ = [
    "SHIPPED", "Duplicate", "Placed", "Preview", "Taken", "beside", "by_report", "fill_if_new",
    "geocoded", "leave_empty", "preview", "rows_at", "take_file", "worded", "write_refused",
]  # fmt: skip
