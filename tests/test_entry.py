"""The record: frozen, valid by construction, JSON both ways."""

import datetime as dt
import json
import math

import pytest
from conftest import NOON, candidate, entry, located
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from geo.dates import interval
from geo.entry import (
    Absence,
    Basis,
    Candidate,
    Cited,
    Decision,
    Entry,
    Evidence,
    Level,
    Location,
    Outcome,
    Precision,
    Relation,
    Report,
    Verification,
    Visibility,
    precision,
    reason,
)
from geo.errors import InputError

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
WORDS = TEXT.filter(bool)
DATES = st.sampled_from(["", "2013", "2013-05", "2013-05-17", "2012-10/2013-03", "2013?", "201X"])
URLS = st.one_of(st.just(""), TEXT.map(lambda tail: f"https://example.org/{tail}"))
RADII = st.floats(0.001, 20_040_000)
FEATURES = ("country", "province", "county", "city", "town", "district", "site", "area")

CANDIDATES = st.builds(
    candidate,
    place_id=WORDS,
    name=TEXT,
    native=TEXT,
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    uncertainty_m=RADII,
    feature=st.sampled_from(FEATURES),
    confidence=st.floats(0, 1),
)
PLACED = st.builds(located, CANDIDATES, locality=WORDS, basis=st.sampled_from(Basis))
UNPLACED = st.builds(
    Location, locality=TEXT, absence=st.sampled_from(Absence), relation=st.just(Relation.FILMED_AT)
)
ENTRIES = st.builds(
    Entry,
    id=WORDS,
    title=TEXT,
    description=TEXT,
    tags=st.lists(TEXT, max_size=3).map(tuple),
    recorded=DATES,
    reports=st.lists(st.builds(Cited, report=WORDS, paragraph=TEXT), max_size=2).map(tuple),
    evidence=st.lists(st.builds(Evidence, url=URLS, caption=TEXT), max_size=2).map(tuple),
    locations=st.lists(PLACED | UNPLACED, min_size=1, max_size=3).map(tuple),
    verification=st.builds(Verification, level=st.sampled_from(Level), at=DATES, note=TEXT),
    visibility=st.sampled_from(Visibility),
    extra=st.dictionaries(TEXT, TEXT, max_size=2),
)


@given(ENTRIES)
def test_an_entry_written_as_json_and_read_again_is_the_same_entry(one):
    assert Entry.model_validate_json(one.model_dump_json()) == one


@given(CANDIDATES)
def test_coordinates_survive_json_to_the_last_bit(one):
    again = Candidate.model_validate_json(one.model_dump_json())
    assert (again.lat, again.lon, again.uncertainty_m) == (one.lat, one.lon, one.uncertainty_m)


@pytest.mark.parametrize("name", ["id", "title", "locations", "visibility"])
def test_a_field_of_an_entry_cannot_be_set(name):
    one = entry()
    with pytest.raises(ValidationError, match="frozen"):
        setattr(one, name, getattr(one, name))


@pytest.mark.parametrize("model", [Entry, Location, Candidate, Report, Cited, Evidence])
def test_a_field_that_the_record_does_not_know_is_refused(model):
    with pytest.raises(ValidationError, match=r"lattitude\n  Extra inputs are not permitted"):
        model.model_validate({"lattitude": 1})


def test_extra_columns_are_refused_as_fields_but_kept_as_extra():
    assert entry(extra={"camera": "hidden"}).extra == {"camera": "hidden"}
    with pytest.raises(ValidationError):
        entry(camera="hidden")


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 90.0001, -90.0001, 1e300])
def test_a_latitude_that_is_none_is_refused(bad):
    with pytest.raises(ValidationError, match="lat"):
        candidate(lat=bad)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 180.0001, -180.0001, 360])
def test_a_longitude_that_is_none_is_refused(bad):
    with pytest.raises(ValidationError, match="lon"):
        candidate(lon=bad)


@pytest.mark.parametrize("bad", [0, -1, math.nan, math.inf, 20_040_001])
def test_an_uncertainty_is_a_positive_radius_on_this_earth(bad):
    with pytest.raises(ValidationError, match="uncertainty_m"):
        candidate(uncertainty_m=bad)


@pytest.mark.parametrize("bad", [-0.01, 1.01, math.nan])
def test_a_confidence_lies_between_nothing_and_all(bad):
    with pytest.raises(ValidationError, match="confidence"):
        candidate(confidence=bad)


@pytest.mark.parametrize("text", ["null", "NaN", "Infinity", "1e999", '"39"x'])
def test_json_cannot_smuggle_in_a_coordinate_that_is_no_number(text):
    whole = json.loads(candidate().model_dump_json())
    document = json.dumps(whole | {"lat": "LAT"}).replace('"LAT"', text)
    with pytest.raises(ValidationError):
        Candidate.model_validate_json(document)


@pytest.mark.parametrize("code", [0x00, 0x01, 0x07, 0x0D, 0x1B, 0x7F, 0x9F])
@pytest.mark.parametrize("field", ["id", "title", "description", "category"])
def test_control_characters_are_refused_by_name(field, code):
    with pytest.raises(ValidationError, match=f"control character U\\+{code:04X}; remove it"):
        entry(**({"entry_id": f"a{chr(code)}b"} if field == "id" else {field: f"a{chr(code)}b"}))


def test_lone_surrogates_are_refused():
    with pytest.raises(ValidationError):
        entry(title="a\ud800b")


def test_line_breaks_and_tabs_are_text():
    assert entry(description="one\n\ttwo").description == "one\n\ttwo"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x",
     "file:///etc/passwd", "//example.org", "example.org", "ftp://example.org"],
)  # fmt: skip
def test_only_web_links_become_links(url):
    for build in (lambda: Evidence(url=url), lambda: Evidence(archived_url=url),
                  lambda: Report(id="R", title="T", url=url)):  # fmt: skip
        with pytest.raises(ValidationError, match="http:// or https://"):
            build()


@pytest.mark.parametrize("url", ["https://example.org/a?b#c", "HTTP://EXAMPLE.ORG", ""])
def test_web_links_and_none_are_kept(url):
    assert Evidence(url=url).url == url


def test_an_identifier_is_never_empty():
    with pytest.raises(ValidationError, match="id"):
        entry("")


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2013", dt.date(2013, 1, 1), dt.date(2013, 12, 31)),
        ("2013-05", dt.date(2013, 5, 1), dt.date(2013, 5, 31)),
        ("2012-02", dt.date(2012, 2, 1), dt.date(2012, 2, 29)),
        ("2013-05-17", dt.date(2013, 5, 17), dt.date(2013, 5, 17)),
        ("2012-10/2013-03", dt.date(2012, 10, 1), dt.date(2013, 3, 31)),
        ("201X", dt.date(2010, 1, 1), dt.date(2019, 12, 31)),
        ("2013?", dt.date(2013, 1, 1), dt.date(2013, 12, 31)),
        ("../2013", None, dt.date(2013, 12, 31)),
        ("2013/..", dt.date(2013, 1, 1), None),
        ("", None, None),
    ],
)
def test_a_partial_date_allows_exactly_the_days_that_it_says(edtf, earliest, latest):
    assert interval(edtf) == (earliest, latest)
    assert entry(recorded=edtf).recorded == edtf


@pytest.mark.parametrize(
    ("edtf", "days"),
    [("2013/", (dt.date(2013, 1, 1), None)), ("/2013", (None, dt.date(2013, 12, 31))),
     ("XXXX", (None, None))],
)  # fmt: skip
def test_an_unknown_end_is_not_completed(edtf, days):
    assert interval(edtf) == days


@pytest.mark.parametrize(
    "bad",
    ["yesterday", "2013-13", "2013-02-30", "2013-5", "13.5.2013", "05/17/2013", "unknown", "-",
     "2013-05-17 or so", "{{7*191}}"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(bad):
    with pytest.raises(InputError, match="is not a date that can be read; write 2013") as told:
        interval(bad)
    assert bad in str(told.value)
    with pytest.raises(ValidationError) as refused:
        entry(recorded=bad)
    assert reason(refused.value) == ("recorded", str(told.value))


def test_an_interval_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError):
        interval("2013/2012")


@given(st.dates(), st.dates())
def test_an_interval_of_two_days_holds_both(one, other):
    first, last = sorted((one, other))
    assert interval(f"{first}/{last}") == (first, last)


@given(st.text(max_size=20) | st.text("0123456789-/.X?~%[]{},YE", max_size=14))
def test_any_text_is_a_date_with_ordered_ends_or_a_sentence(text):
    try:
        earliest, latest = interval(text)
    except InputError:
        return
    assert earliest is None or latest is None or earliest <= latest


LEVELS = list(Precision)


@given(st.sampled_from(FEATURES), RADII)
@example("site", 100.0)
@example("site", 100.1)
@example("area", 20_040_000.0)
def test_precision_is_never_finer_than_the_radius_allows(feature, radius):
    finest = {"site": 100, "district": 3_000, "city": 25_000, "county": 60_000, "province": 400_000}
    level = precision(feature, radius)
    assert radius <= finest.get(level.value, math.inf)


@given(st.sampled_from(FEATURES), RADII)
def test_precision_is_never_finer_than_what_the_place_is(feature, radius):
    least = {"area": "site", "town": "city"}.get(feature, feature)
    assert LEVELS.index(precision(feature, radius)) >= LEVELS.index(Precision(least))


@given(st.sampled_from(FEATURES), RADII, RADII)
def test_a_wider_radius_is_never_more_precise(feature, one, other):
    narrow, wide = sorted((one, other))
    assert LEVELS.index(precision(feature, narrow)) <= LEVELS.index(precision(feature, wide))


def test_only_a_site_known_to_about_100_m_gets_a_pin():
    assert precision("site", 100) is Precision.SITE
    assert precision("site", 101) is Precision.DISTRICT
    assert precision("city", 50) is Precision.CITY


def test_the_chosen_place_must_be_among_the_candidates():
    with pytest.raises(ValidationError, match="not among the candidates"):
        located(candidate("t:1"), chosen="t:2")


@pytest.mark.parametrize("outcome", [Outcome.REVIEW, Outcome.NONE])
def test_a_place_is_chosen_exactly_when_the_decision_accepts_one(outcome):
    accepted = Decision(outcome=Outcome.ACCEPTED, at=NOON, reason="r")
    open_ = Decision(outcome=outcome, at=NOON, reason="r")
    one = candidate()
    with pytest.raises(ValidationError, match="exactly when"):
        located(one, decision=open_)
    with pytest.raises(ValidationError, match="exactly when"):
        located(one, decision=None)
    with pytest.raises(ValidationError, match="exactly when"):
        located(one, chosen=None, decision=accepted)
    assert located(one, chosen=None, decision=open_).place is None


@pytest.mark.parametrize("relation", [Relation.MENTIONED, Relation.RELEASED_AT])
def test_an_entry_says_where_it_was_filmed_or_why_not(relation):
    with pytest.raises(ValidationError, match="where it was filmed, or why that is unknown"):
        entry("X", Location(locality="Seoul", relation=relation))
    with pytest.raises(ValidationError):
        Entry(id="X", title="T", locations=())
    with pytest.raises(ValidationError, match="reason for their absence"):
        Location()


def test_only_a_list_of_possible_places_can_be_incomplete():
    Location(locality="Chongjin", relation=Relation.ONE_OF, complete=False)
    with pytest.raises(ValidationError, match="only a list of possible places"):
        Location(locality="Chongjin", complete=False)


def test_where_no_place_is_the_reason_is_always_one_of_the_known_ones():
    waiting = Decision(outcome=Outcome.REVIEW, at=NOON, reason="r")
    assert Location(absence=Absence.WITHHELD).unplaced == "withheld"
    assert Location(locality="Xyz").unplaced == "not_found"
    assert Location(locality="Xyz", decision=waiting).unplaced == "review"
    assert located(candidate()).unplaced == ""


def test_places_of_release_and_mention_are_not_where_the_camera_was():
    here = located(candidate("t:1"))
    elsewhere = Location(locality="Seoul", relation=Relation.RELEASED_AT)
    assert entry("X", elsewhere, here).filmed == (here,)


def test_only_support_from_others_counts_as_verified():
    assert [level for level in Level if level.verified] == [Level.CORROBORATED, Level.GEOLOCATED]


def test_a_region_is_the_subdivision_or_the_country_never_a_guess():
    assert candidate().region == "KP-01"
    assert candidate(admin1="").region == "KP"
    assert candidate(admin1="", country="").region == ""


def test_a_refusal_names_the_field_and_says_what_is_wrong():
    with pytest.raises(ValidationError) as refused:
        Report(id="R", title="T", url="javascript:x")
    assert reason(refused.value) == (
        "url",
        "only links that begin with http:// or https:// are kept",
    )


def test_a_trusted_candidate_is_the_same_as_a_checked_one():
    checked = candidate()
    given = {name: getattr(checked, name) for name in Candidate.model_fields}
    trusted = Candidate.trusted(given)
    assert trusted == checked
    assert trusted.model_dump_json() == checked.model_dump_json()
    wider = trusted.model_copy(update={"uncertainty_m": 9.0})
    assert (wider.uncertainty_m, trusted) == (9.0, checked)


def test_words_that_name_two_places_are_said_once():
    ends = [Location(locality="between A and B", relation=r) for r in ("filmed_at", "also_at")]
    told = Location(locality="C", relation=Relation.RELEASED_AT)
    assert entry("X", *ends, told).worded == ("between A and B",)
    assert entry("X").worded == ()
