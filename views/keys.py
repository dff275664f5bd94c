"""The keys of the pages, as the list behind `?` shows them and as the help page says them."""

from __future__ import annotations

from typing import Any

from geo.i18n import Translator
from views.text import tag

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
            (("n", "p"), "Go from symbol to symbol, the largest first"),
            (("Enter",), "Open the symbol"),
        ),
    ),
    (
        "On the timeline",
        (
            (("←", "→"), "Go to a bar; with Shift make the span longer"),
            (("Enter",), "Filter by it"),
            (("Space",), "Play or pause"),
            ((",", "."), "One step back, one step on"),
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
        "In the steps of a briefing",
        ((("Alt ↑", "Alt ↓"), "Move the step"),),
    ),
    (
        "While a briefing is presented",
        (
            (("→", "←"), "Next and previous"),
            (("Home", "End"), "First and last"),
            (("b",), "Black screen"),
            (("n", "p"), "Speaker notes, presenter window"),
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


def table(t: Translator) -> str:
    """Return the keys as HTML, with the button that opens the list with its switch."""
    parts = []
    for heading, rows in KEYS:
        said = "".join(
            f"<dt>{''.join(tag('kbd', key) for key in keys)}</dt>{tag('dd', t(text))}"
            for keys, text in rows
        )
        parts.append(f"{tag('h3', t(heading))}<dl>{said}</dl>")
    button = f'<button data-glimpse="keys">{t("List the keys, and turn them off")}</button>'
    return f'<div class="keys">{"".join(parts)}{button}</div>'
