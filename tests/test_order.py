"""Entries are sorted over all pages, and what has no value comes last either way."""

import pytest
from conftest import HOSTILE, candidate, entry, located

from geo.entry import Cited, Location, Relation, Report
from geo.filters import Filters
from geo.index import Index
from geo.mercator import mercator
from geo.order import DATES, SORTS, Order

EVERY = [Order(by, down) for by in SORTS for down in (False, True)]
ANYTHING = Filters()


@pytest.fixture
def index(store, tmp_path):
    """Return an index of entries that differ in all that they can be sorted by."""
    hyesan = candidate("t:2", name="Hyesan", lat=41.4, lon=128.2, feature="site", uncertainty_m=50)
    anju = candidate("t:1", name="anju", feature="province", uncertainty_m=90_000)
    reports = [Report(id="A", title="A", published="2014-05"), Report(id="B", title="B"),
               Report(id="C", title="C", published="2013")]  # fmt: skip
    entries = [
        entry("E1", located(hyesan), title="école", category="", recorded="2013",
              reports=(Cited(report="B"),), verification={"level": "refuted"}),
        entry("E2", located(anju, relation=Relation.ONE_OF), title="Zoo", category="military",
              recorded="2013-06-01", reports=(Cited(report="C"), Cited(report="A"))),
        entry("E3", Location(absence="withheld"), title="anthem", category="Farming", recorded="",
              verification={"level": "reported"}),
        entry("E4", located(anju), located(hyesan, relation=Relation.ALSO_AT), title="Depot",
              category="transport", recorded="2012-10/2013-03", reports=(Cited(report="A"),),
              verification={"level": "geolocated", "by": "me"}),
    ]  # fmt: skip
    store.save([*reports, *entries], "test", "made up")
    store.save([entries[0]], "test", "touched")
    built = Index(store, tmp_path / "cache")
    built.refresh()
    return built


def listed(index, order, **more):
    return index.page(ANYTHING, 10, order=order, **more)[0]


@pytest.mark.parametrize(
    ("text", "sorted_ids"),
    [
        ("", ["E1", "E2", "E3", "E4"]), ("-imported", ["E4", "E3", "E2", "E1"]),
        ("title", ["E3", "E4", "E1", "E2"]), ("-title", ["E2", "E1", "E4", "E3"]),
        ("category", ["E3", "E2", "E4", "E1"]), ("-category", ["E4", "E2", "E3", "E1"]),
        ("place", ["E2", "E4", "E1", "E3"]), ("-place", ["E1", "E4", "E2", "E3"]),
        ("certainty", ["E1", "E4", "E2", "E3"]), ("precision", ["E1", "E4", "E2", "E3"]),
        ("verification", ["E2", "E3", "E4", "E1"]),
        ("recorded", ["E4", "E1", "E2", "E3"]), ("-recorded", ["E1", "E2", "E4", "E3"]),
        ("published", ["E2", "E4", "E1", "E3"]), ("-published", ["E4", "E2", "E3", "E1"]),
        ("-changed", ["E1", "E4", "E3", "E2"]),
    ],
)  # fmt: skip
def test_entries_come_in_the_order_that_is_asked_for(index, text, sorted_ids):
    assert listed(index, Order.read(text)) == sorted_ids


@pytest.mark.parametrize("order", EVERY, ids=str)
def test_pages_in_any_order_hold_each_entry_once_and_know_where_it_stands(index, order):
    pages = [index.page(ANYTHING, 1, offset, order=order) for offset in range(4)]
    ids = [one for page, _ in pages for one in page]
    assert sorted(ids) == ["E1", "E2", "E3", "E4"]
    assert {number for _, number in pages} == {4}
    assert [index.position(one, ANYTHING, order=order) for one in ids] == [0, 1, 2, 3]


def test_an_entry_that_is_not_listed_has_no_position(index):
    assert index.position("nobody", ANYTHING) is None
    assert index.position("E1", Filters(category=("military",))) is None
    assert index.position("E3", ANYTHING, at=[mercator(41.4, 128.2)]) is None


def test_a_place_lists_its_entries_and_counts_each_report_once(index):
    at = [mercator(39.0, 125.7), mercator(41.4, 128.2)]
    assert listed(index, Order("title"), at=at) == ["E4", "E1", "E2"]
    assert index.reports_at(ANYTHING, at) == 3
    assert index.reports_at(ANYTHING, at[1:]) == 2
    assert index.reports_at(Filters(category=("transport",)), at) == 1


@pytest.mark.parametrize("order", EVERY, ids=str)
def test_an_order_reads_what_it_writes(order):
    assert Order.read(order.text) == order


@pytest.mark.parametrize("text", ["", "-", "--title", "Title", "rowid", "title,place", *HOSTILE])
def test_nonsense_in_an_address_is_the_order_of_import(text):
    assert Order.read(text) == Order()
    assert Order.read(text).text == ""


def test_a_second_click_on_a_column_turns_the_order_round():
    once = Order().turned("title")
    assert (once, once.turned("title")) == (Order("title"), Order("title", down=True))
    assert once.turned("title").turned("place") == Order("place")


def test_the_sorts_that_must_say_where_undated_entries_are_exist():
    assert set(DATES) < set(SORTS)
