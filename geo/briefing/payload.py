"""What the browser gets of a deck: plain values, base64 and nothing that could be taken for code.

Texts travel as they are; the scripts of `geo/deck` write them as text alone.
"""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

from geo import layers
from geo.briefing.prose import Block, Run
from geo.briefing.screen import Deck, Question, Screen, Shown
from geo.timeline import Bar, Timeline

VERSION = 1
_EPOCH = dt.date(1970, 1, 1)

WORDS = {
    "step": "Step {n} of {all}",
    "next": "Next",
    "back": "Back",
    "places": "Places on this map",
    "no_places": "Nothing that is shown has a place.",
    "notes": "Speaker notes",
    "no_notes": "No notes for this step.",
    "presenter": "Presenter window",
    "full": "Full screen",
    "help": "Keys",
    "close": "Close",
    "black": "The screen is black. B shows it again.",
    "popups": "Allow pop-ups for this page, then press P again: the notes open in a window.",
    "unread": "The data of this briefing could not be read; the file may be cut short.",
    "begin": "→ or Space begins · ? lists the keys",
    "as_of": "Data as of {date}",
    "frozen": "Frozen: data as of {date}",
    "sha": "SHA-256 of the data",
    "sha_same": "computed again here: it is this data",
    "sha_other": "The data in this file is not what was handed over: its SHA-256 is another.",
    "filters": "Filters, as python -m geo stats --filters takes them",
    "then": "Next",
    "last": "This is the last one.",
    "elapsed": "Elapsed",
    "clock": "Clock",
    "pause": "Pause",
    "resume": "Go on",
    "reset": "Set to zero",
    "entries_here": "Entries here",
    "not_told": "This briefing has too many entries to list them one by one.",
    "more_entries": "and {n} more entries",
    "more_places": "and {n} more places",
    "certain": "{n} certain",
    "possible": "{n} possible",
    "certainly": "Certain",
    "possibly": "Possible",
    "link": "Open the source",
    "credit": "Credit: {credit}",
    "recorded": "Recorded",
    "dateless": "No entry carries a date. Dates are never guessed.",
    "undated": "Date unknown",
    "choose": "Choose a time: it limits the map; once more lifts it",
    "within": "Of these, {n} in {time}",
    "within_undated": "Of these, {n} with an unknown date",
    "any_time": "Any time",
    "wider": "{n} more with a wider date",
    "hatched": "hatched: date wider than a bar, spread over it",
    "quarter": "Q{q} {y}",
    "decade": "{n}s",
    "entry": "Entry",
    "where": "Where",
    "region": "Region",
    "map": "Map: {headline}. Shift and arrow keys move it, Shift+N and Shift+P go from symbol to"
    " symbol, Enter lists the entries there.",
    "text": "Text of this step",
    "controls": "Steps and tools",
    "key_next": "next step",
    "key_back": "step before",
    "key_ends": "first, last step",
    "key_number": "that step",
    "key_black": "black screen",
    "key_theme": "light or dark",
    "key_scroll": "move the text",
    "key_map": "move the map, while it has the focus",
    "key_escape": "close what is open, lift a chosen time",
    "key_space": "Space",
    "key_digits": "number, Enter",
    "key_swipe": "On a touch screen: swipe over the text.",
}
"""The deck's own texts by their keys. The scripts fill the places in braces."""

NO_SCRIPT = "This briefing draws its maps in the browser: allow scripts for this file. Nothing is\
 asked of any network."


def payload(deck: Deck) -> dict[str, Any]:
    """Return everything that the browser needs to present a deck, as values fit for JSON.

    `data` is the text whose SHA-256 the deck names: the browser reads points, bits and entries
    out of it and checks the mark.
    """
    t, briefing = deck.t, deck.briefing
    return {
        "v": VERSION,
        "id": briefing.id,
        "language": t.language,
        "title": briefing.title,
        "author": briefing.author,
        "date": briefing.date,
        "asOf": deck.as_of,
        "frozen": briefing.frozen is not None,
        "profile": deck.profile,
        "generalised": deck.generalised,
        "credits": list(deck.credits),
        "sha256": deck.sha256,
        "entries": deck.size,
        "data": deck.data,
        "mark": deck.points.mark,
        "screens": [_screen(screen) for screen in deck.screens],
        "words": {key: t(text) for key, text in WORDS.items()},
        "engine": layers.words(t),
    }


def _screen(screen: Screen) -> dict[str, Any]:
    return {
        "key": screen.key,
        "kind": screen.kind,
        "headline": screen.headline,
        "blocks": [_block(block) for block in screen.blocks],
        "notes": screen.notes,
        "beside": screen.beside.value,
        "timeline": _timeline(screen.timeline) if screen.timeline else None,
        "regions": [list(region) for region in screen.regions],
        "tint": screen.tint,
        "rows": [list(row[1:]) for row in screen.rows],
        "moreRows": screen.more_rows,
        "picture": _picture(screen.exhibit, screen.headline) if screen.exhibit else None,
        "leftOut": screen.left_out,
        **_question(screen.question),
    }


def _question(question: Question | None) -> dict[str, Any]:
    """Return what was asked and counted; `map` is false where there is none."""
    if question is None:
        return {
            "map": False, "sentence": "", "query": "", "counts": [], "shown": 0, "view": None,
            "marked": [], "spots": [], "moreSpots": 0,
        }  # fmt: skip
    view = question.view
    return {
        "map": True,
        "sentence": question.sentence,
        "query": question.query,
        "counts": list(question.counts),
        "shown": question.stats.shown,
        "view": [view.lat, view.lon, view.zoom] if view else None,
        "marked": list(question.marked),
        "spots": [list(spot) for spot in question.spots],
        "moreSpots": question.more_spots,
    }


def _block(block: Block) -> list[Any]:
    return [block.kind, block.level, block.number, [_run(run) for run in block.runs]]


def _run(run: Run) -> list[str]:
    """Return the text, its styles as letters (b, i, c for code), and its link."""
    styles = {"b": run.bold, "i": run.italic, "c": run.code}
    return [run.text, "".join(letter for letter, on in styles.items() if on), run.link]


def _timeline(drawn: Timeline) -> dict[str, Any]:
    return {
        "unit": drawn.unit.value,
        "bars": [_bar(bar) for bar in drawn.bars],
        "dated": drawn.dated,
        "unknown": drawn.unknown,
    }


def _bar(bar: Bar) -> dict[str, Any]:
    return {
        "first": bar.first.isoformat(),
        "last": bar.last.isoformat(),
        "days": [(bar.first - _EPOCH).days, (bar.last - _EPOCH).days],
        "exact": list(bar.exact),
        "partial": [round(share, 3) for share in bar.partial],
        "touching": bar.touching,
    }


def _picture(shown: Shown, headline: str) -> dict[str, Any]:
    return {
        "src": f"data:image/jpeg;base64,{base64.b64encode(shown.data).decode()}",
        "width": shown.width,
        "height": shown.height,
        "alt": shown.caption or headline,
        "caption": shown.caption,
        "credit": shown.credit,
    }
