"""The ledger of an entry's places says who changed what, when, and why."""

import datetime as dt

import pytest
from conftest import NOON, candidate, entry, located

from geo.entry import Absence, Decision, Location, Outcome, Verification
from geo.ledger import judgements, lines, plain, trails, undoable
from geo.review import Pending, accepted, rejected
from geo.store import Revision

LATER = NOON + dt.timedelta(hours=1)
HERE, FAR = candidate("t:here"), candidate("t:far", name="Y", admin1="KP-09")


def waiting(locality="X"):
    said = Decision(outcome=Outcome.REVIEW, at=NOON, reason="several")
    return Location(locality=locality, candidates=(HERE, FAR), decision=said)


def history(*states):
    return [
        Revision(seq * 10, seq, NOON + dt.timedelta(days=seq), who, why, one)
        for seq, (who, why, one) in enumerate(states, 1)
    ]


BEGUN = entry("A", waiting())
DECIDED = accepted(Pending(BEGUN, 0), FAR, "the river is seen", LATER)
TURNED = rejected(Pending(DECIDED, 0), Absence.UNLOCATABLE, "a studio", LATER)


def test_each_change_of_a_location_names_who_when_why_and_both_places():
    (trail,) = trails(history(
        ("import", "imported from x.csv", BEGUN), ("ann", "reviewed", DECIDED),
        ("bob", "a studio", TURNED),
    ))  # fmt: skip
    assert [(c.seq, c.who, c.why) for c in trail.changes] == [
        (10, "import", "imported from x.csv"), (20, "ann", "reviewed"), (30, "bob", "a studio"),
    ]  # fmt: skip
    places = [(c.before and c.before.place, c.after.place) for c in trail.changes]
    assert places == [(None, None), (None, FAR), (FAR, None)]
    assert trail.changes[2].before.decision.reason == "the river is seen"
    assert trail.changes[2].after.unplaced == "unlocatable"
    assert trail.location == TURNED.locations[0]


def test_a_revision_that_leaves_a_location_alone_is_no_change_of_it():
    renamed = DECIDED.model_copy(update={"title": "Another title"})
    (trail,) = trails(history(("import", "", DECIDED), ("ann", "typo", renamed)))
    assert len(trail.changes) == 1


def test_each_location_has_a_trail_of_its_own_and_one_that_went_says_so():
    two = entry("A", waiting(), waiting("Z"))
    one = entry("A", waiting("Z"))
    kept, gone = trails(history(("import", "", two), ("import", "anew", one)))
    assert (kept.location.locality, kept.gone, len(kept.changes)) == ("Z", False, 1)
    assert (gone.location.locality, gone.gone) == ("X", True)
    assert gone.changes[-1].after is None


def test_the_same_words_twice_are_two_locations():
    twice = entry("A", waiting(), waiting())
    changed = accepted(Pending(twice, 1), HERE, "", LATER)
    first, second = trails(history(("import", "", twice), ("ann", "reviewed", changed)))
    assert (len(first.changes), len(second.changes)) == (1, 2)


def test_an_entry_that_was_never_saved_has_no_trail():
    assert trails([]) == []


@pytest.mark.parametrize(
    ("states", "number"),
    [
        ([("ann", "drawn", BEGUN)], None),
        ([("import", "", BEGUN), ("ann", "reviewed", DECIDED)], 20),
        ([("import", "", BEGUN), ("ann", "reviewed", DECIDED), ("import", "", BEGUN)], None),
        ([("import", "", BEGUN), ("import", "again", DECIDED)], None),
    ],
)
def test_only_a_persons_newest_revision_can_be_undone(states, number):
    assert undoable(history(*states)) == number


def test_the_ledger_reads_and_prints_with_query_provider_version_and_time():
    told = history(("import", "imported from x.csv", BEGUN), ("ann", "reviewed", DECIDED))
    text = "\n".join(lines(told))
    assert "* 0.90 Y, KP-09" in text
    assert "Test 1 asked for “x” at 2026-01-01 12:00, t:far" in text
    assert "revision 20, 2026-01-03 12:00 ann: no place (review) → Y, KP-09" in text
    document = plain(told)
    assert document["undoable"] == 20
    (location,) = document["locations"]
    assert [c["place_id"] for c in location["candidates"]] == ["t:here", "t:far"]
    assert location["chosen"] == "t:far"
    assert location["candidates"][0]["provenance"]["query"] == "x"
    last = location["changes"][-1]
    assert (last["who"], last["before"]["unplaced"]) == ("ann", "review")
    assert last["after"]["place"]["place_id"] == "t:far"
    assert last["after"]["decision"]["by"] == "person"


def test_a_place_that_the_rule_found_is_in_the_ledger_from_the_start():
    (trail,) = trails(history(("import", "", entry("A", located(HERE)))))
    assert (trail.changes[0].before, trail.changes[0].after.place) == (None, HERE)


def test_each_change_of_the_judgement_is_kept_with_who_saved_it_and_nothing_else_is():
    first, second = (
        Verification(),
        Verification(level="geolocated", by="cleo", proof="https://x.org"),
    )
    retitled = BEGUN.model_copy(update={"title": "T"})
    located_now = retitled.model_copy(update={"verification": second})
    found = judgements(history(
        ("import", "", BEGUN), ("ann", "typo", retitled), ("bob", "imagery", located_now),
        ("ann", "undone: revision 30", retitled),
    ))  # fmt: skip
    assert [(one.seq, one.who, one.why, one.verification) for one in found] == [
        (10, "import", "", first), (30, "bob", "imagery", second),
        (40, "ann", "undone: revision 30", first),
    ]  # fmt: skip
    assert judgements([]) == []
