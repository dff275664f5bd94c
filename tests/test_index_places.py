"""The places of the entries that pass, counted as a person would count them."""

import pytest
from conftest import candidate, entry, located
from hypothesis import given
from hypothesis import strategies as st
from test_index import ABOUT, ENTRIES, FILTERS, index_of, memory_of, passes, rows_of

from geo.entry import Relation
from geo.filters import Filters
from geo.mercator import mercator


def counted(entries, asked):
    """Return certain and possible of each place by its id, counted in plain Python."""
    found = {}
    for one in entries:
        hits = [row for row in rows_of(one) if row[0] and passes(one, row, asked)]
        for place_id in {row[0].place_id for row in hits}:
            sure = any(row[1] == "certain" for row in hits if row[0].place_id == place_id)
            certain, possible = found.get(place_id, (0, 0))
            found[place_id] = (certain + sure, possible + (not sure))
    return found


@given(st.lists(ENTRIES, max_size=6, unique_by=lambda one: one.id), FILTERS)
def test_each_place_counts_the_entries_that_pass_there_once(tmp_path_factory, entries, asked):
    index = index_of(memory_of(*entries), tmp_path_factory.getbasetemp() / "unused")
    places, total = index.places(asked, 100)
    counts = {place.place_id: (place.certain, place.possible) for place in places}
    assert counts == counted(entries, asked)
    assert total == len(places)
    order = [(-p.certain - p.possible, -p.certain) for p in places]
    assert order == sorted(order)
    for place in places:  # the points lead to the same entries
        assert index.page(asked, 100, at=place.at)[1] == place.certain + place.possible


@pytest.fixture
def three(tmp_path):
    """Return an index in which three places have one, two and three entries."""
    about = {
        "t:a": candidate("t:a", name="Ŭiju", native="의주"),
        "t:b": candidate("t:b", name="Anju", native="안주", lat=39.6),
        "t:c": candidate("t:c", name="Zürich", native="", admin1="", country="CH", lat=47.4),
    }
    entries = [
        entry(f"{place_id}{number}", located(place))
        for times, (place_id, place) in enumerate(about.items(), start=1)
        for number in range(times)
    ]
    return index_of(memory_of(*entries), tmp_path / "none")


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("count", ["Zürich", "Anju", "Ŭiju"]),
        ("name", ["Anju", "Ŭiju", "Zürich"]),
        ("native", ["Zürich", "Anju", "Ŭiju"]),
    ],
)
def test_places_are_sorted_by_count_or_by_either_name(three, order, names):
    places, _ = three.places(Filters(), 10, order=order)
    assert [place.name for place in places] == names


def test_pages_of_places_follow_each_other(three):
    whole, total = three.places(Filters(), 10)
    pages = [three.places(Filters(), 2, offset) for offset in (0, 2, 4)]
    assert [place for page, _ in pages for place in page] == whole
    assert [number for _, number in pages] == [total, total, 0]


def test_a_place_says_where_it_is_in_both_scripts_and_how_precise(three):
    place = three.places(Filters(), 1, 2)[0][0]
    assert (place.name, place.native, place.precision) == ("Ŭiju", "의주", "city")
    assert place.regions == ("KP-01",)
    assert place.at == (mercator(39.0, 125.7),)
    abroad = three.places(Filters(), 1)[0][0]
    assert abroad.regions == ("CH",)


def test_a_place_that_changed_its_province_names_both(tmp_path):
    rason = located(candidate("t:1", admin1="KP-13", lat=42.3))
    then, now = entry("A", rason, recorded="2005"), entry("B", rason, recorded="2015")
    (place,), _ = index_of(memory_of(then, now), tmp_path / "none").places(Filters(), 5)
    assert place.regions == ("KP-09", "KP-13")
    assert (place.certain, place.possible) == (2, 0)


def test_one_of_several_places_is_possible_at_each(tmp_path):
    places = [located(ABOUT[one], relation=Relation.ONE_OF) for one in ("t:1", "t:2")]
    index = index_of(memory_of(entry("A", *places), entry("B")), tmp_path / "none")
    found, total = index.places(Filters(), 5)
    assert {(p.place_id, p.certain, p.possible) for p in found} == {("t:1", 0, 1), ("t:2", 0, 1)}
    assert total == 2
