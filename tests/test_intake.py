"""Taking in: importing twice is importing once, and what a person decided stays."""

import csv
import datetime as dt
import os
import signal
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from conftest import NOON, ROOT, candidate, entry, located, python
from hypothesis import given
from hypothesis import strategies as st

from geo.entry import Absence, DecidedBy, Decision, Outcome, Relation
from geo.errors import GeoError, InputError, Stopped
from geo.formats import COLUMNS, Wishes, export_geojson, write
from geo.formats.export_row import About, Item
from geo.gazetteer import open_gazetteer
from geo.geocode import offline
from geo.intake import SHIPPED, fill_if_new, geocoded, preview, rows_at, take_file
from geo.intake.duplicates import normal
from geo.intake.taken import SHOWN
from geo.review import Pending, rejected
from geo.store import open_store

_TWO_ENCODINGS = (
    "title,locality\n시장,라진\n평양,평양\n".encode() + "시장".encode("cp949")
).decode("latin-1")
IMPORTER = """
import sys
from pathlib import Path
from geo.gazetteer import open_gazetteer
from geo.geocode import offline
from geo.intake import take_file
from geo.store import open_store
folder, url, file, moment = sys.argv[1:]
store = open_store(url)
save = type(store).save
def wait(now):
    if now == moment:
        print(now, flush=True)
        sys.stdin.read()
def told(self, records, *why):
    def one_by_one():
        for number, record in enumerate(records):
            if number == 1_000:
                wait("half")
            yield record
        wait("last")
    return save(self, one_by_one(), *why)
type(store).save = told
geocoder = offline(open_gazetteer(Path(folder)))
take_file(store, geocoder, Path(file), lambda rows: wait("read") if rows > 1_000 else None)
"""


@pytest.fixture
def take(store, geocoder, tmp_path):
    """Return a function that imports rows into the store and returns what became of them."""

    def take_rows(*rows):
        path = tmp_path / "file.csv"
        write(path, rows)
        return take_file(store, geocoder, path).plain()

    return take_rows


def row(entry_id, locality="Rajin", **cells):
    return {"id": entry_id, "title": f"T{entry_id}", "locality": locality, **cells}


def revisions(store):
    with closing(sqlite3.connect(store.engine.url.database)) as db:
        return db.execute("SELECT kind, id, revision, who, why FROM revisions").fetchall()


def only(store, entry_id):
    return store.entries([entry_id])[entry_id]


def test_the_shipped_entries_are_geocoded_as_reported(filled):
    entries = filled.entries([f"A{n}" for n in range(1, 8)] + ["B1", "B2"])
    assert len(entries) == 9
    for number in range(1, 8):
        (place,) = entries[f"A{number}"].filmed
        assert (place.locality, place.chosen, place.place.admin1) == (
            "Pyongyang",
            "gn:1871859",
            "KP-01",
        )
    for one in (entries["B1"], entries["B2"]):
        assert [place.place.admin1 for place in one.filmed] == ["KP-09", "KP-13"]
        assert {place.relation for place in one.filmed} == {Relation.ONE_OF}
    assert filled.reports()["A"].outlet == ""


def test_importing_the_shipped_file_into_the_shipped_store_changes_nothing(filled, geocoder):
    before = revisions(filled)
    taken = take_file(filled, geocoder, SHIPPED).plain()
    assert taken == {
        "read": 9, "new": 0, "changed": 0, "unchanged": 9, "duplicate": 0, "rejected": []
    }  # fmt: skip
    assert revisions(filled) == before


def test_the_same_file_twice_changes_nothing(store, take):
    rows = [
        row("1", report_id="R", report_title="Report"),
        row("2", "", tags="a; b", mentioned="Seoul; China", complete="yes"),
        row("3", "Chongjin; Rajin", relation="one_of", complete="no", evidence_url="https://x.org"),
        row("", "Atlantis", description="“x”, y;\nz"),
    ]
    assert take(*rows)["new"] == 4
    before = revisions(store)
    again = take(*rows)
    assert (again["unchanged"], again["changed"], again["new"]) == (4, 0, 0)
    assert revisions(store) == before


@pytest.mark.parametrize(
    ("column", "cell"),
    [(name, {"recorded": "2013", "report_id": "Q", "complete": "no", "basis": "inferred",
             "absence": "withheld", "verification": "reported", "visibility": "draft",
             "evidence_url": "https://example.org", "relation": "also_at",
             "report_url": "https://example.org", "published": "2013",
             "verification_proof": "https://example.org",
             "verified_at": "2013"}.get(name, "Chongjin"))
     for name in COLUMNS if name != "id"],
)  # fmt: skip
def test_a_changed_cell_is_one_new_revision_of_what_it_belongs_to(store, take, column, cell):
    first = row("1", report_id="R", report_title="Report", relation="one_of") | {"complete": "yes"}
    take(first, row("2", report_id="R", report_title="Report"))
    before = revisions(store)
    second = row("2", report_id="R", report_title="Report")
    if column in ("report_title", "outlet", "report_url", "published", "language"):
        second |= {column: cell}
        kinds = {"report": 1}
    else:
        kinds = {"entry": 1} | ({"report": 1} if column == "report_id" else {})
    taken = take(first | {column: cell}, second)
    added = revisions(store)[len(before) :]
    assert Counter(kind for kind, *_ in added) == kinds
    assert taken["changed"] == kinds.get("entry", 0)
    assert revisions(store)[: len(before)] == before


def test_an_unknown_column_that_changes_is_a_change(store, geocoder, tmp_path):
    for camera, changed in (("hidden", 0), ("hidden", 0), ("open", 1)):
        path = tmp_path / "file.csv"
        path.write_text(f"id,title,locality,camera\n1,T,Rajin,{camera}\n")
        assert take_file(store, geocoder, path).changed == changed
    assert only(store, "1").extra == {"camera": "open"}


def test_of_rows_with_one_id_the_first_is_taken_and_the_others_are_counted(store, take):
    taken = take(row("1"), row("1", title="other"), row("1"), row("2"))
    assert (taken["read"], taken["new"], taken["duplicate"]) == (4, 2, 2)
    assert only(store, "1").title == "T1"


def test_a_rejected_row_is_told_and_the_others_are_taken(store, take):
    taken = take(row("1"), row("2", recorded="yesterday"), row("3"))
    assert taken["new"] == 2
    (rejected,) = taken["rejected"]
    assert (rejected["row"], rejected["column"]) == (3, "recorded")
    assert set(store.entries(["1", "2", "3"])) == {"1", "3"}


@given(
    st.lists(
        st.builds(
            row,
            st.sampled_from(["1", "2", "3"]),
            st.sampled_from(["Rajin", "", "Atlantis"]),
            recorded=st.sampled_from(["", "2013", "nonsense"]),
        ),
        max_size=8,
    )
)
def test_every_row_is_counted_exactly_once(tmp_path_factory, geocoder, rows):
    folder = tmp_path_factory.mktemp("counted")
    store = open_store(f"sqlite:///{folder / 'store.sqlite'}")
    write(folder / "file.csv", rows)
    for _ in range(2):
        taken = take_file(store, geocoder, folder / "file.csv")
        counted = taken.new + taken.changed + taken.unchanged + taken.duplicate
        assert taken.read == len(rows) == counted + len(taken.rejected)
    assert (taken.new, taken.changed) == (0, 0)
    store.engine.dispose()


def test_a_persons_decision_survives_another_import(store, take):
    take(row("1", "Springfield", mentioned="Seoul"))
    one = only(store, "1")
    chosen = one.locations[0].candidates[3]
    decided = one.locations[0].model_copy(
        update={
            "chosen": chosen.place_id,
            "decision": Decision(
                by=DecidedBy.PERSON, outcome=Outcome.ACCEPTED, at=NOON, reason="the sign"
            ),
        }
    )
    locations = (decided, *one.locations[1:])
    store.save([one.model_copy(update={"locations": locations})], "ann", "decided")
    assert take(row("1", "Springfield", mentioned="Seoul"))["unchanged"] == 1
    assert take(row("1", "Springfield", title="better", mentioned="China"))["changed"] == 1
    again = only(store, "1")
    assert again.title == "better"
    assert again.locations[0] == decided
    assert take(row("1", "Chongjin"))["changed"] == 1
    assert only(store, "1").locations[0].decision.by is DecidedBy.RULE


@pytest.mark.parametrize("column", [{"basis": "inferred"}, {"absence": "withheld"}])
def test_where_a_person_decided_the_report_may_still_be_corrected(store, take, column):
    take(row("1", "Rajin"))
    one = only(store, "1")
    decision = one.locations[0].decision.model_copy(update={"by": DecidedBy.PERSON})
    place = one.locations[0].model_copy(update={"decision": decision})
    store.save([one.model_copy(update={"locations": (place,)})], "ann", "decided")
    assert take(row("1", "Rajin", **column))["changed"] == 1
    assert take(row("1", "Rajin", **column))["unchanged"] == 1
    assert only(store, "1").locations[0].decision.by is DecidedBy.PERSON


def test_an_import_says_who_and_from_which_file(store, take):
    take(row("1"))
    assert [one[3:] for one in revisions(store)] == [("import", "imported from file.csv")]


def test_words_that_no_gazetteer_knows_are_kept_with_the_reason(store, take):
    take(row("1", "somewhere outside the capital"), row("2", ""), row("3", "", absence="withheld"))
    entries = store.entries(["1", "2", "3"])
    assert [entries[n].filmed[0].unplaced for n in "123"] == [
        "not_found",
        "not_stated",
        "withheld",
    ]
    assert entries["1"].filmed[0].locality == "somewhere outside the capital"


@pytest.mark.parametrize(
    "text", ["", "date,place\n1,2\n", 'title,locality\nA,Rajin\n"B', _TWO_ENCODINGS]
)
def test_a_file_that_cannot_be_read_changes_nothing(store, geocoder, tmp_path, text):
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(InputError):
        take_file(store, geocoder, path)
    assert revisions(store) == []


def test_a_file_with_only_a_header_changes_nothing(store, take):
    assert take() == {
        "read": 0, "new": 0, "changed": 0, "unchanged": 0, "duplicate": 0, "rejected": []
    }  # fmt: skip
    assert revisions(store) == []


def test_progress_counts_up_to_the_number_of_rows(store, geocoder, tmp_path):
    write(tmp_path / "file.csv", [row(str(n), "Rajin") for n in range(3_500)])
    seen = []
    take_file(store, geocoder, tmp_path / "file.csv", seen.append)
    assert seen == sorted(seen)
    assert seen


@pytest.mark.parametrize("moment", ["read", "half", "last"])
def test_an_import_that_is_killed_leaves_all_or_nothing(new_store, tmp_path, cache, moment):
    store = new_store()
    write(tmp_path / "file.csv", [row(str(n), "Rajin") for n in range(3_000)])
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    running = python("-c", IMPORTER, cache, url, tmp_path / "file.csv", moment)
    assert running.stdout.readline().strip() == moment, running.stderr.read()
    os.kill(running.pid, signal.SIGKILL)
    running.communicate(timeout=60)
    assert revisions(store) == []
    assert list(new_store().since(0)) == []
    assert take_file(store, offline(open_gazetteer(cache)), tmp_path / "file.csv").new == 3_000


@pytest.mark.parametrize("when", [0, 2, 5])
def test_an_import_that_is_stopped_changes_nothing(store, geocoder, tmp_path, when):
    write(tmp_path / "file.csv", [row(str(n), "Rajin") for n in range(2_500)])
    asked = []
    with pytest.raises(Stopped, match="nothing was changed"):
        take_file(
            store, geocoder, tmp_path / "file.csv",
            cancelled=lambda: asked.append(1) or len(asked) > when,
        )  # fmt: skip
    assert revisions(store) == []


def test_the_columns_of_a_preview_number_entries_and_tell_possible_places(
    store, geocoder, tmp_path
):
    path = tmp_path / "file.csv"
    write(
        path, [row("1", "Hyesan; Musan", relation="one_of"), row("2", "Hyesan", basis="inferred")]
    )
    columns = preview(store, geocoder, path).columns()
    assert columns["name"].tolist() == ["Hyesan", "Musan", "Hyesan"]
    assert columns["entry_no"].tolist() == [0, 0, 1]
    assert columns["certainty"].tolist() == ["possible", "possible", "certain"]
    assert columns["inferred"].tolist() == [False, False, True]
    assert columns["place_id"][0] == columns["place_id"][2] != columns["place_id"][1]


def test_a_preview_counts_what_the_import_will_do_and_saves_nothing(store, geocoder, tmp_path):
    path = tmp_path / "file.csv"
    write(path, [row("1"), row("2", recorded="soon"), row("1"), row("4", ""), row("5", "Atlantis")])
    shown = preview(store, geocoder, path)
    assert revisions(store) == []
    assert [(one.row, one.entry_id, one.place) for one in shown.places] == [(2, "1", "Rajin")]
    assert [one.id for one in shown.entries] == ["1", "4", "5"]
    assert take_file(store, geocoder, path).plain() == shown.taken.plain()
    again = preview(store, geocoder, path)
    assert (again.taken.unchanged, again.placed) == (3, 1)


@given(st.lists(st.sampled_from(["1", "2", "3", "bad", ""]), max_size=6))
def test_the_ledger_says_of_every_row_what_became_of_it(tmp_path_factory, geocoder, ids):
    folder = tmp_path_factory.mktemp("ledger")
    store = open_store(f"sqlite:///{folder / 'store.sqlite'}")
    rows = [row(one, recorded="soon" if one == "bad" else "") for one in ids]
    write(folder / "file.csv", rows)
    taken = take_file(store, geocoder, folder / "file.csv")
    lines = list(taken.ledger)
    assert sorted(line["row"] for line in lines) == list(range(2, len(ids) + 2))
    counts = Counter(line["became"] for line in lines)
    assert counts == Counter({
        "new": taken.new, "duplicate": taken.duplicate, "rejected": taken.rejections,
    })  # fmt: skip
    assert all(line["reason"] for line in lines if line["became"] == "rejected")
    assert all(line["of_row"] < line["row"] for line in lines if line["became"] == "duplicate")
    store.engine.dispose()


LINK = "https://www.youtube.com/watch?v=abc123"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LINK, "http://youtu.be/abc123?si=x"),
        (LINK, "https://m.youtube.com/watch?feature=share&v=abc123&utm_source=y#t=3"),
        (LINK, "https://youtube.com/shorts/abc123/"),
        ("https://twitter.com/A/status/1?s=20", "https://x.com/a/status/1"),
        ("https://example.org/a/", "http://www.example.org/a?fbclid=1"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1"),
    ],
)
def test_spellings_of_one_link_are_one_link(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LINK, "https://www.youtube.com/watch?v=ABC123"),
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/A", "https://example.org/a"),
    ],
)
def test_links_to_two_pages_stay_two(one, other):
    assert normal(one) != normal(other)


@given(st.text(max_size=60))
def test_no_text_breaks_the_comparison_of_links(text):
    assert normal(normal(text)) is not None


def test_a_link_that_comes_again_is_told_and_taken(store, take, geocoder, tmp_path):
    take(row("1", evidence_url=LINK))
    path = tmp_path / "more.csv"
    write(path, [
        row("1", evidence_url=LINK),
        row("2", evidence_url="https://youtu.be/abc123"),
        row("3", evidence_url="https://example.org/x; https://example.org/y"),
        row("4", evidence_url="http://example.org/y/"),
        row("5", evidence_url="https://example.org/z"),
    ])  # fmt: skip
    taken = take_file(store, geocoder, path)
    assert [(d.row, d.of, d.of_row, d.why) for d in taken.duplicates] == [
        (3, "1", 0, "link"), (5, "3", 4, "link"),
    ]  # fmt: skip
    assert taken.duplicates[0].both == ("T2", "T1")
    assert (taken.new, taken.unchanged, taken.duplicate) == (4, 1, 0)


def test_the_same_day_place_and_nearly_the_same_title_are_told(store, geocoder, tmp_path):
    path = tmp_path / "file.csv"
    same = {"recorded": "2013-05-17", "locality": "Rajin"}
    write(path, [
        {"id": "1", "title": "Trucks cross the bridge at Rajin"} | same,
        {"id": "2", "title": "Trucks cross a bridge at Rajin."} | same,
        {"id": "3", "title": "A market, thinly stocked"} | same,
        {"id": "4", "title": "Trucks cross the bridge at Rajin"} | same | {"recorded": "2014"},
        {"id": "5", "title": "Trucks cross the bridge at Rajin"} | same | {"recorded": ""},
    ])  # fmt: skip
    taken = take_file(store, geocoder, path)
    assert [(d.row, d.of_row, d.why) for d in taken.duplicates] == [(3, 2, "alike")]
    assert taken.new == 5


def test_possible_duplicates_can_be_left_out_and_are_written_down(store, geocoder, tmp_path):
    path = tmp_path / "file.csv"
    write(path, [row("1", evidence_url=LINK), row("2", evidence_url=LINK), row("3")])
    taken = take_file(store, geocoder, path, skip_duplicates=True)
    assert (taken.new, taken.duplicate, taken.read) == (2, 1, 3)
    assert set(store.entries(["1", "2", "3"])) == {"1", "3"}
    (line,) = [line for line in taken.ledger if line["became"] == "duplicate"]
    assert (line["row"], line["of_row"], line["why"]) == (3, 2, "link")
    assert take_file(store, geocoder, path, skip_duplicates=True).unchanged == 2


def test_only_the_first_of_very_many_rejections_are_held_in_memory(store, geocoder, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("title,locality\n" + ",Rajin\n" * (SHOWN + 500))
    taken = take_file(store, geocoder, path)
    assert (len(taken.rejected), taken.rejections) == (SHOWN, SHOWN + 500)
    assert sum(1 for _ in taken.ledger) == SHOWN + 500


def test_the_shipped_file_has_the_columns_that_are_documented():
    with (ROOT / "data" / "footage.csv").open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS


def test_a_fill_that_cannot_be_written_is_told(store, geocoder, monkeypatch):
    def full(*arguments, **more):
        raise GeoError("The disk is full; nothing was changed.")

    monkeypatch.setattr(type(store), "save", full)
    with pytest.raises(GeoError, match="disk is full"):
        fill_if_new(store, geocoder)
    monkeypatch.undo()
    assert fill_if_new(store, geocoder) is True


def test_words_that_name_two_places_become_two_locations_and_stay_one_cell(store, take):
    words = "between Wonsan and Hamhung"
    assert take(row("1", words))["new"] == 1
    one, other = only(store, "1").filmed
    assert (one.locality, other.locality) == (words, words)
    assert (one.relation, other.relation) == (Relation.FILMED_AT, Relation.ALSO_AT)
    assert (one.place.admin1, other.place.admin1) == ("KP-07", "KP-08")
    assert take(row("1", words))["unchanged"] == 1


def test_a_decision_on_one_end_keeps_both_when_the_report_is_corrected(store, take):
    words = "between Wonsan and Hamhung"
    take(row("1", words))
    entry = only(store, "1")
    first, second = entry.locations
    decision = second.decision.model_copy(update={"by": DecidedBy.PERSON, "reason": "seen"})
    decided = second.model_copy(update={"decision": decision})
    store.save([entry.model_copy(update={"locations": (first, decided)})], "ann", "decided")
    assert take(row("1", words, basis="inferred"))["changed"] == 1
    again = only(store, "1").locations
    assert [one.decision.reason for one in again] == [first.decision.reason, "seen"]
    assert [one.basis.value for one in again] == ["inferred", "inferred"]


def test_the_other_places_of_a_report_speak_for_an_ambiguous_name(store, take):
    alone = row("1", "Unsan", report_title="R1")
    beside = row("2", "Unsan", report_title="R2"), row("3", "Kujang", report_title="R2")
    take(alone, *beside)
    first = {n: only(store, n).locations[0].candidates[0] for n in "12"}
    assert first["2"].admin1 == "KP-03"
    assert first["2"].confidence > first["1"].confidence
    assert only(store, "1").locations[0].chosen is None


def test_geocoding_an_entry_again_changes_nothing(store, take, geocoder):
    take(row("1", "between Wonsan and Hamhung; Rajin", mentioned="Rajin", released_at="Rajin"))
    entry = only(store, "1")
    assert [one.relation.value for one in entry.locations] == [
        "filmed_at", "also_at", "filmed_at", "released_at", "mentioned",
    ]  # fmt: skip
    again = geocoded(entry, geocoder, entry)
    assert [one.chosen for one in again.locations] == [one.chosen for one in entry.locations]


def _decided(by, at, chosen):
    places = [candidate("t:1"), candidate("t:2", name="Y")]
    decision = {"by": by, "outcome": "accepted", "at": at, "reason": "made up"}
    return entry("E", located(places[0], candidates=places, chosen=chosen, decision=decision))


LATER = NOON + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("standing", "brought", "kept"),
    [
        (("rule", NOON), ("person", NOON), "t:2"),
        (("person", NOON), ("rule", LATER), "t:1"),
        (("person", NOON), ("person", LATER), "t:2"),
        (("person", LATER), ("person", NOON), "t:1"),
        (("rule", NOON), ("rule", LATER), "t:1"),
        (("person", NOON), ("person", NOON.replace(tzinfo=None)), "t:1"),
    ],
)
def test_an_old_export_never_undoes_what_a_person_decided_since(
    store, tmp_path, standing, brought, kept
):
    """A person's decision goes before a rule's, a later one before an earlier one."""
    path = tmp_path / "old.geojson"
    other = Item(entry=_decided(*brought, "t:2"))
    export_geojson.write(path, About("", "", 1, ()), [other])
    store.save([_decided(*standing, "t:1")], "test", "standing")
    take_file(store, lambda locality: [], path)
    assert store.entries(["E"])["E"].locations[0].chosen == kept


def test_why_a_person_found_no_place_survives_an_older_export(store, tmp_path):
    waiting = {"locality": "X", "candidates": [candidate()],
               "decision": {"outcome": "review", "at": NOON, "reason": "several"}}  # fmt: skip
    export_geojson.write(
        tmp_path / "old.geojson", About("", "", 1, ()), [Item(entry=entry("E", waiting))]
    )
    nowhere = rejected(Pending(entry("E", waiting), 0), Absence.UNLOCATABLE, "a studio", LATER)
    store.save([nowhere], "person", "decided")
    assert take_file(store, lambda locality: [], tmp_path / "old.geojson").unchanged == 1
    assert store.entries(["E"])["E"] == nowhere


def test_rows_are_read_again_by_their_numbers(tmp_path):
    path = tmp_path / "file.csv"
    write(path, [row("1", "Rajin"), row("2", "Musan"), row("3", "Hyesan")])
    found = rows_at(path, Wishes(), {2, 4, 99})
    assert {number: cells["locality"] for number, cells in found.items()} == {
        2: "Rajin",
        4: "Hyesan",
    }
    assert rows_at(path, Wishes(), ()) == {}
