"""folium's files as local ones; it changes folium's classes, so each claim has its own process."""

import hashlib
import json
from pathlib import Path

import pytest
from conftest import ROOT, python

from geo.assets import lay_out
from geo.errors import GeoError

EVERY_CLASS = """
import importlib, json, pkgutil, sys
from pathlib import Path
import folium
for module in pkgutil.walk_packages(folium.__path__, "folium."):
    importlib.import_module(module.name)
from geo import assets
folder = Path(sys.argv[1])
"""
"""Begins a program that knows every class of folium, plugins included."""


def answer(folder: Path, program: str) -> dict[str, object]:
    """Run the program after `EVERY_CLASS` in a fresh process and return what it prints."""
    running = python("-c", EVERY_CLASS + program, folder)
    out, error = running.communicate(timeout=120)
    assert running.returncode == 0, error
    return json.loads(out)


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return folium's links as they are, and what the package for offline use holds."""
    program = """
print(json.dumps({"links": sorted(assets.outside_links()), "held": sorted(assets.packaged())}))
"""
    return answer(tmp_path_factory.mktemp("links"), program)


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """Return the folder that was laid out, and what folium asks for once it is redirected."""
    program = """
names = assets.lay_out(folder)
assets.redirect("../here/", names)
print(json.dumps({
    "names": names,
    "outside": sorted(assets.outside_links()),
    "scripts": folium.Map.default_js,
    "styles": folium.Map.default_css,
    "plugin": folium.plugins.MarkerCluster.default_js,
}))
"""
    folder = tmp_path_factory.mktemp("turned") / "map-files"
    return folder, answer(folder, program)


def test_every_file_that_any_folium_class_would_load_is_installed(links) -> None:
    assert [link for link in links["links"] if link not in links["held"]] == []


def test_the_look_at_folium_sees_its_plugins_and_not_only_its_map(links) -> None:
    joined = " ".join(links["links"])
    assert len(links["links"]) >= 70
    for plugin in ("markercluster", "leaflet.draw", "timedimension", "leaflet.js"):
        assert plugin in joined, plugin


def test_no_folium_class_keeps_a_link_to_the_web(turned) -> None:
    assert turned[1]["outside"] == []


def test_the_map_asks_for_files_that_lie_in_the_folder_and_for_nothing_else(turned) -> None:
    folder, found = turned
    for name, link in found["scripts"] + found["styles"]:
        assert link.startswith("../here/"), name
        assert (folder / link.removeprefix("../here/")).is_file(), name


def test_leaflet_comes_before_our_scripts_and_the_engine_last(turned) -> None:
    names = [name for name, _ in turned[1]["scripts"]]
    assert (names[0], names[-1]) == ("leaflet", "engine")
    assert set(names[1:]) == {path.stem for path in (ROOT / "geo").glob("*.js")}


def test_a_plugin_without_a_laid_out_file_still_asks_nobody_outside(turned) -> None:
    assert turned[1]["plugin"]
    assert all(link.startswith("../here/") for _, link in turned[1]["plugin"])


def test_every_file_is_complete_and_named_by_a_hash_of_its_content(turned) -> None:
    folder, found = turned
    assert sorted(path.name for path in folder.iterdir()) == sorted(found["names"].values())
    for path in folder.iterdir():
        assert path.name.startswith(hashlib.sha256(path.read_bytes()).hexdigest()[:12] + "-")


def test_no_file_of_the_map_names_a_server_that_a_browser_would_ask_for_a_part(turned) -> None:
    folder, found = turned
    style = next(link for name, link in found["styles"] if name == "leaflet_css")
    text = (folder / style.removeprefix("../here/")).read_text(encoding="utf-8")
    assert "@import" not in text
    assert "url(http" not in text.replace('"', "").replace("'", "")


def test_two_processes_at_once_lay_out_the_same_whole_files(tmp_path: Path) -> None:
    program = EVERY_CLASS + "print(json.dumps(assets.lay_out(folder)))"
    folder = tmp_path / "map-files"
    both = [python("-c", program, folder) for _ in range(2)]
    ended = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], ended
    first, second = (json.loads(out) for out, _ in ended)
    assert first == second
    assert sorted(path.name for path in folder.iterdir()) == sorted(first.values())


def test_a_file_that_was_cut_short_is_written_again(tmp_path: Path) -> None:
    names = lay_out(tmp_path)
    whole = {file: (tmp_path / file).read_bytes() for file in names.values()}
    for file, data in whole.items():
        (tmp_path / file).write_bytes(data[: len(data) // 2])
    lay_out(tmp_path)
    assert {file: (tmp_path / file).read_bytes() for file in whole} == whole


def test_a_whole_file_is_not_written_twice(tmp_path: Path) -> None:
    names = lay_out(tmp_path)
    written = {file: (tmp_path / file).stat().st_mtime_ns for file in names.values()}
    lay_out(tmp_path)
    assert {file: (tmp_path / file).stat().st_mtime_ns for file in written} == written


def test_a_folder_that_cannot_be_written_to_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    with pytest.raises(GeoError) as refused:
        lay_out(file / "map-files")
    assert str(file / "map-files") in str(refused.value)
    assert "set GEO_CACHE to a folder that you may write to" in str(refused.value)
    assert "Errno" not in str(refused.value)
