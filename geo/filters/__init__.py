"""The filters of a view: one value that knows its condition, its address and its sentence."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from geo.entry import Level, Precision, Relation, Visibility
from geo.filters import days, search
from geo.filters.ground import Near, Shape
from geo.filters.sentence import Names, describe, named, parts, said_as
from geo.i18n import Translator

CERTAINTIES = {
    "certain": "in a known place",
    "possible": "possibly here",
    "unplaced": "without a place",
}
"""Whether an entry is in a known place, in one of several named ones, or without a place."""

EVIDENCE = ("video", "image", "page", "none")
"""What there is to look at; "none" where an entry names no evidence at all."""

_CLOSED = {
    "verification": tuple(level.value for level in Level),
    "precision": tuple(level.value for level in Precision),
    "certainty": tuple(CERTAINTIES),
    "relation": tuple(relation.value for relation in Relation),
    "visibility": tuple(v.value for v in Visibility if v is not Visibility.WITHHELD),
    "evidence": EVIDENCE,
    "undated": days.DATES,
}


@dataclass(frozen=True)
class Filters:
    """What is asked for; empty fields ask for everything, several values of one mean "any of".

    All are met by one and the same place of an entry: `region=KP-13&certainty=certain` asks
    for what is certainly in Rason, not for what is possibly there and certain elsewhere.
    """

    region: tuple[str, ...] = ()
    """Codes of countries (ISO 3166-1) and subdivisions (3166-2), and place ids of counties."""
    category: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    visibility: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    """Of which dates a range also lets through what has none: "recorded", "published"."""
    recorded: str = ""
    """A range of days as EDTF, "unknown" for what has no date, "" for any time."""
    published: str = ""
    near: str = ""
    """`lat,lon,km` or `lat,lon,km,PLACE` (`geo.filters.ground.Near`), "" for anywhere."""
    shape: str = ""
    """`lat,lon;lat,lon;…` (`geo.filters.ground.Shape`), "" for anywhere."""
    possible: bool = True
    """False leaves out the places where an entry is only possibly."""
    text: str = ""
    """Words, "phrases", -not, OR (`geo.filters.search`)."""

    @classmethod
    def from_query(cls, query: str) -> Filters:
        """Return the filters that an address asks for; what it does not know it ignores.

        `query` is the part after the question mark, as `query()` and the page write it.
        """
        try:
            return cls.from_values(parse_qs(query.lstrip("?"), max_num_fields=1_000))
        except ValueError:  # more parts than any page writes
            return cls()

    @classmethod
    def from_values(cls, asked: dict[str, list[str]]) -> Filters:
        """Return the filters of a parsed address; unknown names and values are ignored."""
        return cls.read(asked)[0]

    @classmethod
    def read(cls, asked: dict[str, list[str]]) -> tuple[Filters, tuple[str, ...]]:
        """Return the filters of a parsed address, and the names of those not understood."""
        chosen: dict[str, tuple[str, ...]] = {}
        odd = []
        for name in NAMES:
            allowed = _CLOSED.get(name)
            values = tuple(dict.fromkeys(v[:_LONGEST] for v in asked.get(name, []) if v))
            chosen[name] = tuple(v for v in values if allowed is None or v in allowed)
            if len(chosen[name]) < len(values):
                odd.append(name)
        single: dict[str, str] = {}
        for name, readable in _READ.items():
            text = (asked.get(name) or [""])[-1]
            single[name] = readable(text)
            if text.strip() and not single[name]:
                odd.append(name)
        possible = (asked.get("possible") or ["yes"])[-1] != "no"
        given: dict[str, Any] = {**chosen, **single}
        return cls(**given, possible=possible), tuple(odd)

    def query(self) -> str:
        """Return the address of these filters: only what is set, in a fixed order."""
        pairs = [(name, value) for name in NAMES for value in getattr(self, name)]
        pairs += [(name, value) for name in _READ if (value := getattr(self, name))]
        return urlencode(pairs if self.possible else [*pairs, ("possible", "no")])

    def without(self, name: str) -> Filters:
        """Return these filters with one of them lifted, for counting what its choices leave."""
        if name in days.DATES:
            rest = tuple(one for one in self.undated if one != name)
            return replace(self, **{name: "", "undated": rest})  # type: ignore[arg-type]
        return replace(self, **{name: getattr(_NOTHING, name)})

    def condition(self) -> tuple[str, list[object]]:
        """Return SQL over the index's tables `rows` and `report`, and its parameters' values."""
        clauses: list[str] = []
        values: list[object] = []
        for name, clause in _CLAUSES.items():
            wanted = list(getattr(self, name))
            if wanted:
                clauses.append(clause)
                values.extend([wanted] * clause.count("?"))
        if not self.possible:
            clauses.append("certainty <> 'possible'")
        for clause, more in self._other_conditions():
            clauses.append(clause)
            values.extend(more)
        return " AND ".join(clauses) or "true", values

    def _other_conditions(self) -> list[tuple[str, list[object]]]:
        found = [
            days.condition(name, asked, undated=name in self.undated)
            for name in days.DATES
            if (asked := getattr(self, name))
        ]
        if (near := Near.read(self.near)) is not None:
            found.append(near.condition())
        if (shape := Shape.read(self.shape)) is not None:
            found.append(shape.condition())
        clauses, values = search.condition(self.text)
        return [*found, (" AND ".join(clauses), values)] if clauses else found

    def parts(self, t: Translator, names: Names) -> list[tuple[str, str]]:
        """Return each filter that is set with the words for it, in the order of the sentence."""
        return parts(self, t, names)

    def describe(self, t: Translator, names: Names) -> str:
        """Return the whole filter as a sentence."""
        return describe(self, t, names)


def _readable_near(text: str) -> str:
    near = Near.read(text)
    return near.query() if near else ""


def _readable_shape(text: str) -> str:
    shape = Shape.read(text)
    return shape.query() if shape else ""


def _readable_text(text: str) -> str:
    return text[:_LONGEST].strip()


_LONGEST = 500

_READ = {
    "recorded": days.readable,
    "published": days.readable,
    "near": _readable_near,
    "shape": _readable_shape,
    "text": _readable_text,
}
"""The filters that are one text, each with what makes that text readable or ""."""

_NOTHING = Filters()

NAMES = tuple(f.name for f in fields(Filters) if isinstance(getattr(_NOTHING, f.name), tuple))
"""The filters whose value is a choice of several, in the order of the address."""

ALL = tuple(f.name for f in fields(Filters))
"""Every filter, by its name in the address."""

_OF_OUTLET = (
    "list_has_any(reports,"
    " (SELECT coalesce(list(id), []) FROM report WHERE list_contains(?, outlet)))"
)

_CLAUSES = {
    "region": (
        "(list_contains(?, admin1) OR list_contains(?, country) OR list_contains(?, county))"
    ),
    "category": "list_contains(?, category)",
    "tag": "list_has_any(tags, ?)",
    "verification": "list_contains(?, verification)",
    "precision": "list_contains(?, precision)",
    "certainty": "list_contains(?, certainty)",
    "relation": "(list_contains(?, relation) OR list_has_any(besides, ?))",
    "report": "list_has_any(reports, ?)",
    "outlet": _OF_OUTLET,
    "evidence": "list_has_any(evidence, ?)",
    "visibility": "list_contains(?, visibility)",
}

__all__ = [
    "ALL", "CERTAINTIES", "EVIDENCE", "NAMES", "Filters", "Names", "Near", "Shape", "named",
    "said_as",
]  # fmt: skip
