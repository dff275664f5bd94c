"""What changed since a briefing was last presented, entry by entry."""

import pytest
from briefings import briefing
from conftest import candidate, entry, located

from geo.briefing.changes import Kind, changed
from geo.i18n import translator
from geo.index import Index
from geo.steps import Frozen, Presented

HERE, THERE = candidate("t:1"), candidate("t:2", name="Y", lat=40.0)


@pytest.fixture
def since(store, gazetteer):
    """Return what saves a state, presents a briefing, saves another, and lists what changed."""

    def ask(before, after, *steps, **more):
        one = briefing(*(steps or [""]), **more)
        store.save(before, "t", "before")
        store.save([Presented(id=one.id, seq=store.head()[0])], "t", "presented")
        store.save(after, "t", "after")
        index = Index(store, None, gazetteer)
        index.refresh()
        return changed(translator("en"), one, store, index, gazetteer)

    return ask


def told(changes):
    return [(one.id, one.kind, one.steps) for one in changes.found]


def at(place=HERE, entry_id="A", **changes):
    return entry(entry_id, located(place), **changes)


def judged(level):
    return at(verification={"level": level})


def test_a_briefing_that_was_never_presented_has_no_changes(store, gazetteer):
    index = Index(store, None, gazetteer)
    assert changed(translator("en"), briefing(""), store, index, gazetteer).since is None


def test_nothing_saved_is_nothing_changed(since):
    found = since([at()], [])
    assert found.since is not None
    assert found.found == ()


def test_a_new_entry_is_told_with_its_place_and_steps(since):
    found = since([at()], [at(entry_id="B")], "", "region=KR", "region=KP")
    assert told(found) == [("B", Kind.NEW, (1, 3))]
    assert found.found[0].said == "X"


def test_an_entry_that_no_step_finds_is_no_change(since):
    assert told(since([], [at()], "region=KR")) == []


def test_a_moved_entry_says_from_where_to_where(since):
    found = since([at()], [at(THERE)])
    assert told(found) == [("A", Kind.MOVED, (1,))]
    assert found.found[0].said == "X → Y"


@pytest.mark.parametrize(
    ("was", "is_now", "kind"),
    [
        ("not_assessed", "geolocated", Kind.UPGRADED), ("reported", "corroborated", Kind.UPGRADED),
        ("geolocated", "reported", Kind.REJUDGED), ("reported", "contested", Kind.REJUDGED),
        ("geolocated", "refuted", Kind.REFUTED), ("refuted", "geolocated", Kind.REJUDGED),
    ],
)  # fmt: skip
def test_a_judgement_is_told_as_rise_fall_or_refutation(since, was, is_now, kind):
    found = since([judged(was)], [judged(is_now)])
    assert told(found) == [("A", kind, (1,))]
    assert found.found[0].said == f"{was} → {is_now}".replace("_", " ")


@pytest.mark.parametrize("visibility", ["withheld", "draft"])
def test_a_withdrawn_entry_is_told_without_its_title(since, visibility):
    found = since([at()], [at(visibility=visibility)])
    assert told(found) == [("A", Kind.WITHDRAWN, (1,))]
    assert found.found[0].title == ""


def test_an_entry_that_leaves_the_question_is_told(since):
    far = candidate("t:9", name="Z", country="KR", admin1="KR-11", lat=37.5)
    assert told(since([at()], [at(far)], "region=KP")) == [("A", Kind.LEFT, (1,))]


def test_a_change_of_words_alone_is_none(since):
    assert told(since([at()], [at(title="Another title")])) == []


def test_the_heaviest_come_first(since):
    found = since(
        [at(), at(entry_id="B")],
        [at(entry_id="C"), judged("refuted"), at(entry_id="B", visibility="withheld")],
    )
    assert [one.kind for one in found.found] == [Kind.WITHDRAWN, Kind.REFUTED, Kind.NEW]


def test_of_a_frozen_briefing_only_what_is_withdrawn_is_told(since):
    found = since(
        [at(), at(entry_id="B")], [at(entry_id="C"), at(entry_id="B", visibility="withheld")],
        frozen=Frozen(seq=2, at="2026-01-01"),
    )  # fmt: skip
    assert told(found) == [("B", Kind.WITHDRAWN, (1,))]


def test_too_many_changes_are_counted_and_not_compared(since, monkeypatch):
    monkeypatch.setattr("geo.briefing.changes.MOST", 2)
    found = since([], [at(entry_id=f"E{n}") for n in range(5)])
    assert (len(found.found), found.more) == (2, 3)
