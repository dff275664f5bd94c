"""The choropleth: classes that say what is there, and nothing spread further than it is known."""

import gzip
import json
from itertools import pairwise

import pytest
from conftest import ROOT, candidate, entry, located
from hypothesis import given
from hypothesis import strategies as st

from geo.entry import Relation
from geo.filters import Filters
from geo.index import Index
from geo.regions import OUTLINED, classes, counted

COUNTS = st.lists(st.integers(0, 20) | st.integers(0, 2_000_000), max_size=40)


@given(COUNTS)
def test_classes_hold_every_count_once_and_are_at_most_five(counts) -> None:
    made = classes(counts)
    positive = [count for count in counts if count]
    assert len(made) <= 5
    assert all(low <= high for low, high in made)
    assert all(high < low for (_, high), (low, _) in pairwise(made))
    for count in positive:
        assert sum(low <= count <= high for low, high in made) == 1
    assert bool(made) == bool(positive)
    if positive:
        assert (made[0][0], made[-1][1]) == (min(positive), max(positive))


@given(COUNTS.filter(lambda counts: len({c for c in counts if c}) > 5))
def test_many_different_counts_are_cut_where_each_class_grows_by_the_same_factor(counts) -> None:
    made = classes(counts)
    least, most = made[0][0], made[-1][1]
    step = (most / least) ** 0.2
    if least * (step - 1) > 1:  # wide enough for five whole numbers
        assert len(made) == 5
        for number, (low, _) in enumerate(made):
            assert low == pytest.approx(least * step**number, rel=0.34, abs=1)


@pytest.mark.parametrize(
    ("counts", "made"),
    [
        ([], []),
        ([0, 0], []),
        ([7, 0, 0], [(7, 7)]),
        ([7, 1, 1, 12], [(1, 1), (7, 7), (12, 12)]),
        ([1, 2, 3, 4, 5, 6], [(1, 1), (2, 2), (3, 3), (4, 6)]),
        ([1, 2, 3, 4, 5, 5000], [(1, 4), (5, 29), (30, 199), (200, 899), (900, 5000)]),
        (range(95, 101), [(95, 95), (96, 96), (97, 97), (98, 98), (99, 100)]),
    ],
)
def test_few_counts_are_a_class_each_and_many_have_round_bounds(counts, made) -> None:
    assert classes(counts) == made


def test_the_countries_taken_by_province_are_those_that_the_base_map_draws_so() -> None:
    areas = json.loads(gzip.decompress((ROOT / "data" / "basemap.json.gz").read_bytes()))["areas"]
    drawn = {code[:2] for code in areas if "-" in code}
    few = {"CN", "RU", "UA"}  # border provinces and Crimea alone
    assert set(OUTLINED) == drawn - few


@pytest.fixture
def index_of(store, tmp_path):
    def build(*entries):
        store.save(entries, "test", "test")
        index = Index(store, tmp_path / "cache")
        index.refresh()
        return index

    return build


CITY = candidate("t:1", admin1="KP-01")
OTHER = candidate("t:2", admin1="KP-13", lat=42.3)
WHOLE = candidate("t:3", admin1="", feature="country")
CHINA = candidate("t:4", admin1="CN-JL", country="CN", lat=43.0)


def areas(told, level):
    """Return the areas of a level without the names."""
    return sorted(map(tuple, told["levels"][level]["areas"]))


def test_what_is_known_to_the_country_alone_is_not_spread_on_its_provinces(
    index_of, gazetteer
) -> None:
    index = index_of(entry("A", located(CITY)), entry("B", located(WHOLE)))
    told = counted(index.regions, Filters(), gazetteer.region)
    assert areas(told, "province") == [("KP", 1, 0, True, False), ("KP-01", 1, 0, True, True)]
    assert areas(told, "country") == [("KP", 2, 0, True, True)]
    assert told["levels"]["province"]["classes"] == [(1, 1)]
    assert told["levels"]["country"]["classes"] == [(2, 2)]


def test_what_is_only_possible_raises_no_class(index_of, gazetteer) -> None:
    places = [located(one, relation=Relation.ONE_OF) for one in (CITY, OTHER)]
    told = counted(index_of(entry("A", *places)).regions, Filters(), gazetteer.region)
    assert areas(told, "province") == [("KP-01", 0, 1, True, True), ("KP-13", 0, 1, True, True)]
    assert told["levels"]["province"]["classes"] == []
    assert areas(told, "country") == [("KP", 0, 1, True, True)]


def test_a_country_whose_provinces_the_map_does_not_draw_stands_untinted_among_provinces(
    index_of, gazetteer
) -> None:
    index = index_of(entry("A", located(CITY)), entry("B", located(CHINA)))
    told = counted(index.regions, Filters(), gazetteer.region)
    assert areas(told, "province") == [("CN", 1, 0, True, False), ("KP-01", 1, 0, True, True)]
    assert areas(told, "country") == [("CN", 1, 0, True, True), ("KP", 1, 0, True, True)]


def test_a_filtered_region_leaves_the_others_there_to_be_chosen(index_of, gazetteer) -> None:
    index = index_of(entry("A", located(CITY)), entry("B", located(OTHER)), entry("C"))
    told = counted(index.regions, Filters(region=("KP-13",)), gazetteer.region)
    assert areas(told, "province") == [("KP-01", 1, 0, False, True), ("KP-13", 1, 0, True, True)]
    assert areas(told, "country") == [("KP", 1, 0, True, True)]


def test_another_filter_than_the_region_takes_the_others_away(index_of, gazetteer) -> None:
    index = index_of(entry("A", located(CITY), category="x"), entry("B", located(OTHER)))
    told = counted(index.regions, Filters(category=("x",)), gazetteer.region)
    assert areas(told, "province") == [("KP-01", 1, 0, True, True)]


def test_each_area_has_its_names_and_a_point(index_of, gazetteer) -> None:
    told = counted(index_of(entry("A", located(OTHER))).regions, Filters(), gazetteer.region)
    assert told["places"]["KP-13"][:2] == ["Rason", "라선"]
    assert told["places"]["KP"][:2] == ["North Korea", "북한"]
    assert all(0 <= at < 1 << 24 for place in told["places"].values() for at in place[2:])


def test_a_code_that_nobody_knows_is_left_out(index_of, gazetteer) -> None:
    odd = candidate("t:9", admin1="ZZ-99", country="ZZ")
    told = counted(index_of(entry("A", located(odd))).regions, Filters(), gazetteer.region)
    assert told == {
        "levels": {
            "province": {"classes": [], "areas": []},
            "country": {"classes": [], "areas": []},
        },
        "places": {},
        "filtered": False,
    }
