"""Reading back what an export wrote: the same entries, a person's edits, and hostile records."""

import csv
import json

import pytest
from conftest import NOON, candidate, entry, located
from entries import corpora
from hypothesis import HealthCheck, given, settings

from geo.entry import Report
from geo.errors import InputError
from geo.formats import Rejected, export_csv, export_geojson, export_parquet, export_xlsx, read
from geo.formats.export_row import About, Item
from geo.formats.record import Recorded, recorded

WRITERS = {
    ".csv": export_csv.write,
    ".xlsx": export_xlsx.write,
    ".geojson": export_geojson.write,
    ".parquet": export_parquet.write,
}


def about(items):
    names = dict.fromkeys(name for item in items for name in item.entry.extra)
    return About("all", "", len(items), ("GeoNames, CC BY 4.0",), tuple(names))


def written(path, items):
    WRITERS[path.suffix](path, about(items), items)
    return path.read_bytes()


@pytest.mark.parametrize("suffix", WRITERS)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(items=corpora())
def test_what_is_read_back_is_what_was_written_and_is_written_alike(suffix, tmp_path, items):
    path = tmp_path / f"first{suffix}"
    first = written(path, items)
    back = list(read(path))
    assert [one for one in back if isinstance(one, Rejected)] == []
    assert [Item(entry=one.entry, reports=one.reports) for one in back] == items
    assert [one.edited for one in back] == [()] * len(items)
    assert written(tmp_path / f"second{suffix}", items) == first


def item(**changes):
    """Return an entry with more than the flat form can say, and its reports."""
    decision = {"by": "person", "outcome": "accepted", "at": NOON, "reason": "matched; sure"}
    places = [
        located(candidate("t:1", name="Chongjin"), relation="one_of", complete=False),
        located(candidate("t:2", name="Rajin", lat=42.25), relation="one_of", decision=decision,
                complete=False, basis="inferred"),
        {"locality": "Seoul", "relation": "released_at"},
    ]  # fmt: skip
    given = {
        "reports": [{"report": "R1", "paragraph": "3"}, {"report": "R2"}],
        "evidence": [{"url": "https://example.org/v", "kind": "video", "credit": "Kim"}],
        "extra": {"Notes": "mine", "lat": "theirs"}, "tags": ["a", "b"],
    }  # fmt: skip
    reports = (
        Report(id="R1", title="One", archived_url="https://example.org/kept"),
        Report(id="R2", title="Two"),
    )
    return Item(entry=entry("E1", *places, **{**given, **changes}), reports=reports)


def sheet_of(tmp_path, one):
    """Return the only row of a CSV export, as a spreadsheet opens it."""
    written(tmp_path / "sheet.csv", [one])
    with (tmp_path / "sheet.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return row


def edited(tmp_path, one, **cells):
    """Return what an exported row becomes after somebody typed into some of its cells."""
    row = sheet_of(tmp_path, one)
    assert set(cells) <= set(row)
    return recorded(7, row | cells)


def test_a_row_that_nobody_changed_brings_the_whole_entry(tmp_path):
    one = item()
    assert edited(tmp_path, one) == Recorded(7, one.entry, one.reports[0], one.reports, ())


def test_an_edited_cell_goes_before_the_record_and_the_row_says_so(tmp_path):
    one = item()
    back = edited(tmp_path, one, title="Better", tags="b; c", recorded="2013-05", id="E2")
    changes = {"title": "Better", "tags": ("b", "c"), "recorded": "2013-05", "id": "E2"}
    assert back.entry == one.entry.model_copy(update=changes)
    assert back.edited == ("id", "recorded", "tags", "title")


def test_a_new_judgement_brings_all_of_its_columns(tmp_path):
    one = item(verification={"level": "reported", "note": "as the report says"})
    back = edited(tmp_path, one, verification="geolocated", verified_by="Lee")
    found = back.entry.verification
    assert (found.level, found.by, found.note) == ("geolocated", "Lee", "as the report says")
    assert back.entry.locations == one.entry.locations


def test_a_judgement_without_a_name_is_refused_as_in_any_sheet(tmp_path):
    back = edited(tmp_path, item(), verification="geolocated")
    assert isinstance(back, Rejected)
    assert back.column == "verified_by"


def test_a_new_locality_waits_to_be_geocoded_and_the_others_keep_their_decisions(tmp_path):
    one = item()
    back = edited(tmp_path, one, locality="Chongjin; Hoeryong")
    first, second, released = back.entry.locations
    assert first == one.entry.locations[0]
    assert (second.locality, second.decision, second.relation) == ("Hoeryong", None, "one_of")
    assert released == one.entry.locations[2]


def test_a_new_relation_is_followed_at_the_places_that_stand(tmp_path):
    back = edited(tmp_path, item(), relation="also_at", complete="yes")
    assert [p.relation for p in back.entry.filmed] == ["also_at", "also_at"]
    assert [p.chosen for p in back.entry.filmed] == ["t:1", "t:2"]
    assert [p.basis for p in back.entry.filmed] == ["stated", "inferred"]


def test_the_first_reports_cells_change_it_and_leave_the_second(tmp_path):
    one = item()
    back = edited(tmp_path, one, report_title="Uno", outlet="Daily", paragraph="4")
    assert back.report == Report(
        id="R1", title="Uno", outlet="Daily", archived_url="https://example.org/kept"
    )
    assert back.reports == (back.report, one.reports[1])
    assert [(c.report, c.paragraph) for c in back.entry.reports] == [("R1", "4"), ("R2", "")]


def test_a_paragraph_without_a_report_is_refused_and_not_lost(tmp_path):
    back = edited(tmp_path, item(reports=[]), paragraph="4")
    assert (back.row, back.column) == (7, "paragraph")


def test_evidence_that_stays_keeps_its_credit(tmp_path):
    back = edited(tmp_path, item(), evidence_url="https://example.org/v; https://example.org/w")
    assert [(e.url, e.credit) for e in back.entry.evidence] == [
        ("https://example.org/v", "Kim"),
        ("https://example.org/w", ""),
    ]


def test_evidence_without_a_link_is_no_cell_and_outlives_a_change_of_the_links(tmp_path):
    own = {"sha256": "a" * 64, "kind": "image", "caption": "ours"}
    link = {"url": "https://example.org/v", "kind": "video"}
    one = item(evidence=[own, link])
    assert sheet_of(tmp_path, one)["evidence_url"] == "https://example.org/v"
    back = edited(tmp_path, one, evidence_url="https://example.org/w")
    assert [(e.url, e.caption) for e in back.entry.evidence] == [
        ("https://example.org/w", ""),
        ("", "ours"),
    ]


def test_the_proof_of_a_judgement_is_a_column_and_an_old_record_without_one_is_read(tmp_path):
    proof = "https://example.org/proof"
    one = item(verification={"level": "geolocated", "by": "Lee", "proof": proof})
    row = sheet_of(tmp_path, one)
    assert row["verification_proof"] == proof
    back = edited(tmp_path, one, verification_note="seen").entry.verification
    assert (back.proof, back.note) == (proof, "seen")
    old = {name: cell for name, cell in row.items() if name != "verification_proof"}
    old["record"] = row["record"].replace(f',"proof":"{proof}"', "")
    assert old["record"] != row["record"]
    assert recorded(7, old).entry.verification.proof == ""


def test_own_columns_are_followed_also_those_named_like_ours(tmp_path):
    back = edited(tmp_path, item(), Notes="yours", extra_lat="")
    assert back.entry.extra == {"Notes": "yours"}


@pytest.mark.parametrize(
    ("column", "cell"),
    [("lat", "39; 40"), ("lon", ""), ("uncertainty_m", "1"), ("decision", "none"),
     ("place_id", "t:9; t:9"), ("admin1", "KP-02"), ("lat", "nan; nan"), ("certainty", "certain")],
)  # fmt: skip
def test_a_place_that_was_changed_in_a_cell_is_refused_and_never_followed(tmp_path, column, cell):
    back = edited(tmp_path, item(), **{column: cell})
    assert isinstance(back, Rejected)
    assert (back.row, back.column) == (7, column)
    assert "review page" in back.reason


def test_a_number_that_a_spreadsheet_writes_otherwise_is_no_change(tmp_path):
    back = edited(tmp_path, item(), lat="39.0; 42.250", uncertainty_m="5000.0; 5e3")
    assert back.edited == ()


def test_a_column_that_was_taken_away_says_nothing(tmp_path):
    one = item()
    row = sheet_of(tmp_path, one)
    kept = {name: row[name] for name in ("id", "title", "locality", "record")}
    assert recorded(7, kept).entry == one.entry


def test_a_row_without_its_record_is_a_flat_row(tmp_path):
    back = edited(tmp_path, item(), record="", lat="", lon="")
    assert not isinstance(back, Recorded)
    assert back.entry.locations[0].decision is None
    assert back.entry.extra.keys().isdisjoint({"credits", "filters", "record"})


HOSTILE_RECORDS = [
    "{", "null", "[]", "{}", '"x"', "[" * 100_000, '{"entry":{}}', '{"entry":null,"reports":[]}',
]  # fmt: skip


@pytest.mark.parametrize("record", HOSTILE_RECORDS)
def test_a_record_that_is_none_is_refused_with_its_row_and_column(tmp_path, record):
    back = edited(tmp_path, item(), record=record)
    assert isinstance(back, Rejected)
    assert (back.row, back.column) == (7, "record")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"lat":39.0', '"lat":91'),
        ('"lat":39.0', '"lat":NaN'),
        ('"chosen":"t:1"', '"chosen":"t:2"'),
        ('"https://example.org/v"', '"javascript:alert(1)"'),
        ('"title":"Title of E1"', '"title":"a\\u0000b"'),
        ('"title":"Title of E1"', '"title":"x","surprise":1'),
        ('"uncertainty_m":5000.0', '"uncertainty_m":0'),
    ],
)
def test_a_record_that_somebody_bent_is_refused(tmp_path, before, after):
    record = sheet_of(tmp_path, item())["record"]
    assert before in record
    back = edited(tmp_path, item(), record=record.replace(before, after, 1))
    assert isinstance(back, Rejected)
    assert back.column == "record"


def test_a_feature_that_was_moved_is_refused(tmp_path):
    path = tmp_path / "a.geojson"
    written(path, [item(), item(id="E2"), item(id="E3")])
    found = json.loads(path.read_text(encoding="utf-8"))
    found["features"][0]["geometry"]["coordinates"][0] = [125.7, 39.1]
    found["features"][1]["properties"]["places"][0]["lat"] = 39.1
    found["features"][2]["properties"]["title"] = "Better"
    path.write_text(json.dumps(found), encoding="utf-8")
    first, second, third = read(path)
    assert (first.column, second.column) == ("geometry", "places")
    assert (third.entry.title, third.edited) == ("Better", ("title",))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"features":1}', '{"features":[1]}', '{"features":[{}]}', "[" * 99_999],
)
def test_what_is_no_feature_collection_is_said_in_a_sentence(tmp_path, text):
    path = tmp_path / "a.geojson"
    path.write_text(text)
    with pytest.raises(InputError, match=r"JSON|features|empty|nested"):
        list(read(path))


@pytest.mark.parametrize("content", [b"", b"PK", b"no sheet at all"])
def test_what_is_no_sheet_is_said_in_a_sentence(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"workbook|empty|sheet"):
        list(read(path))


def test_a_record_longer_than_a_cell_goes_on_to_the_right_and_comes_back(tmp_path):
    long = item(description="한" * 40_000, extra={f"n{n}": "\U0001f3ac" * 9_000 for n in range(3)})
    written(tmp_path / "a.xlsx", [long, item(id="E2")])
    first, second = read(tmp_path / "a.xlsx")
    assert (first.entry, first.edited) == (long.entry, ())
    assert second.entry == item(id="E2").entry


def test_another_sheets_column_of_that_name_is_kept_as_any_other(tmp_path):
    (tmp_path / "a.csv").write_text("title,locality,record\nseen,Pyongyang,LP 33\n")
    (found,) = read(tmp_path / "a.csv")
    assert found.entry.extra == {"record": "LP 33"}


def test_a_sheet_that_would_not_hold_everything_is_refused(tmp_path):
    for much in (
        About("", "", 1_048_576, ()),
        About("", "", 0, (), tuple(f"n{n}" for n in range(16_000))),
    ):
        with pytest.raises(InputError, match=r"choose \.csv or \.parquet"):
            export_xlsx.write(tmp_path / "a.xlsx", much, [])
