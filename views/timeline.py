"""The timeline under the map: bars of time to choose from and to play, and the unknown dates.

Drawn by a component of ours and not by Altair: Vega-Lite knows no hatching, its brush can be
moved by the mouse alone, neither by keys nor kept from one run of the script to the next, and a
chart whose data change is built anew, which flickers. This one takes no address of any network.

Playback runs in the browser. The map has the days of every entry (`geo.points`), so a step is a
message from the timeline to the map's frame and costs one pass over the entries, where a run of
the script costs 90 ms of a server that all sessions share. A pause writes what is seen into the
address, and the server's answer shows the same.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import streamlit as st

from geo import assets, points
from geo.dates import interval
from geo.filters import Filters
from geo.filters.days import UNKNOWN
from geo.index import Index
from geo.timeline import Bar, Timeline, timeline
from views import address
from views.lists import View

_HERE = Path(__file__).parent
_SCRIPTS = (assets.BARS, _HERE / "timeline_play.js", _HERE / "timeline.js")
_EPOCH = dt.date(1970, 1, 1)

_TURN = "time-turn"
"""The number of the last choice that this session knows, so that the browser can tell a late
answer from the one that it waits for."""

_component = st.components.v2.component(
    "glimpse.timeline",
    js="\n".join(path.read_text(encoding="utf-8") for path in _SCRIPTS),
    css=(_HERE / "timeline.css").read_text(encoding="utf-8"),
)

_SAID = {
    "heading": "Recorded",
    "unknown": "Date unknown",
    "unknown_only": "Show only the entries whose date is unknown",
    "none": "No entry carries a date. Dates are never guessed.",
    "nothing": "No entry fits the other filters.",
    "dated": "{n} with a date, {unit}",
    "by_day": "by day",
    "by_week": "by week",
    "by_month": "by month",
    "by_quarter": "by quarter",
    "by_year": "by year",
    "by_decade": "by decade",
    "by_century": "by century",
    "hatched": "hatched: date wider than a bar, spread over it",
    "more": "{n} more with a wider date",
    "open_start": "{n} without a beginning, spread from the first bar on",
    "open_end": "{n} without an end, spread to the last bar",
    "clear": "Any time",
    "any": "any time",
    "choose": "Choose a time",
    "keys": "← → move · Shift widens · Enter applies · Esc clears · , . step",
    "playback": "Playback",
    "play": "Play",
    "pause": "Pause and keep what is seen",
    "stop": "Stop and go back",
    "back": "One step back",
    "forth": "One step on",
    "mode": "What a step shows",
    "all": "Cumulative",
    "window_one": "{n} bar",
    "window": "{n} bars",
    "pace": "Speed: steps a second",
    "shown": "{n} shown",
    "time": "Time",
    "inside": "Recorded in it",
    "wider": "With a wider date",
    "quarter": "Q{q} {y}",
    "decade": "{n}s",
}


def draw(view: View) -> None:
    """Draw the timeline; a choice goes into the address and runs the page anew."""
    index, others = view.shelf.index, view.filters.without("recorded")
    drawn = _counted(index, others, others.query(), index.edition)
    with st.container(key="timeline"):
        _component(key="time", data=_told(view, drawn), on_recorded_change=_chosen)


def played_from(view: View) -> str | None:
    """Return the bitset of what all filters but the date's let through, None if that is no other.

    From these entries the browser picks those of each step.
    """
    if not view.filters.recorded:
        return None
    return points.bitset(view.shelf.index.passing(view.filters.without("recorded")))


@st.cache_data(max_entries=16, show_spinner=False)
def _counted(_index: Index, _filters: Filters, query: str, edition: str) -> Timeline:  # noqa: ARG001 - the cache's key
    return timeline(_index.intervals(_filters))


def _told(view: View, drawn: Timeline) -> dict[str, Any]:
    """Return what the component draws, in plain values."""
    asked, said = view.filters.recorded, {key: view.t(text) for key, text in _SAID.items()}
    if not view.shelf.index.size:
        said["nothing"] = view.t("No entry yet.")
    dated = bool(asked) and asked != UNKNOWN
    return {
        "lang": view.language,
        "words": said,
        "unit": drawn.unit.value,
        "bars": [_bar(bar) for bar in drawn.bars],
        "dated": drawn.dated,
        "unknown": drawn.unknown,
        "open_start": drawn.open_start,
        "open_end": drawn.open_end,
        "recorded": asked,
        "chosen": drawn.touched(*interval(asked)) if dated else None,
        "turn": st.session_state.get(_TURN, 0),
        "undated": "recorded" in view.filters.undated,
    }


def _bar(bar: Bar) -> dict[str, Any]:
    return {
        "first": bar.first.isoformat(),
        "last": bar.last.isoformat(),
        "start": bar.start,
        "end": bar.end,
        "days": [(bar.first - _EPOCH).days, (bar.last - _EPOCH).days],
        "exact": bar.exact,
        "partial": [round(share, 3) for share in bar.partial],
        "touching": bar.touching,
    }


def _chosen() -> None:
    """Write what the person chose into the address, where nonsense is ignored as any other."""
    match st.session_state["time"].get("recorded"):
        case {"text": str(asked), "turn": int(turn)}:
            st.session_state[_TURN] = turn
            address.write("recorded", asked)
            st.rerun()
