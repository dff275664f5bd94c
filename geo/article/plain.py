"""Readings and drafts as plain values, fit for JSON: what the command line prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from geo.article.draft import Draft
from geo.article.mention import Mention, Ranked, Reading
from geo.entry import Entry, precision


def plain_reading(reading: Reading) -> dict[str, Any]:
    """Return the language, a notice if there is one, and every mention with its places."""
    notice = {"notice": reading.notice} if reading.notice else {}
    mentions = [_mention(one) for one in reading.mentions]
    return {"language": reading.language, **notice, "mentions": mentions}


def _mention(mention: Mention) -> dict[str, Any]:
    best = mention.candidates[0].place if mention.candidates else None
    return {
        "start": mention.name.start,
        "end": mention.name.end,
        "text": mention.name.text,
        "relation": mention.said.relation.value,
        "decision": mention.outcome.value,
        "lat": best.lat if best else None,
        "lon": best.lon if best else None,
        "place_id": best.id if best else None,
        "country": best.country if best else None,
        "candidates": [_candidate(one) for one in mention.candidates],
    }


def _candidate(one: Ranked) -> dict[str, Any]:
    place = one.place
    return {
        "place_id": place.id, "name": place.name, "lat": place.lat, "lon": place.lon,
        "uncertainty_m": place.uncertainty_m,
        "precision": precision(place.feature, place.uncertainty_m).value,
        "country": place.country, "admin1": place.admin1, "confidence": one.confidence,
        "source": place.source,
    }  # fmt: skip


def plain_draft(draft: Draft, finished: Callable[[Entry], Entry]) -> dict[str, Any]:
    """Return the report and the proposed entries, each after `finished` looked at it.

    `start` and `end` of an entry are its sentence, in characters of the text.
    """
    return {
        "report": draft.report.model_dump(mode="json"),
        "entries": [
            {"start": one.start, "end": one.end} | finished(one.entry).model_dump(mode="json")
            for one in draft.entries
        ],
    }
