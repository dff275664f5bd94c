"""WCAG 2.2 AA on every page, as axe-core finds it: no serious and no critical finding.

A new page is one line in PAGES. axe-core is the file of the package axe-playwright-python.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from geo.i18n import LANGUAGES
from tests.chromium import Visit, app, visit

pytestmark = pytest.mark.browser

PAGES = {
    "map": "/?tour=no",
    "entry": "/?tour=no&entry=B1",
    "page of an entry": "/entry?tour=no&entry=B1",
    "nothing": "/?tour=no&text=nowhere",
    "places": "/?tour=no&tab=places",
    "read": "/read?tour=no",
    "read, in a frame": "/read?tour=no&embed=1&region=KP-13",
    "briefings": "/briefing?tour=no",
    "briefing": "/briefing?tour=no&briefing=what-two-reports-show",
    "step of a briefing": "/briefing?tour=no&briefing=what-two-reports-show&step=one-of",
    "presenting": "/briefing?tour=no&briefing=what-two-reports-show&present=1",
    "add": "/add?tour=no",
    "review": "/review?tour=no",
    "help": "/help?tour=no",
}
SIZES = [(1440, 900), (390, 844)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEME = "getComputedStyle(document.querySelector('.stApp')).colorScheme"
ALLOWED: dict[str, tuple[str, str]] = {}
"""Findings inside of Streamlit's own widgets: rule, part of the selector, and the reason."""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with app(folder / "cache", folder / "axe.sqlite", folder / "axe.log") as running:
        yield running


def findings(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical, the frames' insides too."""
    for frame in page.frames:
        frame.evaluate(AXE_SCRIPT)
    asked = {"resultTypes": ["violations"], "runOnly": RULES}
    found = page.evaluate("asked => axe.run(asked)", asked)
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
        if not allowed(one["id"], node)
    ]


def allowed(rule: str, node: dict[str, Any]) -> bool:
    return any(rule == one and part in str(node["target"]) for one, part in ALLOWED.values())


def drawn(browser: Browser, address: str, **options: object) -> Visit:
    """Open a page and wait until all of it stands."""
    seen = visit(browser, address, **options)
    expect(seen.page.locator("h1, .st-key-present iframe").first).to_be_visible(timeout=40_000)
    if urlsplit(address).path in ("/", "/entry", "/read"):
        seen.map_drawn()
    seen.page.locator("html[data-keys]").wait_for(state="attached")
    seen.page.wait_for_timeout(700)
    return seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_serious_finding_in_both_themes_and_sizes(
    browser: Browser, address: str, name: str, language: str
) -> None:
    seen = drawn(browser, f"{address}{PAGES[name]}&lang={language}")
    assert seen.page.evaluate("document.documentElement.lang") == language
    found = {}
    for width, height in SIZES:
        seen.page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            seen.page.emulate_media(color_scheme=scheme)
            seen.page.wait_for_timeout(1_000)
            assert seen.page.evaluate(THEME) == scheme
            found[width, scheme] = findings(seen.page)
    seen.page.context.close()
    assert found == {combined: [] for combined in found}
    assert seen.outside == []


def test_a_finding_is_found_on_the_page_and_in_the_frame_of_the_map(
    browser: Browser, address: str
) -> None:
    seen = drawn(browser, f"{address}/?tour=no")
    add = "document.body.insertAdjacentHTML('beforeend', '<button></button>')"
    for frame in seen.page.frames:
        frame.evaluate(add)
    found = [one for one in findings(seen.page) if one.startswith("button-name")]
    seen.page.context.close()
    assert len(found) == 2
    assert any("iframe" in one for one in found)


def test_the_list_of_keys_has_no_serious_finding(browser: Browser, address: str) -> None:
    seen = drawn(browser, f"{address}/help?tour=no")
    seen.page.keyboard.press("?")
    expect(seen.page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert findings(seen.page) == []
    seen.page.emulate_media(color_scheme="dark")
    seen.page.wait_for_timeout(1_000)
    assert findings(seen.page) == []
    seen.page.context.close()


@pytest.mark.parametrize(("language", "name"), [("en", "Map of the entries"), ("ko", "항목 지도")])
def test_the_frame_of_the_map_has_a_name_and_the_pages_language(
    browser: Browser, address: str, language: str, name: str
) -> None:
    seen = drawn(browser, f"{address}/?tour=no&lang={language}")
    frame = seen.page.locator(".st-key-map iframe")
    expect(frame).to_have_attribute("title", name)
    said = "frame => [frame.contentDocument.documentElement.lang, frame.contentDocument.title]"
    assert frame.evaluate(said) == [language, name]
    seen.page.context.close()


def test_the_language_of_the_page_follows_the_switch(browser: Browser, address: str) -> None:
    seen = drawn(browser, f"{address}/help?tour=no&lang=en")
    seen.page.get_by_text("한국어").click()
    expect(seen.page.locator("html")).to_have_attribute("lang", "ko", timeout=10_000)
    skip = seen.page.get_by_test_id("stSkipToContent")
    expect(skip).to_have_text("본문으로 건너뛰기")
    seen.page.get_by_text("English").click()
    expect(seen.page.locator("html")).to_have_attribute("lang", "en", timeout=10_000)
    expect(skip).to_have_text("Skip to main content")
    seen.page.context.close()
