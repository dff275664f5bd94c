"""A briefing as it is kept: an ordered list of steps, each a question to the data.

A step holds no result. What it shows is asked anew each time (`geo.briefing`), so it can never
say more, or other, than the record does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Self, TypeVar
from urllib.parse import parse_qs

from pydantic import Field, model_validator

from geo.entry import Edtf, Identifier, Line, Model, Text, Visibility
from geo.filters import Filters
from geo.i18n import LANGUAGES

MOST_STEPS = 200
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""What a briefing or a step is called in addresses and file names."""
Language = Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$")]


class Beside(StrEnum):
    """What stands beside the map of a step."""

    NOTHING = "nothing"
    TIMELINE = "timeline"
    REGIONS = "regions"  # counts by region, and the map tinted by them
    TABLE = "table"


class Profile(StrEnum):
    """Which entries a briefing may show; those that are withheld never are."""

    PUBLISHED = "published"  # what any reader may see
    TEAM = "team"  # drafts too: for those who work on them


class View(Model):
    """Where the map stands: its centre in WGS 84 degrees, and Leaflet's zoom."""

    lat: float = Field(ge=-85.06, le=85.06, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    zoom: float = Field(ge=0, le=18, allow_inf_nan=False)


class Exhibit(Model):
    """A picture beside the map, or a still of a video: a file of ours by its SHA-256."""

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    entry: Annotated[str, Field(max_length=200)] = ""
    """The entry whose evidence it is, "" when it belongs to none."""
    caption: Text = ""
    credit: Line = ""
    graphic: bool = False


class Said(Model):
    """The words of a step in a further language; what is "" stands in the briefing's own."""

    headline: Line = ""
    text: Text = ""
    notes: Text = ""


class Cover(Model):
    """The words of a briefing in a further language; what is "" stands in its own."""

    title: Line = ""
    cover: Text = ""
    methodology: Text = ""


class Step(Model):
    """One screen of a briefing: a question, how the map stands, and what is said of it."""

    id: Name
    headline: Line = ""
    text: Text = ""
    """Markdown; `{shown}` and the other `geo.briefing.TOKENS` stand for what was counted."""
    notes: Text = ""
    """What the presenter reads; plain text."""
    filters: Annotated[str, Field(max_length=20_000)] = ""
    """The question, as it stands in the page's address (`geo.filters`)."""
    view: View | None = None
    """None: the map is fitted to what is shown."""
    entries: tuple[Identifier, ...] = Field(default=(), max_length=500)
    """The entries that are ringed on the map and named, as far as the question finds them."""
    exhibit: Exhibit | None = None
    beside: Beside = Beside.NOTHING
    translations: dict[Language, Said] = Field(default_factory=dict)

    def asked(self) -> tuple[Filters, tuple[str, ...]]:
        """Return the filters, and the names of those that are not understood."""
        try:
            return Filters.read(parse_qs(self.filters.lstrip("?"), max_num_fields=1_000))
        except ValueError:
            return Filters(), ("filters",)

    def said(self, language: str) -> Step:
        """Return the step with its words in a language, as far as it has them."""
        return _worded(self, self.translations.get(language))


class Frozen(Model):
    """The state of the record that a briefing keeps to: its newest revision, and when (UTC)."""

    seq: int = Field(ge=0)
    at: Edtf


class Briefing(Model):
    """An ordered list of steps with what frames them."""

    id: Name
    title: Line
    author: Line = ""
    date: Edtf = ""
    language: Language = "en"
    cover: Text = ""
    """Markdown on the first screen."""
    methodology: Text = ""
    """Markdown on the last one, "Sources and methods"."""
    profile: Profile = Profile.PUBLISHED
    steps: tuple[Step, ...] = Field(default=(), max_length=MOST_STEPS)
    gaps: bool = True
    """Whether it closes with what its map does not show."""
    sources: bool = True
    """Whether it closes with its sources and methods."""
    frozen: Frozen | None = None
    deleted: bool = False
    """A briefing is never lost: one that is deleted is listed no more, and can be put back."""
    translations: dict[Language, Cover] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_name_a_step(self) -> Self:
        names = [step.id for step in self.steps]
        if len(set(names)) < len(names):
            raise ValueError("two steps have the same name (id)")
        if not self.title.strip():
            raise ValueError("a briefing has a title")
        return self

    def said(self, language: str) -> Briefing:
        """Return the briefing with its words in a language, as far as it has them."""
        worded = _worded(self, self.translations.get(language))
        return worded.model_copy(update={"steps": tuple(s.said(language) for s in self.steps)})

    def without_notes(self) -> Briefing:
        """Return the briefing without what is meant for the presenter alone, in any language."""
        return self.model_copy(update={"steps": tuple(map(_unnoted, self.steps))})

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has words in, its own first."""
        others = {code for step in self.steps for code in step.translations}
        return (self.language, *sorted((others | set(self.translations)) - {self.language}))

    @property
    def visibility(self) -> tuple[str, ...]:
        """The values of an entry's visibility that the profile lets through."""
        if self.profile is Profile.PUBLISHED:
            return (Visibility.PUBLISHED.value,)
        return (Visibility.PUBLISHED.value, Visibility.DRAFT.value)

    def asked(self, step: Step) -> tuple[Filters, tuple[str, ...]]:
        """Return a step's filters under the profile, and the names of those not understood.

        A step that asks for drafts alone finds nothing where only what is published is shown,
        and one that cannot be read as a whole finds nothing: it would answer another question.
        """
        filters, odd = step.asked()
        allowed = self.visibility
        wanted = tuple(one for one in filters.visibility or allowed if one in allowed)
        if odd or (filters.visibility and not wanted):
            return replace(filters, visibility=allowed, region=(_NOWHERE,)), odd
        return replace(filters, visibility=wanted), odd


_NOWHERE = "none"
"""The code of no region: no code is written in small letters."""


class Presented(Model):
    """That a briefing was presented: which, and the record's newest revision at that time."""

    id: Name
    seq: int = Field(ge=0)


def named(title: str, taken: frozenset[str] | set[str], otherwise: str = "briefing") -> str:
    """Return a name made of a title that is not taken yet: "what-two-reports-show-2"."""
    base = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-") or otherwise
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def _unnoted(step: Step) -> Step:
    said = {code: one.model_copy(update={"notes": ""}) for code, one in step.translations.items()}
    return step.model_copy(update={"notes": "", "translations": said})


_M = TypeVar("_M", Step, Briefing)


def _worded(one: _M, words: Said | Cover | None) -> _M:
    said = {name: text for name, text in words if text} if words else {}
    return one.model_copy(update=said) if said else one
