"""Plain text in whatever encoding it was saved."""

from __future__ import annotations

import codecs
from contextlib import suppress

from geo.document.content import Content, printable
from geo.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4_000
_HANGUL_SHARE = 0.5
"""Share of the letters beyond ASCII that must be Hangul for text to be read as CP949."""


def read(data: bytes) -> Content:
    """Return the text, letter for letter; a guessed encoding is named."""
    text, guessed = decoded(data)
    return Content(printable(text), guessed=guessed)


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding where that is a guess, else "".

    A mark at the beginning and valid UTF-8 are no guesses. Raises `InputError` for bytes
    that are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _certain(data, encoding), ""
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8")
        if "\x00" not in text:
            return text, ""
    return _guessed(data)


def _certain(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text() from error


def _guessed(data: bytes) -> tuple[str, str]:
    odd, even = data[1:_SAMPLE:2].count(0), data[0:_SAMPLE:2].count(0)
    if odd or even:
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        if max(odd, even) * 8 < min(len(data), _SAMPLE):
            raise _no_text()
        text = _certain(data, encoding)
        if "\x00" in text:
            raise _no_text()
        return text, encoding
    with suppress(UnicodeDecodeError):
        text = data.decode("cp949")
        beyond = [letter for letter in text if ord(letter) > 127]  # noqa: PLR2004 - ASCII
        if sum("가" <= letter <= "힣" for letter in beyond) > _HANGUL_SHARE * len(beyond):
            return text, "cp949"
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise _no_text()
    return str(best), best.encoding


def _no_text() -> InputError:
    return InputError("The file holds no readable text; save it as UTF-8 and try again.")
