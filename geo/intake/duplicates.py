"""Entries that may be one: the same link, or the same day, place and nearly the same title.

Two entries may well share a link: scenes of one video do. So a possible duplicate is shown and
taken all the same, unless the person who imports says otherwise.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
from rapidfuzz import fuzz, utils

from geo.entry import Entry
from geo.toponym import normalise

SAME_ID = "id"
SAME_LINK = "link"
ALIKE = "alike"

_ALIKE = 90
"""rapidfuzz's ratio (0 to 100) from which titles of one day and place are nearly the same.

Case and signs do not count.
"""

_MOST = 100
"""Entries of one link or one day and place that are compared."""


@dataclass(frozen=True)
class Duplicate:
    """A row that may be another entry once more: which one, and why."""

    row: int
    of: str
    """The other's id."""
    of_row: int
    """The other's row in the same file, 0 when it stands in the store."""
    why: str
    """"id", "link" or "alike": same day and place, and nearly the same title."""
    both: tuple[str, str]
    """The titles of this row and of the other."""


def normal(url: str) -> str:
    """Return what a link is about: the same for all spellings of it that lead to one page.

    Scheme, www, mobile hosts, a trailing slash, fragments and parameters that only track are
    dropped; youtu.be is YouTube, twitter.com is x.com.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return url.strip()
    host = _HOSTS.get(host.removeprefix("mobile."), host)
    path = parts.path.rstrip("/")
    query = {k: v for k, v in parse_qsl(parts.query) if k not in _TRACKING and k[:4] != "utm_"}
    if host == "youtube.com":
        start, _, rest = path.strip("/").partition("/")
        video = query.get("v") or (rest.split("/")[0] if start in _VIDEO else "")
        if video:
            return f"youtube.com/{video}"
    if host == "youtu.be" and path:
        return f"youtube.com{path}"
    if host == "x.com":
        path, query = path.lower(), {}
    return host + path + (f"?{urlencode(sorted(query.items()))}" if query else "")


_HOSTS = {"twitter.com": "x.com", "music.youtube.com": "youtube.com"}
_VIDEO = ("shorts", "embed", "live", "v")
_TRACKING = {"fbclid", "gclid", "igshid", "igsh", "si", "feature", "ref", "ref_src"}


@dataclass(frozen=True)
class Keys:
    """What an entry is compared by, as numbers of 64 bits."""

    links: tuple[int, ...]
    block: int | None
    """Day and place; None where either is unknown."""


def keys(links: Iterable[str], recorded: str, locality: str) -> Keys:
    """Return the keys of an entry with these links, day and place."""
    marks = dict.fromkeys(number(normal(one)) for one in links if one.strip())
    place = normalise(locality)
    block = number(f"{recorded}\n{place}") if recorded and place else None
    return Keys(tuple(marks), block)


def of_entry(entry: Entry) -> Keys:
    """Return the keys of an entry."""
    links = (evidence.url for evidence in entry.evidence)
    return keys(links, entry.recorded, entry.filmed[0].locality)


def of_flat(flat: Mapping[str, str]) -> Keys:
    """Return the keys of a flat row."""
    links = flat.get("evidence_url", "").replace(";", "\n").split("\n")
    locality = flat.get("locality", "").split(";")[0]
    return keys(links, flat.get("recorded", "").strip(), locality.strip())


def number(text: str) -> int:
    """Return a number of 64 bits that stands for a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


@dataclass
class Survey:
    """The keys of all rows of a file, eight bytes each."""

    links: array[int] = field(default_factory=lambda: array("q"))
    blocks: array[int] = field(default_factory=lambda: array("q"))

    def see(self, found: Keys) -> None:
        """Take in the keys of one row."""
        self.links.extend(found.links)
        if found.block is not None:
            self.blocks.append(found.block)

    def watch(self, standing: Iterable[Entry]) -> Watch:
        """Return what finds duplicates in the file and among the entries that stand."""
        links, blocks = _Sorted(self.links), _Sorted(self.blocks)
        watch = Watch(links.repeated(), blocks.repeated())
        if not self.links and not self.blocks:
            return watch
        for entry in standing:
            found = of_entry(entry)
            known = Keys(
                tuple(one for one in found.links if one in links),
                found.block if found.block is not None and found.block in blocks else None,
            )
            if known.links or known.block is not None:
                watch.links_wanted.update(known.links)
                watch.blocks_wanted.update([] if known.block is None else [known.block])
                watch.keep(_Seen(0, entry.id, entry.title), known)
        return watch


class _Sorted:
    def __init__(self, values: array[int]) -> None:
        self._values = np.sort(np.frombuffer(values, dtype=np.int64)) if values else np.zeros(0)

    def repeated(self) -> set[int]:
        values = self._values
        return {int(one) for one in values[1:][values[1:] == values[:-1]]}

    def __contains__(self, value: int) -> bool:
        at = bisect_left(self._values, value)
        return at < len(self._values) and int(self._values[at]) == value


@dataclass(frozen=True)
class _Seen:
    row: int
    id: str
    title: str


@dataclass
class Watch:
    """Finds what may be a duplicate of an earlier row or of an entry that stands."""

    links_wanted: set[int]
    blocks_wanted: set[int]
    """Keys that occur more than once; nothing is remembered of the others."""
    _links: dict[int, list[_Seen]] = field(default_factory=dict)
    _blocks: dict[int, list[_Seen]] = field(default_factory=dict)

    def duplicate(self, row: int, entry: Entry) -> Duplicate | None:
        """Return which entry this one may be once more, None if none; and remember it."""
        found = of_entry(entry)
        seen = _Seen(row, entry.id, entry.title)
        other = next(self._same_link(seen, found), None)
        why = SAME_LINK
        if other is None:
            other, why = next(self._alike(seen, found), None), ALIKE
        self.keep(seen, found)
        if other is None:
            return None
        return Duplicate(row, other.id, other.row, why, (entry.title, other.title))

    def keep(self, seen: _Seen, found: Keys) -> None:
        """Remember an entry under those of its keys that occur again."""
        wanted = [(self._links, one) for one in found.links if one in self.links_wanted]
        if found.block is not None and found.block in self.blocks_wanted:
            wanted.append((self._blocks, found.block))
        for known, key in wanted:
            if len(known.setdefault(key, [])) < _MOST:
                known[key].append(seen)

    def _same_link(self, seen: _Seen, found: Keys) -> Iterator[_Seen]:
        for link in found.links:
            yield from (o for o in self._links.get(link, []) if o.id != seen.id)

    def _alike(self, seen: _Seen, found: Keys) -> Iterator[_Seen]:
        others = self._blocks.get(found.block, []) if found.block is not None else []
        for other in others:
            near = fuzz.ratio(seen.title, other.title, processor=utils.default_process)
            if near >= _ALIKE and other.id != seen.id:
                yield other
