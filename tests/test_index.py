"""The index: honest counts, the same after every way of bringing it up to date, and locked."""

import datetime as dt
import shutil
from collections import Counter
from dataclasses import asdict, replace

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest
from conftest import HOSTILE, candidate, entry, located
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import index as module
from geo.entry import Absence, Basis, Cited, Level, Location, Relation, Report
from geo.filters import CERTAINTIES, NAMES, Filters
from geo.filters.search import terms
from geo.index import Count, Index
from geo.mercator import WORLD, mercator
from geo.toponym import normalise

ABOUT = {
    "t:1": candidate("t:1", admin1="KP-01", feature="city"),
    "t:2": candidate("t:2", admin1="KP-09", feature="site", uncertainty_m=50, lat=41.7),
    "t:3": candidate("t:3", admin1="KP-13", feature="province", lat=42.3),
    "t:4": candidate("t:4", admin1="", country="CN", feature="country", lat=35),
    "t:5": candidate("t:5", admin1="", country="", feature="area", lat=-10, lon=-179),
}
PLACED = st.builds(
    located,
    st.sampled_from(sorted(ABOUT)).map(ABOUT.get),
    relation=st.sampled_from(Relation),
    basis=st.sampled_from(Basis),
)
UNPLACED = st.builds(
    Location,
    absence=st.sampled_from(Absence),
    relation=st.sampled_from([Relation.FILMED_AT, Relation.ONE_OF]),
)


def filmed(places):
    """Whether an entry may have these locations."""
    return any(place.relation.filmed for place in places)


ENTRIES = st.builds(
    lambda number, places, **more: entry(f"E{number}", *places, **more),
    st.integers(0, 5),
    st.lists(PLACED | UNPLACED, min_size=1, max_size=4).filter(filmed),
    title=st.sampled_from(["Night market", "Room “Salon”", "청진 시장", "Ch'ŏngjin"]),
    category=st.sampled_from(["", "military", "street life"]),
    tags=st.sampled_from([(), ("night",), ("power cut", "night")]),
    visibility=st.sampled_from(["draft", "published"]),
    evidence=st.sampled_from([(), ({"kind": "video"},), ({"kind": "image"}, {"kind": "page"})]),
    recorded=st.sampled_from(["", "2013", "2012-10/2013-03"]),
    verification=st.sampled_from(Level).map(lambda level: {"level": level}),
    reports=st.lists(st.sampled_from("AB"), unique=True).map(
        lambda ids: tuple(Cited(report=one) for one in ids)
    ),
)


def some(*values):
    """Return choices of a filter: mostly none."""
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple) | st.just(())


FILTERS = st.builds(
    Filters,
    region=some("KP", "KP-01", "KP-09", "KP-13", "CN", "ZZ"),
    category=some("military", "street life", "x"),
    verification=some(*[level.value for level in Level]),
    precision=some("site", "city", "province", "country"),
    certainty=some(*CERTAINTIES),
    report=some("A", "B", "C"),
    tag=some("night", "power cut", "x"),
    outlet=some("Paper", "Radio"),
    relation=some(*[relation.value for relation in Relation]),
    evidence=some("video", "image", "none"),
    visibility=some("draft", "published"),
    recorded=st.sampled_from(["", "", "2013", "2012-11", "2014/..", "../2012-12", "unknown"]),
    undated=some("recorded"),
    near=st.sampled_from(["", "", "39,125.7,30", "41.7,125.7,1", "0,0,500"]),
    possible=st.booleans(),
    text=st.sampled_from(
        ["", "", "market", "SALON", "chongjin", "청진", "night OR room", "-night"]
    ),
)


class Memory:
    """A record in memory, with what the index needs of a store."""

    identity = "memory"

    def __init__(self):
        self.saved = []
        self.known = [
            Report(id="A", title="A", outlet="Paper", published="2014"),
            Report(id="B", title="B"),
        ]

    def reports(self):
        return {one.id: one for one in self.known}

    def head(self, seq=None):
        number = len(self.saved) if seq is None else seq
        return (number, f"mark{number}") if 0 < number <= len(self.saved) else (0, "")

    def since(self, seq):
        newest = {one.id: number for number, one in enumerate(self.saved, 1)}
        for number, one in enumerate(self.saved, 1):
            if number > seq and newest[one.id] == number:
                yield number, one


def memory_of(*entries):
    record = Memory()
    record.saved += entries
    return record


def index_of(record, folder):
    index = Index(record, folder)
    index.refresh()
    return index


@pytest.fixture
def nine(filled, cache):
    return index_of(filled, cache)


def rows_of(one):
    """Return what an entry's rows say: place (or None), certainty and whether it is inferred."""
    rows = []
    for location in one.locations:
        if location.relation.filmed and location.place:
            possible = location.relation is Relation.ONE_OF
            certainty = "possible" if possible else "certain"
            inferred = location.basis is Basis.INFERRED and not possible
            rows.append((location.place, certainty, inferred))
    return rows or [(None, "unplaced", False)]


def passes(one, row, asked):
    """Whether a row of an entry meets the filters, as a person would read them."""
    place, certainty, _ = row
    outlets = {"Paper" for cited in one.reports if cited.report == "A"}
    return (
        (not asked.tag or bool(set(one.tags) & set(asked.tag)))
        and (not asked.outlet or bool(outlets & set(asked.outlet)))
        and (not asked.visibility or one.visibility.value in asked.visibility)
        and (not asked.evidence or bool(kinds_of(one) & set(asked.evidence)))
        and (not asked.relation or bool(relations_of(one, row) & set(asked.relation)))
        and (asked.possible or certainty != "possible")
        and falls(one.recorded, asked.recorded, undated="recorded" in asked.undated)
        and (not asked.near or (bool(place) and reaches(place, asked.near)))
        and meets(one, asked.text)
        and passes_closed(one, row, asked)
    )


def kinds_of(one):
    return {evidence.kind for evidence in one.evidence} or {"none"}


def relations_of(one, row):
    besides = {place.relation for place in one.locations if not place.relation.filmed}
    own = [p.relation for p in one.filmed if p.place == row[0]] if row[0] else []
    possible = row[1] == "possible"
    own = [relation for relation in own if (relation is Relation.ONE_OF) == possible]
    return {*besides, *(own or [one.filmed[0].relation])}


def falls(recorded, asked, *, undated):
    days = {"": None, "2013": (2013, 2014), "2012-10/2013-03": (2012.75, 2013.25)}[recorded]
    spans = {"2013": (2013, 2014), "2012-11": (2012.84, 2012.91), "2014/..": (2014, 9999),
             "../2012-12": (0, 2013)}  # fmt: skip
    if asked == "unknown" or not asked:
        return not asked or days is None
    if days is None:
        return undated
    return days[0] < spans[asked][1] and spans[asked][0] < days[1]


def reaches(place, asked):
    lat, lon, km = map(float, asked.split(","))
    far = geodesic((lat, lon), (place.lat, place.lon)).m
    return far - place.uncertainty_m <= km * 1_000


def meets(one, text):
    said = [one.title, one.description, *(place.locality for place in one.filmed), *one.tags]
    words = {normalise(word.strip("“”")) for each in said for word in each.split()}
    if text == "night OR room":
        return bool(words & {"night", "room"})
    if text == "-night":
        return "night" not in words
    return not text or any(normalise(text) in word for word in words)


def passes_closed(one, row, asked):
    place, certainty, _ = row
    regions = {place.admin1, place.country} if place else set()
    return (
        (not asked.region or bool(regions & set(asked.region)))
        and (not asked.category or one.category in asked.category)
        and (not asked.verification or one.verification.level.value in asked.verification)
        and (not asked.precision or (bool(place) and place.precision.value in asked.precision))
        and (not asked.certainty or certainty in asked.certainty)
        and (not asked.report or bool({c.report for c in one.reports} & set(asked.report)))
    )


def model(entries, asked):
    """Return the counts of these entries under filters, counted in plain Python."""
    hits = {one.id: [row for row in rows_of(one) if passes(one, row, asked)] for one in entries}
    shown = [one for one in entries if hits[one.id]]
    certain = [o for o in shown if any(row[1] == "certain" for row in hits[o.id])]
    possible = [
        o for o in shown if o not in certain and any(row[1] == "possible" for row in hits[o.id])
    ]
    regions = {}
    for one in shown:
        for code in {row[0].region for row in hits[one.id] if row[0]} - {""}:
            sure = any(r[1] == "certain" for r in hits[one.id] if r[0] and r[0].region == code)
            regions.setdefault(code, []).append(sure)
    lost = [one for one in shown if one not in certain and one not in possible]
    return {
        "total": len(entries),
        "shown": len(shown),
        "certain": len(certain),
        "inferred": sum(all(r[2] for r in hits[o.id] if r[1] == "certain") for o in certain),
        "possible": len(possible),
        "unplaced": dict(Counter(min(place.unplaced for place in one.filmed) for one in lost)),
        "unverified": sum(not one.verification.level.verified for one in shown),
        "undated": sum(not one.recorded for one in shown),
        "reports": len({cited.report for one in shown for cited in one.reports}),
        "regions": {
            code: {"certain": sum(sure), "possible": len(sure) - sum(sure)}
            for code, sure in regions.items()
        },
    }


def test_the_nine_entries_are_counted_without_claiming_more_than_was_reported(nine):
    assert asdict(nine.stats(Filters())) == {
        "total": 9,
        "shown": 9,
        "certain": 7,
        "inferred": 3,
        "possible": 2,
        "unplaced": {},
        "unverified": 9,
        "undated": 9,
        "reports": 2,
        "regions": {
            "KP-01": {"certain": 7, "possible": 0},
            "KP-09": {"certain": 0, "possible": 2},
            "KP-13": {"certain": 0, "possible": 2},
        },
    }


@pytest.mark.parametrize(
    ("query", "shown", "certain", "possible"),
    [
        ("region=KP-01", 7, 7, 0),
        ("region=KP-09", 2, 0, 2),
        ("region=KP-09&region=KP-13", 2, 0, 2),
        ("region=KP", 9, 7, 2),
        ("region=KP-09&certainty=certain", 0, 0, 0),
        ("certainty=possible", 2, 0, 2),
        ("report=B", 2, 0, 2),
        ("category=shops and markets", 2, 1, 1),
        ("text=karaoke", 1, 0, 1),
        ("text=KARAOKE SALON", 1, 0, 1),
        ("text=Atlantis", 0, 0, 0),
        ("precision=city", 9, 7, 2),
        ("precision=site", 0, 0, 0),
        ("verification=reported", 2, 0, 2),
        ("verification=geolocated", 0, 0, 0),
    ],
)
def test_a_filter_leaves_of_the_nine_what_it_says(nine, query, shown, certain, possible):
    stats = nine.stats(Filters.from_query(query))
    assert (stats.total, stats.shown, stats.certain, stats.possible) == (
        9,
        shown,
        certain,
        possible,
    )


def test_places_of_release_and_mention_are_nowhere_on_the_map(nine):
    assert "KR-11" not in nine.stats(Filters()).regions
    assert not set(nine.placed()["country"]) - {"KP"}


def test_an_entry_with_two_places_counts_once_everywhere(tmp_path):
    record = Memory()
    two = [located(ABOUT["t:1"]), located(ABOUT["t:2"], relation=Relation.ALSO_AT)]
    three = [located(ABOUT[f"t:{n}"], relation=Relation.ONE_OF) for n in (1, 2, 3)]
    record.saved = [entry("A", *two, category="x"), entry("B", *three, category="x")]
    index = index_of(record, tmp_path)
    stats = index.stats(Filters())
    assert (stats.total, stats.shown, stats.certain, stats.possible) == (2, 2, 1, 1)
    assert index.choices("category", Filters()) == {"x": 2}
    assert index.page(Filters(), 10) == (["A", "B"], 2)
    assert index.passing(Filters()).tolist() == [True, True]
    assert index.regions(Filters(), "country") == {"KP": Count(1, 1)}


def test_two_possible_places_in_one_region_are_one_possible_entry_there(tmp_path):
    record = Memory()
    other = candidate("t:6", admin1="KP-01", lat=39.2)
    places = [located(one, relation=Relation.ONE_OF) for one in (ABOUT["t:1"], other)]
    record.saved = [entry("A", *places)]
    assert index_of(record, tmp_path).regions(Filters()) == {"KP-01": Count(0, 1)}


def test_filters_are_met_by_one_and_the_same_place(tmp_path):
    record = Memory()
    sure, maybe = located(ABOUT["t:1"]), located(ABOUT["t:2"], relation=Relation.ONE_OF)
    record.saved = [entry("A", sure, maybe)]
    index = index_of(record, tmp_path)
    asked = Filters(region=("KP-09",), certainty=("certain",))
    assert index.stats(asked).shown == 0
    assert index.stats(replace(asked, region=("KP-01",))).shown == 1


def test_an_entry_without_a_place_is_listed_and_counted_by_its_reason(tmp_path):
    record = Memory()
    record.saved = [entry("A"), entry("B", Location(absence="withheld")), entry("C")]
    index = index_of(record, tmp_path)
    assert index.stats(Filters()).unplaced == {"not_stated": 2, "withheld": 1}
    assert index.unplaced(Filters(), "not_stated", 10) == ["A", "C"]
    assert index.unplaced(Filters(), "not_stated", 1) == ["A"]


@given(st.lists(ENTRIES, max_size=6, unique_by=lambda one: one.id), FILTERS)
def test_filters_in_sql_count_what_a_person_would_count(tmp_path_factory, entries, asked):
    record = Memory()
    record.saved = entries
    index = index_of(record, tmp_path_factory.getbasetemp() / "unused")
    counted = asdict(index.stats(asked))
    assert counted == model(entries, asked)
    ids = [one.id for one in entries if any(passes(one, row, asked) for row in rows_of(one))]
    assert index.page(asked, 100) == (ids, len(ids))
    passing = index.passing(asked)
    assert [one.id for one in entries if passing[index.number(one.id)]] == ids


def content(index):
    """Return all that an index holds, without the entries' own numbers and order."""
    columns = ", ".join(name for name in module.SCHEMA.names if name != "entry_no")
    return sorted(map(repr, index._all(f"SELECT {columns} FROM rows", [])))


@settings(max_examples=30)
@given(st.lists(st.lists(ENTRIES, max_size=4), max_size=5))
def test_bringing_up_to_date_gives_what_building_from_nothing_gives(tmp_path_factory, saves):
    record, folder = Memory(), tmp_path_factory.getbasetemp() / "unused"
    grown = index_of(record, folder)
    for save in saves:
        record.saved += save
        grown.refresh()
    fresh = index_of(record, folder)
    assert content(grown) == content(fresh)
    assert grown.edition == fresh.edition
    assert grown.stats(Filters()) == fresh.stats(Filters())
    assert {grown.number(one.id) for one in record.saved} == set(range(grown.size))


@settings(max_examples=30)
@given(st.lists(ENTRIES, max_size=4), st.lists(ENTRIES, max_size=4))
def test_a_snapshot_and_what_came_after_give_the_whole_record(tmp_path_factory, first, later):
    folder = tmp_path_factory.mktemp("snapshots")
    record = Memory()
    record.saved = list(first)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SNAPSHOT_FROM", 1)
        index_of(record, folder)
    assert len(list(folder.iterdir())) == bool(first)
    record.saved += later
    assert content(index_of(record, folder)) == content(index_of(record, folder / "none"))


@pytest.fixture
def snapshot(store, tmp_path, monkeypatch):
    """Return a store with three entries and the path of its index's snapshot."""
    monkeypatch.setattr(module, "_SNAPSHOT_FROM", 1)
    store.save([entry(f"E{n}", located(ABOUT[f"t:{n}"])) for n in (1, 2, 3)], "me", "why")
    index_of(store, tmp_path / "snapshots")
    (path,) = (tmp_path / "snapshots").iterdir()
    return store, path


def test_a_snapshot_is_read_instead_of_the_record(snapshot, monkeypatch):
    store, path = snapshot
    read = []
    monkeypatch.setattr(type(store), "since", lambda self, seq: iter(read.append(seq) or ()))
    again = index_of(store, path.parent)
    assert read in ([], [3])
    assert again.stats(Filters()).total == 3


def test_a_snapshot_is_for_its_owner_alone(snapshot):
    assert snapshot[1].stat().st_mode & 0o077 == 0


def test_a_newer_snapshot_replaces_the_older(snapshot):
    store, path = snapshot
    store.save([entry("E4")], "me", "why")
    index_of(store, path.parent)
    (newer,) = path.parent.iterdir()
    assert newer != path


@pytest.mark.parametrize("spoil", [lambda w: b"", lambda w: w[: len(w) // 2], lambda w: b"x" * 99])
def test_a_damaged_snapshot_is_passed_over(snapshot, spoil):
    store, path = snapshot
    path.write_bytes(spoil(path.read_bytes()))
    assert content(index_of(store, path.parent)) == content(index_of(store, path.parent / "none"))


def test_a_snapshot_of_another_layout_is_passed_over(snapshot):
    store, path = snapshot
    pq.write_table(pq.read_table(path).drop_columns(["words", "inferred"]), path)
    assert content(index_of(store, path.parent)) == content(index_of(store, path.parent / "none"))


def test_a_snapshot_of_another_history_of_the_store_is_not_used(snapshot, new_store, tmp_path):
    store, path = snapshot
    store.engine.dispose()
    other = new_store("other.sqlite")
    with other.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE settings SET value = ? WHERE name = 'identity'", (store.identity,)
        )
    other = new_store("other.sqlite")
    other.save([entry(f"F{n}") for n in (1, 2, 3)], "me", "why")
    assert other.identity == store.identity
    index = index_of(other, path.parent)
    assert index.page(Filters(), 10) == (["F1", "F2", "F3"], 3)


def test_without_a_folder_to_write_to_only_speed_is_lost(store, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_SNAPSHOT_FROM", 1)
    (tmp_path / "file").write_text("in the way")
    store.save([entry("A")], "me", "why")
    assert index_of(store, tmp_path / "file" / "cache").stats(Filters()).total == 1


def test_losing_the_cache_loses_nothing(snapshot):
    store, path = snapshot
    before = content(index_of(store, path.parent))
    shutil.rmtree(path.parent)
    assert content(index_of(store, path.parent)) == before


def test_what_another_process_saved_is_taken_up(new_store, tmp_path):
    index = index_of(new_store(), tmp_path / "cache")
    edition = index.edition
    new_store().save([entry("A")], "me", "why")
    assert index.stats(Filters()).total == 0
    index.refresh()
    assert index.stats(Filters()).total == 1
    assert index.edition != edition


@pytest.mark.parametrize(
    "query",
    ["SELECT * FROM read_csv('{path}')", "SELECT * FROM read_text('{path}')",
     "COPY rows TO '{path}'", "ATTACH '{path}'", "SELECT * FROM glob('/*')",
     "INSTALL httpfs", "LOAD httpfs", "SET enable_external_access = true",
     "SET lock_configuration = false", "SELECT * FROM '{path}'", "EXPORT DATABASE '{path}.d'"],
)  # fmt: skip
def test_the_index_reads_and_writes_no_file(nine, tmp_path, query):
    path = tmp_path / "secret.csv"
    path.write_text("secret\n1\n")
    with pytest.raises(duckdb.Error), nine._db.cursor() as cursor:
        cursor.execute(query.format(path=path)).fetchall()
    assert path.read_text() == "secret\n1\n"
    assert [file.name for file in tmp_path.glob("secret*")] == ["secret.csv"]


@pytest.mark.parametrize("text", [*HOSTILE, "') OR true --", "x'; DELETE FROM rows; --", "?", "$1"])
def test_in_every_filter_hostile_words_are_just_words(nine, text):
    for name in NAMES:
        if name == "undated":
            continue  # it asks for nothing by itself
        asked = Filters(**{name: (text,)})
        assert nine.stats(asked).shown == 0
        assert nine.page(asked, 10) == ([], 0)
        assert nine.passing(asked).sum() == 0
        assert set(nine.choices(name, asked)) == set(nine.choices(name, Filters()))
    assert nine.stats(Filters(text=text)).shown == (0 if terms(text) else 9)
    assert nine.stats(Filters()).shown == 9


@pytest.mark.parametrize("text", HOSTILE)
def test_an_entry_is_found_by_its_own_hostile_words(tmp_path, text):
    record = Memory()
    record.saved = [entry("A", title=text, category=text), entry("B")]
    index = index_of(record, tmp_path)
    assert index.page(Filters(category=(text,)), 10) == (["A"], 1)
    assert "A" in index.page(Filters(text=text), 10)[0]


def test_choices_keep_every_value_and_count_what_the_other_filters_leave(nine):
    kinds = nine.choices("category", Filters(region=("KP-09",), category=("military",)))
    assert kinds["nightlife"] == 1
    assert kinds["shops and markets"] == 1
    assert kinds["military"] == 0
    assert set(kinds) == set(nine.choices("category", Filters()))
    assert nine.choices("report", Filters()) == {"A": 7, "B": 2}
    assert nine.choices("region", Filters()) == {"KP-01": 7, "KP-09": 2, "KP-13": 2}


def test_pages_follow_each_other_without_gap_or_repeat(nine):
    ids = [nine.page(Filters(), 4, offset)[0] for offset in (0, 4, 8)]
    assert [one for page in ids for one in page] == [f"A{n}" for n in range(1, 8)] + ["B1", "B2"]
    assert nine.page(Filters(), 4, 4)[1] == 9


def test_a_page_can_be_narrowed_to_points_and_half_open_boxes(nine):
    x, y = (int(value) for value in mercator(42.2556, 130.2831))
    assert nine.page(Filters(), 10, at=[(x, y)]) == (["B1", "B2"], 2)
    assert nine.page(Filters(), 10, at=[(x, y, x + 1, y + 1)]) == (["B1", "B2"], 2)
    assert nine.page(Filters(), 10, at=[(x - 1, y - 1, x, y)]) == ([], 0)
    assert nine.page(Filters(), 10, at=[(0, 0, WORLD, WORLD)])[1] == 9


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_coordinate_lies_in_the_world(lat, lon):
    x, y = mercator(lat, lon)
    assert 0 <= x < WORLD
    assert 0 <= y < WORLD


@given(st.floats(-85, 85), st.floats(-180, 179.99))
def test_index_units_give_the_coordinate_back(lat, lon):
    x, y = mercator(lat, lon)
    assert x / WORLD * 360 - 180 == pytest.approx(lon, abs=3e-5)
    north = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / WORLD))))
    assert north == pytest.approx(lat, abs=3e-5)


def test_an_unknown_entry_has_no_number(nine):
    assert nine.number("Z") is None
    assert nine.size == 9


def test_a_withheld_entry_is_counted_as_withheld_and_is_nowhere_else(tmp_path):
    place = located(candidate("t:1"))
    shown, hidden = entry("A", place), entry("B", place, visibility="withheld")
    index = index_of(memory_of(shown, hidden), tmp_path)
    stats = index.stats(Filters())
    assert (stats.total, stats.shown, index.withheld()) == (1, 1, 1)
    assert stats.regions == {"KP-01": Count(1, 0)}
    assert index.page(Filters(), 9) == (["A"], 1)
    assert index.passing(Filters()).tolist() == [True, False]
    assert set(index.placed()["entry_no"].tolist()) == {0}
    assert index.shows("A", Filters())
    assert not index.shows("B", Filters())


def test_a_country_counts_all_that_is_in_it(tmp_path):
    province = located(candidate("t:1"))
    country = located(candidate("t:2", admin1="", feature="country", uncertainty_m=400_000.0))
    index = index_of(memory_of(entry("A", province), entry("B", country)), tmp_path)
    assert index.regions(Filters(), level="country") == {"KP": Count(2, 0)}
    assert index.regions(Filters()) == {"KP": Count(1, 0), "KP-01": Count(1, 0)}


SQUARE = "38.5000,125.2000;38.5000,126.2000;39.5000,126.2000;39.5000,125.2000"


@pytest.mark.parametrize(
    ("shape", "found"),
    [
        (SQUARE, ["city"]),
        ("38.9,125.65;38.9,125.75;38.96,125.75;38.96,125.65", ["city"]),  # its edge, not its middle
        ("38.9,125.65;38.9,125.75;38.95,125.75;38.95,125.65", []),
        ("39.01,125.6;39.01,125.8;39.02,125.8", ["city"]),
        ("41,125;41,126;42,126;42,125", ["site"]),
        ("41.69,125.71;41.71,125.71;41.71,125.73", []),
    ],
)
def test_a_shape_finds_what_reaches_into_it(tmp_path, shape, found):
    record = memory_of(entry("city", located(ABOUT["t:1"])), entry("site", located(ABOUT["t:2"])))
    index = index_of(record, tmp_path)
    assert index.page(Filters(shape=shape), 10)[0] == found


def test_a_county_is_a_region_of_its_own(tmp_path):
    class Known:
        edition = "1"

        def county(self, place_id):
            return {"t:1": "gl:one", "t:2": "gl:two"}.get(place_id, "")

    record = memory_of(*(entry(n, located(ABOUT[f"t:{n}"])) for n in "123"))
    index = Index(record, tmp_path, Known())
    index.refresh()
    assert index.regions(Filters(), "county") == {"gl:one": Count(1), "gl:two": Count(1)}
    assert index.page(Filters(region=("gl:two",)), 10) == (["2"], 1)
    assert index.provinces() == {"gl:one": "KP-01", "gl:two": "KP-09"}


def test_a_report_that_is_dated_later_changes_what_is_published_when(tmp_path):
    record = memory_of(entry("A", reports=(Cited(report="A"),)), entry("B"))
    index = index_of(record, tmp_path)
    assert index.page(Filters(published="2014"), 10) == (["A"], 1)
    assert index.page(Filters(published="unknown"), 10) == (["B"], 1)
    record.known = [Report(id="A", title="A", outlet="Radio", published="2016")]
    record.saved.append(entry("C"))
    index.refresh()
    assert index.page(Filters(published="2014"), 10) == ([], 0)
    assert index.page(Filters(published="2016", undated=("published",)), 10)[1] == 3
    assert index.choices("outlet", Filters()) == {"Radio": 1}


def test_intervals_count_each_entry_once(tmp_path):
    two = [located(ABOUT["t:1"]), located(ABOUT["t:2"], relation=Relation.ALSO_AT)]
    both = (Cited(report="A"), Cited(report="B"))
    record = memory_of(entry("A", *two, recorded="2013", reports=both), entry("B"))
    index = index_of(record, tmp_path)
    year = (dt.date(2013, 1, 1), dt.date(2013, 12, 31))
    assert index.intervals(Filters()) == [
        (*year, "not_assessed", 1),
        (None, None, "not_assessed", 1),
    ]
    published = (dt.date(2014, 1, 1), dt.date(2014, 12, 31))
    assert index.intervals(Filters(), "published")[0] == (*published, "not_assessed", 1)
    assert sum(one.n for one in index.intervals(Filters(), "published")) == 2
