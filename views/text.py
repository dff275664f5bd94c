"""Text from outside on its way to the screen: always shown letter for letter, never as markup."""

from __future__ import annotations

import re
from html import escape

from geo.errors import GeoError
from geo.i18n import Translator

_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of writing, of the words around them too."""


def visible(text: str) -> str:
    """Return the text with signs that would reorder our own words shown by their codes."""
    return _DIRECTIONS.sub(lambda sign: f"⟨U+{ord(sign[0]):04X}⟩", text)


_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def label(text: str) -> str:
    """Return text for a label that Streamlit reads as Markdown, every sign escaped."""
    return _SIGNS.sub(r"\\\1", visible(text).replace("--", "-\N{WORD JOINER}-").replace("\n", " "))


def tag(name: str, text: str, kind: str = "") -> str:
    """Return an HTML element that holds the text as text, with one class of ours."""
    return f'<{name} class="{kind}">{escape(visible(text))}</{name}>'


def link(url: str, said: str = "") -> str:
    """Return a link to a web address, shown as it is or as `said`; anything else stays text."""
    shown = escape(visible(said or url))
    if not url.startswith(("http://", "https://")):
        return shown
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def counted(t: Translator, number: int, one: str, many: str) -> str:
    """Return the text for the number, which stands at `{n}`."""
    return t(one if number == 1 else many, n=f"{number:,}")


def spaced(t: Translator, value: str) -> str:
    """Return a closed list's member as words of the interface's language."""
    return t(value.replace("_", " "))


def told(t: Translator, error: GeoError) -> str:
    """Return an error's sentence for a label; what it quotes is shown letter for letter."""
    return t(error.sentence, **{name: label(str(value)) for name, value in error.values.items()})
