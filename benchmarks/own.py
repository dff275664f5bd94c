"""A gazetteer of one's own: how fast it is added, and what it costs each look-up."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

import pandas as pd

from benchmarks.names import NAMES
from benchmarks.timing import line, quickest
from geo.folders import cache_folder
from geo.gazetteer import addition, open_gazetteer

PLACES = 100_000
_SYLLABLES = ("ha", "mu", "san", "chong", "jin", "ra", "son", "pyong", "yang", "hye", "won", "po")


def run() -> list[str]:
    """Return seconds of adding, and milliseconds a name with and without what was added."""
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder))


def _measured(folder: Path) -> list[str]:
    file = folder / "KP.txt"
    file.write_text("".join(_lines(random.Random(7))), encoding="utf-8")
    start = time.perf_counter()
    addition.add(folder / "own", file, addition.Wish(), open_gazetteer(cache_folder()).nearby)
    adding = time.perf_counter() - start
    reading = quickest(lambda: pd.read_csv(file, sep="\t", header=None, dtype="str"), runs=3)
    bare = open_gazetteer(cache_folder(), own=folder / "nothing")
    joined = open_gazetteer(cache_folder(), own=folder / "own")
    time.sleep(2.1)  # until then the folder counts as just changed
    without = quickest(lambda: [bare.search(name) for name in NAMES]) * 1000 / len(NAMES)
    with_own = quickest(lambda: [joined.search(name) for name in NAMES]) * 1000 / len(NAMES)
    return [
        line(f"add {PLACES:,} places of GeoNames", adding, "pandas, only reading", reading, "s"),
        line("look a name up with them", with_own, "without", without, "ms a name"),
    ]


def _lines(made: random.Random) -> list[str]:
    """Return lines of a made-up country file."""
    return [
        f"{number}\t{name}\t{name}\t{name} A,{name} B\t{made.uniform(38, 42):.5f}\t"
        f"{made.uniform(125, 130):.5f}\tP\tPPL\tKP\t\t03\t\t\t\t0\t\t20\tAsia/Pyongyang\t2024\n"
        for number in range(1, PLACES + 1)
        if (name := "".join(made.choices(_SYLLABLES, k=3)).capitalize() + str(number % 97))
    ]
