"""The interface's words in English and Korean, keyed by the English text."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "ko": "한국어"}
"""Language codes and their own names, the default first."""

Translator = Callable[..., str]
"""`t(text, **values)`: the text in the interface's language, its `{placeholders}` filled."""

_FOLDER = Path(__file__).parent.parent / "data" / "translations"


def translator(language: str) -> Translator:
    """Return the translator of a language; an unknown language answers in English.

    A text without a translation comes back as it is, so that words from outside
    (a report's own category, say) may be passed through it unharmed.
    """
    texts = _texts(language)

    def t(text: str, /, **values: object) -> str:
        said = texts.get(text, text)
        return said.format(**values) if values else said

    return t


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
