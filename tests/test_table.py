"""The table, what is selected in it, and the change of many entries, run without a browser."""

import getpass
from pathlib import Path

import pytest
from conftest import entry
from streamlit.testing.v1 import AppTest

from geo import bulk
from geo.entry import Cited, Report
from geo.store import Revised, default_url, open_store
from views import table_state

ROOT = Path(__file__).parents[1]
NINE = ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "B1", "B2"]


def page(language: str = "en", **asked: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    test.query_params["lang"] = language
    for name, value in asked.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def shown(test: AppTest, column: str) -> list[str]:
    return list(test.dataframe[0].value[column])


def address(test: AppTest, name: str) -> str:
    """Return what the address holds under a name, "" when nothing."""
    value = test.query_params.get(name, "")
    return value if isinstance(value, str) else "".join(value)


def said(test: AppTest) -> str:
    return "\n".join(element.value for element in [*test.markdown, *test.caption, *test.info])


@pytest.mark.usefixtures("cache")
def test_the_order_and_the_columns_stand_in_the_address_and_nonsense_is_ignored() -> None:
    test = page(sort="-imported", columns="id,entry,nonsense")
    assert list(test.dataframe[0].value.columns) == ["entry", "id"]
    assert shown(test, "id") == NINE[::-1]
    test = page(sort="rowid; DROP", columns="nonsense", at="1,2;x")
    assert next(iter(test.dataframe[0].value.columns)) == "entry"
    assert len(shown(test, "entry")) == 9
    assert "Entries without this date come last." not in said(test)
    assert "Entries without this date come last." in said(page(sort="recorded"))


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_column_says_something_in_each_language(language: str) -> None:
    names = (
        "entry,seen,worded,place,region,sure,precision,relation,verification,recorded,published,"
        "report,outlet,tags,evidence,visibility,id"
    )
    report = Report(id="R", title="A report", outlet="An outlet", published="2014")
    one = entry(
        "E1", reports=(Cited(report="R"),), tags=("a", "b"), category="street life",
        evidence=({"kind": "video"}, {"kind": "video"}),
    )  # fmt: skip
    opened = open_store(default_url())
    opened.save([report, one], "test", "made up", once="shipped")
    row = page(language, columns=names).dataframe[0].value.iloc[0].to_dict()
    assert row["outlet"] == "An outlet"
    assert row["tags"] == "a; b"
    assert row["evidence"] == {"en": "a video ×2", "ko": "영상 ×2"}[language]
    assert {name for name, value in row.items() if value == "–"} == {"region", "precision"}
    assert all(row.values())
    assert row["place"] == {"en": "not stated", "ko": "언급 없음"}[language]


@pytest.mark.usefixtures("cache")
def test_a_column_of_its_own_choice_goes_into_the_address_and_back_to_the_usual_ones() -> None:
    test = page()
    test.checkbox(key="column-place").check().run()
    assert "place" in address(test, "columns").split(",")
    assert "place" in test.dataframe[0].value.columns
    next(one for one in test.button if one.label == "Usual columns").click().run()
    assert "columns" not in test.query_params
    assert "place" not in test.dataframe[0].value.columns


@pytest.mark.usefixtures("cache")
def test_sorting_is_chosen_above_the_table_and_turned_round() -> None:
    test = page()
    test.selectbox(key="table-sort").select("title").run()
    titles = shown(test, "entry")
    assert titles == sorted(titles, key=str.lower)
    assert address(test, "sort") == "title"
    test.button(key="table-turn").click().run()
    assert shown(test, "entry") == titles[::-1]
    assert address(test, "sort") == "-title"


@pytest.mark.usefixtures("cache")
def test_a_place_narrows_the_table_until_its_chip_is_closed() -> None:
    test = page(at="0,0,16777216,16777216", certainty="possible", columns="id")
    assert shown(test, "id") == ["B1", "B2"]
    test = page(at="1,1", columns="id")
    assert "No entry in this area fits the filters." in said(test)
    test.button(key="table-everywhere").click().run()
    assert shown(test, "id") == NINE
    assert "at" not in test.query_params


@pytest.mark.usefixtures("cache")
def test_many_rows_are_paged_and_an_opened_entry_turns_to_its_page() -> None:
    opened = open_store(default_url())
    opened.save([entry(f"E{n:03}") for n in range(60)], "test", "made up", once="shipped")
    test = page(columns="id")
    assert shown(test, "id") == [f"E{n:03}" for n in range(25)]
    assert shown(page(columns="id", entry="E055"), "id") == [f"E{n:03}" for n in range(50, 60)]
    assert shown(page(columns="id", entry="E055", sort="-imported"), "id")[0] == "E059"


@pytest.mark.usefixtures("cache")
def test_a_change_of_many_entries_is_told_and_undone_by_one_click() -> None:
    opened = open_store(default_url())
    opened.save([entry(f"E{n}") for n in range(3)], "test", "made up", once="shipped")
    test = page(columns="id,seen")
    ids = shown(test, "id")
    change = bulk.Change.asked(category="nightlife", add=["checked"])
    test.session_state["edit-run"] = bulk.preview(opened, ids, change)
    test.run()
    assert set(shown(test, "seen")) == {"nightlife"}
    assert "Changed 3 entries: What is seen → nightlife" in said(test)
    assert "tag “checked” added" in said(test)
    assert {one.who for one in opened.history("E1")[1:]} == {getpass.getuser()}
    test.button(key="edit-undo").click().run()
    assert "Undone: 3 entries." in said(test)
    assert {one.category for one in opened.entries(ids).values()} == {""}


@pytest.mark.usefixtures("cache")
def test_entries_that_somebody_changed_meanwhile_are_listed() -> None:
    opened = open_store(default_url())
    opened.save([entry(f"E{n}") for n in range(3)], "test", "made up", once="shipped")
    test = page()
    seen = bulk.preview(opened, ["E0", "E1"], bulk.Change.asked(category="nightlife"))
    opened.save([entry("E1", title="Theirs")], "bob", "corrected")
    test.session_state["edit-run"] = seen
    test.run()
    assert "Somebody changed 1 meanwhile; it stays as it is:" in said(test)
    assert any("Theirs" in one.label for one in test.button if one.key == "edit-left-E1")
    told = test.session_state["edit-told"][1]
    assert isinstance(told, Revised)
    assert told.left == ("E1",)


def test_places_read_as_they_are_written_and_very_many_become_the_box_round_them() -> None:
    some = [(1, 2), (3, 4), (0, 0, 8, 8)]
    assert table_state.read(table_state.written(some)) == some
    many = [(n, 2 * n) for n in range(150)]
    assert table_state.read(table_state.written(many)) == [(0, 0, 150, 299)]


@pytest.mark.parametrize(
    "text", ["", "1", "1,2,3", "a,b", "1,2;", "1.5,2", "1,2,3,4,5", "9" * 12 + ",1", "1,2;" * 200]
)
def test_a_place_that_makes_no_sense_is_everywhere(text: str) -> None:
    assert table_state.read(text) == []


@pytest.mark.usefixtures("cache")
def test_an_entrys_history_undoes_the_change_for_all_that_were_changed_with_it() -> None:
    test = page()
    opened = open_store(default_url())
    change = bulk.Change.asked(category="nightlife")
    bulk.apply(opened, bulk.preview(opened, NINE, change), "ann")
    test.query_params["entry"] = "A1"
    test.run()
    words = "Undo it for all entries changed with it"
    next(one for one in test.button if one.label == words).click().run()
    found = opened.entries(NINE)
    assert found["B1"].category == "nightlife"
    assert len({one.category for one in found.values()}) == 7
    assert not [one for one in test.button if one.label == words]


@pytest.mark.parametrize(
    ("rows", "cells", "picked"),
    [
        (
            [],
            [(1, "entry")],
            ["B"],
        ),  # the next row, before the browser knew of the tick in the first
        ([0, 2], [(0, "entry")], ["Z", "A", "C"]),  # a box was ticked, the cell is still marked
        ([2], [], ["Z", "C"]),
        ([], [(0, "entry")], ["Z"]),
    ],
)
def test_a_cell_opens_its_row_and_a_box_adds_or_takes_away_its_own(rows, cells, picked) -> None:
    def script(rows: list[int], cells: list[tuple[int, str]]) -> None:
        import streamlit as st

        from views import table, table_state

        table_state.pick(["Z", "A"])  # Z stands on another page
        st.session_state["table-cell"] = ("k", [(0, "entry")])
        st.session_state["k"] = {"selection": {"rows": rows, "columns": [], "cells": cells}}
        table._chosen("k", ["A", "B", "C"])
        st.session_state["picked"] = table_state.picks()

    test = AppTest.from_function(script, kwargs={"rows": rows, "cells": cells}).run()
    assert not test.exception
    assert test.session_state["picked"] == picked
