"""The counts that stand under every filter, as phrases; none is hidden by one."""

from __future__ import annotations

from geo.i18n import Translator
from geo.index import Stats


def phrases(t: Translator, stats: Stats, withheld: int = 0) -> list[str]:
    """Return the counts as phrases in Markdown, the numbers bold; see `unmarked`."""
    known = t("**{n}** in a known place", n=f"{stats.certain:,}")
    if stats.inferred:
        known += t(", {n} of them inferred", n=f"{stats.inferred:,}")
    verified = stats.shown - stats.unverified
    parts = [
        t("**{shown}** of {total} entries", shown=f"{stats.shown:,}", total=f"{stats.total:,}")
        + t(
            " from **{n}** report" if stats.reports == 1 else " from **{n}** reports",
            n=f"{stats.reports:,}",
        ),
        known,
        t("**{n}** possible", n=f"{stats.possible:,}"),
        t("**{n}** without a place", n=f"{sum(stats.unplaced.values()):,}"),
        t("**{n}** verified", n=f"{verified:,}") if verified else t("none verified"),
        t("**{n}** undated", n=f"{stats.undated:,}"),
    ]
    if withheld:
        parts.append(t("{n} withheld and not shown", n=f"{withheld:,}"))
    return parts


def unmarked(said: list[str]) -> list[str]:
    """Return the phrases as plain text."""
    return [phrase.replace("**", "") for phrase in said]
