"""Move the Yalu and Tumen border so that each town lies in its own country.

Natural Earth is one to three kilometres off along these rivers. GeoNames knows where the
towns are and which country each belongs to, so the towns of both banks say where the line
must pass. The map is warped, not redrawn: many small Gaussian pushes, each too weak to fold
the plane, move the line past the towns and carry along whatever else lies there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from basemap_topology import WORLD, Arc, project, unproject
from numpy.typing import NDArray

EARTH = 40_075_016.686
MARGIN = 400.0
REACH = 25_000.0
SPREAD = 2_500.0
STEP = 120.0
INSIDE = 300.0
TINY = 1e-6
Coords = NDArray[np.float64]


@dataclass(frozen=True)
class Town:
    """A place near the border and the country that it belongs to."""

    name: str
    country: str
    x: float
    y: float


@dataclass(frozen=True)
class Standing:
    """How far each town is inside its own country (negative: outside), in metres."""

    metres: Coords
    nearest: Coords


def metres_per_unit(xy: Coords) -> Coords:
    """Return how many metres a Web Mercator unit is at each point."""
    lat = np.radians(unproject(xy)[:, 1])
    return np.asarray(EARTH / WORLD * np.cos(lat))


def is_border(arc: Arc, countries: Sequence[str]) -> bool:
    """Tell whether the arc is a land border of the first country with one of the others."""
    left, right = arc.left & set(countries), arc.right & set(countries)
    return bool(left and right) and left != right and countries[0] in left | right


def densify(arc: Arc, longest: float) -> None:
    """Add points to the arc so that no piece is longer than so many units."""
    line = shapely.segmentize(shapely.LineString(arc.points), longest)
    arc.points = shapely.get_coordinates(line)


def standing(towns: Sequence[Town], arcs: Sequence[Arc], home: str) -> Standing:
    """Measure each town against the border; `home` is the country on this side of it."""
    lines = [shapely.LineString(arc.points) for arc in arcs]
    tree = shapely.STRtree(lines)
    metres, nearest = np.zeros(len(towns)), np.zeros((len(towns), 2))
    for i, town in enumerate(towns):
        point = shapely.Point(town.x, town.y)
        k = int(tree.nearest(point))
        link = shapely.get_coordinates(shapely.shortest_line(lines[k], point))
        nearest[i] = link[0]
        distance = float(np.hypot(*(link[1] - link[0])) * metres_per_unit(link[1:])[0])
        on_left = _is_left(arcs[k].points, lines[k], point)
        at_home = on_left == (home in arcs[k].left)
        metres[i] = distance if at_home == (town.country == home) else -distance
    return Standing(metres, nearest)


def _is_left(points: Coords, line: shapely.LineString, point: shapely.Point) -> bool:
    """Tell whether a point is left of a line, judged where it is nearest.

    A bend can make the nearest piece misleading, so the two pieces that meet at the nearest
    corner are judged as one turn.
    """
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    at = line.project(point)
    k = int(np.clip(np.searchsorted(along, at), 1, len(points) - 1))
    p = np.array([point.x, point.y])

    def cross(i: int) -> float:
        a, b = points[i], points[i + 1]
        return float((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))

    corner = next((i for i in (k - 1, k) if abs(along[i] - at) < TINY), None)
    if corner is None or corner == 0 or corner == len(points) - 1:
        return cross(min(k, len(points) - 1) - 1) > 0
    a, b, c = points[corner - 1], points[corner], points[corner + 1]
    turn = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    before, after = cross(corner - 1) > 0, cross(corner) > 0
    return (before and after) if turn > 0 else (before or after)


def margins(towns: Sequence[Town]) -> Coords:
    """Return the distance wanted for each town: less where one stands opposite."""
    xy = np.array([(t.x, t.y) for t in towns])
    metres = metres_per_unit(xy)
    wanted = np.full(len(towns), MARGIN)
    for i, town in enumerate(towns):
        other = [j for j, t in enumerate(towns) if t.country != town.country]
        gap = np.hypot(*(xy[other] - xy[i]).T).min() * metres[i]
        wanted[i] = min(MARGIN, 0.42 * gap)
    return wanted


def move_border(
    arcs: Sequence[Arc], border: Sequence[Arc], towns: Sequence[Town], home: str
) -> int:
    """Push the border until each town has its margin; return the number of pushes.

    All arcs are moved by the same field, so junctions stay joined. The towns that are well
    off hold the line where it is.
    """
    wanted = margins(towns)
    xy = np.array([(t.x, t.y) for t in towns])
    scale = metres_per_unit(xy)
    low, high = xy.min(axis=0) - 20_000, xy.max(axis=0) + 20_000
    arcs = [a for a in arcs if ((a.points > low) & (a.points < high)).all(axis=1).any()]
    for turn in range(400):
        now = standing(towns, border, home)
        short = wanted - now.metres
        if (short <= 0).all():
            return turn
        link = xy - now.nearest
        length = np.maximum(np.hypot(*link.T), 1e-6)
        toward = link / length[:, None] * -np.sign(now.metres)[:, None]
        push = np.clip(short * 1.05 + 5, 0, STEP) / scale
        near = np.flatnonzero(now.metres < wanted + 600)
        field = (now.nearest[near], toward[near] * push[near, None], SPREAD / scale[near])
        for arc in arcs:
            arc.points = _pushed(arc.points, *field)
    return turn


def _pushed(points: Coords, centres: Coords, pushes: Coords, spread: Coords) -> Coords:
    """Return points moved by Gaussian-weighted pushes, averaged where several reach."""
    low, high = centres.min(axis=0) - 5 * spread.max(), centres.max(axis=0) + 5 * spread.max()
    inside = ((points >= low) & (points <= high)).all(axis=1)
    if not inside.any():
        return points
    gap = points[inside][:, None, :] - centres[None, :, :]
    weight = np.exp(-(gap**2).sum(axis=2) / (2 * spread**2))
    total = np.maximum(weight.sum(axis=1), 1.0)
    moved = points.copy()
    moved[inside] += weight @ pushes / total[:, None]
    return moved


def border_towns(places: Sequence[dict[str, Any]], line: Sequence[Arc]) -> list[Town]:
    """Return the towns of GeoNames within reach of the northern border of North Korea."""
    lines = shapely.MultiLineString([a.points for a in line])
    towns = []
    for p in sorted(places, key=lambda p: p["geonameid"]):
        if p["countrycode"] not in ("KP", "CN", "RU"):
            continue
        xy = project(np.array([[p["longitude"], p["latitude"]]]))
        metres = lines.distance(shapely.Point(xy[0])) * metres_per_unit(xy)[0]
        if metres < REACH:
            towns.append(Town(p["name"], p["countrycode"], *xy[0].tolist()))
    return towns


def correct(arcs: Sequence[Arc], lakes: Sequence[Arc], places: Sequence[Any]) -> None:
    """Move the border along the Yalu and Tumen, and say how many towns that sets right."""
    line = [a for a in arcs if is_border(a, ("KP", "CN", "RU"))]
    for arc in line:
        densify(arc, 120.0)
    towns = border_towns(places, line)
    before = standing(towns, line, "KP").metres
    turns = move_border([*arcs, *lakes], line, towns, "KP")
    after = standing(towns, line, "KP").metres
    print(
        f"{len(towns)} towns, {turns} pushes; outside {(before < 0).sum()} -> {(after < 0).sum()}"
    )
    print(f"under {INSIDE:.0f} m inside {(before < INSIDE).sum()} -> {(after < INSIDE).sum()}")
    for town, was, now in zip(towns, before, after, strict=True):
        if was < INSIDE or now < INSIDE:
            print(f"  {town.country} {town.name}: {was:.0f} m -> {now:.0f} m")
