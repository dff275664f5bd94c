"""Commands about files: in, out, and made up."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from functools import partial

from tqdm import tqdm

from geo import export, formats, importing, synth
from geo.commands.frame import (
    advance,
    cited,
    counting,
    of_interest,
    open_index,
    open_places,
    open_record,
)
from geo.filters import Filters, named


def import_file(asked: argparse.Namespace) -> None:
    """Take the entries of a file into the store, and print what became of its rows."""
    gazetteer = open_places()
    opened = open_record(asked, gazetteer)
    geocoder = of_interest(opened, gazetteer)
    with counting("rows") as progress:
        importing.run(asked, opened, geocoder, progress)


def export_file(asked: argparse.Namespace) -> None:
    """Write the entries that pass the filters, by the suffix of the file."""
    gazetteer = open_places()
    opened = open_record(asked, gazetteer)
    index = open_index(opened, gazetteer)
    filters = Filters.from_query(asked.filters)
    names = named([filters], partial(gazetteer.called, language="en"), cited(opened, index))
    with tqdm(unit="steps", leave=False, delay=0.5, desc=asked.out.name) as bar:

        def progress(done: int, of: int) -> None:
            bar.total = of
            advance(bar, done)

        count = export.export(asked.out, opened, index, filters, names, progress=progress)
    print(f"Wrote {count} {'entry' if count == 1 else 'entries'} to {asked.out}.", file=sys.stderr)
    if withheld := index.withheld():
        print(f"Left out, as withheld: {withheld}.", file=sys.stderr)


def write_synthetic(asked: argparse.Namespace) -> None:
    """Write synthetic entries."""
    rows = synth.synthetic(open_places(), asked.number, asked.seed)
    bar: Iterable[dict[str, str]] = tqdm(rows, total=asked.number, unit="rows", leave=False)
    count = formats.write(asked.out, bar)
    print(f"Wrote {count} synthetic entries to {asked.out}.", file=sys.stderr)
