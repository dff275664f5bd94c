"""The base map in a real browser: asked for by whoever chose it alone, and only then."""

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Frame, Locator, expect

from tests.chromium import Visit, app, visits
from tests.test_tilefile import database
from tests.tileserver import GREY, TileServer, picture, tile_server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server() -> Iterator[TileServer]:
    with tile_server() as running:
        yield running


@pytest.fixture(scope="module")
def address(folder: Path, server: TileServer) -> Iterator[str]:
    maps = folder / "maps"
    maps.mkdir()
    ours = f"Ours=http://{server.host}/{{z}}/{{x}}/{{y}}.png"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEO_TILES", f"OpenStreetMap.Mapnik,CartoDB.Positron,{ours},other")
        patch.setenv("GEO_BASEMAP", str(database(maps, tiles=picture(), zooms=6)))
        with app(folder / "cache", folder / "tiles.sqlite", folder / "tiles.log") as running:
            yield running


@pytest.fixture
def opened(browser: Browser, address: str, server: TileServer) -> Iterator[Callable[..., Visit]]:
    server.fails = False
    server.asked.clear()
    with visits(browser, address, Visit.map_drawn, "/?view=39.5,127,6") as open_one:
        yield open_one


def frame(seen: Visit) -> Frame:
    return next(one for one in seen.page.frames if "streamlit_folium" in one.url)


def button(seen: Visit, name: str) -> Locator:
    return frame(seen).get_by_role("button", name=re.compile(f"^{name}"))


def choose(seen: Visit, name: str) -> None:
    button(seen, "Base map").click()
    button(seen, name).click()


def tiles(seen: Visit, met: Callable[[dict[str, object]], bool]) -> dict[str, object]:
    """Wait until what the map says of its tiles meets a condition, and return it."""
    for _ in range(150):
        state = frame(seen).evaluate("Glimpse.tiles.state()")
        if met(state):
            return state
        seen.page.wait_for_timeout(100)
    raise AssertionError(state)


def share(seen: Visit, colour: tuple[int, int, int]) -> float:
    """Return how much of the map has the colour, give or take a shade."""
    seen.page.wait_for_timeout(300)
    image = Image.open(io.BytesIO(seen.page.locator("iframe").first.screenshot())).convert("RGB")
    near = sum(
        count
        for count, found in image.getcolors(1 << 24)
        if all(abs(a - b) <= 3 for a, b in zip(found, colour, strict=True))
    )
    return near / (image.width * image.height)


def credited(seen: Visit) -> str:
    return frame(seen).locator(".leaflet-control-attribution").inner_text()


def test_no_tile_is_asked_for_before_the_menu_has_said_who_would_see_what(opened, server) -> None:
    seen = opened()
    button(seen, "Base map").click()
    panel = frame(seen).locator(".glimpse-base-panel")
    expect(panel).to_contain_text("will see which part of it you look at")
    expect(button(seen, "OpenStreetMap")).to_contain_text("tile.openstreetmap.org")
    expect(button(seen, "Ours")).to_contain_text(server.host)
    for _ in range(6):
        seen.page.keyboard.press("ArrowDown")
        seen.page.keyboard.press("Tab")
    seen.page.wait_for_timeout(500)
    assert server.asked == []
    assert share(seen, GREY) < 0.01


def test_the_chosen_tiles_lie_under_the_symbols_and_name_their_credits(opened, server) -> None:
    seen = opened()
    choose(seen, "Ours")
    tiles(seen, lambda state: state["got"] >= 6)
    assert share(seen, GREY) > 0.6
    assert credited(seen).startswith(f"{server.host} · Leaflet")
    names = {symbol["name"] for symbol in seen.state()["symbols"]}
    assert names == {"Pyongyang", "Chongjin", "Rajin"}
    seen.click_symbol("Pyongyang")
    expect(seen.page.locator(".st-key-panel")).to_contain_text("7 entries at this place")


def test_the_host_of_the_tiles_learns_no_filter_no_entry_and_no_view(opened, server) -> None:
    seen = opened("/?view=39.5,127,6&entry=A5&text=grocery")
    choose(seen, "Ours")
    tiles(seen, lambda state: state["got"] >= 6)
    for path, headers in server.asked:
        assert re.fullmatch(r"/\d+/\d+/\d+\.png", path)
        assert urlsplit(headers.get("referer", "")).path in ("", "/")
        assert "?" not in headers.get("referer", "")
        assert not {"grocery", "A5"} & set(re.findall(r"\w+", json.dumps(headers)))


def test_the_choice_outlives_a_reload_and_is_no_part_of_the_address(opened, server) -> None:
    seen = opened()
    choose(seen, "Ours")
    tiles(seen, lambda state: state["got"] >= 6)
    assert "Ours" not in seen.page.url
    assert server.host not in seen.page.url
    link = seen.page.url.partition("/?")[2]
    seen.page.reload()
    seen.map_drawn()
    assert tiles(seen, lambda state: state["got"] >= 6)["shown"] == "Ours"
    server.asked.clear()
    colleague = opened(f"/?{link}")
    colleague.page.wait_for_timeout(1_000)
    assert server.asked == []
    assert frame(colleague).evaluate("Glimpse.tiles.state()")["shown"] == ""


def test_tiles_that_fail_give_way_to_the_built_in_map_which_says_so(opened, server) -> None:
    seen = opened()
    server.fails = True
    choose(seen, "Ours")
    tiles(seen, lambda state: state["failed"] == "Ours")
    notice = frame(seen).locator(".glimpse-lost")
    expect(notice).to_contain_text("Ours does not answer. This is the built-in map.")
    assert share(seen, (219, 231, 238)) > 0.1
    assert credited(seen).startswith("Leaflet")
    server.fails = False
    button(seen, "Try again").click()
    tiles(seen, lambda state: state["got"] >= 6)
    expect(notice).to_be_hidden()
    forget(seen, "503")


def test_the_map_tries_again_once_the_browser_is_back_on_line(opened, server) -> None:
    seen = opened()
    server.fails = True
    choose(seen, "Ours")
    tiles(seen, lambda state: state["failed"] == "Ours")
    server.fails = False
    frame(seen).evaluate("window.dispatchEvent(new Event('online'))")
    assert tiles(seen, lambda state: state["got"] >= 6)["failed"] == ""
    forget(seen, "503")


def forget(seen: Visit, said: str) -> None:
    """Take the errors that were to be expected off the list."""
    assert all(said in error for error in seen.errors), seen.errors
    seen.errors.clear()


def test_without_a_network_a_public_map_is_tried_and_given_up(opened) -> None:
    seen = opened()
    choose(seen, "OpenStreetMap")
    tiles(seen, lambda state: state["failed"] == "OpenStreetMap")
    assert {urlsplit(url).hostname for url in seen.outside} == {"tile.openstreetmap.org"}
    seen.outside.clear()
    forget(seen, "ERR_FAILED")


def test_a_map_that_needs_a_key_asks_for_it_before_anybody_is_asked(opened) -> None:
    seen = opened()
    choose(seen, "CARTO Positron")
    form = frame(seen).locator(".glimpse-base-form")
    button(seen, "Use this map").click()
    expect(form).to_contain_text("Without a key this map cannot be asked.")
    form.get_by_label("Your key").fill("k&y")
    button(seen, "Use this map").click()
    tiles(seen, lambda state: state["failed"] == "CARTO Positron")
    assert all(
        re.search(r"cartocdn\.com/light_all/6/\d+/\d+\.png\?key=k%26y$", u) for u in seen.outside
    )
    seen.outside.clear()
    forget(seen, "ERR_FAILED")


@pytest.mark.parametrize("url", ["ftp://a.example/{z}/{x}/{y}.png", "http://a.example/{z}.png",
    "https://a.example/{z}/{x}/{y}?{secret}", "{z}{x}{y}", ""])  # fmt: skip
def test_an_address_that_is_none_of_tiles_is_refused(opened, url) -> None:
    seen = opened()
    choose(seen, "Other address")
    form = frame(seen).locator(".glimpse-base-form")
    form.get_by_label("Address").fill(url)
    button(seen, "Use this map").click()
    expect(form.get_by_role("alert")).to_contain_text("holds {z}, {x} and {y}")
    assert frame(seen).evaluate("Glimpse.tiles.state()")["chosen"] == ""


def test_an_address_that_is_typed_is_used_with_its_credits_as_text(opened, server) -> None:
    seen = opened()
    choose(seen, "Other address")
    form = frame(seen).locator(".glimpse-base-form")
    form.get_by_label("Address").fill(f"http://{server.host}/own/{{z}}/{{x}}/{{y}}.png")
    form.get_by_label("Credits").fill("<img src=x onerror=alert(1)> & Sons")
    button(seen, "Use this map").click()
    tiles(seen, lambda state: state["got"] >= 6)
    assert credited(seen).startswith("<img src=x onerror=alert(1)> & Sons · Leaflet")
    assert all(path.startswith("/own/6/") for path, _ in server.asked)


@pytest.mark.parametrize("wide", [1440, 390])
def test_long_credits_leave_the_legend_free_and_unfold_at_the_keyboard(
    opened, server, wide
) -> None:
    seen = opened(viewport={"width": wide, "height": 844})
    long = {
        "map": "other",
        "url": f"http://{server.host}/{{z}}/{{x}}/{{y}}.png",
        "credit": "Us " * 99,
    }
    frame(seen).evaluate("kept => localStorage.setItem('glimpse-basemap', kept)", json.dumps(long))
    seen.page.reload()
    seen.map_drawn()
    tiles(seen, lambda state: state["got"] >= 4)
    line = frame(seen).locator(".leaflet-control-attribution")
    legend = frame(seen).locator(".glimpse-legend").bounding_box()
    low = line.bounding_box()
    assert low["height"] < 24
    beside = low["x"] >= legend["x"] + legend["width"]
    assert beside or low["y"] >= legend["y"] + legend["height"]
    line.focus()
    assert line.bounding_box()["height"] > 40


def test_a_wms_is_asked_for_its_layer_once_one_is_named(opened, server) -> None:
    seen = opened()
    choose(seen, "Other address")
    form = frame(seen).locator(".glimpse-base-form")
    form.get_by_label("Kind").select_option("WMS")
    form.get_by_label("Address").fill(f"http://{server.host}/wms")
    button(seen, "Use this map").click()
    expect(form.get_by_role("alert")).to_contain_text("a layer is named")
    form.get_by_label("Layer").fill("relief")
    button(seen, "Use this map").click()
    tiles(seen, lambda state: state["got"] >= 6)
    assert all("request=GetMap" in path and "layers=relief" in path for path, _ in server.asked)


def test_a_file_of_the_server_is_read_by_ranges_and_drawn(opened) -> None:
    seen = opened()
    ranges: list[str] = []
    seen.page.on("response", lambda r: ranges.append(f"{r.status}") if "/media/" in r.url else None)
    choose(seen, "Test map")
    tiles(seen, lambda state: state["got"] >= 1)
    assert share(seen, GREY) > 0.3
    assert credited(seen).startswith("© Somebody · Leaflet")
    assert set(ranges) == {"206"}


def test_the_built_in_map_is_chosen_again_and_the_tiles_are_gone(opened, server) -> None:
    seen = opened()
    choose(seen, "Ours")
    tiles(seen, lambda state: state["got"] >= 6)
    choose(seen, "Built-in")
    tiles(seen, lambda state: state["shown"] == "")
    assert share(seen, GREY) < 0.01
    assert credited(seen).startswith("Leaflet")


def test_nothing_is_offered_and_nothing_asked_where_the_page_forbids_it(opened, server) -> None:
    seen = opened()
    choose(seen, "Ours")
    tiles(seen, lambda state: state["got"] >= 6)
    frame(seen).evaluate("Glimpse.tiles.offer(null)")
    assert tiles(seen, lambda state: True)["shown"] == ""
    expect(button(seen, "Base map")).to_be_hidden()
    server.asked.clear()
    frame(seen).evaluate("window.dispatchEvent(new Event('online'))")
    seen.page.wait_for_timeout(500)
    assert server.asked == []


@pytest.mark.parametrize("kept", ["{", "null", '"x"', '{"map": 7}', '{"map": "Unknown"}',
    '{"map": "other", "url": "javascript:{z}{x}{y}"}', '{"map": "other", "url": 1}',
    '{"map": "CARTO Positron"}'])  # fmt: skip
def test_nonsense_in_the_browsers_storage_leaves_the_built_in_map(opened, kept) -> None:
    seen = opened()
    frame(seen).evaluate("text => localStorage.setItem('glimpse-basemap', text)", kept)
    seen.page.reload()
    assert seen.map_drawn()["basemap"]
    assert frame(seen).evaluate("Glimpse.tiles.state()")["shown"] == ""


def test_the_menu_is_worked_with_the_keyboard_alone(opened) -> None:
    seen = opened()
    opener, box = button(seen, "Base map"), frame(seen).locator(".glimpse-base-panel")
    opener.focus()
    seen.page.keyboard.press("Enter")
    expect(box).to_be_visible()
    expect(button(seen, "Built-in")).to_be_focused()
    expect(button(seen, "Built-in")).to_have_attribute("aria-pressed", "true")
    seen.page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(opener).to_be_focused()
    seen.page.keyboard.press("Enter")
    seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Enter")
    assert tiles(seen, lambda state: state["contrast"])["chosen"] == "contrast"
    expect(opener).to_be_focused()


# ---- High contrast --------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whoever_asks_their_system_for_contrast_gets_it_and_may_refuse_it(opened, scheme) -> None:
    seen = opened(contrast="more", color_scheme=scheme)
    tiles(seen, lambda state: state["contrast"])
    ground = (255, 255, 255) if scheme == "light" else (0, 0, 0)
    assert share(seen, ground) > 0.3
    choose(seen, "Built-in")
    tiles(seen, lambda state: not state["contrast"])
    seen.page.reload()
    seen.map_drawn()
    assert not frame(seen).evaluate("Glimpse.tiles.state()")["contrast"]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_of_high_contrast_stands_out_seven_to_one(opened) -> None:
    palettes = frame(opened()).evaluate("Glimpse.colours")
    for name in ("contrast", "contrastDark"):
        c = palettes[name]
        pairs = [(ink, ground) for ink in ("ink", "muted", "quiet", "certainInk", "possibleInk")
                 for ground in ("panel", "land", "interest")]  # fmt: skip
        pairs += [("water", "sea"), ("water", "land"), ("ink", "sea"), ("onTone", "certain")]
        for ink, ground in pairs:
            assert contrast(c[ink], c[ground]) >= 7, (name, ink, ground)
        for line in ("border", "coast", "province", "certain", "possible"):
            assert contrast(c[line], c["land"]) >= 7, (name, line)
