"""A briefing of thirty steps put to the data, against pandas counting the same questions."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from benchmarks.timing import line, quickest
from geo.briefing.page import page
from geo.briefing.telling import tell
from geo.filters import Filters
from geo.folders import cache_folder
from geo.gazetteer import open_gazetteer
from geo.index import Index
from geo.steps import Briefing, Step
from geo.store import Store

STEPS = 30


def measured(store: Store, index: Index) -> list[str]:
    """Return milliseconds to put the steps to a store's entries, and what the file weighs."""
    regions = list(index.regions(Filters()))[:STEPS]
    steps = [Step(id=f"s{n}", filters=f"region={code}") for n, code in enumerate(regions)]
    steps += [Step(id=f"all{n}") for n in range(STEPS - len(steps))]
    briefing = Briefing(id="made-up", title="Made up", steps=tuple(steps), profile="team")
    gazetteer, at = open_gazetteer(cache_folder()), dt.datetime.now(dt.UTC)
    rows = pd.DataFrame(index.placed())

    def told() -> object:
        return tell(briefing, store, index, gazetteer, language="en", at=at)

    def by_pandas() -> list[object]:
        """Count entries and places of each region, short of reports, dates and what is unplaced."""
        found = []
        for code in regions:
            passing = rows[(rows["admin1"] == code) | (rows["country"] == code)]
            entries = passing["certainty"].eq("certain").groupby(passing["entry_no"]).any()
            places = passing.drop_duplicates(["place_id", "entry_no"])
            found.append((entries.sum(), places.groupby("place_id").size().nlargest(30)))
        return found

    ours, theirs = quickest(told, runs=3), quickest(by_pandas, runs=3)
    whole = len(page(tell(briefing, store, index, gazetteer, language="en", at=at)))
    alone = len(page(tell(Briefing(id="empty", title="Empty"), store, index, gazetteer,
                          language="en", at=at)))  # fmt: skip
    return [
        line(f"put {STEPS} steps to {index.size:,} entries", ours * 1e3,
             "pandas, fewer of the counts", theirs * 1e3, "ms"),
        line("hand them over as one HTML file", whole / 1e3, "without steps", alone / 1e3, "kB"),
    ]  # fmt: skip
