"""Importing a file in a real browser: give it, say its columns, see, import, find it on the map."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.store import Store, open_store
from tests.chromium import Visit, app, visit

pytestmark = pytest.mark.browser

SLOW = 60_000
FIELD = '[class*="st-key-file-given-"]'
"""The field for a file; for a moment the article's stands hidden beside it."""
HOSTILE = (
    "{{7*191}} {% raw %} `x` ${alert(1)} <script>alert(2)</script>"
    " <img src=http://outside.example/x onerror=alert(3)> ![](http://outside.example/y)"
    " :red[z] **b** price ${ oops"
)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with app(folder / "cache", folder / "file.sqlite", folder / "file.log") as running:
        yield running


@pytest.fixture(scope="module")
def saved(folder: Path, address: str) -> Iterator[Store]:
    store = open_store(f"sqlite:///{folder / 'file.sqlite'}")
    yield store
    store.engine.dispose()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Return what opens the tab for a file by way of the map, as a person does."""
    visits: list[Visit] = []

    def open_one(language: str = "en", **options: object) -> Visit:
        seen = visit(browser, f"{address}/?lang={language}", **options)
        visits.append(seen)
        seen.map_drawn()
        if seen.page.viewport_size["width"] < 641:
            seen.page.get_by_test_id("stExpandSidebarButton").click()
        name, tab = {"en": ("Add", "From a file"), "ko": ("추가", "파일에서")}[language]
        seen.page.get_by_role("link", name=name, exact=True).click()
        if seen.page.viewport_size["width"] < 641:
            seen.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        seen.page.get_by_role("tab", name=tab).click(timeout=SLOW)
        expect(seen.page.locator(FIELD)).to_be_visible(timeout=SLOW)
        return seen

    yield open_one
    for one in visits:
        one.page.context.close()
        assert one.outside == []
        assert one.errors == []


def give(page: Page, name: str, text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    page.locator(f"{FIELD} input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def choose(page: Page, column: int, said: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(f"Column {column} says"))
    box.click()
    page.get_by_role("option", name=said, exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_role("button", name="Use these columns").click()
    expect(page.locator(".st-key-file-import")).to_be_visible(timeout=SLOW)


def take(page: Page) -> None:
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("link", name="Show the map")).to_be_visible(timeout=SLOW)


def test_unknown_columns_are_confirmed_seen_imported_and_on_the_map(opened, saved: Store) -> None:
    seen = opened()
    page, before = seen.page, saved.head()
    give(page, "clips.csv", "Clip,Place,Remark\nTrains pass,Musan,x\n,,only this\n")
    expect(page.locator(".st-key-file-columns")).to_contain_text("Trains pass", timeout=SLOW)
    expect(page.get_by_role("button", name="Import", exact=True)).to_have_count(0)
    choose(page, 1, "What is seen")
    confirm(page)
    expect(page.locator(".tally")).to_contain_text(re.compile(r"2\s*rows read.*1\s*new", re.DOTALL))
    expect(page.locator(".faults")).to_contain_text("The title is empty")
    assert [one["name"] for one in seen.map_drawn()["symbols"]] == ["Musan"]
    assert saved.head() == before
    take(page)
    expect(page.get_by_text("1 of 2 rows are new or changed")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the refused rows").click()
    refused = download.value.path().read_text(encoding="utf-8").splitlines()
    assert refused[0] == "row,column,reason,Clip,Place,Remark"
    assert refused[1].startswith("3,Clip,")
    assert refused[1].endswith(",,,only this")
    page.get_by_role("link", name="Show the map").click()
    state = seen.until(lambda state: "Musan" in {s["name"] for s in state.get("symbols", ())})
    assert state["shown"] == sum(1 for _ in saved.since(0))


def test_the_same_file_twice_is_nothing_new(opened, saved: Store) -> None:
    page = opened().page
    text = "id,title,locality\nT1,A market,Hyesan\n"
    give(page, "twice.csv", text)
    expect(page.locator(".st-key-file-import")).to_be_visible(timeout=SLOW)
    take(page)
    before = saved.head()
    page.get_by_role("button", name="Another file").click()
    give(page, "twice.csv", text)
    expect(page.get_by_text("Nothing new")).to_be_visible(timeout=SLOW)
    take(page)
    expect(page.get_by_text("Nothing new").first).to_be_visible()
    assert saved.head() == before


def test_a_bad_file_is_a_sentence_beside_the_field_and_changes_nothing(opened, saved) -> None:
    page, before = opened().page, saved.head()
    give(page, "bad.json", "no such thing")
    expect(page.get_by_text("“bad.json” is not JSON")).to_be_visible(timeout=SLOW)
    expect(page.locator(FIELD)).to_be_visible()
    assert saved.head() == before


def test_hostile_text_is_shown_letter_for_letter(opened, saved: Store, folder: Path) -> None:
    seen = opened()
    page = seen.page
    cell = f'"{HOSTILE}"'
    rows = f"{cell},Musan,2012-05-03,{cell}\n{cell},Musan,2012-05-03,{cell}\n,,,{cell}\n"
    give(page, "{{7*191}} **b**.csv", f"Clip,Place,Day,{cell}\n{rows}")
    expect(page.locator(".st-key-file-columns .name").last).to_have_text(HOSTILE, timeout=SLOW)
    choose(page, 1, "What is seen")
    choose(page, 4, "Recorded until")
    confirm(page)
    expect(page.locator(".faults")).to_contain_text(HOSTILE)
    expect(page.locator(".pair .name").first).to_have_text(HOSTILE)
    take(page)
    assert "1337" not in page.evaluate("document.body.innerText")
    assert "1337" not in (folder / "file.log").read_text()
    assert HOSTILE in {entry.title for _, entry in saved.since(0)}


def test_a_guessed_encoding_is_confirmed_before_anything_is_imported(opened) -> None:
    page = opened().page
    text = "id,title,locality\nK1,장마당의 사람들이 물건을 사고판다,혜산\n"
    give(page, "cp949.csv", text.encode("cp949"))
    expect(page.locator(".samples")).to_contain_text("혜산", timeout=SLOW)
    button = page.get_by_role("button", name="Import", exact=True)
    expect(button).to_be_disabled(timeout=SLOW)
    page.get_by_text("Yes, they read well").click()
    expect(button).to_be_enabled(timeout=SLOW)


def test_possible_duplicates_can_be_left_out(opened) -> None:
    page = opened().page
    link = "https://example.org/v"
    give(page, "d.csv", f"id,title,locality,evidence_url\nD1,A,Musan,{link}\nD2,B,Hyesan,{link}\n")
    expect(page.locator(".pair")).to_contain_text("the same link", timeout=SLOW)
    expect(page.locator(".pair > div").first).to_contain_text("As reported: Hyesan")
    expect(page.locator(".pair > div").nth(1)).to_contain_text("As reported: Musan")
    expect(page.locator(".pair .differs")).to_have_count(2)
    page.get_by_text("Leave possible duplicates out").click()
    expect(page.locator(".tally")).to_contain_text(re.compile(r"1\s*left out"), timeout=SLOW)
    expect(page.locator(".tally")).to_contain_text(re.compile(r"1\s*new"))


def test_a_cancelled_import_changes_nothing_and_can_be_begun_again(opened, saved: Store) -> None:
    page = opened().page
    rows = "".join(f"C{n},Clip {n},Hyesan\n" for n in range(12_000))
    give(page, "many.csv", f"id,title,locality\n{rows}")
    expect(page.locator(".st-key-file-import")).to_be_visible(timeout=SLOW * 2)
    before = saved.head()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("button", name="Cancel").click(timeout=SLOW)
    expect(page.get_by_text("The import was stopped; nothing was changed.")).to_be_visible(
        timeout=SLOW
    )
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_enabled(timeout=SLOW)
    assert saved.head() == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_korean_page_stands_in_both_themes_and_sizes(opened, scheme: str, size) -> None:
    width, height = size
    seen = opened("ko", color_scheme=scheme, viewport={"width": width, "height": height})
    give(seen.page, "ko.csv", "제목,장소\n기차가 지나간다,무산\n")
    seen.page.get_by_role("button", name="이 열을 사용").click(timeout=SLOW)
    seen.map_drawn()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
