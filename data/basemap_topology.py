"""Turn polygons that share borders into arcs that are drawn once each.

The plane is cut along every outline into faces, a face knows which areas it belongs to, and
the line between two faces that differ becomes an arc. Neighbours share arcs, so nothing that
is done to an arc (moving, generalising) can open a gap or make two areas overlap. All
coordinates are integers: Web Mercator, the world 2^24 units wide, y down.
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

WORLD = 1 << 24
MAX_LAT = 85.0511
THROUGH = 2
Label = frozenset[str]
Coords = NDArray[np.float64]
Key = tuple[Label, Label, str]


@dataclass
class Arc:
    """A line between two junctions, or a closed one, with the areas on its left and right."""

    points: Coords
    left: Label
    right: Label
    kind: str
    weight: Coords = field(default_factory=lambda: np.zeros(0))

    @property
    def closed(self) -> bool:
        """Whether the arc ends where it starts."""
        return bool((self.points[0] == self.points[-1]).all())


def project(lonlat: Coords) -> Coords:
    """Return Web Mercator units (not rounded) of longitudes and latitudes in degrees."""
    lat = np.radians(np.clip(lonlat[:, 1], -MAX_LAT, MAX_LAT))
    x = (lonlat[:, 0] + 180.0) / 360.0
    y = 0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)
    return np.column_stack([x, y]) * WORLD


def unproject(units: Coords) -> Coords:
    """Return longitudes and latitudes in degrees of Web Mercator units."""
    lon = units[:, 0] / WORLD * 360.0 - 180.0
    lat = np.degrees(2 * np.arctan(np.exp((0.5 - units[:, 1] / WORLD) * 2 * np.pi)) - np.pi / 2)
    return np.column_stack([lon, lat])


def to_grid(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return the geometry in rounded Web Mercator units."""
    return shapely.transform(geometry, lambda c: np.rint(project(c)))


def cut(
    outlines: Iterable[shapely.Geometry],
) -> tuple[list[shapely.Polygon], list[shapely.LineString]]:
    """Cut the plane along all outlines.

    Return the bounded faces, seas and holes included, and the lines that bound no face.
    """
    lines: list[shapely.Geometry] = []
    for outline in outlines:
        boundary = outline.boundary if "Polygon" in outline.geom_type else outline
        lines.extend(shapely.get_parts(boundary))
    coords, index = shapely.get_coordinates(lines, return_index=True)
    step = index[1:] == index[:-1]
    pairs = np.hstack([coords[:-1], coords[1:]])[step].astype(np.int64)
    swap = (pairs[:, 0] > pairs[:, 2]) | (
        (pairs[:, 0] == pairs[:, 2]) & (pairs[:, 1] > pairs[:, 3])
    )
    pairs[swap] = pairs[swap][:, [2, 3, 0, 1]]
    pairs = np.unique(pairs[(pairs[:, :2] != pairs[:, 2:]).any(axis=1)], axis=0)
    segments = shapely.linestrings(pairs.reshape(-1, 2, 2).astype(float))
    noded = shapely.union_all(segments, grid_size=1.0)
    faces, cuts, dangles, _ = shapely.polygonize_full(shapely.get_parts(noded))
    loose = shapely.line_merge(shapely.union_all([cuts, dangles]))
    return list(shapely.get_parts(faces)), list(shapely.get_parts(loose))


def label_faces(
    faces: Sequence[shapely.Polygon], areas: Sequence[tuple[str, shapely.Geometry]]
) -> list[Label]:
    """Return for each face the codes of all areas that hold it; an empty set is the sea."""
    points = shapely.point_on_surface(np.array(faces, dtype=object))
    shapes = [shape for _, shape in areas]
    for shape in shapes:
        shapely.prepare(shape)
    found: list[set[str]] = [set() for _ in faces]
    tree = shapely.STRtree(shapes)
    for face, area in zip(*tree.query(points, predicate="within"), strict=True):
        found[face].add(areas[area][0])
    return [frozenset(codes) for codes in found]


def adopt(
    faces: Sequence[shapely.Polygon],
    labels: Sequence[Label],
    own: Callable[[shapely.Polygon, Label], Label | None],
) -> list[Label]:
    """Settle faces that lie between two sources' versions of one line.

    `own` returns the label without what does not belong, or None where something is missing;
    such a face takes the label of the neighbour of its country with the longest common line.
    """
    settled = [own(face, label) for face, label in zip(faces, labels, strict=True)]
    tree = shapely.STRtree(faces)
    for _ in range(4):
        for i in [i for i, label in enumerate(settled) if label is None]:
            best: tuple[float, Label] | None = None
            for j in sorted(tree.query(faces[i], predicate="intersects").tolist()):
                other = settled[j]
                if j == i or other is None or min(labels[i], key=len) not in other:
                    continue
                shared = shapely.intersection(faces[i], faces[j]).length
                if shared > 0 and (best is None or shared > best[0]):
                    best = (shared, other)
            settled[i] = best[1] if best else None
    return [
        label if label is not None else frozenset({min(labels[i], key=len)})
        for i, label in enumerate(settled)
    ]


def _sides(
    faces: Sequence[shapely.Polygon], labels: Sequence[Label]
) -> dict[tuple[int, int, int, int], list[Label]]:
    """Return for each undirected segment the labels to its left and right."""
    sea: Label = frozenset()
    sides: dict[tuple[int, int, int, int], list[Label]] = {}
    turned = [shapely.orient_polygons(face) for face in faces]
    for face, label in zip(turned, labels, strict=True):
        for ring in (face.exterior, *face.interiors):
            xy = shapely.get_coordinates(ring).astype(np.int64).tolist()
            for (x0, y0), (x1, y1) in itertools.pairwise(xy):
                forward = (x0, y0) < (x1, y1)
                key = (x0, y0, x1, y1) if forward else (x1, y1, x0, y0)
                sides.setdefault(key, [sea, sea])[0 if forward else 1] = label
    return sides


def build_arcs(
    faces: Sequence[shapely.Polygon],
    labels: Sequence[Label],
    kind_of: Callable[[tuple[int, int, int, int], Label, Label], str],
) -> list[Arc]:
    """Chain the segments between unlike faces into arcs.

    `kind_of` names the class of a segment from its ends and the labels on both sides; an
    empty name drops the segment. An arc ends where its class or its neighbours change.
    """
    around: dict[tuple[int, int], list[tuple[tuple[int, int], Key]]] = defaultdict(list)
    for (x0, y0, x1, y1), (left, right) in sorted(_sides(faces, labels).items()):
        kind = kind_of((x0, y0, x1, y1), left, right)
        if kind:
            around[x0, y0].append(((x1, y1), (left, right, kind)))
            around[x1, y1].append(((x0, y0), (right, left, kind)))
    return list(_chain(around))


def _chain(
    around: dict[tuple[int, int], list[tuple[tuple[int, int], Key]]],
) -> Iterable[Arc]:
    """Walk every segment once, first from the junctions and then round the closed loops."""
    seen: set[tuple[tuple[int, int], tuple[int, int]]] = set()

    def is_junction(point: tuple[int, int]) -> bool:
        ways = around[point]
        if len(ways) != THROUGH:
            return True
        (left, right, kind), (left2, right2, kind2) = ways[0][1], ways[1][1]
        return (left, right, kind) != (right2, left2, kind2)

    for loops in (False, True):
        for start in sorted(around):
            if not loops and not is_junction(start):
                continue
            for following, key in around[start]:
                if (start, following) in seen:
                    continue
                path = [start, following]
                seen |= {(start, following), (following, start)}
                while path[-1] != start and not is_junction(path[-1]):
                    onward = next(p for p, _ in around[path[-1]] if p != path[-2])
                    seen |= {(path[-1], onward), (onward, path[-1])}
                    path.append(onward)
                yield Arc(np.array(path, dtype=float), *key)


def weigh(arc: Arc, tolerance: Callable[[Coords], Coords]) -> None:
    """Give each inner point of the arc its importance after Visvalingam and Whyatt.

    The importance is the area that the line loses without the point, divided by the square
    of the tolerance there; 1 is the least worth keeping. The ends weigh infinitely much.
    """
    xy, count = arc.points, len(arc.points)
    scale = tolerance(xy) ** 2
    weight = np.full(count, np.inf)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    points = xy.tolist()

    def area(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
        return float(abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 / scale[i])

    heap = [(area(i), i) for i in range(1, count - 1)]
    current = {i: a for a, i in heap}
    heapq.heapify(heap)
    floor = 0.0
    while heap:
        value, i = heapq.heappop(heap)
        if current.get(i) != value:
            continue
        floor = max(floor, value)
        weight[i] = floor
        del current[i]
        before[after[i]], after[before[i]] = before[i], after[i]
        for j in (before[i], after[i]):
            if j in current:
                current[j] = area(j)
                heapq.heappush(heap, (current[j], j))
    arc.weight = weight


def generalise(arcs: Sequence[Arc], rounds: int = 40) -> list[Coords]:
    """Thin out weighed arcs to the tolerance, keeping more points wherever lines would meet."""
    limit = np.ones(len(arcs))
    thin = [_thin(arc, 1.0) for arc in arcs]
    for turn in range(rounds):
        bad = meeting(thin)
        if not bad:
            return thin
        for i in bad:
            limit[i] = 0.0 if turn > rounds // 2 else limit[i] * 0.4
            thin[i] = _thin(arcs[i], limit[i])
    raise ValueError(f"{len(bad)} lines still meet after {rounds} rounds")


def _thin(arc: Arc, limit: float) -> Coords:
    """Return the points above the limit; a closed line keeps at least a triangle."""
    keep = arc.weight > limit
    need = 4 if arc.closed else 2
    if keep.sum() < need:
        order = np.argsort(-arc.weight, kind="stable")[:need]
        keep[order] = True
    points = np.rint(arc.points[keep])
    fresh = np.r_[True, (points[1:] != points[:-1]).any(axis=1)]
    return points[fresh]


def meeting(lines: Sequence[Coords]) -> list[int]:
    """Return the numbers of lines that touch another one, or themselves, but at shared ends."""
    owner = np.concatenate([np.full(len(p) - 1, i) for i, p in enumerate(lines)])
    ends = np.concatenate([np.hstack([p[:-1], p[1:]]) for p in lines])
    segments = shapely.linestrings(ends.reshape(-1, 2, 2))
    a, b = shapely.STRtree(segments).query(segments, predicate="intersects")
    a, b = a[a < b], b[a < b]
    shared = shapely.points(_shared_end(ends[a], ends[b]))
    touch = shapely.intersection(segments[a], segments[b])
    bad = ~shapely.equals(touch, shared)
    return sorted({int(i) for i in np.r_[owner[a[bad]], owner[b[bad]]]})


def _shared_end(a: Coords, b: Coords) -> Coords:
    """Return the end that two segments have in common, or not-a-number where there is none."""
    out = np.full((len(a), 2), np.nan)
    for i in (slice(0, 2), slice(2, 4)):
        for j in (slice(0, 2), slice(2, 4)):
            same = (a[:, i] == b[:, j]).all(axis=1)
            out[same] = a[same][:, i]
    return out


def rings_of(code: str, arcs: Sequence[Arc]) -> list[list[int]]:
    """Return the rings round an area as arc numbers, `~i` where arc i runs backwards."""
    starts: dict[tuple[float, float], list[int]] = defaultdict(list)
    for i, arc in enumerate(arcs):
        if (code in arc.left) != (code in arc.right):
            way = i if code in arc.left else ~i
            starts[tuple(arc.points[0 if way >= 0 else -1])].append(way)
    rings = []
    for start in sorted(starts):
        while starts[start]:
            ring, here = [], start
            while not ring or here != start:
                way = starts[here].pop(0)
                ring.append(way)
                here = tuple(arcs[way if way >= 0 else ~way].points[-1 if way >= 0 else 0])
            rings.append(ring)
    return rings
