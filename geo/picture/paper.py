"""The paper: draws paths on matplotlib's own raster, in CSS pixels, y down, and makes a PNG of it.

Neither pyplot nor a figure is involved: their settings are the whole process's, and a picture of
ours must look the same whoever else uses matplotlib beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Literal

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.image import imsave
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, TransformedPath
from numpy.typing import NDArray

from geo.picture.colours import Rgba, rgba

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in CSS pixels."""

Cap = Literal["butt", "round"]

_CURVE = 48
"""Corners of a whole circle; more for a large one."""


class Paper:
    """A sheet of `width` by `height` CSS pixels, each `sharp` by `sharp` pixels of the file."""

    def __init__(self, width: int, height: int, sharp: float, ground: str) -> None:
        self.width, self.height, self.sharp = width, height, sharp
        across, down = round(width * sharp), round(height * sharp)
        # Its points are CSS pixels.
        self._renderer: Any = RendererAgg(across, down, 72 * sharp)  # type: ignore[no-untyped-call]
        self._down = down
        self._place = Affine2D.from_values(sharp, 0, 0, -sharp, 0, down)
        self._clip: Bbox | None = None
        self._mask: TransformedPath | None = None
        self.alpha = 1.0
        """How strongly everything that follows is drawn, 0 to 1."""
        self.fill(box_path((0, 0, width, height)), ground)

    def fill(
        self, path: Path, colour: str, alpha: float = 1.0, place: Affine2D | None = None
    ) -> None:
        """Fill a path; `place` puts its own units on the paper."""
        pen = self._pen()
        pen.set_linewidth(0)
        self._draw(pen, path, place, rgba(colour, alpha * self.alpha))

    def stroke(
        self,
        path: Path,
        colour: str,
        width: float,
        dash: Sequence[float] = (),
        cap: Cap = "butt",
        *,
        alpha: float = 1.0,
        place: Affine2D | None = None,
    ) -> None:
        """Draw along a path; `dash` are the lengths of stroke and gap, and nothing for solid."""
        pen = self._pen()
        pen.set_linewidth(width)
        pen.set_capstyle(cap)
        pen.set_joinstyle("round" if width > _THIN else "bevel")
        if dash:
            pen.set_dashes(0, list(dash))
        pen.set_foreground(rgba(colour, alpha * self.alpha), isRGBA=True)
        self._draw(pen, path, place, None)

    @contextmanager
    def within(self, box: Box) -> Iterator[None]:
        """Leave what lies outside of the box as it is."""
        before, (left, top, right, bottom) = self._clip, box
        s, down = self.sharp, self._down
        inner = Bbox([[left * s, down - bottom * s], [right * s, down - top * s]])
        self._clip = Bbox.intersection(before, inner) if before else inner
        if self._clip is None:  # nothing is in both
            self._clip = Bbox([[-2, -2], [-1, -1]])
        try:
            yield
        finally:
            self._clip = before

    @contextmanager
    def inside(self, path: Path, place: Affine2D | None = None) -> Iterator[None]:
        """Leave what lies outside of the path as it is."""
        self._mask = TransformedPath(path, place + self._place if place else self._place)
        try:
            yield
        finally:
            self._mask = None

    def pixels(self) -> NDArray[np.uint8]:
        """Return the picture so far: rows, columns, red, green, blue and opacity."""
        return np.asarray(self._renderer.buffer_rgba())

    def png(self) -> bytes:
        """Return the picture as a PNG; the same picture is the same bytes."""
        out = BytesIO()
        imsave(
            out, self.pixels(), format="png", metadata={"Software": "Glimpse"},
            pil_kwargs={"compress_level": _PACKED},
        )  # fmt: skip
        return out.getvalue()

    def _pen(self) -> GraphicsContextBase:
        pen = GraphicsContextBase()
        pen.set_antialiased(True)
        pen.set_snap(False)
        if self._clip is not None:
            pen.set_clip_rectangle(self._clip)
        if self._mask is not None:
            pen.set_clip_path(self._mask)
        return pen

    def _draw(
        self, pen: GraphicsContextBase, path: Path, place: Affine2D | None, face: Rgba | None
    ) -> None:
        path.should_simplify = False  # what needs it was thinned before, by its own measure
        transform = place + self._place if place else self._place
        self._renderer.draw_path(pen, path, transform, face)


_THIN = 1.2
"""Pixels up to which nobody sees how a line turns."""

_PACKED = 1
"""How hard the PNG is packed: at 6 it takes three times as long for a tenth of the bytes."""


# ---- Paths -------------------------------------------------------------------------------


def box_path(box: Box, round_by: float = 0.0) -> Path:
    """Return a rectangle, its corners rounded by so many pixels."""
    left, top, right, bottom = box
    if not round_by:
        return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
    r = round_by
    corners = [(right - r, top + r, -90), (right - r, bottom - r, 0),
               (left + r, bottom - r, 90), (left + r, top + r, 180)]  # fmt: skip
    turns = [arc_points(x, y, r, a, a + 90) for x, y, a in corners]
    return polygon(np.concatenate(turns))


def polygon(points: Sequence[tuple[float, float]] | NDArray[Any]) -> Path:
    """Return the closed path through these points."""
    return Path(np.concatenate([points, points[:1]]), closed=True)


def line(points: Sequence[tuple[float, float]] | NDArray[Any]) -> Path:
    """Return the open path through these points."""
    return Path(np.asarray(points, dtype=float))


def disc(x: float, y: float, r: float) -> Path:
    """Return a whole circle."""
    return polygon(arc_points(x, y, r, -90, 270)[:-1])


def arc(x: float, y: float, r: float, start: float, end: float) -> Path:
    """Return a part of a circle, clockwise from `start` to `end` in degrees, 0 at the right."""
    return line(arc_points(x, y, r, start, end))


def arc_points(x: float, y: float, r: float, start: float, end: float) -> NDArray[np.float64]:
    """Return points along a part of a circle, both ends among them."""
    whole = max(_CURVE, min(720, int(r)))
    turn = np.radians(np.linspace(start, end, max(2, math.ceil(whole * (end - start) / 360) + 1)))
    return np.column_stack([x + r * np.cos(turn), y + r * np.sin(turn)])
