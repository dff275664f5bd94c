"""The filters of a view: address, condition and sentence of one value."""

from urllib.parse import parse_qs, urlencode

import pytest
from conftest import HOSTILE
from hypothesis import example, given
from hypothesis import strategies as st

from geo.entry import Level, Precision
from geo.filters import CERTAINTIES, NAMES, Filters
from geo.i18n import translator

WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
FILTERS = st.builds(
    Filters,
    region=st.lists(WORD, unique=True, max_size=3).map(tuple),
    category=st.lists(WORD, unique=True, max_size=3).map(tuple),
    verification=st.lists(st.sampled_from([v.value for v in Level]), unique=True).map(tuple),
    precision=st.lists(st.sampled_from([v.value for v in Precision]), unique=True).map(tuple),
    certainty=st.lists(st.sampled_from(sorted(CERTAINTIES)), unique=True).map(tuple),
    report=st.lists(WORD, unique=True, max_size=3).map(tuple),
    text=WORD.map(str.strip),
)


@given(FILTERS)
def test_filters_read_their_own_address_as_themselves(filters):
    assert Filters.from_query(filters.query()) == filters
    assert Filters.from_query("?" + filters.query()) == filters


@given(st.text(max_size=60) | st.text("a-z=&%?+;regiontxt", max_size=60))
@example("text=" + "a" * 499 + "+b")
@example("text=%20x&text=y")
def test_what_any_address_asks_for_can_be_written_and_read_again(query):
    filters = Filters.from_query(query)
    assert Filters.from_query(filters.query()) == filters


def test_the_address_of_a_page_is_understood_with_all_else_that_stands_in_it():
    query = "?lang=ko&region=KP-13&region=KP-09&certainty=possible&text=room+salon&entry=B1&z=7"
    assert Filters.from_query(query) == Filters(
        region=("KP-13", "KP-09"), certainty=("possible",), text="room salon"
    )


@pytest.mark.parametrize(
    "query",
    ["", "?", "&&&", "=", "nonsense", "region", "region=", "%", "%zz=%ff", "precision=sharp",
     "verification=true&certainty=maybe", "where=1%3D1", "Region=KP-13", "text=", "text=+++"],
)  # fmt: skip
def test_nonsense_in_an_address_is_ignored(query):
    assert Filters.from_query(query) == Filters()


def test_an_address_with_thousands_of_parts_is_ignored_and_no_crash():
    filters = Filters.from_query("region=KP-13" + "&a=b" * 5_000)
    assert filters.category == ()


def test_a_value_said_twice_is_asked_once():
    assert Filters.from_query("region=KP-13&region=KP-13").region == ("KP-13",)


def test_an_address_holds_only_what_is_set():
    assert Filters().query() == ""
    assert Filters(region=("KP-13",)).query() == "region=KP-13"


def test_a_text_that_is_too_long_is_cut_not_refused():
    assert len(Filters.from_query(urlencode({"text": "x" * 10_000})).text) == 500


@given(FILTERS, st.sampled_from([*NAMES, "text"]))
def test_lifting_a_filter_lifts_that_one_alone(filters, name):
    lifted = filters.without(name)
    assert not getattr(lifted, name)
    for other in {*NAMES, "text"} - {name}:
        assert getattr(lifted, other) == getattr(filters, other)


@given(FILTERS)
def test_a_condition_has_a_value_for_each_of_its_parameters(filters):
    clause, values = filters.condition()
    assert clause.count("?") == len(values)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["region", "category", "report"])
def test_no_value_becomes_part_of_the_condition(name, text):
    plain, _ = Filters(**{name: ("KP-13",)}).condition()
    clause, values = Filters(**{name: (text,)}).condition()
    assert clause == plain
    assert [text] in values


def test_no_filter_is_a_condition_that_everything_meets():
    assert Filters().condition() == ("true", [])


@given(FILTERS)
def test_every_filter_is_a_sentence_in_both_languages(filters):
    for language in ("en", "ko"):
        assert filters.describe(translator(language), {}).strip()


def test_a_sentence_names_regions_and_reports_and_every_choice():
    filters = Filters(
        region=("KP-13", "KP-09"),
        verification=("not_assessed",),
        certainty=("certain", "possible", "unplaced"),
        report=("B",),
        text="salon",
    )
    said = filters.describe(
        translator("en"), {"region": {"KP-13": "Rason"}, "report": {"B": "Smuggled video"}}
    )
    assert said == (
        "“salon” · in Rason or KP-09 · judged not assessed"
        " · in a known place, possibly here or without a place · from Smuggled video"
    )


def test_the_korean_sentence_is_korean():
    said = Filters(region=("KP-13",), precision=("city",)).describe(
        translator("ko"), {"region": {"KP-13": "라선"}}
    )
    assert "라선" in said
    assert "precision" not in said
    assert Filters().describe(translator("ko"), {}) != Filters().describe(translator("en"), {})


@pytest.mark.parametrize("text", HOSTILE)
def test_a_sentence_says_hostile_words_letter_for_letter(text):
    said = Filters(category=(text,), text=text).describe(translator("en"), {})
    assert said.count(text.replace("_", " ")) == 2


def test_a_query_is_one_that_every_parser_of_addresses_reads():
    assert parse_qs(Filters(region=("KP-13",), category=("a & b=c",)).query()) == {
        "region": ["KP-13"],
        "category": ["a & b=c"],
    }
