"""A person's decisions on what the rule left open."""

import pytest
from conftest import NOON, candidate, entry, located

from geo.entry import Absence, DecidedBy, Decision, Location, Outcome, Relation
from geo.review import accepted, alike, joined, pending, rejected, unanswered


def open_location(*places, locality="X"):
    said = Decision(outcome=Outcome.REVIEW, at=NOON, reason="several")
    return Location(locality=locality, candidates=places, decision=said)


NEAR, FAR = candidate("t:near", lat=39.1), candidate("t:far", lat=42.0, admin1="KP-09")
HERE = candidate("t:here", lat=39.0)


def test_the_location_that_could_be_farthest_off_comes_first():
    small = entry("A", open_location(HERE, NEAR))
    large = entry("B", open_location(HERE, FAR))
    assert [one.entry.id for one in pending([small, large])] == ["B", "A"]


def test_what_is_decided_or_not_a_filming_place_does_not_wait():
    told = open_location(HERE).model_copy(update={"relation": Relation.MENTIONED})
    assert pending([entry("A"), entry("B", open_location(HERE), told)])[0].number == 0
    assert len(pending([entry("B", open_location(HERE), told)])) == 1


def test_an_accepted_candidate_is_a_persons_decision_with_its_note():
    (one,) = pending([entry("A", open_location(HERE, FAR))])
    place = accepted(one, FAR, "the river is seen", NOON).locations[0]
    assert (place.chosen, place.decision.by) == ("t:far", DecidedBy.PERSON)
    assert place.decision.reason == "the river is seen"
    assert place.candidates == (HERE, FAR)


def test_a_place_that_was_searched_for_joins_the_candidates():
    (one,) = pending([entry("A", open_location(HERE))])
    place = accepted(one, FAR, "", NOON).locations[0]
    assert place.candidates == (HERE, FAR)
    assert place.place == FAR


@pytest.mark.parametrize("absence", list(Absence))
def test_rejecting_all_says_why_there_is_no_place(absence):
    (one,) = pending([entry("A", open_location(HERE, FAR))])
    place = rejected(one, absence, "none fits", NOON).locations[0]
    assert (place.chosen, place.unplaced) == (None, absence.value)
    assert place.candidates == (HERE, FAR)


def test_the_same_words_can_be_decided_together():
    waiting = pending([
        entry("A", open_location(HERE)), entry("B", open_location(HERE, locality="Y")),
        entry("C", open_location(HERE)),
    ])  # fmt: skip
    one = next(p for p in waiting if p.entry.id == "C")
    assert {p.entry.id for p in alike(one, waiting)} == {"A", "C"}


def test_a_services_answers_join_for_a_person_to_choose_and_are_never_accepted():
    known = entry("A", open_location(HERE), open_location(HERE, locality="Y"))
    after = joined(known, {"X": [HERE, FAR]}, NOON)
    first, second = after.locations
    assert (first.candidates, first.chosen, first.unplaced) == ((HERE, FAR), None, "review")
    assert first.decision.by is DecidedBy.RULE
    assert second == known.locations[1]
    assert joined(known, {"X": [HERE]}, NOON) is None
    assert joined(known, {"X": []}, NOON) is None


def test_a_services_answers_do_not_touch_what_is_decided_or_not_filmed():
    (one,) = pending([entry("A", open_location(HERE, FAR))])
    decided = accepted(one, HERE, "", NOON)
    refused = rejected(one, Absence.UNLOCATABLE, "", NOON)
    mentioned = open_location(HERE).model_copy(update={"relation": Relation.MENTIONED})
    told = entry("B", mentioned, located(FAR))
    other = candidate("osm:1", lat=40.0)
    for each in (decided, refused, told):
        assert unanswered(each) == []
        assert joined(each, {"X": [other]}, NOON) is None
    assert unanswered(entry("C", open_location(HERE))) == ["X"]
