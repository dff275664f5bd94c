"""Many entries are changed together: said first, saved whole or not at all, undone in one go."""

import pytest
from conftest import entry, python

from geo import bulk
from geo.entry import Level, Verification, Visibility
from geo.errors import InputError, StoreError
from geo.store import open_store

IDS = ["X1", "X2", "X3"]


@pytest.fixture
def three(store):
    some = [
        entry("X1", category="military", tags=("a", "b")),
        entry("X2", category="street life", tags=("b",)),
        entry("X3"),
    ]
    store.save(some, "ann", "made up")
    return store


def changed(store, change, ids=IDS):
    return bulk.apply(store, bulk.preview(store, ids, change), "me")


def values(store, name):
    found = store.entries(IDS)
    return [getattr(found[one], name) for one in IDS]


def test_a_preview_says_how_many_change_and_what_is_replaced_and_writes_nothing(three):
    before = three.head()
    seen = bulk.preview(three, [*IDS, "nobody"], bulk.Change.asked(category=" street life "))
    assert (set(seen.seen), seen.already, seen.unknown) == ({"X1", "X3"}, 1, 1)
    assert seen.replaced == {"category": {"military": 1, "": 1}}
    assert three.head() == before


def test_each_changed_entry_gets_one_revision_and_the_others_none(three):
    done = changed(three, bulk.Change.asked(category="street life", visibility="draft"))
    assert done.count == 3
    assert values(three, "category") == ["street life"] * 3
    assert [len(three.history(one)) for one in IDS] == [2, 2, 2]
    done = changed(three, bulk.Change.asked(category="street life", add=["b"]))
    assert done.count == 1
    assert [len(three.history(one)) for one in IDS] == [2, 2, 3]
    newest = three.history("X3")[-1]
    assert (newest.who, newest.why) == ("me", "edited together: category → street life; tag +b")


def test_tags_are_added_once_at_the_end_and_removed_wherever_they_stand(three):
    changed(three, bulk.Change.asked(add=["c ", "b", ""], remove=["a", "absent"]))
    assert values(three, "tags") == [("b", "c"), ("b", "c"), ("c", "b")]


def test_what_is_not_asked_for_stays(three):
    before = three.entries(IDS)
    changed(three, bulk.Change.asked(verification={"level": "reported", "note": "n"}))
    after = three.entries(IDS)
    judged = Verification(level=Level.REPORTED, note="n")
    for one in IDS:
        assert after[one] == before[one].model_copy(update={"verification": judged})


def test_a_judgement_is_replaced_as_a_whole_and_needs_a_person(three):
    with pytest.raises(InputError, match="say whose it is"):
        bulk.Change.asked(verification={"level": "geolocated", "by": " "})
    changed(
        three, bulk.Change.asked(verification={"level": "geolocated", "by": "me", "at": "2026"})
    )
    changed(three, bulk.Change.asked(verification={"level": "contested"}))
    assert values(three, "verification") == [Verification(level=Level.CONTESTED)] * 3


@pytest.mark.parametrize(
    "wrong",
    [{"category": "a\x07bell"}, {"add": ["a;b"]}, {"visibility": "secret"}, {"add": ["x\x00"]},
     {"verification": {"level": "reported", "at": "yesterday"}}, {"category": "x" * 3_000}],
)  # fmt: skip
def test_a_value_that_the_record_would_refuse_is_refused_before_anything_is_read(wrong):
    with pytest.raises(InputError):
        bulk.Change.asked(**wrong)


def test_an_empty_change_says_so_and_a_lifted_category_does_not():
    assert bulk.Change.asked(add=[" "]).empty
    assert not bulk.Change.asked(category="").empty


def test_what_somebody_saved_meanwhile_is_kept_and_named(three):
    seen = bulk.preview(three, IDS, bulk.Change.asked(category="nightlife"))
    theirs = three.entries(["X2"])["X2"].model_copy(update={"title": "Theirs"})
    three.save([theirs], "bob", "corrected")
    done = bulk.apply(three, seen, "me")
    assert (done.count, done.left) == (2, ("X2",))
    assert three.entries(["X2"])["X2"] == theirs
    assert values(three, "category") == ["nightlife", "street life", "nightlife"]


def test_one_undo_puts_all_back_and_leaves_what_changed_later(three):
    before = three.entries(IDS)
    done = changed(three, bulk.Change.asked(visibility="withheld"))
    three.save([three.entries(["X3"])["X3"].model_copy(update={"title": "Later"})], "bob", "later")
    undone = bulk.undo(three, done.last, "me")
    assert (undone.count, undone.left) == (2, 1)
    after = three.entries(IDS)
    assert [after[one] for one in IDS[:2]] == [before[one] for one in IDS[:2]]
    assert (after["X3"].title, after["X3"].visibility) == ("Later", Visibility.WITHHELD)


def test_an_undo_is_undone_like_any_change(three):
    done = changed(three, bulk.Change.asked(category="nightlife"))
    bulk.undo(three, done.last, "me")
    assert bulk.undo(three, done.last, "me") == bulk.Undone(0, 3)
    assert values(three, "category") == ["military", "street life", ""]
    bulk.undo(three, three.head()[0], "me")
    assert values(three, "category") == ["nightlife"] * 3


def test_a_stop_in_the_middle_leaves_nothing_changed(store):
    ids = [f"N{number}" for number in range(1_200)]
    store.save([entry(one) for one in ids], "ann", "made up")
    seen = bulk.preview(store, ids, bulk.Change.asked(category="x"))
    before, heard = store.head(), []

    def stop(done):
        heard.append(done)
        if done >= 1_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.apply(store, seen, "me", stop)
    assert heard == [500, 1_000]
    assert store.head() == before
    assert bulk.apply(store, seen, "me").count == 1_200
    assert len(store.saved_with(store.head()[0])) == 1_200


def test_a_store_that_is_locked_is_said_and_nothing_is_changed(three, monkeypatch):
    monkeypatch.setattr("geo.store.opening._WAIT_S", 0.05)
    busy = open_store(str(three.engine.url))
    with three.engine.begin(), pytest.raises(StoreError, match="busy"):
        changed(busy, bulk.Change.asked(category="x"))
    assert values(three, "category") == ["military", "street life", ""]
    busy.engine.dispose()


RENAME = """
import sys, time
from geo.store import open_store
store = open_store(sys.argv[1])
print("ready", flush=True)
for count in range(20):
    one = store.entries(["N7"])["N7"]
    store.save([one.model_copy(update={"title": f"Theirs {count}"})], "bob", "corrected")
    time.sleep(0.002)
"""


def test_changes_of_another_process_at_the_same_time_are_never_lost(store):
    ids = [f"N{number}" for number in range(600)]
    store.save([entry(one) for one in ids], "ann", "made up")
    other = python("-c", RENAME, store.engine.url)
    assert other.stdout.readline() == "ready\n"
    for number in range(8):
        bulk.apply(store, bulk.preview(store, ids, bulk.Change.asked(category=f"c{number}")), "me")
    assert other.communicate(timeout=60)[1] == ""
    history = store.history("N7")
    theirs = [one for one in history if one.who == "bob"]
    mine = [one for one in history if one.who == "me"]
    assert len(theirs) == 20
    titles = [one.entry.title for one in theirs]
    assert titles == [f"Theirs {count}" for count in range(20)]
    for one in mine:
        standing = history[one.revision - 2].entry
        assert one.entry.title == standing.title
