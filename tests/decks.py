"""Decks put together by hand over an index, for the tests of what draws them."""

import hashlib
from urllib.parse import parse_qs

import numpy as np

from geo.briefing.prose import blocks
from geo.briefing.screen import Deck, Question, Region, Row, Screen, Shown, Spot
from geo.filters import Filters
from geo.i18n import translator
from geo.index import Index
from geo.steps import Beside, Briefing, View
from geo.timeline import timeline

FIRST = (
    "Seven of the nine entries were filmed **in Pyongyang**, says the report; three of them only"
    " because it says so of the whole video.\n\n- nobody has verified any of them\n- no date is"
    " given\n\n[The report](https://example.org/report) calls for *independent* checks."
)


def asked(index: Index, query: str, t, view=None, marked=()) -> Question:
    """Return a question put to the index, counted as `stats` counts."""
    filters = Filters.read(parse_qs(query))[0]
    stats = index.stats(filters)
    places, number = index.places(filters, 200)
    spots = tuple(
        Spot(t.name(one.name, one.native), one.precision, one.certain, one.possible)
        for one in places
    )
    counts = (
        f"{stats.shown} of {stats.total} entries from {stats.reports} reports",
        f"{stats.certain} in a known place, {stats.inferred} of them inferred",
        f"{stats.possible} possible", f"{sum(stats.unplaced.values())} without a place",
        "none verified",
    )  # fmt: skip
    return Question(
        query=query, sentence=filters.describe(t, {}), stats=stats, counts=counts,
        passing=index.passing(filters), marked=tuple(marked), view=view, spots=spots,
        more_spots=number - len(spots),
    )  # fmt: skip


def rows(index: Index, title: str = "Title of {n}", limit: int = 2_000) -> tuple[Row, ...]:
    """Return made-up words for each entry."""
    return tuple(
        Row(str(n), title.format(n=n), "Pyongyang 평양", "certain", "in a known place",
            "not assessed", "Date unknown", "https://example.org/a?b=1&c=2")
        for n in range(min(index.size, limit))
    )  # fmt: skip


def deck(index: Index, screens, language: str = "en", told=None, **about) -> Deck:
    """Return a deck of all the index's entries with these screens."""
    given = {"id": "made", "title": "What two reports show, and where", "author": "A. Presenter",
             "date": "2026-11", "cover": "Nine entries"}  # fmt: skip
    entries = rows(index) if told is None else told
    return Deck(
        briefing=Briefing.model_validate(given | about), t=translator(language),
        screens=tuple(screens), placed=index.placed(), days=index.days(),
        entries=entries if len(entries) == index.size else (),
        size=index.size, as_of="26 November 2026, 03:30 UTC",
        profile="Published entries only: drafts and withheld ones are not in this file.",
        generalised="Places are as the record has them; nothing was made coarser.",
        credits=("Natural Earth", "GeoNames CC BY 4.0"),
        sha256=hashlib.sha256(b"made").hexdigest(),
    )  # fmt: skip


def cover(text: str = FIRST, headline: str = "What two reports show, and where") -> Screen:
    return Screen("cover", "cover", headline, blocks(text), notes="Say hello.")


def closing(text: str = FIRST) -> tuple[Screen, ...]:
    return (
        Screen("gaps", "gaps", "What this map does not show", blocks(text)),
        Screen("sources", "sources", "Sources and methods", blocks(text)),
    )


def step(index: Index, key: str, query: str = "", text: str = FIRST, **more) -> Screen:
    """Return a screen with a map; `beside`, `view`, `marked`, `exhibit` as they are named."""
    t = translator(more.pop("language", "en"))
    beside = more.pop("beside", Beside.NOTHING)
    question = asked(index, query, t, more.pop("view", None), more.pop("marked", ()))
    filters = Filters.read(parse_qs(query))[0]
    given = {
        "timeline": timeline(index.intervals(filters)) if beside is Beside.TIMELINE else None,
        "regions": tuple(
            Region(code, code, one.certain, one.possible)
            for code, one in index.regions(filters).items()
        ) if beside is Beside.REGIONS else (),
        "rows": rows(index)[:8] if beside is Beside.TABLE else (),
        "more_rows": max(0, question.stats.shown - 8) if beside is Beside.TABLE else 0,
        "notes": f"Notes of {key}.\n\nSpeak slowly.", "headline": f"Headline of {key}",
    }  # fmt: skip
    return Screen(key=key, kind="step", blocks=blocks(text), question=question, beside=beside,
                  **(given | more))  # fmt: skip


def still() -> Shown:
    """Return a small grey picture."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.fromarray(np.full((360, 640, 3), 140, dtype=np.uint8)).save(out, "JPEG")
    return Shown(out.getvalue(), 640, 360, "A still of the video", "Somebody")


def usual(index: Index, language: str = "en") -> Deck:
    """Return a deck with every kind of screen."""
    on = {"language": language}
    screens = (
        cover(),
        step(index, "all", **on),
        step(index, "pyongyang", "region=KP-01", view=View(lat=39.0, lon=125.75, zoom=8),
             exhibit=still(), **on),
        step(index, "possible", "certainty=possible", marked=(7, 8), beside=Beside.TABLE, **on),
        step(index, "regions", beside=Beside.REGIONS, **on),
        step(index, "time", beside=Beside.TIMELINE, **on),
        *closing(),
    )  # fmt: skip
    return deck(index, screens, language)
