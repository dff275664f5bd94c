"""Synthetic entries for trying things at size; every row says that it is made up."""

from __future__ import annotations

import random
from collections.abc import Iterator

from geo.entry import Level
from geo.gazetteer import Gazetteer, Place

CATEGORIES = (
    "street life", "military", "education", "shops and markets", "propaganda",
    "informal economy", "nightlife", "transport", "farming", "construction",
)  # fmt: skip

_REPORTS = 400


def synthetic(gazetteer: Gazetteer, number: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """Yield `number` flat rows spread over the world's gazetteer, the same for the same seed.

    One in ten names two possible places, one in thirty no place at all, one in three no date.
    """
    chance = random.Random(seed)  # noqa: S311 - made-up data, not a secret
    places = [place for place in gazetteer.sample() if _plain(place)]
    codes = sorted({p.admin1 for p in places} | {p.country for p in places})
    regions = {code: place.name for code in codes if (place := gazetteer.region(code))}
    for count in range(1, number + 1):
        yield _row(count, seed, chance, places, regions)


def _row(
    count: int, seed: int, chance: random.Random, places: list[Place], regions: dict[str, str]
) -> dict[str, str]:
    category = chance.choice(CATEGORIES)
    level = chance.choice(list(Level))
    report = chance.randrange(_REPORTS)
    return {
        "id": f"synth-{seed}-{count}",
        "title": f"Synthetic entry {count} ({category})",
        "description": "Made up for testing; nothing was filmed.",
        "category": category,
        "tags": "synthetic",
        "recorded": _date(chance),
        "report_id": f"synth-{seed}-report-{report}",
        "report_title": f"Synthetic report {report}",
        "paragraph": str(chance.randint(1, 20)),
        "verification": level.value,
        "verified_by": "nobody, made up" if level.verified else "",
        "visibility": "published",
        **_where(chance, places, regions),
    }


def _where(chance: random.Random, places: list[Place], regions: dict[str, str]) -> dict[str, str]:
    kind = chance.random()
    if kind < 1 / 30:
        return {"absence": chance.choice(["not_stated", "withheld", "unlocatable"])}
    start = chance.randrange(len(places))
    first = _said(places[start], regions)
    basis = chance.choice(["stated", "stated", "inferred"])
    if kind < 1 / 30 + 1 / 10:
        second = _said(places[(start + chance.randint(1, 50)) % len(places)], regions)
        both = {"locality": f"{first}; {second}", "relation": "one_of", "basis": basis}
        return both | {"complete": chance.choice(["yes", "no"])}
    return {"locality": first, "relation": "filmed_at", "basis": basis}


def _date(chance: random.Random) -> str:
    if chance.random() < 1 / 3:
        return ""
    year, month, day = chance.randint(2005, 2025), chance.randint(1, 12), chance.randint(1, 28)
    return chance.choice([f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"])


def _said(place: Place, regions: dict[str, str]) -> str:
    outer = [regions.get(place.admin1, ""), regions.get(place.country, "")]
    return ", ".join([place.name, *(name for name in outer if name)])


def _plain(place: Place) -> bool:
    return not set(place.name) & set(";,，、")
