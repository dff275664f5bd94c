"""The interface's words in English and Korean, keyed by the English text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "ko": "한국어"}
"""Language codes and their own names, the default first."""

_FOLDER = Path(__file__).parent.parent / "data" / "translations"
_HANGUL = re.compile("[\uac00-\ud7a3]")


@dataclass(frozen=True)
class Translator:
    """`t(text, **values)`: the text in the interface's language, its `{placeholders}` filled.

    A text without a translation comes back as it is, so that words from outside
    (a report's own category, say) may be passed through it unharmed.
    """

    language: str

    def __call__(self, text: str, /, **values: object) -> str:
        """Return the text in the language, the values put into their places."""
        said = _texts(self.language).get(text, text)
        return said.format(**values) if values else said

    def name(self, name: str, native: str = "") -> str:
        """Return a place's name in both scripts, the one of the interface's language first.

        "Pyongyang 평양" in English, "평양 Pyongyang" in Korean; one name when there is no other.
        """
        if not native or native == name:
            return name
        first = self.language == "ko" and _HANGUL.search(native)
        return f"{native} {name}" if first else f"{name} {native}"


def translator(language: str) -> Translator:
    """Return the translator of a language; an unknown language answers in English."""
    return Translator(language)


def language_of(*wishes: str | None) -> str:
    """Return the first wish ("ko", "ko-KR") that is a language of the interface, else "en"."""
    for wish in wishes:
        code = (wish or "").replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return next(iter(LANGUAGES))


@cache
def _texts(language: str) -> dict[str, str]:
    path = _FOLDER / f"{language}.json"
    if language not in LANGUAGES or not path.exists():
        return {}
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts
