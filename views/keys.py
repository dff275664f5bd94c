"""The keys of the pages, as the list behind `?` shows them and as the help page says them."""

from __future__ import annotations

from typing import Any

from geo.i18n import Translator

KEYS = (
    (
        "Everywhere",
        (
            (("/",), "Search"),
            (("m",), "Go to the map"),
            (("?",), "List the keys"),
            (("Esc",), "Close what is open"),
            (("Tab",), "Go to the next control; with Shift to the one before"),
        ),
    ),
    (
        "On the map",
        (
            (("←", "→", "↑", "↓"), "Move the map"),
            (("+", "−"), "Zoom in and out"),
        ),
    ),
    (
        "In lists and tables",
        (
            (("←", "→", "↑", "↓"), "Go to the next row or choice"),
            (("Space",), "Choose it"),
        ),
    ),
    (
        "On the review page",
        (
            (("n", "p"), "Next and previous"),
            (("a",), "Accept the first candidate"),
        ),
    ),
)
"""Headings, and under each the keys with what they do."""


def data(t: Translator) -> dict[str, Any]:
    """Return what the script needs: the list in words, and the keys that can be turned off."""
    every = [key for _, rows in KEYS for keys, _ in rows for key in keys]
    return {
        "words": {
            "title": t("Keys"),
            "close": t("Close"),
            "toggle": t("Single keys act (turn off if you speak to your computer)"),
        },
        "list": [
            [t(heading), [[list(keys), t(text)] for keys, text in rows]] for heading, rows in KEYS
        ],
        "keys": [key for key in every if len(key) == 1 and key.isascii() and key != "+"],
    }
