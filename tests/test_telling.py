"""A briefing put to the data counts what the page counts, and shows nothing more."""

import hashlib
import json

import numpy as np
import pytest
from briefings import briefing, deck, shipped
from conftest import HOSTILE, candidate, entry, located
from test_media import located_jpeg

from geo.briefing import files
from geo.entry import Entry, Report
from geo.filters import Filters
from geo.index import Index
from geo.media import file


def steps(told):
    return [screen for screen in told.screens if screen.kind == "step"]


def question(told, number=0):
    return steps(told)[number].question


def one_of(*places, **changes):
    return entry("P", *(located(place, relation="one_of") for place in places), **changes)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_shipped_briefing_counts_what_stats_counts(filled, gazetteer, language):
    told = deck(shipped(), filled, gazetteer, language)
    index = Index(filled, None, gazetteer)
    index.refresh()
    assert len(steps(told)) == 6
    for screen in steps(told):
        assert screen.question.stats == index.stats(Filters.from_query(screen.question.query))
        assert screen.question.passing.sum() == screen.question.stats.shown


def test_the_shipped_briefing_says_what_is_certain_and_what_is_possible(filled, gazetteer):
    told = deck(shipped(), filled, gazetteer)
    both, _, whole, one_of_two, rason, when = steps(told)
    assert [(s.name, s.certain, s.possible) for s in both.question.spots] == [
        ("Pyongyang 평양", 7, 0), ("Rajin 라진", 0, 2), ("Chongjin 청진", 0, 2),
    ]  # fmt: skip
    assert [told.entries[n].id for n in whole.question.marked] == ["A5", "A6", "A7"]
    assert one_of_two.question.stats.certain == 0
    assert rason.blocks[0].text.startswith("A filter for the province finds 0 certain and 2 possi")
    assert (when.timeline.dated, when.timeline.unknown) == (0, 9)


def test_no_token_of_the_shipped_briefing_is_left_open(filled, gazetteer):
    for language in ("en", "ko"):
        told = deck(shipped(), filled, gazetteer, language)
        said = [block.text for screen in told.screens for block in screen.blocks]
        assert not [text for text in said if "{" in text or "*" in text]


def test_a_deck_holds_the_entries_of_its_steps_alone(filled, gazetteer):
    told = deck(briefing("report=B"), filled, gazetteer)
    assert [one.id for one in told.entries] == ["B1", "B2"]
    assert set(told.placed["entry_no"].tolist()) == {0, 1}
    assert "Pyongyang" not in told.data


def test_drafts_and_withheld_entries_are_in_no_part_of_a_published_deck(store, gazetteer):
    place = candidate("t:1", name="Secret")
    store.save(
        [entry("D", located(place), title="Draft", visibility="draft"),
         entry("W", located(place), title="Held back", visibility="withheld"),
         entry("A", located(candidate("t:2")))], "t", "t",
    )  # fmt: skip
    told = deck(briefing("", "visibility=draft"), store, gazetteer)
    assert "Secret" not in told.data
    assert "Draft" not in told.data
    assert question(told).stats.total == 1
    assert question(told, 1).stats.shown == 0
    team = deck(briefing("", profile="team"), store, gazetteer)
    assert "Draft" in team.data
    assert "Held back" not in team.data


def test_an_entry_with_two_rows_at_a_place_counts_once(store, gazetteer):
    place = candidate("t:1")
    both = entry("A", located(place), located(place, relation="one_of"))
    store.save([both, one_of(place, candidate("t:2", name="Y"))], "t", "t")
    told = deck(briefing(""), store, gazetteer)
    spots = {one.name: (one.certain, one.possible) for one in question(told).spots}
    assert spots == {"X": (1, 1), "Y": (0, 1)}


def test_the_gaps_are_told_by_reason(store, gazetteer):
    store.save(
        [entry("A"), entry("B", located(candidate())), one_of(candidate(), candidate("t:2"))],
        "t", "t",
    )  # fmt: skip
    gaps = deck(briefing(""), store, gazetteer).screens[-2]
    assert [block.text for block in gaps.blocks] == [
        "Entries in these steps: 3 of 3.",
        "Without a place, because the report does not say where: 1.",
        "Only possibly somewhere, because the report names several places and does not say which:"
        " 1.",
        "Verified by nobody: 3 of 3.",
        "Without a date of recording, because dates are never guessed: 3.",
    ]


def test_reports_with_one_title_or_address_are_told_as_possible_copies(store, gazetteer):
    cited = [{"report": name} for name in "abcd"]
    reports = [
        Report(id="a", title="One title"), Report(id="b", title="one  TITLE"),
        Report(id="c", title="C", url="https://x.org/1"), Report(id="d", title="D"),
    ]  # fmt: skip
    store.save([*reports, entry("A", reports=cited)], "t", "t")
    said = [block.text for block in deck(briefing(""), store, gazetteer).screens[-2].blocks]
    assert said[-2:] == [
        "Reports that may be copies of one another, because they share a title or an address: 2.",
        "“One title” ×2",
    ]


def test_notes_can_be_left_at_home_in_every_language(filled, gazetteer):
    told = deck(shipped(), filled, gazetteer)
    bare = told.without_notes()
    assert any(screen.notes for screen in told.screens)
    assert not any(screen.notes for screen in bare.screens)
    assert "Seoul is where it was released" not in bare.kept.model_dump_json()
    assert "서울은 공개된 곳일 뿐" not in bare.kept.model_dump_json()
    assert bare.sha256 == told.sha256


@pytest.mark.parametrize("beside", ["timeline", "regions", "table"])
def test_beside_a_map_that_shows_nothing_stands_nothing(filled, gazetteer, beside):
    (screen,) = steps(deck(briefing({"filters": "text=nowhere", "beside": beside}), filled,
                           gazetteer))  # fmt: skip
    assert (screen.beside, screen.timeline, screen.regions, screen.rows) == (
        "nothing", None, (), (),
    )  # fmt: skip


def test_closing_screens_can_be_switched_off(filled, gazetteer):
    told = deck(briefing("", gaps=False, sources=False), filled, gazetteer)
    assert [screen.kind for screen in told.screens] == ["cover", "step"]


def test_a_step_without_a_headline_is_called_by_its_question(filled, gazetteer):
    assert steps(deck(briefing("region=KP-13"), filled, gazetteer))[0].headline == "In Rason"


@pytest.mark.parametrize(
    ("query", "name"),
    [("certainty=maybe", "certainty"), ("near=x:abc~30", "near"), ("recorded=nonsense", "recorded"),
     ("visibility=withheld", "visibility")],
)  # fmt: skip
def test_a_question_that_cannot_be_read_is_not_answered_by_everything(
    filled, gazetteer, query, name
):
    (screen,) = steps(deck(briefing(query), filled, gazetteer))
    assert screen.question.stats.shown == 0
    assert screen.left_out.endswith(f"cannot be read: {name}.")


def test_a_report_that_no_shown_entry_cites_is_never_named(store, gazetteer):
    store.save(
        [Report(id="r", title="Secret title"), Report(id="d", title="Draft title"),
         entry("W", reports=[{"report": "r"}], visibility="withheld"),
         entry("D", reports=[{"report": "d"}], visibility="draft")], "t", "t",
    )  # fmt: skip
    said = [one.question.sentence for one in steps(deck(briefing("report=r", "report=d"), store,
                                                        gazetteer))]  # fmt: skip
    assert said == ["From r", "From d"]
    team = deck(briefing("report=r", "report=d", profile="team"), store, gazetteer)
    assert [one.question.sentence for one in steps(team)] == ["From r", "From Draft title"]


def test_what_is_handed_over_names_no_entry_that_may_not_be_shown(store, gazetteer):
    store.save([entry("A"), entry("W", visibility="withheld")], "t", "t")
    told = deck(briefing({"entries": ["A", "W", "nobody"]}), store, gazetteer)
    assert told.kept.steps[0].entries == ("A",)


@pytest.mark.parametrize("text", HOSTILE)
def test_outside_text_stays_text(filled, gazetteer, text):
    step = {"headline": text, "notes": text, "text": "{filters}"}
    told = deck(briefing(step, title=f"T{text}"), filled, gazetteer)
    assert steps(told)[0].headline == text
    assert steps(told)[0].notes == text


def test_the_mark_is_that_of_the_data(filled, gazetteer):
    told = deck(shipped(), filled, gazetteer)
    assert told.sha256 == hashlib.sha256(told.data.encode()).hexdigest()
    assert told.sha256 == deck(shipped(), filled, gazetteer).sha256
    assert told.sha256 != deck(briefing("report=A"), filled, gazetteer).sha256
    assert "</" not in told.data
    assert len(json.loads(told.data)["entries"]) == 9


def test_many_entries_are_counted_and_not_told_one_by_one(store, gazetteer, monkeypatch):
    monkeypatch.setattr("geo.briefing.telling.TOLD", 2)
    store.save([entry(f"E{n}", located(candidate())) for n in range(3)], "t", "t")
    told = deck(briefing({"filters": "", "beside": "table"}), store, gazetteer)
    assert (told.told, told.size, told.entries) == (False, 3, ())
    assert len(steps(told)[0].rows) == 3


def test_a_frozen_briefing_keeps_its_data_less_what_was_withheld_since(store, gazetteer):
    store.save([entry("A", located(candidate())), entry("B", located(candidate("t:2")))], "t", "t")
    seq = store.head()[0]
    moved = candidate("t:3", name="Z", lat=40.0)
    store.save([entry("A", located(moved)), entry("C", located(moved))], "t", "later")
    then = deck(briefing(""), store.past(seq), gazetteer)
    assert [one.id for one in then.entries] == ["A", "B"]
    assert "Z" not in then.placed["name"].tolist()
    store.save([entry("B", located(candidate("t:2")), visibility="withheld")], "t", "protect")
    then = deck(briefing(""), store.past(seq), gazetteer)
    assert [one.id for one in then.entries] == ["A"]


class TestExhibits:
    @pytest.fixture
    def sha256(self, tmp_path, monkeypatch):
        monkeypatch.setenv("GEO_MEDIA", str(tmp_path / "media"))
        return file.keep(located_jpeg())[0]

    def shown(self, record, gazetteer, **exhibit):
        (screen,) = steps(deck(briefing({"exhibit": exhibit}), record, gazetteer))
        return screen.exhibit, screen.left_out

    def test_a_picture_is_made_anew_from_its_pixels(self, filled, gazetteer, sha256):
        shown, left_out = self.shown(filled, gazetteer, sha256=sha256, caption="C")
        assert left_out == ""
        assert (shown.caption, shown.data[:3]) == ("C", b"\xff\xd8\xff")
        assert b"Exif" not in shown.data

    def test_what_is_graphic_is_left_out_and_said(self, filled, gazetteer, sha256):
        shown, left_out = self.shown(filled, gazetteer, sha256=sha256, graphic=True)
        assert shown is None
        assert "graphic" in left_out

    def test_a_picture_of_an_entry_that_may_not_be_shown_is_left_out(
        self, store, gazetteer, sha256
    ):
        store.save([Entry.model_validate(entry("D", visibility="draft"))], "t", "t")
        shown, left_out = self.shown(store, gazetteer, sha256=sha256, entry="D")
        assert shown is None
        assert "may not be shown" in left_out

    def judged(self, store, gazetteer, sha256, entry_of="", **evidence):
        """Show a picture that is also an entry's evidence; return what comes of it."""
        changes = {name: evidence.pop(name) for name in ("visibility",) if name in evidence}
        piece = {"kind": "image", "sha256": sha256, **evidence}
        store.save([entry("E", evidence=[piece], **changes)], "t", "t")
        told = deck(briefing({"exhibit": {"sha256": sha256, "entry": entry_of, "caption": "C"}}),
                    store, gazetteer)  # fmt: skip
        handed = json.loads(files.write(told.kept))
        return steps(told)[0].exhibit, handed["pictures"], handed["briefing"]["steps"][0]["exhibit"]

    @pytest.mark.parametrize("entry_of", ["", "E"])
    @pytest.mark.parametrize(
        "forbidden", [{"visibility": "withheld"}, {"visibility": "draft"}, {"graphic": True}]
    )
    def test_whatever_a_step_says_of_it_no_entrys_decision_is_got_round(
        self, store, gazetteer, sha256, entry_of, forbidden
    ):
        found = self.judged(store, gazetteer, sha256, entry_of, **forbidden)
        assert found == (None, {}, None)

    @pytest.mark.parametrize("entry_of", ["", "E", "of-another-store"])
    def test_a_picture_that_nobody_forbids_is_shown(self, store, gazetteer, sha256, entry_of):
        shown, pictures, exhibit = self.judged(store, gazetteer, sha256, entry_of)
        assert shown is not None
        assert list(pictures) == [sha256]
        assert exhibit["caption"] == "C"

    def test_a_file_that_is_not_here_is_said(self, filled, gazetteer):
        shown, left_out = self.shown(filled, gazetteer, sha256="0" * 64)
        assert shown is None
        assert "does not hold" in left_out


def test_an_empty_record_and_an_empty_briefing_are_told(store, gazetteer):
    told = deck(briefing("", {"beside": "regions"}, {"beside": "table"}, {"beside": "timeline"}),
                store, gazetteer)  # fmt: skip
    assert told.size == 0
    assert all(isinstance(one.question.passing, np.ndarray) for one in steps(told))
    assert [one.kind for one in deck(briefing(), store, gazetteer).screens] == [
        "cover", "gaps", "sources",
    ]  # fmt: skip
