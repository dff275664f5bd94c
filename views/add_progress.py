"""How far the reading of a file has come; a click on Cancel ends it at the next step."""

from __future__ import annotations

import time

from streamlit.delta_generator import DeltaGenerator

from geo.i18n import Translator

_EVERY_S = 0.2


class Steps:
    """The progress of an import on the page.

    Each drawing is also where Streamlit ends the run when a person has clicked; nothing was
    saved then, since the transaction ends with the run.
    """

    def __init__(self, t: Translator, place: DeltaGenerator, total: int = 0) -> None:
        self.t, self._total = t, total
        self._rows = 0
        self._drawn = self._started = time.monotonic()
        self._bar = place.progress(0.0, t("Reading the file …"))

    def rows(self, done: int) -> None:
        """Take the number of rows that were understood so far."""
        self._rows = done
        self._draw()

    def cancelled(self) -> bool:
        """Give the page a chance to end the run; return False, since it ends by itself."""
        if not self._rows:
            self._started = time.monotonic()  # the clock runs from the first row that is geocoded
        if time.monotonic() - self._drawn >= _EVERY_S:
            self._draw()
        return False

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        if not self._rows:
            self._bar.progress(0.0, self.t("Reading the file …"))
            return
        rate = self._rows / max(0.001, self._drawn - self._started)
        share = min(1.0, self._rows / self._total) if self._total else 0.0
        said = self.t("{n} rows, {rate} a second", n=f"{self._rows:,}", rate=f"{rate:,.0f}")
        self._bar.progress(share, said)
