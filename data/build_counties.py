# /// script
# requires-python = ">=3.11"
# dependencies = []
# ///
"""Build `us_counties.csv`: a point and a radius for each county of the United States.

Run `npm pack us-atlas@3.0.1`, unpack it, and `python data/build_counties.py
package/counties-10m.json`. The shapes are the Census Bureau's, in the public domain.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

_FIPS = (
    "01 02 04 05 06 08 09 10 11 12 13 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33"
    " 34 35 36 37 38 39 40 41 42 44 45 46 47 48 49 50 51 53 54 55 56"
)
_POSTAL = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH"
    " NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
STATES = dict(zip(_FIPS.split(), _POSTAL.split(), strict=True))
"""FIPS code of a state to its postal code."""

KINDS = {"LA": "Parish", "AK": "Borough"}
FIRST_CITY = 510
"""From this number on, a county's code is that of a city that belongs to no county."""

DEGREE_KM = 111.195


def counties(topology: dict[str, Any]) -> Iterator[dict[str, object]]:
    """Yield a row for each county, in the order of the codes."""
    arcs = list(decoded(topology))
    shapes = topology["objects"]["counties"]["geometries"]
    for shape in sorted(shapes, key=lambda one: str(one["id"])):
        code = str(shape["id"])
        state = STATES.get(code[:2])
        if state is None or int(code[2:]) >= FIRST_CITY:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [ring(arcs, polygon[0]) for polygon in polygons]
        lat, lon = centre(max(rings, key=lambda one: abs(area(one))))
        corners = [corner for one in rings for corner in one]
        yield {
            "fips": code,
            "name": f"{shape['properties']['name']} {KINDS.get(state, 'County')}",
            "admin1": f"US-{state}",
            "lat": f"{lat:.3f}",
            "lon": f"{lon:.3f}",
            "uncertainty_m": math.ceil(max(apart((lon, lat), c) for c in corners)) * 1000,
        }


def decoded(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield every arc in degrees; the file holds steps of a grid."""
    (sx, sy), (ox, oy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + ox, y * sy + oy))
        yield line


def ring(arcs: list[list[Point]], numbers: list[int]) -> list[Point]:
    """Return the closed line that these arcs make; a negative number is an arc backwards."""
    found: list[Point] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += line[1:] if found else line
    return found


def area(points: list[Point]) -> float:
    """Return the signed area in square degrees."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points)) / 2


def centre(points: list[Point]) -> Point:
    """Return latitude and longitude of the area's centroid."""
    size, x, y = area(points), 0.0, 0.0
    for a, b in pairwise(points):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return y / (6 * size), x / (6 * size)


def apart(one: Point, other: Point) -> float:
    """Return kilometres between two points, near enough within a county."""
    east = (one[0] - other[0] + 180) % 360 - 180  # the Aleutians cross the 180th meridian
    across = math.cos(math.radians((one[1] + other[1]) / 2)) * east
    return DEGREE_KM * math.hypot(across, one[1] - other[1])


if __name__ == "__main__":
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    out = Path(__file__).parent / "us_counties.csv"
    rows = list(counties(topology))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} counties in {out.name}")
