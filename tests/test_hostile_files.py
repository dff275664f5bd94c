"""Files that are broken, far too large or meant to do harm: one clear sentence, nothing changed."""

import json
import sys
import zipfile
from contextlib import suppress

import pytest
import xlsxwriter
from conftest import python
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeoError, InputError, Stopped
from geo.formats import COLUMNS, Draft, Rejected, Wishes, reading
from geo.intake import preview, take_file
from geo.sheet import open_sheet
from geo.sheet.text import encoding_of

GUESS = Wishes(guess=True)
LIVE = ("=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "<script>alert(1)</script>",
        "javascript:alert(1)", "{{7*191}}", "`${alert(1)}`", "'; DROP TABLE revisions; --",
        "\u202egnp.exe", "../../etc/passwd")  # fmt: skip


@pytest.fixture
def refused(store, geocoder, tmp_path):
    """Return a function that imports a file, and gives the sentence with which it is refused."""

    def refuse(name, data):
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        told = []
        for call in (take_file, preview):
            with pytest.raises(GeoError) as error:
                call(store, geocoder, path, wishes=GUESS)
            told.append(str(error.value))
        assert store.head() == (0, "")
        assert told[0] == told[1]
        assert "Traceback" not in told[0]
        assert len(told[0]) < 500
        assert told[0].endswith((".", "}}."))
        return told[0]

    return refuse


def workbook(path, rows=(("title", "locality"), ("TEST", "Rajin"))):
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("One")
    for number, cells in enumerate(rows):
        page.write_row(number, 0, cells)
    book.close()
    return path


def kml(body):
    return f'<?xml version="1.0"?><kml><Document>{body}</Document></kml>'


MARK = (
    "<Placemark><name>TEST</name><Point><coordinates>125.7,39.0</coordinates></Point></Placemark>"
)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", "", "is empty; there is nothing to import"),
        ("a.csv", "\n\n\n", "is empty; there is nothing to import"),
        ("a.tsv", "\ufeff", "is empty; there is nothing to import"),
        ("a.json", "", "is not JSON"),
        ("a.geojson", "  \n", "is not JSON"),
        ("a.json", "{", "is not valid JSON"),
        ("a.json", '{"type": "FeatureCollection", "features": []}', "neither features nor"),
        ("a.json", "[1, 2, 3]", "neither features nor"),
        ("a.json", '[{"title": "TEST", "locality": NaN}]', "is not valid JSON"),
        ("a.geojson", '{"type":"FeatureCollection","features":[{"type":', "is not valid JSON"),
        ("a.kml", "", "is not KML"),
        ("a.kml", "<html><body>x</body></html>", "is not KML"),
        ("a.kml", "<?xml version='1.0'?><kml><Document>", "is damaged or cut short"),
        ("a.kml", kml(""), "holds no placemarks"),
        ("a.kml", kml("<NetworkLink><Link><href>https://x</href></Link></NetworkLink>"),
         "only a link to a map on the network"),
        ("a.kmz", "", "is not a KMZ file"),
        ("a.kmz", b"PK\x03\x04" + b"x" * 100, "is not a KMZ file"),
        ("a.xlsx", "", "is not an XLSX workbook"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 100, "is not an XLSX workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 100, "is not an XLSX workbook"),
        ("a.parquet", b"PAR1" * 10, "is not a Parquet file"),
        ("a.parquet", "", "is not a Parquet file"),
        ("a.doc", "x", "has none of the endings"),
        ("a", "x", "has none of the endings"),
        ("a.csv", "%PDF-1.7", "is not a table of text"),
        ("a.csv", "<html><table></table></html>", "is not a table of text"),
        ("a.csv", '{"type": "FeatureCollection", "features": []}', "ends in .geojson; rename"),
        ("a.json", "title,locality\nTEST,Rajin\n", "is not JSON"),
        ("a.csv", kml(MARK), "ends in .kml; rename it"),
        ("a.csv", 'title,locality\nTEST,"Rajin\n', "look for an unclosed quotation mark"),
        ("a.csv", "title,locality,Title\nTEST,Rajin,x\n", "has two columns “title”"),
        ("none.csv", None, "cannot be opened"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_sentence(refused, name, data, says):
    told = refused(name, data)
    assert says in told
    assert name in told


@pytest.mark.parametrize("wrong", ["a.csv", "a.json", "a.kml", "a.parquet", "a.kmz"])
def test_a_workbook_by_another_name_is_told_what_it_is(refused, tmp_path, wrong):
    assert ".xlsx; rename it" in refused(wrong, workbook(tmp_path / "x.xlsx").read_bytes())


@pytest.mark.parametrize("part", [0.3, 0.7, 0.95])
def test_a_workbook_or_archive_that_is_cut_short_is_told(refused, tmp_path, part):
    whole = workbook(tmp_path / "x.xlsx").read_bytes()
    assert "a.xlsx" in refused("a.xlsx", whole[: int(len(whole) * part)])
    with zipfile.ZipFile(tmp_path / "x.kmz", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("doc.kml", kml(MARK * 500))
    whole = (tmp_path / "x.kmz").read_bytes()
    assert "a.kmz" in refused("a.kmz", whole[: int(len(whole) * part)])


def test_a_workbook_whose_inside_is_damaged_is_told(refused, tmp_path):
    whole = bytearray(workbook(tmp_path / "x.xlsx", [("title", "locality")] * 50).read_bytes())
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        at = book.getinfo("xl/worksheets/sheet1.xml").header_offset + 70
    whole[at : at + 40] = b"\xff" * 40
    assert "a.xlsx" in refused("a.xlsx", bytes(whole))


def test_a_file_with_only_a_header_has_no_rows_and_changes_nothing(store, geocoder, tmp_path):
    for name in ("a.csv", "a.xlsx"):
        path = tmp_path / name
        if name == "a.csv":
            path.write_text("title,locality\n")
        else:
            workbook(path, [("title", "locality")])
        assert take_file(store, geocoder, path).read == 0
    assert store.head() == (0, "")


# Bombs


def test_a_zip_bomb_is_refused_before_it_is_unpacked(refused, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.kmz", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("doc.kml", kml(" " * 80_000_000 + MARK))
    data = (tmp_path / "x.kmz").read_bytes()
    assert len(data) < 200_000
    assert "unpacks to more than it may" in refused("a.kmz", data)


def test_an_archive_that_lies_about_its_size_is_refused(refused, tmp_path):
    path = tmp_path / "x.kmz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("doc.kml", kml(MARK + " " * 80_000_000))
    true = (80_000_000 + len(kml(MARK))).to_bytes(4, "little")
    data = path.read_bytes().replace(true, (1_000).to_bytes(4, "little"))
    assert "a.kmz" in refused("a.kmz", data)


def test_a_workbook_that_is_a_bomb_is_refused(refused, tmp_path):
    path = workbook(tmp_path / "x.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image1.png", b"\0" * 80_000_000)
    assert "unpacks to more than it may" in refused("a.xlsx", path.read_bytes())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit on memory")
def test_what_needs_too_much_memory_ends_in_the_child_alone(refused, monkeypatch, tmp_path):
    data = workbook(tmp_path / "x.xlsx").read_bytes()
    with open_sheet(tmp_path / "x.xlsx") as sheet:
        assert len(list(sheet.pages[0].rows())) == 1
    monkeypatch.setattr("geo.sheet.child.MEMORY", 20 << 20)
    assert "reading it needs more than" in refused("a.xlsx", data)


def test_external_entities_are_never_read(refused, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    told = refused("a.kml", f"""<?xml version="1.0"?>
        <!DOCTYPE kml [<!ENTITY x SYSTEM "file://{secret}">]>
        <kml><Placemark><name>&x;</name></Placemark></kml>""")  # fmt: skip
    assert "declares entities" in told
    assert "secret" not in told


def test_entities_that_grow_are_refused(refused):
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    told = refused("a.kml", f"""<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY l0 "x">{lines}]>
        <kml><Placemark><name>&l11;</name></Placemark></kml>""")  # fmt: skip
    assert "declares entities" in told


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '[{"a":' + "[" * 5_000])
def test_json_that_is_nested_too_deeply_is_refused(refused, text):
    assert "nested deeper than 64 levels" in refused("a.json", text)


def test_a_feature_of_endless_corners_is_refused(refused):
    corners = ",".join(["[125.75,39.03]"] * 300_000)
    text = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"title":"TEST"},'
        f'"geometry":{{"type":"LineString","coordinates":[{corners}]}}}}]}}'
    )
    assert "a feature of more than 500000 values" in refused("a.geojson", text)


def test_a_geojson_of_200_mb_in_one_line_is_read_in_bounded_memory(tmp_path):
    path = tmp_path / "large.geojson"
    one = json.dumps({"type": "Feature", "properties": {"title": "TEST", "place_desc": "Rajin",
                      "description": "x" * 9_000, "date": "", "source": "TEST"},
                      "geometry": {"type": "Point", "coordinates": [125.75, 39.03]}})  # fmt: skip
    with path.open("w") as file:
        file.write('{"type":"FeatureCollection","features":[' + one)
        for _ in range(200_000_000 // len(one)):
            file.write("," + one)
        file.write("]}")
    assert path.stat().st_size > 200_000_000
    process = python("-c", READER, path)
    out, err = process.communicate(timeout=300)
    count, own, child = map(int, out.split())
    assert (count, err) == (200_000_000 // len(one) + 1, "")
    assert own < 20_000
    assert child < 150_000


READER = """
import resource, sys, tracemalloc
from pathlib import Path
from geo.sheet import open_sheet
tracemalloc.start()
with open_sheet(Path(sys.argv[1])) as sheet:
    print(sum(1 for _ in sheet.pages[0].rows()))
print(tracemalloc.get_traced_memory()[1] // 1024)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Prints rows, and the kilobytes that reader and child needed at most."""


def test_a_string_of_many_megabytes_is_refused_with_its_row(tmp_path, store, geocoder):
    path = tmp_path / "large.json"
    with path.open("w") as file:
        file.write('[{"title":"TEST","locality":"Rajin","camera":"')
        for _ in range(20):
            file.write("x" * 1_000_000)
        file.write('"},{"title":"TEST 2","locality":"Rajin"}]')
    taken = take_file(store, geocoder, path)
    assert [(one.row, one.column) for one in taken.rejected] == [(1, "camera")]
    assert len(taken.rejected[0].reason) < 500
    assert taken.new == 1


# Encodings


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("제목,장소\n시장 사람들,라진\n", "cp949", "cp949"),
        ("제목,장소\n시장 사람들,라진\n", "euc_kr", "cp949"),
        ("제목,장소\n시장 사람들,라진\n", "utf-8", "utf-8"),
        ("제목,장소\n시장 사람들,라진\n", "utf-8-sig", "utf-8-sig"),
        ("제목,장소\n시장 사람들,라진\n", "utf-16", "utf-16"),
        ("title,place\nMarket,Rajin\n", "utf-16-le", "utf-16-le"),
        ("title,place\nMarket,Rajin\n", "utf-16-be", "utf-16-be"),
        ("title,place\nMarché à Zürich – “Été”,Rajin\n", "cp1252", "cp1252"),
        ("title,place\nÄrger in Österreich,Rajin\n", "cp1252", "cp1252"),
        ("title,place\nРынок в городе,Rajin\n", "cp1251", "cp1251"),
    ],
)
def test_an_encoding_is_found_in_a_fixed_order_and_a_guess_is_called_one(
    tmp_path, text, encoding, found
):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    known = encoding_of(path)
    assert known.name == found
    assert known.guessed is (found not in ("utf-8", "utf-8-sig", "utf-16"))
    assert path.read_bytes().decode(known.name) == text


def test_two_encodings_in_one_file_are_refused_with_the_line(refused):
    data = "title,locality\n시장,라진\n거리,평양\n".encode() + "시장,라진\n".encode("cp949")
    assert "line 4 is not" in refused("a.csv", data)


def test_an_encoding_may_be_named_and_must_fit(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("title,locality\nРынок,Rajin\n".encode("koi8_r"))
    with reading(path, Wishes(encoding="koi8-r")) as file:
        (one,) = file.drafts()
    assert one.entry.title == "Рынок"
    for wrong in ("utf-8", "nonsense", "rot13", "zlib"):
        with pytest.raises(InputError, match=wrong):
            encoding_of(path, wrong)


# Rows


@pytest.mark.parametrize("text", LIVE)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "kml"])
def test_live_text_in_every_field_is_kept_as_text_or_refused_with_its_row(
    store, geocoder, tmp_path, text, kind
):
    path = tmp_path / f"a.{kind}"
    names = ["title", "locality", "description", "category", "tags", "camera"]
    if kind == "csv":
        quoted = '"' + text.replace('"', '""') + '"'
        path.write_text(f"{','.join(names)}\n{','.join([quoted] * len(names))}\n", "utf-8")
    elif kind == "xlsx":
        book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False,
                                               "strings_to_urls": False})  # fmt: skip
        for number, cells in enumerate((names, [text] * len(names))):
            book.worksheets() or book.add_worksheet()
            book.worksheets()[0].write_row(number, 0, cells)
        book.close()
    elif kind == "geojson":
        feature = {"type": "Feature", "properties": dict.fromkeys(names, text), "geometry": None}
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    else:
        data = "".join(f"<Data name='{n}'><value><![CDATA[{text}]]></value></Data>" for n in names)
        path.write_text(kml(f"<Placemark><ExtendedData>{data}</ExtendedData></Placemark>"), "utf-8")
    taken = take_file(store, geocoder, path, wishes=GUESS)
    assert taken.read == taken.new + taken.rejections == 1
    for _, entry in store.since(0):
        words = text if kind != "kml" else text.strip()
        assert words.strip() in (entry.title, entry.title + "\t")
        assert entry.extra["camera"].strip() == words.strip()
        assert not entry.evidence


def test_a_link_that_is_no_web_link_never_becomes_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Title,Link\nTEST,javascript:alert(1)\nTEST 2,https://example.org\n")
    with reading(path, GUESS) as file:
        first, second = file.drafts()
    assert first.entry.evidence == ()
    assert first.entry.extra == {"Link": "javascript:alert(1)"}
    assert "http://" in str(first.warned[0])
    assert second.entry.evidence[0].url == "https://example.org"


def test_a_null_byte_is_refused_with_row_and_column(store, geocoder, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"title,locality,camera\nA,Rajin,\0\nB,Rajin,x\nC\0,Rajin,\n")
    taken = take_file(store, geocoder, path)
    assert [(one.row, one.column) for one in taken.rejected] == [(2, "camera"), (4, "title")]
    assert taken.new == 1


def test_cells_of_a_megabyte_are_refused_with_row_and_column(store, geocoder, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"title,locality,camera\nA,Rajin,{'x' * 999_000}\nB,Rajin,\n")
    taken = take_file(store, geocoder, path)
    assert [(one.row, one.column) for one in taken.rejected] == [(2, "camera")]
    assert len(taken.rejected[0].reason) < 300


def test_five_hundred_columns_are_kept_and_too_many_are_refused(store, geocoder, tmp_path, refused):
    path = tmp_path / "a.csv"
    names = [f"c{number}" for number in range(498)]
    path.write_text(f"title,locality,{','.join(names)}\nA,Rajin,{','.join(['x'] * len(names))}\n")
    assert take_file(store, geocoder, path).new == 1
    ((_, entry),) = store.since(0)
    assert set(entry.extra) == set(names)
    wide = ",".join(f"c{number}" for number in range(3_000))
    with pytest.raises(InputError, match="has 3000 columns, and a file may have 2000"):
        preview(store, geocoder, _put(tmp_path / "b.csv", f"{wide}\n1\n"), wishes=GUESS)


def test_a_stray_cell_far_to_the_right_makes_no_columns(store, geocoder, tmp_path):
    path = tmp_path / "a.xlsx"
    workbook(path, [("title", "locality"), ("TEST", "Rajin", *[""] * 3_000, "stray")])
    assert take_file(store, geocoder, path).new == 1
    ((_, entry),) = store.since(0)
    assert [one.strip("; ") for one in entry.extra.values()] == ["stray"]


def _put(path, text):
    path.write_text(text)
    return path


def test_a_name_of_a_file_that_would_steer_a_screen_is_shown_plainly(store, geocoder, tmp_path):
    path = _put(tmp_path / "a\x1b[31m\n{name}.csv", "title,locality,lat,lon\nA,Rajin,42.2,130.3\n")
    taken = take_file(store, geocoder, path)
    assert taken.about.file == "a?[31m?{name}.csv"
    ((_, entry),) = store.since(0)
    assert entry.filmed[0].place.provenance.provider == "a?[31m?{name}.csv"


@given(st.binary(max_size=300), st.sampled_from([".csv", ".json", ".kml", ".xlsx", ".parquet"]))
def test_no_bytes_break_the_reading(tmp_path_factory, data, suffix):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    with suppress(InputError), reading(path, GUESS) as file:
        assert all(isinstance(one, Draft | Rejected) for one in file.drafts())


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from([*COLUMNS[:6], "Lat", "Lon", "Link", "Date", "x"]),
            st.text(max_size=15),
            max_size=6,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_json_of_texts_breaks_the_reading(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(rows))
    with suppress(InputError), reading(path, GUESS) as file:
        numbers = [row[0] for row in file.rows()]
        assert [one.row for one in file.drafts()] == numbers


def test_unpacking_can_be_stopped_and_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "tmp").mkdir()
    path = workbook(tmp_path / "a.xlsx", [("title", "locality")] * 5_000)
    with pytest.raises(Stopped), open_sheet(path, cancelled=lambda: True):
        pass
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_problem_on_the_command_line_is_one_line_without_a_traceback(cache, tmp_path):
    for name, data in (("a.xlsx", b"PK\x03\x04xx"), ("a.kml", b"<kml>"), ("a.json", b"[[[")):
        (tmp_path / name).write_bytes(data)
        process = python("-m", "geo", "import", tmp_path / name)
        out, err = process.communicate(timeout=180)
        assert (process.returncode, out) == (1, "")
        assert "Traceback" not in err
        assert err.strip().endswith(".")
