"""The app as a person meets it: the real server, a real browser, and no network."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from geo.store import open_store
from tests.chromium import Visit, app, command, visit, visits

pytestmark = pytest.mark.browser

HOSTILE = (
    "{{7*191}} {% raw %} `x` ${alert(1)} </script><script>alert(2)</script>"
    " \\u003cimg src=x onerror=alert(3)\\u003e <img src=http://outside.example/x>"
    " ![](http://outside.example/y) :red[z] **b** price ${ oops"
)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with app(folder / "cache", folder / "nine.sqlite", folder / "nine.log") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    with visits(browser, address) as open_one:
        yield open_one


def test_the_nine_entries_are_drawn_at_the_places_that_the_reports_name(opened) -> None:
    state = opened().map_drawn()
    drawn = {s["name"]: (s["certain"], s["possible"]) for s in state["symbols"]}
    assert drawn == {"Pyongyang": (7, 0), "Chongjin": (0, 2), "Rajin": (0, 2)}
    assert state["shown"] == 9


def test_the_line_above_the_map_counts_each_entry_once(opened) -> None:
    page = opened().page
    line = page.locator(".st-key-sentence")
    expect(line).to_contain_text("9 of 9 entries from 2 reports", timeout=30_000)
    expect(line).to_contain_text("7 in a known place, 3 of them inferred")
    expect(line).to_contain_text("2 possible · 0 without a place · none verified")


def test_the_region_filter_says_certain_and_possible(opened) -> None:
    regions = opened().page.locator(".st-key-filter-region")
    for said in ("Pyongyang 7 · 0", "North Hamgyong 0 · 2", "Rason 0 · 2"):
        expect(regions).to_contain_text(said, timeout=30_000)


def test_the_base_map_is_painted_and_not_only_there(opened) -> None:
    seen = opened("/?view=39.5,127,6")
    seen.map_drawn()
    seen.page.wait_for_timeout(1_000)
    picture = seen.page.locator("iframe").first.screenshot()
    colours = _colours(picture)
    sea, land, own = (219, 231, 238), (243, 240, 232), (255, 253, 247)
    assert all(colours.get(colour, 0) > 5_000 for colour in (sea, land, own)), colours


def _colours(picture: bytes) -> dict[tuple[int, ...], int]:
    import io

    from PIL import Image

    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return {colour: count for count, colour in image.getcolors(1 << 24)}


def test_a_filter_changes_the_counts_and_the_address_and_a_reload_restores_it(opened) -> None:
    seen = opened()
    seen.map_drawn()
    seen.page.get_by_role("button", name=re.compile("^Rason")).click()
    seen.until(lambda state: state["shown"] == 2)
    expect(seen.page).to_have_url(re.compile("region=KP-13"))
    expect(seen.page.locator(".st-key-sentence")).to_contain_text("2 of 9 entries from 1 report")
    expect(seen.page.locator("h1.sentence")).to_have_text("In Rason")
    seen.page.reload()
    seen.until(lambda state: state.get("ready") and state["shown"] == 2)
    expect(seen.page.locator("h1.sentence")).to_have_text("In Rason")


def test_searching_words_filters_and_stands_in_the_address(opened) -> None:
    seen = opened()
    seen.map_drawn()
    field = seen.page.get_by_role("textbox", name="Search")
    field.fill("karaoke")
    field.press("Enter")
    seen.until(lambda state: state["shown"] == 1)
    expect(seen.page).to_have_url(re.compile("text=karaoke"))


def test_nothing_flickers_when_a_filter_changes(opened) -> None:
    seen = opened()
    seen.map_drawn()
    frame = next(f for f in seen.page.frames if "streamlit_folium" in f.url)
    frame.evaluate("window.mark = 'the same frame'")
    seen.page.get_by_role("button", name=re.compile("^street life")).click()
    seen.until(lambda state: state["shown"] == 2)
    assert frame.evaluate("window.mark") == "the same frame"


def test_panning_and_zooming_do_not_rerun_the_script(opened) -> None:
    seen = opened()
    sent: list[str] = []
    seen.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("x")))
    seen.page.reload()
    before = seen.map_drawn()
    seen.page.wait_for_timeout(2_500)
    sent.clear()
    box = seen.page.locator("iframe").first.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for step in (-120, 80, 60):
        seen.page.mouse.move(*middle)
        seen.page.mouse.down()
        seen.page.mouse.move(middle[0] + step, middle[1] + step / 2, steps=6)
        seen.page.mouse.up()
        seen.page.wait_for_timeout(400)
    seen.page.mouse.wheel(0, -240)
    seen.until(lambda state: state["zoom"] != before["zoom"])
    seen.page.wait_for_timeout(1_000)
    assert sent == []
    assert "view=" in seen.page.url


BOXES = """() => {
    const all = 'button, input, label, h1, iframe, .glimpse-legend';
    const place = ({x, y, width, height}) => [x, y, width, height].map(Math.round);
    const of = (root) => [...root.querySelectorAll(all)]
        .filter((node) => node.checkVisibility())
        .map((node) => place(node.getBoundingClientRect()));
    const read = () => JSON.stringify([of(document), of(map.contentDocument)]);
    const map = document.querySelector('.st-key-map iframe');
    window.seen = new Set();
    const look = () => { window.seen.add(read()); window.looking = requestAnimationFrame(look); };
    look();
    return JSON.parse(read()).flat().length;
}"""
"""Notes in each frame that is drawn where every control stands; returns how many there are."""


def test_no_control_moves_or_flickers_while_the_map_is_panned(opened) -> None:
    seen = opened("/?tour=no&view=39.5,127,7&entry=A1&region=KP-01")
    seen.map_drawn()
    expect(seen.page.locator(".st-key-panel")).to_contain_text("Why here?", timeout=20_000)
    seen.page.wait_for_timeout(2_500)
    assert seen.page.evaluate(BOXES) > 40
    box = seen.page.locator(".st-key-map iframe").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for step in (-120, 90, 30):
        seen.page.mouse.move(*middle)
        seen.page.mouse.down()
        seen.page.mouse.move(middle[0] + step, middle[1] + step / 2, steps=6)
        seen.page.mouse.up()
        seen.page.wait_for_timeout(500)
    assert len(seen.page.evaluate("[...window.seen]")) == 1


def test_a_click_on_seven_entries_opens_a_list_and_then_an_entry(opened) -> None:
    seen = opened()
    seen.map_drawn()
    seen.click_symbol("Pyongyang")
    panel = seen.page.locator(".st-key-panel")
    expect(panel).to_contain_text("7 entries at this place", timeout=15_000)
    panel.get_by_role("button", name=re.compile("grocery")).click()
    expect(panel).to_contain_text("inferred: stated for the video as a whole", timeout=15_000)
    expect(panel).to_contain_text("Why here?")
    expect(seen.page).to_have_url(re.compile("entry=A5"))


def test_an_entry_with_several_named_places_says_that_the_list_is_not_complete(opened) -> None:
    panel = opened("/?entry=B1").page.locator(".st-key-panel")
    words = "possibly here (1 of 2 named places; the list is not complete)"
    expect(panel).to_contain_text(words, timeout=30_000)
    expect(panel).to_contain_text("“Chongjin”; “Rajin”")
    expect(panel).to_contain_text("which section was shot where was withheld")


def test_a_row_of_the_table_opens_its_entry(opened) -> None:
    seen = opened()
    seen.map_drawn()
    table = seen.page.locator('[data-testid="stDataFrame"]')
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    seen.page.mouse.click(box["x"] + 14, box["y"] + 35 + 30 * 1.5)
    expect(seen.page.locator(".st-key-panel")).to_contain_text("cadets", timeout=15_000)
    seen.until(lambda state: state["ready"])
    expect(seen.page).to_have_url(re.compile("entry=A2"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_korean_page_stands_in_both_themes_and_sizes(opened, scheme: str, size) -> None:
    width, height = size
    seen = opened("/?lang=ko", color_scheme=scheme, viewport={"width": width, "height": height})
    state = seen.map_drawn()
    assert (state["lang"], state["theme"]) == ("ko", scheme)
    expect(seen.page.locator(".st-key-sentence")).to_contain_text("9")
    wide = seen.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


def test_the_language_switch_keeps_the_view_and_the_filters(opened) -> None:
    seen = opened("/?category=military")
    seen.map_drawn()
    seen.page.get_by_role("radio", name="한국어").or_(
        seen.page.get_by_role("button", name="한국어")
    ).first.click()
    state = seen.until(lambda state: state.get("lang") == "ko")
    assert state["shown"] == 1
    expect(seen.page).to_have_url(re.compile("lang=ko"))
    expect(seen.page).to_have_url(re.compile("category=military"))


def test_a_visit_to_the_help_page_keeps_language_and_filters(opened) -> None:
    seen = opened("/?lang=ko&region=KP-13")
    seen.map_drawn()
    seen.page.get_by_role("link", name="도움말").click()
    expect(seen.page.get_by_role("heading", name="도움말")).to_be_visible(timeout=15_000)
    seen.page.get_by_role("link", name="지도").click()
    seen.until(lambda state: state.get("ready") and state["shown"] == 2)
    expect(seen.page).to_have_url(re.compile("region=KP-13"))
    expect(seen.page).to_have_url(re.compile("lang=ko"))


def test_an_unclear_name_is_decided_by_a_person_and_undone(browser: Browser, folder: Path) -> None:
    sheet, store = folder / "unclear.csv", folder / "unclear.sqlite"
    sheet.write_text("id,title,locality\nR1,Trucks,Unsan\nR2,A market,Unsan\nR3,Snow,Chongin\n")
    assert '"new": 3' in command(folder, store, "import", sheet).stdout
    with app(folder / "cache", store, folder / "unclear.log") as running:
        seen = visit(browser, running)
        seen.map_drawn()
        seen.page.get_by_text("Without a place (3)").click()
        expect(seen.page.get_by_text("Without a place: review (3)")).to_be_visible()
        seen.page.get_by_role("link", name=re.compile("Review")).click()
        expect(seen.page.get_by_text("Review: 3 to decide")).to_be_visible(timeout=20_000)
        expect(seen.page.get_by_role("heading", name="“Unsan”")).to_be_visible()
        assert len(seen.map_drawn()["symbols"]) >= 2
        seen.page.get_by_text("Decide all 2 locations with these words").click()
        seen.page.get_by_role("textbox", name="Note: why this place").fill("the bridge is seen")
        seen.page.keyboard.press("Tab")
        seen.page.get_by_role("button", name="Accept").first.click()
        expect(seen.page.get_by_text("Review: 1 to decide")).to_be_visible(timeout=20_000)
        decided = open_store(f"sqlite:///{store}").entries(["R1", "R2"]).values()
        notes = {one.locations[0].decision.reason for one in decided}
        assert notes == {"the bridge is seen"}
        seen.page.get_by_role("button", name=re.compile("Undo the last decision")).click()
        expect(seen.page.get_by_text("Review: 3 to decide")).to_be_visible(timeout=20_000)
        seen.page.context.close()
    assert seen.outside == []


def test_an_entry_known_to_the_country_alone_is_never_put_into_a_town(
    browser: Browser, folder: Path
) -> None:
    sheet, store = folder / "country.csv", folder / "country.sqlite"
    sheet.write_text("id,title,locality\nC1,Snow,North Korea\nC2,A mill,Hamhung\n")
    assert '"new": 2' in command(folder, store, "import", sheet).stdout
    with app(folder / "cache", store, folder / "country.log") as running:
        seen = visit(browser, running + "/?view=40.0,127.3,5")
        symbols = seen.map_drawn()["symbols"]
        seen.page.context.close()
    whole = [s for s in symbols if s["kind"] == "country"]
    assert [(s["name"], s["n"]) for s in whole] == [("North Korea", 1)]


def test_a_store_that_is_taken_away_is_said_and_not_begun_anew(
    browser: Browser, folder: Path
) -> None:
    store = folder / "taken.sqlite"
    with app(folder / "cache", store, folder / "taken.log") as running:
        seen = visit(browser, running)
        seen.map_drawn()
        kept = store.rename(folder / "kept.sqlite")
        seen.page.reload()
        expect(seen.page.get_by_text("is gone")).to_be_visible(timeout=20_000)
        assert not store.exists()
        kept.rename(store)
        seen.page.reload()
        assert seen.map_drawn()["shown"] == 9
        seen.page.context.close()


def test_hostile_text_is_shown_letter_for_letter_and_evaluated_nowhere(
    browser: Browser, folder: Path
) -> None:
    sheet, store = folder / "hostile.csv", folder / "hostile.sqlite"
    texts = dict.fromkeys(
        ("title", "description", "category", "tags", "report_title", "outlet", "language",
         "paragraph", "locality", "released_at", "mentioned", "verification_note", "of_our_own"),
        HOSTILE.replace(";", ","),
    )  # fmt: skip
    rows = [
        {**texts, "id": "H1"},
        {**texts, "id": "H2", "locality": "Pyongyang"},
        {**texts, "id": HOSTILE[:150], "report_id": HOSTILE[:150], "locality": "Chongjin"},
    ]
    columns = ["id", "report_id", *texts]
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    taken = command(folder, store, "import", sheet)
    assert '"new": 3' in taken.stdout, taken.stdout + taken.stderr
    with app(folder / "cache", store, folder / "hostile.log") as running:
        seen = visit(browser, running + "/?entry=H2")
        seen.map_drawn()
        panel = seen.page.locator(".st-key-panel")
        expect(panel.locator("h2")).to_have_text(HOSTILE, timeout=30_000)
        seen.page.get_by_text("Without a place").first.click()
        seen.page.wait_for_timeout(1_500)
        everything = seen.page.evaluate("document.body.innerText")
        chosen = seen.page.locator(".st-key-filter-category button").filter(has_text="7*191")
        expect(chosen).to_have_count(1)
        chosen.click()
        expect(seen.page.locator("h1.sentence")).to_contain_text(HOSTILE)
        seen.page.context.close()
    assert "1337" not in everything
    assert seen.outside == []
    assert seen.errors == []
    assert "1337" not in (folder / "hostile.log").read_text()


def test_a_hundred_thousand_entries_are_imported_and_the_page_opens(
    browser: Browser, folder: Path
) -> None:
    sheet, store = folder / "many.csv", folder / "many.sqlite"
    assert command(folder, store, "synth", 100_000, sheet).returncode == 0
    taken = command(folder, store, "import", sheet)
    assert '"new": 100000' in taken.stdout, taken.stderr
    with app(folder / "cache", store, folder / "many.log") as running:
        seen = visit(browser, running)
        state = seen.until(lambda state: state.get("ready") and state.get("basemap"), 120)
        assert state["shown"] == 100_009
        expect(seen.page.locator(".st-key-sentence")).to_contain_text("100,009 of 100,009 entries")
        seen.page.context.close()
    assert seen.outside == []
    assert seen.errors == []


@pytest.mark.parametrize(
    ("language", "menu", "button"),
    [("en", "Download", "Download .geojson"), ("ko", "내려받기", ".geojson 내려받기")],
)
def test_the_download_menu_gives_the_file_of_what_the_filters_show(
    opened, language, menu, button
) -> None:
    page = opened(f"/?region=KP-13&lang={language}").page
    page.locator(".st-key-download").get_by_role("button", name=menu).click(timeout=30_000)
    page.get_by_text("GeoJSON:").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    assert re.fullmatch(
        r"glimpse-\d{4}-\d\d-\d\d-2-entries\.geojson", download.value.suggested_filename
    )
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [one["id"] for one in found["features"]] == ["B1", "B2"]
    assert [one["properties"]["possible"] for one in found["features"]] == [True, True]
    assert found["filters"] == ("In Rason" if language == "en" else found["filters"])
