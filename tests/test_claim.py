"""A vector leads from what the words stood for to where a person located the footage."""

import datetime as dt

import pytest
from conftest import NOON, candidate, entry, located

from geo.claim import vectors
from geo.entry import DecidedBy, Decision, Location, Outcome, Verification
from geo.review import Pending, accepted, rejected
from geo.store import Revision

LATER = NOON + dt.timedelta(hours=1)
REPORTED = candidate("t:city", name="Pyongyang", lat=39.0, lon=125.7, uncertainty_m=15_000)


def history(*states):
    return [
        Revision(n, n, NOON + dt.timedelta(days=n), "ann", "", one)
        for n, one in enumerate(states, 1)
    ]


def judged(one, level="geolocated"):
    return one.model_copy(update={"verification": Verification(level=level, by="ann")})


def found(lat, lon):
    return candidate("person:x", name="the bridge", lat=lat, lon=lon, uncertainty_m=100.0)


BEGUN = entry("A", located(REPORTED))


def moved(lat, lon, begun=BEGUN):
    return judged(accepted(Pending(begun, 0), found(lat, lon), "the bridge is seen", LATER))


@pytest.mark.parametrize(
    ("lat", "lon", "km", "wind", "inside"),
    [
        (39.5, 125.7, 55.5, "north", False), (38.5, 125.7, 55.5, "south", False),
        (39.0, 126.3, 51.97, "east", False), (39.0, 125.1, 51.97, "west", False),
        (39.1, 125.8287, 15.75, "north-east", False), (38.95, 125.6357, 7.87, "south-west", True),
    ],
)  # fmt: skip
def test_it_has_the_geodesic_distance_and_the_direction(lat, lon, km, wind, inside):
    (one,) = vectors(history(BEGUN, moved(lat, lon)))
    assert one.metres / 1000 == pytest.approx(km, abs=0.06)
    assert (one.wind, one.inside) == (wind, inside)
    assert (one.words, one.claimed, one.verified.name) == ("Pyongyang", REPORTED, "the bridge")


def test_it_is_short_over_the_180th_meridian():
    begun = entry("A", located(candidate(lat=0.0, lon=179.9)))
    (one,) = vectors(history(begun, moved(0.0, -179.9, begun)))
    assert one.metres == pytest.approx(22_264, abs=10)
    assert one.wind == "east"


@pytest.mark.parametrize("level", ["not_assessed", "corroborated", "contested", "refuted"])
def test_there_is_none_while_nobody_has_geolocated_the_entry(level):
    after = judged(moved(39.5, 125.7), level)
    assert vectors(history(BEGUN, after)) == []


def test_there_is_none_where_nobody_moved_the_place():
    assert vectors(history(BEGUN, judged(BEGUN))) == []
    assert vectors([]) == []


def test_there_is_none_where_only_the_radius_was_narrowed():
    assert vectors(history(BEGUN, moved(39.0, 125.7))) == []


def test_there_is_none_where_the_words_claimed_no_place():
    said = Decision(outcome=Outcome.REVIEW, at=NOON, reason="several")
    waiting = entry("A", Location(locality="X", candidates=(REPORTED,), decision=said))
    assert vectors(history(waiting, moved(39.5, 125.7, waiting))) == []


def test_there_is_none_after_a_person_said_that_there_is_no_place():
    gone = judged(rejected(Pending(BEGUN, 0), "unlocatable", "a studio", LATER))
    assert vectors(history(BEGUN, gone)) == []


def test_an_undone_decision_leaves_the_claim_where_it_was():
    again = moved(38.5, 125.7)
    (one,) = vectors(history(BEGUN, moved(39.5, 125.7), BEGUN, again))
    assert (one.claimed, one.wind) == (REPORTED, "south")


def test_a_place_that_two_persons_moved_is_measured_from_the_words_not_from_the_first_person():
    (one,) = vectors(history(BEGUN, moved(39.5, 125.7), moved(38.5, 125.7)))
    assert (one.claimed, one.wind) == (REPORTED, "south")


def test_what_the_rule_chose_later_is_the_claim():
    other = candidate("t:other", lat=40.0)
    anew = entry("A", located(other, locality="X"))
    begun = entry("A", located(REPORTED, locality="X"))
    (one,) = vectors(history(begun, anew, moved(41.0, 125.7, anew)))
    assert one.claimed == other


def test_places_where_nothing_was_filmed_have_none():
    by = Decision(by=DecidedBy.PERSON, outcome=Outcome.ACCEPTED, at=NOON, reason="")
    far = candidate("t:far", lat=41.0)
    shown = located(far, locality="Y", relation="mentioned", decision=by)
    before = located(REPORTED, locality="Y", relation="mentioned")
    first, second = located(REPORTED, locality="X"), located(REPORTED, locality="X")
    assert vectors(history(entry("A", first, before), judged(entry("A", second, shown)))) == []
