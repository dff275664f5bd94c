"""The circle of a place: as large as said, whole over the 180th meridian and over the poles."""

import math

import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon

from geo.circle import rings
from geo.mercator import DEGREE_M


def area(lat, lon, radius_m):
    return MultiPolygon([Polygon(ring) for ring in rings(lat, lon, radius_m)])


def test_every_corner_is_a_little_more_than_the_radius_away():
    (ring,) = rings(39.03, 125.75, 15_000)
    far = [great_circle((39.03, 125.75), (lat, lon)).meters for lon, lat in ring]
    assert min(far) >= 15_000
    assert max(far) < 15_000 * 1.01
    assert ring[0] == ring[-1]
    assert len(ring) == 49


def test_rings_run_anticlockwise():
    for place in (
        (39, 125, 15_000),
        (10, 179.99, 15_000),
        (89, 0, 500_000),
        (-89, 0, 500_000),
        (0, 0, 0.001),
    ):
        assert all(Polygon(ring).exterior.is_ccw for ring in rings(*place)), place


def test_a_circle_over_the_180th_meridian_is_two_rings_that_stay_on_the_map():
    east, west = sorted(rings(65, 179.9, 50_000), key=lambda ring: -ring[0][0])
    assert all(0 < lon <= 180 for lon, _ in east)
    assert all(-180 <= lon < 0 for lon, _ in west)
    assert area(65, 179.9, 50_000).contains(Point(-179.9, 65))


@pytest.mark.parametrize("sign", [1, -1])
def test_a_circle_over_a_pole_holds_all_that_is_close_to_it(sign):
    polar = area(sign * 80, 30, 2_000_000)
    assert all(polar.covers(Point(lon, sign * 89.9)) for lon in range(-180, 181, 20))
    assert not polar.covers(Point(-150, sign * 60))


def test_a_circle_with_both_poles_is_the_whole_world():
    assert area(0, 0, 20_040_000).area == 360 * 180


@given(
    lat=st.floats(-75, 75), lon=st.floats(-180, 180), radius_m=st.floats(50, 1_500_000),
    bearing=st.floats(0, 360), share=st.floats(0, 0.99),
)  # fmt: skip
def test_whatever_lies_within_the_radius_lies_within_the_rings(lat, lon, radius_m, bearing, share):
    if abs(lat) + radius_m / DEGREE_M > 80:
        radius_m = (80 - abs(lat)) * DEGREE_M
    there = great_circle(meters=radius_m * share).destination((lat, lon), bearing)
    drawn = area(lat, lon, radius_m)
    at = Point(math.remainder(there.longitude, 360), there.latitude)
    assert drawn.buffer(1e-5).covers(at)


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180), radius_m=st.floats(0.001, 20_040_000))
def test_every_circle_has_rings_and_none_leaves_the_map(lat, lon, radius_m):
    found = rings(lat, lon, radius_m)
    assert 1 <= len(found) <= 3
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in found for x, y in ring)
