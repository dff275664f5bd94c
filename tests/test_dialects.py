"""Files of other tools: each is recognised by its columns, and says what it says, no more."""

import csv
import datetime as dt
import json
import zipfile

import pandas as pd
import pytest
import xlsxwriter
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from geo.entry import DecidedBy, Match, Outcome, Precision
from geo.errors import InputError
from geo.formats import Draft, Mapping, Rejected, Wishes, guess, mapping, reading
from geo.formats import coordinate as coordinates
from geo.formats import day as days
from geo.formats.day import Order
from geo.formats.dialect import FIELDS, FOLDER, dialects, recognised
from geo.formats.export_cells import guarded, unguarded
from geo.intake import preview, take_file

SAMPLES = ROOT / "tests" / "data" / "dialects"
GUESS = Wishes(guess=True)
DIALECT = {
    "acled.csv": "acled", "atlos.csv": "atlos", "auto_archiver.csv": "auto-archiver",
    "civilian_harm.csv": "civilian-harm", "civilian_harm.json": "civilian-harm-json",
    "eyes_on_russia.geojson": "eyes-on-russia",
    "eyes_on_russia_arcgis.csv": "eyes-on-russia-arcgis", "geoconfirmed.csv": "geoconfirmed",
    "inaturalist.csv": "inaturalist", "my_maps.kml": "my-maps",
    "osint_geo_extractor.geojson": "osint-geo-extractor", "plain_en.csv": "mapping",
    "plain_ko.csv": "mapping", "timemap_export.csv": "timemap-export", "ucdp_ged.csv": "ucdp-ged",
    "umap.csv": "umap-csv", "umap.umap": "umap", "ushahidi.csv": "ushahidi", "uwazi.csv": "uwazi",
}  # fmt: skip


def drafts(path, **wishes):
    with reading(path, Wishes(guess=True, **wishes)) as file:
        return list(file.drafts())


def sample(name):
    return drafts(SAMPLES / name)


def written(tmp_path, text, name="file.csv", **wishes):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return drafts(path, **wishes)


@pytest.fixture
def seen(store, geocoder):
    """Return a function that gives the entries of a file as an import would make them."""
    return lambda path, **wishes: preview(
        store, geocoder, path, wishes=Wishes(guess=True, **wishes)
    )


def workbook(path, tabs):
    book = xlsxwriter.Workbook(str(path))
    for name, rows in tabs.items():
        page = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            page.write_row(number, 0, cells)
    book.close()
    return path


@pytest.mark.parametrize(("name", "dialect"), DIALECT.items())
def test_a_file_is_recognised_by_its_columns_and_read_whole(name, dialect):
    with reading(SAMPLES / name, GUESS) as file:
        assert file.dialect.name == dialect
        made = list(file.drafts())
        assert len(made) == len(list(file.rows()))
    assert all(isinstance(one, Draft) for one in made), made
    for one in made:
        assert "TEST DATA" in one.entry.title or "시험 자료" in one.entry.title


def test_every_dialect_but_those_of_workbooks_and_archives_has_a_sample():
    named = {one.name for one in dialects()} - {"glimpse", "timemap", "geoconfirmed-kmz"}
    assert named == set(DIALECT.values()) - {"mapping"}
    assert {path.name for path in SAMPLES.iterdir()} == {*DIALECT, "README.md"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_dialect_says_only_what_a_row_can_say(path):
    (one,) = [d for d in dialects() if d.name == json.loads(path.read_text())["name"]]
    assert set(one.columns) <= set(FIELDS)
    assert {area.area for area in one.precision.values()} <= {"", "admin1", "admin2", "country",
                                                              "sea"}  # fmt: skip
    assert one.signature
    assert one.about


def test_the_most_particular_dialect_is_the_one_that_is_taken():
    with (SAMPLES / "civilian_harm.csv").open() as file:
        header = next(csv.reader(file))
    assert recognised(header, "table").name == "civilian-harm"
    assert recognised(["Title", "LOCALITY", "x"], "table").name == "glimpse"
    assert recognised(["nothing", "known"], "table") is None


@pytest.mark.parametrize("name", sorted(DIALECT))
def test_a_column_that_a_dialect_does_not_know_is_kept_letter_for_letter(name):
    path = SAMPLES / name
    with reading(path, GUESS) as file:
        for number, cells in file.rows():
            made = file.draft(number, cells)
            for column, cell in cells.items():
                mapped = any(column in names for names in file.dialect.found_in(cells).values())
                if cell.strip() and not mapped and column not in OURS:
                    assert made.entry.extra[column] == cell, column


OURS = {"private_latitude", "private_longitude", "private_place_guess", "@shape"}
"""Columns that are meant to be dropped."""


def test_a_line_that_became_a_circle_is_kept_as_it_was_drawn():
    gate, road = sample("umap.csv")
    assert "geometry" not in gate.entry.extra
    assert road.entry.extra["geometry"].startswith("LINESTRING (125.7 39.0")


# Coordinates


def test_coordinates_are_kept_as_given_with_the_file_as_provenance(seen):
    shown = seen(SAMPLES / "civilian_harm.csv")
    (place,) = shown.entries[0].filmed
    first = place.place
    assert (first.lat, first.lon) == (39.0339, 125.7543)
    assert first.provenance.match is Match.GIVEN
    assert first.provenance.provider == "civilian_harm.csv"
    assert first.provenance.version == shown.about.mark
    assert first.provenance.query == "Pyongyang"
    assert place.decision.by is DecidedBy.RULE
    assert [one.place_id for one in place.candidates[1:]] == ["gn:1871859"]


@pytest.mark.parametrize(
    ("row", "radius", "precision"),
    [(0, 10, Precision.SITE), (1, 100, Precision.SITE), (2, 1_000, Precision.DISTRICT)],
)
def test_the_precision_column_of_atlos_is_the_radius(seen, row, radius, precision):
    place = seen(SAMPLES / "atlos.csv").entries[row].filmed[0].place
    assert (place.uncertainty_m, place.precision) == (radius, precision)


def test_a_region_of_acled_is_the_province_and_never_a_pin(seen):
    town, near, region = (one.filmed[0] for one in seen(SAMPLES / "acled.csv").entries)
    assert town.place.uncertainty_m == 5_000
    assert near.place.uncertainty_m == 25_000
    assert (region.place.admin1, region.place.precision) == ("KP-09", Precision.PROVINCE)
    assert region.place.provenance.match is not Match.GIVEN
    assert all(
        one.precision is Precision.PROVINCE
        for one in region.candidates
        if one.provenance.match is Match.GIVEN
    )


@pytest.mark.parametrize(
    ("row", "precision"),
    [(0, Precision.DISTRICT), (1, Precision.PROVINCE), (2, Precision.COUNTRY),
     (3, Precision.PROVINCE)],
)  # fmt: skip
def test_an_area_of_ucdp_is_an_area_at_least_as_large(seen, row, precision):
    place = seen(SAMPLES / "ucdp_ged.csv").entries[row].filmed[0].place
    assert place.precision is precision


@pytest.mark.parametrize(
    ("lat", "lon", "least"),
    [("39", "126", 70_000), ("39.0", "125.8", 6_000), ("39.03", "125.75", 600),
     ("39.0339", "125.7543", 900)],
)  # fmt: skip
def test_without_a_precision_column_the_digits_say_how_exact_it_may_be(tmp_path, lat, lon, least):
    (one,) = written(tmp_path, f"Title,Lat,Lon\nx,{lat},{lon}\n")
    assert least <= one.given.uncertainty_m <= 2 * least + 400
    assert one.given.uncertainty_m >= 1_000


def test_an_area_that_is_drawn_is_the_circle_that_holds_it():
    _, field = sample("my_maps.kml")
    assert 6_500 < field.given.uncertainty_m < 7_500
    assert (field.given.lat, field.given.lon) == (41.75, 129.75)
    assert "Polygon" in str(field.warned[0])


def test_country_and_province_come_from_the_file_or_from_the_words(seen):
    (ukraine,) = seen(SAMPLES / "eyes_on_russia.geojson").entries
    assert ukraine.filmed[0].place.admin1 == "UA-63"
    words, *_ = seen(SAMPLES / "timemap_export.csv").entries
    assert words.filmed[0].place.admin1 == "KP-09"
    none, *_ = seen(SAMPLES / "geoconfirmed.csv").entries
    assert (none.filmed[0].place.country, none.filmed[0].place.admin1) == ("", "")


def test_private_coordinates_are_neither_shown_nor_kept(store, geocoder, tmp_path):
    path = SAMPLES / "inaturalist.csv"
    shown = preview(store, geocoder, path)
    take_file(store, geocoder, path)
    saved = [entry for _, entry in store.since(0)]
    everything = json.dumps(shown.plain()) + "".join(one.model_dump_json() for one in saved)
    for secret in ("39.03385", "125.75432", "secret garden"):
        assert secret not in everything
    obscured, _, private = sorted(saved, key=lambda one: one.id)
    assert obscured.filmed[0].place.uncertainty_m >= 28_500
    assert private.filmed[0].unplaced == "withheld"
    assert "private" in str(shown.taken.warned[0])
    assert any("Private coordinates" in note for note in shown.about.notes)


@pytest.mark.parametrize(
    ("lat", "lon", "says"),
    [
        ("0", "0", "0, 0 is where tools put"),
        ("0.000", "0.0", "0, 0 is where tools put"),
        ("125.75", "39.03", "latitude and longitude exchanged"),
        ("95", "200", "outside the Earth"),
        ("39.03", "181", "outside the Earth"),
        ("39.03", "", "Only one of latitude and longitude"),
        ("north", "east", "cannot be read as coordinates"),
        ("NaN", "NaN", ""),
    ],
)
def test_suspicious_coordinates_are_told_and_never_repaired(seen, tmp_path, lat, lon, says):
    path = tmp_path / "file.csv"
    path.write_text(f"Title,Place,Latitude,Longitude,Date\nx,,{lat},{lon},2013\n")
    # the columns are given, since a guess would not take words for a latitude
    shown = seen(path, mapping=Mapping(columns={
        "Title": "title", "Place": "locality", "Latitude": "lat", "Longitude": "lon"}))  # fmt: skip
    (one,) = shown.entries
    assert one.filmed[0].place is None
    assert [says in str(warned) for warned in shown.taken.warned] == [True] * bool(says)
    if says and "0, 0" not in says:
        assert one.extra["Latitude"] == lat


def test_coordinates_that_fit_the_country_only_when_exchanged_wait_for_a_person(seen, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Title,Country,Lat,Lon\nx,Kenya,36.82,-1.29\n")
    shown = seen(path)
    (place,) = shown.entries[0].filmed
    assert (place.unplaced, place.place) == ("review", None)
    assert (place.candidates[0].lat, place.candidates[0].lon) == (36.82, -1.29)
    assert "inside with latitude and longitude exchanged" in str(shown.taken.warned[0])


def test_coordinates_that_fit_the_words_only_when_exchanged_wait_for_a_person(seen, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Title,Place,Lat,Lon\nx,Nairobi,36.82,-1.29\ny,Nairobi,-1.29,36.82\n")
    shown = seen(path)
    wrong, right = (one.filmed[0] for one in shown.entries)
    assert (wrong.unplaced, right.place.lat) == ("review", -1.29)
    assert [one.row for one in shown.taken.warned] == [2]


def test_words_that_lead_to_several_places_are_compared_with_the_nearest(seen, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Title,Place,Lat,Lon\nx,Springfield,39.80,-89.64\ny,Springfield,48.85,2.35\n")
    shown = seen(path)
    assert [one.filmed[0].place.lat for one in shown.entries] == [39.80, 48.85]
    assert [one.row for one in shown.taken.warned] == [3]
    assert "where “Springfield” is looked up" in str(shown.taken.warned[0])


def test_coordinates_in_another_country_wait_for_a_person(seen, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Title,Country,Lat,Lon\nx,North Korea,48.85,2.35\n")
    shown = seen(path)
    (place,) = shown.entries[0].filmed
    assert (place.unplaced, place.candidates[0].country) == ("review", "")
    assert "lies outside North Korea" in str(shown.taken.warned[0])


def test_words_far_from_the_coordinates_are_told_and_nothing_moves(seen, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Title,Place,Lat,Lon\nx,Chongjin,39.0339,125.7543\n")
    shown = seen(path)
    place = shown.entries[0].filmed[0].place
    assert (place.lat, place.lon) == (39.0339, 125.7543)
    assert (place.country, place.admin1) == ("", "")
    assert "454 km from where “Chongjin” is looked up" in str(shown.taken.warned[0])


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("39.03, 125.75", 39.03, 125.75),
        ("39.03,125.75", 39.03, 125.75),
        ("39,03; 125,75", 39.03, 125.75),
        ("39,03 125,75", 39.03, 125.75),
        ("39.03|125.75", 39.03, 125.75),
        ("(39.03, 125.75)", 39.03, 125.75),
        ("39.03 125.75", 39.03, 125.75),
        ("N39.03 E125.75", 39.03, 125.75),
        ("125.75E, 39.03N", 39.03, 125.75),
        ("-33.86, -70.5", -33.86, -70.5),
        ("33.86S 70.5W", -33.86, -70.5),
        ("39°01'48\"N 125°45'00\"E", 39.03, 125.75),
        ("39°1.8'N, 125°45'E", 39.03, 125.75),
        ("39° 1′ 48″ N, 125° 45′ 0″ E", 39.03, 125.75),
    ],
)
def test_a_cell_with_both_coordinates_is_read(text, lat, lon):
    point = coordinates.pair(text)
    assert (round(point.lat, 5), round(point.lon, 5)) == (lat, lon)


@pytest.mark.parametrize(
    "text",
    ["", "39.03", "Pyongyang", "39.03, 125.75, 12", "39°75'N 125°0'E", "a, b", "39.03N 125.75N",
     "1,234,567", "39.03,", "2013-05-17", "--1, 2"],
)  # fmt: skip
def test_what_is_no_pair_of_coordinates_is_none(text):
    assert coordinates.pair(text) is None


@given(
    st.decimals(-90, 90, places=4, allow_nan=False),
    st.decimals(-180, 180, places=4, allow_nan=False),
)
def test_decimal_coordinates_are_read_exactly(lat, lon):
    point = coordinates.point(str(lat), str(lon))
    assert (point.lat, point.lon) == (float(lat), float(lon))
    both = coordinates.pair(f"{lat}, {lon}")
    assert (both.lat, both.lon) == (float(lat), float(lon))


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_coordinates_and_dates(text):
    coordinates.pair(text)
    coordinates.degrees(text)
    coordinates.metres(text)
    for order in Order:
        days.read(text, order)


# Dates


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2013", "2013"), ("2013-05", "2013-05"), ("2013-05-17", "2013-05-17"),
        ("2012-10/2013-03", "2012-10/2013-03"), ("2013-05-17 00:00:00", "2013-05-17"),
        ("2013/05/17", "2013-05-17"), ("2013.5.17", "2013-05-17"), ("2013. 5. 17.", "2013-05-17"),
        ("2013년 5월 17일", "2013-05-17"), ("2013년 5월", "2013-05"), ("17 May 2013", "2013-05-17"),
        ("May 17, 2013", "2013-05-17"), ("17-May-2013", "2013-05-17"), ("May 2013", "2013-05"),
        ("Sept 2013", "2013-09"), ("5/2013", "2013-05"), ("17/05/2013", "2013-05-17"),
        ("05/17/2013", "2013-05-17"), ("5/5/2013", "2013-05-05"), ("", ""), ("NaN", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_as_exactly_as_it_is_written(text, edtf):
    assert days.read(text) == days.Day(edtf)


@pytest.mark.parametrize(
    "text",
    ["yesterday", "31/02/2013", "2013-13-01", "17/05/13", "May", "99 May 2013", "13/13/2013"],
)
def test_what_is_no_date_is_not_made_one(text):
    assert days.read(text) == days.Day("", whole=False)


def test_a_time_of_day_is_kept_beside_the_date(tmp_path):
    (one,) = written(tmp_path, "Title,Date\nx,2013-05-17T10:20:30Z\n")
    assert one.entry.recorded == "2013-05-17"
    assert one.entry.extra == {"Date": "2013-05-17T10:20:30Z"}
    assert "the rest was kept" in str(one.warned[0])


def test_day_and_month_are_told_apart_by_all_dates_of_a_file(tmp_path):
    first, second = written(tmp_path, "Title,Date\nx,03/04/2013\ny,25/12/2013\n")
    assert (first.entry.recorded, second.entry.recorded) == ("2013-04-03", "2013-12-25")
    first, second = written(tmp_path, "Title,Date\nx,03/04/2013\ny,12/25/2013\n")
    assert (first.entry.recorded, second.entry.recorded) == ("2013-03-04", "2013-12-25")


@pytest.mark.parametrize("others", ["", "y,25/12/2013\nz,12/25/2013\n"])
def test_where_day_and_month_cannot_be_told_apart_only_the_year_is_taken(tmp_path, others):
    first, *rest = written(tmp_path, f"Title,Date\nx,03/04/2013\n{others}")
    assert first.entry.recorded == "2013"
    assert first.entry.extra == {"Date": "03/04/2013"}
    assert "nobody can tell day from month" in str(first.warned[0])
    assert [one.entry.recorded for one in rest] == ["2013-12-25"] * len(rest)


def test_a_person_may_say_what_comes_first(tmp_path):
    text = "Title,Date\nx,03/04/2013\n"
    assert written(tmp_path, text, dates=Order.DMY)[0].entry.recorded == "2013-04-03"
    assert written(tmp_path, text, dates=Order.MDY)[0].entry.recorded == "2013-03-04"


def test_a_date_in_the_future_is_told(tmp_path):
    year = dt.datetime.now(dt.UTC).year + 2
    (one,) = written(tmp_path, f"Title,Date\nx,{year}\n")
    assert one.entry.recorded == str(year)
    assert str(one.warned[0]) == f"{year} lies in the future."


def test_a_date_that_cannot_be_read_is_kept_as_text(tmp_path):
    (one,) = written(tmp_path, "Title,Date\nx,about noon\n")
    assert (one.entry.recorded, one.entry.extra) == ("", {"Date": "about noon"})
    assert "cannot be read as a date" in str(one.warned[0])


def test_what_acled_knows_no_finer_than_a_month_is_a_month():
    assert [one.entry.recorded for one in sample("acled.csv")] == [
        "2024-01-15", "2024-01-16~", "2024-01",
    ]  # fmt: skip


def test_a_span_of_days_stays_a_span():
    assert [one.entry.recorded for one in sample("ucdp_ged.csv")][:3] == [
        "2019-01-01", "2019-01-02/2019-01-08", "2019-02-01/2019-02-28",
    ]  # fmt: skip


def test_fallback_values_of_another_tool_are_read_as_unknown():
    _, nowhere = sample("osint_geo_extractor.geojson")
    assert (nowhere.entry.recorded, nowhere.given) == ("", None)
    assert [one.column for one in nowhere.warned] == ["date", "@lat"]


# Particulars


def test_claim_and_proof_are_told_apart():
    (one,) = sample("geoconfirmed.csv")
    assert [(e.url[-5:], e.caption) for e in one.entry.evidence] == [
        ("claim", "the claim"), ("proof", "the geolocation"),
    ]  # fmt: skip
    assert one.entry.verification.level.value == "not_assessed"


def test_columns_with_numbers_fold_into_lists():
    first, second = sample("timemap_export.csv")
    assert first.entry.tags == ("Smoke", "Port")
    assert [one.url for one in first.entry.evidence] == [
        "https://example.org/s1", "https://example.org/s2",
    ]  # fmt: skip
    assert second.entry.extra == {"source1": "not a link"}


def test_the_row_of_hxl_tags_is_no_entry():
    (one,) = sample("ushahidi.csv")
    assert one.row == 3


def test_what_atlos_hides_is_withheld_and_its_guarded_cells_are_restored(tmp_path):
    _, second, _ = sample("atlos.csv")
    assert second.entry.description == "=1+1 is no formula"
    text = (SAMPLES / "atlos.csv").read_text().replace("Exact,,,", "Exact,,Hidden,")
    first, *_ = written(tmp_path, text)
    assert first.entry.visibility == "withheld"


def test_the_tabs_of_timemap_are_joined(tmp_path):
    path = workbook(tmp_path / "timemap.xlsx", {
        "Events": [["Description", "Date", "Time", "Location", "Association 1", "Association 2",
                    "Association 3", "Source", "Comments"],
                   ["TEST DATA: smoke", "02/24/2022", "", "Port", "Smoke", "", "", "S1", ""],
                   ["TEST DATA: no site", "2/3/2022", "", "Elsewhere", "", "", "", "S1, S2", "c"]],
        "Sources": [["ID", "Title", "Path 1", "Path 2"],
                    ["S1", "one", "https://example.org/1", "https://example.org/2"],
                    ["S2", "two", "https://example.org/3", ""]],
        "Sites": [["Location", "Lat", "Long", "Comments"], ["Port", 41.7954, 129.7758, "x"]],
        "Notes": [["nothing"], ["here"]],
    })  # fmt: skip
    with reading(path) as file:
        assert (file.dialect.name, file.other_pages) == ("timemap", ("Notes",))
        first, second = file.drafts()
    assert (first.given.lat, first.given.lon) == (41.7954, 129.7758)
    assert (first.entry.recorded, first.entry.tags) == ("2022-02-24", ("Smoke",))
    assert [one.url[-1] for one in first.entry.evidence] == ["1", "2"]
    assert second.given is None
    assert [one.url[-1] for one in second.entry.evidence] == ["1", "3", "2"]
    assert first.entry.extra["Sites: Comments"] == "x"


def test_a_kmz_is_read_like_the_kml_in_it(tmp_path):
    path = tmp_path / "map.kmz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("images/icon.png", b"x")
        book.write(SAMPLES / "my_maps.kml", "doc.kml")
    assert [one.entry.title for one in drafts(path)] == [
        one.entry.title for one in sample("my_maps.kml")
    ]


def test_a_kmz_of_geoconfirmed_tells_claim_from_proof(tmp_path):
    path = tmp_path / "map.kmz"
    data = {"Faction": "Test", "PlusCode": "8QFV+X", "Source": "https://example.org/claim",
            "Geolocation": "https://example.org/proof", "Id": "T1"}  # fmt: skip
    cells = "".join(f'<Data name="{n}"><value>{v}</value></Data>' for n, v in data.items())
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("doc.kml", f"<?xml version='1.0'?><kml><Document><Placemark><name>TEST</name>"
                      f"<ExtendedData>{cells}</ExtendedData><Point><coordinates>125.75432,39.03385"
                      "</coordinates></Point></Placemark></Document></kml>")  # fmt: skip
    (one,) = drafts(path)
    assert one.entry.id == "geoconfirmed-kmz:T1"
    assert [e.caption for e in one.entry.evidence] == ["the claim", "the geolocation"]
    assert one.given.uncertainty_m == 100


def test_html_of_a_map_becomes_text_and_its_links_evidence():
    first, _ = sample("my_maps.kml")
    assert first.entry.description == "TEST DATA bold\nhttps://example.org/post/1"
    assert first.entry.category == "Markets"
    assert [one.url.rpartition("/")[2] for one in first.entry.evidence] == ["p.jpg", "q.jpg", "1"]


def test_the_same_rows_in_a_workbook_and_in_parquet_are_read_alike(tmp_path):
    with (SAMPLES / "acled.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    workbook(tmp_path / "acled.xlsx", {"Sheet1": rows})
    pd.DataFrame(rows[1:], columns=rows[0]).to_parquet(tmp_path / "acled.parquet")
    expected = [one.entry for one in sample("acled.csv")]
    for name in ("acled.xlsx", "acled.parquet"):
        assert [one.entry for one in drafts(tmp_path / name)] == expected


def test_numbers_and_days_of_a_workbook_are_read_as_they_show(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"One": [["Title", "Lat", "Lon", "Year"],
                                                  ["TEST DATA", 39.5, 125.75, 2013]]})  # fmt: skip
    (one,) = drafts(path)
    assert (one.given.lat, one.given.lon) == (39.5, 125.75)
    assert one.entry.extra == {"Year": "2013"}


def test_another_tab_may_be_named(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"One": [["Title"], ["TEST DATA 1"]],
                                          "Two": [["Title"], ["TEST DATA 2"]]})  # fmt: skip
    assert [one.entry.title for one in drafts(path, tab="Two")] == ["TEST DATA 2"]
    with pytest.raises(InputError, match="its tabs are: One, Two"):
        drafts(path, tab="Three")


# Unknown columns


def test_english_and_korean_columns_are_guessed():
    for name in ("plain_en.csv", "plain_ko.csv"):
        with reading(SAMPLES / name, GUESS) as file:
            assert file.guessed
            fields = set(file.mapping.columns.values())
        assert fields >= {"title", "recorded", "locality", "evidence_url", "description"}
        assert fields & {"lat", "coordinates"}


def test_a_guess_shows_some_cells_of_each_column():
    made = guess(["장소", "x"], [{"장소": "청진", "x": "1"}, {"장소": "라진", "x": "1"}])
    assert made.columns == {"장소": "locality", "x": ""}
    assert made.samples == {"장소": ("청진", "라진"), "x": ("1",)}


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [("Source", "KCNA", ""), ("Source", "https://example.org", "evidence_url"),
     ("Lat", "Pyongyang", ""), ("Where it was", "39.03, 125.75", "coordinates"),
     ("Video location", "Rajin", "locality"), ("Date of event", "2013", "recorded"),
     ("whatever", "https://example.org/1", "evidence_url"), ("whatever", "x", "")],
)  # fmt: skip
def test_a_guess_looks_at_the_cells_too(header, cell, field):
    assert guess([header], [{header: cell}]).columns[header] == field


def test_half_a_point_is_never_guessed():
    assert guess(["lat", "title"], [{"lat": "39.0", "title": "x"}]).columns["lat"] == ""


def test_a_guess_is_refused_unless_it_is_allowed(store, geocoder):
    for call in (take_file, preview):
        with pytest.raises(InputError, match=r"say which of its columns says what.*Camera"):
            call(store, geocoder, SAMPLES / "plain_en.csv")
    assert store.head() == (0, "")


def test_a_confirmed_mapping_is_used_again_for_the_same_columns(tmp_path):
    path = tmp_path / "one.csv"
    path.write_text("what,where exactly\nTEST DATA,Rajin\n")
    wanted = Mapping(columns={"what": "title", "where exactly": "locality"}, name="mine")
    mapping.save(wanted, ["what", "where exactly"])
    other = tmp_path / "two.csv"
    other.write_text("where exactly;what\nRajin;TEST DATA\n")
    for file in (path, other):
        with reading(file) as found:
            assert (found.mapping, found.guessed) == (wanted, False)
            (one,) = found.drafts()
        assert (one.entry.title, one.entry.filmed[0].locality) == ("TEST DATA", "Rajin")
    assert mapping.saved(["what"]) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "is no mapping"), ('{"columns": {"a": "nonsense"}}', "cannot say “nonsense”"),
     ('{"columns": 3}', "is no mapping"), ("[]", "is no mapping"), ("\xff", "is no mapping")],
)  # fmt: skip
def test_what_is_no_mapping_is_told(tmp_path, text, says):
    path = tmp_path / "m.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(InputError, match=says):
        mapping.load(path)


def test_a_file_of_which_nothing_is_known_is_told(tmp_path):
    with pytest.raises(InputError, match=r"None of the columns .* a, b"):
        written(tmp_path, "a,b\n1,2\n")


def test_ids_of_two_files_never_meet(tmp_path):
    for name in ("one.csv", "two.csv"):
        (one,) = written(tmp_path, "id,Title,Date\n1,TEST DATA,2013\n", name)
        assert one.entry.id == f"{name[:3]}:1"


def test_rows_without_ids_differ_by_what_they_say(tmp_path):
    text = "Title,Date,Place\nx,2013,Rajin\nx,2014,Rajin\nx,2013,Rajin\n"
    first, second, third = (one.entry.id for one in written(tmp_path, text))
    assert first == third != second


def test_a_rejection_names_the_column_of_the_file(tmp_path):
    long = "x" * 5_000
    (one,) = written(tmp_path, f"Headline,Link\nTEST,https://example.org/{long}\n")
    assert isinstance(one, Rejected)
    assert (one.row, one.column) == (2, "Link")


def test_our_own_columns_keep_their_meaning_beside_coordinates(tmp_path, seen):
    path = tmp_path / "file.csv"
    path.write_text(
        "title,locality,lat,lon,visibility\nA,Rajin,42.2489,130.3019,withheld\n"
        "B,Chongjin; Rajin,42.2489,130.3019,\nC,,42.2489,130.3019,\n"
    )
    shown = seen(path)
    one, several, bare = shown.entries
    assert one.filmed[0].place.provenance.match is Match.GIVEN
    assert one.visibility == "withheld"
    assert [place.place.provenance.match for place in several.filmed] == [Match.EXACT] * 2
    assert several.extra == {"lat": "42.2489", "lon": "130.3019"}
    assert "several localities" in str(shown.taken.warned[0])
    assert bare.filmed[0].locality == "42.2489, 130.3019"


def test_places_of_an_export_are_read_by_people_and_not_read_back(tmp_path, seen):
    path = tmp_path / "file.csv"
    path.write_text(
        "title,locality,lat,lon,place_id,decision,provider,camera\n"
        "'=SUM(A1),Rajin,1.0,2.0,gn:1,accepted,GeoNames,'-x\n"
    )
    (one,) = seen(path).entries
    assert one.title == "=SUM(A1)"
    assert one.extra == {"camera": "-x"}
    assert one.filmed[0].place.place_id == "gn:2042645"


@given(st.text(max_size=20))
def test_a_guarded_cell_runs_nowhere_and_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+@\t\r") or not text


def test_a_person_s_choice_stays_when_the_file_comes_again(store, geocoder, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Title,Place,Lat,Lon\nx,Chongjin,39.0339,125.7543\n")
    take_file(store, geocoder, path, wishes=GUESS)
    ((_, entry),) = store.since(0)
    place = entry.filmed[0]
    other = place.candidates[1].place_id
    decision = place.decision.model_copy(update={"by": DecidedBy.PERSON})
    chosen = place.model_copy(update={"chosen": other, "decision": decision})
    store.save([entry.model_copy(update={"locations": (chosen,)})], "ann", "decided")
    assert take_file(store, geocoder, path, wishes=GUESS).unchanged == 1
    path.write_text("Title,Place,Lat,Lon\nx,Chongjin,39.0444,125.7543\n")
    # the coordinates are part of what the row says, and the row has no id of its own
    text = path.read_text()
    path.write_text(text.replace("Title", "id,Title").replace("x,", f"{entry.id[5:]},x,"))
    assert take_file(store, geocoder, path, wishes=GUESS).read == 1
    assert store.entries([entry.id])[entry.id].filmed[0].chosen == other


def test_moved_coordinates_are_a_change_and_a_decision_by_a_person_outlives_it(
    store, geocoder, tmp_path
):
    path = tmp_path / "file.csv"
    form = "id,Title,Place,Lat,Lon\n1,x,Chongjin,{},129.7758\n"
    for lat, changed in (("41.7954", 0), ("41.7955", 1), ("41.7955", 0)):
        path.write_text(form.format(lat))
        taken = take_file(store, geocoder, path, wishes=GUESS)
        assert taken.changed == changed
    entry = store.entries(["file:1"])["file:1"]
    assert entry.filmed[0].place.lat == 41.7955
    assert [c.lat for c in entry.filmed[0].candidates if c.provenance.match is Match.GIVEN] == [
        41.7955
    ]
    decision = entry.filmed[0].decision.model_copy(update={"by": DecidedBy.PERSON})
    place = entry.filmed[0].model_copy(update={"decision": decision})
    store.save([entry.model_copy(update={"locations": (place,)})], "ann", "decided")
    path.write_text(form.format("41.7999"))
    assert take_file(store, geocoder, path, wishes=GUESS).changed == 1
    assert take_file(store, geocoder, path, wishes=GUESS).unchanged == 1
    entry = store.entries(["file:1"])["file:1"]
    assert entry.filmed[0].place.lat == 41.7955
    assert {c.lat for c in entry.filmed[0].candidates[:2]} == {41.7955, 41.7999}
    assert entry.filmed[0].decision.outcome is Outcome.ACCEPTED
