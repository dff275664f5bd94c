"""The add page without a browser: what it says, what it offers, and what it leaves alone."""

import pytest
from streamlit.testing.v1 import AppTest

FRENCH = "Une vidéo tournée à Pyongyang montre un marché dans la ville et les rues de la ville."
PLAIN = "The ministers of China met in Seoul.\n\nThey spoke of trade and of the weather."
FILMED = "A video shows a market in Hyesan.\n\nIt was shot by a visitor."


def page(language: str = "en") -> AppTest:
    def script(language: str) -> None:
        import streamlit as st

        from geo.i18n import translator
        from views import add

        on_map = st.Page(lambda: None, title="Map", url_path="map")
        here = st.Page(
            lambda: add.draw(translator(language), language, on_map), title="Add", default=True
        )
        st.navigation([here, on_map]).run()

    return AppTest.from_function(script, kwargs={"language": language}, default_timeout=90).run()


def pasted(text: str, language: str = "en") -> AppTest:
    test = page(language)
    test.text_area(key="add-pasted").set_value(text)
    return test.button(key="add-read").click().run()


def field(test: AppTest, name: str):
    """Return a field of the article by its name; its key names the article too."""
    return next(one for one in test.text_input if one.key.startswith(f"add-{name}-article-"))


def html(test: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in test.get("html"))


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_empty_page_says_what_happens_and_what_never_does(language: str) -> None:
    test = page(language)
    assert not test.exception
    said = {
        "en": "Nothing is saved that you have not seen.",
        "ko": "보지 못한 것은 저장하지 않습니다.",
    }
    assert said[language] in html(test)


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("value", [None, "", "0", "yes"])
def test_no_address_can_be_given_while_fetching_is_not_allowed(value, monkeypatch) -> None:
    monkeypatch.delenv("GEO_FETCH", raising=False)
    if value is not None:
        monkeypatch.setenv("GEO_FETCH", value)
    test = page()
    assert not test.toggle
    assert not test.text_input


@pytest.mark.usefixtures("cache")
def test_fetching_is_off_until_a_person_switches_it_on_and_asks_no_machine_of_the_own_network(
    monkeypatch,
) -> None:
    monkeypatch.setenv("GEO_FETCH", "1")
    test = page()
    assert "over the network" in test.toggle[0].label
    assert not test.text_input
    test.toggle[0].set_value(True).run()
    test.text_input[0].set_value("http://127.0.0.1/x")
    next(one for one in test.button if one.label == "Fetch").click().run()
    assert "not on the open internet" in test.error[0].value


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("text", ["", "   \n"])
def test_an_empty_text_is_said_beside_the_field(text: str) -> None:
    test = pasted(text)
    assert not test.exception
    assert "is empty" in test.error[0].value


@pytest.mark.usefixtures("cache")
def test_a_text_that_is_too_long_is_said_beside_the_field() -> None:
    test = pasted("A video shows snow. " * 26_000)
    assert not test.exception
    assert "cut it into parts" in test.error[0].value


@pytest.mark.usefixtures("cache")
def test_a_text_in_another_language_is_marked_and_the_reading_says_what_it_could_not_do() -> None:
    test = pasted(FRENCH)
    assert not test.exception
    assert "neither English nor Korean" in test.warning[0].value
    assert 'class="m-mentioned"' in html(test)


@pytest.mark.usefixtures("cache")
def test_an_article_without_footage_says_so_and_takes_an_entry_by_hand() -> None:
    test = pasted(PLAIN)
    assert "No footage was found" in test.info[0].value
    test.button(key="add-own").click().run()
    assert any("The title is empty" in one.value for one in test.error)
    assert test.button(key="add-write").disabled
    field(test, "1-title").set_value("A meeting").run()
    field(test, "1-place-0-words").set_value("Seoul").run()
    field(test, "report-title").set_value("Ministers meet").run()
    test.button(key="add-write").click().run()
    assert not test.exception
    assert test.success[0].value == "Saved 1 entry."


@pytest.mark.usefixtures("cache")
def test_what_the_text_does_not_state_is_unknown() -> None:
    test = pasted(FILMED)
    fields = [field(test, f"report-{name}") for name in ("outlet", "published", "url")]
    assert [(one.value, one.placeholder) for one in fields] == [("", "unknown")] * 3


@pytest.mark.usefixtures("cache")
def test_a_date_that_cannot_be_read_is_said_beside_its_field_and_stops_saving() -> None:
    test = pasted(f"A headline\n\n{FILMED}")
    field(test, "report-published").set_value("last week").run()
    assert "is not a date" in test.error[0].value
    assert test.button(key="add-write").disabled
    field(test, "report-published").set_value("2013-05").run()
    assert not test.error
    assert not test.button(key="add-write").disabled


@pytest.mark.usefixtures("cache")
def test_every_change_of_a_card_can_be_undone() -> None:
    test = pasted(f"A headline\n\n{FILMED}")
    test.button(key="add-edit-1").click().run()
    before = field(test, "1-place-0-words").value
    field(test, "1-place-0-words").set_value("Musan").run()
    test.button(key="add-place").click().run()
    test.button(key="add-split").click().run()
    for _ in range(3):
        next(one for one in test.button if one.label == "Undo the last change").click().run()
    assert field(test, "1-place-0-words").value == before
    assert not test.exception
    undo = next(one for one in test.button if one.label == "Undo the last change")
    assert undo.disabled


@pytest.mark.usefixtures("cache")
def test_an_article_that_was_put_away_is_taken_up_again_with_its_changes() -> None:
    test = pasted(f"A headline\n\n{FILMED}")
    field(test, "report-outlet").set_value("The Paper").run()
    next(one for one in test.button if one.label == "Another article").click().run()
    assert not test.text_input
    next(one for one in test.button if one.label.startswith("Back to the article")).click().run()
    assert field(test, "report-outlet").value == "The Paper"


@pytest.mark.usefixtures("cache")
def test_words_that_change_are_looked_up_anew_and_the_reason_is_said() -> None:
    test = pasted(f"A headline\n\n{FILMED}")
    test.button(key="add-edit-1").click().run()
    assert "Hyesan 혜산, Ryanggang" in html(test)
    field(test, "1-place-0-words").set_value("Unsan").run()
    assert "for a person to decide" in html(test)
    assert "Several places bear this name" in html(test)
    field(test, "1-place-0-words").set_value("Qwertyville").run()
    assert "No gazetteer knows this name." in html(test)


@pytest.mark.usefixtures("cache")
def test_a_guessed_encoding_is_shown_with_the_text() -> None:
    test = page()
    text = "양강도 혜산의 장마당을 찍은 영상이 공개됐다.\n영상은 시장을 보여 준다."
    test.file_uploader[0].set_value(("news.txt", text.encode("cp949"), "text/plain")).run()
    assert not test.exception
    assert any("read as cp949" in one.value for one in test.warning)
    assert "혜산" in html(test)


@pytest.mark.usefixtures("cache")
def test_a_file_that_is_not_what_it_says_is_refused_and_its_name_stays_text() -> None:
    test = page()
    name = "![](http://outside.example/x).pdf"
    test.file_uploader[0].set_value((name, b"no such thing", "application/pdf")).run()
    assert not test.exception
    assert "is not what its name says" in test.error[0].value
    assert "![" not in test.error[0].value


@pytest.mark.usefixtures("cache")
def test_control_characters_of_a_pasted_text_stop_nothing() -> None:
    test = pasted("A headline\n\nA video shows a \x07 market in Hyesan.")
    assert not test.exception
    assert test.button(key="add-edit-1")


@pytest.mark.usefixtures("cache")
def test_several_articles_are_put_away_and_each_comes_back_with_its_own_words() -> None:
    test = page()
    for title in ("The first", "The second"):
        test.text_area(key="add-pasted").set_value(f"{title}\n\n{FILMED}")
        test.button(key="add-read").click().run()
        field(test, "report-outlet").set_value(f"{title} paper").run()
        next(one for one in test.button if one.label == "Another article").click().run()
    back = [one for one in test.button if one.label.startswith("Back to the article")]
    assert [one.label for one in back] == [
        "Back to the article “The second”", "Back to the article “The first”",
    ]  # fmt: skip
    back[1].click().run()
    assert not test.exception
    assert field(test, "report-outlet").value == "The first paper"
