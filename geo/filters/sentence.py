"""The filters as a sentence, part by part, in the interface's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from geo.dates import said as said_date
from geo.entry import Report
from geo.filters.days import DATES, UNKNOWN
from geo.filters.ground import Near, Shape
from geo.i18n import Translator

if TYPE_CHECKING:
    from geo.filters import Filters

Names = dict[str, dict[str, str]]
"""What the values of a filter are called, by the filter's name: of regions and reports."""


def named(
    asked: Iterable[Filters], called: Callable[[str], str], reports: Mapping[str, Report]
) -> Names:
    """Return what the values of these filters are called.

    `called` names a region by its code and a place by its id.
    """
    every = list(asked)
    around = [near for one in every if (near := Near.read(one.near)) and near.place]
    return {
        "region": {code: called(code) for code in {c for one in every for c in one.region}},
        "near": {near.place: called(near.place) for near in around},
        "report": {one.id: one.title for one in reports.values()},
    }


_HEADINGS = {
    "region": "in {choices}",
    "category": "showing {choices}",
    "tag": "tagged {choices}",
    "verification": "judged {choices}",
    "precision": "at {choices} precision",
    "certainty": "{choices}",
    "relation": "where the place is “{choices}”",
    "report": "from {choices}",
    "outlet": "published by {choices}",
    "evidence": "with {choices}",
    "visibility": "kept as {choices}",
}

_DATED = {
    "recorded": (
        "recorded {range}", "recorded {range} or at an unknown date", "recorded at an unknown date",
    ),
    "published": (
        "published {range}", "published {range} or at an unknown date",
        "published at an unknown date",
    ),
}  # fmt: skip

_SAID = {
    "certain": "in a known place",
    "possible": "possibly here",
    "unplaced": "without a place",
    "video": "a video",
    "image": "a picture",
    "page": "a page",
    "none": "no evidence",
}


def parts(filters: Filters, t: Translator, names: Names) -> list[tuple[str, str]]:
    """Return each filter that is set with the words for it, in the order of the sentence."""
    found = [("text", f"“{filters.text}”")] if filters.text else []
    for name, heading in _HEADINGS.items():
        values = getattr(filters, name)
        if values:
            known = names.get(name, {})
            said = [known.get(value) or t(said_as(value)) for value in values]
            found.append((name, t(heading, choices=_either(t, said))))
        if name == "region" and not filters.possible:
            found.append(("possible", t("without what is only possibly there")))
    found += [(name, _dated(filters, name, t)) for name in DATES if getattr(filters, name)]
    if (near := Near.read(filters.near)) is not None:
        place = names.get("near", {}).get(near.place) or f"{near.lat:.4f}, {near.lon:.4f}"
        found.append(("near", t("within {km} km of {place}", km=f"{near.km:g}", place=place)))
    if (shape := Shape.read(filters.shape)) is not None:
        found.append(("shape", t("inside a drawn shape of {n} corners", n=len(shape.corners))))
    return found


def describe(filters: Filters, t: Translator, names: Names) -> str:
    """Return the whole filter as a sentence."""
    said = " · ".join(text for _, text in parts(filters, t, names))
    sentence = said or t("Everything reported, anywhere, at any time")
    return sentence[0].upper() + sentence[1:]


def said_as(value: str) -> str:
    """Return a choice's value as English words; a word from outside stays as it is."""
    return _SAID.get(value) or value.replace("_", " ")


def _dated(filters: Filters, name: str, t: Translator) -> str:
    asked = getattr(filters, name)
    ranged, with_undated, unknown = _DATED[name]
    if asked == UNKNOWN:
        return t(unknown)
    return t(with_undated if name in filters.undated else ranged, range=_range(asked, t))


def _range(asked: str, t: Translator) -> str:
    first, slash, last = asked.partition("/")
    if not slash:
        return t("on {day}" if _DAY.fullmatch(asked) else "in {day}", day=said_date(asked, t))
    if last in ("", ".."):
        return t("from {day} on", day=said_date(first, t))
    if first in ("", ".."):
        return t("up to {day}", day=said_date(last, t))
    return t("from {first} to {last}", first=said_date(first, t), last=said_date(last, t))


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


_NAMED = 4
"""How many choices of one filter a sentence names before it counts the rest."""


def _either(t: Translator, said: list[str]) -> str:
    if len(said) > _NAMED:
        first = ", ".join(said[: _NAMED - 1])
        return t("{first} or {n} others", first=first, n=len(said) - _NAMED + 1)
    if len(said) < 2:  # noqa: PLR2004 - one thing needs no "or"
        return "".join(said)
    return t("{first} or {last}", first=", ".join(said[:-1]), last=said[-1])
