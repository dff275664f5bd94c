"""Every page in every language, run without a browser."""

from pathlib import Path

import pytest
from conftest import entry
from streamlit.testing.v1 import AppTest

from geo.intake import leave_empty
from geo.store import default_url, open_store

ROOT = Path(__file__).parents[1]


def page(language: str = "en", **asked: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.query_params["lang"] = language
    for name, value in asked.items():
        test.query_params[name] = value
    return test.run()


def said(test: AppTest) -> str:
    return "\n".join(element.value for element in test.markdown)


def html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_map_page_runs_in_each_language(language: str) -> None:
    test = page(language)
    assert not test.exception
    assert not test.error
    assert "**9**" in said(test)


@pytest.mark.usefixtures("cache")
def test_the_counts_follow_the_address() -> None:
    line = said(page(region="KP-13"))
    assert "**2** of 9 entries from **1** report ·" in line
    assert "**0** in a known place" in line
    assert "**2** possible" in line


@pytest.mark.usefixtures("cache")
def test_nonsense_in_the_address_is_left_out_with_a_notice() -> None:
    test = page(certainty="nonsense", region="XX-99", view="a,b", entry="nobody", lang_="x",
                recorded="soon", tab="nowhere")  # fmt: skip
    assert not test.exception
    assert "**9** of 9 entries" in said(test)
    told = "\n".join(caption.value for caption in test.caption)
    assert "left out: How sure of the place, Recorded, Region" in told
    assert "no entry “nobody”" in told


@pytest.mark.usefixtures("cache")
def test_a_store_that_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "foreign.txt"
    foreign.write_text("a shopping list")
    monkeypatch.setenv("GEO_STORE", f"sqlite:///{foreign}")
    test = page()
    assert not test.exception
    assert "is not a store of Glimpse" in test.error[0].value
    assert foreign.read_text() == "a shopping list"
    assert "What was saved is safe" in html(test)
    assert [button.label for button in test.button if button.key == "try-again"] == ["Try again"]


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    ("language", "words"), [("en", "No entry yet"), ("ko", "아직 항목이 없습니다")]
)
def test_an_empty_store_says_how_entries_come(language: str, words: str) -> None:
    store = open_store(default_url())
    leave_empty(store)
    store.engine.dispose()
    test = page(language)
    assert not test.exception
    assert words in html(test)
    assert 'data-glimpse="tour"' not in html(test)


@pytest.mark.usefixtures("cache")
def test_filters_that_leave_nothing_are_lifted_beside_the_map() -> None:
    test = page(category="military", certainty="possible")
    assert "No entry fits these filters" in html(test)
    test.button(key="reset-nothing").click().run()
    assert "**9** of 9 entries" in said(test)
    assert "No entry fits these filters" not in html(test)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_help_page_runs_in_each_language(language: str) -> None:
    def script(language: str) -> None:
        import streamlit as st

        from geo.i18n import translator
        from views import help as page

        page.draw(translator(language), st.Page(lambda: None, url_path="map"))

    test = AppTest.from_function(script, kwargs={"language": language}).run()
    assert not test.exception
    assert test.title[0].value == {"en": "Help", "ko": "도움말"}[language]
    assert len(test.header) == len(test.markdown) + 1 >= 8  # the keys are a list


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_review_page_runs_in_each_language(language: str) -> None:
    def script(language: str) -> None:
        from geo.i18n import translator
        from views import review as page

        page.draw(translator(language), language)

    test = AppTest.from_function(script, kwargs={"language": language}, default_timeout=60).run()
    assert not test.exception
    assert test.info


@pytest.mark.usefixtures("cache")
def test_the_download_menu_says_what_is_in_the_file_and_makes_none_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a file was made that nobody asked for")

    monkeypatch.setattr("geo.export.export", never)
    opened = open_store(default_url())
    shown = [entry("SEEN"), entry("DRAFT", visibility="draft")]
    opened.save([*shown, entry("BACK", visibility="withheld")], "test", "made up", once="shipped")
    test = page()
    assert not test.exception
    assert "**2** entries as filtered." in said(test)
    told = " ".join(caption.value for caption in test.caption)
    assert "1 is a draft and marked so." in told
    assert "Withheld entries are not: 1 left out." in told
