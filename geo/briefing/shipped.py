"""The briefing that the project ships with, over the entries that it ships with."""

from __future__ import annotations

from pathlib import Path

from geo.briefing import files
from geo.store import Store

SHIPPED = Path(__file__).parents[2] / "data" / "briefings" / "what-two-reports-show.json"
_ONCE = "briefings"


def fill_if_new(store: Store) -> bool:
    """Give a store that holds the shipped entries their briefing, once; return whether it did."""
    if store.setting(_ONCE) or len(store.entries(_OVER)) < len(_OVER):
        return False
    briefing = files.read(SHIPPED.read_bytes())
    return store.save([briefing], "Glimpse", "shipped with the project", once=_ONCE) > 0


_OVER = ("A1", "B1")
"""Entries that it speaks of, by which a store with the shipped ones is known."""
