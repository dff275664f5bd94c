"""Claims about the committed base map (`data/basemap.json.gz`) and region table."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import math
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

DATA = Path(__file__).parent.parent / "data"
WORLD = 1 << 24
Points = NDArray[np.int64]

TOWNS = {
    "Musan": ("KP", 42.2261, 129.2078),
    "Hyesan": ("KP", 41.4017, 128.1778),
    "Chunggang": ("KP", 41.7772, 126.8736),
    "Hoeryong": ("KP", 42.4411, 129.7460),
    "Namyang": ("KP", 42.9504, 129.8557),
    "Sinuiju": ("KP", 40.1006, 124.3981),
    "Manpo": ("KP", 41.1547, 126.2894),
    "Onsong": ("KP", 42.9572, 129.9933),
    "Dandong": ("CN", 40.1292, 124.3947),
    "Ji'an": ("CN", 41.1255, 126.1889),
    "Linjiang": ("CN", 41.8069, 126.9174),
    "Changbai": ("CN", 41.4184, 128.2020),
    "Tumen": ("CN", 42.9680, 129.8420),
    "Hunchun": ("CN", 42.8680, 130.3570),
    "Khasan": ("RU", 42.4300, 130.6450),
}

DISPUTES = {
    "Military Demarcation Line at Panmunjom": (37.956, 126.677, 4),
    "Military Demarcation Line at Cheorwon": (38.32, 127.25, 8),
    "Line of Control in Kashmir": (34.5, 74.0, 60),
    "Aksai Chin": (34.0, 78.9, 60),
    "Arunachal Pradesh in the north": (28.9, 94.5, 70),
    "Arunachal Pradesh in the south": (27.0, 93.3, 60),
    "Siachen": (35.3, 76.95, 60),
    "Western Sahara and Morocco": (27.667, -10.5, 10),
    "Kosovo and Serbia": (43.1, 20.9, 40),
    "Abkhazia": (42.7, 41.8, 40),
    "South Ossetia": (42.12, 43.8, 15),
    "Transnistria": (47.3, 29.1, 30),
    "Northern Cyprus": (35.17, 33.36, 15),
    "Golan in the west": (33.0, 35.63, 8),
    "Golan in the east": (33.0, 35.86, 15),
    "West Bank": (32.2, 35.02, 20),
    "Gaza": (31.4, 34.37, 10),
    "Somaliland": (9.5, 48.6, 50),
    "Abyei": (10.1667, 28.4, 10),
    "Sudan and South Sudan": (9.9, 31.0, 60),
    "Ilemi": (4.8, 34.9, 60),
    "Halaib": (22.0, 35.5, 10),
    "Guyana and Venezuela": (6.7, -61.15, 40),
    "Essequibo": (6.71, -58.83, 15),
    "Belize and Guatemala": (17.2, -89.15, 15),
    "Crimea at Perekop": (46.1, 33.7, 20),
}


@cache
def basemap() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(gzip.decompress((DATA / "basemap.json.gz").read_bytes()))
    return loaded


@cache
def arcs() -> list[Points]:
    return [np.array(arc).reshape(-1, 2).cumsum(axis=0) for arc in basemap()["arcs"]]


@cache
def regions() -> dict[str, dict[str, str]]:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def units(lat: float, lon: float) -> tuple[float, float]:
    y = 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
    return (lon + 180) / 360 * WORLD, y * WORLD


def along(ring: list[int]) -> Points:
    pieces = [arcs()[i] if i >= 0 else arcs()[~i][::-1] for i in ring]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def is_in(code: str, lat: float, lon: float) -> bool:
    """Tell by the even-odd rule whether a point lies in an area."""
    x, y = units(lat, lon)
    crossings = 0
    for ring in basemap()["areas"][code]:
        points = along(ring).astype(float)
        (x0, y0), (x1, y1) = points[:-1].T, points[1:].T
        spans = (y0 > y) != (y1 > y)
        at = x0[spans] + (y - y0[spans]) / (y1[spans] - y0[spans]) * (x1[spans] - x0[spans])
        crossings += int((at > x).sum())
    return crossings % 2 == 1


def kilometres_to(numbers: list[int], lat: float, lon: float) -> float:
    """Return how far a point is from the nearest of the lines."""
    p, best = np.array(units(lat, lon)), math.inf
    for i in numbers:
        a, b = arcs()[i][:-1].astype(float), arcs()[i][1:].astype(float)
        along_it = ((p - a) * (b - a)).sum(axis=1) / ((b - a) ** 2).sum(axis=1)
        foot = a + np.clip(along_it, 0, 1)[:, None] * (b - a)
        best = min(best, float(np.hypot(*(foot - p).T).min()))
    return best * 40_075.017 / WORLD * math.cos(math.radians(lat))


def drawn() -> set[int]:
    data = basemap()
    lists = [data["coast"], data["rivers"], *data["borders"].values()]
    lists += [ring for rings in data["areas"].values() for ring in rings] + data["lakes"]
    return {i if i >= 0 else ~i for numbers in lists for i in numbers}


def test_the_file_is_small_enough_to_send_with_the_page() -> None:
    assert (DATA / "basemap.json.gz").stat().st_size < 2_500_000


def test_every_arc_is_used_and_every_number_names_an_arc() -> None:
    assert drawn() == set(range(len(arcs())))


def test_arcs_are_whole_numbers_inside_the_world_without_repeated_points() -> None:
    for arc, points in zip(basemap()["arcs"], arcs(), strict=True):
        assert all(isinstance(value, int) for value in arc)
        assert len(points) >= 2
        assert points.min() >= 0
        assert points.max() <= WORLD
        assert (np.diff(points, axis=0) != 0).any(axis=1).all()


def test_rings_are_closed_and_their_arcs_join() -> None:
    for ring in [r for rings in basemap()["areas"].values() for r in rings] + basemap()["lakes"]:
        ends = [arcs()[i][[0, -1]] if i >= 0 else arcs()[~i][[-1, 0]] for i in ring]
        for here, following in zip(ends, ends[1:] + ends[:1], strict=True):
            assert (here[1] == following[0]).all()


def test_no_border_is_drawn_twice() -> None:
    groups = [basemap()["coast"], *basemap()["borders"].values()]
    numbers = [i for group in groups for i in group]
    assert len(numbers) == len(set(numbers))


def test_a_border_parts_exactly_two_countries() -> None:
    owners: dict[int, int] = {}
    for code, rings in basemap()["areas"].items():
        if "-" not in code:
            for i in (i for ring in rings for i in ring):
                owners[i if i >= 0 else ~i] = owners.get(i if i >= 0 else ~i, 0) + 1
    assert {owners.get(i) for i in basemap()["borders"]["country"]} == {2}
    assert {owners.get(i) for i in basemap()["coast"]} == {1}


@pytest.mark.parametrize(("lat", "lon"), [(44.95, 34.10), (44.60, 33.53), (45.35, 36.47)])
def test_crimea_is_in_ukraine(lat: float, lon: float) -> None:
    assert is_in("UA", lat, lon)
    assert not is_in("RU", lat, lon)


@pytest.mark.parametrize("place", DISPUTES)
def test_a_disputed_border_is_dashed(place: str) -> None:
    lat, lon, within = DISPUTES[place]
    assert kilometres_to(basemap()["borders"]["disputed"], lat, lon) < within


def test_the_demarcation_line_in_korea_is_not_a_country_border() -> None:
    between = {
        i if i >= 0 else ~i for ring in basemap()["areas"]["KR"] for i in ring
    } & {i if i >= 0 else ~i for ring in basemap()["areas"]["KP"] for i in ring}  # fmt: skip
    assert between
    assert between <= set(basemap()["borders"]["disputed"])


@pytest.mark.parametrize("town", TOWNS)
def test_a_border_town_lies_in_its_own_country(town: str) -> None:
    country, lat, lon = TOWNS[town]
    assert [c for c in ("KP", "CN", "RU") if is_in(c, lat, lon)] == [country]


def test_the_golan_is_left_to_nobody_silently() -> None:
    assert is_in("SY", 33.0, 35.75)
    assert not is_in("IL", 33.0, 35.75)


def test_the_provinces_of_north_korea_are_there_and_hold_their_capitals() -> None:
    assert {f"KP-{n:02}" for n in (*range(1, 11), 13)} <= set(basemap()["areas"])
    assert is_in("KP-01", 39.02, 125.75)
    assert is_in("KP-09", 41.79, 129.77)
    assert is_in("KP-10", 41.40, 128.18)
    assert is_in("KP-13", 42.25, 130.29)


def test_the_provinces_of_a_country_fill_it() -> None:
    for country in ("KP", "KR"):
        area = abs(sum(_area(along(r)) for r in basemap()["areas"][country]))
        parts = [c for c in basemap()["areas"] if c.startswith(country + "-")]
        total = abs(sum(_area(along(r)) for c in parts for r in basemap()["areas"][c]))
        assert total == pytest.approx(area, rel=0.02)


def _area(points: Points) -> float:
    x, y = (points - points[0]).astype(float).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def test_all_labels_have_a_place_a_kind_and_two_names() -> None:
    kinds = {"country", "province", "city", "sea", "water", "peak"}
    labels = basemap()["labels"]
    assert {label["k"] for label in labels} == kinds
    for label in labels:
        assert 0 <= label["x"] <= WORLD
        assert 0 <= label["y"] <= WORLD
        assert label["en"]
        assert label["ko"]
        assert label["z"] >= 0
        assert label["r"] >= 0
    assert len({label["id"] for label in labels}) == len(labels)


def test_labels_in_korea_are_in_both_scripts() -> None:
    for label in basemap()["labels"]:
        mine = label["id"].startswith(("KP", "KR")) or label["k"] in ("sea", "water", "peak")
        if mine:
            assert re.search("[가-힣]", label["ko"]), label
            assert re.search("[A-Za-z]", label["en"]), label
    names = {label["en"]: label["ko"] for label in basemap()["labels"]}
    assert names["Rajin"] == "라진"
    assert names["Ryanggang"] == "량강도"
    assert names["Rason"] == "라선"


def test_the_map_of_korea_is_calm_from_far_away() -> None:
    near = [v for v in basemap()["labels"] if v["z"] <= 6 and v["id"].startswith(("KP-", "gn:"))]
    west, north = units(43.5, 123.5)
    east, south = units(37.5, 131.5)
    seen = [v for v in near if west < v["x"] < east and north < v["y"] < south]
    assert 8 < len(seen) < 40


def test_region_codes_are_unique_and_sorted() -> None:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code) for code in codes)


def test_regions_are_named_and_in_range_or_without_any_coordinate() -> None:
    for code, row in regions().items():
        assert row["name"], code
        assert row["country"] == code[:2]
        figures = [
            row[k] for k in ("lat", "lon", "uncertainty_m", "west", "south", "east", "north")
        ]
        assert all(figures) or not any(figures), code
        if all(figures):
            lat, lon, radius, west, south, east, north = map(float, figures)
            assert -90 <= south <= lat <= north <= 90, code
            assert west <= lon <= east or (west > east and (lon >= west or lon <= east)), code
            assert 0 < radius < 20_100_000, code


def test_every_unit_of_north_korea_has_a_point_a_radius_and_both_names() -> None:
    wanted = {f"KP-{n:02}" for n in (*range(1, 11), 13, 14, 15)}
    rows = [row for code, row in regions().items() if code.startswith("KP-")]
    assert {row["code"] for row in rows} == wanted
    for row in rows:
        assert 20_000 <= int(row["uncertainty_m"]) <= 200_000
        assert re.fullmatch("[가-힣]+", row["name_ko"])
    assert regions()["KP-09"]["name"] == "North Hamgyong"
    assert regions()["KP-10"]["name_ko"] == "량강도"


def test_crimea_stands_under_ukraine_in_the_region_table() -> None:
    for code in ("UA-43", "UA-40"):
        assert regions()[code]["country"] == "UA"
        assert regions()[code]["lat"]
    assert float(regions()["UA"]["south"]) < 44.5
    assert {c for c in regions() if c.startswith("RU-")} & {"RU-CR", "RU-KRM", "RU-SEV"} == set()


def test_the_readme_names_every_file_of_the_folder() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    files = (path.relative_to(DATA) for path in DATA.rglob("*") if path.is_file())
    hidden = (".work", "__pycache__")
    names = {str(f.as_posix()) for f in files if f.parts[0] not in hidden} - {"README.md"}
    said = set(re.findall(r"`([^`\n]+)`", text))
    assert {n for n in names if not any(Path(n).match(one) or n == one for one in said)} == set()


@pytest.mark.parametrize("name", ["basemap.json.gz", "regions.csv"])
def test_the_readme_describes_the_build_that_is_here(name: str) -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() in text
