"""Pictures of the map as PNG, drawn without a browser and without the network.

The symbols, their colours and what is put together are those of the live map (`geo/symbols.js`,
`geo/points.js`): size says how precise, line how certain, tone how verified.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from geo.i18n import Translator
from geo.picture import basemap, frame, legend, names, symbols, tints, view
from geo.picture.colours import THEMES, Colours
from geo.picture.gathering import Gathered, Symbol, gathered, places_of
from geo.picture.paper import Paper, disc
from geo.picture.spread import spread


@dataclass(frozen=True)
class Look:
    """How a picture looks, not what it shows."""

    language: str = "en"
    theme: str = "light"
    """"light" or "dark"."""
    width: int = 960
    """CSS pixels of the whole picture."""
    height: int = 600
    sharp: float = 2
    """Pixels of the file for one of those."""
    legend: bool = True
    foot: bool = True
    """Title, counts, credits and date below the map; False: the map, its credits in a corner."""


@dataclass(frozen=True)
class Scene:
    """What a picture shows."""

    rows: dict[str, NDArray[Any]]
    """`Index.placed(filters)`."""
    view: tuple[float, float, float] | None = None
    """Latitude, longitude and zoom as in Leaflet; None fits the rows."""
    marked: frozenset[int] = frozenset()
    """Numbers of entries that are ringed."""
    title: str = ""
    counts: str = ""
    day: str = ""
    """As of when, in EDTF."""
    regions: dict[str, tuple[int, int]] | None = None
    """Certain and possible entries by the code of a region: these are tinted then, and of the
    symbols only those of marked entries are drawn."""
    region_names: dict[str, str] | None = None
    """What regions are called that the base map does not know; by their code where it is None."""


@dataclass(frozen=True)
class Drawn:
    """A picture, and what lies where on its map, in CSS pixels."""

    png: bytes
    symbols: tuple[Symbol, ...]
    texts: tuple[tuple[str, tuple[float, float, float, float]], ...]
    """Each text on the map with its box; no two boxes meet."""
    view: view.View
    shown: int
    """How many entries are on the map, each counted once."""


_LOCK = threading.Lock()
"""matplotlib's fonts and rasters are not made for several threads at once."""


def draw(scene: Scene, look: Look, t: Translator) -> bytes:
    """Return the picture as PNG, `look.width * look.sharp` pixels wide; the same for the same.

    Without rows it is the map as the app first shows it, and says that nothing is on it. What
    does not fit into a small picture is left out: first of the legend what does not occur, then
    all of it, then counts and title.
    """
    return drawn(scene, look, t).png


def drawn(scene: Scene, look: Look, t: Translator) -> Drawn:
    """Return the picture with what lies where."""
    with _LOCK:
        return _Drawing(scene, look, t).drawn()


class _Drawing:
    """One picture being drawn."""

    def __init__(self, scene: Scene, look: Look, t: Translator) -> None:
        self._scene, self._look, self._t = scene, look, t
        self._c: Colours = THEMES.get(look.theme, THEMES["light"])
        self._places = places_of(scene.rows)
        whole, short = self._legends()
        size = (look.width, look.height)
        texts = (scene.title, scene.counts, scene.day)
        self._foot = (
            frame.foot(size, texts, (whole, short), t, self._c) if look.foot else frame.Foot()
        )
        self._high = look.height - self._foot.high
        self._panel = frame.NONE if look.foot else whole
        self._view = self._viewed()
        self._regions: list[tints.Region] = []

    def _legends(self) -> tuple[legend.Legend, legend.Legend]:
        """Return the whole legend, and a short one for a small picture."""
        t, counts = self._t, self._scene.regions
        if not self._look.legend:
            return frame.NONE, frame.NONE
        if counts is not None:
            return legend.of_regions(t, counts), legend.of_regions(t, counts, flowing=True)
        return legend.of_symbols(t), legend.of_symbols(t, self._places)

    def _viewed(self) -> view.View:
        look, places = self._look, self._places
        if self._scene.view:
            return view.at(*self._scene.view, look.width, self._high)
        below = frame.panel(None, self._panel, (look.width, self._high), self._c)
        covered = below if look.width < _COVERED else 0
        return view.fitted(places.x, places.y, places.reach, look.width, self._high, below=covered)

    def drawn(self) -> Drawn:
        """Draw everything, the lowest first."""
        look, seen, c = self._look, self._view, self._c
        paper = Paper(look.width, look.height, look.sharp, c.sea)
        claims = names.Claims((0, 0, look.width, self._high))
        with paper.within((0, 0, look.width, self._high)):
            basemap.paint(paper, seen, c)
            shown = self._map(paper, claims)
            self._furniture(paper, claims)
            self._names(paper, claims, shown)
        if look.foot:
            frame.draw_foot(paper, self._foot, self._high, c)
        return Drawn(paper.png(), shown.symbols, tuple(claims.texts), seen, shown.entries)

    def _map(self, paper: Paper, claims: names.Claims) -> Gathered:
        """Draw areas, lines and symbols, or the tinted regions; take their boxes."""
        scene, seen, c = self._scene, self._view, self._c
        shown = gathered(self._places, seen, self._t.language, scene.marked, spread)
        if scene.regions is not None:
            shown = _marked(shown)
            self._regions = tints.surveyed(
                scene.regions, scene.rows, seen, scene.region_names or {}
            )
            tints.tint(paper, seen, self._regions, c)
        chosen = bool(scene.marked) and any(one.hot for one in shown.symbols)
        for one in shown.areas:
            paper.alpha = 0.7 if chosen and not one.hot else 1
            self._extent(paper, one)
        for start, end, hot in shown.links:
            paper.alpha = 0.7 if chosen and not hot else 1
            symbols.link(paper, start, end, c, strong=hot)
        for one in reversed(shown.symbols):
            paper.alpha = 0.7 if chosen and not one.hot else 1
            if one.hot:
                symbols.halo(paper, one, c)
            symbols.draw(paper, one, c)
        paper.alpha = 1
        for one in shown.symbols:
            x, y, r = one.x, one.y, one.r + 2
            claims.take((x - r, y - r, x + r, max(y + r, one.foot + 2)))
        return shown

    def _extent(self, paper: Paper, one: Symbol) -> None:
        """Draw an area: its outline where the base map knows it, else the circle it lies in."""
        ground, seen = basemap.basemap(), self._view
        if one.area not in ground.areas:
            x, y, r = one.x, one.foot, one.extent
            symbols.extent(paper, one, self._c, disc(x, y, r), (x - r, y - r, x + r, y + r))
            return
        path = ground.area(one.area, ground.thinned(seen, paper.sharp))
        left, top, right, bottom = ground.boxes[one.area]
        shift = one.shift
        box = (seen.x(left + shift), seen.y(top), seen.x(right + shift), seen.y(bottom))
        symbols.extent(paper, one, self._c, path, box, place=basemap.placing(seen, shift))

    def _furniture(self, paper: Paper, claims: names.Claims) -> None:
        look, t, c = self._look, self._t, self._c
        bottom = float(self._high)
        if not look.foot:
            bottom -= frame.corner(paper, bottom, t, claims, c)
        if self._panel.rows:
            frame.panel(paper, self._panel, (look.width, self._high), c, claims)
        frame.scale(paper, self._view, bottom, claims, c)
        frame.north(paper, t, claims, c)
        if not len(self._places.x) and not self._scene.regions:
            frame.notice(
                paper, t("No entry with a place fits these filters."), self._high, claims, c
            )

    def _names(self, paper: Paper, claims: names.Claims, shown: Gathered) -> None:
        t, c = self._t, self._c
        for one in shown.symbols:
            if one.name:
                names.label(paper, one, claims, t, c)
        if self._scene.regions is not None:
            tints.numbers(paper, self._regions, claims, t, c)
        names.ground(paper, self._view, claims, t, c)


_COVERED = 1000
"""Pixels of width below which nothing is fitted under the legend on the map."""


def _marked(shown: Gathered) -> Gathered:
    """Return what belongs to marked entries alone."""
    return Gathered(
        tuple(one for one in shown.areas if one.hot),
        tuple(one for one in shown.links if one[2]),
        tuple(one for one in shown.symbols if one.hot),
        shown.entries,
    )
