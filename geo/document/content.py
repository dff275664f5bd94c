"""What is read from a file: its text and what it states about itself."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from geo.dates import interval
from geo.errors import InputError

GUESSED = "The file does not say its encoding; it was read as {encoding}. Check the names in it."
"""The notice of a document whose encoding is a guess."""

_TITLE = 200
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Document:
    """An article as text; what it does not state is ""."""

    text: str
    title: str = ""
    outlet: str = ""
    published: str = ""
    """EDTF; only a date that the page states as its own."""
    language: str = ""
    url: str = ""
    encoding: str = ""
    """The encoding, where it was guessed; see `GUESSED`."""


@dataclass(frozen=True)
class Content:
    """What a reader found, before it is checked."""

    text: str
    title: str = ""
    outlet: str = ""
    published: str = ""
    language: str = ""
    guessed: str = ""

    def document(self) -> Document:
        """Return the checked document; the title is the first line where none is stated."""
        return Document(
            self.text, line(self.title) or first_line(self.text), line(self.outlet),
            _date(self.published), _code(self.language), encoding=self.guessed,
        )  # fmt: skip


def line(text: str) -> str:
    """Return text on one line without control characters, cut to the length of a title."""
    return " ".join(_CONTROL.sub(" ", text).split())[:_TITLE]


def first_line(text: str) -> str:
    """Return the headline: a short first line that stands apart and is no sentence; or ""."""
    first, _, rest = text.strip().partition("\n")
    headline = line(first)
    if not rest.strip() or len(first.strip()) > _TITLE or headline.endswith((".", ":", ",")):
        return ""
    return headline


def printable(text: str) -> str:
    """Return the text with each control character replaced by a blank: offsets stay."""
    return _CONTROL.sub(" ", text)


def _date(text: str) -> str:
    day = text.strip()[:10]
    with suppress(InputError):
        interval(day)
        return day
    return ""


def _code(text: str) -> str:
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", text.strip())
    return found[0].lower() if found else ""
