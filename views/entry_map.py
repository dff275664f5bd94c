"""Where it is: places with their areas, how far geolocation moved them, and why here."""

from __future__ import annotations

import hashlib

import streamlit as st

from geo import claim, points
from geo.claim import Vector
from geo.entry import Outcome
from geo.i18n import Translator
from views import ledger
from views.candidate import points_map
from views.one import One
from views.text import tag


def draw(one: One) -> None:
    """Draw the map of the entry, the vectors in words, and the trail of each place."""
    t, entry = one.t, one.entry
    columns, moved = points.of_entry(entry), claim.vectors(one.history)
    if not len(columns["x"]):
        said = t("There is no place to show on the map.")
        st.html(f'<div class="card">{tag("p", said, "muted")}</div>')
    else:
        ends = [(each.claimed, each.verified, distance(t, each)) for each in moved]
        mark = hashlib.sha256(repr((entry.id, columns["place_id"], columns["x"])).encode())
        key = f"entry-{mark.hexdigest()[:12]}"  # other places, other view
        points_map(t, one.language, columns, 1, key, moved=ends)
    for each in moved:
        st.html(f'<div class="card vector">{tag("p", say(t, each))}</div>')
    waiting = [each for each in entry.filmed if each.unplaced == Outcome.REVIEW.value]
    if any(each.candidates for each in waiting):
        st.caption(
            t("Dashed: candidates of words that nobody has decided; it may be none of them.")
        )
    ledger.draw(t, one.shelf, entry)


def distance(t: Translator, vector: Vector) -> str:
    """Return a vector's length and direction in a few words."""
    return t("{km} km {wind}", km=_km(vector.metres), wind=t(vector.wind))


def say(t: Translator, vector: Vector) -> str:
    """Return a vector as a sentence: from which words, how far, to which place."""
    known = {
        "distance": distance(t, vector), "words": vector.words,
        "place": t.name(vector.verified.name, vector.verified.native),
        "radius": f"{vector.verified.uncertainty_m / 1000:.3g}",
    }  # fmt: skip
    if vector.inside:
        return t(
            "“{words}”: geolocated within the reported place, {distance} of its middle:"
            " {place}, within {radius} km.", **known,
        )  # fmt: skip
    return t(
        "“{words}”: geolocated {distance} of the reported place: {place}, within {radius} km.",
        **known,
    )


def _km(metres: float) -> str:
    return f"{metres / 1000:,.0f}" if metres >= _FAR_M else f"{metres / 1000:.1f}"


_FAR_M = 100_000
