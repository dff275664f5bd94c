"""The review page as a person meets it: clicks, coordinates, decisions and their undoing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import candidate, entry, located
from playwright.sync_api import Browser, Page, expect

from geo.entry import Entry, Match
from geo.store import open_store
from tests.chromium import Visit, app, command, visit
from tests.test_online import NOMINATIM, Server, document

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
        seen = visit(browser, f"{running}/?entry={decided}&tab=unplaced")
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


def test_asking_for_all_is_stopped_by_a_click_and_keeps_what_was_answered(
    browser: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server().plays(document("nominatim", NOMINATIM))
    secrets = folder / "secrets.toml"
    secrets.write_text(f'GEO_ONLINE = "nominatim={server.url}"\n')
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
    monkeypatch.delenv("GEO_ONLINE", raising=False)
    sheet, store = folder / "asked.csv", folder / "asked.sqlite"
    rows = [f"R{n},Title {n},Qq{letter * 3}zz" for n, letter in enumerate("abcdefgh")]
    sheet.write_text("\n".join(["id,title,locality", *rows, "R9,Snow,Unsan"]))
    assert '"new": 9' in command(folder, store, "import", sheet).stdout
    with app(folder / "cache", store, folder / "asked.log") as running:
        seen = visit(browser, running)
        seen.map_drawn()
        seen.page.get_by_role("link", name=re.compile("Review")).click()
        seen.page.get_by_text("Allow asking online").click()
        seen.page.get_by_role("tab", name="Ask for all online").click()
        expect(seen.page.get_by_text("These 9 localities and nothing else")).to_be_visible(
            timeout=20_000
        )
        assert server.asked == []
        seen.page.get_by_role("button", name="Send all").click()
        expect(seen.page.get_by_text(re.compile("[2-8] of 9 asked"))).to_be_visible(timeout=20_000)
        seen.page.get_by_role("button", name="Stop").click()
        expect(seen.page.get_by_text(re.compile("These [1-8] localities"))).to_be_visible(
            timeout=20_000
        )
        seen.page.wait_for_timeout(2_500)  # what was under way comes back
        asked = len(server.asked)
        seen.page.wait_for_timeout(3_000)
        assert len(server.asked) == asked < 9
        seen.page.context.close()
    server.close()
    opened = open_store(f"sqlite:///{store}")
    joined = [
        one
        for _, one in opened.since(0)
        if any(c.provenance.provider.startswith("Nominatim") for c in one.locations[0].candidates)
    ]
    opened.engine.dispose()
    assert len(joined) == asked
    assert all(one.locations[0].place is None for one in joined)
    assert seen.outside == []
    assert seen.errors == []


def test_geocoding_again_lists_what_changes_applies_it_and_is_undone(
    browser: Browser, folder: Path
) -> None:
    store = folder / "again.sqlite"
    assert command(folder, store, "store", "init", "--empty").returncode == 0
    opened = open_store(f"sqlite:///{store}")
    moved = candidate("gl:old", name="Pyongyang", lat=38.0)
    opened.save([entry(f"E{n}", located(moved)) for n in range(3)], "import", "")
    with app(folder / "cache", store, folder / "again.log") as running:
        seen = visit(browser, running)
        seen.map_drawn()
        seen.page.get_by_role("link", name=re.compile("Review")).click()
        seen.page.get_by_role("tab", name="Geocode again").click()
        seen.page.get_by_role("button", name="Compare with the present place index").click()
        expect(seen.page.get_by_role("button", name="Apply all")).to_be_visible(timeout=20_000)
        assert opened.head()[0] == 3
        seen.page.get_by_role("button", name="Apply all").click()
        undo = seen.page.get_by_role("button", name=re.compile("3 entries geocoded again"))
        expect(undo).to_be_visible(timeout=20_000)
        assert opened.entries(["E1"])["E1"].locations[0].place.lat > 39
        undo.click()
        expect(undo).to_have_count(0, timeout=20_000)
        seen.page.context.close()
    assert opened.entries(["E1"])["E1"].locations[0].place == moved
    opened.engine.dispose()
    assert seen.outside == []
    assert seen.errors == []
