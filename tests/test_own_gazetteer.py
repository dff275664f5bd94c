"""Gazetteers of the user's own: what is taken in, what is refused, and that all of it is safe."""

import json
import os
import shutil
import signal
import time
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
from conftest import HOSTILE, NOON, python

from geo.__main__ import main
from geo.errors import GazetteerError, InputError
from geo.gazetteer import addition, archive, open_gazetteer, own, workbook
from geo.gazetteer.addition import Wish
from geo.gazetteer.nearby import Nearby
from geo.geocode import answer, offline

HEADER = "name,lat,lon\n"
PLACES = [
    # number, name, alternate names, lat, lon, class, code, country, admin1, population
    (1873107, "Korea, North", "DPRK", 40, 127, "A", "PCLI", "KP", "00", 25549819),
    (2044245, "Hamgyŏng-bukto", "North Hamgyong,함경북도", 41.9, 129.6, "A", "ADM1", "KP", "17", 0),
    (2041895, "Musan-gun", "무산군", 42.1, 129.2, "A", "ADM2", "KP", "17", 0),
    (2044757, "Ch'ŏngjin", "Chongjin,청진", 41.79556, 129.77583, "P", "PPLA", "KP", "17", 327000),
    (9000001, "Toksan-ch'on", "덕산촌,Toksan", 41.2, 128.3, "P", "PPL", "KP", "13", 0),
    (9000002, "Qazhol", "", 41.0, 127.9, "P", "PPL", "KP", "13", 40000),
    (9000003, "Qazpeak", "", 40.5, 127.1, "T", "MT", "KP", "03", 0),
    (9000004, "Qazmill", "", 40.6, 127.2, "S", "MFG", "KP", "03", 0),
    (9000005, "Qazward", "", 40.7, 127.3, "P", "PPLX", "KP", "03", 0),
    (9000006, "Qazriver", "", 40.8, 127.4, "H", "STM", "KP", "03", 0),
    (9000007, "Qazgone", "", 40.9, 127.5, "P", "PPLH", "KP", "03", 0),
    (9000008, "Qazold", "", 40.9, 127.6, "A", "ADM1H", "KP", "03", 0),
    (9000009, "Qazland", "", 41.0, 127.7, "A", "ADM1", "KP", "77", 0),
    *((9100000 + n, f"Hamlet {n}", "", 40 + n / 100, 127.5, "P", "PPL", "KP", "03", 0)
      for n in range(30)),
]  # fmt: skip


def dump(places=PLACES):
    """Return GeoNames' country file of these places, as it is inside KP.zip."""
    return "".join(
        f"{n}\t{name}\t{name}\t{more}\t{lat}\t{lon}\t{kind}\t{code}\t{cc}\t\t{admin1}\t\t\t\t"
        f"{people}\t\t20\tAsia/Pyongyang\t2024-01-01\n"
        for n, name, more, lat, lon, kind, code, cc, admin1, people in places
    )


@pytest.fixture
def folder(tmp_path):
    """Return this test's folder of added gazetteers."""
    return tmp_path / "data" / "glimpse" / "gazetteers"


@pytest.fixture
def places(gazetteer, folder):
    """Return a gazetteer that runs while others are added to the folder."""
    return open_gazetteer(gazetteer.path.parent, own=folder)


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a file of the user's."""

    def write(name, text, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


@pytest.fixture
def kp(tmp_path):
    """Return a KP.zip as GeoNames serves it."""
    path = tmp_path / "KP.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as inside:
        inside.writestr("readme.txt", "what the columns mean")
        inside.writestr("KP.txt", dump())
    return path


@pytest.fixture
def add(places, folder):
    """Return a function that adds a file: what became of its rows, and those refused."""

    def add_one(path, **wish):
        refused = []
        told = addition.add(folder, path, Wish(**wish), places.nearby, refused=refused.append)
        return told, [(one.row, one.reason) for one in refused]

    add_one.places = places
    return add_one


def only(places, name):
    """Return the one place that bears a name."""
    (found,) = places.search(name)
    return found.place


def decided(places, name):
    """Return the rule's answer for a locality."""
    return answer(offline(places, NOON), name)


@pytest.mark.parametrize(
    "text",
    [
        "Name,Latitude,Longitude\nQazhof,39.2,125.7\n",
        "title;lat;long\nQazhof;39.2;125.7\n",
        "toponym\tlng\tlat\nQazhof\t125.7\t39.2\n",
        "\ufeff지명,위도,경도\r\nQazhof,39.2,125.7\r\n",
        "Location,Lat,Long,Comments\nQazhof,39.2,125.7,seen twice\n",
        'id,PLACE , lat ,lon\n1,"Qazhof", 39.2 ,125.7\n',
    ],
    ids=["commas", "semicolons", "tabs", "Korean", "TimeMap", "more columns"],
)
def test_a_sheet_is_understood_by_its_header(add, places, file, text):
    told, refused = add(file("mine.csv", text))
    assert (told.about.rows, refused) == (1, [])
    assert told.about.kind == ("timemap" if "Comments" in text else "table")
    place = only(places, "QAZHOF")
    assert (place.name, place.lat, place.lon, place.source) == ("Qazhof", 39.2, 125.7, "mine")


def test_utf_16_is_read_and_another_encoding_refused(add, places, file):
    add(file("mine.csv", "이름,위도,경도\n카즈마을,39.2,125.7\n", "utf-16"))
    assert only(places, "카즈마을").source == "mine"
    with pytest.raises(InputError, match="not UTF-8"):
        add(file("old.csv", "이름,위도,경도\n카즈마을,39.2,125.7\n", "cp949"))


def test_what_a_sheet_states_is_kept_and_the_names_are_as_good_as_built_in_ones(add, places, file):
    add(file("mine.csv", "name,hangul,aliases,feature,admin1,country,uncertainty_m,lat,lon\n"
             "Qazhof,덕천말,Old Qaz|Kazkhof,town,KP-04,KP,750,40.9,126.5\n"))  # fmt: skip
    kinds = {name: places.search(name)[0].match for name in ("qazhof", "Old Qaz", "Tŏkch'ŏnmal")}
    assert kinds == {"qazhof": "exact", "Old Qaz": "alias", "Tŏkch'ŏnmal": "romanised"}
    place = only(places, "덕천말")
    assert (place.native, place.feature, place.uncertainty_m) == ("덕천말", "town", 750)
    assert (place.country, place.admin1) == ("KP", "KP-04")


@pytest.mark.parametrize(
    ("feature", "wish", "metres"),
    [
        ("site", {}, 1_000),
        ("city", {}, 6_000),
        ("", {}, 5_000),
        ("site", {"uncertainty_m": 300.0}, 300),
    ],
)
def test_a_radius_that_nobody_states_follows_from_the_feature_or_the_wish(
    add, file, feature, wish, metres
):
    path = file("mine.csv", f"name,lat,lon,feature\nQazhof,39.2,125.7,{feature}\n")
    add(path, **wish)
    assert only(add.places, "Qazhof").uncertainty_m == metres


def test_the_country_is_that_of_the_places_about_unless_the_row_says(add, places, file):
    add(file("mine.csv", "name,lat,lon,country\nQazA,42.2267,129.2078,\nQazB,42.22,129.2,China\n"
             "QazC,30.0,-40.0,\nQazD,40.11,124.391,\n"))  # fmt: skip
    assert [only(places, f"Qaz{one}").country for one in "ABC"] == ["KP", "CN", ""]
    assert only(places, "QazA").admin1 == "KP-09"


def test_by_a_border_no_country_is_guessed():
    about = Nearby([(40.0, 124.0, "KP", "KP-03"), (40.02, 124.0, "CN", "CN-LN"),
                    (40.0, 124.3, "KP", "KP-02")])  # fmt: skip
    assert about.region(40.0, 124.0) == ("KP", "KP-03")
    assert about.region(40.009, 124.0) == ("", "")
    assert about.region(40.0, 124.2) == ("", "")
    assert about.region(40.0, 124.29) == ("KP", "KP-02")
    assert about.region(45.0, 124.0) == ("", "")
    assert Nearby([(0.1, 179.99, "FJ", "")]).region(0.1, -179.99) == ("FJ", "")


def test_every_bad_row_is_refused_with_its_reason_and_none_is_mended(add, places, file):
    bad = [
        (",39,125", "no name"), ("A,,125", "latitude is empty"), ("B,nan,125", "“nan”"),
        ("C,1_0,125", "no number"), ("D,125.7,39.2", "swapped"), ("E,39,181", "180"),
        ("F,0,0.0", "0, 0"), ("G,39", "2 columns"), ("H,39,125,x", "4 columns"),
        ("I,inf,125", "no number"), ("J\x07,39,125", "control"), ("K" * 201 + ",39,125", "200"),
        ("Qazhof,39.2,125.7", "earlier row"), ('"L","39,2",125', "no number"),
    ]  # fmt: skip
    text = HEADER + "Qazhof,39.2,125.7\n\n" + "".join(row + "\n" for row, _ in bad)
    told, refused = add(file("mine.csv", text))
    assert [row for row, _ in refused] == list(range(4, 4 + len(bad)))
    for (row, reason), (_, part) in zip(refused, bad, strict=True):
        assert part in reason, row
    assert (told.read, told.refused, told.about.rows) == (len(bad) + 1, len(bad), 1)
    assert [one.rows for one in own.added(places._own._folder)] == [1]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("country", "Atlantis", "no country is known as “Atlantis”"),
        ("country", "KP-01", "no country"),
        ("admin1", "KP-99", "no province is known as “KP-99”"),
        ("feature", "country", "none of site"),
        ("feature", "province", "needs its ISO"),
        ("uncertainty_m", "0", "no number of metres"),
        ("uncertainty_m", "nan", "no number of metres"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_refused(add, file, column, cell, reason):
    text = f"name,lat,lon,{column}\nQazhof,39.2,125.7,{cell}\nQazdorf,39.3,125.7,\n"
    assert reason in add(file("mine.csv", text))[1][0][1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEADER + "X,0,0\nY,a,b\n", "2 rows were refused"),
        (HEADER, "0 rows were refused"),
        ("", "no column “name”"),
        ("name,x,y\nX,1,2\n", "no column “lat”"),
        (HEADER + '"X,1,2\n', "unclosed quotation mark"),
        (HEADER + "X,39,125\n" + '"Y,1,2\n', "unclosed quotation mark"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing_and_says_why(add, places, file, text, sentence):
    add(file("mine.csv", HEADER + "Qazhof,39.2,125.7\n"))
    before = own.added(places._own._folder)
    with pytest.raises(InputError, match=sentence):
        add(file("mine.csv", text))
    assert own.added(places._own._folder) == before
    assert only(places, "Qazhof")
    assert [path.suffix for path in places._own._folder.iterdir()] == [".sqlite"]


def test_a_folder_or_a_missing_file_is_no_source(add, tmp_path):
    for path in (tmp_path, tmp_path / "gone.csv"):
        with pytest.raises(InputError, match="is no file"):
            add(path)


def _workbook(path, tabs):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in tabs.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


SITES = [["Location", "Lat", "Long", "Comments"], ["Qazhof", 39.2, 125.7, "x"], ["Bad", 0, 0, ""]]


def test_timemaps_workbook_gives_its_tab_of_sites(add, places, tmp_path):
    path = _workbook(tmp_path / "map.xlsx", {"Events": [["Description"]], "Sites": SITES})
    told, refused = add(path, licence="ours")
    assert (told.about.kind, told.about.licence, told.about.rows) == ("timemap", "ours", 1)
    assert [row for row, _ in refused] == [3]
    assert only(places, "Qazhof").lon == 125.7


def test_a_workbook_without_that_tab_and_a_file_that_is_none_are_told(add, file, tmp_path):
    two = _workbook(tmp_path / "two.xlsx", {"Events": [["x"]], "Sources": [["y"]]})
    with pytest.raises(InputError, match="no tab “Sites”"):
        add(two)
    with pytest.raises(InputError, match="not a sound ZIP"):
        add(file("no.xlsx", b"name,lat,lon"))
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as inside:
        inside.writestr("x.xml", "<x/>")
    with pytest.raises(InputError, match="cannot be read as an XLSX"):
        add(tmp_path / "other.xlsx")


def test_a_workbook_that_grows_in_memory_is_stopped_and_nothing_is_changed(
    add, tmp_path, monkeypatch, folder
):
    large = [[os.urandom(15_000).hex(), 39.2, 125.7] for _ in range(700)]
    path = _workbook(tmp_path / "map.xlsx", {"Sites": [*SITES, *large]})
    reader = tmp_path / "reader.py"
    code = Path(workbook.__file__).read_text(encoding="utf-8")
    reader.write_text(code.replace("_MOST_MEMORY = 2_000_000_000", "_MOST_MEMORY = 60_000_000"))
    monkeypatch.setattr(workbook, "__file__", str(reader))
    with pytest.raises(InputError, match="cannot be read as an XLSX"):
        add(path)
    assert list(folder.iterdir()) == []


def test_geonames_country_file_becomes_places_with_honest_features_and_radii(add, places, kp):
    told, refused = add(kp)
    assert refused == []
    assert (told.about.kind, told.about.licence) == ("geonames", "GeoNames, CC BY 4.0")
    assert told.read == len(PLACES)
    assert told.about.rows == len(PLACES) - 3
    assert sum(told.left_out.values()) == 3
    known = {one: only(places, f"Qaz{one}") for one in ("hol", "peak", "mill", "ward", "land")}
    assert {one: (place.feature, place.uncertainty_m) for one, place in known.items()} == {
        "hol": ("city", 2_600), "peak": ("area", 10_000), "mill": ("site", 2_000),
        "ward": ("district", 5_000), "land": ("area", 200_000),
    }  # fmt: skip
    assert {place.admin1 for place in known.values()} == {"KP-10", "KP-08", ""}
    for gone in ("Qazriver", "Qazgone", "Qazold"):
        assert places.search(gone) == []
    hamlet = only(places, "덕산촌")
    assert (hamlet.native, hamlet.feature, hamlet.uncertainty_m) == ("덕산촌", "town", 1_600)
    assert places.search("Deoksanchon")[0].match == "romanised"


def test_the_unpacked_file_gives_the_same_places_as_the_zip(add, places, kp, file):
    add(kp, name="zip")
    add(file("KP.txt", "one line that is none\n" + dump()), name="text")
    zipped, text = places.search("Qazhol")
    assert zipped.place[1:11] == text.place[1:11]
    assert {zipped.place.source, text.place.source} == {"zip", "text"}


def test_bad_lines_of_a_country_file_are_refused(add, file):
    good = dump(PLACES[-2:])
    line = dump([(1, "X", "", 39, 125, "P", "PPL", "KP", "03", 0)])
    bad = [
        "a\tb\n", line.replace("\tX\tX", "\t\t"), line.replace("\t39\t", "\tnan\t"),
        line.replace("\t39\t125", "\t0\t0"), line.replace("\t39\t", "\t139\t"),
        line.replace("1\t", "x\t", 1), line.replace("KP", "kp9"), line.replace("\t0\t", "\t-5\t"),
        "x" * 2_000_000 + "\n", good.splitlines(keepends=True)[0],
    ]  # fmt: skip
    told, refused = add(file("KP.txt", (good + "".join(bad)).encode() + b"\xff\xfe\n" + b"\n"))
    assert [row for row, _ in refused] == list(range(3, 3 + len(bad) + 1))
    assert told.about.rows == 2


def test_what_reports_speak_of_stays_sure_when_a_country_file_joins(add, places, kp):
    names = ("Chongjin", "청진", "North Hamgyong", "함경북도", "Musan County", "North Korea",
             "Pyongyang", "Rason")  # fmt: skip
    before = {name: decided(places, name) for name in names}
    add(kp)
    for name in names:
        after = decided(places, name)
        assert after.chosen == before[name].chosen, name
        assert after.decision.outcome.value == "accepted", name
        assert len(after.candidates) == len(before[name].candidates), name


def test_an_added_name_is_accepted_only_where_nothing_contradicts_it(add, places, file):
    add(file("mine.csv", HEADER + "Qazhof,39.2,125.7\nQaztwin,39.2,125.7\nQaztwin,41.5,129.0\n"
             "Qazabroad,48.85,2.35\nQazopen,30,-40\nMusan,38.05,126.9\n"))  # fmt: skip
    said = {name: decided(places, name).decision.outcome.value
            for name in ("Qazhof", "Qaztwin", "Qazabroad", "Qazopen")}  # fmt: skip
    assert said == {"Qazhof": "accepted", "Qaztwin": "review", "Qazabroad": "review",
                    "Qazopen": "review"}  # fmt: skip
    musan = decided(places, "Musan").candidates
    assert {"Glimpse", "mine"} <= {one.provenance.provider for one in musan}


def test_an_added_place_within_reach_of_a_known_one_is_the_same_place(add, places, file):
    add(file("mine.csv", HEADER + "Pyongyang,39.03,125.75\n"))
    said = decided(places, "Pyongyang")
    assert said.chosen == "gn:1871859"
    assert "mine" not in {one.provenance.provider for one in said.candidates}


def test_a_misspelt_added_name_is_guessed(add, places, file):
    add(file("mine.csv", HEADER + "Qazhofenburg,39.2,125.7\n"))
    said = decided(places, "Qazhofenbug")
    assert (said.decision.outcome.value, said.candidates[0].provenance.match.value) == (
        "review",
        "fuzzy",
    )


def test_a_running_gazetteer_notices_at_once_what_is_added_replaced_and_removed(
    add, places, file, folder
):
    assert places.search("Qazhof") == []
    for lat in (39.2, 39.3, 39.4):
        add(file("mine.csv", HEADER + f"Qazhof,{lat},125.7\n"))
        found = places.search("Qazhof")
        assert [one.place.lat for one in found] == [lat]
        assert places.place(found[0].place.id) == found[0].place
    add(file("more.csv", HEADER + "Qazhof,39.2,125.7\n"))
    assert {one.place.source for one in places.search("Qazhof")} == {"more", "mine"}
    own.remove(folder, "mine")
    assert [one.place.source for one in places.search("Qazhof")] == ["more"]
    own.remove(folder, "more")
    assert places.search("Qazhof") == []


def test_a_place_keeps_its_id_when_its_file_is_added_again(add, places, file):
    add(file("mine.csv", HEADER + "Qazhof,39.2,125.7\n"))
    before = only(places, "Qazhof").id
    add(file("mine.csv", HEADER + "Qazdorf,39.5,125.9\nQazhof,39.2,125.7\n"))
    assert only(places, "Qazhof").id == before


def test_a_name_added_again_replaces_all_of_the_old_one(add, places, file, folder):
    first, _ = add(file("mine.csv", HEADER + "Qazhof,39.2,125.7\n"))
    second, _ = add(file("other.csv", HEADER + "Qazdorf,39.2,125.7\n"), name="mine")
    assert places.search("Qazhof") == []
    assert only(places, "Qazdorf").source == "mine"
    assert [one.version for one in own.added(folder)] == [second.about.version]
    assert first.about.version != second.about.version


KILLED = """
import os, sys, time
from pathlib import Path
from geo.gazetteer import addition
def slow(rows):
    print(rows, flush=True)
    time.sleep(0.01)
addition._AT_ONCE = 50
addition.add(Path(sys.argv[1]), Path(sys.argv[2]), addition.Wish("mine"), None, progress=slow)
"""


@pytest.mark.parametrize("rows", [50, 1_500, 2_950, 3_000])
def test_killed_half_way_leaves_the_old_gazetteer_or_the_new_one_whole(
    add, places, file, folder, rows
):
    many = [(n, f"New {n}", "", 40, 127, "P", "PPL", "KP", "03", 0) for n in range(1, 3_001)]
    add(file("old.csv", HEADER + "Qazhof,39.2,125.7\n"), name="mine")
    running = python("-c", KILLED, folder, file("KP.txt", dump(many)))
    while (line := running.stdout.readline()) and int(line) < rows:
        pass
    running.send_signal(signal.SIGKILL)
    running.communicate()
    (about,) = own.added(folder)
    old, new = len(places.search("Qazhof")), len(places.search("New 2999"))
    assert (about.rows, old, new) in ((1, 1, 0), (3_000, 0, 1))
    if rows < 3_000:
        assert old == 1
    for part in folder.glob("*.part"):
        os.utime(part, (time.time() - 7_200,) * 2)
    add(file("more.csv", HEADER + "Qazdorf,39.2,125.7\n"))
    assert list(folder.glob("*.part")) == []


def test_progress_counts_the_rows_up_to_the_last(places, folder, kp, monkeypatch):
    seen = []
    monkeypatch.setattr(addition, "_AT_ONCE", 20)
    addition.add(folder, kp, Wish(), places.nearby, progress=seen.append)
    assert seen == [20, 40, len(PLACES)]


def test_added_gazetteers_outlive_the_cache(add, file, folder, gazetteer, tmp_path):
    add(file("mine.csv", HEADER + "Qazhof,39.2,125.7\n"))
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    again = open_gazetteer(gazetteer.path.parent, own=folder)
    assert only(again, "Qazhof").source == "mine"
    assert tmp_path / "cache" not in folder.parents


@pytest.mark.parametrize("text", [*HOSTILE, "../../etc/x", "C:\\x", "\u202egnoyP", "a" * 200])
def test_a_hostile_name_is_kept_letter_for_letter_and_does_nothing(add, places, file, text):
    cell = text.replace('"', '""')
    add(file("mine.csv", f'name,lat,lon,aliases\n"{cell}",39.2,125.7,"Qazhof"\n'))
    candidate = decided(places, "Qazhof").candidates[0]
    assert candidate.name == text


@pytest.mark.parametrize(
    "name", ["../../out", "/etc/x", "a/b", "x'; DROP TABLE about; --", "평양 지명", "a:b", "..."]
)
def test_a_gazetteers_name_is_never_a_path(add, places, file, folder, name):
    add(file("mine.csv", HEADER + "Qazhof,39.2,125.7\n"), name=name)
    (path,) = folder.iterdir()
    assert path.stem.isalnum()
    place = only(places, "Qazhof")
    assert (place.source, places.place(place.id)) == (name, place)
    own.remove(folder, name)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["Glimpse", "geonames", " Natural  Earth ", "a" * 61, "a\u202eb"])
def test_a_name_that_would_pass_for_a_built_in_source_or_cannot_be_shown_is_refused(
    add, file, folder, name
):
    with pytest.raises(InputError, match="--name"):
        add(file("mine.csv", HEADER + "Qazhof,39.2,125.7\n"), name=name)
    assert not folder.exists()


def _zipped(path, *members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as inside:
        for name, text in members:
            inside.writestr(name, text)
    return path


def test_a_zip_that_expands_beyond_measure_is_not_unpacked(add, tmp_path, folder):
    bomb = _zipped(tmp_path / "KP.zip", ("KP.txt", b"0" * 30_000_000))
    with pytest.raises(InputError, match="more than is allowed"):
        add(bomb)
    many = _zipped(tmp_path / "many.zip", *((f"{n}.txt", "x") for n in range(1_001)))
    with pytest.raises(InputError, match="1001 files"):
        add(many)
    assert list(folder.iterdir()) == []


def test_a_path_inside_a_zip_is_never_followed(add, places, tmp_path, folder):
    add(_zipped(tmp_path / "KP.zip", ("../../../evil.txt", dump())))
    assert only(places, "Qazhol")
    assert not list(tmp_path.parent.rglob("evil.txt"))


@pytest.mark.parametrize(
    "members", [(), (("a.txt", "x"), ("b.txt", "y")), (("readme.txt", dump()),), (("x.csv", "y"),)]
)
def test_a_zip_must_hold_one_country_file(add, tmp_path, members):
    with pytest.raises(InputError, match="one readable file"):
        add(_zipped(tmp_path / "KP.zip", *members))


def test_a_damaged_zip_changes_nothing(add, kp, folder):
    whole = kp.read_bytes()
    start = whole.index(b"KP.txt") + 40
    kp.write_bytes(whole[:start] + b"\xff" * 200 + whole[start + 200 :])
    with pytest.raises(InputError, match="damaged"):
        add(kp)
    kp.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="not a sound ZIP"):
        add(kp)
    assert list(folder.iterdir()) == []


def test_an_endless_line_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 5_000_000 + b"\nb\r\nc")
    with path.open("rb") as file:
        lengths = [len(line) for line in archive.lines(file)]
    assert lengths == [1_000_000, 1, 1]


def test_memory_does_not_grow_with_the_file(add, file):
    def peak(number):
        many = [(n, f"New {n}", "", 40, 127, "P", "PPL", "KP", "03", 0)
                for n in range(1, number + 1)]  # fmt: skip
        path = file("KP.txt", dump(many))
        del many
        tracemalloc.start()
        add(path)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(24_000) < peak(6_000) + 1_000_000


def test_a_damaged_or_foreign_file_in_the_folder_is_told_and_never_passed_over(
    add, places, file, folder
):
    add(file("mine.csv", HEADER + "Qazhof,39.2,125.7\n"))
    (path,) = folder.iterdir()
    path.write_bytes(b"not a database" * 100)
    for look in (lambda: places.search("Qazhof"), lambda: own.added(folder)):
        with pytest.raises(GazetteerError, match="delete this file and add its source again"):
            look()


def test_a_folder_that_cannot_be_written_to_is_told(places, file, tmp_path):
    (tmp_path / "in the way").write_text("x")
    with pytest.raises(GazetteerError, match="check the path, the rights"):
        addition.add(tmp_path / "in the way" / "x", file("m.csv", HEADER + "X,39,125\n"), Wish(),
                     places.nearby)  # fmt: skip


@pytest.fixture
def run(cache, capsys):
    """Return a function that runs a command: exit code, output, messages."""

    def run_here(*arguments):
        capsys.readouterr()
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as stopped:
            code = stopped.code
        return code, *capsys.readouterr()

    return run_here


def test_the_command_line_adds_lists_and_removes(run, file, folder):
    path = file("mine.csv", HEADER + "Qazhof,39.2,125.7\n")
    code, out, _ = run("gazetteer", "add", path, "--licence", "CC0")
    told = json.loads(out)
    assert (code, told["name"], told["rows"], told["read"]) == (0, "mine", 1, 1)
    (listed,) = json.loads(run("gazetteer", "list", "--json")[1])
    assert set(listed) == {"name", "rows", "added_at", "kind", "licence", "version"}
    assert (listed["licence"], listed["kind"]) == ("CC0", "table")
    assert run("gazetteer", "list")[1].startswith("mine: 1 places, added 20")
    assert run("gazetteer", "remove", "mine")[0] == 0
    assert run("gazetteer", "list") == (0, "", "")
    code, _, err = run("gazetteer", "remove", "mine")
    assert (code, err) == (1, "No gazetteer “mine” was added; those that were: none.\n")


def test_geocode_says_which_gazetteer_which_version_and_which_licence(run, file):
    path = file("mine.csv", HEADER + "Qazhof,39.2,125.7\n")
    version = json.loads(run("gazetteer", "add", path, "--licence", "CC0")[1])["version"]
    (said,) = json.loads(run("geocode", "Qazhof", "--json")[1])
    assert said["decision"] == "accepted"
    provenance = said["candidates"][0]["provenance"]
    assert (provenance["provider"], provenance["version"], provenance["licence"]) == (
        "mine", version, "CC0",
    )  # fmt: skip
    assert (provenance["match"], provenance["matched_name"]) == ("exact", "Qazhof")


def test_twenty_refusals_are_shown_and_all_stand_in_the_report(run, file, tmp_path):
    path = file("mine.csv", HEADER + "Qazhof,39.2,125.7\n" + "\x1b[31mX,0,0\n" * 30)
    code, _, err = run("gazetteer", "add", path, "--report", tmp_path / "out.json")
    report = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert code == 0
    assert [one["row"] for one in report] == list(range(3, 33))
    assert err.count("Row ") == 20
    assert "30 rows were refused" in err
    assert "\x1b[31m" not in err


def test_the_report_is_written_even_when_no_row_can_be_used(run, file, tmp_path):
    path = file("mine.csv", HEADER + "X,0,0\n")
    code, out, err = run("gazetteer", "add", path, "--report", tmp_path / "out.json")
    assert (code, out) == (1, "")
    assert "holds no place that can be used" in err
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize(
    "arguments",
    [("add",), ("remove",), ("add", "x.csv", "--uncertainty", "0"), ("mend",),
     ("add", "x.csv", "--uncertainty", "-1")],
)  # fmt: skip
def test_wrong_usage_exits_2(run, arguments):
    assert run("gazetteer", *arguments)[0] == 2


def test_a_radius_cannot_be_wished_for_geonames(run, kp):
    code, _, err = run("gazetteer", "add", kp, "--uncertainty", "100")
    assert code == 1
    assert "leave --uncertainty out" in err
