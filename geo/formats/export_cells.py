"""Cells of a spreadsheet: none of them runs as a formula, and each comes back as it was."""

from __future__ import annotations

import re

_LIVE = ("=", "+", "-", "@", "\t", "\r", "'")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?")


def guarded(text: str) -> str:
    """Return the cell with a leading `'` where a spreadsheet would run it; plain numbers stay."""
    return f"'{text}" if text.startswith(_LIVE) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """Return the cell as it was before `guarded`; any other comes back as it is."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_LIVE) else text


_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold; the record refuses most of it already."""


def legal(text: str) -> str:
    """Return the text with what XML cannot hold shown as U+FFFD."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds, counted in UTF-16."""

_CUT = 16_000


def sheet(text: str) -> str:
    """Return what a spreadsheet's cell shows of a text: cut where it would not fit."""
    text = legal(text)
    if len(text) > _CUT and len(text.encode("utf-16-le")) > 2 * (LONGEST - 1):
        text = text[:_CUT] + "…"
    # XlsxWriter takes such a text for ready-made markup
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
