"""What the browser gets of the index, decoded here by the layout that `encode` documents."""

import base64
import gzip
import json
import math
import re
import struct

import numpy as np
import pytest
from conftest import HOSTILE, NOON, candidate, entry, located
from hypothesis import given
from hypothesis import strategies as st

from geo.entry import Decision, Level, Location, Outcome, Precision, Relation
from geo.index import Index
from geo.points import arrow, bitset, encode, message, of_candidates, of_entry

LEVELS, PRECISIONS = [v.value for v in Level], [v.value for v in Precision]


class Reader:
    """Reads little-endian arrays, each padded to four bytes."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def array(self, kind, count):
        one = np.frombuffer(self.data, np.dtype(kind), count, self.at)
        self.at += one.nbytes + (-one.nbytes % 4)
        return one


def decode(points):
    """Return header, places and rows as the documented layout gives them."""
    reader = Reader(gzip.decompress(points.data))
    (length,) = struct.unpack_from("<I", reader.data)
    header = json.loads(reader.data[4 : 4 + length])
    reader.at = 4 + length
    places, rows = header["places"], header["rows"]
    x, y = (np.cumsum(reader.array("<i4", places)) for _ in "xy")
    radius, precision = reader.array("u1", places), reader.array("u1", places)
    place, one = (np.cumsum(reader.array("<i4", rows)) for _ in "pe")
    kind, verification = reader.array("u1", rows), reader.array("u1", header["entries"])
    if header["dated"]:
        days = [reader.array("<i4", header["entries"]).tolist() for _ in "fl"]
        header["days"] = list(zip(*days, strict=True))
    assert reader.at == len(reader.data), "nothing may follow the last array"
    found = [
        (int(one[r]), int(x[p]), int(y[p]), header["names"][p], header["natives"][p],
         PRECISIONS[precision[p]], int(kind[r]), LEVELS[verification[one[r]]],
         round(2 ** (int(radius[p]) / 12)), header["areas"].get(str(p), ""))
        for r, p in enumerate(place)
    ]  # fmt: skip
    return header, found


def expected(rows):
    """Return what the decoded rows must be, the radius apart."""
    kinds = {(False, "certain"): 0, (True, "certain"): 1, (False, "possible"): 2}
    areas = ("province", "country")
    return sorted(
        (int(number), int(x), int(y), name, native, precision,
         kinds[bool(inferred), certainty], verification,
         (admin1 or country) if precision in areas else "")
        for number, x, y, name, native, precision, inferred, certainty, verification, admin1,
        country in zip(
            *(rows[key] for key in ("entry_no", "x", "y", "name", "native", "precision",
                                    "inferred", "certainty", "verification", "admin1", "country")),
            strict=True,
        )
    )  # fmt: skip


@pytest.fixture
def index_of(store, tmp_path):
    def build(*entries):
        store.save(entries, "test", "test")
        index = Index(store, tmp_path / "cache")
        index.refresh()
        return index

    return build


def test_the_nine_entries_decode_to_the_rows_that_the_index_holds(filled, tmp_path):
    index = Index(filled, tmp_path / "cache")
    index.refresh()
    header, rows = decode(encode(index.placed(), 9))
    assert (header["v"], header["places"], header["rows"], header["entries"]) == (2, 3, 11, 9)
    assert sorted(row[:8] + row[9:] for row in rows) == expected(index.placed())
    assert {(row[3], row[4]) for row in rows} == {
        ("Pyongyang", "평양"),
        ("Chongjin", "청진"),
        ("Rajin", "라진"),
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_names_arrive_letter_for_letter(index_of, text):
    index = index_of(entry("A", located(candidate(name=text, native=text))))
    ((_, _, _, name, native, *_),) = decode(encode(index.placed(), 1))[1]
    assert (name, native) == (text, text)


def test_many_places_decode_to_the_same_rows(index_of):
    places = [
        candidate(
            f"t:{n}",
            name=f"P{n}",
            lat=-80 + 1.6 * n,
            lon=(n * 37) % 360 - 180,
            uncertainty_m=10 ** (1 + n % 6),
            feature=["city", "site", "province", "country", "area"][n % 5],
            admin1="" if n % 7 == 0 else "KP-01",
        )
        for n in range(100)
    ]
    entries = [
        entry(
            f"E{n}",
            located(places[n % 100], basis=["stated", "inferred"][n % 2]),
            located(places[n * 13 % 100], relation=Relation.ALSO_AT),
            verification={"level": LEVELS[n % len(LEVELS)]},
        )
        for n in range(250)
    ]
    index = index_of(*entries)
    assert sorted(r[:8] + r[9:] for r in decode(encode(index.placed(), 250))[1]) == expected(
        index.placed()
    )


@pytest.mark.parametrize("metres", [1, 2, 99, 100, 5_000, 25_000, 400_000, 2_000_000])
def test_a_radius_arrives_within_three_percent(index_of, metres):
    index = index_of(entry("A", located(candidate(uncertainty_m=metres))))
    (row,) = decode(encode(index.placed(), 1))[1]
    assert math.isclose(row[8], metres, rel_tol=0.03)


def test_neighbours_lie_together_in_the_order_of_the_places(index_of):
    corners = [(60, -120), (60.1, -120.1), (-60, 120), (-60.1, 120.1), (60.2, -120.2)]
    index = index_of(
        *(
            entry(f"E{n}", located(candidate(f"t:{n}", lat=lat, lon=lon)))
            for n, (lat, lon) in enumerate(corners)
        )
    )
    north = [row[0] in (0, 1, 4) for row in decode(encode(index.placed(), 5))[1]]
    assert north in ([True] * 3 + [False] * 2, [False] * 2 + [True] * 3)


def test_an_index_without_a_place_has_points_all_the_same(index_of):
    for entries in ((), (entry("A"), entry("B"))):
        index = index_of(*entries)
        header, rows = decode(encode(index.placed(), len(entries)))
        assert (header["places"], header["entries"], rows) == (0, len(entries), [])


@pytest.mark.parametrize("name", ["a", "ab", "abc", "abcd", "청진"])
def test_the_arrays_begin_at_a_multiple_of_four(index_of, name):
    index = index_of(entry("A", located(candidate(name=name))))
    (length,) = struct.unpack_from("<I", gzip.decompress(encode(index.placed(), 1).data))
    assert length % 4 == 0


def test_equal_content_has_an_equal_mark_and_other_content_another(index_of):
    one, other = entry("A", located(candidate("t:1"))), entry("B", located(candidate("t:2")))
    first = encode(index_of(one).placed(), 1)
    assert encode(index_of().placed(), 1) == first
    assert encode(index_of(other).placed(), 2).mark != first.mark


LEAST, MOST = -(2**31), 2**31 - 1


def test_the_days_of_each_entry_arrive_and_none_stands_where_no_date_is(index_of):
    place = located(candidate())
    dates = ["1970-01-02", "1970-01", "", "1969/..", "../1970-01-01", "1969-12-31"]
    index = index_of(
        *(
            entry(f"E{n}", *([place] if n % 2 else []), recorded=date)
            for n, date in enumerate(dates)
        ),
        entry("W", place, recorded="1970", visibility="withheld"),
    )
    header, rows = decode(encode(index.placed(), index.size, index.days()))
    assert header["days"] == [
        (1, 1), (0, 30), (MOST, LEAST), (-365, MOST), (LEAST, 0), (-1, -1), (MOST, LEAST),
    ]  # fmt: skip
    assert len(rows) == 3


def test_points_without_days_say_so_and_end_where_they_ended(index_of):
    index = index_of(entry("A", located(candidate()), recorded="2013"))
    assert decode(encode(index.placed(), 1))[0]["dated"] is False


@given(st.lists(st.booleans(), max_size=70))
def test_a_bitset_says_for_each_entry_whether_it_passes(passing):
    packed = gzip.decompress(base64.b64decode(bitset(np.array(passing, dtype=np.bool_))))
    said = [bool(packed[n // 8] & (128 >> n % 8)) for n in range(len(passing))]
    assert said == passing
    assert len(packed) == math.ceil(len(passing) / 8)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab{}"), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["a", "{{b}}", "`"]), JSON, max_size=3))
def test_a_message_arrives_as_it_was_sent(value):
    assert json.loads(gzip.decompress(base64.b64decode(message(value)))) == value


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_the_text_says_only_letters_of_base64_reach_the_page(text):
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", message({"title": text, text: [text]}))


def test_a_county_is_a_circle_of_its_own_and_not_its_provinces_outline():
    county = candidate("t:county", feature="county", uncertainty_m=20_000)
    province = candidate("t:province", feature="province", uncertainty_m=90_000)
    found = of_candidates([county, province])
    data = gzip.decompress(encode(found, 2).data)
    (length,) = struct.unpack_from("<I", data)
    header = json.loads(data[4 : 4 + length])
    assert [header["names"][int(n)] for n in header["areas"]] == [province.name]
    assert len(header["areas"]) == 1


def test_one_entry_is_drawn_where_it_was_filmed_and_where_its_words_may_mean():
    said = Decision(outcome=Outcome.REVIEW, at=NOON, reason="several")
    one = entry(
        "A",
        located(candidate("t:1", name="here"), basis="inferred"),
        located(candidate("t:2", name="maybe"), relation="one_of"),
        Location(
            locality="?", decision=said,
            candidates=(candidate("t:3", name="or this"), candidate("t:4", name="or that")),
        ),
        located(candidate("t:5", name="handed over"), relation="released_at"),
        located(candidate("t:6", name="spoken of"), relation="mentioned"),
        verification={"level": "geolocated", "by": "ann"},
    )  # fmt: skip
    columns = of_entry(one)
    assert list(zip(columns["name"], columns["certainty"], columns["inferred"], strict=True)) == [
        ("here", "certain", True), ("maybe", "possible", False),
        ("or this", "possible", False), ("or that", "possible", False),
    ]  # fmt: skip
    assert set(columns["entry_no"]) == {0}
    assert set(columns["verification"]) == {"geolocated"}
    encode(columns, 1)


def test_an_entry_without_a_place_has_no_point():
    assert len(of_entry(entry("A"))["x"]) == 0


def test_an_arrow_has_both_ends_and_the_first_ones_radius_in_units():
    start, end = candidate(lat=60.0, uncertainty_m=10_000.0), candidate(lat=61.0)
    drawn = arrow(start, end, "111 km north")
    x, y, radius = drawn["from"]
    # at 60 degrees north a unit is half as many metres as at the equator
    assert radius == pytest.approx(10_000 * (1 << 24) / 40_075_017 * 2, rel=1e-3)
    assert drawn["to"][0] == x
    assert drawn["to"][1] < y
    assert drawn["text"] == "111 km north"
