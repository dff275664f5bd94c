"""Briefings for the tests: the shipped one, made-up ones, and their decks."""

import datetime as dt
import json

from conftest import NOON, ROOT

from geo.briefing.telling import tell
from geo.index import Index
from geo.steps import Briefing, Step

SHIPPED = ROOT / "data" / "briefings" / "what-two-reports-show.json"


def shipped():
    """Return the briefing that the project ships with."""
    kept = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return Briefing.model_validate(kept["briefing"])


def briefing(*steps, **changes):
    """Return a made-up briefing with these steps: queries, or fields of a step."""
    given = [one if isinstance(one, dict) else {"filters": one} for one in steps]
    made = [Step.model_validate({"id": f"s{n}", **one}) for n, one in enumerate(given, 1)]
    return Briefing.model_validate({"id": "made-up", "title": "Made up", "steps": made, **changes})


def deck(one, record, gazetteer, language="en", at: dt.datetime = NOON):
    """Return a briefing put to the data of a store."""
    index = Index(record, None, gazetteer)
    index.refresh()
    return tell(one, record, index, gazetteer, language=language, at=at)
