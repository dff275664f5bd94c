"""`make bench`: every claim, one line each."""

from __future__ import annotations

from benchmarks import counting, names, own

for claim in (*names.run(), *own.run(), *counting.run()):
    print(claim)
