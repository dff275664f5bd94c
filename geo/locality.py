"""A locality's words taken apart: the name, what it lies in, and how loosely it is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geo.toponym import is_hangul


@dataclass(frozen=True)
class Words:
    """What a locality says, beside the name itself."""

    name: str
    within: tuple[str, ...] = ()
    """What the name lies in, innermost first; a part that is unknown counts against it."""
    near: bool = False
    """Not at the place but by it: "near", "outside", "across from"."""
    after: bool = False
    """A site that is named after the place: "Tokchon missile base"."""
    part: str = ""
    """The part of an area that is meant: "northeast"; "" for the whole."""


@dataclass(frozen=True)
class Ends:
    """Two places that one locality names: both, or the way between them."""

    names: tuple[str, str]
    between: bool = False


_ARTICLE = re.compile(
    r"^(?:in|at|inside|within|from|around|the|an?|somewhere|central) ", re.IGNORECASE
)
_KIND_OF = re.compile(
    r"^(?:[Tt]he |[Aa]n? )?(?:[a-z'-]+ |Chinese |Russian |(?:North |South )?Korean )*(?:city|cities"
    r"|town|village|county|district|province|capital|port|market|hamlet|suburb|outskirts|part)"
    r" (of|in|near|outside) "
)
"""Words for a kind of place before its name; a capital letter among them would be a name."""

_SOMETHING = re.compile(r"^(?:[Tt]he |[Aa]n? )[a-z' -]+? (near|outside|behind|in|at|of|by) ")
"""Something without a name of its own before the place: "a farm near"."""

_NEAR = re.compile(
    r"^(?:just )?(?:near|nearby|outside(?: of)?|close to|north of|south of|east of|west of|by"
    r"|across from|on the outskirts of|along|off) (?:the )?"
    r"(?:.* (?:border|river|coast) (?:at|near|by) )?",
    re.IGNORECASE,
)
_BY = re.compile(r"^.+? (?:near|outside|behind|by|opposite) (?:the )?(.+)$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"^(?:.*\b)?between (.+?) and (.+)$|^(.+?)[과와] (.+?) 사이$",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:both )?([^,]+?) and ([^,]+)$", re.IGNORECASE)
_BRACKET = re.compile(r"^(.+?) ?[(\[（【](.+?)[)\]）】]$")
_ACROSS = re.compile(
    r",? (?:across|opposite) (?:the (?:border|river|\w+) )?(?:from|to) .+$", re.IGNORECASE
)
_BESIDE = re.compile(
    r",? on (?:the|its) (?:\w+ )?(?:coast|border|bank|shore|outskirts)(?: of .+)?$", re.IGNORECASE
)
_SITE = re.compile(
    r"^(.+?) (?:air ?(?:field|base|port|strip)|(?:naval|missile|military|launch|submarine|army)"
    r" (?:operating )?(?:base|site|port|facility)|(?:re-?education|political prison|prison|labou?r)"
    r" ?(?:camp)?|camp|(?:railway |train |power |police )?station|shipyard|harbou?r|dam|mine"
    r"|(?:\w+ )?(?:factory|complex|plant|works)|university|hospital|stadium|market|bridge|prison)$"
    r"|^(.+?) ?(?:비행장|공항|교화소|수용소|관리소|기지|역|조선소|발전소|광산|공장|시장)$",
    re.IGNORECASE,
)
"""A site that bears the name of a place, most often near it."""

_SHORT = re.compile(r"^([NSEW])\.? (?=[A-Z])")
_DIRECTIONS = {"N": "North ", "S": "South ", "E": "East ", "W": "West "}

_OWNER = re.compile(r"^([^,]+?)['’]s? (.+)$")
_INSIDE = re.compile(r"^(.+?),? (?:in|inside|within|of) (?:the )?(.+)$", re.IGNORECASE)
_PART = re.compile(
    r"^(?:the )?(north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern)?"
    r" (?:part of |of )?(.+)$",
    re.IGNORECASE,
)


def readings(locality: str) -> list[Words]:
    """Return the ways to read a locality, the plainest first.

    The whole text is always the first: "North Korea" is a name, and only if nobody bears it
    is it the northern part of something. Nothing is dropped without a reading that says so.
    """
    text = " ".join(locality.split()).strip(" .")
    found = [Words(text)]
    if short := _SHORT.match(text):
        found.append(Words(_DIRECTIONS[short[1]] + text[short.end() :]))
    if bracket := _BRACKET.match(text):
        found += [Words(bracket[1], (bracket[2],)), Words(bracket[2], (bracket[1],))]
    parts = [part.strip() for part in re.split("[,，、]", text) if part.strip()]
    if len(parts) > 1:
        found.append(Words(parts[0], tuple(parts[1:])))
    elif is_hangul(text) and len(tokens := text.split()) > 1:
        found.append(Words(tokens[-1], tuple(reversed(tokens[:-1]))))  # the larger comes first
    return list(dict.fromkeys([*found, *(w for one in list(found) for w in _looser(one, 3))]))


def ends(locality: str) -> Ends | None:
    """Return the two places that the words name, or None where they name one at the most.

    Whether "A and B" is one name ("Bosnia and Herzegovina") only a gazetteer can tell.
    """
    text = " ".join(locality.split()).strip(" .")
    if "and" not in text and not is_hangul(text):
        return None
    if between := _BETWEEN.match(text):
        one, other = filter(None, between.groups())
        return Ends((one, other), between=True)
    both = _AND.match(text)
    return Ends((both[1], both[2])) if both else None


def _looser(words: Words, depth: int) -> list[Words]:
    """Return what is left when one layer after the other is taken off the name."""
    taken = _taken_off(words)
    return [w for one in taken for w in (one, *(_looser(one, depth - 1) if depth else ()))]


def _taken_off(words: Words) -> list[Words]:
    name, found = words.name, []
    if owner := _OWNER.match(name):
        found.append(replace(words, name=owner[2], within=(owner[1], *words.within)))
    if inside := _INSIDE.match(name):
        found.append(replace(words, name=inside[1], within=(inside[2], *words.within)))
    if (bare := _BESIDE.sub("", _ACROSS.sub("", name))) != name:
        found.append(replace(words, name=bare))
    elif (bare := _NEAR.sub("", name)) != name:
        found.append(replace(words, name=bare, near=True))
    elif kind := _KIND_OF.match(name) or _SOMETHING.match(name):
        near = kind[1] in ("near", "outside", "behind", "by")
        found.append(replace(words, name=name[kind.end() :], near=words.near or near))
    elif (bare := _ARTICLE.sub("", name)) != name:
        found.append(replace(words, name=bare))
    if by := _BY.match(name):
        found.append(replace(words, name=by[1], near=True))
    if site := _SITE.match(name):
        found.append(replace(words, name=site[1] or site[2], near=True, after=True))
    if part := _PART.match(name):
        direction = part[1].lower().replace("-", "")
        found.append(replace(words, name=part[2], part=direction))
    return found
