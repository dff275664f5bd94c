"""Measuring: the quickest of several runs, and a line that says a ratio."""

from __future__ import annotations

import time
from collections.abc import Callable


def quickest(
    work: Callable[[], object], runs: int = 5, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return the seconds of the quickest of several runs; the others met a busy machine.

    With `time.process_time` these are seconds of one core, whoever else uses the machine.
    """
    best = float("inf")
    for _ in range(runs):
        start = clock()
        work()
        best = min(best, clock() - start)
    return best


def line(claim: str, ours: float, peer: str, theirs: float, unit: str) -> str:
    """Return one claim: ours, the peer's, and how many times ours goes into it."""
    return f"{claim}: {ours:,.2f} {unit}; {peer}: {theirs:,.2f} {unit}; ratio {theirs / ours:,.1f}"
