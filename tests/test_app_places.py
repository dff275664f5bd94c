"""The map as a list: pages of rows that are said in words, run without a browser."""

import pytest
from conftest import candidate, entry, located
from test_app import page, said

from geo.entry import Relation
from geo.store import default_url, open_store


def rows(test):
    """Return what each row of the list says."""
    return [button.label for button in test.button if (button.key or "").startswith("place-")]


@pytest.fixture
def thirty(cache):
    """Fill the page's store with thirty places: two certain entries at the first, one elsewhere."""
    places = [
        candidate(f"t:{n:02}", name=f"Town {n:02}", native=f"마을 {n:02}", lat=38 + n / 10)
        for n in range(30)
    ]
    entries = [entry(f"E{n}", located(place), category="x") for n, place in enumerate(places)]
    both = [located(place, relation=Relation.ONE_OF) for place in places[:2]]
    store = open_store(default_url())
    more = [entry("F", located(places[0]), category="x"), entry("G", *both, category="x")]
    store.save([*entries, *more], "test", "test")
    store.engine.dispose()


@pytest.mark.usefixtures("thirty")
def test_each_place_says_its_counts_its_region_and_its_precision() -> None:
    test = page(tab="places", category="x")
    assert not test.exception
    first, second, third = rows(test)[:3]
    certain = (
        "**Town 00 마을 00** :blue[2 certain] :orange[1 possible] :gray[Pyongyang] :gray[city]"
    )
    assert first == certain
    assert second.startswith("**Town 01 마을 01** :blue[1 certain] :orange[1 possible]")
    assert ":orange[0 possible]" in third
    assert "**30** places" in said(test)


@pytest.mark.usefixtures("thirty")
def test_places_come_page_by_page_and_a_page_that_is_over_is_the_first() -> None:
    test = page(tab="places", category="x")
    assert len(rows(test)) == 25
    test.session_state["places-page"] = 2
    test.run()
    assert len(rows(test)) == 5
    test.query_params["precision"] = "site"
    test.query_params["certainty"] = "possible"
    test.run()
    assert (not test.exception, rows(test)) == (True, [])
    del test.query_params["precision"]
    test.run()
    assert len(rows(test)) == 2


@pytest.mark.usefixtures("thirty")
def test_in_korean_the_korean_names_come_first() -> None:
    assert rows(page("ko", tab="places", category="x"))[0].startswith(
        "**마을 00 Town 00** :blue[확실 2]"
    )


@pytest.mark.usefixtures("thirty")
def test_choosing_a_place_shows_its_entries_beside_the_map() -> None:
    test = page(tab="places", category="x")
    next(button for button in test.button if button.key == "place-certain-0").click().run()
    assert not test.exception
    assert len(test.session_state["at"]) == 1
    assert rows(test)[0].endswith(":gray[shown beside the map]")


@pytest.mark.usefixtures("cache")
def test_what_is_only_possible_is_marked_and_said() -> None:
    test = page(tab="places")
    kinds = [button.key for button in test.button if (button.key or "").startswith("place-")]
    assert kinds == ["place-certain-0", "place-possible-1", "place-possible-2"]
    assert ":blue[0 certain] :orange[2 possible]" in rows(test)[1]


@pytest.mark.usefixtures("cache")
def test_the_way_to_the_entries_without_a_place_is_one_button() -> None:
    store = open_store(default_url())
    store.save([entry("N")], "test", "test")
    store.engine.dispose()
    test = page(tab="places")
    assert "No entry" not in said(test)
    next(button for button in test.button if button.key == "to-unplaced").click().run()
    assert test.query_params["tab"] in ("unplaced", ["unplaced"])
