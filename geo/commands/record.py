"""Commands about the record: counts, history, and new stores."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator

from geo import intake, ledger, store
from geo.commands.frame import (
    called,
    fill,
    open_index,
    open_places,
    open_record,
    print_json,
)
from geo.errors import InputError
from geo.filters import Filters
from geo.i18n import translator
from geo.index import Stats


def count(asked: argparse.Namespace) -> None:
    """Print the counts under the filters."""
    gazetteer = open_places()
    index = open_index(open_record(asked, gazetteer), gazetteer)
    filters = Filters.from_query(asked.filters)
    stats = index.stats(filters)
    if asked.json:
        print_json(stats.plain())
        return
    names = called(gazetteer, stats.regions)
    print(filters.describe(translator("en"), {"region": names}))
    for line in _counted(stats, names):
        print(line)


def _counted(stats: Stats, names: dict[str, str]) -> Iterator[str]:
    reports = "1 report" if stats.reports == 1 else f"{stats.reports} reports"
    yield f"{stats.shown} of {stats.total} entries from {reports}"
    yield f"{stats.certain} in a known place, {stats.inferred} of them inferred"
    yield f"{stats.possible} possible, {sum(stats.unplaced.values())} without a place"
    yield f"{stats.unverified} not verified, {stats.undated} without a date"
    for code, count in stats.regions.items():
        name = names.get(code, code)
        yield f"  {code:7} {name}: {count.certain} certain, {count.possible} possible"


def tell_history(asked: argparse.Namespace) -> None:
    """Print the ledger of an entry's places."""
    history = store.open_store(asked.store or store.default_url()).history(asked.id)
    if not history:
        raise InputError(
            "There is no entry {id}; look for its id in the file or on the page.", id=asked.id
        )
    if asked.json:
        print_json(ledger.plain(history))
        return
    for line in ledger.lines(history):
        print(line)


def undo_revision(asked: argparse.Namespace) -> None:
    """Put back what stood before a revision."""
    opened = store.open_store(asked.store or store.default_url())
    whole = opened.saved_with(asked.revision) if asked.whole_save else []
    count = opened.undo(whole or [asked.revision], getpass.getuser())
    print(f"Undone: {count} {'entry' if count == 1 else 'entries'}.", file=sys.stderr)


def init_store(asked: argparse.Namespace) -> None:
    """Make a new store."""
    opened = store.open_store(asked.store or store.default_url())
    if asked.empty:
        intake.leave_empty(opened)
    else:
        fill(opened, open_places())
    print(f"The store is ready, {opened.head()[0]} revisions.", file=sys.stderr)
