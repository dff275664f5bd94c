"""The map's tools as a person uses them: by mouse, by touch and by keyboard."""

import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from geographiclib.geodesic import Geodesic
from PIL import Image
from playwright.sync_api import Browser, Frame, Locator, expect

from tests.chromium import Visit, app, visit

pytestmark = pytest.mark.browser
PHONE = {
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True,
    "device_scale_factor": 2,
}  # fmt: skip
EAST = ((380, 100), (520, 100), (520, 220), (400, 240))
"""Corners in pixels of the first view round Chongjin and Rajin."""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with app(folder / "cache", folder / "nine.sqlite", folder / "tools.log") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., "Map"]]:
    maps: list[Map] = []

    def open_one(path: str = "/?view=39.8,128.8,6", **options: object) -> Map:
        seen = visit(browser, address + path, **options)
        maps.append(Map(seen))
        return maps[-1]

    yield open_one
    for one in maps:
        one.seen.page.context.close()
        assert one.seen.outside == []
        assert one.seen.errors == []


class Map:
    """A visit to the map page, with the frame of the map at hand."""

    def __init__(self, seen: Visit) -> None:
        self.seen, self.page = seen, seen.page
        self.state = seen.map_drawn()
        self.page.wait_for_timeout(500)

    @property
    def frame(self) -> Frame:
        return next(f for f in self.page.frames if "streamlit_folium" in f.url)

    @property
    def box(self) -> tuple[float, float]:
        found = self.page.locator("iframe").first.bounding_box()
        assert found is not None
        return found["x"], found["y"]

    def button(self, name: str) -> Locator:
        return self.frame.get_by_role("button", name=name, exact=True)

    def choose(self, *names: str) -> None:
        """Choose something in the menu of the tools."""
        self.button("Map tools").click()
        for name in names:
            self.button(name).click()

    def click(self, *spots: tuple[float, float]) -> None:
        """Click spots of the map, slowly enough not to be double clicks."""
        left, top = self.box
        for x, y in spots:
            self.page.mouse.click(left + x, top + y)
            self.page.wait_for_timeout(350)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        left, top = self.box
        self.page.mouse.move(left + start[0], top + start[1])
        self.page.mouse.down()
        self.page.mouse.move(left + end[0], top + end[1], steps=5)
        self.page.mouse.up()

    def task(self) -> dict:
        return self.seen.state()["task"]

    def focus(self) -> None:
        self.frame.locator("#map_div").focus()

    def asked(self, name: str) -> str:
        return parse_qs(urlsplit(self.page.url).query).get(name, [""])[0]


# ---- Measuring ------------------------------------------------------------------------------


def test_a_line_is_measured_on_the_ellipsoid_and_closed_to_an_area(opened) -> None:
    map_ = opened()
    map_.choose("Measure")
    map_.click((300, 200), (420, 260), (380, 380))
    points = map_.task()["points"]
    legs = [Geodesic.WGS84.Inverse(*a, *b)["s12"] for a, b in pairwise(points)]
    assert int(map_.task()["said"].removesuffix(" km")) == pytest.approx(sum(legs) / 1_000, abs=1)
    map_.button("Close the ring").click()
    polygon = Geodesic.WGS84.Polygon()
    for point in points:
        polygon.AddPoint(*point)
    _, round_m, area_m2 = polygon.Compute()
    said = re.fullmatch(r"([\d,]+) km · ([\d,]+) km²", map_.task()["said"])
    length, area = (int(number.replace(",", "")) for number in said.groups())
    assert length == pytest.approx(round_m / 1_000, abs=1)
    assert area == pytest.approx(abs(area_m2) / 1e6, rel=0.005)
    map_.page.keyboard.press("Escape")
    assert map_.task() is None


def test_a_click_on_a_symbol_measures_from_it_and_opens_nothing(opened) -> None:
    map_ = opened()
    map_.choose("Measure")
    map_.seen.click_symbol("Pyongyang")
    assert len(map_.task()["points"]) == 1
    map_.page.wait_for_timeout(1_500)
    expect(map_.page.locator(".st-key-panel")).not_to_contain_text("7 entries")
    map_.page.keyboard.press("Escape")
    map_.seen.click_symbol("Pyongyang")
    expect(map_.page.locator(".st-key-panel")).to_contain_text("7 entries", timeout=15_000)


def test_backspace_takes_a_point_back(opened) -> None:
    map_ = opened()
    map_.choose("Measure")
    map_.click((300, 200), (420, 260))
    map_.page.keyboard.press("Backspace")
    assert len(map_.task()["points"]) == 1


# ---- Drawing to filter ----------------------------------------------------------------------


def test_a_shape_that_is_drawn_filters_and_stands_in_the_address(opened) -> None:
    map_ = opened()
    map_.choose("Filter by a shape")
    map_.click(*EAST)
    assert map_.task()["said"] == "4 corners"
    map_.page.keyboard.press("Enter")
    map_.seen.until(lambda state: state["shown"] == 2)
    assert re.fullmatch(r"(-?\d+\.\d{4},-?\d+\.\d{4};?){4}", map_.asked("shape"))
    expect(map_.page.locator("h1.sentence")).to_contain_text("shape")
    map_.page.reload()
    state = map_.seen.until(lambda state: state.get("ready") and state["shown"] == 2)
    assert len(state["outline"]["shape"]) == 4
    map_.choose("Remove the shape")
    state = map_.seen.until(lambda state: state["shown"] == 9)
    assert state["outline"] is None
    assert map_.asked("shape") == ""


def test_a_double_click_closes_a_shape_without_a_corner_too_many(opened) -> None:
    map_ = opened()
    map_.choose("Filter by a shape")
    map_.click(*EAST[:3])
    left, top = map_.box
    map_.page.mouse.dblclick(left + EAST[3][0], top + EAST[3][1])
    map_.seen.until(lambda state: state["shown"] == 2)
    assert map_.asked("shape").count(";") == 3


def test_two_corners_are_no_shape_and_escape_draws_nothing(opened) -> None:
    map_ = opened()
    map_.choose("Filter by a shape")
    map_.click(*EAST[:2])
    map_.page.keyboard.press("Enter")
    assert len(map_.task()["points"]) == 2
    map_.page.keyboard.press("Escape")
    map_.page.wait_for_timeout(1_500)
    assert map_.task() is None
    assert "shape" not in map_.page.url


def test_a_circle_is_pressed_and_dragged(opened) -> None:
    map_ = opened()
    pyongyang = next(s for s in map_.state["symbols"] if s["name"] == "Pyongyang")
    at = pyongyang["x"] - 6, pyongyang["y"] - 6
    map_.choose("Filter by a circle")
    map_.drag(at, (at[0] + 30, at[1] + 20))
    state = map_.seen.until(lambda state: state["shown"] == 7)
    lat, lon, km = map(float, map_.asked("near").split(","))
    assert (lat, lon) == (pytest.approx(39.03, abs=0.2), pytest.approx(125.7, abs=0.2))
    assert km == pytest.approx(68, abs=4)
    assert state["outline"] == {"near": [lat, lon, km]}
    expect(map_.frame.locator(".glimpse-spot")).not_to_contain_text("Marked")


def test_a_circle_is_a_centre_and_a_radius_that_is_typed(opened) -> None:
    map_ = opened("/?view=39.03,125.75,8")
    map_.choose("Filter by a circle")
    map_.frame.get_by_label("Radius").fill("25")
    map_.page.keyboard.press("Enter")
    map_.seen.until(lambda state: state["shown"] == 7)
    lat, lon, km = map(float, map_.asked("near").split(","))
    assert (lat, lon, km) == (pytest.approx(39.03, abs=0.02), pytest.approx(125.75, abs=0.02), 25)


def test_what_is_in_view_is_a_shape_at_one_press(opened) -> None:
    map_ = opened("/?view=41.9,130,8")
    map_.choose("Filter by what is in view")
    map_.seen.until(lambda state: state["shown"] == 2)
    corners = [tuple(map(float, one.split(","))) for one in map_.asked("shape").split(";")]
    assert len({lat for lat, _ in corners}) == len({lon for _, lon in corners}) == 2


def test_a_shape_is_drawn_with_the_keyboard_alone(opened) -> None:
    map_ = opened("/?view=42.6,129.2,7")
    map_.button("Map tools").focus()
    map_.page.keyboard.press("Enter")
    for _ in range(2):
        map_.page.keyboard.press("ArrowDown")
    expect(map_.button("Filter by a shape")).to_be_focused()
    map_.page.keyboard.press("Enter")
    for keys in (
        "Space",
        "ArrowRight ArrowRight ArrowRight",
        "Space",
        "ArrowDown ArrowDown ArrowDown",
        "Space",
    ):
        for key in keys.split():
            map_.page.keyboard.press(key)
            map_.page.wait_for_timeout(400)
    assert map_.task()["said"] == "3 corners"
    map_.page.keyboard.press("Enter")
    map_.seen.until(lambda state: state["outline"] is not None and state["task"] is None)
    expect(map_.page).to_have_url(re.compile("shape="))


def test_a_shape_across_the_180th_meridian_is_refused_and_said(opened) -> None:
    map_ = opened("/?view=40,179.5,6")
    map_.choose("Filter by what is in view")
    expect(map_.frame.get_by_text("180th meridian")).to_be_visible()
    assert "shape" not in map_.page.url


def test_shapes_and_circles_are_drawn_with_a_finger(opened) -> None:
    map_ = opened("/?view=40.37,128.86,6", **PHONE)
    page, (left, top) = map_.page, map_.box
    map_.button("Map tools").tap()
    map_.button("Filter by a shape").tap()
    for x, y in ((150, 130), (330, 130), (330, 250), (150, 260)):
        page.touchscreen.tap(left + x, top + y)
        page.wait_for_timeout(400)
    assert map_.task()["said"] == "4 corners"
    map_.button("Filter").tap()
    map_.seen.until(lambda state: state["outline"] is not None)
    expect(page).to_have_url(re.compile("shape="))
    expect(page.locator(".st-key-parts")).to_be_visible(timeout=15_000)
    page.wait_for_timeout(1_500)  # the parts of the sentence have moved the map down
    left, top = map_.box
    map_.button("Map tools").tap()
    map_.button("Filter by a circle").tap()
    touch = page.context.new_cdp_session(page)
    for step in range(6):
        spot = {"x": left + 150 + 8 * step, "y": top + 250 + 4 * step}
        kind = "touchMove" if step else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [spot]})
        page.wait_for_timeout(50)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page).to_have_url(re.compile("near="), timeout=15_000)
    assert float(map_.asked("near").split(",")[2]) == pytest.approx(84, abs=8)


# ---- Coordinates, graticule, scale -----------------------------------------------------------


def test_the_readout_follows_the_pointer_with_as_many_digits_as_a_pixel_is_worth(opened) -> None:
    said = {}
    for zoom in (6, 12):
        map_ = opened(f"/?view=39.03,125.75,{zoom}")
        left, top = map_.box
        map_.page.mouse.move(left + 300, top + 300)
        map_.page.wait_for_timeout(200)
        said[zoom] = map_.frame.locator(".glimpse-spot").inner_text().strip()
    assert re.fullmatch(r"\d+\.\d, \d+\.\d", said[6])
    assert re.fullmatch(r"\d+\.\d{3}, \d+\.\d{3}", said[12])


def test_the_form_of_coordinates_is_changed_by_a_click_and_remembered(opened) -> None:
    map_ = opened()
    spot = map_.frame.locator(".glimpse-spot")
    forms = [r"Centre 39\.8, 128\.8", r"Centre 40°N 129°E", r"Centre 52S DJ? ?.*"]
    for form in forms[:2]:
        expect(spot).to_have_text(re.compile(form))
        spot.click()
    expect(spot).to_have_text(re.compile(r"52S"))
    map_.page.reload()
    map_.seen.map_drawn()
    expect(map_.frame.locator(".glimpse-spot")).to_have_text(re.compile(r"52S"))


def test_a_spot_that_was_clicked_is_held_and_copied(opened) -> None:
    map_ = opened()
    map_.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    spot = map_.frame.locator(".glimpse-spot")
    map_.click((120, 120))
    expect(spot).to_contain_text("Marked")
    held = spot.inner_text().replace("Marked", "").strip()
    map_.button("Copy the coordinates").click()
    expect(spot).to_contain_text("Copied")
    assert map_.page.evaluate("navigator.clipboard.readText()") == held
    map_.focus()
    map_.page.keyboard.press("Escape")
    expect(spot).not_to_contain_text("Marked")


def test_the_graticule_is_labelled_at_the_frame_and_remembered(opened) -> None:
    map_ = opened()
    assert map_.frame.locator(".glimpse-edge").count() == 0
    map_.choose("Graticule")
    expect(map_.button("Graticule")).to_have_attribute("aria-pressed", "true")
    assert _painted(map_) > 400
    map_.page.reload()
    map_.seen.map_drawn()
    map_.page.wait_for_timeout(500)
    assert _painted(map_) > 400


def _painted(map_: Map) -> int:
    """Return how many pixels of the frame's lettering are painted."""
    return map_.frame.evaluate("""() => {
        const edge = document.querySelector('.glimpse-edge');
        const {data} = edge.getContext('2d').getImageData(0, 0, edge.width, edge.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
    }""")


@pytest.mark.parametrize("view", [(39.8, 128.8, 6), (60.0, 100.0, 9), (0.0, 10.0, 4)])
def test_the_scale_bar_is_right_at_the_middle_of_the_map(opened, view) -> None:
    lat, lon, zoom = view
    bar = opened(f"/?view={lat},{lon},{zoom}").frame.locator(".glimpse-scale")
    number, unit = bar.inner_text().replace(",", "").split()
    metres = float(number) * (1_000 if unit == "km" else 1)
    pixel = Geodesic.WGS84.Inverse(lat, lon, lat, lon + 360 / 256 / 2**zoom)["s12"]
    assert bar.bounding_box()["width"] == pytest.approx(metres / pixel, abs=1)
    assert 30 < metres / pixel <= 100


# ---- Full screen, picture, print ---------------------------------------------------------------


def test_the_map_fills_the_screen_and_escape_leaves(opened) -> None:
    map_ = opened()
    map_.choose("Full screen")
    map_.seen.until(lambda state: state["full"])
    assert map_.frame.evaluate("document.fullscreenElement !== null")
    map_.focus()
    map_.page.keyboard.press("Escape")
    map_.seen.until(lambda state: not state["full"])


def test_where_the_browser_gives_no_full_screen_the_map_fills_the_page(opened) -> None:
    map_ = opened()
    map_.frame.evaluate("""() => {
        document.documentElement.requestFullscreen = () => Promise.reject(new Error('no'));
        return true;
    }""")
    map_.choose("Full screen")
    map_.seen.until(lambda state: state["full"])
    box = map_.page.locator("iframe").first.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1440, 900)
    map_.focus()
    map_.page.keyboard.press("Escape")
    map_.seen.until(lambda state: not state["full"])
    assert map_.page.locator("iframe").first.bounding_box()["width"] < 1_000


def test_the_picture_is_what_is_seen_with_a_foot_at_twice_the_size(opened) -> None:
    map_ = opened()
    size = map_.page.locator("iframe").first.bounding_box()
    with map_.page.expect_download() as download:
        map_.choose("Save picture")
    assert re.fullmatch(r"glimpse-\d{4}-\d\d-\d\d\.png", download.value.suggested_filename)
    image = Image.open(download.value.path()).convert("RGB")
    assert image.width == pytest.approx(2 * size["width"], abs=2)
    assert image.height > 2 * size["height"] + 200
    seen = Image.open(io.BytesIO(map_.page.locator("iframe").first.screenshot())).convert("RGB")
    spots = [(x, y) for x in range(40, 640, 20) for y in range(40, 300, 20)]  # beside the controls
    pairs = [(image.getpixel((2 * x, 2 * y)), seen.getpixel((x, y))) for x, y in spots]
    same = [max(abs(a - b) for a, b in zip(*pair, strict=True)) < 20 for pair in pairs]
    assert sum(same) > 0.88 * len(same)  # lines and letters are finer on the picture
    foot = image.crop((0, round(2 * size["height"]), image.width, image.height))
    dark = sum(count for count, colour in foot.getcolors(1 << 24) if sum(colour) < 300)
    assert dark > 1_500  # the sentence, the counts and the legend


def test_the_page_prints_on_one_sheet_with_the_map_as_a_picture(opened) -> None:
    map_ = opened("/?lang=en&view=39.8,128.8,6", color_scheme="dark")
    sheet = map_.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 84[12][\d.]* 59[45][\d.]*\]", sheet)
    assert map_.page.locator(".glimpse-print").count() == 0
    widths = map(int, re.findall(rb"/Subtype\s*/Image\s*/Width\s+(\d+)", sheet))
    assert max(widths) > 1_400  # the map at twice the pixels of the screen
    map_.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    map_.page.emulate_media(media="print")
    expect(map_.page.locator("canvas.glimpse-print")).to_be_visible()
    expect(map_.page.locator(".paper li")).to_have_count(9)
    for hidden in (".stSidebar", ".st-key-map iframe", ".st-key-table"):
        expect(map_.page.locator(hidden).first).to_be_hidden()
    map_.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert map_.page.locator(".glimpse-print").count() == 0


# ---- Keyboard, tips, sizes ---------------------------------------------------------------------


def test_the_keys_go_from_symbol_to_symbol_and_open_one(opened) -> None:
    map_ = opened()
    live = map_.frame.locator(".glimpse-unseen[aria-live]")
    map_.focus()
    reached = []
    for _ in range(3):
        map_.page.keyboard.press("n")
        reached.append(map_.seen.state()["ring"])
    assert reached[0] == "Pyongyang"
    assert set(reached) == {"Pyongyang", "Chongjin", "Rajin"}
    map_.page.keyboard.press("n")
    expect(live).to_have_text("Pyongyang 평양, 7 here, 3 inferred, somewhere in this city (1/3)")
    expect(map_.frame.locator(".glimpse-tip")).to_contain_text("7 here")
    map_.page.keyboard.press("Enter")
    panel = map_.page.locator(".st-key-panel")
    expect(panel).to_contain_text("7 entries at this place", timeout=15_000)


def test_the_keys_let_go_with_escape(opened) -> None:
    map_ = opened()
    map_.focus()
    map_.page.keyboard.press("p")
    assert map_.seen.state()["ring"] is not None
    map_.page.keyboard.press("Escape")
    assert map_.seen.state()["ring"] is None


@pytest.mark.parametrize(("zoom", "told"), [(13, False), (14, True)])
def test_from_close_by_a_tint_says_whose_area_it_is(opened, zoom, told) -> None:
    map_ = opened(f"/?view=39.05,125.70,{zoom}")
    left, top = map_.box
    map_.page.mouse.move(left + 150, top + 150)
    tip = map_.frame.locator(".glimpse-tip")
    if told:
        expect(tip).to_contain_text("Pyongyang")
        expect(tip).to_contain_text("somewhere in this city")
    else:
        map_.page.wait_for_timeout(400)
        expect(tip).to_be_hidden()


def test_the_menu_is_worked_by_keys_and_gives_the_focus_back(opened) -> None:
    map_ = opened()
    more = map_.button("Map tools")
    more.focus()
    map_.page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    map_.page.keyboard.press("ArrowDown")
    expect(map_.button("Measure")).to_be_focused()
    map_.page.keyboard.press("Escape")
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(more).to_be_focused()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_on_a_phone_one_button_holds_every_tool_and_all_of_them_fit(opened, language) -> None:
    map_ = opened(f"/?lang={language}&view=39.8,128.8,6", **PHONE)
    bar = map_.frame.locator(".glimpse-bar > button:visible")
    expect(bar).to_have_count(1)
    bar.tap()
    items = map_.frame.locator(".glimpse-menu button:visible")
    expect(items).to_have_count(14)
    height = map_.page.locator("iframe").first.bounding_box()["height"]
    for item in items.all():
        box = item.bounding_box()
        assert box["height"] >= 24
        assert box["width"] >= 24
    menu = map_.frame.locator(".glimpse-menu").evaluate("e => [e.scrollHeight, e.clientHeight]")
    assert menu[0] <= menu[1] < height


def test_a_map_without_filters_of_its_own_offers_none_to_draw(opened) -> None:
    page = opened().page
    page.get_by_role("link", name="Read", exact=True).click()
    frame = page.frame_locator(".st-key-read-frame iframe")
    frame.get_by_role("button", name="Map tools").click(timeout=40_000)
    expect(frame.get_by_role("button", name="Measure")).to_be_visible()
    for name in ("Filter by a shape", "Filter by what is in view", "Save picture"):
        expect(frame.get_by_role("button", name=name)).to_have_count(0)
