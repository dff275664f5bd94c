"""A person's point claims no more than was typed or clicked, and no region that is in doubt."""

import pytest
from conftest import NOON, candidate

from geo.coordinates import clicked, read
from geo.entry import Match, Precision
from geo.errors import InputError
from geo.proposal import adjusted, level_for, likely_region, point, regions_near


def made(text="39.03, 125.75", region="KP-01", level=Precision.SITE, radius_m=1_000.0):
    return point(read(text), "the bridge", region, level=level, radius_m=radius_m, at=NOON)


def test_a_persons_point_says_what_was_typed_and_that_a_person_put_it_there():
    one = made()
    assert (one.lat, one.lon, one.uncertainty_m) == (39.03, 125.75, 1_000)
    assert (one.country, one.admin1, one.confidence) == ("KP", "KP-01", 1.0)
    told = one.provenance
    assert (told.provider, told.version, told.licence) == ("person", "", "")
    assert (told.query, told.matched_name, told.match) == (
        "39.03, 125.75", "the bridge", Match.MANUAL
    )  # fmt: skip


def test_a_click_says_at_which_zoom():
    said = clicked(39, 125, 6)
    one = point(said, "x", "", level=Precision.CITY, radius_m=said.radius_m, at=NOON)
    assert one.provenance.query == "map click at zoom 6"
    assert (one.country, one.admin1) == ("", "")


@pytest.mark.parametrize("text", ["39.03, 125.75", "51SYD3823", "8QF72QJ2+22", "39, 125"])
def test_no_radius_is_below_what_was_typed(text):
    least = read(text).radius_m
    assert made(text, radius_m=least).uncertainty_m == least
    with pytest.raises(InputError, match="cannot be below"):
        made(text, radius_m=least * 0.99)


@pytest.mark.parametrize(
    ("level", "radius_m", "shown"),
    [(Precision.SITE, 100, Precision.SITE), (Precision.SITE, 2_000, Precision.DISTRICT),
     (Precision.CITY, 100, Precision.CITY), (Precision.CITY, 50_000, Precision.COUNTY),
     (Precision.PROVINCE, 1_000, Precision.PROVINCE)],
)  # fmt: skip
def test_a_precision_set_by_hand_is_never_finer_than_the_radius(level, radius_m, shown):
    assert made("51SYD3804523704", level=level, radius_m=radius_m).precision is shown
    assert adjusted(candidate(), level, radius_m).precision is shown
    assert level_for(radius_m).value in {p.value for p in Precision}


def test_a_candidate_set_by_hand_keeps_its_source_and_is_another_place():
    given = candidate("t:1")
    one = adjusted(given, Precision.DISTRICT, 700)
    assert (one.lat, one.provenance, one.uncertainty_m) == (given.lat, given.provenance, 700)
    assert one.place_id != given.place_id
    again = adjusted(one, Precision.CITY, 9_000)
    assert again.place_id == adjusted(given, Precision.CITY, 9_000).place_id
    assert adjusted(given, given.precision, given.uncertainty_m) is given


def test_two_points_that_differ_in_anything_drawn_are_two_places():
    ids = {made(radius_m=r, level=v, region=c).place_id for r in (900, 1_000)
           for v in (Precision.SITE, Precision.CITY) for c in ("KP-01", "")}  # fmt: skip
    assert len(ids) == 8


@pytest.mark.parametrize(
    ("text", "region"),
    [("39.030, 125.750", "KP-01"), ("40.10, 124.39", ""), ("37.566, 126.978", "KR-11")],
)
def test_a_region_is_proposed_where_all_that_is_known_there_agrees(gazetteer, text, region):
    assert likely_region(gazetteer, read(text), []) == region


def test_where_nothing_is_known_the_candidate_that_holds_the_point_gives_the_region(gazetteer):
    sea, near = read("38.500, 123.500"), candidate(lat=38.4, lon=123.5, uncertainty_m=20_000)
    assert likely_region(gazetteer, sea, []) == ""
    assert likely_region(gazetteer, sea, [near]) == "KP-01"
    assert likely_region(gazetteer, sea, [candidate(lat=38.0, lon=123.5)]) == ""


def test_a_person_may_choose_among_all_regions_that_can_be_meant(gazetteer):
    border = regions_near(gazetteer, read("40.10, 124.39"), [candidate()], ("KP",))
    assert {"KP-01", "KP-03", "CN-LN", "KP", "CN", "KP-13"} <= set(border)
    assert len(border) == len(set(border))
