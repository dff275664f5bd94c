"""`make bench`: every claim, one line each."""

from __future__ import annotations

from benchmarks import counting, geocode, names

for claim in (*names.run(), *geocode.run(), *counting.run()):
    print(claim)
