"""The index: honest counts, the same after every way of bringing it up to date, and locked."""

import shutil
from collections import Counter
from dataclasses import asdict, replace

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest
from conftest import HOSTILE, candidate, entry, located
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import index as module
from geo.entry import Absence, Basis, Cited, Level, Location, Relation
from geo.filters import CERTAINTIES, Filters
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
    text=st.sampled_from(["", "", "market", "SALON", "chongjin", "청진", "night room"]),
)


class Memory:
    """A record in memory, with what the index needs of a store."""

    identity = "memory"

    def __init__(self):
        self.saved = []

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
    regions = {place.admin1, place.country} if place else set()
    said = [one.title, one.description, *(place.locality for place in one.filmed), *one.tags]
    return (
        (not asked.region or bool(regions & set(asked.region)))
        and (not asked.category or one.category in asked.category)
        and (not asked.verification or one.verification.level.value in asked.verification)
        and (not asked.precision or (bool(place) and place.precision.value in asked.precision))
        and (not asked.certainty or certainty in asked.certainty)
        and (not asked.report or bool({c.report for c in one.reports} & set(asked.report)))
        and all(any(normalise(w) in normalise(t) for t in said) for w in asked.text.split())
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
    for name in ("region", "category", "verification", "precision", "certainty", "report"):
        asked = Filters(**{name: (text,)})
        assert nine.stats(asked).shown == 0
        assert nine.page(asked, 10) == ([], 0)
        assert nine.passing(asked).sum() == 0
        assert set(nine.choices(name, asked)) == set(nine.choices(name, Filters()))
    assert nine.stats(Filters(text=text)).shown == (9 if not normalise(text) else 0)
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
