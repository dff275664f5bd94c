"""Coordinates that a person types or clicks are read as exactly as they were said, or refused."""

import math

import pytest
from geopy.distance import geodesic
from hypothesis import assume, example, given
from hypothesis import strategies as st
from mgrs import MGRS
from pluscodes.openlocationcode import openlocationcode

from geo.coordinates import BASE_MAP_M, CLICK_PX, Form, clicked, read
from geo.errors import InputError


class Near:
    lat, lon = 39.03, 125.75


LATS = st.floats(-79, 83, allow_nan=False)
LONS = st.floats(-179.9, 179.9, allow_nan=False)


def apart(one, lat, lon):
    return geodesic((one.lat, one.lon), (lat, lon)).meters


@pytest.mark.parametrize(
    ("text", "lat", "lon", "form", "within"),
    [
        ("39.03, 125.75", 39.03, 125.75, Form.DECIMAL, 557),
        ("39.0 125.7", 39.0, 125.7, Form.DECIMAL, 5_566),
        ("39, 125", 39, 125, Form.DECIMAL, 55_660),
        ("S 12.5 W 77.0", -12.5, -77, Form.DECIMAL, 5_566),
        ("39.03N 125.75E", 39.03, 125.75, Form.DECIMAL, 557),
        ("−12.5; −77.0", -12.5, -77, Form.DECIMAL, 5_566),
        ("39°01'30\"N 125°45'00\"E", 39.025, 125.75, Form.SEXAGESIMAL, 15.5),
        ("39°01′30″N, 125°45′00″E", 39.025, 125.75, Form.SEXAGESIMAL, 15.5),
        ("39 1 30 N, 125 45 0 E", 39.025, 125.75, Form.SEXAGESIMAL, 15.5),
        ("N39 1.5 E125 45.0", 39.025, 125.75, Form.SEXAGESIMAL, 92.8),
        ("-0°30', 10°15'", -0.5, 10.25, Form.SEXAGESIMAL, 927.7),
        ("51SYD3823", 39.0280, 125.7552, Form.MGRS, 500),
        ("51s yd 38 23", 39.0280, 125.7552, Form.MGRS, 500),
        ("38TKK", 40.1632, 42.0644, Form.MGRS, 50_000),
        ("51SYD3804523704", 39.03, 125.75, Form.MGRS, 1),
        ("8QF72QJ2+22", 39.0300625, 125.7500625, Form.PLUS_CODE, 7),
        ("8QF70000+", 39.5, 125.5, Form.PLUS_CODE, 55_660),
    ],
)  # fmt: skip
def test_each_form_is_read_with_half_of_its_last_digit_or_cell(text, lat, lon, form, within):
    said = read(text)
    assert (said.lat, said.lon) == (pytest.approx(lat, abs=1e-3), pytest.approx(lon, abs=1e-3))
    assert said.form is form
    assert said.resolution_m == pytest.approx(within, rel=0.01)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a place that can be read"),
        ("Pyongyang", "not a place that can be read"),
        ("39.03", "not a place that can be read"),
        ("39,03; 125,75", "not a place that can be read"),
        ("39 1 125 45", "not a place that can be read"),
        ("39 1, 125 45", "not a place that can be read"),
        ("-39.0S, 12.0W", "not a place that can be read"),
        ("39.03N, 125.75", "not a place that can be read"),
        ("39.5°10'N, 125°E", "not a place that can be read"),
        ("38TKK5", "not a place that can be read"),
        ("38T", "not a place that can be read"),
        ("38TZZ", "not a place that can be read"),
        ("1e1, 3", "not a place that can be read"),
        ("nan, nan", "not a place that can be read"),
        ("٣٩, ٢٥", "not a place that can be read"),
        ("39.03, 125.75, 12", "not a place that can be read"),
        ("9" * 500, "not a place that can be read"),
        ("{{7*191}} ${x}", "not a place that can be read"),
        ("39,125", "decimal comma"),
        ("2QJ2+22", "short Plus Code"),
        ("125.75, 39.03", "longitude first"),
        ("125°45'E 39°01'N", "longitude first"),
        ("38.7E, 12.1N", "longitude first"),
        ("91, 200", "lies nowhere"),
        ("91, 125", "lies nowhere"),
        ("39, 181", "lies nowhere"),
        ("39°61'N 125°00'E", "lies nowhere"),
        ("90°30'N 125°00'E", "lies nowhere"),
    ],
)
def test_what_has_no_reading_or_two_is_refused_in_a_sentence(text, why):
    with pytest.raises(InputError, match=why):
        read(text)


def test_a_short_plus_code_is_the_one_nearest_to_a_place():
    said = read("2QJ2+22", Near)
    assert apart(said, Near.lat, Near.lon) < 20
    assert said.text == "2QJ2+22 = 8QF72QJ2+22"


@given(LATS, LONS, st.integers(1, 9))
@example(0.0, 0.0, 3)
def test_decimal_degrees_come_back_within_what_they_say(lat, lon, digits):
    said = read(f"{lat:.{digits}f}, {lon:.{digits}f}")
    assert apart(said, lat, lon) <= said.radius_m * 1.01


@given(LATS, LONS)
def test_degrees_minutes_and_seconds_come_back_within_what_they_say(lat, lon):
    def written(value, letters):
        seconds = round(abs(value) * 36_000)
        whole, rest = divmod(seconds, 36_000)
        return f"{whole}°{rest // 600}'{rest % 600 / 10:.1f}\"{letters[value < 0]}"

    said = read(f"{written(lat, 'NS')} {written(lon, 'EW')}")
    assert said.resolution_m == pytest.approx(1.55, abs=0.6)
    assert apart(said, lat, lon) <= said.radius_m * 1.01


@given(LATS, LONS, st.integers(1, 5))
def test_mgrs_references_come_back_within_their_square(lat, lon, digits):
    assume(not -1e-5 < lat < 0)  # there the library writes references that do not exist
    text = MGRS().toMGRS(lat, lon, MGRSPrecision=digits)
    text = text.decode() if isinstance(text, bytes) else text
    said = read(text)
    assert said.form is Form.MGRS
    assert apart(said, lat, lon) <= said.radius_m * 1.01 + 1


@given(LATS, LONS, st.sampled_from([4, 6, 8, 10, 11, 12]))
def test_plus_codes_come_back_within_their_cell(lat, lon, length):
    said = read(openlocationcode.encode(lat, lon, length))
    assert said.form is Form.PLUS_CODE
    assert apart(said, lat, lon) <= said.radius_m * 1.01


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_breaks_nothing(text):
    try:
        said = read(text, Near)
    except InputError:
        return
    assert -90 <= said.lat <= 90
    assert -180 <= said.lon <= 180
    assert said.resolution_m >= 1


@given(st.floats(-85, 85), st.floats(-900, 900), st.floats(0, 20))
def test_a_click_is_never_finer_than_the_pixels_of_its_zoom_and_the_base_map(lat, lon, zoom):
    said = clicked(lat, lon, zoom)
    pixel = 40_075_016 * math.cos(math.radians(lat)) / 256 / 2**zoom
    assert said.resolution_m >= max(CLICK_PX * pixel * 0.99, BASE_MAP_M)
    assert -180 <= said.lon <= 180
    assume(abs(lon) < 180)
    assert said.lon == pytest.approx(lon, abs=1e-5)


@pytest.mark.parametrize(
    "where", [(86, 0, 5), (math.nan, 0, 5), (0, math.inf, 5), (0, 0, -1), (0, 0, math.nan)]
)
def test_a_click_off_the_ground_is_refused(where):
    with pytest.raises(InputError):
        clicked(*where)
