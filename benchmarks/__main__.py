"""`make bench`: every claim, one line each."""

from __future__ import annotations

from benchmarks import counting, geocode, names, own

for claim in (*geocode.run(), *names.run(), *own.run(), *counting.run()):
    print(claim)
