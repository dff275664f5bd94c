"""PDF files: the text of their pages."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from geo.document.content import Content, printable
from geo.errors import InputError

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 300
MOST_CHARACTERS = 1_000_000
MOST_DRAWN = 2_000_000
"""Bytes of the commands that draw a page, unpacked."""

MOST_S = 20.0


def read(data: bytes) -> Content:
    """Return the text of a PDF's pages, lines joined to paragraphs.

    Raises `InputError` for a file with a password, one that is damaged, or one that unpacks
    to more than an article.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        opened = PdfReader(io.BytesIO(data))
        if opened.is_encrypted and not opened.decrypt(""):
            raise InputError("The PDF has a password; save a copy without one.")
        if len(opened.pages) > MOST_PAGES:
            raise _too_long()
        text = "\n\n".join(_pages(opened))
        title = (opened.metadata.title if opened.metadata else "") or ""
    except InputError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError,
            RecursionError, OverflowError, NotImplementedError, ImportError) as error:  # fmt: skip
        raise InputError(
            "The PDF is damaged or uses what cannot be read; copy its text into a .txt file."
        ) from error
    return Content(printable(joined(text)), str(title))


def _pages(opened: PdfReader) -> Iterator[str]:
    """Yield the text of each page, while they are no more and no slower than an article's."""
    length, until = 0, time.monotonic() + MOST_S
    for page in opened.pages:
        drawn = page.get_contents()
        if drawn is not None and len(drawn.get_data()) > MOST_DRAWN:
            raise _too_long()
        text = page.extract_text()
        length += len(text)
        if length > MOST_CHARACTERS or time.monotonic() > until:
            raise _too_long()
        yield text


def joined(text: str) -> str:
    """Return the text with the lines of a paragraph joined; a PDF breaks them by the page."""
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text.replace("\r", ""))
    text = re.sub(r"[ \t]+", " ", text)
    return re.sub(r"(?<![.!?:”\"\n])\n(?=\S)", " ", text).strip()


def _too_long() -> InputError:
    return InputError("The PDF is longer than an article; give the pages that matter alone.")
