"""The page of one entry, run without a browser."""

import datetime as dt
import hashlib
from io import BytesIO

import pytest
from conftest import candidate, entry, located
from PIL import Image
from streamlit.testing.v1 import AppTest

from geo.entry import Level, Verification, Visibility
from geo.review import Pending, accepted
from geo.store import default_url, open_store

pytestmark = pytest.mark.usefixtures("cache")
NOW = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)


@pytest.fixture
def kept():
    store = open_store(default_url())
    store.save([], "test", "made up", once="shipped")
    yield store
    store.engine.dispose()


def page(entry_id, language="en"):
    def script(language):
        from geo.i18n import translator
        from views import entry_page

        entry_page.draw(translator(language), language)

    test = AppTest.from_function(script, kwargs={"language": language}, default_timeout=60)
    test.query_params["entry"] = entry_id
    return test.run()


def said(test):
    """Return all that the page says, HTML included."""
    texts = [one.proto.body for one in test.get("html")]
    for kind in ("markdown", "caption", "info", "warning", "error", "success"):
        texts += [one.value for one in getattr(test, kind)]
    return "\n".join(texts)


def button(test, words):
    return next(one for one in test.button if one.label == words)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_page_shows_words_relation_basis_and_what_they_are_taken_as(kept, language):
    place = located(
        candidate(name="Chongjin", native="청진", admin1="KP-09"), locality="the port city",
        relation="one_of", complete=False, basis="inferred",
    )  # fmt: skip
    kept.save([entry("A", place, {"locality": "Seoul", "relation": "released_at"})], "t", "")
    test = page("A", language)
    assert not test.exception
    text = said(test)
    for words in {
        "en": ["“the port city”", "one of these; the list is not complete", "inferred: stated for",
               "Chongjin 청진", "(city, within 5 km)", "Seoul (nothing filmed there)"],
        "ko": ["“the port city”", "청진 Chongjin", "Seoul"],
    }[language]:  # fmt: skip
        assert words in text


def test_an_unknown_a_withheld_and_a_missing_id_get_the_same_page(kept):
    hidden = entry("H", located(candidate(name="SECRET"))).model_copy(
        update={"visibility": Visibility.WITHHELD}
    )
    kept.save([hidden, entry("A")], "t", "")
    pages = [said(page(one)) for one in ("H", "nobody", "")]
    assert pages[0] == pages[1] == pages[2]
    assert "This entry is not here" in pages[0]
    assert "SECRET" not in pages[0]


def test_the_ladder_marks_the_present_level_and_keeps_each_earlier_judgement(kept):
    first = entry("A", verification={"level": "reported", "by": "Ann", "note": "an old note"})
    kept.save([first], "ann", "added")
    second = Verification(level=Level.CONTESTED, by="Bob", at="2025-04", method="m",
                          proof="https://example.org/proof")  # fmt: skip
    kept.save([first.model_copy(update={"verification": second})], "bob", "another look")
    text = said(page("A"))
    assert text.count("aria-current") == 1
    present = text.split('aria-current="step"')[1].split("</li>")[0]
    assert "contested" in present
    assert 'href="https://example.org/proof"' in present
    earlier = text.split("Earlier judgements")[1]
    assert "reported (Ann) → contested (Bob, Apr 2025)" in earlier
    assert "an old note" in earlier
    assert "another look" in earlier


def test_a_geolocated_entry_says_how_far_from_the_reported_place_it_is(kept):
    begun = entry("A", located(candidate(name="Pyongyang", lat=39.0, uncertainty_m=5_000)))
    kept.save([begun], "import", "")
    there = candidate("person:x", name="the bridge", lat=39.1, lon=125.8287, uncertainty_m=200)
    moved = accepted(Pending(begun, 0), there, "seen", NOW)
    kept.save([moved], "ann", "seen")
    assert "geolocated" not in said(page("A")).split("ladder")[0]
    judged = Verification(level=Level.GEOLOCATED, by="Ann")
    kept.save([moved.model_copy(update={"verification": judged})], "ann", "")
    words = (
        "“Pyongyang”: geolocated 15.7 km north-east of the reported place: the bridge, within 0.2"
    )
    assert words in said(page("A"))


def test_hostile_text_is_shown_letter_for_letter(kept):
    odd = "<b>x</b> ![](http://outside.example/y) {{7*191}}"
    link = {"url": "https://example.org/?<script>", "caption": odd, "credit": odd}
    one = entry("A", title=odd, description=odd, evidence=[link], tags=[odd],
                verification={"note": odd, "method": odd, "by": odd})  # fmt: skip
    kept.save([one], odd, odd)
    test = page("A")
    assert not test.exception
    assert "<b>x" not in said(test)
    assert "<script>" not in said(test)


def put(monkeypatch, tmp_path, data):
    folder = tmp_path / "media"
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("GEO_MEDIA", str(folder))
    sha256 = hashlib.sha256(data).hexdigest()
    (folder / sha256).write_bytes(data)
    return sha256


def picture():
    out = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "JPEG")
    return out.getvalue()


def test_nothing_graphic_is_sent_before_it_is_asked_for_and_then_it_is_grey(
    kept, monkeypatch, tmp_path
):
    sha256 = put(monkeypatch, tmp_path, picture())
    evidence = {"kind": "image", "sha256": sha256, "graphic": True}
    kept.save([entry("A", evidence=[evidence])], "t", "")
    test = page("A")
    assert not test.get("image")
    assert "Marked as graphic" in said(test)
    button(test, "Show").click().run()
    assert len(test.get("image")) == 1
    assert [one.label for one in test.toggle] == ["In colour"]
    assert not test.toggle[0].value


def test_a_file_that_is_another_is_not_sent_and_the_page_says_so(kept, monkeypatch, tmp_path):
    sha256 = put(monkeypatch, tmp_path, picture())
    (tmp_path / "media" / sha256).write_bytes(picture() + b"more")
    kept.save([entry("A", evidence=[{"kind": "image", "sha256": sha256}])], "t", "")
    test = page("A")
    assert not test.get("image")
    assert "is not the one that was recorded" in said(test)


def test_a_video_of_this_machine_is_played_in_place(kept, monkeypatch, tmp_path):
    sha256 = put(monkeypatch, tmp_path, b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41")
    kept.save([entry("A", evidence=[{"kind": "page", "sha256": sha256}])], "t", "")
    test = page("A")
    assert not test.exception
    assert len(test.get("video")) == 1
    assert "its SHA-256 was checked" in said(test)


def test_a_player_is_no_more_than_a_button_before_it_is_asked_for(kept):
    tube = {"kind": "video", "url": "https://youtu.be/dQw4w9WgXcQ"}
    page_link = {"url": "https://example.org/video.mp4"}
    kept.save([entry("A", evidence=[tube, page_link])], "t", "")
    test = page("A")
    loads = [one.label for one in test.button if one.label.startswith("Load from")]
    assert len(loads) == 1
    assert "youtube" in loads[0]
    assert "/embed/" not in said(test)
    assert 'href="https://example.org/video.mp4"' in said(test)


def form(test, label):
    return next(one for one in [*test.text_input, *test.text_area] if one.label == label)


def test_the_form_saves_one_revision_with_who_and_why(kept):
    kept.save([entry("A", located(candidate()), tags=["a"])], "import", "")
    test = page("A")
    button(test, "Edit").click().run()
    form(test, "What is seen").set_value("A better title")
    form(test, "Recorded").set_value("2013-05")
    form(test, "Why (kept in the history)").set_value("the clock is seen")
    test.run()
    button(test, "Save").click().run()
    assert not test.exception
    history = kept.history("A")
    assert [one.why for one in history] == ["", "the clock is seen"]
    new = history[-1].entry
    assert (new.title, new.recorded, new.tags) == ("A better title", "2013-05", ("a",))
    assert new.locations == history[0].entry.locations
    assert not any(one.label == "Save" for one in test.button)
    assert "A better title" in said(test)


def test_what_cannot_stand_is_said_and_nothing_of_the_form_is_lost(kept):
    kept.save([entry("A")], "import", "")
    test = page("A")
    button(test, "Edit").click().run()
    form(test, "What is seen").set_value("Mine")
    form(test, "Recorded").set_value("spring")
    test.run()
    button(test, "Save").click().run()
    assert "is not a date that can be read" in said(test)
    assert form(test, "What is seen").value == "Mine"
    assert form(test, "Recorded").value == "spring"
    button(test, "Close").click().run()
    button(test, "Edit, not saved yet").click().run()
    assert form(test, "Recorded").value == "spring"
    assert len(kept.history("A")) == 1
    form(test, "Recorded").set_value("2013").run()
    button(test, "Save").click().run()
    assert kept.history("A")[-1].entry.title == "Mine"


def test_a_change_by_somebody_else_meanwhile_shows_both_and_overwrites_nothing(kept):
    kept.save([entry("A", description="old")], "import", "")
    test = page("A")
    button(test, "Edit").click().run()
    form(test, "What is seen").set_value("Mine").run()
    theirs = entry("A", title="Theirs", description="theirs, too")
    kept.save([theirs], "bob", "meanwhile")
    button(test, "Save").click().run()
    assert kept.history("A")[-1].entry == theirs
    text = said(test)
    assert "Somebody saved this entry meanwhile" in text
    table = text.split("faults both")[1].split("</table>")[0]
    assert '<td class="">Theirs</td><td class="">Mine</td>' in table
    assert "theirs, too" in table
    button(test, "Keep mine where I changed it").click().run()
    assert kept.history("A")[-1].entry == theirs
    button(test, "Save").click().run()
    new = kept.history("A")[-1].entry
    assert (new.title, new.description) == ("Mine", "theirs, too")


def test_evidence_is_added_changed_and_removed(kept):
    kept.save([entry("A", evidence=[{"url": "https://example.org/1", "credit": "Kim"}])], "i", "")
    test = page("A")
    button(test, "Edit").click().run()
    button(test, "Add a link").click().run()
    links = [one for one in test.text_input if one.label == "Link"]
    links[1].set_value("https://youtu.be/dQw4w9WgXcQ").run()
    next(one for one in test.checkbox if one.label == "graphic").check().run()
    button(test, "Save").click().run()
    found = kept.history("A")[-1].entry.evidence
    assert [(one.url, one.credit, one.graphic) for one in found] == [
        ("https://example.org/1", "Kim", True), ("https://youtu.be/dQw4w9WgXcQ", "", False),
    ]  # fmt: skip
    button(test, "Edit").click().run()
    button(test, "Remove").click().run()
    button(test, "Save").click().run()
    assert [one.url for one in kept.history("A")[-1].entry.evidence] == [
        "https://youtu.be/dQw4w9WgXcQ"
    ]


def test_a_place_is_corrected_on_the_page_and_the_tool_closes(kept):
    kept.save([entry("A", located(candidate(name="Pyongyang")))], "import", "")
    test = page("A")
    button(test, "Correct a place").click().run()
    form(test, "Type coordinates").set_value("39.1204, 125.8703").run()
    form(test, "Note: why this place").set_value("the tower").run()
    next(one for one in test.button if one.label == "Accept").click().run()
    assert not test.exception
    (location,) = kept.history("A")[-1].entry.locations
    assert (location.place.lat, location.decision.reason) == (pytest.approx(39.1204), "the tower")
    assert not any(one.label == "Accept" for one in test.button)
    assert "decided by a person" in said(test)
