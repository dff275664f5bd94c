"""Decks for the tests of slides and paper: hard ones, and a stand-in for the map."""

from dataclasses import replace
from io import BytesIO

from briefings import briefing, deck
from conftest import HOSTILE
from PIL import Image

from geo.briefing.screen import Region, Row, Shown
from geo.steps import Beside
from geo.timeline import timeline

LONG = "The report says where this was filmed, and no more than that: “somewhere in the city”. "
HANGUL = "보도는 어디에서 촬영되었는지 말하지만 그 이상은 말하지 않습니다. "


def grey(width=640, height=360, kind="JPEG"):
    """Return a picture of one colour."""
    out = BytesIO()
    Image.new("RGB", (width, height), "#8899aa").save(out, kind)
    return out.getvalue()


def maps(screen, width, height):
    """Return a stand-in for the map of a screen, twice as fine as it is wide."""
    return grey(width * 2, height * 2, "PNG")


def shown(**changes):
    """Return a picture beside the map."""
    about = {"caption": "A still of the video", "credit": "Somebody"} | changes
    return Shown(grey(), 640, 360, **about)


def rows(number):
    """Return so many made-up entries in words."""
    return tuple(
        Row(f"X{n}", f"Entry number {n}: {LONG}"[: 30 + n % 60], "Pyongyang 평양", "certain",
            "filmed here, the report says", "not assessed", "date unknown",
            "https://example.org/a?b=1&c=2" if n % 2 else "javascript:alert(1)")
        for n in range(number)
    )  # fmt: skip


def changed(one, key, **changes):
    """Return the deck with a screen changed."""
    return replace(
        one,
        screens=tuple(replace(s, **changes) if s.key == key else s for s in one.screens),
    )


def hard(record, gazetteer, language="en"):
    """Return a deck of everything that is hard to lay out, thirty steps in all."""
    text = f"**Bold** and *italic* and [a link](https://example.org/x).\n\n{LONG * 12}\n\n"
    text += f"- {HANGUL}\n  - {LONG}\n\n1. one\n2. two\n\n> {LONG}\n\n# A heading\n\n{HANGUL * 12}"
    steps = [
        {"id": "long", "headline": LONG * 3, "text": text * 3, "notes": LONG * 40},
        {"id": "hostile", "headline": " ".join(HOSTILE), "text": "\n\n".join(HOSTILE),
         "notes": "\n".join(HOSTILE)},
        {"id": "rows", "headline": "A hundred rows", "text": LONG, "beside": "table"},
        {"id": "regions", "headline": "Many regions", "text": LONG, "beside": "regions"},
        {"id": "time", "headline": "Ŏn ŭi? 언제", "text": LONG * 2, "beside": "timeline"},
        {"id": "crowded", "headline": "All at once", "text": LONG * 2, "beside": "table"},
        {"id": "nowhere", "headline": "Nothing is here", "filters": "region=KP-04"},
        *({"id": f"more-{n}", "headline": f"Step {n}", "text": LONG * (n + 1)} for n in range(23)),
    ]  # fmt: skip
    made = deck(briefing(*steps, title="Everything " * 30, cover=text, methodology=text,
                         author="A. Presenter", date="2026-11"),
                record, gazetteer, language)  # fmt: skip
    made = changed(made, "rows", rows=rows(100), more_rows=23)
    made = changed(made, "regions", regions=tuple(
        Region(f"KP-{n:02}", f"Province {n} 도", n, 40 - n) for n in range(40)
    ), beside=Beside.REGIONS)  # fmt: skip
    made = changed(made, "time", timeline=timeline(_dated()))
    return changed(made, "crowded", rows=rows(4), exhibit=shown(caption=LONG * 2))


def _dated():
    """Yield dates of several years, some wider than a bar, some unknown."""
    import datetime as dt

    for year in range(2009, 2016):
        for month in range(1, 13):
            day = dt.date(year, month, 3)
            yield day, day, "reported", month
        yield dt.date(year, 1, 1), dt.date(year, 12, 31), "not_assessed", 9
    yield None, None, "not_assessed", 40
