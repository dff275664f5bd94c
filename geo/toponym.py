"""Place names as names: one spelling-blind key for the gazetteer and for the query."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = re.compile(r"[\u0300-\u036f'’‘ʼ`´\u00b7.\-‐‑‒–—_\s]+")
"""Marks on letters, apostrophes, hyphens, dots and blanks: spellings differ in them, places do not.

Only the general combining marks are dropped: in Indic and South-East Asian scripts the
vowels are marks too, and without them different names would become one.
"""

_HANGUL = re.compile(r"[가-힣]")


def normalise(name: str) -> str:
    """Return the key under which a name is kept and looked up; "" when no letter is left.

    1. compatibility forms apart (NFKD), so that full-width and composed letters are one;
    2. case folded; 3. marks, apostrophes, hyphens, dots and blanks dropped;
    4. composed again (NFC), so that Hangul is whole syllables.
    """
    if name.isascii():
        return _DROPPED.sub("", name.casefold())
    apart = unicodedata.normalize("NFKD", name).casefold()
    return unicodedata.normalize("NFC", _DROPPED.sub("", apart))


def is_hangul(name: str) -> bool:
    """Whether the name is written in Hangul, at least in part."""
    return bool(_HANGUL.search(name))


def containers(locality: str) -> tuple[str, list[str]]:
    """Split "Musan, North Hamgyong" into the name and what it lies in, innermost first.

    A locality without a comma has no containers. Nothing is dropped: a part that names no
    container counts against the candidates, it is never ignored.
    """
    parts = [part.strip() for part in re.split("[,，、]", locality)]
    return parts[0], [part for part in parts[1:] if part]
