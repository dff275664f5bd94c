"""Maps of a briefing's screens as pictures, each scene drawn once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geo.briefing.screen import Deck, Screen
from geo.errors import InputError
from geo.picture import Look, Scene, draw
from geo.steps import Beside

Maps = Callable[[Screen, int, int], bytes]
"""A screen and the width and height of its map in CSS pixels: the map as PNG, twice as fine."""


def maps_of(deck: Deck) -> Maps:
    """Return what draws the maps of a briefing; the same scene in the same size is drawn once."""
    drawn: dict[tuple[object, ...], bytes] = {}

    def picture(screen: Screen, width: int, height: int) -> bytes:
        question = screen.question
        if question is None:
            raise ValueError(f"the screen {screen.key!r} has no map")
        tinted = screen.regions if screen.beside is Beside.REGIONS else ()
        key = (question.passing.tobytes(), question.marked, question.view, tinted, width, height)
        if key not in drawn:
            drawn[key] = draw(scene(deck, screen), _look(deck, width, height), deck.t)
        return drawn[key]

    return picture


def scene(deck: Deck, screen: Screen, *, title: str = "", counts: str = "", day: str = "") -> Scene:
    """Return what a screen's map shows; the texts stand around it where they are given."""
    question = screen.question
    if question is None:
        raise ValueError(f"the screen {screen.key!r} has no map")
    view = question.view
    return Scene(
        rows=deck.rows_of(question),
        view=(view.lat, view.lon, view.zoom) if view else None,
        marked=frozenset(question.marked),
        title=title,
        counts=counts,
        day=day,
        regions={one.code: (one.certain, one.possible) for one in screen.regions}
        if screen.beside is Beside.REGIONS
        else None,
        region_names={one.code: one.name for one in screen.regions},
    )


def write_png(path: Path, deck: Deck, step: str, size: tuple[int, int]) -> None:
    """Write the map of one step with its headline, its counts and the date of the data below it.

    `step` is its name or its number from 1, "" the first; `size` is in CSS pixels, and the file
    has twice as many. Raises `InputError` for a step that the briefing does not have.
    """
    one = _step(deck, step)
    counted = one.question.counts if one.question else ()
    counts = " · ".join(filter(None, (*counted, deck.profile, one.left_out)))
    titled = scene(deck, one, title=one.headline, counts=counts, day=f"{deck.at:%Y-%m-%d}")
    look = Look(language=deck.t.language, width=size[0], height=size[1], legend=True, foot=True)
    path.write_bytes(draw(titled, look, deck.t))


def _step(deck: Deck, step: str) -> Screen:
    steps = [screen for screen in deck.screens if screen.question]
    for number, screen in enumerate(steps, 1):
        if step in ("", screen.key, str(number)):
            return screen
    raise InputError(
        "The briefing has no step “{step}”; its steps are {steps}.",
        step=step,
        steps=", ".join(screen.key for screen in steps) or "–",
    )


def _look(deck: Deck, width: int, height: int) -> Look:
    return Look(language=deck.t.language, width=width, height=height, legend=True, foot=False)
