"""Reading articles: what is found of what we labelled in `tests/data/articles/`, and how fast."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geopy.distance import great_circle

from geo.article import Mention, Proposed, Reader, draft, reader
from geo.document import Document
from geo.entry import Absence
from geo.folders import cache_folder
from geo.gazetteer import open_gazetteer

ARTICLES = Path(__file__).parent.parent / "tests" / "data" / "articles" / "articles.jsonl"
NEAR_KM = 161
"""A hundred miles, the usual figure in geoparsing: a place nearer than this counts as found."""


@dataclass(frozen=True)
class Labelled:
    """A test article with what a person found in it."""

    id: str
    set: str
    text: str
    mentions: tuple[dict[str, object], ...]
    scenes: tuple[dict[str, object], ...]


@dataclass
class Score:
    """Right, missed and surplus mentions and scenes, and how the right mentions fared."""

    right: int = 0
    missed: int = 0
    surplus: int = 0
    related: int = 0
    placed: int = 0
    scenes: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of the mentions found that are labelled."""
        return self.right / max(1, self.right + self.surplus)

    @property
    def recall(self) -> float:
        """Share of the labelled mentions that are found, letter for letter."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return harmonic(self.precision, self.recall)

    @property
    def relation(self) -> float:
        """Share of the right mentions whose relation is right."""
        return self.related / max(1, self.right)

    @property
    def near(self) -> float:
        """Share of the labelled mentions that are found and placed within 161 km."""
        return self.placed / max(1, self.right + self.missed)

    @property
    def scene_precision(self) -> float:
        """Share of the proposed scenes that are labelled, with place, relation and absence."""
        return self.scenes["right"] / max(1, self.scenes["right"] + self.scenes["surplus"])

    @property
    def scene_recall(self) -> float:
        """Share of the labelled scenes that are proposed so."""
        return self.scenes["right"] / max(1, self.scenes["right"] + self.scenes["missed"])


def harmonic(one: float, other: float) -> float:
    """Return the harmonic mean, 0 where one of the two is."""
    return 2 * one * other / (one + other) if one and other else 0.0


def labelled(sets: Iterable[str] = ()) -> list[Labelled]:
    """Return the articles of these sets, or all of them."""
    wanted = set(sets)
    rows = map(json.loads, ARTICLES.read_text(encoding="utf-8").splitlines())
    return [
        Labelled(row["id"], row["set"], row["text"], tuple(row["mentions"]), tuple(row["scenes"]))
        for row in rows
        if not wanted or row["set"] in wanted
    ]


def score(read: Reader, articles: Sequence[Labelled]) -> Score:
    """Return how the reader fares on the articles."""
    total = Score()
    for article, reading in zip(articles, read.read_all(a.text for a in articles), strict=True):
        _count_mentions(total, article, reading.mentions)
        proposed = draft(reading, Document(reading.text)).entries
        wanted = Counter(map(_wanted_scene, article.scenes))
        found = Counter(_scene(one) for one in proposed)
        right = (wanted & found).total()
        total.scenes["right"] += right
        total.scenes["missed"] += wanted.total() - right
        total.scenes["surplus"] += found.total() - right
    return total


def _count_mentions(total: Score, article: Labelled, mentions: Iterable[Mention]) -> None:
    found = {(one.name.start, one.name.end): one for one in mentions}
    for gold in article.mentions:
        one = found.pop((gold["start"], gold["end"]), None)  # type: ignore[arg-type]
        total.right += one is not None
        total.missed += one is None
        if one is not None:
            total.related += one.said.relation == gold["relation"]
            total.placed += _near(one, gold)
    total.surplus += len(found)


def _near(one: Mention, gold: dict[str, object]) -> bool:
    if one.best is None or gold["lat"] is None:
        return False
    place = one.best.lat, one.best.lon
    return bool(great_circle(place, (gold["lat"], gold["lon"])).km <= NEAR_KM)


def _wanted_scene(scene: dict[str, object]) -> tuple[object, ...]:
    names = scene["localities"]
    places = frozenset(names if isinstance(names, list) else ())
    return scene["paragraph"], places, scene["relation"], scene["basis"], scene["absence"]


def _scene(one: Proposed) -> tuple[object, ...]:
    filmed = one.entry.filmed
    places = frozenset(place.locality for place in filmed if place.locality)
    absence = filmed[0].absence or ("" if places else Absence.NOT_STATED)
    paragraph = one.entry.reports[0].paragraph
    return paragraph, places, filmed[0].relation, filmed[0].basis, absence


def run() -> list[str]:
    """Return a table of what was found in each set, and the speed."""
    read = reader(open_gazetteer(cache_folder()))
    lines = [
        "articles that we labelled   n  precision  recall    F1  relation  ≤161 km"
        "  scenes: precision  recall    F1"
    ]
    for name in ("dev", "heldout", "later"):
        articles = labelled([name])
        lines.append(_row(name, len(articles), score(read, articles)))
    lines.append(_row("all", len(labelled()), score(read, labelled())))
    texts = [article.text for article in labelled()]
    start = time.perf_counter()
    list(read.read_all(texts))
    seconds = time.perf_counter() - start
    lines.append(f"read articles: {sum(map(len, texts)) / seconds:,.0f} characters a second")
    return lines


def _row(name: str, count: int, one: Score) -> str:
    scenes = harmonic(one.scene_precision, one.scene_recall)
    return (
        f"{name:25} {count:3} {one.precision:10.2f} {one.recall:7.2f} {one.f1:5.2f}"
        f" {one.relation:9.2f} {one.near:8.2f} {one.scene_precision:18.2f}"
        f" {one.scene_recall:7.2f} {scenes:5.2f}"
    )
