"""From a locality in the report's words to candidates and a decision."""

import csv

import pytest
from conftest import NOON, ROOT
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from geo.entry import Candidate, DecidedBy, Match, Outcome, Precision
from geo.gazetteer import version_of_table
from geo.geocode import (
    ABROAD,
    AROUND,
    BETWEEN,
    ELSEWHERE,
    ENDS,
    INSIDE,
    LICENCES,
    NAMED_AFTER,
    NO_WORDS,
    ONLY_ONE,
    REASONS,
    SEVERAL,
    UNKNOWN,
    WELL_KNOWN,
    answer,
    answers,
    batch,
    offline,
)

SPELLINGS = {
    "gn:1871859": ("KP-01", ["Pyongyang", "P'yŏngyang", "평양"]),
    "gn:2044757": ("KP-09", ["Chongjin", "Ch'ŏngjin", "Cheongjin", "청진"]),
    "gn:2042645": ("KP-13", ["Rajin", "Najin", "나진", "라진"]),
    "gl:kp-13": ("KP-13", ["Rason", "Raseon", "羅先"]),
}
NAMED = [(name, place, region) for place, (region, names) in SPELLINGS.items() for name in names]


def rajin_spellings():
    with (ROOT / "data" / "places.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["id"] == "gn:2042645")
    return [row["name"], row["hangul"], row["hanja"], *row["aliases"].split("|")]


@pytest.mark.parametrize(("name", "place", "region"), NAMED)
def test_each_spelling_is_accepted_as_its_place(geocoder, name, place, region):
    said = answer(geocoder, name)
    assert said.decision.outcome is Outcome.ACCEPTED
    assert (said.chosen, said.candidates[0].admin1) == (place, region)


def test_rason_answers_with_the_special_city_and_not_with_its_port(geocoder):
    first = geocoder("Rason")[0]
    assert (first.place_id, first.feature, first.precision) == (
        "gl:kp-13",
        "province",
        Precision.PROVINCE,
    )


@pytest.mark.parametrize("name", rajin_spellings())
def test_rajin_is_never_accepted_outside_north_korea(geocoder, name):
    said = answer(geocoder, name)
    if said.chosen:
        assert said.candidates[0].country == "KP"


@pytest.mark.parametrize("outer", ["South Korea", "China", "Japan", "India", "Seoul", "Nowhere"])
def test_rajin_is_not_found_in_a_place_that_it_does_not_lie_in(geocoder, outer):
    said = answer(geocoder, f"Rajin, {outer}")
    assert "gn:2042645" not in [one.place_id for one in said.candidates]


@pytest.mark.parametrize(("name", "place", "region"), NAMED)
def test_every_candidate_says_how_wide_it_is_and_where_it_came_from(geocoder, name, place, region):
    for one in geocoder(name):
        assert one.uncertainty_m > 1
        assert one.precision is not Precision.SITE
        assert one.provenance.licence == LICENCES[one.provenance.provider]
        assert one.provenance.version
        assert one.provenance.at == NOON
    chosen = geocoder(name)[0].provenance
    assert (chosen.provider, chosen.version) == ("Glimpse", version_of_table())


def test_provenance_keeps_what_was_asked_and_which_spelling_answered(geocoder):
    first = geocoder("CHEONGJIN")[0].provenance
    assert (first.query, first.matched_name, first.match) == (
        "cheongjin",
        "Cheongjin",
        Match.ALIAS,
    )
    assert geocoder("Chongjin")[0].provenance.match is Match.EXACT


def test_a_first_name_is_surer_than_a_variant(geocoder):
    assert geocoder("Chongjin")[0].confidence > geocoder("Seishin")[0].confidence


@pytest.mark.parametrize(
    "locality",
    [
        "Chongjin, North Hamgyong",
        "Chongjin, North Korea",
        "Chongjin, North Hamgyong, North Korea",
        "청진, 함경북도",
        "Musan, North Hamgyong",
    ],
)
def test_a_place_is_found_in_the_region_and_country_that_hold_it(geocoder, locality):
    said = answer(geocoder, locality)
    assert said.decision.outcome is Outcome.ACCEPTED
    assert said.decision.reason in (INSIDE, ONLY_ONE)
    assert said.candidates[0].admin1 == "KP-09"


@pytest.mark.parametrize(
    "locality",
    ["Chongjin, South Hamgyong", "Chongjin, South Korea", "Chongjin, North Hamgyong, South Korea",
     "Chongjin, Atlantis"],
)  # fmt: skip
def test_a_container_that_does_not_hold_the_place_counts_against_it(geocoder, locality):
    assert "gn:2044757" not in [one.place_id for one in geocoder(locality)]


def test_with_a_container_every_candidate_lies_in_it(geocoder):
    found = geocoder("Kangwon, South Korea")
    assert {one.country for one in found} <= {"KR"}
    assert {one.country for one in geocoder("San José")} > {"CR"}


@pytest.mark.parametrize("name", ["Qqqzzzxx", "somewhere outside the capital", "{{7*191}}", "—"])
def test_an_unknown_name_is_an_answer(geocoder, name):
    said = answer(geocoder, name)
    assert (said.decision.outcome, said.decision.reason) == (Outcome.NONE, UNKNOWN)
    assert (said.candidates, said.chosen, said.locality) == ((), None, name)


@pytest.mark.parametrize("name", ["", "   "])
def test_no_words_are_no_place(geocoder, name):
    said = answer(geocoder, name)
    assert (said.decision.outcome, said.decision.reason) == (Outcome.NONE, NO_WORDS)


def test_a_world_city_is_known_by_its_bare_name(geocoder):
    said = answer(geocoder, "Seoul")
    assert said.decision.reason == WELL_KNOWN
    assert said.candidates[0].country == "KR"


def test_a_country_is_known_by_its_bare_name(geocoder):
    said = answer(geocoder, "China")
    assert (said.chosen, said.candidates[0].precision) == ("iso:CN", Precision.COUNTRY)


@pytest.mark.parametrize(("name", "why"), [("Springfield", ABROAD), ("Bad Vilbel", ABROAD)])
def test_a_name_that_only_lies_abroad_is_left_to_a_person(geocoder, name, why):
    said = answer(geocoder, name)
    assert (said.decision.outcome, said.decision.reason) == (Outcome.REVIEW, why)
    assert said.chosen is None
    assert said.candidates


def test_several_places_of_one_name_at_home_are_left_to_a_person(geocoder):
    said = answer(geocoder, "Unsan")
    assert {one.admin1 for one in said.candidates if one.country == "KP"} == {"KP-02", "KP-03"}
    assert (said.decision.outcome, said.decision.reason) == (Outcome.REVIEW, SEVERAL)


def test_one_place_in_two_records_is_one_candidate(geocoder):
    for name in ("Pyongyang", "Chongjin", "Rajin", "Seoul", "Dandong"):
        found = geocoder(name)
        assert len({one.place_id for one in found}) == len(found)
        towns = [c for c in found if c.feature == "city" and c.country == found[0].country]
        assert len(towns) <= 1, name


def test_what_a_geocoder_cannot_ask_is_not_no_such_place():
    def broken(locality):
        raise ConnectionError("offline")

    with pytest.raises(ConnectionError):
        answer(broken, "Pyongyang")


@given(name=st.text(max_size=20) | st.sampled_from([name for name, _, _ in NAMED]))
def test_any_words_are_answered_by_the_rule_with_a_known_reason(geocoder, name):
    said = answer(geocoder, name)
    assert said.decision.by is DecidedBy.RULE
    assert said.decision.reason in REASONS
    confidences = [one.confidence for one in said.candidates]
    assert confidences == sorted(confidences, reverse=True)
    assert (said.chosen is None) == (said.decision.outcome is not Outcome.ACCEPTED)
    assert (said.candidates == ()) == (said.decision.outcome is Outcome.NONE)


def test_blanks_about_a_name_do_not_matter(geocoder):
    assert geocoder("  Pyongyang ") == geocoder("Pyongyang")


def test_a_caller_who_changes_an_answer_does_not_change_the_next(gazetteer):
    ask = offline(gazetteer, NOON)
    ask("Rajin").clear()
    assert ask("Rajin")


@pytest.mark.parametrize(
    ("locality", "place_id", "precision"),
    [
        ("Sunam market in Chongjin", "gl:kp-sunam-market", "district"),
        ("a village in Musan County", "gl:kp-09-musan", "county"),
        ("the port city of Wonsan", "gn:1866923", "city"),
        ("near the Chinese border at Hoeryong", "gn:2044091:near", "city"),
        ("northeastern North Korea", "iso:KP:northeast", "province"),
        ("between Wonsan and Hamhung", "gn:1866923:to:gn:1877449", "county"),
        ("함경북도 회령시", "gn:2044091", "city"),
        ("some alley in Hyesan", "gn:2043837", "city"),
    ],
)
def test_compound_localities_are_placed_no_finer_than_they_say(
    geocoder, locality, place_id, precision
):
    said = answer(geocoder, locality)
    assert said.decision.outcome is Outcome.ACCEPTED, said.decision.reason
    assert (said.chosen, said.candidates[0].precision) == (place_id, precision)


def test_near_a_place_is_a_wider_area_than_the_place(geocoder):
    at, near = geocoder("Hoeryong")[0], geocoder("near Hoeryong")[0]
    assert near.uncertainty_m == at.uncertainty_m + 15_000
    assert (near.lat, near.lon) == (at.lat, at.lon)


@pytest.mark.parametrize("wrong", ["Chongin", "Pyonyang", "Hyesn-si", "Kimchaik"])
def test_a_misspelt_name_is_a_guess_and_never_accepted(geocoder, wrong):
    said = answer(geocoder, wrong)
    assert said.decision.outcome is Outcome.REVIEW
    assert said.candidates
    assert {c.provenance.match.value for c in said.candidates} == {"fuzzy"}
    assert all(c.confidence <= 0.5 for c in said.candidates)


@pytest.mark.parametrize("short", ["Chon", "xqzv", "Qwxyzzz"])
def test_nothing_is_guessed_from_few_letters_or_from_nonsense(geocoder, short):
    found = geocoder(short)
    assert not any(c.provenance.match.value == "fuzzy" for c in found)


def test_a_name_that_both_koreas_know_is_left_to_a_person(geocoder):
    for name in ("순천", "강원도"):
        assert answer(geocoder, name).decision.outcome is Outcome.REVIEW


@pytest.mark.parametrize("word", ["market", "the capital", "a rural village", "home"])
def test_a_word_without_a_capital_is_no_name_abroad(geocoder, word):
    assert not [c for c in geocoder(word) if c.country != "KP"]
    assert answer(geocoder, word).decision.outcome is not Outcome.ACCEPTED


def test_a_name_typed_in_haste_still_finds_its_place_at_home(geocoder):
    assert answer(geocoder, "pyongyang").chosen == "gn:1871859"


def test_an_unknown_name_is_not_said_to_be_known_because_what_it_lies_in_is(geocoder):
    said = answer(geocoder, "some alley in Hyesan")
    assert said.decision.reason == AROUND
    assert said.candidates[0].provenance.query == "? in hyesan"
    assert answer(geocoder, "Musan, North Hamgyong").decision.reason == INSIDE
    assert answer(geocoder, "Hyesan").decision.reason == ONLY_ONE


def test_between_two_places_is_two_ends_that_reach_half_way_to_each_other(geocoder):
    one, other = answers(geocoder, "between Wonsan and Hamhung")
    first, second = one.candidates[0], other.candidates[0]
    assert (first.admin1, second.admin1) == ("KP-07", "KP-08")
    assert {one.decision.reason, other.decision.reason} == {BETWEEN}
    apart = great_circle((first.lat, first.lon), (second.lat, second.lon)).meters
    assert first.uncertainty_m + second.uncertainty_m >= apart
    assert first.uncertainty_m < apart
    assert one.chosen != "gn:1866923", "the end is a wider area than the town itself"


def test_two_names_joined_are_two_places_as_exact_as_each_alone(geocoder):
    both = answers(geocoder, "Sinuiju and Dandong")
    assert [one.candidates[0].name for one in both] == ["Sinuiju", "Dandong"]
    assert [one.decision.reason for one in both] == [ENDS, ENDS]
    assert both[0].candidates[0] == geocoder("Sinuiju")[0]


@pytest.mark.parametrize("name", ["Bosnia and Herzegovina", "Trinidad and Tobago"])
def test_a_name_with_and_in_it_is_one_place(geocoder, name):
    assert [len(answers(geocoder, name)), geocoder(name)[0].feature] == [1, "country"]


@pytest.mark.parametrize(
    "words",
    ["between Wonsan and Nowhereville Zzz", "between North Korea and China", "farms and fields",
     "soldiers and a tank in Hyesan"],
)  # fmt: skip
def test_where_an_end_is_no_known_place_there_are_no_ends(geocoder, words):
    assert len(answers(geocoder, words)) == 1


def test_an_answer_for_two_places_is_accepted_only_when_both_are(geocoder):
    assert answer(geocoder, "between Wonsan and Hamhung").chosen
    told = answer(geocoder, "between Wonsan and Unsan")
    assert (told.chosen, told.decision.reason) == (None, SEVERAL)


def test_near_a_place_is_another_area_than_the_place(geocoder):
    near, itself = geocoder("near Hoeryong")[0], geocoder("Hoeryong")[0]
    assert near.place_id != itself.place_id
    assert near.uncertainty_m > itself.uncertainty_m + 10_000


@pytest.mark.parametrize(("words", "place"), [
    ("Tumen (China)", "CN"), ("Hoeryong (회령)", "KP"), ("회령 (Hoeryong)", "KP"),
])  # fmt: skip
def test_brackets_say_what_it_lies_in_or_its_other_name(geocoder, words, place):
    told = answer(geocoder, words)
    assert told.decision.outcome is Outcome.ACCEPTED
    assert told.candidates[0].country == place


def test_the_korean_reading_of_hanja_is_a_guess_for_a_person(geocoder):
    told = answer(geocoder, "竹筒里")
    assert (told.decision.outcome, told.candidates) == (Outcome.NONE, ())
    told = answer(geocoder, "羅津港")
    assert {one.country for one in told.candidates} == {"KP"}


def test_a_batch_gives_what_each_question_alone_would(gazetteer):
    names = ["Pyongyang", "Nowhere Zzz", "between Wonsan and Hamhung", "Unsan", "서울", "",
             "Sunam market in Chongjin", "Pyongyang", "CHEONGJIN", "Sprinfield"]  # fmt: skip
    one = offline(gazetteer, NOON)
    for name, told in zip(names, batch(offline(gazetteer, NOON), names), strict=True):
        alone = answer(one, name)
        assert told.locality == name
        assert told.candidates == alone.candidates
        assert told.decision.reason == alone.decision.reason


def test_the_other_places_of_a_report_speak_for_an_ambiguous_name(gazetteer):
    geocode = offline(gazetteer, NOON)
    assert answer(geocode, "Unsan").chosen is None
    beside = geocode.beside(["Kujang", "Huichon", "nowhere at all"])
    told = answer(beside, "Unsan")
    assert (told.decision.outcome, told.candidates[0].admin1) in {
        (Outcome.ACCEPTED, "KP-03"), (Outcome.REVIEW, "KP-03"),
    }  # fmt: skip
    assert answer(geocode.beside(["Unsan"]), "Unsan").chosen is None, "it cannot speak for itself"


def test_what_the_geocoder_makes_is_a_valid_candidate(geocoder):
    for one in geocoder("Unsan"):
        assert Candidate.model_validate(one.model_dump()) == one


@pytest.mark.parametrize(
    ("words", "place_id"),
    [("Komdok, Tanchon", "gl:kp-komdok"), ("Camp 22, Hoeryong", "gl:kp-camp-22"),
     ("Kangdong County, Pyongyang", "gl:kp-01-kangdong")],
)  # fmt: skip
def test_what_lies_in_a_citys_land_is_not_put_into_its_town(geocoder, words, place_id):
    assert answer(geocoder, words).chosen == place_id


def test_a_name_that_is_known_elsewhere_is_not_taken_for_what_it_is_said_to_lie_in(geocoder):
    told = answer(geocoder, "Chongjin, South Hamgyong")
    assert (told.chosen, told.decision.reason) == (None, ELSEWHERE)
    assert told.candidates[0].admin1 == "KP-08"


@pytest.mark.parametrize("words", ["Tokchon airfield", "Hyesan prison", "Hamhung university"])
def test_a_site_named_after_a_place_is_near_it_only_if_a_person_says_so(geocoder, words):
    told = answer(geocoder, words)
    assert (told.chosen, told.decision.reason) == (None, NAMED_AFTER)
    assert told.candidates[0].uncertainty_m > 15_000


@pytest.mark.parametrize("words", ["경성", "Gyeongseong", "Keijo"])
def test_another_name_of_a_city_abroad_does_not_beat_a_place_at_home(geocoder, words):
    told = answer(geocoder, words)
    home = [one for one in told.candidates if one.country == "KP"]
    assert not home or (told.chosen is None and told.candidates[0] == home[0])


def test_words_about_the_coast_or_border_do_not_hide_the_name(geocoder):
    assert answer(geocoder, "near Wonsan on the east coast").candidates[0].admin1 == "KP-07"
