"""HTML pages: the article without menus and adverts, and what the page states about itself."""

from __future__ import annotations

import re

from geo.document.content import Content, printable
from geo.document.plain import decoded
from geo.errors import InputError

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,500}?\blang=[\"']?([A-Za-z-]{2,10})", re.IGNORECASE)
_OPENING = re.compile(r"<[A-Za-z]")

MOST_PARTS = 20_000
"""Elements of a page that is read; time grows faster than their number."""

_THOROUGH = 4_000
"""Up to this many, a second way of finding the article is tried where the first is in doubt."""

_OWN_DATE = {"extensive_search": False, "original_date": True}
"""Only a date that the page states in its own fields; none is looked for in the text."""


def read(data: bytes) -> Content:
    """Return the article of a page; raises `InputError` when there is none in it."""
    import trafilatura

    page, guessed = _decoded(data)
    parts = len(_OPENING.findall(page))
    if parts > MOST_PARTS:
        raise InputError("The page is built of more than an article; copy its text into a file.")
    try:
        found = trafilatura.bare_extraction(
            page, with_metadata=True, include_comments=False, include_tables=False,
            favor_recall=True, fast=parts > _THOROUGH, date_extraction_params=_OWN_DATE,
        )  # fmt: skip
    except (ValueError, RecursionError, LookupError) as error:
        raise _no_article() from error
    if found is None or isinstance(found, dict) or not found.text:
        raise _no_article()
    title, text = printable(found.title or ""), printable(found.text)
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    spoken = _LANGUAGE.search(page[:5_000])
    return Content(
        text, title, found.sitename or "", found.date or "", spoken[1] if spoken else "", guessed
    )


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the page's text by the encoding that it states, or as plain text would be read."""
    stated = _CHARSET.search(data[:4_096])
    if stated:
        try:
            return data.decode(stated[1].decode("ascii")), ""
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(data)


def _no_article() -> InputError:
    return InputError("No article was found in the page; copy its text into a .txt file.")
