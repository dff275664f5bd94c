"""The review page as a person meets it: clicks, coordinates, decisions and their undoing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.entry import Entry, Match
from geo.store import open_store
from tests.chromium import Visit, app, command, visit

pytestmark = pytest.mark.browser
ROWS = "id,title,locality\nR1,Trucks,Unsan\nR2,A market,Unsan\nR3,Snow,Chongin\n"


@pytest.fixture
def reviewed(
    browser: Browser, folder: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Visit, Callable[[str], Entry]]]:
    """Return the review page of a store with three unclear names, and a look into the store."""
    name = request.node.name
    sheet, store = folder / f"{name}.csv", folder / f"{name}.sqlite"
    sheet.write_text(ROWS)
    assert '"new": 3' in command(folder, store, "import", sheet).stdout
    with app(folder / "cache", store, folder / f"{name}.log") as running:
        seen = visit(browser, running)
        seen.map_drawn()
        seen.page.get_by_role("link", name=re.compile("Review")).click()
        expect(seen.page.get_by_text("Review: 3 to decide")).to_be_visible(timeout=40_000)
        yield seen, lambda entry_id: open_store(f"sqlite:///{store}").entries([entry_id])[entry_id]
        seen.page.context.close()
    assert seen.outside == []
    assert seen.errors == []


def ground(seen: Visit, right: float, down: float) -> None:
    """Click the ground of the map, at these shares of its width and height."""
    box = seen.page.locator(".st-key-candidates iframe").bounding_box()
    assert box is not None
    seen.page.mouse.click(box["x"] + box["width"] * right, box["y"] + box["height"] * down)


def own_card(page: Page, form: str):
    heading = page.get_by_text(f"Your own point · {form}")
    expect(heading).to_be_visible(timeout=15_000)
    return page.locator(".stVerticalBlock").filter(has=heading).last


def test_a_click_on_the_ground_becomes_a_card_and_then_the_place(reviewed) -> None:
    seen, entry = reviewed
    before = seen.map_drawn()
    frame = next(f for f in seen.page.frames if "streamlit_folium" in f.url)
    frame.evaluate("window.mark = 'the same frame'")
    ground(seen, 0.3, 0.3)
    card = own_card(seen.page, "map click")
    expect(card).to_contain_text("put there by a person")
    after = seen.until(lambda state: state["places"] == before["places"] + 1)
    assert after["zoom"] == before["zoom"]
    assert frame.evaluate("window.mark") == "the same frame"
    card.get_by_role("button", name="Accept").click()
    expect(seen.page.get_by_text("Review: 2 to decide")).to_be_visible(timeout=20_000)
    place = (
        entry("R1").locations[0].place
        or entry("R2").locations[0].place
        or entry("R3").locations[0].place
    )
    assert (place.provenance.match, place.provenance.provider) == (Match.MANUAL, "person")
    assert place.provenance.query == f"map click at zoom {before['zoom']:g}"
    assert place.uncertainty_m > 1_000


def test_a_second_click_moves_the_point_and_a_double_click_proposes_none(reviewed) -> None:
    seen, _ = reviewed
    before = seen.map_drawn()
    box = seen.page.locator(".st-key-candidates iframe").bounding_box()
    seen.page.mouse.dblclick(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4)
    seen.until(lambda state: state["zoom"] > before["zoom"])
    seen.page.wait_for_timeout(1_000)
    expect(seen.page.get_by_text("Your own point")).to_have_count(0)
    ground(seen, 0.3, 0.3)
    seen.until(lambda state: state["places"] == before["places"] + 1)
    ground(seen, 0.6, 0.6)
    seen.page.wait_for_timeout(2_000)
    assert seen.state()["places"] == before["places"] + 1
    expect(seen.page.get_by_text("Your own point")).to_have_count(1)


def test_a_typed_mgrs_reference_is_accepted_as_exactly_as_it_was_typed(reviewed) -> None:
    seen, entry = reviewed
    seen.map_drawn()
    field = seen.page.get_by_role("textbox", name="Type coordinates")
    field.fill("125.75, 39.03")
    field.press("Enter")
    expect(seen.page.get_by_text("Is the longitude first")).to_be_visible(timeout=15_000)
    field.fill("51SYD3823")
    field.press("Enter")
    card = own_card(seen.page, "MGRS")
    expect(card).to_contain_text("within 0.707 km of 39.02803, 125.75517")
    card.get_by_role("button", name="Precision and radius").click()
    radius = seen.page.get_by_role("spinbutton", name="Radius in km")
    radius.fill("2")
    radius.press("Enter")
    seen.page.keyboard.press("Escape")
    expect(card).to_contain_text("within 2 km", timeout=15_000)
    card.get_by_role("button", name="Accept").click()
    expect(seen.page.get_by_text("Review: 2 to decide")).to_be_visible(timeout=20_000)
    places = [place for one in ("R1", "R2", "R3") if (place := entry(one).locations[0].place)]
    (place,) = places
    assert (place.uncertainty_m, place.admin1, place.name) in {
        (2_000, "KP-01", "Unsan"), (2_000, "KP-01", "Chongin")
    }  # fmt: skip
    assert place.provenance.query == "51SYD3823"


def test_a_candidate_is_accepted_with_the_precision_that_a_person_set(reviewed) -> None:
    seen, entry = reviewed
    seen.map_drawn()
    seen.page.get_by_role("button", name="Precision and radius").first.click()
    radius = seen.page.get_by_role("spinbutton", name="Radius in km")
    radius.fill("40")
    radius.press("Enter")
    expect(
        seen.page.get_by_text(re.compile("^county, within 40 km|· county, within 40 km"))
    ).to_be_visible(timeout=15_000)
    seen.page.keyboard.press("Escape")
    seen.page.get_by_role("button", name="Accept").first.click()
    expect(seen.page.get_by_text("Review: 2 to decide")).to_be_visible(timeout=20_000)
    places = [place for one in ("R1", "R2", "R3") if (place := entry(one).locations[0].place)]
    assert [place.uncertainty_m for place in places] == [40_000]


def test_the_ledger_of_an_entry_shows_each_change_and_undoes_the_last_after_a_restart(
    browser: Browser, folder: Path
) -> None:
    sheet, store = folder / "ledger.csv", folder / "ledger.sqlite"
    sheet.write_text(ROWS)
    assert '"new": 3' in command(folder, store, "import", sheet).stdout
    with app(folder / "cache", store, folder / "ledger.log") as running:
        seen = visit(browser, running)
        seen.map_drawn()
        seen.page.get_by_role("link", name=re.compile("Review")).click()
        expect(seen.page.get_by_text("Review: 3 to decide")).to_be_visible(timeout=40_000)
        field = seen.page.get_by_role("textbox", name="Note: why this place")
        field.fill("the bridge is seen")
        field.press("Tab")
        seen.page.get_by_role("button", name="Accept").first.click()
        expect(seen.page.get_by_text("Review: 2 to decide")).to_be_visible(timeout=20_000)
        seen.page.context.close()
    opened = open_store(f"sqlite:///{store}")
    (decided,) = (i for i in ("R1", "R2", "R3") if opened.entries([i])[i].locations[0].place)
    with app(folder / "cache", store, folder / "ledger.log") as running:
        seen = visit(browser, f"{running}/?entry={decided}")
        seen.map_drawn()
        trail = seen.page.locator(".st-key-ledger")
        expect(trail).to_contain_text("imported from ledger.csv", timeout=20_000)
        expect(trail).to_contain_text("review → ")
        expect(trail).to_contain_text("the bridge is seen")
        expect(trail).to_contain_text("asked for “")
        trail.get_by_role("button", name="Undo the last change").click()
        expect(trail).to_contain_text("undone: revision", timeout=20_000)
        expect(seen.page.get_by_text("Without a place: review (3)")).to_be_visible(timeout=20_000)
        assert opened.entries([decided])[decided].locations[0].place is None
        seen.page.context.close()
    opened.engine.dispose()
    assert seen.outside == []
    assert seen.errors == []
