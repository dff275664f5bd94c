"""One entry as a person meets it: from the map and back, its evidence, the form, the neighbours."""

import hashlib
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import candidate, entry, located
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from geo.entry import Evidence, Level, Verification
from geo.store import Store, open_store
from tests.chromium import Visit, app, command, visit

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def picture() -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "SECRET"
    Image.new("RGB", (60, 40), (200, 30, 30)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[tuple[str, Store]]:
    """Run the app on the nine entries, one of them with evidence, and one of our own."""
    store, media = folder / "entry.sqlite", folder / "media"
    media.mkdir()
    sha256 = hashlib.sha256(picture()).hexdigest()
    (media / f"{sha256}.jpg").write_bytes(picture())
    assert command(folder, store, "stats").returncode == 0
    opened = open_store(f"sqlite:///{store}")
    evidence = (
        Evidence(kind="video", url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        Evidence(kind="image", sha256=sha256, caption="a still", graphic=True),
        Evidence(kind="page", url="https://example.org/page"),
    )
    known = opened.entries(["A5"])["A5"]
    opened.save([known.model_copy(update={"evidence": evidence})], "ann", "evidence")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEO_MEDIA", str(media))
        with app(folder / "cache", store, folder / "entry.log") as address:
            yield address, opened
    opened.engine.dispose()


@pytest.fixture
def on(browser: Browser, running: tuple[str, Store]) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens an address; in the end nothing outside may have been asked."""
    visits: list[Visit] = []

    def open_one(path: str, **options: object) -> Visit:
        visits.append(visit(browser, running[0] + path, **options))
        return visits[-1]

    yield open_one
    for one in visits:
        one.page.context.close()
        assert one.outside == []
        # Streamlit looks for itself below a page's own path before it looks above
        assert [error for error in one.errors if "404 (Not Found)" not in error] == []


def drawn(page: Page) -> None:
    expect(page.locator(".st-key-near-time .section")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=30_000)


def view_of(page: Page) -> str:
    """Return the view that the page's address names."""
    (view,) = parse_qs(urlsplit(page.url).query)["view"]
    return view


def test_an_entry_opens_from_the_map_and_back_keeps_filters_view_and_entry(on) -> None:
    seen = on("/?entry=A5&category=shops+and+markets&text=grocery&view=39.5000,126.5000,7")
    seen.map_drawn()
    box = seen.page.locator(".st-key-map iframe").bounding_box()
    seen.page.mouse.move(box["x"] + 300, box["y"] + 200)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + 200, box["y"] + 260, steps=8)
    seen.page.mouse.up()
    seen.page.wait_for_timeout(1_500)
    before, panned = seen.state(), view_of(seen.page)
    assert panned != "39.5000,126.5000,7"
    seen.page.get_by_role("button", name="Open entry").click()
    drawn(seen.page)
    expect(
        seen.page.get_by_role("heading", name="Inside a state-run grocery store")
    ).to_be_visible()
    assert "/entry?" in seen.page.url
    expect(seen.page.locator(".st-key-entry-claims")).to_contain_text("“Pyongyang”")
    seen.map_drawn()
    seen.page.get_by_role("button", name="Back to the map").click()
    expect(seen.page.locator(".st-key-panel")).to_contain_text("Entry A5", timeout=60_000)
    after = seen.until(lambda state: state.get("ready") and state["hash"] == before["hash"])
    assert (after["zoom"], after["shown"]) == (before["zoom"], before["shown"])
    for part in ("category=shops", "text=grocery", "entry=A5"):
        assert part in seen.page.url
    assert view_of(seen.page) == panned
    expect(seen.page.locator(".st-key-sentence")).to_contain_text("1 of 9 entries")


def test_who_comes_back_finds_the_map_counting_by_region_as_it_was_left(on) -> None:
    seen = on("/?tour=no&entry=B1&map=regions")
    seen.map_drawn()
    seen.page.get_by_role("button", name="Open entry").click()
    drawn(seen.page)
    seen.page.get_by_role("button", name="Back to the map").click()
    expect(seen.page.locator(".st-key-panel")).to_contain_text("Entry B1", timeout=60_000)
    seen.map_drawn()
    seen.page.wait_for_timeout(1_000)
    assert "map=regions" in seen.page.url


def test_a_player_is_asked_for_by_a_click_and_its_machine_alone_is_asked(on) -> None:
    seen = on("/entry?entry=A5")
    drawn(seen.page)
    load = seen.page.get_by_role("button", name=re.compile("Load from youtube-nocookie"))
    expect(load).to_be_visible()
    expect(seen.page.locator("iframe[src*=youtube]")).to_have_count(0)
    assert seen.outside == []
    load.click()
    frame = seen.page.locator("iframe[src*=youtube]")
    expect(frame).to_have_count(1, timeout=20_000)
    sandbox = frame.get_attribute("sandbox")
    assert sandbox is not None
    assert not {"allow-top-navigation", "allow-forms", "allow-downloads"} & set(sandbox.split())
    seen.page.wait_for_timeout(1_000)
    assert seen.outside == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]
    seen.outside.clear()
    seen.errors.clear()  # the request was stopped, which the page notes


def middle(page: Page) -> tuple[int, int, int]:
    """Return the colour in the middle of the picture on the page."""
    shot = page.locator(".st-key-entry-evidence .stImage img").screenshot()
    with Image.open(BytesIO(shot)) as image:
        found = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(found, tuple)
    return found


def test_what_is_graphic_comes_only_when_asked_for_first_in_grey_and_without_its_exif(on) -> None:
    seen = on("/entry?entry=A5")
    asked: list[str] = []
    seen.page.on("request", lambda request: asked.append(request.url))
    drawn(seen.page)
    expect(seen.page.get_by_text("Marked as graphic")).to_be_visible()
    assert not [url for url in asked if "/media/" in url]
    seen.page.get_by_role("button", name="Show", exact=True).click()
    image = seen.page.locator(".st-key-entry-evidence .stImage img")
    expect(image).to_be_visible(timeout=20_000)
    red, green, blue = middle(seen.page)
    assert max(red, green, blue) - min(red, green, blue) < 8
    seen.page.get_by_text("In colour").click()
    expect(seen.page.locator(".st-key-evidence-grey-1")).to_have_count(0, timeout=20_000)
    seen.page.wait_for_timeout(1_000)
    red, green, blue = middle(seen.page)
    assert red - green > 100
    sent = [seen.page.request.get(url).body() for url in asked if "/media/" in url]
    assert sent
    assert not [data for data in sent if b"SECRET" in data]


def test_what_is_typed_survives_a_visit_elsewhere_and_is_saved_once(on, running) -> None:
    store = running[1]
    store.save([entry("OWN", located(candidate(name="Pyongyang")), title="Mine")], "import", "")
    seen = on("/?entry=OWN")
    seen.map_drawn()
    seen.page.get_by_role("button", name="Open entry").click()
    drawn(seen.page)
    seen.page.get_by_role("button", name="Edit", exact=True).click()
    field = seen.page.get_by_role("textbox", name="Note on the verification")
    field.fill("the clock shows noon")
    field.press("Tab")
    seen.page.wait_for_timeout(1_500)
    seen.page.get_by_role("link", name="Help").click()
    expect(seen.page.get_by_role("heading", name="What this is")).to_be_visible(timeout=30_000)
    seen.page.go_back()
    drawn(seen.page)
    expect(field).to_have_value("the clock shows noon", timeout=20_000)
    seen.page.get_by_role("button", name="Save", exact=True).click()
    ladder = seen.page.locator(".st-key-entry-ladder")
    expect(ladder).to_contain_text("the clock shows noon", timeout=30_000)
    assert len(store.history("OWN")) == 2
    seen.page.get_by_role("button", name="Undo the last change").click()
    expect(ladder).to_contain_text("undone: revision", timeout=30_000)
    assert store.history("OWN")[-1].entry.verification.note == ""


def test_a_picture_is_added_from_this_machine_and_then_shown(on, running) -> None:
    store = running[1]
    store.save([entry("UP", title="To add to")], "import", "")
    seen = on("/entry?entry=UP")
    drawn(seen.page)
    seen.page.get_by_role("button", name="Edit", exact=True).click()
    chooser = seen.page.locator("input[type=file]")
    blue = BytesIO()
    Image.new("RGB", (50, 50), "blue").save(blue, "PNG")
    chooser.set_input_files({"name": "x.html", "mimeType": "text/html", "buffer": blue.getvalue()})
    sha256 = hashlib.sha256(blue.getvalue()).hexdigest()
    expect(seen.page.get_by_role("textbox", name="SHA-256")).to_have_value(sha256, timeout=20_000)
    seen.page.get_by_role("button", name="Save", exact=True).click()
    expect(seen.page.get_by_text("its SHA-256 was checked").first).to_be_visible(timeout=30_000)
    assert [one.sha256 for one in store.history("UP")[-1].entry.evidence] == [sha256]


def test_a_neighbour_opens_by_a_click_and_the_link_of_the_page_is_copied(on) -> None:
    seen = on("/entry?entry=B1")
    drawn(seen.page)
    seen.page.locator(".st-key-near-place").get_by_role("link").first.click()
    heading = seen.page.get_by_role("heading", name="A lively outdoor market selling electronics")
    expect(heading).to_be_visible(timeout=30_000)
    drawn(seen.page)
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.page.get_by_role("button", name="Copy link").click()
    expect(seen.page.get_by_text("Copied")).to_be_visible()
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/entry\?entry=B2&lang=en", copied)
    seen.page.get_by_role("button", name="Cite").click()
    seen.page.get_by_role("button", name="Copy citation").click()
    popover = seen.page.get_by_test_id("stPopoverBody")
    expect(popover.get_by_text("Copied")).to_be_visible()
    cited = seen.page.evaluate("navigator.clipboard.readText()")
    assert "“Chongjin”; “Rajin” (one of these; nobody says which)" in cited
    assert "/entry?entry=B2" in cited


def test_a_vector_is_drawn_beside_its_words(on, running) -> None:
    store = running[1]
    claimed = candidate(name="Pyongyang", lat=39.03, lon=125.75, uncertainty_m=15_000)
    there = candidate("person:x", name="the bridge", lat=39.4, lon=125.75, uncertainty_m=200)
    by = {"by": "person", "outcome": "accepted", "at": "2026-01-01T00:00:00Z", "reason": "seen"}
    begun = entry("MOVED", located(claimed, locality="the capital"))
    after = entry(
        "MOVED",
        located(there, locality="the capital", candidates=(claimed, there), decision=by),
        verification=Verification(level=Level.GEOLOCATED, by="Ann"),
    )
    store.save([begun], "import", "")
    store.save([after], "ann", "seen")
    seen = on("/entry?entry=MOVED")
    drawn(seen.page)
    expect(seen.page.locator(".vector")).to_contain_text(
        "“the capital”: geolocated 41.1 km north of the reported place"
    )
    state = seen.map_drawn()
    frame = next(f for f in seen.page.frames if "streamlit_folium" in f.url)
    assert [one["name"] for one in state["symbols"]] == ["the bridge"]
    (symbol,) = state["symbols"]
    height = frame.evaluate("document.documentElement.clientHeight")
    assert symbol["y"] < height * 0.4  # the claimed place, to the south, is in view as well


@pytest.mark.parametrize("entry_id", ["A5", "B1"])
def test_on_a_phone_nothing_is_wider_than_the_page_and_the_map_comes_before_the_evidence(
    on, entry_id
) -> None:
    seen = on(f"/entry?entry={entry_id}&lang=ko", **PHONE)
    drawn(seen.page)
    seen.map_drawn()
    wide = seen.page.evaluate(
        "[...document.querySelectorAll('.st-key-entry-page *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert wide == 0
    tops = [
        seen.page.locator(f".st-key-entry-{part}").bounding_box()["y"]
        for part in ("claims", "places", "evidence", "ladder")
    ]
    assert tops == sorted(tops)
