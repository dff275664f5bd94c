"""Which language a text is in, by its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

_COMMON = {
    "en": "the of and to in that was for on with is at by from said were which has had".split(),
    "de": "der die und das den von mit ist nicht ein eine im auf dem sich des wurde auch".split(),
    "fr": "le la les des et un une dans est que du pour sur qui au avec pas sont été".split(),
    "es": "el la los las de que y en un una del por con para se su al fue está".split(),
    "it": "il lo gli di che un una per con del della sono non nel alla dei è".split(),
    "pt": "o os as de que e em um uma do da para com não no na foi são".split(),
    "nl": "de het een van en in op te dat niet met voor zijn is aan door".split(),
    "id": "yang dan di dengan untuk dari ini itu pada tidak dalam adalah".split(),
    "tr": "ve bir bu için ile olarak da de olan çok daha sonra".split(),
    "pl": "i w na z się nie do jest że to przez oraz".split(),
}
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
    counts = {code: sum(words[word] for word in common) for code, common in _COMMON.items()}
    best = max(counts, key=lambda code: counts[code])
    if counts[best]:
        return best
    return "en" if text.isascii() and words else ""
