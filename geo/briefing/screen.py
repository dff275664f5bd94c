"""A briefing put to the data: what each screen shows, ready to be drawn by any writer.

Everything in here was counted under the briefing's profile; a writer asks nobody any more.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.briefing.prose import Block
from geo.i18n import Translator
from geo.index import Stats
from geo.points import Points, bitset, encode
from geo.steps import Beside, Briefing, View
from geo.timeline import Timeline

Kind = Literal["cover", "step", "gaps", "sources"]


class Spot(NamedTuple):
    """A place of a screen's map in words; each entry counts once in it."""

    name: str
    """In both scripts."""
    precision: str
    """What the name stands for, in words: "somewhere in this city"."""
    certain: int
    possible: int


class Row(NamedTuple):
    """An entry in words, as a table, an index or a list shows it."""

    id: str
    title: str
    where: str
    """The places as a phrase, or why there is none."""
    certainty: str
    """"certain", "inferred", "possible" or "unplaced"."""
    sure: str
    """The same in words."""
    level: str
    """The verification, in words."""
    recorded: str
    """When it was filmed, in words; "Date unknown" where nobody says."""
    link: str
    """A web address of its evidence or its report, "" when there is none that may be shown."""


class Region(NamedTuple):
    """A region's counts: its ISO code, its name, and how many entries are there."""

    code: str
    name: str
    certain: int
    possible: int


@dataclass(frozen=True)
class Shown:
    """A picture beside the map, made anew from its pixels; `data` is JPEG."""

    data: bytes
    width: int
    height: int
    caption: str
    credit: str


@dataclass(frozen=True)
class Question:
    """What a step asked, and what came of it."""

    query: str
    """The filters with the profile's, as an address: `stats --filters` counts the same."""
    sentence: str
    """The filters in words."""
    stats: Stats
    counts: tuple[str, ...]
    """The counts as phrases, those that no filter may hide among them."""
    passing: NDArray[np.bool_]
    """For each entry number of the deck whether it is shown."""
    marked: tuple[int, ...]
    """The numbers of the chosen entries that are shown."""
    view: View | None
    """None: fit what is shown."""
    spots: tuple[Spot, ...]
    more_spots: int
    """How many places there are beyond those listed."""


@dataclass(frozen=True)
class Screen:
    """One screen; `question` is None where there is no map (cover, closing steps)."""

    key: str
    """The step's id, "cover", "gaps" or "sources"."""
    kind: Kind
    headline: str
    blocks: tuple[Block, ...]
    notes: str = ""
    question: Question | None = None
    beside: Beside = Beside.NOTHING
    timeline: Timeline | None = None
    regions: tuple[Region, ...] = ()
    """The finest areas that the map draws, most entries first."""
    tint: dict[str, Any] | None = None
    """What the engine tints the map by (`geo.regions.counted`)."""
    rows: tuple[Row, ...] = ()
    """The table's entries, if a table stands beside the map; those that are chosen come first."""
    more_rows: int = 0
    exhibit: Shown | None = None
    left_out: str = ""
    """Why a picture that was chosen is not shown, as a sentence; "" when nothing is left out."""


@dataclass(frozen=True)
class Deck:
    """A whole briefing in one language, with the data of its screens and nothing besides.

    Entries have the numbers 0, 1, … here, in the order of the record; those that no step shows
    are not among them.
    """

    briefing: Briefing
    """With its words in the deck's language."""
    t: Translator
    screens: tuple[Screen, ...]
    placed: dict[str, NDArray[Any]]
    """The columns of `Index.placed`, of the deck's entries alone and by their numbers here."""
    days: tuple[NDArray[np.int32], NDArray[np.int32]]
    """First and last day of each entry (`Index.days`)."""
    entries: tuple[Row, ...]
    """The entries by their numbers, as far as they are told one by one; see `told`."""
    size: int
    """How many entries the deck has."""
    as_of: str
    """The time of the data, in words."""
    profile: str
    """Which entries may be shown, as a sentence."""
    generalised: str
    """How far positions were made coarser, as a sentence."""
    credits: tuple[str, ...]
    kept: Briefing
    """The briefing as it may be handed over, with its words in every language."""
    at: dt.datetime = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
    """The same time as `as_of`: the one that a file made of the deck carries."""

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the data: of `data` as UTF-8."""
        return hashlib.sha256(self.data.encode()).hexdigest()

    @cached_property
    def data(self) -> str:
        """The data as JSON in one fixed form: the points, who passes each step, and the entries.

        A file that is handed over holds exactly this text, so that its mark can be computed again.
        """
        kept = {
            "points": base64.b64encode(self.points.data).decode(),
            "passing": {
                one.key: bitset(one.question.passing) for one in self.screens if one.question
            },
            "entries": [list(one) for one in self.entries],
        }
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        return text.replace("<", "\\u003c")

    @cached_property
    def points(self) -> Points:
        """The places and days of the entries, as the engine reads them."""
        return encode(self.placed, self.size, self.days)

    @property
    def told(self) -> bool:
        """Whether every entry is told in words; of a very large briefing none is."""
        return len(self.entries) == self.size

    def without_notes(self) -> Deck:
        """Return the deck without what is meant for the presenter alone."""
        kept = self.kept.without_notes()
        screens = tuple(replace(one, notes="") for one in self.screens)
        return replace(self, screens=screens, kept=kept, briefing=self.briefing.without_notes())

    def rows_of(self, question: Question) -> dict[str, NDArray[Any]]:
        """Return the columns of the entries that a question lets through, all their places."""
        kept = question.passing[self.placed["entry_no"]]
        return {name: column[kept] for name, column in self.placed.items()}
