"""Counting by region on the running map: tint, hatching, a click that filters, and no rerun."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.chromium import Visit, app, command, visit, visits

pytestmark = pytest.mark.browser

TINT = (154, 182, 198)
"""The accent at the strength of a single class, over the land of interest."""
HATCH = (187, 114, 48)
LAND = (255, 253, 247)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with app(folder / "cache", folder / "nine.sqlite", folder / "nine.log") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    with visits(browser, address, Visit.map_drawn) as open_one:
        yield open_one


def switch(seen: Visit):
    """Return the button on the map."""
    return seen.page.frame_locator("iframe").get_by_role("button", name="Count by region")


def areas(seen: Visit) -> dict[str, dict[str, Any]]:
    """Return what is drawn by region, by code."""
    return {area["code"]: area for area in seen.state()["regions"]["areas"]}


def near(
    seen: Visit, colour: tuple[int, ...], box: tuple[int, ...] | None = None, within: int = 4
) -> int:
    """Return how many pixels of the map, or of a box on it, have nearly this colour."""
    picture = Image.open(io.BytesIO(seen.page.locator("iframe").first.screenshot())).convert("RGB")
    part = picture.crop(box) if box else picture
    close = [
        count
        for count, found in part.getcolors(1 << 24)
        if all(abs(a - b) <= within for a, b in zip(found, colour, strict=True))
    ]
    return sum(close)


def point_at(seen: Visit, code: str) -> tuple[float, float]:
    """Return where an area is written on the page."""
    box = seen.page.locator("iframe").first.bounding_box()
    area = areas(seen)[code]
    assert box is not None
    return box["x"] + area["x"], box["y"] + area["y"]


def test_the_switch_tints_what_is_certain_and_hatches_what_is_only_possible(opened) -> None:
    seen = opened("/?view=40.3,127.9,7")
    sent: list[str] = []
    seen.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("x")))
    seen.page.reload()
    seen.map_drawn()
    seen.page.wait_for_timeout(2_500)
    sent.clear()
    expect(switch(seen)).to_have_attribute("aria-pressed", "false")
    assert near(seen, TINT) < 20
    assert len(seen.state()["symbols"]) == 3
    switch(seen).click()
    expect(switch(seen)).to_have_attribute("aria-pressed", "true")
    expect(seen.page).to_have_url(re.compile("map=regions"))
    assert near(seen, TINT) > 1_000
    drawn = {code: (a["certain"], a["possible"], a["tint"]) for code, a in areas(seen).items()}
    assert drawn == {"KP-01": (7, 0, 0.45), "KP-09": (0, 2, 0), "KP-13": (0, 2, 0)}
    assert seen.state()["symbols"] == []
    assert sent == []
    switch(seen).click()
    expect(seen.page).not_to_have_url(re.compile("map=regions"))
    assert near(seen, TINT) < 20


def test_rason_is_hatched_and_never_tinted(opened) -> None:
    seen = opened("/?map=regions&view=42.35,130.4,9")
    seen.until(lambda state: "KP-13" in {a["code"] for a in state["regions"]["areas"]})
    seen.page.wait_for_timeout(500)
    x, y = areas(seen)["KP-13"]["x"], areas(seen)["KP-13"]["y"]
    box = (int(x) - 60, int(y) + 30, int(x) + 20, int(y) + 110)
    assert near(seen, HATCH, box, within=40) > 150
    assert near(seen, LAND, box) > 300
    assert near(seen, TINT, box) == 0


def test_a_click_on_a_province_filters_by_it_and_another_lifts_the_filter(opened) -> None:
    seen = opened("/?map=regions&view=41.6,129.5,7")
    seen.page.mouse.click(*point_at(seen, "KP-13"))
    seen.until(lambda state: state["shown"] == 2)
    expect(seen.page).to_have_url(re.compile("region=KP-13"))
    expect(seen.page).to_have_url(re.compile("map=regions"))
    expect(seen.page.locator("h1.sentence")).to_have_text("In Rason")
    expect(seen.page.locator(".st-key-sentence")).to_contain_text("2 of 9 entries")
    passing = {code: area["passes"] for code, area in areas(seen).items()}
    assert passing == {"KP-01": False, "KP-09": False, "KP-13": True}
    seen.page.mouse.click(*point_at(seen, "KP-09"))
    expect(seen.page).to_have_url(re.compile("region=KP-13&region=KP-09"), timeout=15_000)
    seen.until(lambda state: all(area["passes"] for area in state["regions"]["areas"][1:]))
    for code in ("KP-13", "KP-09"):
        seen.page.mouse.click(*point_at(seen, code))
        expect(seen.page).not_to_have_url(re.compile(f"region={code}"), timeout=15_000)
    seen.until(lambda state: state["shown"] == 9)


def test_a_double_click_zooms_and_filters_nothing(opened) -> None:
    seen = opened("/?map=regions&view=41.6,129.5,7")
    seen.page.mouse.dblclick(*point_at(seen, "KP-09"))
    seen.until(lambda state: state["zoom"] > 7)
    seen.page.wait_for_timeout(1_000)
    assert "region=KP" not in seen.page.url


def test_the_tip_says_both_names_and_both_numbers(opened) -> None:
    seen = opened("/?map=regions&view=42.35,130.4,9")
    seen.page.mouse.move(*point_at(seen, "KP-13"))
    tip = seen.page.frame_locator("iframe").locator(".glimpse-tip")
    expect(tip).to_contain_text("Rason 라선")
    expect(tip).to_contain_text("0 certain, 2 possible")


def test_the_legend_explains_the_classes_that_there_are(opened) -> None:
    seen = opened("/?map=regions&view=40.3,127.9,7")
    rows = seen.page.frame_locator("iframe").locator(".glimpse-legend-row")
    expect(rows.nth(0)).to_have_text(re.compile(r"^Tint entries certainly in a province +7 *$"))
    expect(rows.nth(1)).to_contain_text("only possible")
    switch(seen).click()
    expect(rows.nth(0)).to_contain_text("Size says how precise")


def test_from_afar_countries_are_counted(opened) -> None:
    seen = opened("/?map=regions&view=39,127,3")
    drawn = {code: (a["certain"], a["possible"]) for code, a in areas(seen).items()}
    assert (seen.state()["regions"]["level"], drawn) == ("country", {"KP": (7, 2)})


def test_the_entry_that_is_open_keeps_its_places_on_the_map(opened) -> None:
    seen = opened("/?map=regions&entry=B1&view=41.6,129.5,7")
    seen.until(lambda state: {s["name"] for s in state["symbols"]} == {"Chongjin", "Rajin"})


def test_what_is_known_to_the_country_alone_tints_no_province(
    browser: Browser, folder: Path
) -> None:
    sheet, store = folder / "country.csv", folder / "by-region.sqlite"
    sheet.write_text("id,title,locality\nC1,Snow,North Korea\nC2,A mill,Hamhung\nC3,A port,Nampo\n")
    assert '"new": 3' in command(folder, store, "import", sheet).stdout
    with app(folder / "cache", store, folder / "by-region.log") as running:
        seen = visit(browser, running + "/?map=regions&view=39.5,127.3,7")
        seen.map_drawn()
        drawn = areas(seen)
        assert (drawn["KP"]["certain"], drawn["KP"]["tint"]) == (1, 0)
        assert (drawn["KP-14"]["certain"], drawn["KP-14"]["tint"]) == (1, 0)
        assert drawn["KP-08"]["tint"] > 0
        assert "KP-04" not in drawn
        seen.page.context.close()


def test_the_list_says_what_the_map_says_and_opens_a_place(opened) -> None:
    seen = opened("/?tab=places")
    page = seen.page
    expect(page.get_by_role("heading", name="The map as a list")).to_be_visible(timeout=15_000)
    rows = page.locator(".st-key-places button").filter(has_text="certain")
    expect(rows).to_have_count(3)
    said = ["Pyongyang 평양 7 certain 0 possible Pyongyang city",
            "Chongjin 청진 0 certain 2 possible North Hamgyong city",
            "Rajin 라진 0 certain 2 possible Rason city"]  # fmt: skip
    assert [" ".join(row.inner_text().split()) for row in rows.all()] == said
    rows.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-panel")).to_contain_text("2 entries at this place")
    expect(rows.nth(1)).to_contain_text("shown beside the map")
    page.get_by_role("button", name="By name").or_(
        page.get_by_role("radio", name="By name")
    ).click()
    expect(rows.nth(0)).to_contain_text("Chongjin")


def test_a_step_that_is_played_is_shown_by_symbols_and_never_with_old_counts(opened) -> None:
    seen = opened("/?map=regions&view=40.3,127.9,7")
    assert seen.state()["symbols"] == []
    send = "(said) => document.querySelector('iframe').contentWindow.postMessage(said, '*')"
    step = {"glimpse": "step", "from": 0, "to": 1, "undated": True, "text": "1970"}
    seen.page.evaluate(send, step)
    seen.until(lambda state: len(state["symbols"]) == 3)
    assert seen.state()["regions"]["areas"] == []
    rows = seen.page.frame_locator("iframe").locator(".glimpse-legend-row")
    expect(rows.nth(0)).to_contain_text("Size says how precise")
    seen.page.evaluate(send, {"glimpse": "rest"})
    seen.until(lambda state: state["symbols"] == [])
    assert set(areas(seen)) == {"KP-01", "KP-09", "KP-13"}
    expect(rows.nth(0)).to_contain_text("Tint")
