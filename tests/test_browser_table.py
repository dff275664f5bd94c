"""The table in a real browser: linked with the map both ways, sorted, edited and undone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium import Visit, app, visits

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with app(folder / "cache", folder / "table.sqlite", folder / "table.log") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    def drawn(seen: Visit) -> None:
        seen.map_drawn()
        expect(grid(seen.page)).to_be_visible(timeout=30_000)

    with visits(browser, address, drawn) as open_one:
        yield open_one


def grid(page: Page) -> Locator:
    return page.locator('[data-testid="stDataFrame"]')


def click(page: Page, row: int, x: float = 16) -> None:
    """Click in a row of the table, counted from 1; 0 is the heading, x 16 the box to tick."""
    grid(page).scroll_into_view_if_needed()
    box = grid(page).bounding_box()
    rows = grid(page).locator("table").first.get_attribute("aria-rowcount")
    assert box is not None
    height = box["height"] / int(rows or 0)
    page.mouse.click(box["x"] + x, box["y"] + height * (row + 0.5))


def cell(page: Page, row: int, column: int) -> Locator:
    """Return a cell of the table as a screen reader finds it; both are counted from 1."""
    at = f'tr[aria-rowindex="{row + 1}"] td[aria-colindex="{column}"]'
    return grid(page).locator(at)


def rung(visit: Visit) -> set[str]:
    """Return the names of the places that the map rings."""
    return {symbol["name"] for symbol in visit.state()["symbols"] if symbol["hot"]}


def test_ticked_rows_are_ringed_on_the_map_and_listed_beside_it(opened) -> None:
    seen = opened()
    page = seen.page
    click(page, 1)
    expect(page).to_have_url(re.compile("entry=A1"), timeout=15_000)
    click(page, 8)
    panel = page.locator(".st-key-panel")
    expect(panel).to_contain_text("2 entries selected", timeout=15_000)
    expect(page.locator(".st-key-table-said")).to_contain_text("2 selected")
    assert "entry=" not in page.url
    seen.until(lambda _: rung(seen) == {"Pyongyang", "Chongjin", "Rajin"})
    page.locator(".st-key-table-clear button").click()
    expect(page.locator(".st-key-table-said")).to_contain_text("9 entries", timeout=15_000)
    seen.until(lambda _: rung(seen) == set())


def test_show_on_map_goes_to_what_is_selected_and_a_tick_alone_does_not(opened) -> None:
    seen = opened("/?view=39.0,125.7,5")
    page = seen.page
    click(page, 8)
    expect(page).to_have_url(re.compile("entry=B1"), timeout=15_000)
    page.wait_for_timeout(1_000)
    assert seen.state()["zoom"] == 5
    page.locator(".st-key-table-show button").click()
    seen.until(lambda state: state["zoom"] > 5)


def test_a_click_on_the_map_ticks_the_row_of_the_entry_that_is_opened(opened) -> None:
    seen = opened("/?category=military")
    seen.click_symbol("Pyongyang")
    page = seen.page
    expect(page).to_have_url(re.compile("entry=A2"), timeout=15_000)
    expect(page.locator(".st-key-table-said")).to_contain_text("1 selected", timeout=15_000)
    expect(grid(page).locator('tr[aria-selected="true"]')).to_have_count(1)


def test_a_click_on_a_heading_sorts_all_and_a_second_one_turns_it_round(opened) -> None:
    page = opened().page
    click(page, 0, 150)
    expect(page).to_have_url(re.compile("sort=title"), timeout=15_000)
    expect(cell(page, 1, 1)).to_contain_text("A black-market phone", timeout=15_000)
    page.wait_for_timeout(500)
    click(page, 0, 150)
    expect(page).to_have_url(re.compile("sort=-title"), timeout=15_000)
    expect(cell(page, 1, 1)).to_contain_text("Thinly stocked", timeout=15_000)


def test_a_click_into_a_row_opens_its_entry_and_the_keys_go_on_from_there(opened) -> None:
    page = opened().page
    click(page, 3, 120)
    expect(page).to_have_url(re.compile("entry=A3"), timeout=15_000)
    expect(page.locator(".st-key-panel")).to_contain_text("Entry A3", timeout=15_000)
    page.wait_for_timeout(1_500)  # the table is drawn again with its row ticked
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("entry=A4"), timeout=15_000)
    expect(page.locator(".st-key-panel")).to_contain_text("Thinly stocked", timeout=15_000)


def test_a_stack_opens_as_a_list_and_becomes_the_table(opened) -> None:
    seen = opened()
    page = seen.page
    seen.click_symbol("Pyongyang")
    panel = page.locator(".st-key-panel")
    expect(panel).to_contain_text("7 entries at this place from 1 report", timeout=15_000)
    panel.get_by_role("button", name="Show as table").click()
    expect(page.locator(".st-key-table-said")).to_contain_text("7 entries", timeout=15_000)
    expect(page).to_have_url(re.compile("at="))
    page.reload()
    expect(page.locator(".st-key-table-said")).to_contain_text("7 entries", timeout=30_000)
    page.get_by_role("button", name="Only this area").click()
    expect(page.locator(".st-key-table-said")).to_contain_text("9 entries", timeout=15_000)
    expect(page).not_to_have_url(re.compile("at="))


def test_entries_are_changed_together_in_a_dialog_and_put_back_by_one_click(opened) -> None:
    page = opened("/?columns=entry,tags").page
    page.locator(".st-key-table-edit button").click()
    form = page.get_by_role("dialog")
    expect(form).to_contain_text("Choose what is to change", timeout=15_000)
    form.get_by_label("Add tags").click()
    page.keyboard.type("checked")
    page.keyboard.press("Enter")
    expect(form).to_contain_text("9 entries: tag “checked” added", timeout=15_000)
    page.keyboard.press("Escape")
    form.locator(".st-key-edit-begin button").click()
    told = page.locator(".st-key-edit-told")
    expect(told).to_contain_text("Changed 9 entries: tag “checked” added.", timeout=20_000)
    expect(cell(page, 1, 2)).to_contain_text("checked")
    told.get_by_role("button", name="Undo").click()
    expect(told).to_contain_text("Undone: 9 entries.", timeout=20_000)
    expect(cell(page, 1, 2)).to_have_text("–")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_list_and_table_stand_below_the_map_and_nothing_sticks_out(
    opened, scheme
) -> None:
    seen = opened("/?lang=ko", color_scheme=scheme, viewport={"width": 390, "height": 844})
    page = seen.page
    seen.click_symbol("Pyongyang")
    listed = page.locator(".st-key-list")
    expect(listed).to_be_visible(timeout=15_000)
    boxes = [page.locator(one).bounding_box() for one in
             (".st-key-map", ".st-key-list", ".st-key-table")]  # fmt: skip
    tops = [box["y"] for box in boxes]
    assert tops == sorted(tops)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
