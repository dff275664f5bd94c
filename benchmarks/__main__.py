"""`make bench`: every claim, one line each."""

from __future__ import annotations

from benchmarks import articles, counting, geocode, names, own, pictures

for claim in (
    *geocode.run(),
    *names.run(),
    *own.run(),
    *articles.run(),
    *counting.run(),
    *pictures.run(),
):
    print(claim)
