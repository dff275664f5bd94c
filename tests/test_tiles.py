"""Online maps: which are offered, where their tiles are, whom to credit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import tiles
from geo.errors import InputError


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch) -> None:
    monkeypatch.delenv("GEO_TILES", raising=False)


def offered():
    return {source.name: source for source in tiles.sources()}


def test_streets_and_pictures_are_offered_by_default_with_their_hosts() -> None:
    assert {name: source.host for name, source in offered().items()} == {
        "OpenStreetMap": "tile.openstreetmap.org",
        "CARTO Positron": "basemaps.cartocdn.com",
        "CARTO Dark Matter": "basemaps.cartocdn.com",
        "Esri World Imagery": "server.arcgisonline.com",
    }
    assert tiles.others()


def test_every_map_names_its_credits_as_plain_text() -> None:
    for source in tiles.sources():
        assert source.credit.count("©") >= 1, source
        assert not set("<>&") & set(source.credit), source
        assert "(C)" not in source.credit


def test_every_address_is_complete_but_for_what_the_browser_fills_in() -> None:
    for source in tiles.sources():
        assert tiles.is_template(source.url), source
        assert "{variant}" not in source.url


def test_a_map_that_wants_a_key_says_so_and_carries_no_stand_in_for_one() -> None:
    assert offered()["CARTO Positron"].needs_key
    assert not offered()["OpenStreetMap"].needs_key
    assert not any("insert" in source.url for source in tiles.sources())


def test_pictures_from_above_get_light_symbols_and_our_names() -> None:
    found = offered()
    assert (found["Esri World Imagery"].dark, found["Esri World Imagery"].picture) == (True, True)
    assert (found["CARTO Dark Matter"].dark, found["CARTO Dark Matter"].picture) == (True, False)
    assert (found["OpenStreetMap"].dark, found["OpenStreetMap"].picture) == (False, False)


@pytest.mark.parametrize("setting", ["off", " OFF "])
def test_off_rules_out_every_map_of_another_machine(monkeypatch, setting) -> None:
    monkeypatch.setenv("GEO_TILES", setting)
    assert tiles.sources() == ()
    assert not tiles.others()


def test_named_maps_are_offered_and_no_others(monkeypatch) -> None:
    monkeypatch.setenv("GEO_TILES", "OpenTopoMap, Ours=https://maps.example/{z}/{x}/{y}.png")
    assert {name: source.host for name, source in offered().items()} == {
        "OpenTopoMap": "tile.opentopomap.org",
        "Ours": "maps.example",
    }
    assert offered()["OpenTopoMap"].max_zoom == 17
    assert offered()["Ours"].credit == "maps.example"
    assert not tiles.others()


def test_other_addresses_can_be_allowed_beside_named_maps(monkeypatch) -> None:
    monkeypatch.setenv("GEO_TILES", "OpenTopoMap,other")
    assert list(offered()) == ["OpenTopoMap"]
    assert tiles.others()


@pytest.mark.parametrize("setting", ["Nowhere.AtAll", "OpenStreetMap.Mapnik,Nowhere"])
def test_a_name_that_nobody_knows_is_said(monkeypatch, setting) -> None:
    monkeypatch.setenv("GEO_TILES", setting)
    with pytest.raises(InputError, match=r"Nowhere.*xyzservices does not know"):
        tiles.sources()


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/{z}/{x}/{y}",
        "https://a.example/{z}/{x}",
        "/{z}/{x}/{y}",
        "http://[/{z}/{x}/{y}",
    ],
)
def test_an_address_that_is_none_of_tiles_is_refused(monkeypatch, address) -> None:
    monkeypatch.setenv("GEO_TILES", f"Ours={address}")
    with pytest.raises(InputError, match="map Ours in GEO_TILES must begin with"):
        tiles.sources()


@given(st.text())
def test_no_text_is_taken_for_an_address_unless_it_has_a_host_and_a_tile(text) -> None:
    if tiles.is_template(text):
        assert text.lower().strip().startswith(("http://", "https://"))
        assert all(part in text for part in ("{z}", "{x}", "{y}"))
