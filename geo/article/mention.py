"""What is found in a text: names, the places they may be, and how each belongs to the footage."""

from __future__ import annotations

from dataclasses import dataclass

from geo.entry import Outcome, Relation
from geo.gazetteer import Place


@dataclass(frozen=True)
class Name:
    """A name of a place as it stands in a text; offsets are in characters of that text."""

    start: int
    end: int
    text: str
    within: str = ""
    """The name right behind it that it lies in: "Texas" of "Paris, Texas"."""
    loosely: bool = False
    """Whether `within` is only likely: "Aleppo in Syria"."""


@dataclass(frozen=True)
class Ranked:
    """A possible place of a name, and how likely it is among the others, 0 to 1."""

    place: Place
    confidence: float


@dataclass(frozen=True)
class Said:
    """What the sentence makes of a name: its relation, and whether the list is complete."""

    relation: Relation = Relation.MENTIONED
    complete: bool = True
    whole: bool = False
    """Whether it is said of the video as a whole: "filmed in X", "footage from X"."""


@dataclass(frozen=True)
class Mention:
    """A name with its relation to the footage and its possible places, the best first."""

    name: Name
    said: Said
    candidates: tuple[Ranked, ...]
    """[] when no table knows the name; the mention is kept, without a place."""

    @property
    def best(self) -> Place | None:
        """The likeliest place, or None where no table knows the name."""
        return self.candidates[0].place if self.candidates else None

    @property
    def outcome(self) -> Outcome:
        """Whether the best place may be taken without a person."""
        if not self.candidates:
            return Outcome.NONE
        sure = self.candidates[0].confidence >= SURE
        return Outcome.ACCEPTED if sure else Outcome.REVIEW


SURE = 0.8
"""Confidence from which the best place is accepted; below, a person must choose."""


@dataclass(frozen=True)
class Scene:
    """A piece of footage that a text describes."""

    start: int
    end: int
    """The sentence, in characters of the text."""
    what: str
    """What is seen, in the text's words."""
    names: tuple[int, ...] = ()
    """The mentions, by number, that the text gives as the place of this scene."""


@dataclass(frozen=True)
class Reading:
    """A text with its mentions, in their order."""

    text: str
    language: str
    """ISO 639 code, or "" when it could not be told."""
    mentions: tuple[Mention, ...]
    scenes: tuple[Scene, ...] = ()
    notice: str = ""
    """What a person must know of the reading; "" when there is nothing."""
