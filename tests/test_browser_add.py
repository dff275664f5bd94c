"""The add page in a real browser: paste, see, correct, save, and find it on the map."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from geo.gazetteer import Gazetteer
from geo.store import Store, open_store
from tests.chromium import Visit, app, launch, visit

pytestmark = pytest.mark.browser

ARTICLE = """Smuggled video offers a glimpse of life

Soldiers repair a bridge near Hyesan in a video that was released in Seoul on Monday. \
The video could not be independently verified.

Another clip shows children singing in a school in Unsan. Prices were compared with Pyongyang.
"""


def released(day: str) -> str:
    """Return the article with another day: another text is another report."""
    return ARTICLE.replace("Monday", day)


HOSTILE = (
    "{{7*191}} {% raw %} `x` ${alert(1)} <script>alert(2)</script>"
    " <img src=http://outside.example/x onerror=alert(3)> ![](http://outside.example/y)"
    " :red[z] **b** price ${ oops"
)
SLOW = 30_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer) -> Path:
    made = tmp_path_factory.mktemp("browser-add")
    (made / "cache").mkdir()
    (made / "cache" / gazetteer.path.name).symlink_to(gazetteer.path)
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with app(folder / "cache", folder / "add.sqlite", folder / "add.log") as running:
        yield running


@pytest.fixture(scope="module")
def saved(folder: Path, address: str) -> Iterator[Store]:
    store = open_store(f"sqlite:///{folder / 'add.sqlite'}")
    yield store
    store.engine.dispose()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Return what opens the add page by way of the map, as a person does."""
    visits: list[Visit] = []

    def open_one(language: str = "en", **options: object) -> Visit:
        seen = visit(browser, f"{address}/?lang={language}", **options)
        visits.append(seen)
        seen.map_drawn()
        if seen.page.viewport_size["width"] < 641:
            seen.page.get_by_test_id("stExpandSidebarButton").click()
        name = {"en": "Add", "ko": "추가"}[language]
        seen.page.get_by_role("link", name=name, exact=True).click()
        if seen.page.viewport_size["width"] < 641:
            seen.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        expect(seen.page.locator("textarea")).to_be_visible(timeout=SLOW)
        return seen

    yield open_one
    for one in visits:
        one.page.context.close()
        assert one.outside == []
        assert one.errors == []


def settled(page: Page) -> None:
    """Wait until the page is drawn: a click while it is being drawn may be lost."""
    page.wait_for_timeout(150)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(
        timeout=SLOW
    )


def click(target: Locator) -> None:
    """Click once the page is drawn."""
    settled(target.page)
    target.click()


def paste(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Text of the article").fill(text)
    click(page.get_by_role("button", name="Read the text"))
    expect(page.locator(".article")).to_be_visible(timeout=SLOW)


def card(page: Page, number: int):
    return page.locator(f".st-key-add-card-{number}")


def fill(page: Page, label: str, value: str) -> None:
    box = page.get_by_role("textbox", name=label)
    expect(box).to_have_count(1)  # while a page is redrawn the old field stands beside the new one
    box.fill(value)
    box.press("Tab")
    settled(page)


def test_an_article_is_pasted_corrected_saved_and_on_the_map(opened, saved: Store) -> None:
    seen = opened()
    page = seen.page
    paste(page, ARTICLE)
    marks = page.locator(".article mark")
    assert {"Hyesan", "Seoul", "Unsan", "Pyongyang"} <= set(marks.all_inner_texts())
    kinds = {one.inner_text(): one.get_attribute("class") for one in marks.all()}
    assert (kinds["Unsan"], kinds["Pyongyang"]) == ("m-filmed_at", "m-mentioned")
    school = page.locator('[class*="st-key-add-card-"]').filter(has_text="singing")
    expect(school).to_contain_text("for a person to decide")
    click(school.get_by_role("button", name="Edit, and show on the map"))
    expect(page.locator(".st-key-add-done")).to_be_visible(timeout=SLOW)
    drawn = seen.map_drawn()["symbols"]
    assert {one["name"] for one in drawn} == {"Unsan"}
    fill(page, "What is seen", "Children sing")
    fill(page, "Locality", "Musan")
    seen.until(lambda state: {s["name"] for s in state.get("symbols", ())} == {"Musan"})
    click(page.get_by_role("button", name="Done"))
    expect(page.locator(".st-key-add-save")).to_contain_text("Children sing — Musan")
    before = saved.head()[0]
    click(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text(re.compile(r"Saved \d entr"))).to_be_visible(timeout=SLOW)
    report = next(
        one for one in saved.reports().values() if one.title.startswith("Smuggled video offers a")
    )
    assert saved.head()[0] > before
    click(page.get_by_role("link", name="Show the entries of this report on the map"))
    state = seen.until(lambda state: state.get("ready") and state.get("shown", 9) < 9)
    assert "Musan" in {one["name"] for one in state["symbols"]}
    expect(page).to_have_url(re.compile(f"report={report.id}"))


def test_the_same_article_again_is_said_to_be_saved_and_saves_nothing(opened, saved: Store) -> None:
    page = opened().page
    text = released("Sunday")
    paste(page, text)
    click(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text(re.compile(r"Saved \d entr"))).to_be_visible(timeout=SLOW)
    before = saved.head()
    click(page.get_by_role("button", name="Another article"))
    paste(page, text)
    expect(page.get_by_text("This article is saved already")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    assert saved.head() == before


@pytest.mark.parametrize("how", ["pointer", "keyboard"])
def test_pointing_at_a_card_lights_its_sentence_up_without_a_rerun(opened, how: str) -> None:
    seen = opened()
    sent: list[str] = []
    seen.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("x")))
    paste(seen.page, released("Tuesday"))
    school = seen.page.locator('[class*="st-key-add-card-"]').filter(has_text="singing")
    number = re.search(r"st-key-add-card-(\d+)", school.get_attribute("class"))[1]
    sentence = seen.page.locator(f".article .e-{number}").first
    expect(sentence).to_contain_text("Another clip shows")
    seen.page.wait_for_timeout(1_500)
    sent.clear()
    plain = sentence.evaluate("node => getComputedStyle(node).backgroundColor")
    if how == "pointer":
        school.hover()
    else:
        school.get_by_role("button", name="Discard").focus()
    seen.page.wait_for_timeout(500)
    lit = sentence.evaluate("node => getComputedStyle(node).backgroundColor")
    assert lit != plain
    assert sent == []


def test_what_was_typed_survives_another_page_and_a_discarded_entry_comes_back(opened) -> None:
    page = opened().page
    paste(page, released("Wednesday"))
    fill(page, "Outlet", "The Paper")
    first = page.locator('[class*="st-key-add-card-"]').first
    number = len(page.locator('[class*="st-key-add-edit-"]').all())
    click(first.get_by_role("button", name="Discard"))
    expect(page.get_by_text("Discarded: 1")).to_be_visible(timeout=SLOW)
    click(page.get_by_role("link", name="Help"))
    expect(page.get_by_role("heading", name="Help")).to_be_visible(timeout=SLOW)
    click(page.get_by_role("link", name="Add", exact=True))
    expect(page.get_by_role("textbox", name="Outlet")).to_have_value("The Paper", timeout=SLOW)
    click(page.get_by_text("Discarded: 1"))
    click(page.get_by_role("button", name=re.compile("Bring back")))
    expect(page.locator('[class*="st-key-add-edit-"]')).to_have_count(number, timeout=SLOW)
    click(page.get_by_role("button", name="Undo the last change"))
    expect(page.get_by_text("Discarded: 1")).to_be_visible(timeout=SLOW)


def test_hostile_text_is_shown_letter_for_letter_and_saved_as_it_stands(
    opened, saved: Store, folder: Path
) -> None:
    seen = opened()
    page = seen.page
    paste(page, f"{HOSTILE}\n\nA video shows a market in Hyesan, {HOSTILE}.\n\n{HOSTILE}")
    expect(page.locator("#paragraph-2 p")).to_have_text(HOSTILE)
    click(page.get_by_role("button", name="Add an entry by hand"))
    expect(page.locator(".st-key-add-done")).to_be_visible(timeout=SLOW)
    for label in ("What is seen", "Locality", "Judged by", "Only mentioned"):
        fill(page, label, HOSTILE)
    fill(page, "Title of the report", HOSTILE)
    click(page.get_by_role("button", name="Done"))
    expect(page.locator(".st-key-add-save")).to_contain_text(HOSTILE)
    click(page.locator('[class*="st-key-add-discard-"]').last.get_by_role("button"))
    click(page.get_by_text("Discarded: 1"))
    click(page.get_by_role("button", name=re.compile("Bring back")))
    click(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text(re.compile(r"Saved \d entr"))).to_be_visible(timeout=SLOW)
    assert "1337" not in page.evaluate("document.body.innerText")
    assert "1337" not in (folder / "add.log").read_text()
    report = next(one for one in saved.reports().values() if one.title == HOSTILE)
    numbers = [f"{report.id}-{n}" for n in range(1, 9)]
    assert HOSTILE in {one.title for one in saved.entries(numbers).values()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_korean_page_stands_in_both_themes_and_sizes(opened, scheme: str, size) -> None:
    width, height = size
    seen = opened("ko", color_scheme=scheme, viewport={"width": width, "height": height})
    page = seen.page
    page.get_by_role("textbox", name="기사 본문").fill(released("Friday"))
    click(page.get_by_role("button", name="본문 읽기"))
    expect(page.locator(".article")).to_be_visible(timeout=SLOW)
    click(page.get_by_role("button", name="고치고 지도에서 보기").first)
    seen.map_drawn()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
