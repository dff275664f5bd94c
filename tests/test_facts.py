"""What the summary counts: each entry in one group, and nothing that a filter leaves out."""

import pytest
from conftest import candidate, entry, located

from geo.entry import Location
from geo.filters import Filters
from geo.index import Index
from geo.summary import Group, Spot

PYONGYANG = candidate("t:p", name="Pyongyang", native="평양", admin1="KP-01")
CHONGJIN = candidate("t:c", name="Chongjin", native="청진", admin1="KP-09")
RAJIN = candidate("t:r", name="Rajin", native="라진", admin1="KP-13")
P, C, R = (
    Spot("Pyongyang", "평양", "KP-01"),
    Spot("Chongjin", "청진", "KP-09"),
    Spot("Rajin", "라진", "KP-13"),
)


def one_of(*places, complete=True):
    return [located(place, relation="one_of", complete=complete) for place in places]


@pytest.fixture
def facts(store, tmp_path):
    """Return a function that saves entries and gives the facts under filters."""

    def told(*entries, **asked):
        store.save(list(entries), "test", "made up")
        index = Index(store, tmp_path / "snapshots")
        index.refresh()
        return index.facts(Filters(**asked))

    return told


def test_entries_are_grouped_by_all_their_places_and_counted_once(facts):
    told = facts(
        entry("A", located(PYONGYANG)), entry("B", located(PYONGYANG)),
        entry("C", located(PYONGYANG), located(RAJIN, relation="also_at")),
        entry("D", *one_of(CHONGJIN, RAJIN)), entry("E"),
    )  # fmt: skip
    assert told.certain == (Group((P,), 2), Group((P, R), 1))
    assert told.possible == (Group((C, R), 1),)
    assert (told.entries, told.elsewhere, told.unsure, told.unplaced) == (5, 0, 0, 1)


def test_an_entry_that_is_certain_somewhere_is_not_possible_elsewhere(facts):
    told = facts(entry("A", located(PYONGYANG), *one_of(CHONGJIN, RAJIN)))
    assert told.certain == (Group((P,), 1),)
    assert (told.possible, told.unsure) == ((), 0)


def test_in_a_region_the_other_possible_places_of_an_entry_are_still_named(facts):
    told = facts(
        entry("A", *one_of(CHONGJIN, RAJIN)), entry("B", located(PYONGYANG)), region=("KP-13",)
    )
    assert (told.entries, told.certain) == (1, ())
    assert told.possible == (Group((C, R), 1),)


@pytest.mark.parametrize("whole", [True, False])
def test_a_list_is_whole_when_the_report_says_so_and_every_place_is_found(facts, whole):
    assert facts(entry("A", *one_of(CHONGJIN, RAJIN, complete=whole))).possible[0].whole is whole


def test_a_list_with_a_place_that_nobody_knows_is_not_whole(facts):
    unknown = Location(locality="Nowhere", relation="one_of", absence="not_found")
    assert not facts(entry("A", *one_of(CHONGJIN), unknown)).possible[0].whole


def test_verified_and_doubted_entries_are_counted(facts):
    levels = ["corroborated", "geolocated", "contested", "refuted", "reported", "not_assessed"]
    told = facts(*(entry(one, verification={"level": one}) for one in levels))
    assert (told.verified, told.doubted) == (2, 2)


@pytest.mark.parametrize(
    ("dates", "span"),
    [
        (["2012", "2014-05", ""], (1, 2012, 2014)),
        (["2012/..", "2014"], (0, 2012, None)),
        (["../2012", "2014"], (0, None, 2014)),
        (["", ""], (2, None, None)),
    ],
)
def test_years_are_known_only_where_no_entry_leaves_them_open(facts, dates, span):
    told = facts(*(entry(f"E{n}", recorded=date) for n, date in enumerate(dates)))
    assert (told.undated, told.first, told.last) == span


def test_reports_are_counted_once_and_only_those_of_what_passes(facts):
    told = facts(
        entry("A", located(PYONGYANG), reports=[{"report": "X"}, {"report": "Y"}]),
        entry("B", located(PYONGYANG), reports=[{"report": "X"}]),
        entry("C", located(RAJIN), reports=[{"report": "Z"}]),
        region=("KP-01",),
    )  # fmt: skip
    assert told.reports == 2


def spread(number, admin1):
    """Return entries at as many places, of the provinces in turn."""
    return [
        entry(f"{n}", located(candidate(f"t:{n}", name=f"P{n}", admin1=admin1[n % len(admin1)])))
        for n in range(number)
    ]


def test_where_no_place_stands_out_the_provinces_are_named(facts):
    told = facts(*spread(40, ["KP-01", "KP-02", "KP-03", "KP-04", "KP-05"]))
    assert told.regional
    assert told.certain[0] == Group((Spot("", "", "KP-01"),), 8)
    assert (told.elsewhere, told.others) == (16, 2)


def test_places_are_named_when_all_of_them_lie_in_one_province(facts):
    told = facts(*spread(40, ["KP-01"]))
    assert not told.regional
    assert (len(told.certain), told.elsewhere, told.others) == (3, 37, 37)


def test_nothing_is_told_of_what_the_filters_leave_out(facts):
    secret = candidate("t:p", name="SECRET", native="비밀", admin1="KP-01")
    told = facts(
        entry("A", located(PYONGYANG)), entry("B", located(secret), visibility="draft"),
        entry("C", *one_of(secret, RAJIN), visibility="draft"), visibility=("published",),
    )  # fmt: skip
    assert told.entries == 1
    assert told.certain == (Group((P,), 1),)
    assert "SECRET" not in repr(told)


def test_an_index_without_entries_tells_nothing(facts):
    told = facts()
    assert (told.entries, told.reports, told.certain, told.undated) == (0, 0, (), 0)
