"""The map in words: its places with the entries that are certainly and only possibly there."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.briefing.screen import Spot
from geo.i18n import Translator
from geo.layers import WORDS

LISTED = 30
"""Places of one screen that are named; of the others it is said how many they are."""


class Counting:
    """The places of a deck, counted for one screen after the other."""

    def __init__(self, t: Translator, placed: dict[str, NDArray[Any]]) -> None:
        self._t = t
        self._columns = placed
        ids, self._first, place = np.unique(
            placed["place_id"], return_index=True, return_inverse=True
        )
        self._number = len(ids)
        possible = placed["certainty"] == "possible"
        # Each entry once a place, certain before possible.
        order = np.lexsort((possible, placed["entry_no"], place))
        pairs = np.stack([place[order], placed["entry_no"][order]])
        new = np.ones(len(order), dtype=np.bool_)
        new[1:] = (pairs[:, 1:] != pairs[:, :-1]).any(axis=0)
        self._place, self._entry = pairs[:, new]
        self._possible = possible[order][new]

    def spots(self, passing: NDArray[np.bool_]) -> tuple[tuple[Spot, ...], int]:
        """Return the places of the entries that pass, most entries first, and how many more."""
        kept = passing[self._entry]
        certain, possible = (
            np.bincount(self._place[kept & which], minlength=self._number)
            for which in (~self._possible, self._possible)
        )
        order = np.lexsort((-certain, -(certain + possible)))
        found = [one for one in order[: LISTED + 1] if certain[one] + possible[one]]
        number = int(((certain + possible) > 0).sum())
        spots = tuple(self._spot(one, certain, possible) for one in found[:LISTED])
        return spots, number - len(spots)

    def _spot(self, one: int, certain: NDArray[np.int64], possible: NDArray[np.int64]) -> Spot:
        row, t = self._first[one], self._t
        name = t.name(str(self._columns["name"][row]), str(self._columns["native"][row]))
        said = t(WORDS[f"precision_{self._columns['precision'][row]}"])
        return Spot(name, said, int(certain[one]), int(possible[one]))
