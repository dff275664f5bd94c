"""`make bench`: every claim, one line each."""

from __future__ import annotations

from benchmarks import counting, geocode, names

for claim in (*geocode.run(), *names.run(), *counting.run()):
    print(claim)
