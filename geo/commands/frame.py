"""What every command needs: the open parts, progress, and JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from tqdm import tqdm

from geo import intake, interest, store
from geo.briefing import shipped
from geo.entry import Report
from geo.filters import Filters
from geo.folders import cache_folder
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geocode import Offline, offline
from geo.index import Index


def open_places() -> Gazetteer:
    """Return the gazetteer, with progress while its index is built."""
    with tqdm(total=100, unit="%", leave=False, delay=0.5, desc="place index") as bar:
        return open_gazetteer(cache_folder(), lambda share: advance(bar, share * 100))


def open_record(asked: argparse.Namespace, gazetteer: Gazetteer) -> store.Store:
    """Return the store that is asked for, filled with the shipped entries when it is new."""
    opened = store.open_store(asked.store or store.default_url())
    fill(opened, gazetteer)
    return opened


def fill(opened: store.Store, gazetteer: Gazetteer) -> None:
    """Give a new store the shipped entries, and say so."""
    if intake.fill_if_new(opened, offline(gazetteer)):
        print("Began a new store with the shipped entries.", file=sys.stderr)
    shipped.fill_if_new(opened)


def open_index(opened: store.Store, gazetteer: Gazetteer) -> Index:
    """Return the index of a store, up to date."""
    index = Index(opened, cache_folder(), gazetteer)
    with counting("entries") as progress:
        index.refresh(progress)
    return index


def of_interest(opened: store.Store, gazetteer: Gazetteer) -> Offline:
    """Return the geocoder that knows which countries the store's entries are about."""
    return interest.geocoder(gazetteer, open_index(opened, gazetteer))


def called(gazetteer: Gazetteer, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of regions by their codes; a code that nobody knows is left out."""
    return {code: place.name for code in codes if (place := gazetteer.region(code))}


def cited(opened: store.Store, index: Index) -> dict[str, Report]:
    """Return the reports that some entry cites which is not withheld: no other is ever named."""
    known = index.facets(["report"], Filters())["report"]
    return {name: one for name, one in opened.reports().items() if name in known}


def pixels(text: str) -> tuple[int, int]:
    """Return width and height of "1280x720", for a parser of arguments."""
    sides = [int(side) if side.isdecimal() else 0 for side in text.split("x")]
    if len(sides) != len(_LEAST) or not all(
        least <= side <= _MOST for least, side in zip(_LEAST, sides, strict=True)
    ):
        raise argparse.ArgumentTypeError(f"“{text}” is no size from 200x150 to 4000x4000")
    return sides[0], sides[1]


_LEAST = (200, 150)
_MOST = 4_000
"""Pixels of a picture's sides; beyond these nothing can be read, or nothing can be drawn."""


@contextmanager
def counting(unit: str) -> Iterator[Callable[[int], None]]:
    """Give a callback that shows how many are done."""
    with tqdm(unit=unit, leave=False, delay=0.5) as bar:
        yield lambda done: advance(bar, done)


def advance(bar: tqdm[NoReturn], done: float) -> None:
    """Set a progress bar to what is done."""
    bar.update(done - bar.n)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
