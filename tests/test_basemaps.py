"""What the menu of base maps is told: what may be chosen here, and what is wrong with a setting."""

import json
import threading
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from geo import tilefile
from tests.test_tilefile import archive, database


def page() -> None:
    import streamlit as st

    from geo.i18n import translator
    from views import basemaps

    st.json(basemaps.offered(translator(st.query_params.get("lang", "en"))))


@pytest.fixture
def offered(monkeypatch) -> Callable[..., dict[str, object]]:
    """Return a function that runs a page with these settings and returns what it may offer."""

    def run(language="en", **settings: object) -> dict[str, object]:
        for name in ("GEO_TILES", "GEO_BASEMAP"):
            monkeypatch.delenv(name, raising=False)
        for name, value in settings.items():
            monkeypatch.setenv(name, str(value))
        shown = AppTest.from_function(page, default_timeout=60)
        shown.query_params["lang"] = language
        shown.run()
        assert not shown.exception
        return json.loads(shown.json[0].value)

    return run


def test_online_maps_and_other_addresses_are_offered_unless_somebody_says_otherwise(
    offered,
) -> None:
    found = offered()
    assert [one["name"] for one in found["sources"]][:1] == ["OpenStreetMap"]
    assert found["sources"][0]["host"] == "tile.openstreetmap.org"
    assert (found["other"], found["file"], found["note"]) == (True, None, "")
    closed = offered(GEO_TILES="off")
    assert (closed["sources"], closed["other"]) == ([], False)


def test_a_setting_that_is_wrong_is_said_in_the_menu_in_its_language(offered) -> None:
    found = offered(GEO_TILES="Nowhere")
    assert found["sources"] == []
    assert "GEO_TILES names Nowhere, which xyzservices does not know" in found["note"]
    assert "https://HOST/{z}/{x}/{y}.png" in found["note"]
    assert "Nowhere은(는) xyzservices에 없는" in offered("ko", GEO_TILES="Nowhere")["note"]


def test_a_file_is_offered_with_the_address_that_the_maps_frame_asks(offered, tmp_path) -> None:
    file = offered(GEO_BASEMAP=archive(tmp_path / "map.pmtiles"))["file"]
    assert (file["name"], file["credit"]) == ("Test map", "© Somebody")
    assert file["url"].startswith("../../")


def test_a_damaged_file_is_named_and_the_built_in_map_stays(offered, tmp_path) -> None:
    path = tmp_path / "map_1.pmtiles"
    path.write_bytes(b"PMTiles")
    found = offered(GEO_BASEMAP=path)
    assert found["file"] is None
    assert "map file map_1.pmtiles cannot be read; copy it again" in found["note"]
    assert found["sources"]


def test_a_file_that_takes_long_is_said_to_be_prepared_and_is_there_later(
    offered, tmp_path, monkeypatch
) -> None:
    path, go_on, real = database(tmp_path), threading.Event(), tilefile.open_tile_file
    monkeypatch.setattr(tilefile, "open_tile_file", lambda *given: go_on.wait(60) and real(*given))
    first = offered(GEO_BASEMAP=path)
    assert first["note"] == "The base map file map.mbtiles is being prepared; this happens once."
    assert first["file"] is None
    go_on.set()
    for _ in range(10):
        if (found := offered(GEO_BASEMAP=path))["file"]:
            break
    assert found["file"]["name"] == "Test map"
    assert found["note"] == ""
