"""The filters of the map page, run without a browser: each says itself and can be taken back."""

from typing import Any

import pytest
from conftest import candidate, entry, located
from streamlit.testing.v1 import AppTest

from geo.entry import Relation
from geo.store import default_url, open_store
from tests.test_app import page, said

pytestmark = pytest.mark.usefixtures("cache")


def address(test: AppTest) -> dict[str, list[str]]:
    asked: dict[str, Any] = dict(test.query_params)
    return {
        name: value if isinstance(value, list) else [value]
        for name, value in asked.items()
        if name != "lang"
    }


def removers(test: AppTest) -> list[Any]:
    return [button for button in test.button if (button.key or "").startswith("drop-")]


def plain(label: str) -> str:
    return label.replace("\\", "")


@pytest.mark.parametrize(
    ("asked", "line", "part"),
    [
        ({"region": "gn:2044757"}, "**2** of 9", "in Chongjin"),
        ({"text": '"room salon" OR market'}, "**3** of 9", "“"),
        ({"text": "-karaoke"}, "**8** of 9", "karaoke"),
        ({"relation": "one_of"}, "**2** of 9", "where the place is “one of”"),
        ({"evidence": "none"}, "**9** of 9", "with no evidence"),
        ({"recorded": "unknown"}, "**9** of 9", "recorded at an unknown date"),
        ({"recorded": "2013"}, "**0** of 9", "recorded in 2013"),
        ({"recorded": "2013", "undated": "recorded"}, "**9** of 9", "or at an unknown date"),
        ({"near": "39.0339,125.7543,20,gn:1871859"}, "**7** of 9", "within 20 km of Pyongyang"),
        ({"shape": "41,129;41,131;43,131;43,129"}, "**2** of 9", "a drawn shape of 4 corners"),
        ({"possible": "no"}, "**7** of 9", "without what is only possibly there"),
        ({"visibility": "published"}, "**9** of 9", "kept as published"),
    ],
)
def test_a_filter_of_the_address_counts_and_says_itself(
    asked: dict[str, str], line: str, part: str
) -> None:
    test = page(**asked)
    assert not test.exception
    assert line in said(test)
    assert any(part in plain(button.label) for button in removers(test))


def test_each_part_of_the_sentence_is_taken_back_alone_and_reset_takes_all() -> None:
    test = page(region="KP-09", recorded="2013", undated="recorded")
    test.button(key="drop-recorded").click().run()
    assert "recorded" not in address(test)
    assert address(test)["region"] == ["KP-09"]
    test.button(key="reset").click().run()
    assert "region" not in address(test)
    assert not removers(test)
    assert "**9** of 9" in said(test)


def test_a_county_narrows_the_province_and_gives_it_back() -> None:
    test = page(region="KP-09")
    test.button_group(key="choice-county").set_value(["gn:2044757"]).run()
    assert address(test)["region"] == ["gn:2044757"]
    test.button_group(key="choice-county").set_value([]).run()
    assert address(test)["region"] == ["KP-09"]


def test_the_switch_leaves_out_what_is_only_possibly_there() -> None:
    test = page()
    switch = test.toggle(key="possible")
    assert switch.label == "Possibly here, too: 2"
    switch.set_value(False).run()
    assert address(test)["possible"] == ["no"]
    assert "**7** of 9" in said(test)


def test_dates_are_typed_in_part_and_a_wrong_one_is_said_and_kept() -> None:
    test = page()
    test.text_input(key="recorded-from").set_value("2013-05").run()
    assert address(test)["recorded"] == ["2013-05/.."]
    test.text_input(key="recorded-to").set_value("2012").run()
    assert address(test)["recorded"] == ["2013-05/.."]
    assert any("Not a range of dates" in caption.value for caption in test.caption)
    assert test.text_input(key="recorded-to").value == "2012"
    test.text_input(key="recorded-to").set_value("2014").run()
    assert address(test)["recorded"] == ["2013-05/2014"]
    assert test.checkbox(key="recorded-undated").label == "Date unknown, too: 9"
    test.checkbox(key="recorded-undated").check().run()
    assert address(test)["undated"] == ["recorded"]


def test_a_place_is_found_by_name_and_its_circle_goes_into_the_address() -> None:
    test = page()
    test.text_input(key="near-name").set_value("Chongjin").run()
    test.selectbox(key="near-place").set_value("gn:2044757").run()
    assert address(test)["near"][0].endswith(",25,gn:2044757")
    assert "**2** of 9" in said(test)
    test.text_input(key="near-name").set_value("Nowhereatall").run()
    assert any("knows no place" in caption.value for caption in test.caption)


def test_every_choice_says_what_it_would_leave() -> None:
    town = located(candidate("t:1"))
    other = located(candidate("t:2", admin1="KP-09"), relation=Relation.ONE_OF)
    opened = open_store(default_url())
    made = [entry("A", town, tags=("night",)), entry("B", other, tags=("night", "cut"))]
    opened.save(made, "test", "made up", once="shipped")
    group = page(region="KP-01").button_group(key="choice-tag")
    labels = {plain(option) for option in group.options}
    assert {"cut :gray[0]", "night :gray[1]"} <= labels
