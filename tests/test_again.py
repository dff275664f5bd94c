"""Geocoding again tells every difference first, and changes no person's decision."""

import pytest
from conftest import NOON, candidate, entry

from geo.again import applied, apply, differences, outdated
from geo.entry import Absence, Cited, DecidedBy, Location
from geo.geocode import offline
from geo.intake import by_report, geocoded
from geo.review import Pending, accepted, rejected


def found(place_id, name="X", **changes):
    """Return a place that the rule accepts, as the gazetteer's own table gives it."""
    made = candidate(place_id, name=name, confidence=0.97, **changes)
    own = made.provenance.model_copy(update={"provider": "Glimpse", "version": "old"})
    return made.model_copy(update={"provenance": own})


OLD, NEW = found("gl:x"), found("gl:x", lat=39.5)
RIVAL = found("gl:rival", lat=41.0).model_copy(update={"confidence": 0.4})
ONLINE = candidate("osm:1", lat=40.0, confidence=0.5)


def knows(**places):
    """Return a geocoder that knows these words."""
    return lambda locality: list(places.get(locality, ()))


def to(geocoder):
    """Return the choice of this geocoder for every entry."""
    return lambda _: geocoder


def at(words, geocoder, entry_id="A"):
    return geocoded(entry(entry_id, Location(locality=words)), geocoder)


def test_a_place_that_moves_is_told_once_for_all_its_locations_with_the_distance():
    before = [at("X", knows(X=[OLD]), f"E{n}") for n in range(3)]
    (one,) = differences(before, to(knows(X=[NEW])))
    assert (one.locality, one.locations, one.kept) == ("X", 3, False)
    assert (one.before.place.lat, one.after.place.lat) == (39.0, 39.5)
    assert one.km == pytest.approx(55.6, abs=0.2)
    assert one.plain()["km"] == pytest.approx(55.6, abs=0.2)


def test_the_same_answer_of_a_newer_version_is_no_difference():
    later = NEW.model_copy(
        update={"provenance": NEW.provenance.model_copy(update={"version": "2"})}
    )
    before = at("X", knows(X=[NEW]))
    assert list(differences([before], to(knows(X=[later])))) == []
    assert applied(before, to(knows(X=[later]))) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [([OLD], []), ([], [OLD]), ([OLD], [RIVAL]), ([RIVAL], [OLD]),
     ([RIVAL], [RIVAL, OLD.model_copy(update={"confidence": 0.3})])],
)  # fmt: skip
def test_a_changed_outcome_or_choice_is_told_and_nothing_else_is_applied(old, new):
    before = at("X", knows(X=old))
    (one,) = differences([before], to(knows(X=new)))
    after = applied(before, to(knows(X=new)))
    (place,) = after.locations
    assert place.candidates == tuple(new)
    assert place.decision.by is DecidedBy.RULE
    assert (one.before.unplaced, one.after.unplaced) == (
        before.locations[0].unplaced, after.locations[0].unplaced
    )  # fmt: skip
    assert list(differences([after], to(knows(X=new)))) == []


def test_a_persons_decision_is_kept_and_told_when_the_rule_would_say_otherwise():
    before = at("X", knows(X=[RIVAL]))
    decided = accepted(Pending(before, 0), RIVAL, "seen", NOON)
    refused = rejected(Pending(before, 0), Absence.UNLOCATABLE, "a studio", NOON)
    for one in (decided, refused):
        (told,) = differences([one], to(knows(X=[OLD])))
        assert told.kept
        assert told.after.place.place_id == "gl:x"
        assert applied(one, to(knows(X=[OLD]))) is None
    assert list(differences([decided], to(knows(X=[])))) == []


def test_only_the_chosen_words_are_geocoded_again():
    both = geocoded(entry("A", Location(locality="X"), Location(locality="Y")), knows())
    after = applied(both, to(knows(X=[OLD], Y=[OLD])), {"Y"})
    assert [one.place for one in after.locations] == [None, OLD]


def test_what_an_online_service_proposed_stays_to_be_chosen():
    waiting = at("X", knows(X=[RIVAL, ONLINE]))
    after = applied(waiting, to(knows(X=[OLD]))).locations[0]
    assert after.candidates == (OLD, ONLINE)
    assert applied(waiting, to(knows())) is None


def test_all_is_saved_in_one_go_told_as_it_goes_and_undone_in_one(store):
    before = [at("X", knows(X=[OLD]), f"E{n:04}") for n in range(1_500)]
    store.save([*before, at("Y", knows(), "other")], "import", "")
    told = []
    count = apply(store, to(knows(X=[NEW])), "abc", who="ann", progress=told.append)
    assert (count, told) == (1_500, [1_000])
    last = store.history("E0007")[-1]
    assert (last.who, last.why) == ("ann", "geocoded again with abc")
    assert last.entry.locations[0].place.lat == 39.5
    assert len(store.history("other")) == 1
    assert store.undo(store.saved_with(last.seq), "ann") == 1_500
    assert store.history("E0007")[-1].entry == before[7]


def test_places_of_another_version_are_told_apart_from_todays(filled):
    today = [one for _, one in filled.since(0)]
    assert not outdated(today)
    assert outdated([*today, at("X", knows(X=[OLD]))])
    by_hand = accepted(Pending(at("X", knows(X=[RIVAL])), 0), RIVAL, "seen", NOON)
    assert not outdated([by_hand, at("Y", knows(Y=[ONLINE]))])


def test_words_that_name_two_places_now_become_two_and_only_once():
    def both(locality):
        return [NEW] if locality == "Here" else [candidate("gl:y")] * (locality == "There")

    before = entry("A", Location(locality="Here and There"))
    after = applied(before, to(both))
    assert [one.place.place_id for one in after.locations] == ["gl:x", "gl:y"]
    assert len(list(differences([before], to(both)))) == 2
    assert applied(after, to(both)) is None
    assert applied(before, to(both), {"Elsewhere"}) is None


def test_the_evidence_of_an_import_is_that_of_geocoding_again(store, gazetteer, geocoder):
    said = [("1", "Unsan"), ("2", "Kujang"), ("3", "Unsan")]
    cited = [Cited(report="R")], [Cited(report="R")], []
    made = [
        entry(one, Location(locality=words), reports=reports)
        for (one, words), reports in zip(said, cited, strict=True)
    ]
    asks = by_report(geocoder, made)
    store.save([geocoded(one, asks(one)) for one in made], "import", "")
    standing = [one for _, one in store.since(0)]
    assert standing[0].locations[0].candidates[0].admin1 == "KP-03"
    assert list(differences(standing, by_report(offline(gazetteer), standing))) == []


def test_the_shipped_entries_are_answered_as_they_stand(filled, gazetteer):
    entries = [one for _, one in filled.since(0)]
    assert len(entries) == 9
    assert list(differences(entries, to(offline(gazetteer)))) == []


def test_entries_without_words_stay_as_they_are():
    silent = entry("A", Location(absence=Absence.NOT_STATED))
    assert list(differences([silent], to(knows()))) == []
    assert applied(silent, to(knows())) is None
