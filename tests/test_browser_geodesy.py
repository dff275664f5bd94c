"""The map's own geodesy and coordinates, compared with the libraries that the app relies on."""

import random
from collections.abc import Callable, Iterator

import pytest
from conftest import ROOT
from geographiclib.geodesic import Geodesic
from mgrs import MGRS
from playwright.sync_api import Browser

from geo.coordinates import read

pytestmark = pytest.mark.browser
EARTH = Geodesic.WGS84


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Callable[..., list]]:
    """Return a function that runs an expression over many values in the browser."""
    page = browser.new_page()
    for name in ("geodesy.js", "coordinates.js"):
        page.add_script_tag(path=ROOT / "geo" / name)

    def over(expression: str, values: list) -> list:
        made = f"values => values.map((v) => (({expression})))"
        return page.evaluate(made.replace("G.", "window.Glimpse."), values)

    yield over
    page.close()


def points(south: float, north: float, west: float, east: float, number: int):
    chosen = random.Random(f"{south} {west}")
    return [(chosen.uniform(south, north), chosen.uniform(west, east)) for _ in range(number)]


def numbers(reference: str) -> tuple[str, int, int]:
    """Return the square of a full MGRS reference, and its two numbers."""
    return reference[:5], int(reference[5:10]), int(reference[10:])


@pytest.mark.parametrize(
    ("where", "box"),
    [
        ("the world", (-80, 83.999, -180, 180)),
        ("south-west Norway", (55, 65, -1, 15)),
        ("Svalbard", (71, 83.999, -3, 45)),
        ("the equator", (-0.2, 0.2, -180, 180)),
        ("the 180th meridian", (-70, 70, 179, 180)),
        ("Korea", (33, 43, 124, 131)),
    ],
)
def test_mgrs_is_what_the_package_says(run, where: str, box) -> None:
    asked = points(*box, 4_000)
    told = run("G.coordinates.write('mgrs', v[0], v[1], 1)", [list(one) for one in asked])
    other = 0
    for at, ours in zip(asked, told, strict=True):
        expected = MGRS().toMGRS(*at)
        if (plain := ours.replace(" ", "")) == expected:
            continue
        other += 1  # a point on the edge of a square metre
        (square, east, north), (square_2, east_2, north_2) = numbers(plain), numbers(expected)
        assert square == square_2, (where, at)
        assert abs(east - east_2) + abs(north - north_2) <= 1, (where, at)
    assert other < 40


def test_mgrs_says_nothing_beyond_84_north_and_80_south(run) -> None:
    beyond = [[84.0, 10.0], [89.9, -120.0], [-80.01, 10.0], [-90.0, 0.0]]
    assert run("G.coordinates.write('mgrs', v[0], v[1], 1)", beyond) == ["", "", "", ""]
    assert all(run("G.coordinates.write('mgrs', v[0], v[1], 1)", [[83.99, 10.0], [-80.0, 10.0]]))


@pytest.mark.parametrize("form", ["decimal", "dms", "mgrs"])
@pytest.mark.parametrize("metres", [0.5, 7.4, 118.0, 1_880.0])
def test_what_is_written_is_read_back_and_no_finer_than_a_pixel(run, form: str, metres) -> None:
    asked = points(-79, 83, -180, 180, 300)
    told = run(f"G.coordinates.write('{form}', v[0], v[1], {metres})", [list(one) for one in asked])
    for at, text in zip(asked, told, strict=True):
        said = read(text)
        assert 2 * said.resolution_m >= min(metres, 0.5 / 2), text
        away = EARTH.Inverse(*at, said.lat, said.lon)["s12"]
        assert away <= said.radius_m * 1.02 + 1, (at, text)


def test_a_number_gets_more_digits_only_as_the_pixels_get_smaller(run) -> None:
    steps = [10_000, 1_000, 100, 10, 1]
    told = {
        form: run(f"G.coordinates.write('{form}', 39.03385, 125.75432, v)", steps)
        for form in ("decimal", "dms", "mgrs")
    }
    assert told["decimal"] == [
        "39, 126", "39.0, 125.8", "39.03, 125.75", "39.034, 125.754", "39.0339, 125.7543",
    ]  # fmt: skip
    assert told["dms"] == [
        "39°N 126°E", "39°02'N 125°45'E", "39°02'N 125°45'E",
        "39°02'02\"N 125°45'16\"E", "39°02'01.9\"N 125°45'15.6\"E",
    ]  # fmt: skip
    assert told["mgrs"] == [
        "51S YD 3 2", "51S YD 38 24", "51S YD 384 241", "51S YD 3840 2414", "51S YD 38406 24143",
    ]  # fmt: skip


def test_rounding_carries_into_minutes_and_degrees(run) -> None:
    assert run("G.coordinates.write('dms', v[0], v[1], 10)", [[38.99999, -0.00001]]) == [
        "39°00'00\"N 0°00'00\"E"
    ]


def test_a_longitude_beyond_180_is_the_same_place(run) -> None:
    said = run("G.coordinates.write('decimal', v[0], v[1], 100)", [[10, 190], [10, -170]])
    assert said == ["10.000, -170.000"] * 2


def test_lengths_are_those_of_the_ellipsoid_to_a_millimetre(run) -> None:
    starts = points(-89, 89, -180, 180, 3_000)
    ends = points(-89, 89, -179.9, 180, 3_000)
    pairs = [(a, b) for a, b in zip(starts, ends, strict=True)]
    pairs += [(a, (a[0] * 0.99, a[1] + 0.01)) for a in starts]
    told = run("G.geodesy.distance(v[0], v[1])", [list(map(list, pair)) for pair in pairs])
    for (a, b), ours in zip(pairs, told, strict=True):
        true = EARTH.Inverse(*a, *b)
        if true["a12"] < 178:
            assert ours == pytest.approx(true["s12"], abs=0.001), (a, b)


def test_where_the_method_fails_the_length_is_still_right_to_a_hundredth(run) -> None:
    pairs = [((0, 0), (0, 180)), ((0, 0), (0.5, 179.7)), ((90, 0), (-90, 0)), ((30, 0), (-30, 180))]
    told = run("G.geodesy.distance(v[0], v[1])", [list(map(list, pair)) for pair in pairs])
    for (a, b), ours in zip(pairs, told, strict=True):
        assert ours == pytest.approx(EARTH.Inverse(*a, *b)["s12"], rel=0.006)
    assert run("G.geodesy.distance(v, v)", [[39.0, 125.7]]) == [0]


def test_areas_are_those_of_the_ellipsoid(run) -> None:
    chosen = random.Random(7)
    kite = ((0, 1), (0.9, 0.2), (0.4, -1), (-1, 0))
    rings = []
    for lat, lon in points(-60, 60, -180, 180, 200):
        size = 10 ** chosen.uniform(-3, 0.5)
        rings.append([(lat + size * dy, lon + size * dx) for dx, dy in kite])
    told = run("G.geodesy.area(v)", [list(map(list, ring)) for ring in rings])
    for ring, ours in zip(rings, told, strict=True):
        polygon = EARTH.Polygon()
        for corner in ring:
            polygon.AddPoint(*corner)
        assert ours == pytest.approx(abs(polygon.Compute()[2]), rel=2e-5)


def test_a_ring_that_crosses_itself_is_seen(run) -> None:
    square, bow = [[0, 0], [0, 1], [1, 1], [1, 0]], [[0, 0], [1, 1], [0, 1], [1, 0]]
    assert run("G.geodesy.crosses(v)", [square, bow]) == [False, True]


def test_a_circle_is_a_circle_on_the_ground(run) -> None:
    (ring,) = run("G.geodesy.ring([39, 125.7], v)", [50_000])
    away = [EARTH.Inverse(39, 125.7, lat, lon)["s12"] for lat, lon in ring]
    assert min(away) > 49_700
    assert max(away) < 50_300
