"""The tab for a file without a browser: where the upload lies, and when it is gone."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.formats.dialect import FIELDS
from views import add_mapping, add_work

ROWS = b"Clip,Place\nTrains pass,Musan\n"


def page(name: str, data: bytes) -> AppTest:
    def script(name: str, data: bytes) -> None:
        import streamlit as st

        from geo.i18n import translator
        from views import add_file, add_work, shelf

        t = translator("en")
        if "begun" not in st.session_state:
            st.session_state["begun"] = True
            add_work.begin(name, data)
        on_map = st.Page(lambda: None, title="Map", url_path="map")
        opened = shelf.opened(t)
        here = st.Page(lambda: add_file.draw(t, "en", opened, on_map), title="Add", default=True)
        st.navigation([here, on_map]).run()

    return AppTest.from_function(
        script, kwargs={"name": name, "data": data}, default_timeout=90
    ).run()


def pressed(test: AppTest, label: str) -> AppTest:
    return next(one for one in test.button if one.label == label).click().run()


def work(test: AppTest) -> add_work.Work:
    return test.session_state["file-work"]


def test_every_field_can_be_chosen_in_a_persons_words() -> None:
    assert set(add_mapping._SAID) == set(FIELDS)


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    ("name", "kept"),
    [("clips.csv", "clips.csv"), ("../../up.csv", "up.csv"), ("C:\\a\\b.csv", "b.csv"),
     ("a\x00\u202eb.csv", "a??b.csv"), (f"{'가' * 200}.csv", f"{'가' * 40}.csv")],
)  # fmt: skip
def test_the_copy_is_the_owners_alone_and_lies_in_a_folder_of_its_own(name: str, kept: str) -> None:
    test = page(name, ROWS)
    assert not test.exception
    path = work(test).path
    assert path.name == kept
    assert path.parent == Path(work(test).folder.name)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("cache")
def test_the_copy_is_deleted_when_another_file_is_wanted() -> None:
    test = page("clips.csv", ROWS)
    folder = work(test).path.parent
    pressed(test, "Another file")
    assert not folder.exists()
    assert "file-work" not in test.session_state


@pytest.mark.usefixtures("cache")
def test_the_copy_is_deleted_once_its_rows_are_saved() -> None:
    test = page("mine.csv", b"id,title,locality\nA,Trains pass,Musan\n")
    folder = work(test).path.parent
    pressed(test, "Import")
    assert "1 of 1 rows are new or changed" in test.success[0].value
    assert not folder.exists()


@pytest.mark.usefixtures("cache")
def test_columns_that_say_neither_what_nor_where_are_not_taken() -> None:
    test = page("odd.csv", b"aa,bb\n1,2\n")
    pressed(test, "Use these columns")
    assert "Say which column tells what is seen or where" in test.error[0].value
    assert work(test).wishes.mapping is None


@pytest.mark.usefixtures("cache")
def test_half_a_point_is_not_taken() -> None:
    test = page("odd.csv", b"aa,bb\n1,2\n")
    test.selectbox(key=next(s.key for s in test.selectbox if s.label == "Column 1 says")).select(
        "lat"
    )
    pressed(test, "Use these columns")
    assert "belong together" in test.error[0].value


@pytest.mark.usefixtures("cache")
def test_confirmed_columns_are_remembered_once_the_file_is_imported() -> None:
    test = page("clips.csv", ROWS)
    test.selectbox(key=next(s.key for s in test.selectbox if s.label == "Column 1 says")).select(
        "title"
    )
    next(one for one in test.checkbox if one.label.startswith("Remember")).check()
    pressed(test, "Use these columns")
    pressed(test, "Import")
    again = page("others.csv", b"Place,Clip\nHyesan,A market\n")
    assert any(one.label == "Import" for one in again.button)
    assert not any(one.label == "Use these columns" for one in again.button)
