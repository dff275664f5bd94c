"""What is typed into the search: words, "phrases", -not and OR, as a condition."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.toponym import is_hangul, normalise
from geo.words import keys

_PARTS = re.compile(
    r"""(?P<no>(?<!\S)-)?(?:["“”„](?P<phrase>[^"“”„]*)["“”„]?|(?P<word>[^\s"“”„]+))"""
)
_OR = "OR"


@dataclass(frozen=True)
class Term:
    """One thing that is looked for, as a key between blanks; `no` excludes it."""

    key: str
    no: bool = False


def terms(text: str) -> list[list[Term]]:
    """Return the search as groups: of each group one term must be met; [] asks for nothing.

    A word is met where a word begins with it, one in Hangul wherever it occurs, a phrase
    where its words stand whole and in that order. `OR`, in capitals, joins its neighbours.
    """
    groups: list[list[Term]] = []
    joined = False
    for part in _PARTS.finditer(text):
        if part["word"] == _OR and not part["no"]:
            joined = bool(groups)
            continue
        key = _key(part["phrase"], whole=True) if part["word"] is None else _key(part["word"])
        if not key:
            continue
        term = Term(key, no=bool(part["no"]))
        if joined and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
        joined = False
    return groups


def condition(text: str) -> tuple[list[str], list[object]]:
    """Return SQL clauses over the column `words`, and the values for their parameters."""
    clauses: list[str] = []
    values: list[object] = []
    for group in terms(text):
        clauses.append(" OR ".join(_NO if term.no else _YES for term in group))
        values += [term.key for term in group]
    return [f"({clause})" for clause in clauses], values


_YES = "contains(words, ?)"
_NO = "NOT contains(words, ?)"


def _key(text: str, *, whole: bool = False) -> str:
    if is_hangul(text):
        return normalise(text) if not whole else " ".join(keys(text))
    said = " ".join(keys(text))
    if not said:
        return ""
    return f" {said} " if whole else f" {said}"
