"""The reader's page as a person meets it, and what comes over the wire to it."""

import functools
import http.server
import json
import re
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import candidate, entry, located
from playwright.sync_api import Browser, Locator, Page, expect

from geo.entry import Report
from geo.store import open_store
from tests.chromium import Visit, app, visit, visits
from tests.wire import listen, unpacked

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
SECRET = "Zq7secret"
PROBED = "status of 404"
"""Streamlit looks for its server below the page's own path first, and the browser tells it."""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with app(folder / "cache", folder / "read.sqlite", folder / "read.log") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    def drawn(seen: Visit) -> None:
        expect(seen.page.locator("h1.sentence")).to_be_visible(timeout=30_000)

    with visits(browser, address, drawn, "/read", PROBED, **PHONE) as open_one:
        yield open_one


def test_the_first_thing_that_is_read_is_what_was_reported(opened) -> None:
    page = opened().page
    expect(page.locator(".summary").first).to_have_text(
        "9 entries from 2 reports; 7 in Pyongyang, 2 possibly in Chongjin or Rajin, or elsewhere;"
        " none verified."
    )
    expect(page.locator(".summary").last).to_have_text("None says when it was filmed.")
    expect(page.locator(".reader-card")).to_have_count(9)


def test_a_region_is_chosen_by_touch_and_stands_in_the_address(opened) -> None:
    seen = opened()
    seen.map_drawn()
    seen.page.locator(".st-key-read-finer").get_by_role("button", name=re.compile("Rason")).tap()
    expect(seen.page.locator("h1.sentence")).to_have_text("Rason")
    expect(seen.page).to_have_url(re.compile("region=KP-13"))
    expect(seen.page.locator(".summary").first).to_contain_text("all possibly in Chongjin or Rajin")
    expect(seen.page.locator(".reader-card")).to_have_count(2)
    seen.until(lambda state: state["shown"] == 2 and state["zoom"] > 6)
    seen.page.reload()
    expect(seen.page.locator("h1.sentence")).to_have_text("Rason", timeout=20_000)


def test_the_map_goes_to_the_region_without_being_made_anew(opened) -> None:
    seen = opened()
    seen.map_drawn()
    frame = next(f for f in seen.page.frames if "streamlit_folium" in f.url)
    frame.evaluate("window.mark = 'the same frame'")
    seen.page.locator(".st-key-read-finer").get_by_role("button", name=re.compile("Rason")).tap()
    seen.until(lambda state: state["shown"] == 2 and state["zoom"] > 6)
    assert frame.evaluate("window.mark") == "the same frame"


def test_another_region_is_chosen_in_the_sheet(opened) -> None:
    page = opened("/read?region=KP-13").page
    page.get_by_role("button", name="Other regions").tap()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name=re.compile("Rason"))).to_be_disabled(timeout=15_000)
    box = sheet.bounding_box()
    assert box["y"] + box["height"] == pytest.approx(740, abs=2)
    sheet.get_by_role("button", name=re.compile("Pyongyang")).tap()
    expect(page.locator("h1.sentence")).to_have_text("Pyongyang", timeout=15_000)
    expect(sheet).to_have_count(0)
    page.get_by_role("button", name="Other regions").tap()
    sheet.get_by_role("button", name="All regions").tap()
    expect(page.locator("h1.sentence")).to_have_text("All regions", timeout=15_000)
    expect(page).not_to_have_url(re.compile("region"))


def test_a_tap_on_a_place_shows_the_cards_of_its_entries(opened) -> None:
    seen = opened(viewport={"width": 390, "height": 844})
    settle(seen)
    seen.click_symbol("Pyongyang")
    expect(seen.page.locator(".st-key-read-place")).to_contain_text(
        "7 entries at this place", timeout=15_000
    )
    expect(seen.page.locator(".reader-card")).to_have_count(7)
    seen.page.get_by_role("button", name="Show all 9").tap()
    expect(seen.page.locator(".reader-card")).to_have_count(9, timeout=15_000)


def settle(seen: Visit) -> None:
    """Wait until the map has stood still for a second."""
    before = seen.map_drawn()
    for _ in range(20):
        seen.page.wait_for_timeout(1_000)
        now = seen.state()
        if now["symbols"] == before["symbols"] and now["draws"] == before["draws"]:
            return
        before = now
    raise AssertionError("the map does not come to rest")


def test_moving_the_map_asks_nobody(opened) -> None:
    seen = opened()
    sent: list[str] = []
    seen.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("x")))
    seen.page.reload()
    seen.map_drawn()
    seen.page.wait_for_timeout(2_000)
    sent.clear()
    box = seen.page.locator("iframe").first.bounding_box()
    seen.page.mouse.move(box["x"] + 100, box["y"] + 100)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + 160, box["y"] + 120, steps=5)
    seen.page.mouse.up()
    seen.page.wait_for_timeout(1_000)
    assert sent == []


def test_a_card_opens_in_place_and_says_what_the_report_leaves_open(opened) -> None:
    page = opened("/read?region=KP-13").page
    card = page.locator(".reader-card").first
    claim = card.get_by_text("One of these places, or another: Chongjin 청진, Rajin 라진")
    expect(claim).to_be_hidden()
    card.locator("summary").tap()
    expect(claim).to_be_visible()
    expect(card).to_contain_text("“Chongjin”; “Rajin”")
    expect(card).to_contain_text("published by a report, confirmed by nobody")
    expect(card).not_to_contain_text("could not be independently verified")  # the analysts' note


def test_a_card_opens_by_the_keyboard(opened) -> None:
    page = opened("/read?region=KP-13").page
    summary = page.locator(".reader-card summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reader-card details[open]")).to_have_count(1)


def test_sharing_copies_the_address_of_the_view_without_the_frame(opened) -> None:
    page = opened("/read?region=KP-13&embed=1").page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Share this view").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/read\?region=KP-13", copied)


def test_where_nothing_can_be_copied_the_address_stands_in_a_field(opened) -> None:
    page = opened("/read?region=KP-13").page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Share this view").click()
    expect(page.get_by_role("textbox", name="Copy this address")).to_have_value(
        re.compile(r"/read\?region=KP-13$")
    )


def test_a_phone_shares_in_its_own_way_with_the_summary(opened) -> None:
    page = opened("/read?region=KP-13", is_mobile=True).page
    page.evaluate("navigator.share = async (what) => { window.shared = what; }")
    page.get_by_role("button", name="Share this view").tap()
    page.wait_for_function("window.shared")
    shared = page.evaluate("window.shared")
    assert shared["title"] == "Glimpse: Rason"
    assert shared["text"].startswith("2 entries from 1 report; all possibly in Chongjin or Rajin")
    assert shared["url"].endswith("/read?region=KP-13")


def sized(controls: Locator) -> list[tuple[str, float, float]]:
    boxes = [(one.inner_text(), one.bounding_box()) for one in controls.all() if one.is_visible()]
    return [(text, box["width"], box["height"]) for text, box in boxes]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_too_wide_or_too_small_for_a_thumb(opened, language: str, scheme: str) -> None:
    seen = opened(f"/read?lang={language}", color_scheme=scheme)
    page = seen.page
    expect(page.locator(".st-key-read-bar button").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    controls = sized(page.locator(".st-key-read button, .st-key-read summary, .st-key-read a"))
    assert len(controls) > 10
    assert [one for one in controls if one[1] < 44 or one[2] < 44] == []
    acts = page.locator(".st-key-read-bar button").all()
    assert [act for act in acts if act.bounding_box()["y"] < 740 / 2] == []


def test_the_korean_page_is_korean(opened) -> None:
    page = opened("/read?lang=ko").page
    expect(page.locator(".summary").first).to_contain_text("평양 7건, 청진 또는 라진")
    expect(page.locator(".reader-card").last).to_contain_text("이곳일 수 있음: 언급된 2곳 중 하나")


def test_a_region_with_nothing_says_so_and_names_the_nearest(opened) -> None:
    page = opened("/read?region=KP-10").page
    expect(page.locator(".summary")).to_have_text("Nothing was reported as filmed here.")
    near = page.locator(".st-key-read-near button")
    expect(near).to_have_count(3, timeout=15_000)
    assert "North Hamgyong" in near.first.inner_text()
    expect(page.locator(".reader-card")).to_have_count(0)


def test_what_else_the_address_asks_for_is_said_and_can_be_lifted(opened) -> None:
    page = opened("/read?region=KP-01&category=military").page
    expect(page.get_by_text("Only: showing military")).to_be_visible()
    expect(page.locator(".reader-card")).to_have_count(1)
    page.get_by_role("button", name="Show everything").tap()
    expect(page.locator(".reader-card")).to_have_count(7, timeout=15_000)
    expect(page).to_have_url(re.compile("region=KP-01$"))


def test_words_that_are_searched_for_are_lifted_too(opened) -> None:
    page = opened("/read?text=karaoke").page
    expect(page.locator(".reader-card")).to_have_count(1)
    page.get_by_role("button", name="Show everything").tap()
    expect(page.locator(".reader-card")).to_have_count(9, timeout=15_000)
    expect(page).to_have_url(re.compile("/read$"))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def elsewhere(address: str, tmp_path: Path) -> Iterator[str]:
    """Serve another site's page with the README's frame in it."""
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    frame = re.search(r"<iframe [^>]+></iframe>", readme)
    assert frame is not None
    snippet = frame[0].replace("http://127.0.0.1:8501", address)
    (tmp_path / "index.html").write_text(f"<!doctype html><h1>An article</h1>{snippet}")
    serve = functools.partial(Quiet, directory=tmp_path)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"  # another site than 127.0.0.1
    server.shutdown()


def test_another_sites_page_shows_a_region_in_a_frame(browser: Browser, elsewhere: str) -> None:
    seen = visit(browser, elsewhere)
    frame = seen.page.frame_locator("iframe").first
    expect(frame.locator("h1.sentence")).to_have_text("Rason", timeout=30_000)
    expect(frame.locator(".reader-card")).to_have_count(2)
    assert seen.map_drawn()["shown"] == 2
    expect(frame.locator('[data-testid="stHeader"]')).to_be_hidden()
    expect(frame.locator(".st-key-language-switch")).to_have_count(0)
    for link in frame.locator(".st-key-read a").all():
        assert link.get_attribute("target") == "_blank"
    with seen.page.context.expect_page() as alone:
        frame.get_by_role("link", name="Open in Glimpse").click()
    expect(alone.value.locator("h1.sentence")).to_have_text("Rason", timeout=30_000)
    expect(alone.value.locator(".st-key-language-switch")).to_be_visible()
    frame.get_by_role("button", name="Other regions").click()
    frame.get_by_role("dialog").get_by_role("button", name=re.compile("Pyongyang")).click()
    expect(frame.locator("h1.sentence")).to_have_text("Pyongyang", timeout=15_000)
    expect(frame.locator('[data-testid="stHeader"]')).to_be_hidden()
    seen.page.context.close()
    assert seen.outside == []


@pytest.fixture
def guarded(folder: Path) -> Path:
    """Return a store in which all that a reader may not see bears the same mark."""
    path = folder / "guarded.sqlite"
    store = open_store(f"sqlite:///{path}")
    shown = candidate("t:p", name="Pyongyang", native="평양", admin1="KP-01")
    hidden = candidate("t:h", name=f"{SECRET} place", lat=42.3, lon=129.8, admin1="KP-09")
    words = {"title": f"{SECRET} title", "description": f"{SECRET} words", "tags": (SECRET,)}
    marked = located(hidden, locality=f"{SECRET} locality")
    place = located(shown)
    decision = place.decision.model_copy(update={"reason": f"{SECRET} reason"})
    place = place.model_copy(update={"candidates": (shown, hidden), "decision": decision})
    store.save(
        [
            entry(
                "SEEN", place, title="A street", extra={"column": f"{SECRET} extra"},
                verification={"level": "reported", "note": f"{SECRET} note", "by": f"{SECRET} by"},
                sensitivity=(f"{SECRET} mark",), reports=[{"report": "R"}],
            ),
            entry("DRAFT", marked, visibility="draft", reports=[{"report": "S"}], **words),
            entry("HELD", marked, visibility="withheld", reports=[{"report": "S"}], **words),
            Report(id="R", title="A report"), Report(id="S", title=f"{SECRET} report"),
        ],
        "test", "made up", once="shipped",
    )  # fmt: skip
    store.engine.dispose()
    return path


def test_what_a_reader_may_not_see_never_reaches_the_browser(
    browser: Browser, folder: Path, guarded: Path
) -> None:
    with app(folder / "cache", guarded, folder / "guarded.log") as running:
        seen = visit(browser, "about:blank", **PHONE)
        wire = listen(seen.page)
        asked = ("", "?visibility=draft", "?region=KP-09", "?report=S", "?entry=DRAFT&embed=1")
        for query in asked:
            seen.page.goto(f"{running}/read{query}")
            expect(seen.page.locator(".summary").first).to_be_visible(timeout=30_000)
            seen.map_drawn()
            wire.keep()
        seen.page.goto(f"{running}/read")
        seen.map_drawn()
        seen.page.locator(".reader-card summary").tap()
        seen.page.get_by_role("button", name="Other regions").tap()
        seen.page.get_by_role("dialog").get_by_role("button").first.wait_for()
        came = wire.everything()
        points = [body for url, body in wire.bodies.items() if "/media/" in url]
        analysts = listen(seen.page)
        seen.page.goto(f"{running}/?entry=DRAFT")
        seen.map_drawn()
        assert SECRET.encode() in analysts.everything()  # the mark would be found
        seen.page.context.close()
    assert b"A street" in came
    assert SECRET.encode() not in came
    assert points
    for header in map(header_of, points):
        assert (header["names"], header["entries"], header["rows"]) == (["Pyongyang"], 1, 1)


def header_of(points: bytes) -> dict[str, object]:
    plain = unpacked(points)[1]
    (length,) = struct.unpack_from("<I", plain)
    return json.loads(plain[4 : 4 + length])


def test_a_page_of_links_shows_where_they_lead_and_asks_nobody(
    browser: Browser, folder: Path
) -> None:
    path = folder / "links.sqlite"
    store = open_store(f"sqlite:///{path}")
    report = Report(id="R", title="A report", outlet="Paper", url="https://paper.example/a")
    video = {"kind": "video", "url": "https://video.example/watch?v=1", "graphic": True}
    place = located(candidate(name="Pyongyang"))
    shown = entry("A", place, evidence=[video], reports=[{"report": "R", "paragraph": "3"}])
    many = [entry(f"B{n}", located(candidate(name="Pyongyang"))) for n in range(25)]
    store.save([shown, *many, report], "test", "made up", once="shipped")
    store.engine.dispose()
    with app(folder / "cache", path, folder / "links.log") as running:
        seen = visit(browser, f"{running}/read", **PHONE)
        card = seen.page.locator(".reader-card").first
        link = card.get_by_role("link", name="A report ↗")
        expect(link).to_have_attribute("href", "https://paper.example/a", timeout=30_000)
        expect(link).to_have_attribute("rel", re.compile("noopener noreferrer"))
        expect(card.locator(".from")).to_have_text("Report: A report ↗ · Paper · paragraph 3")
        card.locator("summary").tap()
        expect(card.get_by_role("link", name="Video: video.example ↗")).to_be_visible()
        expect(card).to_contain_text("graphic content")
        more(seen.page, 10, 20)
        expect(seen.page).to_have_url(re.compile("page=2"))
        assert card.locator("details").get_attribute("open") is not None  # it is left open
        more(seen.page, 20, 26)
        seen.page.context.close()
    assert seen.outside == []


def more(page: Page, before: int, after: int) -> None:
    expect(page.locator(".reader-card")).to_have_count(before)
    page.get_by_role("button", name=re.compile("Show more")).tap()
    expect(page.locator(".reader-card")).to_have_count(after, timeout=15_000)
