"""Which language a text is in, by its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

from geo.article.words import common_words

_SCRIPTS = (
    ("ko", re.compile("[가-힣]")),
    ("ja", re.compile("[ぁ-ヿ]")),
    ("zh", re.compile("[一-鿿]")),
    ("ru", re.compile("[А-яЁё]")),
    ("ar", re.compile("[ء-ي]")),
)
_SHARE = 0.2
"""Share of a script's letters from which it is the text's: names are quoted in others."""


def language(text: str) -> str:
    """Return the ISO 639 code of the text's language, or "" when it cannot be told.

    Cyrillic counts as Russian and Arabic letters as Arabic: it is enough to know that the
    text is neither English nor Korean.
    """
    letters = sum(map(str.isalpha, text)) or 1
    for code, letter in _SCRIPTS:
        if len(letter.findall(text)) / letters > _SHARE:
            return code
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    counts = {code: sum(words[word] for word in common) for code, common in common_words().items()}
    best = max(counts, key=lambda code: counts[code])
    if counts[best] >= _FEW and counts[best] > 2 * counts["en"]:
        return best  # names in an English text are often Spanish or French
    return "en" if counts["en"] else _guess(text)


_FEW = 2
"""Telling words from which a language is told; one may be part of a name."""


def _guess(text: str) -> str:
    """Return "en" for text without any telling word whose letters are nearly all plain."""
    letters = [letter for letter in text if letter.isalpha()]
    plain = sum(map(str.isascii, letters))
    return "en" if letters and plain > _PLAIN * len(letters) else ""


_PLAIN = 0.9
