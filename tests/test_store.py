"""The record: append-only, shared by processes, and never harmed by what it is pointed at."""

import datetime as dt
import os
import shutil
import signal
import sqlite3
import threading
import time
from contextlib import closing

import pytest
from conftest import ROOT, candidate, entry, located, python

from geo.entry import Report
from geo.errors import GeoError, InputError, StoreError
from geo.intake import fill_if_new, leave_empty
from geo.store import default_url, open_store, opening, record

WRITER = """
import sys
sys.path.insert(0, "tests")
from conftest import entry
from geo.store import open_store
name, url = sys.argv[1:]
store = open_store(url)
for number in range(25):
    store.save([entry(f"{name}-{number}"), entry("shared", title=f"{name} {number}")], name, "race")
"""
FILLER = """
import sys
from geo.gazetteer import open_gazetteer
from geo.geocode import offline
from geo.intake import fill_if_new
from geo.store import open_store
from pathlib import Path
gazetteer = open_gazetteer(Path(sys.argv[1]))
print(fill_if_new(open_store(sys.argv[2]), offline(gazetteer)))
"""
OPENER = """
import sys, time
from geo.store import open_store
folder, start = sys.argv[1], float(sys.argv[2])
marks = []
for number in range(20):
    time.sleep(max(0.0, start + 0.15 * number - time.time()))
    marks.append(open_store(f"sqlite:///{folder}/{number}.sqlite").identity)
print(*marks)
"""
IMPORTER = """
import sys
sys.path.insert(0, "tests")
from conftest import entry
from geo.store import open_store

def records():
    for number in range(100_000):
        if number == 2_000:
            print("half", flush=True)
        yield entry(f"E{number}")

open_store(sys.argv[1]).save(records(), "import", "killed")
"""


def revisions(store):
    path = store.engine.url.database
    with closing(sqlite3.connect(path)) as db:
        return db.execute(
            "SELECT seq, kind, id, revision, who, why, document FROM revisions ORDER BY seq"
        ).fetchall()


def finished(*running):
    """Wait for processes, fail with what they said, and return what they printed."""
    printed = []
    for process in running:
        out, err = process.communicate(timeout=180)
        assert process.returncode == 0, err
        printed.append(out.strip())
    return printed


def test_what_is_saved_is_read_again_letter_for_letter(store):
    one = entry("A", located(candidate(name="청진")), extra={"camera": "{{7*191}}"})
    report = Report(id="R", title="T", url="https://example.org")
    assert store.save([report, one], "me", "why") == 2
    assert store.entries(["A"]) == {"A": one}
    assert store.reports() == {"R": report}
    assert list(store.since(0)) == [(2, one)]


def test_a_revision_says_who_why_and_its_number(store):
    store.save([entry("A")], "ann", "first")
    store.save([entry("A", title="better"), entry("B")], "bob", "second")
    assert [row[1:6] for row in revisions(store)] == [
        ("entry", "A", 1, "ann", "first"),
        ("entry", "A", 2, "bob", "second"),
        ("entry", "B", 1, "bob", "second"),
    ]


def test_saving_never_changes_or_drops_an_older_revision(store):
    store.save([entry("A")], "ann", "first")
    before = revisions(store)
    for number in range(3):
        store.save([entry("A", title=str(number)), Report(id="A", title="R")], "bob", "again")
        after = revisions(store)
        assert after[: len(before)] == before
        before = after
    assert store.entries(["A"])["A"].title == "2"


def test_upon_a_revision_nothing_is_saved_where_a_record_has_changed_since(store):
    store.save([entry("A"), entry("B")], "ann", "first")
    seen = store.history("A")[-1].seq
    store.save([entry("B", title="other")], "bob", "another entry")
    assert store.save([entry("A", title="mine")], "ann", "edited", upon=seen) == 1
    before = revisions(store)
    assert store.save([entry("C"), entry("A", title="late")], "cleo", "edited", upon=seen) == 0
    assert revisions(store) == before
    assert store.save([Report(id="A", title="R")], "ann", "another kind", upon=seen) == 1


def test_an_entry_and_a_report_may_have_one_id(store):
    store.save([entry("A"), Report(id="A", title="R")], "me", "why")
    assert store.entries(["A"])["A"].title == "Title of A"
    assert store.reports()["A"].title == "R"


def test_two_versions_of_an_entry_in_one_save_are_two_revisions(store):
    assert store.save([entry("A", title="old"), entry("A", title="new")], "me", "why") == 2
    assert store.entries(["A"])["A"].title == "new"
    assert [row[3] for row in revisions(store)] == [1, 2]


def test_unknown_ids_are_left_out(store):
    store.save([entry("A")], "me", "why")
    store.save([entry("B")], "test", "another")
    assert set(store.entries(["A", "Z", "'; DROP TABLE revisions; --"])) == {"A"}
    assert store.entries([]) == {}


def test_more_entries_than_one_statement_takes_are_saved_and_read(store):
    many = [entry(f"E{number}") for number in range(1_203)]
    assert store.save(many, "me", "why") == 1_203
    assert store.entries([one.id for one in many]) == {one.id: one for one in many}
    assert [one for _, one in store.since(0)] == many


def test_since_gives_each_entry_once_with_its_newest_revision_in_the_order_of_import(store):
    store.save([entry("A"), entry("B")], "me", "why")
    seen = store.head()[0]
    assert list(store.since(seen)) == []
    store.save([entry("A", title="2")], "me", "why")
    store.save([entry("A", title="3"), Report(id="R", title="T")], "me", "why")
    assert [one.title for _, one in store.since(seen)] == ["3"]
    assert [one.id for _, one in store.since(0)] == ["A", "B"]


def test_a_save_that_breaks_off_saves_nothing(store):
    def broken():
        yield from (entry(f"E{number}") for number in range(1_500))
        raise InputError("stop")

    with pytest.raises(InputError):
        store.save(broken(), "me", "why")
    assert revisions(store) == []
    assert store.save([entry("A")], "me", "why") == 1


def test_the_head_is_nothing_in_a_new_store_and_moves_with_each_save(store):
    heads = [store.head()]
    for number in range(3):
        store.save([entry(f"E{number}")], "me", "why")
        heads.append(store.head())
    assert heads[0] == (0, "")
    assert [seq for seq, _ in heads] == [0, 1, 2, 3]
    assert [store.head(seq) for seq in range(4)] == heads
    assert store.head(99) == (0, "")


def test_two_stores_that_grew_apart_have_different_marks(new_store, tmp_path, monkeypatch):
    class Frozen(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 1, 1, tzinfo=tz)

    monkeypatch.setattr(record.dt, "datetime", Frozen)
    new_store("one.sqlite").engine.dispose()
    shutil.copy(tmp_path / "one.sqlite", tmp_path / "two.sqlite")
    one, two = new_store("one.sqlite"), new_store("two.sqlite")
    one.save([entry("A", title="one")], "me", "why")
    two.save([entry("A", title="two")], "me", "why")
    assert one.identity == two.identity
    assert one.head() != two.head()


def test_two_new_stores_have_identities_of_their_own_that_stay(new_store):
    one, two = new_store("one.sqlite"), new_store("two.sqlite")
    assert one.identity != two.identity
    assert new_store("one.sqlite").identity == one.identity


def test_a_first_fill_happens_once(new_store, geocoder):
    store = new_store()
    assert fill_if_new(store, geocoder) is True
    before = revisions(store)
    assert len(before) == 9 + 2
    assert fill_if_new(store, geocoder) is False
    assert fill_if_new(new_store(), geocoder) is False
    assert revisions(store) == before


def test_a_store_that_is_wanted_empty_stays_empty(store, geocoder):
    leave_empty(store)
    assert fill_if_new(store, geocoder) is False
    assert revisions(store) == []


def test_two_processes_that_fill_a_new_store_fill_it_once(cache, new_store, tmp_path):
    new_store()
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    said = finished(*(python("-c", FILLER, cache, url) for _ in range(2)))
    assert sorted(said) == ["False", "True"]
    assert len(revisions(new_store())) == 9 + 2


def test_two_processes_that_write_at_once_lose_nothing(new_store, tmp_path):
    store = new_store()
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    finished(*(python("-c", WRITER, name, url) for name in "ab"))
    rows = revisions(store)
    assert {row[2] for row in rows} == {"shared"} | {f"{n}-{i}" for n in "ab" for i in range(25)}
    assert [row[3] for row in rows if row[2] == "shared"] == list(range(1, 51))


def test_processes_that_begin_one_store_at_once_all_get_the_same(tmp_path):
    start = time.time() + 2.5
    said = finished(*(python("-c", OPENER, tmp_path, start) for _ in range(3)))
    assert len(set(said)) == 1
    assert len(said[0].split()) == 20


def test_a_reader_sees_whole_saves_while_another_writes(new_store):
    reader, writer = new_store(), new_store()
    failed = []

    def write():
        try:
            for number in range(30):
                writer.save([entry(f"E{number}-{part}") for part in range(20)], "me", "why")
        except GeoError as error:
            failed.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    counts = []
    while thread.is_alive():
        counts.append(len(list(reader.since(0))))
    thread.join()
    assert failed == []
    assert all(count % 20 == 0 for count in counts)
    assert len(list(reader.since(0))) == 600


def test_a_process_killed_in_the_middle_of_an_import_leaves_all_or_nothing(new_store, tmp_path):
    store = new_store()
    store.save([entry("before")], "me", "why")
    running = python("-c", IMPORTER, f"sqlite:///{tmp_path / 'store.sqlite'}")
    assert running.stdout.readline().strip() == "half"
    os.kill(running.pid, signal.SIGKILL)
    running.communicate(timeout=60)
    again = new_store()
    assert [row[2] for row in revisions(again)] == ["before"]
    assert again.save([entry("after")], "me", "why") == 1


def refused(path, match):
    """Check that opening tells one sentence and leaves the file as it is; return the sentence."""
    before = path.read_bytes()
    with pytest.raises(StoreError, match=match) as told:
        list(open_store(f"sqlite:///{path}").since(0))
    assert path.read_bytes() == before
    said = str(told.value)
    assert str(path) in said
    assert "\n" not in said
    assert len(said) < 400
    return said


def test_a_text_file_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("my notes\n" * 100)
    refused(path, "is not a store of Glimpse, and it was left as it is; set GEO_STORE")


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path, mode):
    path = tmp_path / "music.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA journal_mode={mode}")
        db.execute("CREATE TABLE song (name TEXT)")
        db.commit()
    refused(path, "is not a store of Glimpse, and it was left as it is; set GEO_STORE")


def test_a_database_of_another_program_with_alembic_is_refused(tmp_path):
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE alembic_version (version_num); CREATE TABLE song (name);")
    refused(path, "is not a store of Glimpse, and it was left as it is")


def test_an_empty_file_is_refused_since_entries_may_have_been_there(tmp_path):
    path = tmp_path / "empty.sqlite"
    path.touch()
    refused(path, "empty file. If entries were there, restore a backup; to begin anew, delete")


@pytest.fixture
def closed(new_store, tmp_path):
    """Return the path of a closed store with 200 entries, and nothing beside the file."""
    store = new_store("closed.sqlite")
    store.save([entry(f"E{number}", description="x" * 900) for number in range(200)], "me", "why")
    store.engine.dispose()
    path = tmp_path / "closed.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not path.with_name("closed.sqlite-wal").exists()
    return path


def overwritten(whole, byte, share=0.5):
    start = int(len(whole) * share) // 4_096 * 4_096
    return whole[:start] + byte * 40_960 + whole[start + 40_960 :]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: overwritten(whole, b"\xff"),
        lambda whole: overwritten(whole, b"\0"),
        lambda whole: overwritten(whole, b"junk"),
        lambda whole: whole.replace(b'"title"', b'"t\xff\xfele"', 50),
        lambda whole: whole.replace(b'"title"', b"*******", 50),
        lambda whole: whole[:100] + b"\xff" * 4_096 + whole[4_196:],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:4_096],
        lambda whole: whole[:50],
    ],
    ids=["ff in the middle", "0 in the middle", "junk in the middle", "no UTF-8", "no JSON",
         "no schema", "half", "a page", "half a header"],
)  # fmt: skip
def test_a_damaged_store_is_told_and_left_as_it_is(closed, spoil):
    whole = spoil(closed.read_bytes())
    assert whole != closed.read_bytes()
    closed.write_bytes(whole)
    refused(closed, "damaged; keep the file, and restore a backup")


def test_a_store_of_a_newer_program_is_refused_and_left_as_it_is(closed):
    with closing(sqlite3.connect(closed)) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    said = refused(closed, "was written by a newer Glimpse; update this one to open it")
    assert "sqlite:///" not in said


def test_a_missing_folder_is_made_for_its_owner_alone(new_store, tmp_path):
    store = new_store("a/b/c.sqlite")
    assert store.save([entry("A")], "me", "why") == 1
    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0
    assert (tmp_path / "a" / "b" / "c.sqlite").stat().st_mode & 0o077 == 0


def test_a_path_below_a_file_is_told_with_the_way_out(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="free the way to it, or set GEO_STORE"):
        open_store(f"sqlite:///{tmp_path}/file/store.sqlite")
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "mysql://me@host/db", "sqlite://", "sqlite:///", "/a/path", "sqlite:///:memory:",
     "oracle+nothing://x", "postgresql+nothing://x/y"],
)  # fmt: skip
def test_what_is_no_address_of_a_store_is_told_with_an_example(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="write sqlite:///PATH"):
        open_store(address)
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_does_not_answer_is_told_without_its_password():
    with pytest.raises(GeoError) as told:
        open_store("postgresql+psycopg://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(told.value)


def test_a_store_held_by_another_program_is_told(new_store, tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "_WAIT_S", 0.1)
    store = new_store()
    with closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="busy with another program; try again"):
            store.save([entry("A")], "me", "why")
    assert store.save([entry("A")], "me", "why") == 1


def test_a_store_deleted_by_hand_while_it_is_open_is_told(new_store, tmp_path):
    store = new_store("folder/store.sqlite")
    store.engine.dispose()
    shutil.rmtree(tmp_path / "folder")
    with pytest.raises(StoreError, match="cannot be written to"):
        store.save([entry("A")], "me", "why")


def test_the_default_store_is_the_one_that_is_set_or_lies_in_the_users_folder(
    monkeypatch, tmp_path
):
    monkeypatch.setenv("GEO_STORE", "sqlite:////x/y.sqlite")
    assert default_url() == "sqlite:////x/y.sqlite"
    monkeypatch.delenv("GEO_STORE")
    assert default_url() == f"sqlite:///{tmp_path / 'data' / 'glimpse' / 'glimpse.sqlite'}"
    assert str(ROOT) not in default_url()


def test_a_path_with_odd_letters_is_a_path(new_store, tmp_path):
    new_store("100% 한글 &.sqlite").save([entry("A")], "me", "why")
    assert new_store("100% 한글 &.sqlite").head()[0] == 1


def test_the_history_of_an_entry_holds_every_revision_with_who_when_and_why(store):
    store.save([entry("A"), entry("B")], "import", "imported")
    store.save([entry("A", title="T2")], "ann", "mended")
    first, second = store.history("A")
    assert (first.revision, first.who, first.why) == (1, "import", "imported")
    assert (second.revision, second.who, second.entry.title) == (2, "ann", "T2")
    assert second.seq == store.head()[0]
    assert second.at.tzinfo is not None
    assert store.history("nobody") == []


def test_undo_puts_back_what_stood_before_as_a_new_revision(store):
    store.save([entry("A")], "import", "")
    store.save([entry("A", title="T2")], "ann", "")
    seq = store.head()[0]
    assert store.undo([seq], "bob") == 1
    assert store.entries(["A"])["A"] == entry("A")
    last = store.history("A")[-1]
    assert (last.revision, last.who, last.why) == (3, "bob", f"undone: revision {seq}")
    store.undo([last.seq], "bob")
    assert store.entries(["A"])["A"].title == "T2"


def test_undo_is_refused_where_the_entry_has_changed_since_and_then_changes_nothing(store):
    store.save([entry("A"), entry("B")], "import", "")
    store.save([entry("A", title="A2"), entry("B", title="B2")], "ann", "")
    both = store.saved_with(store.head()[0])
    store.save([entry("B", title="B3")], "bob", "")
    head = store.head()
    with pytest.raises(InputError, match="Entry B has changed since"):
        store.undo(both, "ann")
    assert store.head() == head
    store.save([entry("C")], "ann", "")
    head = store.head()
    with pytest.raises(InputError, match="the first of entry C"):
        store.undo([head[0]], "ann")
    with pytest.raises(InputError, match="no revision 99"):
        store.undo([99], "ann")
    assert store.head() == head


def test_what_was_saved_in_one_go_is_undone_in_one_go(store):
    many = [entry(f"E{number}") for number in range(1_200)]
    store.save([*many, Report(id="r", title="R")], "import", "")
    store.save([one.model_copy(update={"title": "new"}) for one in many], "ann", "again")
    store.save([entry("other")], "ann", "later")
    seqs = store.saved_with(1_500)
    assert len(seqs) == 1_200
    assert store.undo(seqs, "ann") == 1_200
    assert {one.title for one in store.entries([one.id for one in many]).values()} == {
        one.title for one in many
    }
    assert store.saved_with(10**6) == []
