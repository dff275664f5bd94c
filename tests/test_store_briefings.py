"""Briefings in the record: revisions that nobody loses, and the past that a freeze keeps."""

from briefings import briefing, shipped
from conftest import candidate, entry, located

from geo.entry import Location, Report
from geo.filters import Filters
from geo.index import Index
from geo.steps import Presented


def test_a_briefing_is_saved_as_a_revision_and_read_again(store):
    assert store.save([shipped()], "Ann", "begun") == 1
    seq, one = store.briefing(shipped().id)
    assert one == shipped()
    assert store.briefings() == {one.id: (seq, one)}
    assert store.briefing("nope") is None


def test_every_state_is_kept_with_who_and_why(store):
    store.save([briefing("")], "Ann", "begun")
    store.save([briefing("", "region=KP")], "Ben", "a step")
    first, second = store.briefing_history("made-up")
    assert [(one.who, one.why, one.revision) for one in (first, second)] == [
        ("Ann", "begun", 1), ("Ben", "a step", 2),
    ]  # fmt: skip
    assert len(first.briefing.steps) == 1
    assert store.briefing_history("nope") == []


def test_whoever_saves_second_upon_one_state_changes_nothing(store):
    store.save([briefing("")], "Ann", "begun")
    seq, _ = store.briefing("made-up")
    assert store.save([briefing("", "a")], "Ann", "hers", upon=seq) == 1
    assert store.save([briefing("", "b")], "Ben", "his", upon=seq) == 0
    assert len(store.briefing("made-up")[1].steps) == 2
    assert store.briefing("made-up")[1].steps[1].filters == "a"


def test_a_briefing_leaves_the_data_and_its_index_as_they_are(store, gazetteer, tmp_path):
    store.save([entry("A", located(candidate()))], "t", "t")
    index = Index(store, None, gazetteer)
    index.refresh()
    before = store.head(), index.edition
    store.save([briefing("")], "Ann", "begun")
    store.save([Presented(id="made-up", seq=1)], "Ann", "presented")
    index.refresh()
    assert (store.head(), index.edition) == before
    assert next(iter(store.since(0)))[1].id == "A"
    assert set(store.reports()) == set()


def test_the_last_presentation_is_known(store):
    assert store.presented("made-up") is None
    for seq in (3, 7):
        store.save([Presented(id="made-up", seq=seq)], "Ann", "presented")
    assert store.presented("made-up")[0] == 7


def test_what_changed_since_a_revision_is_known_with_whether_it_was_there(store):
    store.save([entry("A"), entry("B")], "t", "t")
    seq = store.head()[0]
    store.save([entry("B", title="Other"), entry("C")], "t", "t")
    assert store.changed(seq) == {"B": True, "C": False}
    assert store.changed(store.head()[0]) == {}


class TestPast:
    def test_it_stands_as_it_stood(self, store):
        store.save([Report(id="r", title="Old"), entry("A", title="Old")], "t", "t")
        seq = store.head()[0]
        store.save([Report(id="r", title="New"), entry("A", title="New"), entry("B")], "t", "t")
        past = store.past(seq)
        assert [(n, one.title) for n, one in past.since(0)] == [(seq, "Old")]
        assert past.entries(["A", "B"])["A"].title == "Old"
        assert "B" not in past.entries(["A", "B"])
        assert past.reports()["r"].title == "Old"

    def test_a_decision_to_protect_holds_for_every_date(self, store):
        store.save([entry("A"), entry("B"), entry("C", visibility="withheld")], "t", "t")
        seq = store.head()[0]
        store.save(
            [entry("A", visibility="withheld"), entry("B", visibility="draft"), entry("C")],
            "t", "t",
        )  # fmt: skip
        then = store.past(seq).entries(["A", "B", "C"])
        assert {one: then[one].visibility for one in "ABC"} == {
            "A": "withheld", "B": "draft", "C": "withheld",
        }  # fmt: skip
        assert store.past(seq).stood(["A"])["A"].visibility == "published"

    def test_a_place_that_was_withheld_afterwards_is_not_told(self, store):
        secret = candidate(name="Secret")
        store.save([entry("A", located(secret)), entry("B", located(secret))], "t", "t")
        seq = store.head()[0]
        withheld = Location(locality="X", absence="withheld")
        corrected = located(candidate("t:2", name="Y"))
        store.save([entry("A", withheld), entry("B", corrected)], "t", "t")
        then = store.past(seq).entries(["A", "B"])
        assert then["A"].locations == (withheld,)
        assert then["B"].locations[0].place == secret

    def test_evidence_that_was_marked_graphic_afterwards_is_graphic(self, store):
        piece = {"kind": "video", "url": "https://x.org/v"}
        store.save([entry("A", evidence=[piece, {"url": "https://x.org/w"}])], "t", "t")
        seq = store.head()[0]
        store.save([entry("A", evidence=[{**piece, "graphic": True}], sensitivity=["s"])], "t", "t")
        then = store.past(seq).entries(["A"])["A"]
        assert [one.graphic for one in then.evidence] == [True, False]
        assert then.sensitivity == ("s",)

    def test_its_snapshot_is_never_used_after_something_was_withheld(
        self, store, gazetteer, tmp_path, monkeypatch
    ):
        monkeypatch.setattr("geo.index._SNAPSHOT_FROM", 1)
        store.save([entry("A", located(candidate())), entry("B", located(candidate()))], "t", "t")
        seq = store.head()[0]

        def shown():
            index = Index(store.past(seq), tmp_path, gazetteer)
            index.refresh()
            return index.ids(index.passing(Filters()))

        assert shown() == ["A", "B"]
        assert len(list(tmp_path.glob("*past*.parquet"))) == 1
        store.save([entry("A", located(candidate()), visibility="withheld")], "t", "t")
        assert shown() == ["B"]
        assert len(list(tmp_path.glob("*past*.parquet"))) == 1

    def test_its_snapshot_is_apart_from_the_stores_own(
        self, store, gazetteer, tmp_path, monkeypatch
    ):
        monkeypatch.setattr("geo.index._SNAPSHOT_FROM", 1)
        store.save([entry("A")], "t", "t")
        for record in (store, store.past(store.head()[0]), store):
            Index(record, tmp_path, gazetteer).refresh()
        assert len(list(tmp_path.glob("*.parquet"))) == 2
