"""Neighbours are honest about areas, and about dates that are only partly known."""

import pytest
from conftest import candidate, entry, located

from geo.entry import Visibility
from geo.index import Index


@pytest.fixture
def index(store, tmp_path):
    def fill(*entries):
        store.save(entries, "test", "made up")
        made = Index(store, tmp_path / "cache")
        made.refresh()
        return made

    return fill


def at(entry_id, lat, place="", **changes):
    """Return an entry at a place of its own on the meridian 125.7; a degree is 111 km."""
    given = {"uncertainty_m": 1_000.0} | changes
    return entry(entry_id, located(candidate(place or f"t:{entry_id}", lat=lat, **given)))


def test_the_same_place_comes_first_then_the_nearest_and_nothing_beyond_50_km(index):
    made = index(
        at("A", 39.0, "t:same"), at("FAR", 39.5), at("NEAR", 39.1), at("NEARER", 39.02),
        at("SAME", 39.0, "t:same"), at("EDGE", 39.44),
    )  # fmt: skip
    found, number = made.near_place("A", 8)
    assert [(one.entry_id, one.same) for one in found] == [
        ("SAME", True), ("NEARER", False), ("NEAR", False), ("EDGE", False),
    ]  # fmt: skip
    assert number == 4
    assert [round(one.km, 1) for one in found] == [0.0, 2.2, 11.1, 48.9]


def test_areas_that_meet_are_said_to_overlap(index):
    made = index(at("A", 39.0), at("MEETS", 39.1, uncertainty_m=11_000.0), at("APART", 39.2))
    found, _ = made.near_place("A", 8)
    assert [(one.entry_id, one.overlaps) for one in found] == [("MEETS", True), ("APART", False)]


def test_a_province_is_near_to_nothing_but_the_same_province(index):
    wide = {"feature": "province", "uncertainty_m": 100_000.0}
    made = index(
        at("A", 39.0), at("P", 39.01, "t:p", **wide), at("Q", 39.01, "t:p", **wide),
        at("R", 39.02, "t:r", **wide),
    )  # fmt: skip
    assert made.near_place("A", 8) == ([], 0)
    assert [one.entry_id for one in made.near_place("P", 8)[0]] == ["Q"]


def test_a_neighbour_that_is_only_possibly_there_says_so_and_counts_once(index):
    both = [
        located(candidate(f"t:{lat}", lat=lat, name=str(lat)), relation="one_of")
        for lat in (39.3, 39.1)
    ]
    made = index(at("A", 39.0), entry("B", *both))
    ((one,), number) = made.near_place("A", 8)
    assert (one.possible, one.place, number) == (True, "39.1", 1)


def test_at_most_so_many_are_given_and_all_are_counted(index):
    made = index(*(at(f"E{n}", 39.0, "t:same") for n in range(12)))
    found, number = made.near_place("E0", 8)
    assert (len(found), number) == (8, 11)


def test_withheld_entries_and_those_without_a_place_are_no_neighbours(index):
    hidden = at("H", 39.0, "t:same").model_copy(
        update={"visibility": Visibility.WITHHELD, "recorded": "2013"}
    )
    made = index(entry("A", located(candidate("t:same")), recorded="2013"), hidden, entry("NO"))
    assert made.near_place("A", 8) == ([], 0)
    assert made.near_place("NO", 8) == ([], 0)
    assert made.near_time("A", 8) == ([], 0)


def dated(entry_id, recorded):
    return entry(entry_id, recorded=recorded)


def test_dates_are_as_near_as_their_ranges_allow(index):
    made = index(
        dated("A", "2013-05"), dated("IN", "2013-05-17"), dated("YEAR", "2013"),
        dated("AFTER", "2013-06-03"), dated("BEFORE", "2013-04-29"), dated("LATE", "2013-07-02"),
        dated("NONE", ""), dated("OPEN", "2012/.."),
    )  # fmt: skip
    found, number = made.near_time("A", 8)
    assert {one.entry_id: one.days for one in found} == {
        "IN": 0,
        "YEAR": 0,
        "BEFORE": 2,
        "AFTER": 3,
    }
    assert [one.days for one in found] == sorted(one.days for one in found)
    assert (number, found[-1].recorded) == (4, "2013-06-03")


@pytest.mark.parametrize("recorded", ["", "2012/..", "../2013"])
def test_an_entry_whose_date_is_open_or_unknown_has_no_neighbour_in_time(index, recorded):
    assert index(dated("A", recorded), dated("B", "2013")).near_time("A", 8) == ([], 0)


def test_an_unknown_entry_has_no_neighbours(index):
    made = index(at("A", 39.0))
    assert made.near_place("nobody", 8) == ([], 0)
    assert made.near_time("nobody", 8) == ([], 0)
