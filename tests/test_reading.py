"""What a reader is told of one entry: plain, and no surer than the report."""

import pytest
from conftest import candidate, entry, located

from geo import reading
from geo.entry import Absence, Level, Location
from geo.i18n import LANGUAGES, translator

PYONGYANG = candidate("t:p", name="Pyongyang", native="평양")
CHONGJIN = candidate("t:c", name="Chongjin", native="청진")
RAJIN = candidate("t:r", name="Rajin", native="라진")
EN = translator("en")


def possibly(*, complete=True, **changes):
    return entry("B", *(
        located(place, relation="one_of", complete=complete, **changes)
        for place in (CHONGJIN, RAJIN)
    ))  # fmt: skip


def test_possible_places_are_alternatives_in_both_scripts():
    assert reading.places(EN, possibly()) == "Chongjin 청진 or Rajin 라진"
    assert (
        reading.places(EN, possibly(complete=False)) == "Chongjin 청진 or Rajin 라진, or elsewhere"
    )
    korean = reading.places(translator("ko"), possibly(complete=False))
    assert korean == "청진 Chongjin 또는 라진 Rajin 또는 다른 곳"


def test_a_place_of_which_the_list_knows_no_coordinates_leaves_the_list_open():
    unknown = Location(locality="Nowhere", relation="one_of", absence="not_found")
    said = entry("A", located(RAJIN, relation="one_of"), unknown)
    assert reading.places(EN, said) == "Rajin 라진, or elsewhere"
    assert reading.certainty(EN, said) == ("possible", "possibly here: 1 of 2 named places")


def test_how_sure_the_place_is_is_said_in_words():
    here = entry("A", located(PYONGYANG))
    inferred = entry("A", located(PYONGYANG, basis="inferred"))
    assert reading.certainty(EN, here) == ("certain", "filmed here, the report says")
    assert reading.certainty(EN, inferred) == (
        "inferred",
        "filmed here, as said of the whole video",
    )
    assert reading.certainty(EN, possibly())[0] == "possible"
    assert reading.certainty(EN, entry("A")) == ("unplaced", "without a known place")


def test_the_claim_repeats_what_the_report_says_and_what_it_leaves_open():
    assert reading.claims(EN, entry("A", located(PYONGYANG))) == [
        "Filmed in Pyongyang 평양, the report says."
    ]
    assert (
        "of the whole video, not of this scene"
        in reading.claims(EN, entry("A", located(PYONGYANG, basis="inferred")))[0]
    )
    assert reading.claims(EN, possibly(absence="withheld")) == [
        "One of these places: Chongjin 청진, Rajin 라진 – the report does not say which.",
        "Which part was filmed where is withheld.",
    ]
    assert "or another" in reading.claims(EN, possibly(complete=False))[0]
    assert reading.claims(EN, entry("A")) == []


def test_of_very_many_possible_places_the_first_are_listed_and_the_rest_counted():
    places = [candidate(f"t:{n}", name=f"P{n}") for n in range(300)]
    said = entry("A", *(located(place, relation="one_of") for place in places))
    assert "P10, P11 and 288 more" in reading.claims(EN, said)[0]
    assert reading.places(EN, said) == "P0, P1, P2 or 297 other places"


def test_a_place_and_possible_others_are_told_apart():
    both = entry("A", located(PYONGYANG), located(RAJIN, relation="one_of", complete=False))
    assert reading.places(EN, both) == "Pyongyang 평양; Rajin 라진, or elsewhere"
    assert len(reading.claims(EN, both)) == 2


def test_a_place_that_was_only_released_at_is_none_where_it_was_filmed():
    said = entry("A", located(PYONGYANG), located(RAJIN, relation="released_at"))
    assert reading.places(EN, said) == "Pyongyang 평양"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("absence", Absence)
def test_why_there_is_no_place_is_said_without_our_own_reasons(language, absence):
    said = entry("A", Location(absence=absence))
    words = reading.places(translator(language), said)
    assert words
    assert not {"review", "candidate", "_"} & set(words.replace("_", " _ ").split())


@pytest.mark.parametrize("level", Level)
def test_every_level_of_verification_has_plain_words_in_both_languages(level):
    words = reading.JUDGED[level]
    assert translator("ko")(words) != words
