"""Export: what the filters show, whole or not at all, and what must never be in a file."""

import json
import zipfile

import geopandas
import pyarrow.parquet as pq
import pyogrio
import pytest
from conftest import NOON, candidate, entry, located
from entries import corpora
from hypothesis import HealthCheck, given, settings

from geo import export
from geo.entry import Report, Visibility
from geo.errors import InputError
from geo.export import SUFFIXES
from geo.filters import Filters
from geo.index import Index
from geo.intake import take_file
from geo.review import Pending, accepted

BACK = (".csv", ".xlsx", ".geojson", ".parquet")
"""The formats that are read back."""
NAMES = {"region": {"KP-01": "Pyongyang"}, "report": {}}


def out(store, path, query="", **options):
    index = Index(store, path.parent / "cache")
    index.refresh()
    return export.export(path, store, index, Filters.from_query(query), NAMES, **options)


def content(path):
    """Return everything that a file says, unpacked."""
    if path.suffix in (".kmz", ".xlsx"):
        with zipfile.ZipFile(path) as book:
            return "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    if path.suffix == ".gpkg":
        layers = [geopandas.read_file(path, layer=layer) for layer in ("entries", "areas")]
        return "".join(layer.to_json() for layer in layers)
    if path.suffix == ".parquet":
        return geopandas.read_parquet(path).to_json()
    return path.read_text(encoding="utf-8")


def features(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


@pytest.fixture
def mixed(store):
    """Return a store with a city, a site, two possible towns, no place, a draft, one withheld."""
    site = candidate("s:1", name="Arch", lat=39.05, lon=125.75, uncertainty_m=80, feature="site")
    town, other = candidate("t:1", name="Chongjin"), candidate("t:2", name="Rajin", lat=42.25)
    store.save(
        [
            Report(id="R1", title="Seen abroad", url="https://example.org/r1"),
            entry("CITY", located(candidate("c:1", name="Pyongyang")), category="military",
                  reports=[{"report": "R1"}]),
            entry("SITE", located(site), recorded="2013-05"),
            entry("EITHER", located(town, relation="one_of"), located(other, relation="one_of")),
            entry("NOWHERE"),
            entry("DRAFT", located(candidate("c:1", name="Pyongyang")), visibility="draft"),
            entry("SECRET", located(candidate("x:1", name="Hideout")), visibility="withheld"),
        ],
        "test",
        "made up",
    )  # fmt: skip
    return store


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_holds_what_the_page_shows_and_nothing_that_is_withheld(
    mixed, tmp_path, suffix
):
    path = tmp_path / f"all{suffix}"
    assert out(mixed, path) == 5
    said = content(path)
    for shown in ("CITY", "SITE", "EITHER", "NOWHERE", "DRAFT"):
        assert f"Title of {shown}" in said
    assert "SECRET" not in said
    assert "Hideout" not in said
    assert "not_stated" in said or "not stated" in said


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_filters_are_honoured_and_said_in_the_file(mixed, tmp_path, suffix):
    path = tmp_path / f"some{suffix}"
    assert out(mixed, path, "category=military&region=KP-01") == 1
    said = content(path)
    if suffix == ".gpkg":
        said += str(pyogrio.read_info(path, layer="entries")["dataset_metadata"])
    if suffix == ".parquet":
        said += b"".join(pq.read_schema(path).metadata.values()).decode()
    assert "Title of CITY" in said
    assert "Title of SITE" not in said
    assert "In Pyongyang · showing military" in said
    assert "GeoNames, CC BY 4.0" in said


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_entry_is_a_whole_file_too(store, tmp_path, suffix):
    path = tmp_path / f"none{suffix}"
    assert out(store, path) == 0
    assert path.stat().st_size > 0
    assert "Title of" not in content(path)


def test_an_entry_at_one_of_several_places_is_one_feature_that_says_possible(mixed, tmp_path):
    out(mixed, tmp_path / "a.geojson")
    found = {one["id"]: one for one in features(tmp_path / "a.geojson")}
    either = found["EITHER"]
    assert either["geometry"] == {"type": "MultiPoint",
                                  "coordinates": [[125.7, 39.0], [125.7, 42.25]]}  # fmt: skip
    assert [found[one]["properties"]["possible"] for one in ("EITHER", "CITY")] == [True, False]
    assert [p["relation"] for p in either["properties"]["places"]] == ["one_of", "one_of"]
    assert len(found) == 5


def test_an_entry_without_a_place_has_no_geometry_and_says_why(mixed, tmp_path):
    for suffix in (".geojson", ".parquet", ".gpkg"):
        out(mixed, tmp_path / f"a{suffix}")
    nowhere = next(one for one in features(tmp_path / "a.geojson") if one["id"] == "NOWHERE")
    assert nowhere["geometry"] is None
    assert nowhere["properties"]["unplaced"] == "not_stated"
    for table in (
        geopandas.read_parquet(tmp_path / "a.parquet"),
        geopandas.read_file(tmp_path / "a.gpkg", layer="entries"),
    ):
        row = table.set_index("id").loc["NOWHERE"]
        assert row.geometry is None
        assert row.unplaced == "not_stated"
        either = table.set_index("id").loc["EITHER"]
        assert [(p.x, p.y) for p in either.geometry.geoms] == [(125.7, 39.0), (125.7, 42.25)]
        assert either.uncertainty_m == 5_000


def test_geopackage_draws_areas_that_contain_their_places(mixed, tmp_path):
    out(mixed, tmp_path / "a.gpkg")
    entries = geopandas.read_file(tmp_path / "a.gpkg", layer="entries").set_index("id")
    areas = geopandas.read_file(tmp_path / "a.gpkg", layer="areas").set_index("entry_id")
    assert entries.crs.to_epsg() == areas.crs.to_epsg() == 4326
    assert set(areas.index) == {"CITY", "SITE", "EITHER", "DRAFT"}
    assert all(areas.geometry[one].covers(entries.geometry[one]) for one in areas.index)
    width = areas.geometry["CITY"].bounds[3] - areas.geometry["CITY"].bounds[1]
    assert width == pytest.approx(2 * 5_000 / 111_320, rel=0.01)


def test_a_csv_row_keeps_the_order_of_the_localities_and_gaps(store, tmp_path):
    import csv

    review = {"by": "rule", "outcome": "review", "at": NOON, "reason": "Several; choose."}
    waiting = {"locality": "Unknown", "relation": "one_of", "decision": review}
    town = located(candidate("t:2", name="Rajin", lat=42.25), relation="one_of").model_dump()
    store.save([entry("E", waiting, town)], "test", "made up")
    out(store, tmp_path / "a.csv")
    (row,) = csv.DictReader((tmp_path / "a.csv").open(encoding="utf-8", newline=""))
    assert row["locality"] == "Unknown; Rajin"
    assert row["lat"] == "; 42.25"
    assert row["decision"] == "review; accepted"
    assert row["reason"] == "Several, choose.; made up"
    assert row["certainty"] == "possible"


@pytest.mark.parametrize("suffix", BACK)
def test_an_export_into_an_empty_store_gives_the_same_file_without_geocoding(
    mixed, new_store, tmp_path, suffix
):
    def nobody(locality):
        raise AssertionError(f"{locality} was geocoded anew")

    one = Pending(mixed.entries(["CITY"])["CITY"], 0)
    clicked = candidate("click:1", name="Clicked", lat=39.123456789, feature="site")
    mixed.save([accepted(one, clicked, "seen on the ground", NOON)], "person", "decided")
    first, again = tmp_path / f"first{suffix}", tmp_path / f"again{suffix}"
    out(mixed, first)
    other = new_store("other.sqlite")
    taken = take_file(other, nobody, first)
    assert (taken.new, taken.rejected, taken.warned) == (5, [], [])
    out(other, again)
    assert again.read_bytes() == first.read_bytes()
    decided = other.entries(["CITY"])["CITY"].locations[0]
    assert (decided.place.lat, decided.decision.by) == (39.123456789, "person")
    assert take_file(other, nobody, again).unchanged == 5


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(items=corpora())
def test_whatever_the_entries_say_every_format_is_written_and_the_round_trip_holds(
    items, tmp_path_factory
):
    from geo.store import open_store

    folder = tmp_path_factory.mktemp("any")
    stores = [open_store(f"sqlite:///{folder / name}.sqlite") for name in ("a", "b")]
    reports = {report.id: report for item in items for report in item.reports}
    stores[0].save([*reports.values(), *(item.entry for item in items)], "test", "any")
    for suffix in SUFFIXES:
        assert out(stores[0], folder / f"a{suffix}") == len(items)
    take_file(stores[1], lambda locality: [], folder / "a.xlsx")
    for suffix in BACK:
        out(stores[1], folder / f"b{suffix}")
        assert (folder / f"b{suffix}").read_bytes() == (folder / f"a{suffix}").read_bytes()
    for store in stores:
        store.engine.dispose()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_interrupted_export_leaves_the_old_file_and_no_half_one(mixed, tmp_path, suffix):
    path = tmp_path / "folder" / f"a{suffix}"
    path.parent.mkdir()
    path.write_text("old")
    asked = []

    class Stopped:
        reports = mixed.reports

        def entries(self, ids):
            asked.append(ids)
            if len(asked) > 1:
                raise KeyboardInterrupt
            return mixed.entries(ids)

    index = Index(mixed, tmp_path / "cache")
    index.refresh()
    with pytest.raises(KeyboardInterrupt):
        export.export(path, Stopped(), index, Filters(), NAMES)
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_existing_file_is_replaced_when_the_new_one_is_whole(mixed, tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_text("old")
    out(mixed, path)
    assert "Title of CITY" in content(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_path_that_cannot_be_written_is_said_in_a_sentence(mixed, tmp_path, suffix):
    with pytest.raises(InputError, match=r"cannot be written .*nothing was changed"):
        out(mixed, tmp_path / "missing" / f"a{suffix}")
    folder = tmp_path / f"a{suffix}"
    folder.mkdir()
    with pytest.raises(InputError, match="it is a folder"):
        out(mixed, folder)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_disk_that_fills_up_is_said_in_a_sentence(mixed, tmp_path, suffix, monkeypatch):
    path = tmp_path / f"a{suffix}"
    monkeypatch.setattr("pathlib.Path.replace", _full)
    with pytest.raises(InputError, match="No space left"):
        out(mixed, path)
    assert not path.exists()


def _full(self, target):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", ["a.txt", "a", ".csv", "a.json"])
def test_a_name_without_a_known_format_is_refused_before_anything_is_read(store, tmp_path, name):
    with pytest.raises(InputError, match="names no format"):
        out(store, tmp_path / name)


def test_suffixes_are_known_in_any_case(mixed, tmp_path):
    out(mixed, tmp_path / "A.GeoJSON")
    assert len(features(tmp_path / "A.GeoJSON")) == 5


def test_what_is_withheld_between_the_count_and_the_writing_is_left_out(mixed, tmp_path):
    index = Index(mixed, tmp_path / "cache")
    index.refresh()
    city = mixed.entries(["CITY"])["CITY"]
    mixed.save([city.model_copy(update={"visibility": Visibility.WITHHELD})], "person", "withheld")
    number = export.export(tmp_path / "a.geojson", mixed, index, Filters(), NAMES)
    assert number == 4
    assert "CITY" not in {one["id"] for one in features(tmp_path / "a.geojson")}


def test_progress_goes_from_the_first_entry_to_the_last_of_both_looks(store, tmp_path):
    store.save([entry(f"E{n}") for n in range(1_200)], "test", "many")
    seen = []
    out(store, tmp_path / "a.csv", progress=lambda done, of: seen.append((done, of)))
    assert seen == [(500, 2400), (1000, 2400), (1500, 2400), (2000, 2400)]


def test_a_name_that_points_elsewhere_keeps_pointing_there(mixed, tmp_path):
    target = tmp_path / "real.csv"
    target.write_text("old")
    (tmp_path / "link.csv").symlink_to(target)
    out(mixed, tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert "Title of CITY" in target.read_text(encoding="utf-8")
