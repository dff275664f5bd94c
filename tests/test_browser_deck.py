"""The presented briefing in Chromium, from a file and with the network off."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from conftest import HOSTILE, candidate, entry, located
from playwright.sync_api import Browser, Page, expect

from geo import assets
from geo.briefing.page import write_html
from geo.briefing.payload import payload
from geo.geocode import offline
from geo.i18n import LANGUAGES
from geo.intake import fill_if_new
from geo.points import message
from geo.steps import Beside, Briefing, View
from geo.store import open_store
from tests import decks
from tests.chromium import visit
from tests.test_browser_axe import RULES

pytestmark = pytest.mark.browser

STEPS = ("cover", "both", "one-city", "whole-video", "one-of", "rason", "when", "gaps", "sources")
WIDE, PHONE = {"width": 1920, "height": 1080}, {"width": 390, "height": 844}
FLIGHT_MS = 1_500


class Shown:
    """A briefing that is being presented, with everything that must not happen to it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", lambda m: self.wrong.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda one: None if one.url.startswith(("file:", "data:", "blob:"))
                else self.wrong.append(one.url))  # fmt: skip
        page.on("requestfailed", lambda one: self.wrong.append(f"failed: {one.url[:80]}"))
        page.on("dialog", lambda dialog: self.wrong.append("dialog") or dialog.dismiss())

    def state(self) -> dict[str, Any]:
        return self.page.evaluate("window.Glimpse?.deck?.state ? Glimpse.deck.state() : {}")

    def drawn(self) -> dict[str, Any]:
        return self.page.evaluate("window.glimpse ? window.glimpse.state() : {}")

    def until(self, met: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Wait until the deck's state meets a condition and return it."""
        for _ in range(200):
            if (state := self.state()) and met(state):
                return state
            self.page.wait_for_timeout(50)
        raise AssertionError(f"the deck did not come so far: {state}; {self.wrong}")

    def press(self, *keys: str) -> str:
        """Press keys and return the step that is shown then."""
        for key in keys:
            self.page.keyboard.press(key)
        return self.state()["step"]

    def landed(self) -> tuple[float, float, float]:
        """Wait until the map stands and return where: latitude, longitude, zoom."""
        self.page.wait_for_timeout(100)
        state = self.until(lambda one: one["landed"])
        return state["centre"]["lat"], state["centre"]["lng"], state["zoom"]

    def scale(self) -> float:
        box = self.page.locator(".deck-map")
        return float(box.evaluate("box => getComputedStyle(box).getPropertyValue('--scale')"))

    def click_symbol(self, name: str) -> None:
        box, scale = self.page.locator(".deck-map").bounding_box(), self.scale()
        symbol = next(one for one in self.drawn()["symbols"] if one["name"] == name)
        assert box is not None
        self.page.mouse.click(box["x"] + symbol["x"] * scale, box["y"] + symbol["y"] * scale)

    def pan(self) -> None:
        """Drag the map far away, as a presenter does who was asked something."""
        box = self.page.locator(".deck-map").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x - 120, y + 60, steps=4)
        self.page.mouse.move(x - 300, y + 150, steps=4)
        self.page.mouse.up()
        self.page.wait_for_timeout(400)


Open = Callable[..., Shown]


@pytest.fixture(scope="module")
def files(tmp_path_factory, gazetteer, folder) -> dict[str, Path]:
    """Return the files: the shipped briefing in both languages, a hostile one, one of dates."""
    out = tmp_path_factory.mktemp("decks")
    nine = open_store(f"sqlite:///{out / 'nine.sqlite'}")
    fill_if_new(nine, offline(gazetteer))
    told = {
        f"nine-{one}": decks.told(nine, gazetteer, out, decks.shipped(), one) for one in LANGUAGES
    }
    shipped = told["nine-en"]
    pictured = replace(shipped.screens[2], exhibit=decks.still(), beside=Beside.NOTHING, rows=())
    told["pictured"] = replace(shipped, screens=(shipped.screens[0], pictured))
    told["hostile"] = decks.told(nine, gazetteer, out, decks.hostile())
    dated = open_store(f"sqlite:///{out / 'dated.sqlite'}")
    decks.save(dated, *_dated())
    told["dated"] = decks.told(dated, gazetteer, out, _of_dates())
    for name, deck in told.items():
        write_html(out / f"{name}.html", deck)
    nine.engine.dispose()
    dated.engine.dispose()
    return {name: out / f"{name}.html" for name in told}


def _dated() -> list[Any]:
    north = located(candidate("t:1", name="North", lat=41.0, lon=129.0))
    south = located(candidate("t:2", name="South", lat=38.0, lon=125.5))
    return [
        entry("D1", north, recorded="2013"), entry("D2", north, recorded="2013-05-17"),
        entry("D3", south, recorded="2016"), entry("D4", south),
        entry("D5", south, title=HOSTILE[3], recorded="2018"),
    ]  # fmt: skip


def _of_dates() -> Briefing:
    return decks.briefing(
        {"id": "all", "headline": "All", "beside": Beside.TIMELINE},
        {"id": "own-view", "headline": "Own view", "view": View(lat=41, lon=129, zoom=7)},
        {"id": "fitted", "headline": "Fitted"},
        {"id": "empty", "headline": "Nothing", "filters": "text=nowhere"},
    )


@pytest.fixture
def show(browser: Browser, files: dict[str, Path]) -> Iterator[Open]:
    """Return what presents a file; at the end nothing failed and nobody was asked."""
    opened: list[Shown] = []

    def open_one(name: str = "nine-en", hash: str = "", **options: Any) -> Shown:  # noqa: A002
        context = browser.new_context(**({"viewport": WIDE, "offline": True} | options))
        shown = Shown(context.new_page())
        opened.append(shown)
        shown.page.goto(files[name].as_uri() + hash)
        shown.until(lambda one: one)
        for _ in range(200):
            if shown.drawn().get("basemap"):
                break
            shown.page.wait_for_timeout(50)
        return shown

    yield open_one
    for one in opened:
        one.page.context.close()
        assert one.wrong == []


# ---- Steps and keys -------------------------------------------------------------------------


def test_every_key_that_goes_on_goes_on_and_every_key_back_goes_back(show: Open) -> None:
    shown = show()
    assert shown.state()["step"] == "cover"
    for key, step in zip(("ArrowRight", "Space", "PageDown"), STEPS[1:], strict=False):
        assert shown.press(key) == step
    assert shown.press("ArrowLeft") == STEPS[2]
    assert shown.press("PageUp") == STEPS[1]
    assert shown.press("End") == "sources"
    assert shown.press("PageDown") == "sources"
    assert shown.press("Home") == "cover"
    assert shown.press("ArrowLeft") == "cover"
    assert shown.press("5", "Enter") == STEPS[4]
    assert shown.press("4", "2", "Enter") == "sources"


def test_b_and_the_dot_make_the_screen_black_and_bring_it_back(show: Open) -> None:
    shown = show()
    black = shown.page.locator(".deck-black")
    for key in ("b", "."):
        shown.press(key)
        expect(black).to_be_visible()
        assert black.bounding_box() == {"x": 0, "y": 0, **WIDE}
        shown.press(key)
        expect(black).to_be_hidden()
    shown.press("B")
    shown.press("Escape")
    expect(black).to_be_hidden()
    shown.press("b")
    assert shown.press("ArrowRight") == STEPS[1]
    expect(black).to_be_hidden()


def test_no_notes_are_opened_behind_a_black_screen(show: Open) -> None:
    shown = show()
    shown.press("PageDown", "b", "n", "b")
    assert not shown.page.locator(".deck-notes").is_visible()


def test_n_shows_the_notes_of_each_step_and_escape_takes_them_away(show: Open) -> None:
    shown = show()
    shown.press("ArrowRight", "n")
    notes = shown.page.get_by_role("dialog", name="Speaker notes")
    expect(notes).to_contain_text("Start with the whole map.")
    shown.press("ArrowRight")
    expect(notes).to_contain_text("The report calls for independent verification")
    shown.press("Escape")
    expect(notes).to_be_hidden()
    assert shown.state()["step"] == STEPS[2]


def test_the_question_mark_lists_the_keys(show: Open) -> None:
    shown = show()
    shown.press("?")
    keys = shown.page.get_by_role("dialog", name="Keys")
    for key in ("Page Down", "Page Up", "Home", "End", "B", "N", "P", "F", "?", "Esc"):
        expect(keys.get_by_text(key, exact=True).first).to_be_visible()
    shown.press("?")
    expect(keys).to_be_hidden()


def test_letters_of_a_korean_keyboard_are_the_same_keys(show: Open) -> None:
    shown = show("nine-ko")
    send = "window.dispatchEvent(new KeyboardEvent('keydown', {key: 'ㅜ', code: 'KeyN'}))"
    shown.page.evaluate(send)
    assert shown.state()["panel"] == "notes"


def test_f_asks_for_the_full_screen_and_t_changes_the_theme(show: Open) -> None:
    shown = show()
    shown.press("f")
    shown.page.wait_for_timeout(300)
    assert shown.page.evaluate("!!document.fullscreenElement")
    shown.press("f")
    shown.page.wait_for_timeout(300)
    assert not shown.page.evaluate("!!document.fullscreenElement")
    shown.press("t")
    assert shown.state()["theme"] == "dark"


def test_the_keys_go_on_after_the_map_or_a_button_was_clicked(show: Open) -> None:
    shown = show()
    shown.page.locator("[data-act='next']").click()
    assert shown.press("Space") == STEPS[2]
    shown.landed()
    shown.pan()
    assert shown.press("ArrowRight") == STEPS[3]
    assert shown.press("n") == STEPS[3]
    assert shown.state()["panel"] == "notes"


def test_a_key_with_ctrl_or_alt_belongs_to_the_browser(show: Open) -> None:
    shown = show()
    assert shown.press("Control+b", "Alt+ArrowRight") == "cover"
    assert not shown.state()["black"]


# ---- The address ----------------------------------------------------------------------------


def test_the_step_stands_in_the_address_and_the_address_opens_the_step(show: Open) -> None:
    shown = show()
    shown.press("PageDown", "PageDown")
    assert shown.page.url.endswith("#step=one-city")
    assert show(hash="#step=rason").state()["step"] == "rason"
    assert show(hash="#step=no-such-step").state()["step"] == "cover"
    shown.page.evaluate("location.hash = '#step=when'")
    shown.until(lambda one: one["step"] == "when")


# ---- The map --------------------------------------------------------------------------------


def test_a_step_shows_as_many_entries_as_its_filters_let_through(show: Open) -> None:
    shown = show()
    found = {}
    for _ in STEPS[1:-2]:
        step = shown.press("PageDown")
        found[step] = (shown.state()["shown"], shown.drawn()["shown"],
                       shown.page.locator(".deck-counts").first.text_content())  # fmt: skip
    assert {step: counts[:2] for step, counts in found.items()} == {
        "both": (9, 9), "one-city": (7, 7), "whole-video": (7, 7), "one-of": (2, 2),
        "rason": (2, 2), "when": (9, 9),
    }  # fmt: skip
    for shown_now, _, said in found.values():
        assert said.startswith(f"{shown_now} of 9 entries")


def within_a_pixel(view: tuple[float, float, float]) -> Any:
    """Return what equals a view but for a pixel of the map: Leaflet keeps centres on pixels."""
    return pytest.approx(view, abs=360 / 256 / 2 ** view[2])


def test_every_step_stands_right_after_the_map_was_panned_away(show: Open) -> None:
    shown = show("dated")
    views = {}
    for _ in range(4):
        step = shown.press("PageDown")
        views[step] = shown.landed()
    assert views["own-view"] == within_a_pixel((41, 129, 7))
    for key, step in (("PageUp", "fitted"), ("PageUp", "own-view"), ("PageUp", "all"),
                      ("PageDown", "own-view"), ("PageDown", "fitted")):  # fmt: skip
        shown.pan()
        assert shown.landed() != within_a_pixel(views[shown.state()["step"]])
        assert shown.press(key) == step
        assert shown.landed() == within_a_pixel(views[step]), step
    seen = {one["name"] for one in shown.drawn()["symbols"]}
    assert seen == {"North", "South"}


def test_keys_in_quick_succession_end_at_the_last_steps_view(show: Open) -> None:
    shown = show("dated")
    shown.press("PageDown")
    views = {"all": shown.landed()}
    shown.press("PageDown")
    shown.page.wait_for_timeout(150)
    shown.press("PageDown")
    shown.page.wait_for_timeout(100)
    shown.press("PageUp")
    assert shown.landed() == within_a_pixel((41, 129, 7))
    shown.press("PageDown", "PageDown", "PageUp", "PageUp", "PageUp")
    assert shown.state()["step"] == "all"
    assert shown.landed() == within_a_pixel(views["all"])


def test_the_map_flies_and_stands_at_once_for_who_wants_no_motion(show: Open) -> None:
    flying, still = show("dated"), show("dated", reduced_motion="reduce")
    for shown in (flying, still):
        shown.press("PageDown")
        shown.landed()
    assert still.press("PageDown") == "own-view"
    assert still.state()["landed"]
    flying.press("PageDown")
    assert not flying.state()["landed"]
    flying.page.wait_for_timeout(FLIGHT_MS)
    assert flying.state()["landed"]
    assert flying.state()["zoom"] == still.state()["zoom"] == 7


def test_the_view_is_right_again_after_the_window_has_changed(show: Open) -> None:
    shown = show("dated")
    shown.press("PageDown", "PageDown", "PageDown")
    shown.landed()
    shown.page.set_viewport_size({"width": 1000, "height": 700})
    shown.page.wait_for_timeout(500)
    assert {one["name"] for one in shown.drawn()["symbols"]} == {"North", "South"}
    shown.press("PageUp")
    assert shown.landed() == pytest.approx((41, 129, 7), abs=0.01)


def test_a_click_on_a_symbol_lists_its_entries_with_what_is_known_of_them(show: Open) -> None:
    shown = show()
    shown.press("PageDown", "PageDown")
    shown.landed()
    shown.click_symbol("Pyongyang")
    panel = shown.page.get_by_role("dialog", name="Pyongyang")
    expect(panel.locator("li")).to_have_count(7)
    expect(panel).to_contain_text("Military cadets march through public squares")
    expect(panel).to_contain_text("not assessed · date unknown")
    shown.press("Escape")
    expect(panel).to_be_hidden()


def test_chosen_entries_are_ringed(show: Open) -> None:
    shown = show()
    shown.press("PageDown", "PageDown", "PageDown")
    shown.landed()
    assert [one["hot"] for one in shown.drawn()["symbols"]] == [True]


def test_a_picture_stands_beside_its_step_whole_and_with_its_words(show: Open) -> None:
    shown = show("pictured")
    shown.press("PageDown")
    shown.page.wait_for_timeout(300)
    image = shown.page.get_by_role("img", name="A still of the video")
    assert image.evaluate("one => one.complete && one.naturalWidth") == 640
    caption = shown.page.locator("figcaption")
    expect(caption).to_have_text("A still of the video · Credit: Somebody")
    box, foot = caption.bounding_box(), shown.page.locator(".deck-foot").bounding_box()
    assert box["y"] + box["height"] <= foot["y"]


# ---- The timeline ---------------------------------------------------------------------------


def test_a_bar_limits_the_map_to_its_time_and_lifts_it_again(show: Open) -> None:
    shown = show("dated")
    shown.press("PageDown")
    shown.landed()
    bar = shown.page.get_by_role("button", name=re.compile("^2013: "))
    bar.click()
    expect(shown.page.locator(".deck-said")).to_have_text("Of these, 2 in 2013")
    assert shown.drawn()["shown"] == 2
    bar.click()
    assert shown.drawn()["shown"] == 5
    shown.page.get_by_role("button", name="Date unknown").click()
    expect(shown.page.locator(".deck-said")).to_have_text("Of these, 1 with an unknown date")
    shown.press("Escape")
    assert shown.drawn()["shown"] == 5
    bar.focus()
    shown.press("ArrowRight", "Enter")
    assert shown.drawn()["shown"] == 1
    assert shown.press("PageDown") == "own-view"
    assert shown.drawn()["shown"] == 5


def test_where_no_entry_has_a_date_the_timeline_says_so(show: Open) -> None:
    shown = show(hash="#step=when")
    expect(shown.page.locator(".deck-time")).to_contain_text("No entry carries a date.")
    expect(shown.page.get_by_role("button", name="Date unknown")).to_contain_text("9")


# ---- The presenter's window -----------------------------------------------------------------


def test_the_presenters_window_follows_and_steers(show: Open) -> None:
    shown = show()
    with shown.page.context.expect_page() as opened:
        shown.press("p")
    own = opened.value
    expect(own.locator("h1")).to_have_text("What two reports show, and where")
    expect(own.locator(".deck-own-place")).to_have_text("Step 1 of 9")
    expect(own.locator(".deck-own-upcoming")).to_contain_text("Two reports, two very different")
    expect(own.locator(".deck-own-elapsed")).to_have_text("00:00")
    shown.press("PageDown")
    expect(own.locator(".deck-own-notes")).to_contain_text("Start with the whole map.")
    own.keyboard.press("PageDown")
    shown.until(lambda one: one["step"] == "one-city")
    own.get_by_role("button", name="Next").click()
    shown.until(lambda one: one["step"] == "whole-video")
    expect(own.locator(".deck-own-elapsed")).not_to_have_text("00:00", timeout=5_000)
    own.get_by_role("button", name="Pause").click()
    own.get_by_role("button", name="Set to zero").click()
    expect(own.locator(".deck-own-elapsed")).to_have_text("00:00")
    own.keyboard.press("b")
    assert shown.until(lambda one: one["black"])
    own.keyboard.press("End")
    expect(own.locator(".deck-own-upcoming")).to_have_text("This is the last one.")
    size = own.locator(".deck-own-notes").evaluate(
        "box => parseFloat(getComputedStyle(box).fontSize)"
    )
    assert size >= 24
    shown.page.close()
    own.wait_for_event("close") if not own.is_closed() else None


def test_a_browser_that_refuses_the_window_is_told_how_to_allow_it(show: Open) -> None:
    shown = show()
    shown.page.evaluate("window.open = () => null")
    shown.press("p")
    expect(shown.page.get_by_role("status").filter(has_text="Allow pop-ups")).to_be_visible()


# ---- Fingers --------------------------------------------------------------------------------


def swipe(shown: Shown, selector: str, by: int) -> None:
    """Move a finger sideways over an element."""
    box = shown.page.locator(selector).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = shown.page.context.new_cdp_session(shown.page)

    def send(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", x, y)
    for part in range(1, 6):
        send("touchMove", x + by * part / 5, y + part)
    send("touchEnd")
    shown.page.wait_for_timeout(200)


def test_a_swipe_over_the_text_goes_on_and_back_and_over_the_map_it_pans(show: Open) -> None:
    shown = show(viewport=PHONE, has_touch=True)
    swipe(shown, ".deck-words", -150)
    assert shown.state()["step"] == "both"
    swipe(shown, ".deck-words", -150)
    assert shown.state()["step"] == "one-city"
    swipe(shown, ".deck-words", 150)
    assert shown.state()["step"] == "both"
    before = shown.landed()
    swipe(shown, ".deck-map", -100)
    assert shown.state()["step"] == "both"
    assert shown.landed() != before


@pytest.mark.parametrize("size", [PHONE, {"width": 1180, "height": 820}])
def test_on_a_touch_screen_every_step_is_shown_with_its_map(show: Open, size: Any) -> None:
    shown = show(viewport=size, has_touch=True, is_mobile=True)
    views = set()
    for step in STEPS[1:]:
        shown.page.locator("[data-act='next']").tap()
        assert shown.until(lambda one, step=step: one["step"] == step and one["landed"])
        views.add(shown.landed())
        assert re.search(
            rf"{STEPS.index(step) + 1}\s*/\s*9", shown.page.locator(".deck-foot").inner_text()
        )
    assert len(views) > 2


def test_on_a_phone_nothing_hangs_out_at_the_side_and_the_buttons_are_large(show: Open) -> None:
    shown = show(viewport=PHONE, has_touch=True)
    for step in STEPS:
        assert shown.state()["step"] == step
        wide = "['html', '.deck-words'].map((one) => document.querySelector(one).scrollWidth)"
        assert max(shown.page.evaluate(wide)) <= PHONE["width"], step
        box = shown.page.locator("[data-act='next']").bounding_box()
        assert box["width"] >= 44
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= PHONE["height"]
        shown.press("PageDown")


# ---- Readable, and read aloud ---------------------------------------------------------------

SMALL = """() => [...document.querySelectorAll(
    '.deck-words *, .deck-strip *, .deck-time *, .deck-foot *')]
  .filter((node) => node.checkVisibility() && !node.closest('.deck-unseen, svg')
    && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
  .map((node) => [parseFloat(getComputedStyle(node).fontSize), node.className, node.textContent])
  .filter(([size, , ]) => size < 24 && size > 0)"""


def test_no_text_is_smaller_than_24_pixels_on_a_full_hd_screen(show: Open) -> None:
    shown = show()
    for step in STEPS:
        assert shown.page.evaluate(SMALL) == [], step
        shown.press("PageDown")
    assert 11 * shown.scale() >= 24  # counts, legend, scale and credits on the map have 11 px


def test_each_step_is_announced_and_its_map_told_in_words(show: Open) -> None:
    shown = show()
    shown.press("PageDown")
    live = shown.page.locator("[aria-live='polite'].deck-unseen").last
    expect(live).to_contain_text("Step 2 of 9: Two reports, two very different kinds of “where”")
    places = shown.page.locator(".deck-words section li")
    city = "somewhere in this city"
    assert places.all_text_contents() == [
        f"Pyongyang 평양7 certain{city}", f"Rajin 라진2 possible{city}",
        f"Chongjin 청진2 possible{city}",
    ]  # fmt: skip
    expect(shown.page.get_by_role("application")).to_have_attribute(
        "aria-label", re.compile("^Map: Two reports"))  # fmt: skip
    shown.page.get_by_role("button", name="Places on this map").click()
    panel = shown.page.get_by_role("dialog", name="Places on this map")
    expect(panel).to_contain_text("Pyongyang 평양")
    expect(panel).to_contain_text("visibility=published")


def test_the_foot_says_time_and_profile_and_the_last_step_the_mark(show: Open) -> None:
    shown = show()
    for _ in STEPS:
        foot = shown.page.locator(".deck-foot")
        expect(foot).to_contain_text("Data as of 26 Nov 2026, 03:30 UTC")
        expect(foot).to_contain_text("Published entries only")
        shown.press("PageDown")
    expect(shown.page.locator(".deck-source")).to_contain_text(re.compile("[0-9a-f]{64}"))
    expect(shown.page.locator(".deck-source")).to_contain_text("computed again here")


def test_data_that_was_changed_after_it_was_handed_over_is_told(
    show: Open, files: dict[str, Path], tmp_path: Path
) -> None:
    text = files["nine-en"].read_text(encoding="utf-8")
    changed = tmp_path / "changed.html"
    changed.write_text(text.replace("Military cadets march", "Military cadets dance"), "utf-8")
    files["changed"] = changed
    shown = show("changed")
    expect(shown.page.get_by_role("status").filter(has_text="SHA-256 is another")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_step_has_a_serious_finding(show: Open, language: str, scheme: str) -> None:
    shown = show(f"nine-{language}", color_scheme=scheme, bypass_csp=True)
    assert shown.page.evaluate("document.documentElement.lang") == language
    for size in (WIDE, PHONE):
        shown.page.set_viewport_size(size)
        shown.press("Home")
        for step in STEPS:
            assert findings(shown.page) == [], (step, size)
            shown.press("PageDown")
    for key in ("n", "?"):
        shown.press(key)
        assert findings(shown.page) == [], key


def findings(page: Page) -> list[str]:
    page.wait_for_timeout(50)
    page.evaluate(AXE_SCRIPT)
    asked = {"resultTypes": ["violations"], "runOnly": RULES}
    found = page.evaluate("asked => axe.run(asked)", asked)["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:100]}"
        for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]
    ]  # fmt: skip


def test_on_paper_each_step_has_its_page_with_its_places(show: Open) -> None:
    shown = show()
    shown.page.emulate_media(media="print")
    shown.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sheets = shown.page.locator(".deck-sheet")
    expect(sheets).to_have_count(len(STEPS))
    expect(sheets.nth(1)).to_contain_text("Pyongyang 평양")
    expect(sheets.nth(1)).to_be_visible()
    expect(shown.page.locator(".deck-foot")).to_be_hidden()
    shown.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(sheets).to_have_count(0)


# ---- Hostile texts --------------------------------------------------------------------------


def test_markup_in_titles_notes_and_texts_is_shown_letter_for_letter(show: Open) -> None:
    shown = show("hostile")
    assert shown.page.title() == HOSTILE[3]
    for text in HOSTILE:
        shown.press("PageDown")
        expect(shown.page.locator("h1")).to_have_text(text)
        shown.press("n")
        notes = shown.page.locator(".deck-notes").evaluate(
            "box => [...box.children].map((p) => p.textContent)"
        )
        assert notes == list(HOSTILE)
        assert shown.page.locator(".deck-prose img, .deck-prose script, .deck-prose a").count() == 0
        shown.press("Escape")
    with shown.page.context.expect_page() as opened:
        shown.press("p")
    expect(opened.value.locator(".deck-own-notes p").nth(3)).to_have_text(HOSTILE[3])
    assert "1337" not in shown.page.content()


def test_a_hostile_entry_is_listed_as_text(show: Open) -> None:
    shown = show("dated")
    shown.press("PageDown")
    shown.landed()
    shown.click_symbol("South")
    expect(shown.page.get_by_role("dialog")).to_contain_text(HOSTILE[3])


def test_only_web_addresses_are_links_and_they_tell_nobody_where_one_was(
    browser: Browser, gazetteer, filled, tmp_path
) -> None:
    kept = decks.briefing(
        {"text": "[a](https://example.org/a) [b](javascript:alert(1)) [c](file:)"}
    )
    write_html(tmp_path / "links.html", decks.told(filled, gazetteer, tmp_path, kept))
    shown = Shown(browser.new_context(offline=True).new_page())
    shown.page.goto((tmp_path / "links.html").as_uri() + "#step=step-1")
    shown.until(lambda one: one)
    said = "links => links.map((one) => [one.href, one.target, one.rel])"
    assert shown.page.locator(".deck-prose a").evaluate_all(said) == [
        ["https://example.org/a", "_blank", "noopener noreferrer"]
    ]
    shown.page.context.close()
    assert shown.wrong == []


# ---- In the app -----------------------------------------------------------------------------

HOST = """<!doctype html><title>host</title><iframe src="deck/index.html" width="1200"
 height="700"></iframe><script>
window.got = [];
addEventListener('message', ({data}) => got.push(data.type));
window.send = (payload, base) => document.querySelector('iframe').contentWindow.postMessage(
  {type: 'streamlit:render', args: {payload, language: 'en'}, theme: {base}}, '*');
</script>"""


@pytest.fixture
def host(gazetteer, filled, tmp_path) -> Iterator[tuple[str, str]]:
    """Serve a page that holds the component as Streamlit does; give its address and a payload."""
    assets.lay_out_deck(tmp_path / "site" / "deck")
    (tmp_path / "site" / "host.html").write_text(HOST, encoding="utf-8")
    told = decks.told(filled, gazetteer, tmp_path, decks.shipped())
    served = partial(Quiet, directory=str(tmp_path / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), served) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/host.html", message(payload(told))
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing."""


def test_the_component_presents_what_the_app_sends_and_keeps_the_step_in_the_pages_address(
    browser: Browser, host: tuple[str, str]
) -> None:
    address, sent = host
    seen = visit(browser, f"{address}#step=one-city")
    page = seen.page
    for _ in range(100):
        if "streamlit:componentReady" in page.evaluate("got"):
            break
        page.wait_for_timeout(50)
    assert {"streamlit:componentReady", "streamlit:setFrameHeight"} <= set(page.evaluate("got"))
    page.evaluate("sent => send(sent, 'dark')", sent)
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("One video, and “Pyongyang” is all it says")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    page.evaluate("sent => send(sent, 'light')", sent)
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")
    frame.locator("[data-act='next']").click()
    assert page.url.endswith("#step=whole-video")
    page.frames[1].wait_for_function("window.glimpse.state().basemap")
    with page.context.expect_page() as opened:
        frame.locator("[data-act='presenter']").click()
    notes = opened.value.locator(".deck-own-notes")
    expect(notes).to_contain_text("If asked:")
    assert notes.evaluate("box => parseFloat(getComputedStyle(box).fontSize)") >= 24
    page.context.close()
    assert (seen.outside, seen.errors) == ([], [])
