"""The filters of a view: one value that knows its condition, its address and its sentence."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qs, urlencode

from geo.entry import Level, Precision
from geo.i18n import Translator
from geo.toponym import normalise

Names = dict[str, dict[str, str]]
"""What the values of a filter are called, by the filter's name: of regions and reports."""

CERTAINTIES = {
    "certain": "in a known place",
    "possible": "possibly here",
    "unplaced": "without a place",
}
"""Whether an entry is in a known place, in one of several named ones, or without a place."""

_CLOSED = {
    "verification": tuple(level.value for level in Level),
    "precision": tuple(level.value for level in Precision),
    "certainty": tuple(CERTAINTIES),
}


@dataclass(frozen=True)
class Filters:
    """What is asked for; empty fields ask for everything, several values of one mean "any of".

    All are met by one and the same place of an entry: `region=KP-13&certainty=certain` asks
    for what is certainly in Rason, not for what is possibly there and certain elsewhere.
    """

    region: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    text: str = ""

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
        chosen: dict[str, tuple[str, ...]] = {}
        for name in NAMES:
            allowed = _CLOSED.get(name)
            values = dict.fromkeys(v for v in asked.get(name, []) if v)
            chosen[name] = tuple(v for v in values if allowed is None or v in allowed)
        return cls(**chosen, text=asked.get("text", [""])[-1][:_LONGEST].strip())

    def query(self) -> str:
        """Return the address of these filters: only what is set, in a fixed order."""
        pairs = [(name, value) for name in NAMES for value in getattr(self, name)]
        return urlencode([*pairs, ("text", self.text)] if self.text else pairs)

    def without(self, name: str) -> Filters:
        """Return these filters with one of them lifted, for counting what its choices leave."""
        return replace(self, text="") if name == "text" else replace(self, **{name: ()})  # type: ignore[arg-type]

    def condition(self) -> tuple[str, list[object]]:
        """Return SQL over the index's rows, and the values for its parameters.

        The text is compared as a key, so that spelling, case and marks do not matter; each
        of its words must occur.
        """
        clauses: list[str] = []
        values: list[object] = []
        for name, clause in _CLAUSES.items():
            wanted = list(getattr(self, name))
            if wanted:
                clauses.append(clause)
                values.extend([wanted] * clause.count("?"))
        for word in filter(None, map(normalise, self.text.split())):
            clauses.append("contains(words, ?)")
            values.append(word)
        return " AND ".join(clauses) or "true", values

    def describe(self, t: Translator, names: Names) -> str:
        """Return the whole filter as a sentence."""
        parts = [f"“{self.text}”"] if self.text else []
        for name, heading in _HEADINGS.items():
            values = getattr(self, name)
            if values:
                known = names.get(name, {})
                said = [known.get(value) or t(said_as(value)) for value in values]
                parts.append(t(heading, choices=_either(t, said)))
        sentence = " · ".join(parts) or t("Everything reported, anywhere, at any time")
        return sentence[0].upper() + sentence[1:]


NAMES = tuple(f.name for f in fields(Filters) if f.name != "text")
"""The filters whose value is a choice of several, in the order of the address."""

_LONGEST = 500

_CLAUSES = {
    "region": "(list_contains(?, admin1) OR list_contains(?, country))",
    "category": "list_contains(?, category)",
    "verification": "list_contains(?, verification)",
    "precision": "list_contains(?, precision)",
    "certainty": "list_contains(?, certainty)",
    "report": "list_has_any(reports, ?)",
}

_HEADINGS = {
    "region": "in {choices}",
    "category": "showing {choices}",
    "verification": "judged {choices}",
    "precision": "at {choices} precision",
    "certainty": "{choices}",
    "report": "from {choices}",
}


def said_as(value: str) -> str:
    """Return a choice's value as English words; a word from outside stays as it is."""
    return CERTAINTIES.get(value) or value.replace("_", " ")


_NAMED = 4
"""How many choices of one filter a sentence names before it counts the rest."""


def _either(t: Translator, said: list[str]) -> str:
    if len(said) > _NAMED:
        first = ", ".join(said[: _NAMED - 1])
        return t("{first} or {n} others", first=first, n=len(said) - _NAMED + 1)
    if len(said) < 2:  # noqa: PLR2004 - one thing needs no "or"
        return "".join(said)
    return t("{first} or {last}", first=", ".join(said[:-1]), last=said[-1])
