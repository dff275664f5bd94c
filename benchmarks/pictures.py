"""Drawing a picture of the map, against matplotlib's own scatter of the same places."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from benchmarks.timing import line, quickest
from geo.i18n import Translator, translator
from geo.mercator import WORLD
from geo.picture import Look, Scene, draw

ENTRIES, PLACES = 100_000, 80_000
WIDTH, HEIGHT, SHARP = 960, 600, 2


def run() -> list[str]:
    """Return milliseconds of a core for a picture: of the world, and of what is near by."""
    rows = _made_up()
    look, t = Look(width=WIDTH, height=HEIGHT, sharp=SHARP), translator("en")
    scenes = {
        f"draw the world with {ENTRIES:,} entries": Scene(rows, title="Made up"),
        "draw Korea with what of them is there": Scene(rows, (39.8, 127.2, 6), title="Made up"),
    }
    theirs = quickest(lambda: _scatter(rows), clock=time.process_time)
    return [
        line(
            f"{claim}, {WIDTH}×{HEIGHT}",
            _seconds(scene, look, t) * 1e3,
            "matplotlib, dots on white",
            theirs * 1e3,
            "ms",
        )
        for claim, scene in scenes.items()
    ]


def _seconds(scene: Scene, look: Look, t: Translator) -> float:
    return quickest(lambda: draw(scene, look, t), clock=time.process_time)


def _made_up() -> dict[str, NDArray[Any]]:
    """Return rows as `Index.placed()` does, at places that chance chose, always the same."""
    chance = np.random.default_rng(0)
    place = chance.integers(0, PLACES, ENTRIES)
    x, y = (chance.integers(WORLD // 8, 7 * WORLD // 8, PLACES) for _ in range(2))
    said = np.array(["certain", "possible"], dtype=object)
    names = np.array([f"Place {number}" for number in range(PLACES)], dtype=object)
    whole = dict.fromkeys(("native", "admin1"), np.full(ENTRIES, "", dtype=object))
    return {
        "entry_no": np.arange(ENTRIES), "place_id": names[place], "name": names[place], **whole,
        "x": x[place], "y": y[place], "uncertainty_m": np.full(ENTRIES, 5_000.0),
        "precision": np.full(ENTRIES, "city", dtype=object),
        "country": np.full(ENTRIES, "KP", dtype=object),
        "certainty": said[chance.integers(0, 2, ENTRIES)],
        "inferred": np.zeros(ENTRIES, dtype=bool),
        "verification": np.full(ENTRIES, "reported", dtype=object),
    }  # fmt: skip


def _scatter(rows: dict[str, NDArray[Any]]) -> bytes:
    """Draw the places as dots: no base map, no counts, no names."""
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100 * SHARP)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.scatter(rows["x"], -rows["y"], s=9)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()
