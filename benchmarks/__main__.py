"""`make bench`: every claim, one line each."""

from __future__ import annotations

from benchmarks import articles, counting, names

for claim in (*names.run(), *articles.run(), *counting.run()):
    print(claim)
