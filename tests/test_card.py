"""A card says what the entry says, and the entry what the card says."""

from dataclasses import replace

import pytest
from conftest import HOSTILE, candidate, entry, located
from hypothesis import given
from hypothesis import strategies as st

from geo.card import NOWHERE, Card, Where, mark, of_entry
from geo.entry import Absence, Basis, Cited, Evidence, Level, Location, Relation, Verification
from geo.errors import InputError

words = st.sampled_from(["Hyesan", "Musan", "a school in Unsan", "혜산", "A; B", *HOSTILE])
locations = st.builds(
    lambda relation, complete, **rest: Location(
        relation=relation, complete=complete or relation is not Relation.ONE_OF, **rest
    ),
    locality=words, relation=st.sampled_from(Relation), complete=st.booleans(),
    basis=st.sampled_from(Basis), absence=st.none() | st.sampled_from(Absence),
)  # fmt: skip
filming = locations.filter(lambda one: one.relation.filmed)


@given(filming, st.lists(locations, max_size=4), words, st.sampled_from(Level))
def test_an_entry_becomes_a_card_and_the_same_entry_again(first, others, note, level):
    places = {(one.locality, one.relation.filmed): one for one in [*reversed(others), first]}
    before = entry(
        "R-7", *reversed(places.values()), reports=(Cited(report="R", paragraph="3"),),
        description=note, verification=Verification(level=level, by="Jane", note=note),
    )  # fmt: skip
    assert of_entry(7, before).entry("R") == before


def test_without_words_the_entry_says_why_there_is_no_place():
    card = Card(1, "A market", places=(Where(), Where("Seoul", Relation.RELEASED_AT)))
    one, other = card.entry("R").locations
    assert (one.locality, one.absence) == ("", Absence.NOT_STATED)
    assert (other.locality, other.relation) == ("Seoul", Relation.RELEASED_AT)


def test_a_row_without_words_beside_one_with_words_means_nothing():
    card = Card(1, "A market", places=(NOWHERE, Where(" Hyesan ")))
    assert [one.locality for one in card.entry("R").locations] == ["Hyesan"]
    assert card.said == ("Hyesan",)


def test_words_that_stand_twice_are_one_place():
    card = Card(1, "A market", places=(Where("Hyesan"), Where("Hyesan", Relation.ALSO_AT)))
    (one,) = card.entry("R").locations
    assert one.relation is Relation.FILMED_AT


def test_words_that_were_geocoded_as_two_places_are_one_row():
    both = located(candidate(), locality="between A and B")
    also = located(candidate(), locality="between A and B", relation="also_at")
    assert [one.words for one in of_entry(1, entry("R-1", both, also)).places] == [
        "between A and B"
    ]


def test_a_list_that_is_no_choice_is_complete():
    card = Card(1, "A market", places=(Where("Hyesan", Relation.FILMED_AT, complete=False),))
    assert card.entry("R").locations[0].complete


@pytest.mark.parametrize(
    ("changes", "column"),
    [({"title": " "}, "title"), ({"recorded": "May 13th"}, "recorded"),
     ({"level": Level.GEOLOCATED}, "by"), ({"note": "a\x07b"}, "verification"),
     ({"places": (Where("a\x00"),)}, "locations")],
)  # fmt: skip
def test_what_cannot_be_saved_names_its_field(changes, column):
    with pytest.raises(InputError) as caught:
        replace(Card(1, "A market"), **changes).entry("R")
    assert caught.value.values["column"] == column


def test_what_no_card_shows_stays_in_the_entry():
    old = entry(
        "R-1", tags=("night",), evidence=(Evidence(url="https://x.example"),), extra={"own": "1"},
        reports=(Cited(report="other"), Cited(report="R", paragraph="1")),
        verification=Verification(level="geolocated", by="Jane", at="2020", method="by eye"),
    )  # fmt: skip
    new = replace(of_entry(1, old), title="Changed").entry("R", old)
    assert (new.title, new.tags, new.evidence, new.extra) == (
        "Changed", old.tags, old.evidence, old.extra
    )  # fmt: skip
    assert (new.verification.at, new.verification.method) == ("2020", "by eye")
    assert {cited.report for cited in new.reports} == {"other", "R"}


def test_a_mark_changes_with_the_content():
    assert mark(entry("R-1")) == mark(entry("R-1")) != mark(entry("R-1", title="Other"))
