"""`make bench`: every claim, one line each."""

from __future__ import annotations

from benchmarks import counting, names

for claim in (*names.run(), *counting.run()):
    print(claim)
