"""The filters of a view: address, condition and sentence of one value."""

from urllib.parse import parse_qs, urlencode

import pytest
from conftest import HOSTILE
from hypothesis import example, given
from hypothesis import strategies as st

from geo.entry import Level, Precision, Relation
from geo.filters import ALL, CERTAINTIES, EVIDENCE, Filters
from geo.filters.ground import Near, Shape
from geo.filters.search import Term, terms
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
    tag=st.lists(WORD, unique=True, max_size=3).map(tuple),
    outlet=st.lists(WORD, unique=True, max_size=3).map(tuple),
    relation=st.lists(st.sampled_from([v.value for v in Relation]), unique=True).map(tuple),
    evidence=st.lists(st.sampled_from(EVIDENCE), unique=True).map(tuple),
    undated=st.lists(st.sampled_from(["recorded", "published"]), unique=True).map(tuple),
    recorded=st.sampled_from(["", "2013", "2012-10/2013-03", "2013/..", "../2014", "unknown"]),
    published=st.sampled_from(["", "2013-05-17", "unknown"]),
    near=st.sampled_from(["", "39.0319,125.7538,25", "-1.0000,2.5000,0.5,gn:1871859"]),
    shape=st.sampled_from(["", "39.0000,125.0000;40.0000,125.0000;40.0000,126.5000"]),
    possible=st.booleans(),
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


@given(FILTERS, st.sampled_from(ALL))
def test_lifting_a_filter_lifts_that_one_alone(filters, name):
    lifted = filters.without(name)
    assert getattr(lifted, name) == getattr(Filters(), name)
    with_it = {"undated"} if name in ("recorded", "published") else set()
    for other in {*ALL} - {name} - with_it:
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


def test_the_parts_of_a_sentence_are_the_filters_that_are_set():
    filters = Filters(region=("KP-13",), recorded="2013/2014", undated=("recorded",),
                      near="39.0319,125.7538,25,gn:1", possible=False)  # fmt: skip
    said = dict(filters.parts(translator("en"), {"near": {"gn:1": "Pyongyang"}}))
    assert said == {
        "region": "in KP-13",
        "possible": "without what is only possibly there",
        "recorded": "recorded from 2013 to 2014 or at an unknown date",
        "near": "within 25 km of Pyongyang",
    }


@pytest.mark.parametrize(
    "query",
    ["recorded=soon", "recorded=2014/2013", "near=1,2", "near=91,0,5", "near=1,2,-3", "near=a,b,c",
     "near=nan,0,5", "shape=1,2;3,4", "shape=1,2;3,4;x", "precision=sharp", "undated=never"],
)  # fmt: skip
def test_what_is_not_understood_is_named(query):
    name = query.split("=")[0]
    assert Filters.read(parse_qs(query, separator="&")) == (Filters(), (name,))


def test_a_search_has_words_phrases_exclusions_and_alternatives():
    said = terms('market "room salon" -night 청진 OR rajin')
    assert said == [
        [Term(" market")],
        [Term(" room salon ")],
        [Term(" night", no=True)],
        [Term("청진"), Term(" rajin")],
    ]


@given(st.text(max_size=40))
def test_any_text_is_a_search(text):
    assert all(term.key.strip() for group in terms(text) for term in group)


def test_a_circle_and_a_shape_read_their_own_text():
    near = Near(39.0319, 125.7538, 25, "gn:1,2")
    assert Near.read(near.query()) == near
    shape = Shape(((39.0, 125.0), (40.0, 125.0), (40.0, 126.5)))
    assert Shape.read(shape.query()) == shape
    assert Shape.read(";".join(["1,2"] * 101)) is None
