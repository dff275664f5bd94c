"""Cards are merged, split, discarded and added, and nothing that a report says is lost."""

from dataclasses import replace

import pytest
from articles import REPORT, drafted, proposed
from conftest import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from geo.card import Where
from geo.entry import Absence, Location, Relation, Report, Visibility
from geo.errors import InputError
from geo.pile import Heading, heading_of
from geo.pile import proposed as proposed_by


def pile(*entries):
    return proposed_by(drafted(*entries))


def two():
    chongjin = Location(locality="Chongjin", relation="one_of", complete=False, basis="inferred",
                        absence="withheld")  # fmt: skip
    return pile(
        proposed(1, chongjin, Location(locality="Seoul", relation="mentioned"), description="One."),
        proposed(2, Location(locality="Hyesan"), description="Two.", category="military"),
    )


def test_an_article_proposes_a_card_for_each_scene():
    made = two()
    assert [(card.number, card.said, card.spans) for card in made.cards] == [
        (1, ("Chongjin",), ((10, 15),)), (2, ("Hyesan",), ((20, 25),)),
    ]  # fmt: skip
    assert made.heading.report() == REPORT
    assert made.said == ("Chongjin", "Hyesan")


def test_an_article_without_footage_proposes_nothing():
    assert pile().cards == ()
    assert pile().add().cards[0].number == 1


def test_a_merged_card_says_what_both_said_and_the_other_can_be_brought_back():
    before = two()
    after = before.merge(1, 2)
    (whole,) = after.kept
    assert set(whole.places) == {*before.cards[0].places, *before.cards[1].places}
    assert whole.description == "One. Two."
    assert whole.category == "military"
    assert whole.paragraph == "1, 2"
    assert whole.spans == ((10, 15), (20, 25))
    assert after.discarded == (replace(before.cards[1], kept=False),)


def test_a_place_that_is_not_stated_gives_way_when_the_other_card_states_one():
    whole = pile(proposed(1), proposed(2, Location(locality="Hyesan"))).merge(1, 2).card(1)
    assert [one.words for one in whole.places] == ["Hyesan"]


def test_two_cards_without_a_place_keep_the_reason():
    whole = pile(proposed(1, Location(absence="withheld")), proposed(2)).merge(1, 2).card(1)
    assert whole.places == (Where(absence=Absence.WITHHELD),)


def test_splitting_parts_the_title_and_leaves_every_place_in_both():
    before = pile(
        proposed(1, Location(locality="Hyesan"), title="Soldiers march and children sing")
    )
    first, second = before.split(1).cards
    assert (first.title, second.title) == ("Soldiers march", "Children sing")
    assert first.places == second.places == before.cards[0].places
    assert (first.number, second.number) == (1, 2)


def test_splitting_a_merged_card_parts_its_sentences():
    first, second, _ = two().merge(1, 2).split(1).cards
    assert (first.spans, second.spans) == (((10, 15),), ((20, 25),))


def test_the_second_half_of_a_saved_card_is_not_saved_yet():
    saved = two().put(replace(two().cards[0], saved="mark"))
    first, second, _ = saved.split(1).cards
    assert (first.saved, second.saved) == ("mark", "")


steps = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "add", "drop"]), st.integers(1, 6),
              st.integers(1, 6)), max_size=12,
)  # fmt: skip


def _done(pile, step, one, other):
    if step == "drop":
        return pile.put(replace(pile.card(one), kept=False))
    if step == "merge":
        return pile.merge(one, other)
    return pile.split(one) if step == "split" else pile.add()


@given(steps)
def test_whatever_is_done_no_words_and_no_sentence_are_lost_and_no_number_is_given_twice(steps):
    made = before = two()
    for step, one, other in steps:
        if made.card(one) is None or made.card(other) is None or (step == "merge" and one == other):
            continue
        made = _done(made, step, one, other)
    numbers = [card.number for card in made.cards]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) <= made.last

    def everything(pile):
        return {x for card in pile.cards for x in (*card.places, *card.spans)}

    assert everything(before) <= everything(made)


def test_a_card_that_is_gone_is_said_in_a_sentence():
    with pytest.raises(InputError, match="no longer in the list"):
        two().merge(1, 9)


def test_visibility_is_chosen_for_the_kept_cards_alone():
    dropped = two().put(replace(two().cards[0], kept=False)).shown_as(Visibility.PUBLISHED)
    assert [card.visibility.value for card in dropped.cards] == ["draft", "published"]


@pytest.mark.parametrize("title", [text for text in HOSTILE if text.strip()])
def test_a_report_keeps_its_words_letter_for_letter(title):
    report = Report(id="R", title=title, outlet=title, published="2013-05")
    assert heading_of(report).report() == report


@pytest.mark.parametrize(
    ("changes", "column"),
    [({"title": ""}, "title"), ({"published": "yesterday"}, "published"),
     ({"url": "javascript:alert(1)"}, "url")],
)  # fmt: skip
def test_a_heading_that_cannot_be_saved_names_its_field(changes, column):
    with pytest.raises(InputError) as caught:
        Heading(**{"id": "R", "title": "T"} | changes).report()
    assert caught.value.values["column"] == column


def test_the_days_of_access_and_archive_stay_when_a_heading_is_edited():
    old = Report(id="R", title="T", archived_url="https://a.example", accessed="2020")
    new = replace(heading_of(old), outlet="News").report(old)
    assert (new.outlet, new.archived_url, new.accessed) == ("News", old.archived_url, "2020")


def test_places_of_each_relation_stay_apart():
    card = two().cards[0]
    assert card.besides(Relation.MENTIONED) == ("Seoul",)
    assert card.besides(Relation.RELEASED_AT) == ()
