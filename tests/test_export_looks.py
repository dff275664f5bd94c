"""The exports that are looked at: KML, KMZ and StoryMapJS say no more than is known."""

import csv
import io
import json
import zipfile
from pathlib import Path

import fastkml
import pytest
from conftest import HOSTILE, candidate, entry, located
from entries import ODD, corpora
from hypothesis import HealthCheck, given, settings
from lxml import etree

from geo.formats import export_csv, export_kml, export_storymap, export_xlsx
from geo.formats.export_cells import guarded, unguarded
from geo.formats.export_row import About, Item
from geo.i18n import translator

KML = {"k": "http://www.opengis.net/kml/2.2"}
ENGLISH = translator("en")


def about(items, **changes):
    names = dict.fromkeys(name for item in items for name in item.entry.extra)
    given = {"filters": "All", "query": "", "entries": len(items), "credits": ("GeoNames, CC BY",)}
    return About(**{**given, "extra": tuple(names), **changes})


def kml(tmp_path, *entries, t=ENGLISH):
    items = [Item(entry=one) for one in entries]
    export_kml.write(tmp_path / "a.kml", about(items), items, t)
    return etree.parse(tmp_path / "a.kml")


def schema():
    path = Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"
    return etree.XMLSchema(etree.parse(path))


def site(**changes):
    return candidate("s:1", name="Arch", uncertainty_m=100.0, feature="site", **changes)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(items=corpora())
def test_whatever_the_entries_say_the_kml_keeps_to_the_schema(items, tmp_path_factory):
    path = tmp_path_factory.mktemp("kml") / "a.kml"
    export_kml.write(path, about(items, filters="<b>&\uffff"), items, ENGLISH)
    schema().assertValid(found := etree.parse(path))
    assert len(found.findall(".//k:Placemark", KML)) == len(items)


@pytest.mark.parametrize("text", [*HOSTILE, *ODD])
def test_text_from_outside_stays_text_in_the_balloon_too(tmp_path, text):
    found = kml(tmp_path, entry("E", title=text, description=text))
    said = found.find(".//k:Placemark/k:description", KML).text
    tags = [one for one in etree.HTML(f"<p>{said}</p>").iter() if one.tag not in ("html", "body")]
    assert {one.tag for one in tags} == {"p", "br"}
    legal = text.replace("\uffff", "\ufffd")
    assert (found.find(".//k:Placemark/k:name", KML).text or "") == legal


def test_only_a_site_is_a_point_and_all_else_is_an_area(tmp_path):
    fine = kml(tmp_path, entry("E", located(site())))
    assert fine.find(".//k:Placemark/k:Point/k:coordinates", KML).text == "125.7,39.0"
    assert fine.find(".//k:Polygon", KML) is None
    for coarse in (site(lat=40).model_copy(update={"uncertainty_m": 101.0}), candidate()):
        found = kml(tmp_path, entry("E", located(coarse)))
        assert found.find(".//k:Point", KML) is None
        corners = found.find(".//k:Polygon//k:coordinates", KML).text.split()
        lats = [float(corner.split(",")[1]) for corner in corners]
        span = (max(lats) - min(lats)) * 111_320 / 2
        assert span == pytest.approx(coarse.uncertainty_m, rel=0.01)


def test_an_entry_is_one_placemark_in_the_folder_of_its_certainty(tmp_path):
    either = entry(
        "EITHER",
        located(candidate("t:1", name="Chongjin"), relation="one_of"),
        located(candidate("t:2", name="Rajin", lat=42.25), relation="one_of", complete=False),
    )
    found = kml(tmp_path, either, entry("NOWHERE"), entry("CITY", located(candidate())))
    folders = {
        folder.find("k:name", KML).text: [p.find("k:name", KML).text
                                          for p in folder.findall("k:Placemark", KML)]
        for folder in found.findall(".//k:Folder", KML)
    }  # fmt: skip
    assert folders == {
        "In a known place": ["Title of CITY"],
        "Possibly here": ["Title of EITHER"],
        "Without a place": ["Title of NOWHERE"],
    }
    possible = found.find(".//k:Placemark[k:name='Title of EITHER']", KML)
    assert len(possible.findall("k:MultiGeometry/k:Polygon", KML)) == 2
    assert possible.find("k:Snippet", KML).text == (
        "Possibly at Chongjin, within 5 km or Rajin, within 5 km, or elsewhere; nobody says which"
    )
    nowhere = found.find(".//k:Placemark[k:name='Title of NOWHERE']", KML)
    assert {etree.QName(part).localname for part in nowhere} == {
        "name", "Snippet", "description", "ExtendedData",
    }  # fmt: skip
    assert nowhere.find("k:Snippet", KML).text == "No place: not stated"


def test_a_span_of_days_is_written_only_where_both_ends_are_known(tmp_path):
    dated = kml(tmp_path, entry("E", recorded="2013-05"))
    assert dated.find(".//k:TimeSpan/k:begin", KML).text == "2013-05-01"
    assert dated.find(".//k:TimeSpan/k:end", KML).text == "2013-05-31"
    for recorded in ("", "2013/.."):
        assert kml(tmp_path, entry("E", recorded=recorded)).find(".//k:TimeSpan", KML) is None


def test_kml_speaks_korean(tmp_path):
    found = kml(tmp_path, entry("E"), t=translator("ko"))
    assert found.find(".//k:Folder/k:name", KML).text == "장소가 알려진 항목"


def test_kmz_holds_the_same_document(tmp_path):
    items = [Item(entry=entry("E", located(site())))]
    for name in ("a.kml", "a.kmz"):
        export_kml.write(tmp_path / name, about(items), items, ENGLISH)
    with zipfile.ZipFile(tmp_path / "a.kmz") as book:
        assert book.namelist() == ["doc.kml"]
        assert book.read("doc.kml") == (tmp_path / "a.kml").read_bytes()


def slides(tmp_path, *entries):
    items = [Item(entry=one) for one in entries]
    export_storymap.write(tmp_path / "a.storymap.json", about(items), items, ENGLISH, "ko")
    found = json.loads((tmp_path / "a.storymap.json").read_text(encoding="utf-8"))["storymap"]
    assert found["language"] == "ko"
    return found["slides"]


def test_the_first_slide_says_the_filters_and_whom_to_credit(tmp_path):
    (first,) = slides(tmp_path)
    assert first["type"] == "overview"
    assert first["text"]["headline"] == "All"
    assert first["media"]["credit"] == "GeoNames, CC BY"


def test_a_slide_has_a_marker_only_for_one_known_place_and_a_pin_only_for_a_site(tmp_path):
    possible = located(candidate(), relation="one_of")
    two = [located(candidate("t:1")), located(candidate("t:2", lat=42.0), relation="also_at")]
    _, pin, city, *others = slides(
        tmp_path, entry("SITE", located(site())), entry("CITY", located(candidate())),
        entry("ONE_OF", possible), entry("TWO", *two), entry("NOWHERE"),
    )  # fmt: skip
    assert [one.get("location") for one in others] == [None, None, None]
    assert "icon" not in pin["location"]
    assert city["location"]["use_custom_marker"]
    assert city["location"]["icon"].startswith("data:image/svg+xml,")
    assert city["location"]["zoom"] < pin["location"]["zoom"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_slides_text_is_no_markup(tmp_path, text):
    evidence = [{"url": "https://example.org/v", "caption": text, "credit": text}]
    _, slide = slides(tmp_path, entry("E", title=text, description=text, evidence=evidence))
    for said in (slide["text"]["headline"], slide["media"]["caption"], slide["media"]["credit"]):
        assert "<" not in said
    assert slide["text"]["text"].count("<") == 2 * slide["text"]["text"].count("<p>")


def test_what_somebody_should_be_warned_of_is_not_shown_beside_a_slide(tmp_path):
    graphic = {"url": "https://example.org/v", "graphic": True}
    _, slide = slides(tmp_path, entry("E", evidence=[graphic]))
    assert slide["media"]["url"] == ""


RUNS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "'tis", "''", "'")


@pytest.mark.parametrize("text", RUNS)
def test_a_cell_that_would_run_gets_a_mark_and_loses_it_again(text):
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "-5", "-74.25", "3", "x'", "’=1"])
def test_other_cells_and_negative_numbers_stay_as_they_are(text):
    assert guarded(text) == text
    assert unguarded(text) == text


def test_no_cell_of_a_csv_or_sheet_begins_like_a_formula(tmp_path):
    items = [Item(entry=entry("E", title="=1+1", category="@x", extra={"=cmd": "+1", "n": "-1"}))]
    export_csv.write(tmp_path / "a.csv", about(items), items)
    export_xlsx.write(tmp_path / "a.xlsx", about(items, filters="=1"), items)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert {"'=1+1", "'@x", "'=cmd", "'+1", "-1"} <= set(cells)
    assert [cell for cell in cells if cell[:1] in tuple("=+@\t")] == []
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            page = book.read(name).decode()
            assert "<f>" not in page
            assert "<t>=" not in page
            assert "'=1" in page


def test_a_title_that_is_ready_made_markup_stays_a_text(tmp_path):
    items = [Item(entry=entry("E", title="<r><t>x</t></r>"))]
    export_xlsx.write(tmp_path / "a.xlsx", about(items), items)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        page = book.read("xl/worksheets/sheet1.xml")
    assert etree.parse(io.BytesIO(page)).find(".//{*}r") is None
    assert b"&lt;r&gt;" in page


def test_a_sheet_has_a_page_that_says_what_it_is(tmp_path):
    import python_calamine

    export_xlsx.write(tmp_path / "a.xlsx", about([]), [])
    book = python_calamine.load_workbook(tmp_path / "a.xlsx")
    assert book.sheet_names == ["Entries", "About"]
    said = dict(book.get_sheet_by_name("About").to_python())
    assert (said["filters"], said["credits"]) == ("All", "GeoNames, CC BY")
    assert said["generalised_to"] == "not generalised"
