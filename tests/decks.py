"""Briefings put to the data, for the tests of what draws them."""

import datetime as dt
from io import BytesIO
from pathlib import Path

from conftest import HOSTILE, ROOT
from PIL import Image

from geo.briefing import files
from geo.briefing.screen import Deck, Shown
from geo.briefing.telling import tell
from geo.entry import Entry
from geo.gazetteer import Gazetteer
from geo.index import Index
from geo.steps import Briefing
from geo.store import Store

AT = dt.datetime(2026, 11, 26, 3, 30, tzinfo=dt.UTC)
SHIPPED = ROOT / "data" / "briefings" / "what-two-reports-show.json"


def shipped() -> Briefing:
    """Return the briefing that the project ships with."""
    return files.read(SHIPPED.read_bytes())


def briefing(*steps: dict, **about: object) -> Briefing:
    """Return a made-up briefing; a step without a name gets its number."""
    named = [{"id": f"step-{number}", **step} for number, step in enumerate(steps, 1)]
    return Briefing.model_validate({"id": "made", "title": "Made up", "steps": named, **about})


def hostile() -> Briefing:
    """Return a briefing whose every text some language would take for code."""
    text = "\n\n".join(HOSTILE)
    steps = [{"headline": one, "text": f"{text}\n\n{_MARKUP}", "notes": text} for one in HOSTILE]
    return briefing(*steps, title=HOSTILE[3], author=HOSTILE[4], cover=text, methodology=text)


_MARKUP = "[x](javascript:alert(1)) <img src=x onerror=alert(1)>"


def told(
    opened: Store, gazetteer: Gazetteer, cache: Path, kept: Briefing, language: str = "en"
) -> Deck:
    """Return the deck of a briefing over a store."""
    index = Index(opened, cache, gazetteer)
    index.refresh()
    return tell(kept, opened, index, gazetteer, language=language, at=AT)


def save(opened: Store, *entries: Entry) -> None:
    """Put entries into a store."""
    opened.save(entries, "test", "made up")


def still() -> Shown:
    """Return a small grey picture."""
    out = BytesIO()
    Image.new("RGB", (640, 360), "#8c8c8c").save(out, "JPEG")
    return Shown(out.getvalue(), 640, 360, "A still of the video", "Somebody")
