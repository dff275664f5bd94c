"""Cells that a spreadsheet would run: shown as text on the way out, restored on the way in."""

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
