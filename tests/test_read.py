"""The reader's page without a browser: what it asks for, and what it draws."""

from pathlib import Path

import pytest
from conftest import candidate, entry, located
from streamlit.testing.v1 import AppTest

from geo.filters import Filters
from geo.i18n import LANGUAGES
from geo.store import Store, default_url, open_store
from views.read import published
from views.read_cards import may_be_read


def script(language: str) -> None:
    import streamlit as st

    from geo.i18n import translator
    from views import read

    home = st.Page(lambda: None, title="Map", url_path="map", default=True)
    t = translator(language)
    st.navigation([home], position="hidden")
    read.draw(t, language, home)


def page(language: str = "en", **asked: str) -> AppTest:
    test = AppTest.from_function(script, kwargs={"language": language}, default_timeout=60)
    for name, value in asked.items():
        test.query_params[name] = value
    return test.run()


def html(test: AppTest) -> str:
    return "\n".join(part.proto.body for part in test.get("html"))


def saved(*entries: object) -> Store:
    store = open_store(default_url())
    store.save([*entries], "test", "made up", once="shipped")
    return store


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_runs_in_each_language(language: str) -> None:
    test = page(language)
    assert not test.exception
    assert html(test).count("<article") == 9


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("visibility", ["draft", "withheld", "published", "nonsense"])
def test_no_address_shows_what_is_not_published(visibility: str) -> None:
    place = located(candidate(name="Pyongyang"))
    saved(
        entry("SEEN", place),
        entry("DRAFT", place, visibility="draft"),
        entry("HELD", place, visibility="withheld"),
    )
    said = html(page(visibility=visibility, entry="DRAFT"))
    assert "Title of SEEN" in said
    assert "Title of DRAFT" not in said
    assert "Title of HELD" not in said


def test_every_readers_query_asks_for_published_entries_alone() -> None:
    asked = Filters.from_query("region=KP-13&visibility=draft&text=x")
    assert published(asked).visibility == ("published",)
    assert published(asked).region == ("KP-13",)


def test_an_entry_that_was_withdrawn_after_the_index_was_asked_is_not_shown() -> None:
    assert may_be_read(entry("A"))
    assert not may_be_read(entry("A", visibility="withheld"))
    assert not may_be_read(entry("A", visibility="draft"))


@pytest.mark.usefixtures("cache")
def test_a_region_that_only_drafts_lie_in_is_not_offered() -> None:
    here = located(candidate("t:1", name="A", admin1="KP-01"))
    there = located(candidate("t:2", name="B", admin1="KP-09"))
    other = located(candidate("t:3", name="C", admin1="KP-13"))
    saved(entry("1", here), entry("2", other), entry("3", there, visibility="draft"))
    buttons = [button.key for button in page().button]
    assert "read-finer-KP-01" in buttons
    assert "read-finer-KP-13" in buttons
    assert "read-finer-KP-09" not in buttons


@pytest.mark.usefixtures("cache")
def test_a_page_far_beyond_the_last_shows_two_hundred_cards_and_says_so() -> None:
    place = located(candidate(name="Pyongyang"))
    saved(*(entry(f"E{n}", place) for n in range(230)))
    test = page(page="9999")
    assert html(test).count("<article") == 200
    assert any("The first 200 of 230" in caption.value for caption in test.caption)
    assert html(page(page="nonsense")).count("<article") == 10


@pytest.mark.usefixtures("cache")
def test_a_place_that_other_filters_leave_out_hides_no_card() -> None:
    test = page()
    test.session_state["read-at"] = [(1, 1)]
    assert html(test.run()).count("<article") == 9
    assert "read-at" not in test.session_state


@pytest.mark.usefixtures("cache")
def test_a_store_in_which_nothing_is_published_says_so() -> None:
    saved(entry("DRAFT", visibility="draft"))
    test = page()
    assert not test.exception
    assert "Nothing has been published yet." in html(test)


def test_the_script_of_the_share_button_writes_text_only() -> None:
    text = (Path(__file__).parents[1] / "views" / "share.js").read_text(encoding="utf-8")
    assert "innerHTML" not in text
    assert "textContent" in text
