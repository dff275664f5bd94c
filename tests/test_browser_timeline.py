"""The timeline as a person meets it: chosen with mouse, finger and keys, and played."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.chromium import Visit, app, command, visits

pytestmark = pytest.mark.browser

MONTHS = [f"{year}-{month:02}" for year in (2013, 2014) for month in range(1, 13)]
UNKNOWN = 11
"""The nine shipped entries and two of ours."""
ALL = len(MONTHS) + 1 + UNKNOWN


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Run the app on an entry a month in Pyongyang, one of a whole year, and undated ones."""
    lines = [f"M{n},Scene {n},Pyongyang,{month}" for n, month in enumerate(MONTHS)]
    lines += ["Y1,A year,Chongjin,2013", "U1,No date,Hamhung,", "U2,No date,Hamhung,"]
    sheet, store = folder / "dated.csv", folder / "dated.sqlite"
    sheet.write_text("\n".join(["id,title,locality,recorded", *lines, ""]))
    assert f'"new": {len(lines)}' in command(folder, store, "import", sheet).stdout
    with app(folder / "cache", store, folder / "dated.log") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    def drawn(seen: Visit) -> None:
        seen.map_drawn()
        expect(seen.page.locator(".timeline")).to_be_visible(timeout=30_000)

    with visits(browser, address, drawn, "/") as open_one:
        yield open_one


def bar(page: Page, number: int) -> tuple[float, float]:
    """Return where the middle of a bar is on the page."""
    box = page.locator(".plot").bounding_box()
    assert box is not None
    return box["x"] + box["width"] * (number + 0.5) / len(MONTHS), box["y"] + box["height"] / 2


def drag(page: Page, first: int, last: int) -> None:
    page.mouse.move(*bar(page, first))
    page.mouse.down()
    page.mouse.move(*bar(page, last), steps=5)
    page.mouse.up()


def shows(seen: Visit, number: int, recorded: str) -> None:
    """Wait until the map shows so many entries, and the address asks for this time."""
    seen.until(lambda state: state.get("shown") == number)
    said = rf"recorded={recorded.replace('/', '(/|%2F)')}(&|$)"
    expect(seen.page).to_have_url(
        re.compile(said if recorded else r"^(?!.*recorded=)"), timeout=30_000
    )


def map_frame(page: Page) -> Frame:
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def test_a_drag_chooses_a_range_that_the_map_and_the_address_keep(opened) -> None:
    seen = opened()
    drag(seen.page, 2, 4)
    shows(seen, 4, "2013-03/2013-05")
    expect(seen.page.locator(".said")).to_contain_text("Mar – May 2013")
    seen.page.reload()
    shows(seen, 4, "2013-03/2013-05")
    expect(seen.page.locator(".said")).to_contain_text("Mar – May 2013", timeout=30_000)
    seen.page.get_by_role("button", name="Any time").click()
    shows(seen, ALL, "")


def test_a_handle_changes_the_range_and_its_middle_moves_it(opened) -> None:
    seen = opened("/?recorded=2013-03/2013-05")
    left, y = bar(seen.page, 2)
    right, _ = bar(seen.page, 3)
    width = right - left
    seen.page.mouse.move(left + 2.5 * width, y)  # the edge between May and June
    seen.page.mouse.down()
    seen.page.mouse.move(*bar(seen.page, 7), steps=5)
    seen.page.mouse.up()
    shows(seen, 7, "2013-03/2013-08")
    drag(seen.page, 5, 17)
    shows(seen, 6, "2014-03/2014-08")


def test_a_click_chooses_one_bar_and_a_double_click_any_time(opened) -> None:
    seen = opened()
    seen.page.mouse.click(*bar(seen.page, 0))
    shows(seen, 2, "2013-01")
    seen.page.mouse.dblclick(*bar(seen.page, 3))
    shows(seen, ALL, "")


def test_a_tap_chooses_one_bar(opened) -> None:
    seen = opened("/", viewport={"width": 390, "height": 844}, has_touch=True)
    seen.page.locator(".plot").scroll_into_view_if_needed()
    seen.page.touchscreen.tap(*bar(seen.page, 14))
    shows(seen, 1, "2014-03")


def test_arrow_keys_move_and_widen_and_only_enter_applies(opened) -> None:
    seen = opened()
    plot, keys = seen.page.get_by_role("slider", name=re.compile("^Choose a time")), ("→", "Esc")
    plot.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        plot.press(key)
    expect(plot).to_have_attribute("aria-valuetext", re.compile("Feb – Mar 2013"))
    assert seen.state()["shown"] == ALL
    plot.press("Enter")
    shows(seen, 3, "2013-02/2013-03")
    for key in keys:
        expect(seen.page.locator(".said")).to_contain_text(key)
    plot.press("Escape")
    shows(seen, ALL, "")


def test_the_bar_of_unknown_dates_is_a_switch(opened) -> None:
    seen = opened()
    unknown = seen.page.get_by_role("button", name=re.compile(f"^Date unknown: {UNKNOWN}"))
    unknown.click()
    shows(seen, UNKNOWN, "unknown")
    expect(unknown).to_have_attribute("aria-pressed", "true")
    unknown.click()
    shows(seen, ALL, "")


def test_playing_shows_one_step_after_the_other_and_asks_nobody(opened) -> None:
    seen = opened("/?recorded=2013-01/2013-06")
    seen.until(lambda state: state.get("shown") == 7)
    sent: list[str] = []
    seen.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("x")))
    seen.page.reload()
    seen.until(lambda state: state.get("ready") and state.get("shown") == 7)
    frame, before = map_frame(seen.page), seen.page.url
    frame.evaluate("window.mark = 'the same frame'")
    expect(seen.page.locator(".said")).to_contain_text("Jan – Jun 2013", timeout=30_000)
    seen.page.wait_for_timeout(2_500)
    sent.clear()
    seen.page.get_by_role("combobox", name="Speed").select_option("1×")
    seen.page.get_by_role("button", name="Play").click()
    for shown in (2, 3, 4):  # January, to February, to March, each with the year's one entry
        seen.until(lambda state, shown=shown: state["shown"] == shown)
    assert sent == []
    assert seen.page.url == before
    expect(frame.locator(".glimpse-step")).to_contain_text("Jan – ")
    seen.page.get_by_role("button", name="Pause").click()
    expect(seen.page).not_to_have_url(before, timeout=30_000)
    kept = re.search(r"recorded=2013-01/2013-0(\d)", unquote(seen.page.url))
    seen.until(lambda state: state["shown"] == int(kept[1]) + 1)
    assert sent
    assert frame.evaluate("window.mark") == "the same frame"
    seen.page.get_by_role("button", name="Stop and go back").click()
    shows(seen, 7, "2013-01/2013-06")


def test_a_step_by_key_is_kept_and_a_window_moves(opened) -> None:
    seen = opened()
    seen.page.get_by_role("combobox", name="What a step shows").select_option("1 bar")
    seen.page.locator(".plot").focus()
    seen.page.keyboard.press(".")
    shows(seen, 2, "2013-01")
    seen.page.keyboard.press(".")
    seen.page.keyboard.press(".")
    shows(seen, 2, "2013-03")
    seen.page.keyboard.press(",")
    shows(seen, 2, "2013-02")


def test_playing_to_the_end_keeps_all_that_has_a_date(opened) -> None:
    seen = opened("/?recorded=2014-10/2014-12")
    seen.until(lambda state: state.get("shown") == 3)
    seen.page.get_by_role("combobox", name="Speed").select_option("5×")
    seen.page.get_by_role("button", name="Play").click()
    expect(seen.page.get_by_role("button", name="Play")).to_be_visible(timeout=30_000)
    shows(seen, 3, "2014-10/2014-12")


def test_undated_entries_play_along_only_where_they_are_asked_for(opened) -> None:
    seen = opened("/?recorded=2013-01/2013-03&undated=recorded")
    seen.until(lambda state: state.get("shown") == 4 + UNKNOWN)
    seen.page.get_by_role("combobox", name="Speed").select_option("1×")
    seen.page.get_by_role("button", name="Play").click()
    seen.until(lambda state: state["shown"] == 2 + UNKNOWN)


def test_the_map_obeys_its_own_page_alone(opened) -> None:
    seen = opened()
    frame = map_frame(seen.page)
    told = "window.postMessage({glimpse: 'step', from: 0, to: 0, text: 'x'}, '*')"
    frame.evaluate(told)
    seen.page.wait_for_timeout(500)
    assert seen.state()["shown"] == ALL
    expect(frame.locator(".glimpse-step")).to_be_hidden()


def test_a_step_holds_exactly_the_entries_that_may_be_of_its_days(opened) -> None:
    seen = opened()
    least, most = -(2**31), 2**31 - 1
    days = [(5, 5), (1, 9), (least, 3), (8, most), (most, least), (0, 2), (6, 7), (5, 6), (4, 4)]
    script = """([days, mask, step]) => {
        const [earliest, latest] = [0, 1].map((end) => Int32Array.from(days.map((d) => d[end])));
        const data = {E: days.length, earliest, latest};
        const bits = Glimpse.play.within(data, Uint8Array.from(mask), step);
        return days.map((_, e) => !!(bits[e >> 3] & (128 >> (e & 7))));
    }"""
    for first, last, undated in ((4, 5, False), (0, 0, True), (9, 20, False), (-5, -1, True)):
        passing = [n != 1 for n in range(len(days))]
        mask = [0b10111111, 0b10000000]
        step = {"from": first, "to": last, "undated": undated}
        found = map_frame(seen.page).evaluate(script, [days, mask, step])
        assert found == [
            passing[n] and (undated if a > b else a <= last and b >= first)
            for n, (a, b) in enumerate(days)
        ]


def test_the_bars_are_a_table_for_whoever_does_not_see_them(opened) -> None:
    seen = opened()
    table = seen.page.locator("table.unseen")
    rows = [row.split("\t") for row in table.locator("tr").all_text_contents()]
    assert len(rows) == 1 + len(MONTHS) + 1
    expect(table.locator("tr").nth(1)).to_have_text("Jan 201311")
    expect(table.locator("tr").nth(13)).to_have_text("Jan 201410")
    expect(table.locator("tr").last).to_have_text(f"Date unknown{UNKNOWN}")


def test_another_filter_leaves_its_own_bars(opened) -> None:
    seen = opened("/?text=year")
    expect(seen.page.locator(".said")).to_contain_text("1 with a date, by year", timeout=30_000)


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_timeline_is_as_high_with_dates_as_without(opened, size: tuple[int, int]) -> None:
    width, height = size
    heights = set()
    for path in ("/", "/?text=karaoke", "/?text=nothingatall", "/?recorded=2013-03"):
        seen = opened(path, viewport={"width": width, "height": height})
        heights.add(seen.page.locator(".timeline").bounding_box()["height"])
    assert len(heights) == 1
    assert heights.pop() <= 130


def test_where_no_entry_has_a_date_it_says_so_and_guesses_none(opened) -> None:
    seen = opened("/?text=karaoke")
    box = seen.page.locator(".timeline")
    expect(box).to_contain_text("No entry carries a date. Dates are never guessed.")
    expect(box.get_by_role("button", name=re.compile("^Date unknown: 1"))).to_be_visible()
    expect(box.get_by_role("button", name="Play")).to_be_hidden()


def test_a_map_that_counts_by_region_counts_by_place_while_it_is_played(opened) -> None:
    seen = opened("/?map=regions&recorded=2013-01/2013-12")
    counted = seen.until(lambda state: state["shown"] == 13 and state["regions"]["areas"])
    assert not any(symbol["name"] == "Pyongyang" for symbol in counted["symbols"])
    seen.page.get_by_role("combobox", name="Speed").select_option("1×")
    seen.page.get_by_role("button", name="Play").click()
    played = seen.until(lambda state: state["shown"] == 2)
    assert played["regions"]["areas"] == []
    assert {symbol["name"] for symbol in played["symbols"]} == {"Pyongyang", "Chongjin"}
    seen.page.get_by_role("button", name="Stop and go back").click()
    seen.until(lambda state: state["shown"] == 13 and state["regions"]["areas"])


def test_a_finger_drags_a_range(opened) -> None:
    seen = opened("/", viewport={"width": 390, "height": 844}, has_touch=True)
    seen.page.locator(".plot").scroll_into_view_if_needed()
    touch = seen.page.context.new_cdp_session(seen.page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    (start, y), (end, _) = bar(seen.page, 12), bar(seen.page, 16)
    send("touchStart", (start, y))
    for part in (0.3, 0.6, 1.0):
        send("touchMove", (start + part * (end - start), y))
    send("touchEnd")
    shows(seen, 5, "2014-01/2014-05")
