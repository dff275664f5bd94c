"""An article is saved whole or not at all, once, and never over what a person decided."""

from dataclasses import replace

import pytest
from articles import REPORT, drafted, proposed
from conftest import NOON

from geo import review, saving
from geo.card import Where
from geo.entry import Level, Location, Outcome, Relation, Visibility
from geo.errors import InputError
from geo.pile import proposed as proposed_by
from geo.review import Pending


def pile():
    return proposed_by(
        drafted(
            proposed(1, Location(locality="Hyesan")),
            proposed(
                2, Location(locality="Unsan"), Location(locality="Seoul", relation="mentioned")
            ),
            proposed(3),
        )
    )


def again(store, first=None):
    first = first or pile()
    return saving.resumed(first, saving.standing(store, first))


def saved(store):
    return saving.standing(store, pile()).entries


def revisions(store):
    return store.head()[0]


def test_one_report_and_its_entries_are_saved_with_candidates_and_decisions(store, geocoder):
    told = saving.save(store, geocoder, pile(), "me")
    assert (told.report, told.entries) == (True, 3)
    assert store.reports() == {REPORT.id: REPORT}
    hyesan, unsan, nowhere = saved(store).values()
    assert hyesan.locations[0].place.name == "Hyesan"
    assert unsan.locations[0].decision.outcome is Outcome.REVIEW
    assert nowhere.locations[0].absence == "not_stated"
    assert {one.visibility for one in saved(store).values()} == {Visibility.DRAFT}


def test_discarded_cards_are_not_saved(store, geocoder):
    told = saving.save(store, geocoder, pile().put(replace(pile().card(2), kept=False)), "me")
    assert told.entries == 2
    assert set(saved(store)) == {1, 3}


def test_a_field_to_correct_leaves_nothing_saved(store, geocoder):
    wrong = pile().put(replace(pile().card(2), level=Level.GEOLOCATED))
    with pytest.raises(InputError, match="whose it is"):
        saving.save(store, geocoder, wrong, "me")
    assert revisions(store) == 0
    assert set(saving.faults(wrong)) == {2}


def test_faults_name_the_report_as_zero():
    untitled = replace(pile(), heading=replace(pile().heading, title=""))
    assert set(saving.faults(untitled)) == {0}
    assert saving.faults(pile()) == {}


def test_the_same_article_again_shows_what_is_saved_and_saves_nothing(store, geocoder):
    changed = pile().put(replace(pile().card(1), title="A market"))
    saving.save(store, geocoder, changed.put(replace(changed.card(3), kept=False)), "me")
    before = revisions(store)
    back = again(store)
    assert [card.title for card in back.kept] == ["A market", "Scene 2"]
    assert [card.number for card in back.discarded] == [3]
    assert back.card(1).spans == pile().card(1).spans
    told = saving.save(store, geocoder, back, "me")
    assert (told.report, told.entries) == (False, 0)
    assert revisions(store) == before


def test_only_what_was_edited_is_saved_again(store, geocoder):
    saving.save(store, geocoder, pile(), "me")
    back = again(store)
    told = saving.save(store, geocoder, back.put(replace(back.card(2), category="military")), "me")
    assert (told.report, told.entries) == (False, 1)
    assert saved(store)[2].category == "military"


def test_a_changed_relation_of_one_of_several_places_is_an_edit(store, geocoder):
    both = pile().put(replace(pile().card(1), places=(Where("Hyesan"), Where("Musan"))))
    saving.save(store, geocoder, both, "me")
    back = again(store)
    places = (back.card(1).places[0], replace(back.card(1).places[1], relation=Relation.ALSO_AT))
    told = saving.save(store, geocoder, back.put(replace(back.card(1), places=places)), "me")
    assert told.entries == 1


def test_what_a_person_decided_stays_when_another_field_is_edited(store, geocoder):
    saving.save(store, geocoder, pile(), "me")
    unsan = saved(store)[2]
    chosen = unsan.locations[0].candidates[1]
    store.save([review.accepted(Pending(unsan, 0), chosen, "seen", NOON)], "me", "decided")
    back = again(store)
    saving.save(store, geocoder, back.put(replace(back.card(2), category="military")), "me")
    assert saved(store)[2].locations[0].chosen == chosen.place_id
    assert saved(store)[2].category == "military"


def test_an_entry_that_somebody_changed_meanwhile_is_not_overwritten(store, geocoder):
    saving.save(store, geocoder, pile(), "me")
    back = again(store)
    other = saved(store)[2].model_copy(update={"title": "By somebody else"})
    store.save([other], "you", "edited")
    before = revisions(store)
    with pytest.raises(saving.ChangedError):
        saving.save(store, geocoder, back.put(replace(back.card(1), title="Mine")), "me")
    assert revisions(store) == before


def test_an_article_that_somebody_else_saved_first_is_not_saved_twice(store, geocoder):
    saving.save(store, geocoder, pile(), "me")
    before = revisions(store)
    with pytest.raises(saving.ChangedError):
        saving.save(store, geocoder, pile(), "you")
    assert revisions(store) == before


def test_a_withheld_entry_is_neither_shown_nor_overwritten_and_its_number_stays_taken(
    store, geocoder
):
    own = pile().add()
    saving.save(store, geocoder, own.put(replace(own.card(4), title="By hand")), "me")
    kept_back = saved(store)[4].model_copy(update={"visibility": Visibility.WITHHELD})
    store.save([kept_back], "me", "withheld")
    back = again(store)
    assert [card.number for card in back.cards] == [1, 2, 3]
    grown = back.add()
    saving.save(store, geocoder, grown.put(replace(grown.card(5), title="Another")), "me")
    assert saved(store)[4] == kept_back
    assert saved(store)[5].title == "Another"


def test_entries_added_by_hand_come_back_too(store, geocoder):
    own = pile().add()
    saving.save(store, geocoder, own.put(replace(own.card(4), title="By hand")), "me")
    assert again(store).card(4).title == "By hand"


def test_places_are_looked_up_beside_those_of_the_whole_article(store, geocoder):
    """Kujang says that the report is about North Pyongan, and so which Unsan is likely meant."""
    places = (Location(locality="Unsan"), Location(locality="Kujang"))
    made = proposed_by(drafted(*(proposed(n, place) for n, place in enumerate(places, 1))))
    saving.save(store, geocoder, made, "me")
    first = saved(store)[1].locations[0].candidates[0]
    assert first.admin1 == "KP-03"
    assert first.confidence > geocoder("Unsan")[0].confidence
