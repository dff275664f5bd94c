"""Briefings as a person meets them: composed from the map, put in order, saved, presented."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import HOSTILE
from matplotlib.image import imsave
from playwright.sync_api import Browser, Locator, Page, expect

from geo.steps import Briefing, Step
from geo.store import open_store
from tests.chromium import Visit, app, command, visits

pytestmark = pytest.mark.browser

SHIPPED = "what-two-reports-show"
PROBED = "status of 404"
"""Streamlit asks below the page's own path first when a page other than the first is opened."""
STEPS = ("one", "two", "three", "four")


@pytest.fixture(scope="module", autouse=True)
def _patience() -> Iterator[None]:
    """Wait longer than usual: each of these pages puts questions to the data on a busy machine."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def place(folder: Path) -> Path:
    """Return the file of the store that the app of this module uses, with the shipped briefing."""
    found = folder / "briefing.sqlite"
    assert command(folder, found, "brief", "--list").returncode == 0
    return found


@pytest.fixture(scope="module")
def address(folder: Path, place: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEO_MEDIA", str(folder / "media"))
        with app(folder / "cache", place, folder / "briefing.log") as running:
            yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    def drawn(seen: Visit) -> None:
        expect(seen.page.locator("h1, .st-key-present iframe").first).to_be_visible(timeout=40_000)
        seen.page.locator("html[data-keys]").wait_for(state="attached")

    with visits(browser, address, drawn, "/briefing?lang=en", PROBED) as open_one:
        yield open_one


@pytest.fixture
def made(place: Path) -> Callable[..., str]:
    """Return what saves a briefing of four steps and gives its address."""
    numbers = iter(range(1_000))

    def save(**changes: object) -> str:
        store = open_store(f"sqlite:///{place}")
        name = f"made-{next(numbers)}-{len(store.briefings())}"
        steps = [Step(id=one, headline=f"Step called {one}") for one in STEPS]
        given = {"id": name, "title": f"Made for {name}", "steps": steps, **changes}
        store.save([Briefing.model_validate(given)], "A colleague", "begun")
        store.engine.dispose()
        return name

    return save


def kept(place: Path, name: str) -> Briefing:
    store = open_store(f"sqlite:///{place}")
    found = store.briefing(name)
    store.engine.dispose()
    assert found is not None
    return found[1]


def until_kept(page: Page, place: Path, name: str, steps: list[str]) -> None:
    """Wait until the store holds the steps in this order."""
    for _ in range(100):
        if [one.id for one in kept(place, name).steps] == steps:
            return
        page.wait_for_timeout(100)
    assert [one.id for one in kept(place, name).steps] == steps


def at(name: str, **more: str) -> str:
    return f"/briefing?lang=en&briefing={name}" + "".join(f"&{k}={v}" for k, v in more.items())


def rows(page: Page) -> Locator:
    return page.locator(".steps .step")


def headlines(page: Page, *wanted: str) -> None:
    expect(rows(page).locator(".headline")).to_have_text(
        [f"Step called {one}" for one in wanted], timeout=20_000
    )


def typed(page: Page, label: str, text: str) -> None:
    """Write into a field and leave it, as a person does."""
    field = page.get_by_label(label, exact=True).first
    field.fill(text)
    field.press("Tab")


def test_the_list_says_of_a_briefing_what_it_is_and_opens_it(opened) -> None:
    page = opened().page
    row = page.get_by_role("button", name=re.compile("What two reports show, and where"))
    expect(row).to_contain_text("6 steps")
    row.click()
    expect(page).to_have_url(re.compile(f"briefing={SHIPPED}"))
    expect(rows(page)).to_have_count(6)
    expect(rows(page).nth(4)).to_contain_text("0 certain")
    expect(rows(page).nth(4)).to_contain_text("2 possible")
    expect(rows(page).nth(4)).to_contain_text("In Rason")


def test_a_view_of_the_map_becomes_a_step_with_its_question_and_its_counts(
    opened, made, place
) -> None:
    name = made(steps=[])
    seen = opened(f"/?tour=no&lang=en&region=KP-13&map=regions&briefing={name}")
    page = seen.page
    seen.map_drawn()
    page.get_by_role("button", name="Add this view as a step").click()
    typed(page, "Headline", "Filmed in Rason?")
    typed(page, "Speaker notes", "Two numbers.")
    page.get_by_text("Fit the map to what is shown").click()
    page.get_by_role("button", name="Add the step").click()
    expect(page.get_by_text(f"Saved as step 1 of “Made for {name}”.")).to_be_visible()
    page.get_by_role("link", name="Open the briefing").click()
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("Filmed in Rason?")
    expect(rows(page)).to_contain_text("2 possible")
    step = kept(place, name).steps[0]
    assert (step.filters, step.beside, step.notes) == ("region=KP-13", "regions", "Two numbers.")
    assert step.view is not None
    assert 35 < step.view.lat < 45


def test_a_new_briefing_begins_on_the_map_on_a_phone(opened, place) -> None:
    seen = opened("/?tour=no&lang=en&certainty=possible", viewport={"width": 390, "height": 844})
    page = seen.page
    seen.map_drawn()
    page.get_by_role("button", name="Add this view as a step").click()
    page.get_by_label("Briefing", exact=True).click()
    page.get_by_role("option", name="New briefing").click()
    typed(page, "Title of the new briefing", "From a phone")
    page.get_by_role("button", name="Add the step").click()
    expect(page.get_by_text("Saved as step 1 of “From a phone”.")).to_be_visible()
    assert kept(place, "from-a-phone").steps[0].filters == "certainty=possible"


def test_words_for_a_step_outlive_the_menu_that_they_stand_in(opened, made, place) -> None:
    name = made(steps=[])
    seen = opened(f"/?tour=no&lang=en&briefing={name}")
    seen.map_drawn()
    menu = seen.page.get_by_role("button", name="Add this view as a step")
    menu.click()
    typed(seen.page, "Headline", "Not lost")
    seen.page.keyboard.press("Escape")
    expect(seen.page.get_by_label("Headline", exact=True)).to_be_hidden()
    menu.click()
    expect(seen.page.get_by_label("Headline", exact=True)).to_have_value("Not lost")
    seen.page.get_by_role("button", name="Add the step").click()
    expect(seen.page.get_by_text("Saved as step 1")).to_be_visible()
    assert kept(place, name).steps[0].headline == "Not lost"


def test_a_picture_is_uploaded_shown_and_kept_and_what_is_none_is_refused(
    opened, made, place, tmp_path: Path
) -> None:
    name = made()
    page = opened(at(name, step="one")).page
    none, picture = tmp_path / "none.png", tmp_path / "picture.png"
    none.write_text("<script>alert(1)</script>")
    imsave(picture, np.zeros((40, 60, 3)))
    field = page.locator('.st-key-briefing-step input[type="file"]')
    field.set_input_files(none)
    expect(page.get_by_text("This is no picture or video")).to_be_visible(timeout=20_000)
    field.set_input_files(picture)
    expect(page.locator(".st-key-briefing-step img")).to_be_visible(timeout=20_000)
    typed(page, "Caption", "A square")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    exhibit = kept(place, name).steps[0].exhibit
    assert exhibit is not None
    assert exhibit.caption == "A square"
    assert exhibit.sha256 == hashlib.sha256(picture.read_bytes()).hexdigest()


def test_steps_are_put_in_order_by_drag_keys_and_buttons(opened, made, place) -> None:
    name = made()
    page = opened(at(name)).page
    headlines(page, *STEPS)
    handle, last = rows(page).nth(0).locator(".handle"), rows(page).nth(2)
    box, under = handle.bounding_box(), last.bounding_box()
    assert box is not None
    assert under is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 10, under["y"] + under["height"] - 4, steps=8)
    page.mouse.up()
    headlines(page, "two", "three", "one", "four")
    until_kept(page, place, name, ["two", "three", "one", "four"])
    rows(page).nth(0).locator(".headline").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    headlines(page, "three", "one", "two", "four")
    until_kept(page, place, name, ["three", "one", "two", "four"])
    page.wait_for_timeout(1_500)
    headlines(page, "three", "one", "two", "four")
    focused = "document.activeElement.shadowRoot?.activeElement?.textContent"
    assert page.evaluate(focused) == "Step called two"
    page.get_by_role("button", name="Move step 4 up").click()
    until_kept(page, place, name, ["three", "one", "four", "two"])


def test_a_step_is_duplicated_deleted_and_brought_back(opened, made, place) -> None:
    name = made()
    page = opened(at(name)).page
    headlines(page, *STEPS)
    page.get_by_role("button", name="Duplicate step 2").click()
    until_kept(page, place, name, ["one", "two", "two-2", "three", "four"])
    headlines(page, "one", "two", "two", "three", "four")
    page.get_by_role("button", name="Delete step 1").click()
    until_kept(page, place, name, ["two", "two-2", "three", "four"])
    expect(page.get_by_text("The step was deleted.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    until_kept(page, place, name, ["one", "two", "two-2", "three", "four"])
    headlines(page, "one", "two", "two", "three", "four")
    page.get_by_text(re.compile(r"^History \(\d+\)$")).click()
    page.get_by_role("button", name="Back to this").last.click()
    until_kept(page, place, name, list(STEPS))


def test_what_is_typed_outlives_other_pages_and_is_saved_as_one_revision(
    opened, made, place
) -> None:
    name = made()
    page = opened(at(name, step="two")).page
    typed(page, "Headline", "Said anew")
    typed(page, "Text", "**{shown}** of {total} entries")
    expect(page.locator(".prose")).to_contain_text("9 of 9 entries")
    page.get_by_role("button", name=re.compile("^← Made for")).click()
    expect(rows(page).nth(1)).to_contain_text("not saved yet")
    page.get_by_role("button", name=re.compile("^Edit step 2")).click()
    expect(page.get_by_label("Headline", exact=True).first).to_have_value("Said anew")
    expect(page.locator(".finds")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert kept(place, name).steps[1].headline == "Said anew"
    assert kept(place, name).steps[1].text == "**{shown}** of {total} entries"


def test_what_somebody_saved_meanwhile_is_shown_and_not_written_over(opened, made, place) -> None:
    name = made()
    page, other = opened(at(name, step="two")).page, opened(at(name, step="two")).page
    typed(page, "Headline", "Mine")
    typed(other, "Headline", "Theirs")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Somebody saved this meanwhile.")).to_be_visible()
    table = page.locator(".both table")
    expect(table).to_contain_text("Mine")
    expect(table).to_contain_text("Theirs")
    assert kept(place, name).steps[1].headline == "Theirs"
    page.get_by_role("button", name="Keep mine where I changed it").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert kept(place, name).steps[1].headline == "Mine"


def test_an_order_of_an_older_state_is_not_written(opened, made, place) -> None:
    name = made()
    page, other = opened(at(name)).page, opened(at(name)).page
    headlines(page, *STEPS)
    headlines(other, *STEPS)
    other.get_by_role("button", name="Delete step 4").click()
    until_kept(other, place, name, ["one", "two", "three"])
    page.get_by_role("button", name="Move step 4 up").click()
    expect(page.get_by_text("Somebody saved this briefing meanwhile")).to_be_visible()
    headlines(page, "one", "two", "three")
    assert [one.id for one in kept(place, name).steps] == ["one", "two", "three"]


def test_a_question_goes_to_the_map_and_comes_back_changed(opened, made, place) -> None:
    name = made()
    seen = opened(at(name, step="three"))
    page = seen.page
    page.get_by_role("button", name="Open on the map").click()
    seen.map_drawn()
    page.locator('[data-testid="stSidebar"] button', has_text="possibly here").click()
    seen.until(lambda state: state.get("shown") == 2)
    page.get_by_role("button", name="Add this view as a step").click()
    page.get_by_role("button", name="Show this view in step 3: Step called three").click()
    expect(page.get_by_text("Saved as step 3")).to_be_visible()
    assert kept(place, name).steps[2].filters == "certainty=possible"


def test_a_briefing_goes_out_as_json_and_comes_in_again(
    opened, made, place, tmp_path: Path
) -> None:
    name = made(author="Somebody", methodology="As *it* was.")
    page = opened(at(name)).page
    page.get_by_role("button", name="Download").click()
    page.get_by_text("JSON: the briefing itself").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download .json", exact=True).click()
    out = tmp_path / "briefing.json"
    taken.value.save_as(out)
    assert json.loads(out.read_text())["briefing"]["author"] == "Somebody"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="← All briefings").click()
    page.get_by_role("button", name="Import").click()
    page.locator('input[type="file"]').set_input_files(out)
    page.get_by_role("button", name="Take it in").click()
    expect(page.locator("h1")).to_have_text(f"Made for {name}")
    expect(page).to_have_url(re.compile(f"briefing=made-for-{name}"))
    assert kept(place, f"made-for-{name}").steps == kept(place, name).steps


def test_hostile_words_stand_letter_for_letter(opened, made) -> None:
    text = " ".join(HOSTILE)
    steps = [
        Step(id=f"s{number}", headline=one, text=one, notes=one, filters="")
        for number, one in enumerate(HOSTILE)
    ]
    name = made(title=text, cover=text, author=text, steps=steps)
    page = opened(at(name)).page
    expect(page.locator("h1")).to_have_text(text)
    expect(rows(page).locator(".headline")).to_have_text(list(HOSTILE))
    page.get_by_role("button", name="← All briefings").click()
    expect(page.get_by_role("button", name=re.compile(re.escape(HOSTILE[0]))).first).to_be_visible()


def test_presenting_fills_the_window_goes_on_by_key_and_is_remembered(opened, made, place) -> None:
    name = made()
    page = opened(at(name)).page
    expect(page.get_by_text("Never presented yet")).to_be_visible()
    page.get_by_role("button", name="Present", exact=True).click()
    frame = page.locator(".st-key-present iframe")
    expect(frame).to_be_visible(timeout=20_000)
    expect(frame).to_have_attribute("title", "Briefing")
    assert frame.bounding_box() == {"x": 0, "y": 0, "width": 1440, "height": 900}
    inside = page.frame_locator(".st-key-present iframe")
    expect(inside.get_by_text(f"Made for {name}").first).to_be_visible(timeout=20_000)
    page.keyboard.press("ArrowRight")
    expect(inside.get_by_text("Step called one").first).to_be_visible()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_text("Nothing changed since it was presented")).to_be_visible(timeout=20_000)
    assert "present=1" not in page.url


def test_a_frozen_briefing_keeps_to_the_data_of_its_moment(opened, made, folder, place) -> None:
    name = made()
    page = opened(at(name)).page
    page.get_by_role("button", name="Freeze", exact=True).click()
    expect(page.get_by_text("Frozen: it keeps to the data")).to_be_visible()
    sheet = folder / "later.csv"
    sheet.write_text("id,title,locality\nLATER1,Later,Hamhung\n")
    assert command(folder, place, "import", sheet).returncode == 0
    page.reload()
    expect(rows(page).nth(0)).to_contain_text("7 certain")
    page.get_by_role("button", name="Unfreeze").click()
    expect(rows(page).nth(0)).to_contain_text("8 certain")


def test_a_deleted_briefing_can_be_put_back(opened, made, place) -> None:
    name = made()
    page = opened(at(name)).page
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator("h1")).to_have_text("Briefings")
    assert kept(place, name).deleted
    page.get_by_text(re.compile(r"^Deleted \(\d+\)$")).click()
    page.locator(f".st-key-put-back-{name} button").click()
    expect(page.get_by_text("Put back.")).to_be_visible()
    assert not kept(place, name).deleted
