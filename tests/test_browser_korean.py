"""Nothing of ours is said in English on a Korean page; words from outside stay as they are."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, Error, Page, expect

from tests.chromium import Visit, app, command, visit

pytestmark = pytest.mark.browser

SLOW = 60_000
ROWS = "id,title,locality\nR1,Trucks,Unsan\nR2,A market,Unsan\nR3,Snow,Chongin\nR4,Fog,Zzyzqq\n"
SHEET = "Nummer,Was,Wo\n1,Soldiers in the snow,Pyongyang\n2,Children at school,Nowhere at all\n"
ARTICLE = """Smuggled video offers a glimpse of life

Soldiers repair a bridge near Hyesan in a video that was released in Seoul on Monday. \
The video could not be independently verified.

Another clip shows children singing in a school in Unsan.
"""
NAMES = set(
    "Glimpse Leaflet Natural Earth GeoNames CC BY CARTO Dark Matter Esri World Imagery"
    " python m geo gazetteer add FILE".split()
)
TEXTS = """() => {
    const found = [], spoken = ['aria-label', 'title', 'placeholder', 'alt'];
    const silent = 'script, style, noscript, kbd, [data-testid="stIconMaterial"]';
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
    while (nodes.nextNode()) {
        const node = nodes.currentNode;
        if (node.nodeType === Node.ELEMENT_NODE) {
            found.push(...spoken.map((name) => node.getAttribute(name) || ''));
        } else if (node.nodeType === Node.TEXT_NODE && !node.parentElement.closest(silent)) {
            found.push(node.data);
        }
    }
    return found;
}"""
"""Every text of a document and every name of its controls."""


def outside() -> str:
    """Return all that is not ours: the entries, the article, the sheets."""
    shipped = (ROOT / "data" / "footage.csv").read_text("utf-8")
    return plain(f"{shipped} {ROWS} {SHEET} {ARTICLE}")


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


def texts(page: Page) -> set[str]:
    """Return every text of the page, once no frame is being put in place any more."""
    for _ in range(10):
        page.wait_for_timeout(1_500)
        with suppress(Error):
            return {text.strip() for frame in page.frames for text in frame.evaluate(TEXTS)}
    raise AssertionError("the page did not come to rest")


def english(page: Page) -> list[str]:
    """Return the texts of the page, its frames too, that are English and not from outside.

    A text is English where it is a key of the translations that Korean says otherwise, or has
    three Latin words in a row that stand in nothing from outside.
    """
    keys = json.loads((ROOT / "data" / "translations" / "ko.json").read_text("utf-8"))
    ours = {key for key, said in keys.items() if said != key and re.search("[a-z]{2}", key)}
    known, found = outside(), set()
    for text in texts(page):
        runs = re.findall(r"[A-Za-z][A-Za-z'’-]*(?:[ ,;]+[A-Za-z][A-Za-z'’-]*){2,}", text)
        strange = [run for run in runs if plain(run) not in known and not set(run.split()) <= NAMES]
        if strange or (text in ours and plain(text) not in known):
            found.add(text)
    return sorted(found)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    sheet, store = folder / "unclear.csv", folder / "korean.sqlite"
    sheet.write_text(ROWS)
    assert '"new": 4' in command(folder, store, "import", sheet).stdout
    with app(folder / "cache", store, folder / "korean.log") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator:
    visits: list[Visit] = []

    def open_one(path: str, language: str = "ko") -> Page:
        visits.append(visit(browser, address + path, locale="ko-KR"))
        expect(visits[-1].page.locator("h1").first).to_be_visible(timeout=SLOW)
        visits[-1].page.locator(f"html[lang={language}][data-keys]").wait_for(state="attached")
        return visits[-1].page

    yield open_one
    for one in visits:
        one.page.context.close()
        assert one.outside == []


@pytest.mark.parametrize(
    "path",
    ["/", "/?entry=B1", "/?entry=A5", "/?tab=unplaced", "/?tab=places", "/?text=nowhere", "/help",
     "/read", "/entry?entry=B1"],
)  # fmt: skip
def test_a_page_says_nothing_of_ours_in_english(opened, path: str) -> None:
    page = opened(path)
    if path.startswith("/?"):
        expect(page.locator(".st-key-table, .st-key-list").first).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(2_500)
    assert english(page) == []


def test_the_review_page_gives_its_reasons_in_korean(opened) -> None:
    page = opened("/review")
    onward = page.get_by_role("button", name="다음")
    for at in ("1 / 3", "2 / 3", "3 / 3"):
        expect(page.get_by_text(at, exact=True)).to_be_visible(timeout=SLOW)
        expect(page.get_by_role("button", name="채택").first).to_be_visible(timeout=SLOW)
        assert english(page) == []
        if onward.is_enabled():
            onward.click()


def test_an_article_is_read_in_korean(opened) -> None:
    page = opened("/add")
    page.locator("textarea").first.fill(ARTICLE)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="읽기").click()
    expect(page.locator(".article")).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(2_500)
    assert english(page) == []


def test_a_file_is_looked_at_in_korean(opened) -> None:
    page = opened("/add")
    page.get_by_role("tab", name="파일에서").click()
    file = {"name": "sheet.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.locator('[class*="st-key-file-given-"] input[type=file]').set_input_files(file)
    expect(page.locator(".st-key-file-columns")).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(2_000)
    assert english(page) == []


def test_english_is_found_where_it_stands(opened) -> None:
    page = opened("/help?lang=en", "en")
    assert len(english(page)) > 10
