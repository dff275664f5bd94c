"""The page by keys alone, and the tour for those who come for the first time."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import Visit, app, visits

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const one = document.activeElement, {outlineStyle, outlineWidth} = getComputedStyle(one);
    return [one.tagName, one.getAttribute('data-testid'), outlineStyle, parseFloat(outlineWidth)];
}"""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with app(folder / "cache", folder / "keys.sqlite", folder / "keys.log") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    def drawn(seen: Visit) -> None:
        seen.map_drawn()
        seen.page.locator("html[data-keys]").wait_for(state="attached")

    with visits(browser, address, drawn, "/") as open_one:
        yield open_one


def into_the_map(page: Page) -> bool:
    return page.evaluate(
        "document.activeElement.contentDocument?.activeElement.matches('.leaflet-container')"
    )


def test_the_first_stop_skips_to_the_content_and_every_stop_has_a_ring(opened) -> None:
    page = opened().page
    page.wait_for_timeout(1_000)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[:2] == ["A", "stSkipToContent"]
    ringless = []
    for _ in range(18):
        tag, name, style, width = page.evaluate(FOCUSED)
        if tag not in ("INPUT", "IFRAME") and (style == "none" or width < 2):
            ringless.append((tag, name))
        page.keyboard.press("Tab")
    assert ringless == []
    page.get_by_test_id("stSkipToContent").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED)[:2] == ["MAIN", "stMain"] or page.evaluate(
        "document.activeElement.closest('main') !== null"
    )


def test_a_slash_focuses_the_search_and_is_a_letter_once_there(opened) -> None:
    page = opened().page
    field = page.get_by_role("textbox", name="Search")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("a/m?")
    expect(field).to_have_value("a/m?")
    expect(page.locator("dialog")).to_have_count(0)


def test_keys_reach_the_page_from_inside_of_the_map_too(opened) -> None:
    page = opened().page
    page.keyboard.press("m")
    assert into_the_map(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert into_the_map(page)
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()


def test_on_a_phone_a_slash_unfolds_the_filters(opened) -> None:
    page = opened(viewport={"width": 390, "height": 844}).page
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused(timeout=10_000)


def test_single_keys_can_be_turned_off(opened) -> None:
    page = opened().page
    page.keyboard.press("?")
    page.get_by_role("checkbox", name=re.compile("Single keys")).uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.keyboard.press("m")
    expect(page.locator("dialog")).to_have_count(0)
    assert not into_the_map(page)


def test_the_tour_is_offered_once_and_goes_by_keys(opened) -> None:
    seen = opened()
    page = seen.page
    page.get_by_role("button", name="Start the tour").click()
    box = page.get_by_role("dialog")
    expect(box).to_contain_text("What you are looking at")
    headings = []
    while box.count() and len(headings) < 9:
        headings.append(box.locator("h2").inner_text())
        page.keyboard.press("Enter")
    assert headings[1:3] == ["Ask for less", "How to read the map"]
    assert headings[-1] == "Take it with you"
    expect(page.get_by_role("button", name="Start the tour")).to_be_hidden()
    again = page.context.new_page()
    again.goto(page.url.split("?")[0])
    again.locator("html[data-keys]").wait_for(state="attached", timeout=30_000)
    expect(again.locator(".st-key-panel")).to_be_visible(timeout=30_000)
    expect(again.get_by_text("New here?")).to_be_hidden()


@pytest.mark.parametrize("path", ["/?region=KP-13", "/?entry=B1", "/?tour=no"])
def test_a_link_that_asks_for_something_offers_no_tour(opened, path: str) -> None:
    page = opened(path).page
    page.wait_for_timeout(500)
    expect(page.get_by_text("New here?")).to_be_hidden()


def test_the_help_page_starts_the_tour_again_and_escape_ends_it(opened) -> None:
    page = opened("/?tour=no&lang=ko").page
    page.get_by_role("link", name="도움말").click()
    page.get_by_role("button", name="둘러보기 시작").click()
    box = page.get_by_role("dialog")
    expect(box).to_contain_text("지금 보고 있는 것", timeout=20_000)
    page.keyboard.press("ArrowRight")
    expect(box).to_contain_text("좁혀 보기")
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")
