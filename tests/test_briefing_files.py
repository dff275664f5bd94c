"""Briefings go out as files and come back the same; what is no briefing changes nothing."""

import base64
import json

import pytest
from briefings import briefing, deck, shipped
from conftest import HOSTILE, candidate, entry, located
from test_media import located_jpeg

from geo.briefing import files, storymap
from geo.briefing import shipped as ships
from geo.errors import InputError
from geo.media import file
from geo.steps import Frozen


def test_a_briefing_comes_back_as_it_went():
    assert files.read(files.write(shipped()).encode()) == shipped()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_come_back_letter_for_letter(text):
    one = briefing({"headline": text, "text": text, "notes": text}, title=f"x{text}")
    assert files.read(files.write(one).encode()) == one


def test_a_freeze_stays_with_its_store():
    one = briefing("", frozen=Frozen(seq=3, at="2026-01-01"))
    assert files.read(files.write(one).encode()).frozen is None


def test_pictures_travel_without_what_their_camera_wrote(tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_MEDIA", str(tmp_path / "here"))
    sha256, _ = file.keep(located_jpeg())
    one = briefing({"exhibit": {"sha256": sha256, "caption": "C"}})
    text = files.write(one)
    monkeypatch.setenv("GEO_MEDIA", str(tmp_path / "there"))
    (step,) = files.read(text.encode()).steps
    held = file.find(step.exhibit.sha256)
    assert held is not None
    assert b"Exif" not in file.read(held)
    assert step.exhibit.caption == "C"


def test_a_graphic_picture_stays_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_MEDIA", str(tmp_path))
    sha256, _ = file.keep(located_jpeg())
    text = files.write(briefing({"exhibit": {"sha256": sha256, "graphic": True}}))
    assert json.loads(text)["pictures"] == {}


def shown_as(picture):
    """Return a file whose one step shows this as its picture."""
    one = briefing({"exhibit": {"sha256": "a" * 64}})
    value = json.loads(files.write(one)) | {"pictures": {"a" * 64: picture}}
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "cannot be read as JSON"), (b"\xff\xfe\x00", "cannot be read as JSON"),
        (b"[" * 100_000, "cannot be read as JSON"), (b"[]", "no briefing"), (b"{}", "no briefing"),
        (b'{"glimpse":"briefing","version":2}', "newer Glimpse"),
        (b'{"glimpse":"briefing","version":1,"briefing":{"id":"x"}}', "title"),
        (b'{"glimpse":"briefing","version":1,"briefing":{"id":"../x","title":"X"}}', "id"),
        (b'{"glimpse":"briefing","version":1,"briefing":{"id":"x","title":"X"},"pictures":[1]}',
         "pictures"),
        (shown_as("!"), "pictures"), (shown_as("aGVsbG8="), "picture cannot be read"),
        (b'{"storymap":{"slides":1}}', "list of slides"),
    ],
)  # fmt: skip
def test_what_is_no_briefing_is_refused_with_a_sentence(data, said, tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_MEDIA", str(tmp_path / "media"))
    with pytest.raises(InputError, match=said):
        files.read(data)


def test_only_pictures_that_a_step_shows_are_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_MEDIA", str(tmp_path / "media"))
    value = json.loads(shown_as("!"))
    good = base64.b64encode(located_jpeg()).decode()
    value["pictures"] = {"b" * 64: good, "c" * 64: "!"}
    files.read(json.dumps(value).encode())
    value["briefing"]["steps"].append({"id": "s2", "exhibit": {"sha256": "b" * 64}})
    value["pictures"] = {"b" * 64: good, "a" * 64: "!"}
    with pytest.raises(InputError):
        files.read(json.dumps(value).encode())
    assert not (tmp_path / "media").exists()


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(InputError, match="60 MB"):
        files.read(b"{}" * 10)


class TestStoryMap:
    def slides(self, record, gazetteer, *steps, **more):
        text = storymap.write(deck(briefing(*steps, **more), record, gazetteer))
        return json.loads(text)["storymap"]["slides"]

    def test_only_what_is_certainly_in_one_place_gets_a_pin(self, filled, gazetteer):
        cover, all_of_it, one, other, *_ = self.slides(
            filled, gazetteer, "", "report=A", "report=B"
        )
        assert cover["type"] == "overview"
        assert "location" not in all_of_it
        assert "location" not in other
        assert one["location"]["name"] == "Pyongyang 평양"
        assert one["location"]["use_custom_marker"] is True  # an area, no pin

    def test_an_entry_without_a_place_takes_the_pin_away(self, store, gazetteer):
        store.save([entry("A", located(candidate())), entry("B")], "t", "t")
        assert "location" not in self.slides(store, gazetteer, "")[1]

    def test_places_and_counts_are_said_in_words(self, filled, gazetteer):
        text = self.slides(filled, gazetteer, "report=B")[1]["text"]["text"]
        assert "Chongjin 청진: 0 certain, 2 possible" in text

    @pytest.mark.parametrize("text", HOSTILE)
    def test_markup_is_escaped(self, filled, gazetteer, text):
        slide = self.slides(filled, gazetteer, {"headline": text, "text": f"`{text}`"})[1]
        assert "<script" not in json.dumps(slide)
        assert "<img" not in json.dumps(slide)

    def test_slides_become_steps_and_a_pin_only_a_view(self):
        one = storymap.read({"storymap": {"language": "ko", "slides": [
            {"type": "overview", "text": {"headline": "<b>All</b>", "text": "<p>a</p><p>b</p>"}},
            {"text": {"headline": "One", "text": "x &amp; <script>y</script>*z*"},
             "location": {"lat": 39.0, "lon": "125.7", "zoom": 11}, "date": "2013",
             "media": {"url": "https://x.org/v", "caption": "C", "credit": ""}},
            {"text": {"headline": "One"}, "location": {"lat": 200, "lon": 0}},
        ]}})  # fmt: skip
        assert (one.title, one.language, one.cover) == ("All", "ko", "a\n\nb")
        first, second = one.steps
        assert (first.id, second.id) == ("one", "one-2")
        assert (first.view.lat, first.view.lon, first.view.zoom) == (39.0, 125.7, 11)
        assert second.view is None
        assert first.filters == ""
        assert first.entries == ()
        assert first.text == "2013\n\nx \\& \\*z\\*\n\nC\n\nhttps://x\\.org/v"

    def test_ours_can_be_read_again(self, filled, gazetteer):
        again = files.read(storymap.write(deck(shipped(), filled, gazetteer)).encode())
        assert again.title == shipped().title
        assert len(again.steps) == 8


def test_the_shipped_briefing_comes_with_its_entries_once(filled, store):
    assert ships.fill_if_new(filled)
    assert not ships.fill_if_new(filled)
    assert filled.briefing("what-two-reports-show")[1] == shipped()
    assert not ships.fill_if_new(store)
    assert store.briefings() == {}
