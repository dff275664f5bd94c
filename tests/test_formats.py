"""Files in: every row becomes an entry, or says where it fails and what to do."""

import csv

import pandas as pd
import pytest
from conftest import HOSTILE, ROOT
from hypothesis import given
from hypothesis import strategies as st

from geo.entry import Relation
from geo.errors import InputError
from geo.formats import COLUMNS, Draft, Rejected, Wishes, flat, look, read, write


@pytest.fixture
def rows(tmp_path):
    """Return a function that reads a text (or bytes) as a file."""

    def read_text(text, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(read(path))

    return read_text


def test_the_shipped_file_holds_nine_entries_of_two_reports():
    drafts = list(read(ROOT / "data" / "footage.csv"))
    assert [one.entry.id for one in drafts] == [f"A{n}" for n in range(1, 8)] + ["B1", "B2"]
    assert {one.report.id for one in drafts} == {"A", "B"}
    assert {one.entry.recorded for one in drafts} == {""}
    assert {one.entry.verification.level.value for one in drafts[:7]} == {"not_assessed"}
    assert [one.entry.filmed[0].basis.value for one in drafts[:7]] == ["stated"] * 4 + [
        "inferred"
    ] * 3
    for one in drafts[7:]:
        assert [place.locality for place in one.entry.filmed] == ["Chongjin", "Rajin"]
        assert {place.relation for place in one.entry.filmed} == {Relation.ONE_OF}
        assert not any(place.complete for place in one.entry.filmed)


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("title", "", "say in a few words what is seen"),
        ("recorded", "yesterday", "write 2013, 2013-05"),
        ("published", "13.5.2013", "write 2013, 2013-05"),
        ("report_url", "javascript:alert(1)", "http:// or https://"),
        ("evidence_url", "javascript:alert(1)", "http:// or https://"),
        ("relation", "maybe", "filmed_at, one_of, also_at"),
        ("relation", "mentioned", "filmed_at, one_of, also_at"),
        ("complete", "perhaps", "yes, no"),
        ("complete", "no", "one_of"),
        ("basis", "guessed", "stated, inferred"),
        ("absence", "dunno", "not_stated, withheld, not_found, unlocatable"),
        ("verification", "true", "not_assessed, reported"),
        ("visibility", "secret", "draft, published, withheld"),
        ("title", "a\x00b", "control character U+0000; remove it"),
        ("description", "a\x00b", "control character U+0000; remove it"),
        ("locality", "a\x00b", "control character U+0000; remove it"),
        ("mentioned", "a\x00b", "control character U+0000; remove it"),
        ("report_title", "a\x00b", "control character U+0000; remove it"),
        ("verification_note", "a\x00b", "control character U+0000; remove it"),
        ("paragraph", "a\x00b", "control character U+0000; remove it"),
        ("tags", "a\x00b", "control character U+0000; remove it"),
        ("camera", "a\x00b", "control character U+0000; remove it"),
        ("description", "x" * 500_000, "100000 characters"),
        ("title", "x" * 500_000, "2000 characters"),
    ],
)
def test_a_rejection_names_row_and_column_and_says_what_to_do(tmp_path, column, cell, why):
    good = {"title": "T", "locality": "Pyongyang", "report_id": "R"}
    path = tmp_path / "file.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*COLUMNS, "camera"])
        writer.writeheader()
        writer.writerow(good)
        writer.writerow(good | {column: cell})
    first, second = read(path)
    assert isinstance(first, Draft)
    assert isinstance(second, Rejected)
    assert (second.row, second.column) == (3, column)
    assert why in second.reason


def test_a_rejected_row_does_not_stop_the_others(rows):
    found = rows("title,locality\nA,Rajin\n,Rajin\nC,Rajin\n")
    assert [type(one) for one in found] == [Draft, Rejected, Draft]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(rows):
    found = rows('title,locality,description\nA,Rajin,"two\nlines"\n\n,,\nB,Rajin,\n')
    assert [one.row for one in found] == [2, 5]


@pytest.mark.parametrize("missing", ["locality", "title"])
def test_a_file_without_a_needed_column_is_told_which_and_what_it_has(rows, missing):
    kept = {"locality": "title", "title": "locality"}[missing]
    with pytest.raises(InputError, match=f"has no column “{missing}”; name the column") as told:
        rows(f"{kept},date\nx,y\n")
    assert f"{kept}, date" in str(told.value)


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n", "\ufeff"])
def test_an_empty_file_is_told(rows, text):
    with pytest.raises(InputError, match=r"“file\.csv” is empty; there is nothing to import"):
        rows(text)


def test_a_file_with_only_a_header_has_no_rows(rows):
    assert rows("title,locality\n") == []
    assert rows("title,locality") == []
    assert rows("title,locality\n,\n  ,\n") == []


@pytest.mark.parametrize("encoding", ["cp949", "cp1252", "utf-16", "utf-16-le"])
def test_a_file_in_another_encoding_is_read_letter_for_letter(rows, encoding):
    title, place = ("Marché", "Rajin") if encoding == "cp1252" else ("시장", "라진")
    (one,) = rows(f"title,locality\n{title},{place}\n".encode(encoding))
    assert (one.entry.title, one.entry.filmed[0].locality) == (title, place)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_commas_semicolons_and_tabs_part_cells(rows, sign, end, mark):
    lines = [["id", "title", "locality"], ["1", '"a, b; c"', '"Chongjin; Rajin"']]
    (one,) = rows(mark + end.join(sign.join(line) for line in lines) + end)
    assert (one.entry.id, one.entry.title) == ("1", "a, b; c")
    assert [place.locality for place in one.entry.filmed] == ["Chongjin", "Rajin"]


def test_an_unclosed_quotation_mark_is_told_with_its_line(rows):
    with pytest.raises(InputError, match=r"line 3 .*; look for an unclosed quotation mark") as told:
        rows('title,locality\nA,Rajin\n"B,Rajin\n')
    assert "file.csv" in str(told.value)


def test_a_cell_larger_than_a_megabyte_is_told_with_its_line(rows):
    with pytest.raises(InputError, match="line 2") as told:
        rows(f"title,locality,description\nA,Rajin,{'x' * 1_100_000}\n")
    assert len(str(told.value)) < 300


def test_windows_line_breaks_in_a_cell_are_line_breaks(rows):
    (one,) = rows('title,locality,description\r\nA,Rajin,"one\r\ntwo"\r\n')
    assert isinstance(one, Draft)
    assert one.entry.description.split() == ["one", "two"]


def test_two_columns_of_one_name_are_refused(rows):
    with pytest.raises(InputError, match="has two columns “title”; rename one"):
        rows("title,locality,title\na,b,c\n")


def test_unknown_columns_are_kept_letter_for_letter(rows):
    (one,) = rows("title,locality,camera,{{7*191}}\nA,Rajin, hidden ,`x`\n")
    assert one.entry.extra == {"camera": " hidden ", "{{7*191}}": "`x`"}


def test_cells_right_of_the_last_header_are_kept(rows):
    (one,) = rows("title,locality\nA,Rajin,more,and more\n")
    assert list(one.entry.extra.values()) == ["more; and more"]


def test_a_row_that_is_too_short_is_a_row_with_empty_cells(rows):
    (one,) = rows("title,locality,category\nA\n")
    assert one.entry.category == ""
    assert one.entry.filmed[0].absence == "not_stated"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_are_kept_letter_for_letter(rows, tmp_path, text):
    path = tmp_path / "file.csv"
    write(path, [{"id": "1", "title": text, "locality": text.replace(";", ""), "category": text}])
    (one,) = read(path)
    assert (one.entry.title, one.entry.category) == (text, text)
    assert one.entry.filmed[0].locality == text.replace(";", "")


def test_a_row_without_an_id_has_the_same_id_in_every_import(rows):
    text = "title,locality,category\nA,Rajin,{}\nB,Rajin,{}\n"
    first, again = rows(text.format("x", "x")), rows(text.format("y", "y"))
    assert [one.entry.id for one in first] == [one.entry.id for one in again]
    assert first[0].entry.id != first[1].entry.id


def test_a_closed_list_is_read_whatever_its_case_and_blanks(rows):
    (one,) = rows("title,locality,relation,verification\nA,Rajin, One of ,NOT ASSESSED\n")
    assert one.entry.filmed[0].relation is Relation.ONE_OF


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path, tmp_path / "none.parquet"):
        with pytest.raises(InputError, match=r"cannot be opened .*; check the path") as told:
            list(read(path))
        assert str(path) in str(told.value)


CELL = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=";"), max_size=12
).map(str.strip)
NAME = CELL.filter(bool)
ROWS = st.fixed_dictionaries(
    {"id": NAME, "title": NAME, "locality": st.lists(NAME, max_size=3).map("; ".join)},
    optional={
        "description": CELL,
        "category": CELL,
        "tags": st.lists(NAME, max_size=3).map("; ".join),
        "recorded": st.sampled_from(["", "2013", "2012-10/2013-03"]),
        "relation": st.sampled_from(["", "filmed_at", "one_of"]),
        "basis": st.sampled_from(["", "inferred"]),
        "absence": st.sampled_from(["", "withheld"]),
        "mentioned": st.lists(NAME, max_size=2).map("; ".join),
        "verification_note": CELL,
        "visibility": st.sampled_from(["", "draft"]),
        "report_id": NAME,
        "report_title": CELL,
        "paragraph": CELL,
        "evidence_url": st.sampled_from(["", "https://a.example/x; https://b.example"]),
    },
)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@given(st.lists(ROWS, max_size=4))
def test_entries_written_flat_and_read_again_are_the_same_entries(tmp_path_factory, suffix, cells):
    path = tmp_path_factory.getbasetemp() / f"round{suffix}"
    assert write(path, cells) == len(cells)
    first = list(read(path))
    assert [one for one in first if isinstance(one, Rejected)] == []
    write(path, (flat(one.entry, one.report) for one in first))
    assert list(read(path)) == first


def test_an_entry_with_unknown_columns_can_be_written_and_read_again(rows, tmp_path):
    first = rows("title,locality,camera\nA,Rajin,hidden\n")
    for name in ("again.csv", "again.parquet"):
        write(tmp_path / name, [flat(one.entry, one.report) for one in first])
        assert [one.entry for one in read(tmp_path / name)] == [one.entry for one in first]


def test_csv_and_parquet_of_the_same_rows_are_read_alike(tmp_path):
    with (ROOT / "data" / "footage.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    for name in ("a.csv", "a.parquet"):
        write(tmp_path / name, cells)
    assert list(read(tmp_path / "a.csv")) == list(read(tmp_path / "a.parquet"))
    assert list(read(tmp_path / "a.csv")) == list(read(ROOT / "data" / "footage.csv"))


def test_a_parquet_file_of_numbers_dates_and_gaps_is_read(tmp_path):
    frame = pd.DataFrame(
        {
            "title": ["A", "B"],
            "locality": ["Rajin", None],
            "paragraph": [3, 4],
            "depth": [1.5, None],
            "seen": pd.to_datetime(["2013-05-17", None]),
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    one, two = read(tmp_path / "a.parquet")
    assert one.entry.title == "A"
    assert one.entry.extra["depth"] == "1.5"
    assert two.entry.filmed[0].locality == ""
    assert "depth" not in two.entry.extra
    assert "seen" not in two.entry.extra


@pytest.mark.parametrize("data", [b"", b"PAR1", b"title,locality\nA,Rajin\n", b"PAR1" * 100])
def test_what_is_no_parquet_file_is_told(rows, data):
    with pytest.raises(InputError, match=r"“file\.parquet” is not a Parquet file"):
        rows(data, "file.parquet")


def test_a_parquet_file_without_a_locality_is_told(tmp_path):
    pd.DataFrame({"title": ["A"]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match="has no column “locality”"):
        list(read(tmp_path / "a.parquet"))


@pytest.mark.parametrize("name", ["out.xlsx", "out", "out.csv.gz"])
def test_an_unknown_suffix_is_refused_and_nothing_is_written(tmp_path, name):
    with pytest.raises(InputError, match=r"must end in \.csv or \.parquet"):
        write(tmp_path / name, [])
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_cannot_be_written_to_is_told(tmp_path):
    for name in ("none/out.csv", "none/out.parquet"):
        with pytest.raises(InputError, match="cannot be opened"):
            write(tmp_path / name, [])


@pytest.mark.parametrize("header", ["Visibility", "VISIBILITY", " visibility ", "visi\u200bbility"])
def test_a_column_that_says_who_may_see_is_not_lost_to_its_spelling(rows, header):
    (draft,) = rows(f"title,Locality,{header}\nx,Pyongyang,withheld\n")
    known = header.strip().isascii()
    assert (draft.entry.visibility == "withheld") is known
    assert (header in draft.entry.extra) is not known


def test_two_columns_of_one_name_in_other_case_are_refused(rows):
    with pytest.raises(InputError, match="two columns “title”"):
        rows("title,Title,locality\nx,y,Pyongyang\n")


@pytest.mark.parametrize("level", ["corroborated", "geolocated"])
def test_a_judgement_needs_the_name_of_who_judged(rows, level):
    (refused,) = rows(f"title,locality,verification\nx,Pyongyang,{level}\n")
    assert refused.column == "verified_by"
    text = f"title,locality,verification,verified_by,verified_at\nx,Pyongyang,{level},A. B.,2024\n"
    (draft,) = rows(text)
    assert (draft.entry.verification.by, draft.entry.verification.at) == ("A. B.", "2024")


def test_a_look_shows_columns_cells_and_a_guess_also_where_no_column_says_anything(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("aa,bb\n1,2\n1,3\n", encoding="utf-8")
    seen = look(path)
    assert (seen.header, seen.dialect, seen.guessed) == (("aa", "bb"), None, True)
    assert seen.samples == {"aa": ("1",), "bb": ("2", "3")}
    assert seen.mapping.columns == {"aa": "", "bb": ""}


def test_a_look_names_the_dialect_that_is_known_or_asked_for(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("title,locality\nA,Hyesan\n", encoding="utf-8")
    assert look(path).dialect.name == "glimpse"
    assert look(path, Wishes(dialect="acled")).dialect.name == "acled"
