"""The record: an entry, its reports, and the places that were reported for it.

Everything here is frozen and valid by construction; text from outside becomes one of these
at the border, and nothing further in checks it again.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from geo.dates import interval


class Relation(StrEnum):
    """How a location belongs to the entry."""

    FILMED_AT = "filmed_at"  # the footage was shot here
    ONE_OF = "one_of"  # shot at one of several named places, nobody says which
    ALSO_AT = "also_at"  # a further place of the same footage
    RELEASED_AT = "released_at"  # published or handed over here, not filmed
    MENTIONED = "mentioned"  # the report speaks of it, nothing was filmed here

    @property
    def filmed(self) -> bool:
        """Whether a location of this relation says where the camera was."""
        return self in (Relation.FILMED_AT, Relation.ONE_OF, Relation.ALSO_AT)


class Absence(StrEnum):
    """Why there is no place."""

    NOT_STATED = "not_stated"  # the report does not say
    WITHHELD = "withheld"  # somebody knows and declined to say
    NOT_FOUND = "not_found"  # the words are there, no gazetteer knows them
    UNLOCATABLE = "unlocatable"  # the words name no place on the ground


class Basis(StrEnum):
    """What the place rests on."""

    STATED = "stated"  # said of this scene
    INFERRED = "inferred"  # said of the video as a whole


class Precision(StrEnum):
    """The named level of how exactly a place is known, finest first."""

    SITE = "site"
    DISTRICT = "district"
    CITY = "city"
    COUNTY = "county"
    PROVINCE = "province"
    COUNTRY = "country"


class Level(StrEnum):
    """A person's judgement of an entry, in rising order of support, then the two doubts."""

    NOT_ASSESSED = "not_assessed"  # nobody has looked
    REPORTED = "reported"  # published by a report, confirmed by nobody
    CORROBORATED = "corroborated"  # a second, independent report agrees
    GEOLOCATED = "geolocated"  # matched to the ground
    CONTESTED = "contested"  # judgements differ
    REFUTED = "refuted"  # shown to be elsewhere or not what it claims

    @property
    def verified(self) -> bool:
        """Whether somebody other than its publisher supports the claim."""
        return self in (Level.CORROBORATED, Level.GEOLOCATED)


class Visibility(StrEnum):
    """Who may see an entry."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHHELD = "withheld"


class Outcome(StrEnum):
    """What became of a locality's candidates."""

    ACCEPTED = "accepted"  # one of them was chosen
    REVIEW = "review"  # there are some, a person must choose
    NONE = "none"  # there are none


class Match(StrEnum):
    """How a gazetteer name met the words of the locality."""

    EXACT = "exact"  # the name proper
    ALIAS = "alias"  # another name that a source gives
    ROMANISED = "romanised"  # a Latin spelling made from the Hangul
    READ = "read"  # the Korean reading of a name in Hanja; never accepted by itself
    STRIPPED = "suffix-stripped"  # without the word for its kind: "Musan County"
    FUZZY = "fuzzy"  # a letter or two differ; a guess
    MANUAL = "manual"  # no name met the words; a person put the place there
    GIVEN = "given"  # not looked up: a file gives the coordinates


class DecidedBy(StrEnum):
    """Who chose."""

    RULE = "rule"
    PERSON = "person"


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _printable(text: str) -> str:
    if text.isprintable():  # as nearly all are
        return text
    if found := _CONTROL.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise ValueError(f"it holds the control character {code}; remove it")
    return text


def _one_line(text: str) -> str:
    if text.isprintable():
        return text
    if "\n" in text or "\t" in text:
        raise ValueError("it holds a line break or a tab; remove it")
    return _printable(text)


def _edtf(text: str) -> str:
    if text:
        interval(text)
    return text


def _web(url: str) -> str:
    if url and not url.lower().startswith(("http://", "https://")):
        raise ValueError("only links that begin with http:// or https:// are kept")
    return _printable(url)


Text = Annotated[str, Field(max_length=100_000), AfterValidator(_printable)]
Line = Annotated[str, Field(max_length=2_000), AfterValidator(_printable)]
Code = Annotated[str, Field(max_length=200, pattern="^[^\x00-\x1f\x7f-\x9f]*$")]
"""What programs write and no person does: a code, a name of a source, its version."""
Identifier = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)]
Url = Annotated[str, Field(max_length=4_000), AfterValidator(_web)]
Edtf = Annotated[str, Field(max_length=100), AfterValidator(_edtf)]
"""A date as an EDTF string (ISO 8601-2), "" when unknown; never completed by us."""


class Model(BaseModel):
    """A frozen value with no field that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    @classmethod
    def trusted(cls, values: dict[str, object]) -> Self:
        """Return a value of these fields without checking them; all of them must be given.

        For what the program itself has looked up, many thousand times a second; text from
        outside goes through the constructor.
        """
        made, set_field = cls.__new__(cls), object.__setattr__
        set_field(made, "__dict__", values)
        set_field(made, "__pydantic_fields_set__", set(values))
        set_field(made, "__pydantic_extra__", None)
        set_field(made, "__pydantic_private__", None)
        return made


class Provenance(Model):
    """Who was asked, what, when, and in which version."""

    provider: Code
    version: Code
    query: Line
    matched_name: Line
    match: Match
    at: dt.datetime
    licence: Code


class Candidate(Model):
    """One possible place for a locality: WGS 84 degrees and a radius in metres."""

    place_id: Identifier
    name: Line
    native: Line = ""
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    uncertainty_m: float = Field(gt=0, le=20_040_000, allow_inf_nan=False)
    feature: Code
    country: Code = ""
    admin1: Code = ""
    confidence: float = Field(ge=0, le=1, allow_inf_nan=False)
    provenance: Provenance

    @property
    def precision(self) -> Precision:
        """The named level that the feature and the radius allow, never finer than either."""
        return precision(self.feature, self.uncertainty_m)

    @property
    def region(self) -> str:
        """ISO 3166-2 code of the subdivision, the country's code where none is known, or ""."""
        return self.admin1 or self.country


class Decision(Model):
    """Who chose among the candidates, when and why; `outcome` says what came of it."""

    by: DecidedBy = DecidedBy.RULE
    outcome: Outcome
    at: dt.datetime
    reason: Text


class Location(Model):
    """A locality as the report words it, its candidates, and the decision taken."""

    locality: Line = ""
    relation: Relation = Relation.FILMED_AT
    complete: bool = True
    """False when the report says "including": the true place may be none of those named."""
    basis: Basis = Basis.STATED
    absence: Absence | None = None
    candidates: tuple[Candidate, ...] = ()
    chosen: Identifier | None = None
    decision: Decision | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.locality and self.absence is None:
            raise ValueError("a location without words needs the reason for their absence")
        if not self.complete and self.relation is not Relation.ONE_OF:
            raise ValueError("only a list of possible places (one_of) can be incomplete")
        if self.chosen is not None and self.place is None:
            raise ValueError("the chosen place is not among the candidates")
        accepted = self.decision is not None and self.decision.outcome is Outcome.ACCEPTED
        if accepted != (self.chosen is not None):
            raise ValueError("a place is chosen exactly when the decision accepts one")
        return self

    @property
    def place(self) -> Candidate | None:
        """The chosen candidate, or None while nobody chose."""
        return next((c for c in self.candidates if c.place_id == self.chosen), None)

    @property
    def unplaced(self) -> str:
        """Why this location has no place: an `Absence` value, "review", or "" when it has one."""
        if self.place is not None:
            return ""
        if self.decision is not None and self.decision.outcome is Outcome.REVIEW:
            return Outcome.REVIEW.value
        return (self.absence or Absence.NOT_FOUND).value


class Cited(Model):
    """Where in a report the entry is described."""

    report: Identifier
    paragraph: Line = ""


class Evidence(Model):
    """The media itself: where it is, and where an archived copy is."""

    kind: Annotated[str, Field(pattern="^(video|image|page)$")] = "page"
    url: Url = ""
    archived_url: Url = ""
    sha256: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""
    caption: Text = ""
    credit: Line = ""
    graphic: bool = False


class Verification(Model):
    """A dated judgement; `at` is EDTF, "" when unknown, `proof` where it can be checked."""

    level: Level = Level.NOT_ASSESSED
    by: Line = ""
    at: Edtf = ""
    method: Text = ""
    note: Text = ""
    proof: Url = ""


class Report(Model):
    """An article or post that speaks of footage; empty fields were not stated."""

    id: Identifier
    title: Line
    outlet: Line = ""
    url: Url = ""
    archived_url: Url = ""
    published: Edtf = ""
    accessed: Edtf = ""
    language: Line = ""


class Entry(Model):
    """One piece or scene of footage, however many reports mention it."""

    id: Identifier
    title: Line
    description: Text = ""
    category: Line = ""
    tags: tuple[Line, ...] = ()
    recorded: Edtf = ""
    reports: tuple[Cited, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    locations: tuple[Location, ...] = Field(min_length=1)
    verification: Verification = Verification()
    visibility: Visibility = Visibility.PUBLISHED
    sensitivity: tuple[Line, ...] = ()
    extra: dict[str, Text] = {}
    """Columns that a file had and we did not know, kept letter for letter."""

    @model_validator(mode="after")
    def _says_where_or_why_not(self) -> Self:
        if not self.filmed:
            raise ValueError("an entry says where it was filmed, or why that is unknown")
        return self

    @property
    def filmed(self) -> tuple[Location, ...]:
        """The locations that say where the camera was, in the report's order."""
        return tuple(location for location in self.locations if location.relation.filmed)

    @property
    def worded(self) -> tuple[str, ...]:
        """The words for where the camera was, each once; () where the report gives none."""
        return tuple(dict.fromkeys(one.locality for one in self.filmed if one.locality))


Invalid = ValidationError
"""What making a record raises when a field is not what it must be; see `reason`."""

_FEATURE_LEVEL = {
    "country": Precision.COUNTRY,
    "province": Precision.PROVINCE,
    "county": Precision.COUNTY,
    "city": Precision.CITY,
    "town": Precision.CITY,
    "district": Precision.DISTRICT,
    "site": Precision.SITE,
    "area": Precision.SITE,  # as fine as its radius says
}
_RADIUS_LEVEL = (
    (100, Precision.SITE),
    (3_000, Precision.DISTRICT),
    (25_000, Precision.CITY),
    (60_000, Precision.COUNTY),
    (400_000, Precision.PROVINCE),
)
"""Radius in metres up to which a level may be claimed; a pin claims about 100 m."""


def precision(feature: str, uncertainty_m: float) -> Precision:
    """Return the coarser of what the feature is and what the radius (metres) supports."""
    by_radius = next((p for most, p in _RADIUS_LEVEL if uncertainty_m <= most), Precision.COUNTRY)
    by_feature = _FEATURE_LEVEL.get(feature, Precision.SITE)
    levels = list(Precision)
    return levels[max(levels.index(by_radius), levels.index(by_feature))]


def reason(error: ValidationError) -> tuple[str, str]:
    """Return the first failing field and what is wrong with it, fit to show to a person."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or "entry"
    return field, str(first["msg"]).removeprefix("Value error, ")
