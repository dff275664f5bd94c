"""The command line: what scripts may rely on."""

import json
import re
import sqlite3
from contextlib import closing

import pytest
from conftest import ROOT, candidate, entry, located, python

from geo.__main__ import main
from geo.formats import write
from geo.store import open_store

COMMANDS = (
    "geocode", "import", "export", "stats", "history", "undo", "edit", "geocode-again", "synth",
    "gazetteer", "store",
)  # fmt: skip


@pytest.fixture
def run(cache, capfd):
    """Return a function that runs a command in this process: exit code, output, messages."""

    def run_here(*arguments):
        capfd.readouterr()
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as stopped:
            code = stopped.code
        out, err = capfd.readouterr()
        return code, out, err

    return run_here


def apart(*arguments):
    """Run a command in a process of its own: exit code, output, messages."""
    process = python("-m", "geo", *arguments)
    out, err = process.communicate(timeout=180)
    return process.returncode, out, err


def is_one_sentence(err):
    """Whether the messages are one line without a traceback."""
    line = err.strip()
    return bool(line) and "\n" not in line and "Traceback" not in line and line.endswith(".")


def test_geocode_answers_in_the_shape_that_is_promised(cache):
    code, out, err = apart("geocode", "Pyongyang", "라진", "Qqqzzz", "Springfield", "--json")
    assert (code, err) == (0, "")
    answers = json.loads(out)
    assert [one["locality"] for one in answers] == ["Pyongyang", "라진", "Qqqzzz", "Springfield"]
    assert [one["decision"] for one in answers] == ["accepted", "accepted", "none", "review"]
    for one in answers:
        assert set(one) == {"locality", "decision", "reason", "chosen", "candidates"}
        accepted = one["decision"] == "accepted"
        assert one["chosen"] == (one["candidates"][0]["place_id"] if accepted else None)
        assert one["reason"].endswith(".")
        for place in one["candidates"]:
            assert set(place) >= {
                "place_id", "name", "lat", "lon", "uncertainty_m", "precision", "country",
                "admin1", "confidence", "match", "provenance",
            }  # fmt: skip
            assert place["provenance"]["licence"]
            asked = place["provenance"]
            assert all(asked[name] for name in ("provider", "version", "query", "at"))
    chosen = [[place["chosen"] for place in one["candidates"]] for one in answers]
    assert chosen[0][0] is True
    assert not any(chosen[0][1:])
    assert not any(chosen[3])
    assert answers[1]["candidates"][0]["admin1"] == "KP-13"
    assert answers[2]["candidates"] == []


def test_geocode_for_people_names_place_region_and_uncertainty(run):
    code, out, err = run("geocode", "Rajin", "Qqqzzz")
    assert (code, err) == (0, "")
    assert re.search(r"\* 0\.97 Rajin 라진, KP-13 .* ± 5 km \(city\)", out)
    assert "Qqqzzz: none. No gazetteer knows this name." in out


def test_geocode_needs_no_store(run, tmp_path):
    assert run("geocode", "Rajin")[0] == 0
    assert not (tmp_path / "own").exists()


def test_stats_of_a_new_store_count_the_nine_shipped_entries(cache):
    code, out, err = apart("stats", "--json")
    assert code == 0
    assert err.strip() == "Began a new store with the shipped entries."
    stats = json.loads(out)
    assert stats.items() >= {
        "total": 9, "shown": 9, "certain": 7, "possible": 2, "unplaced": {}, "unverified": 9,
        "undated": 9, "reports": 2,
    }.items()  # fmt: skip
    assert stats["regions"] == {
        "KP-01": {"certain": 7, "possible": 0},
        "KP-09": {"certain": 0, "possible": 2},
        "KP-13": {"certain": 0, "possible": 2},
    }
    code, again, err = apart("stats", "--json")
    assert (code, json.loads(again), err) == (0, stats, "")


def test_a_new_store_is_filled_by_an_import_too(run, tmp_path):
    write(tmp_path / "one.csv", [{"id": "1", "title": "T", "locality": "Rajin"}])
    assert run("import", tmp_path / "one.csv")[0] == 0
    assert json.loads(run("stats", "--json")[1])["total"] == 10


@pytest.mark.parametrize(
    ("query", "shown"),
    [("region=KP-13", 2), ("?region=KP-13&lang=ko", 2), ("certainty=certain", 7),
     ("region=ZZ", 0), ("nonsense", 9), ("text=karaoke", 1)],
)  # fmt: skip
def test_stats_count_what_the_page_with_this_address_shows(run, query, shown):
    code, out, _ = run("stats", "--json", "--filters", query)
    stats = json.loads(out)
    assert (code, stats["total"], stats["shown"]) == (0, 9, shown)
    assert all(isinstance(stats[name], int) for name in ("certain", "possible", "unverified"))


def test_stats_for_people_say_filter_and_counts(run):
    _, out, _ = run("stats", "--filters", "region=KP-13")
    assert out.startswith("In Rason\n2 of 9 entries from 1 report\n")
    assert re.search(r"KP-13 +Rason: 0 certain, 2 possible", out)


def test_the_store_may_be_named_before_and_after_the_command(run, tmp_path):
    one, two = (f"sqlite:///{tmp_path / name}.sqlite" for name in ("one", "two"))
    assert run("--store", one, "store", "init", "--empty")[0] == 0
    assert run("store", "init", "--empty", "--store", two)[0] == 0
    for place in (["--store", one, "stats", "--json"], ["stats", "--json", "--store", two]):
        assert json.loads(run(*place)[1])["total"] == 0
    assert not (tmp_path / "own").exists()


def test_the_environment_names_the_store_unless_the_command_does(run, tmp_path, monkeypatch):
    monkeypatch.setenv("GEO_STORE", f"sqlite:///{tmp_path / 'env.sqlite'}")
    run("stats", "--store", f"sqlite:///{tmp_path / 'said.sqlite'}")
    assert (tmp_path / "said.sqlite").exists()
    assert not (tmp_path / "env.sqlite").exists()
    run("stats")
    assert (tmp_path / "env.sqlite").exists()


def test_a_store_begun_empty_stays_empty(run):
    assert run("store", "init", "--empty") == (0, "", "The store is ready, 0 revisions.\n")
    stats = json.loads(run("stats", "--json")[1])
    assert stats == {
        "total": 0, "shown": 0, "certain": 0, "inferred": 0, "possible": 0, "unplaced": {},
        "unverified": 0, "undated": 0, "reports": 0, "regions": {},
    }  # fmt: skip
    assert "0 of 0 entries" in run("stats")[1]


def test_an_import_may_be_tried_first(run, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Title,Place,Lat,Lon,Date\nTEST,Chongjin,41.7954,129.7758,3/4/2013\n")
    code, out, err = run("import", path, "--dry-run")
    seen = json.loads(out)
    assert code == 0
    assert (seen["new"], seen["placed"], seen["about"]["columns_guessed"]) == (1, 1, True)
    assert (seen["places"][0]["lat"], seen["places"][0]["row"]) == (41.7954, 2)
    assert "The columns are a guess" in err
    assert "Row 2, column Date: In “3/4/2013” nobody can tell day from month" in err
    assert json.loads(run("stats", "--json")[1])["total"] == 9


def test_a_mapping_that_was_printed_can_be_corrected_given_and_kept(run, tmp_path):
    path, columns = tmp_path / "file.csv", tmp_path / "columns.json"
    path.write_text("what,spot\nTEST,Rajin\n")
    columns.write_text('{"columns": {"what": "title", "spot": "locality"}}')
    assert run("import", path)[0] == 1
    code, out, err = run("import", path, "--mapping", columns, "--save-mapping")
    assert (code, json.loads(out)["new"]) == (0, 1)
    assert "The columns are remembered" in err
    code, out, err = run("import", path)
    assert (code, json.loads(out)["unchanged"], "guess" in err) == (0, 1, False)


def test_every_row_is_in_the_report_and_the_refused_ones_in_a_table(run, tmp_path):
    path, report, refused = (tmp_path / name for name in ("f.csv", "r.json", "refused.csv"))
    path.write_text(
        "id,title,locality,recorded\n1,A,Rajin,\n1,A,Rajin,\n2,=B,Rajin,soon\n3,C,Atlantis,\n"
    )
    code, _, err = run("import", path, "--report", report, "--rejected", refused)
    assert (code, "Traceback" in err) == (0, False)
    said = json.loads(report.read_text())
    assert [line["became"] for line in said["rows"]] == ["new", "duplicate", "rejected", "new"]
    assert (said["read"], said["rejections"], said["about"]["dialect"]) == (4, 1, "glimpse")
    lines = refused.read_text().splitlines()
    assert lines[0] == "row,column,reason,id,title,locality,recorded"
    assert lines[1].startswith("4,recorded,")
    assert lines[1].endswith(",2,'=B,Rajin,soon")
    assert len(lines) == 2


def test_only_the_first_twenty_rejections_are_printed(run, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("title,locality\n" + ",Rajin\n" * 50)
    _, out, err = run("import", path)
    assert len(json.loads(out)["rejected"]) == 50
    assert len(re.findall(r"^Row \d+, column title", err, re.MULTILINE)) == 20
    assert "50 rows were refused in all" in err


def test_how_a_file_was_read_is_told(run, tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes("title,locality\n시장 사람들,라진\n".encode("cp949"))
    _, _, err = run("import", path)
    assert "Read as Glimpse." in err
    assert "The encoding is a guess: cp949" in err


@pytest.mark.parametrize(
    ("options", "says"),
    [(["--dialect", "nonsense"], "is no dialect that is known"),
     (["--mapping", "{tmp}/none.json"], "check the path"),
     (["--encoding", "ascii"], "is not ascii in line 2"), (["--tab", "x"], "has no tab “x”"),
     (["--report", "{tmp}/none/r.json"], "check the path")],
)  # fmt: skip
def test_a_wrong_wish_is_one_sentence(run, tmp_path, options, says):
    path = tmp_path / "file.csv"
    path.write_text("title,locality\n시장,라진\n")
    run("store", "init", "--empty")
    code, _, err = run("import", path, *(one.format(tmp=tmp_path) for one in options))
    assert code == 1
    assert says in err
    assert is_one_sentence(err.strip().splitlines()[-1])


def test_an_import_reports_in_the_shape_that_is_promised(run, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("id,title,locality,recorded\n1,A,Rajin,\n1,A,Rajin,\n2,B,Rajin,soon\n")
    code, out, err = run("import", path)
    taken = json.loads(out)
    assert code == 0
    assert {name: taken[name] for name in ("read", "new", "changed", "unchanged", "duplicate")} == {
        "read": 3, "new": 1, "changed": 0, "unchanged": 0, "duplicate": 1
    }  # fmt: skip
    (rejected,) = taken["rejected"]
    assert set(rejected) == {"row", "column", "reason"}
    assert "Row 4, column recorded: “soon” is not a date" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["import", "{tmp}/none.csv"], "check the path"),
        (["import", "{tmp}"], "check the path"),
        (["stats", "--store", "nonsense"], "write sqlite:///PATH"),
        (["stats", "--store", "sqlite:///{tmp}/text"], "is not a store of Glimpse"),
        (["stats", "--store", "sqlite:///{tmp}/empty"], "empty file"),
        (["stats", "--store", "sqlite:///{tmp}/text/x"], "GEO_STORE"),
        (["stats", "--store", "postgresql+psycopg://me@127.0.0.1:1/x"], ""),
        (["synth", "3", "{tmp}/out.xlsx"], "must end in .csv or .parquet"),
        (["synth", "3", "{tmp}/none/out.csv"], "check the path"),
    ],
)
def test_a_problem_is_one_sentence_and_exit_1(run, tmp_path, arguments, says):
    (tmp_path / "text").write_text("my notes")
    (tmp_path / "empty").touch()
    run("store", "init", "--empty")
    code, out, err = run(*(one.format(tmp=tmp_path) for one in arguments))
    assert (code, out) == (1, "")
    assert is_one_sentence(err), err
    assert says in err
    assert (tmp_path / "text").read_text() == "my notes"


def test_a_cache_folder_that_cannot_be_written_to_is_one_sentence(run, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GEO_CACHE", str(tmp_path / "file" / "cache"))
    code, out, err = run("geocode", "Rajin")
    assert (code, out) == (1, "")
    assert is_one_sentence(err), err
    assert "GEO_CACHE" in err


def test_a_database_of_another_program_stays_as_it_is(run, tmp_path):
    path = tmp_path / "music.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE song (name)")
        db.commit()
    before = path.read_bytes()
    code, _, err = run("stats", "--store", f"sqlite:///{path}")
    assert (code, path.read_bytes()) == (1, before)
    assert is_one_sentence(err)


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["geocode"], ["import"], ["synth"], ["synth", "x", "out.csv"],
     ["synth", "-1", "out.csv"], ["stats", "--nonsense"], ["store", "drop"]],
)  # fmt: skip
def test_wrong_usage_is_exit_2_with_a_hint(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: python -m geo")
    assert "_whole" not in err


def test_every_command_has_one_line_of_help(run):
    code, out, _ = run("--help")
    assert code == 0
    for command in COMMANDS:
        assert re.search(rf"^ +{command}\s+\S.*[a-z]$", out, re.MULTILINE), command
        told = run(command, "--help")
        assert told[0] == 0
        assert "--store URL" in told[1]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_synthetic_entries_are_written_and_can_be_imported(run, tmp_path, suffix):
    out = tmp_path / f"out.{suffix}"
    assert run("synth", "50", out, "--seed", "3")[:2] == (0, "")
    assert run("synth", "50", tmp_path / f"again.{suffix}", "--seed", "3")[0] == 0
    assert out.read_bytes() == (tmp_path / f"again.{suffix}").read_bytes()
    assert json.loads(run("import", out)[1])["new"] == 50
    assert json.loads(run("import", out)[1])["unchanged"] == 50
    assert json.loads(run("stats", "--json")[1])["total"] == 59


def test_results_go_to_standard_output_and_progress_to_standard_error(cache, tmp_path):
    write(tmp_path / "one.csv", [{"id": "1", "title": "청진", "locality": "Rajin"}])
    code, out, err = apart("import", tmp_path / "one.csv")
    assert code == 0
    assert json.loads(out)["new"] == 1
    assert "{" not in err
    assert "Warning" not in err


def test_a_large_import_says_nothing_of_the_inside(cache, tmp_path):
    assert apart("synth", "600", tmp_path / "many.csv")[0] == 0
    assert apart("import", tmp_path / "many.csv")[0] == 0
    code, out, err = apart("stats", "--json")
    assert (code, json.loads(out)["total"]) == (0, 609)
    assert "Warning" not in err


def test_the_program_runs_from_any_folder(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr("conftest.ROOT", tmp_path)
    code, out, _ = apart("stats", "--json")
    assert (code, json.loads(out)["total"]) == (0, 9)


def test_geocode_reads_a_file_and_answers_a_line_each_in_its_order(run, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("청진\n\nNowhereville\nthe port city of Wonsan\n", encoding="utf-8")
    code, out, _ = run("geocode", "--file", str(names), "--jsonl")
    told = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one["locality"] for one in told] == [
        "청진", "Nowhereville", "the port city of Wonsan",
    ]  # fmt: skip
    assert [one["decision"] for one in told] == ["accepted", "none", "accepted"]


def test_another_country_can_be_of_interest(run):
    _, out, _ = run("geocode", "Springfield", "--near", "us", "--json")
    (told,) = json.loads(out)
    assert told["decision"] == "review"
    assert "Several places" in told["reason"]


def test_the_report_speaks_for_the_places_in_the_provinces_it_names(run, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("A clip from North Pyongan Province, near Kusong.", encoding="utf-8")
    _, alone, _ = run("geocode", "Unsan", "--json")
    _, out, _ = run("geocode", "Unsan", "--report-text", str(report), "--json")
    assert json.loads(alone)[0]["decision"] == "review"
    told = json.loads(out)[0]
    assert (told["decision"], told["candidates"][0]["admin1"]) == ("accepted", "KP-03")


def test_the_history_of_an_entry_is_its_ledger(run, tmp_path):
    sheet = tmp_path / "one.csv"
    sheet.write_text("id,title,locality\nR1,Trucks,Pyongyang\n")
    run("import", sheet)
    sheet.write_text("id,title,locality\nR1,Trucks and cars,Pyongyang\n")
    run("import", sheet)
    code, out, _ = run("history", "R1", "--json")
    ledger = json.loads(out)
    assert (code, ledger["id"], ledger["title"]) == (0, "R1", "Trucks and cars")
    assert [one["who"] for one in ledger["revisions"]] == ["import", "import"]
    (location,) = ledger["locations"]
    assert location["chosen"] == location["candidates"][0]["place_id"]
    assert location["changes"][0]["before"] is None
    assert location["changes"][0]["after"]["place"]["name"] == "Pyongyang"
    code, out, _ = run("history", "R1")
    assert "“Pyongyang” (filmed_at): Pyongyang, KP-01" in out
    assert "asked for “pyongyang”" in out
    code, out, err = run("history", "nobody")
    assert (code, out) == (1, "")
    assert is_one_sentence(err)


def test_undo_puts_back_what_stood_before_a_revision(run, tmp_path):
    sheet = tmp_path / "two.csv"
    sheet.write_text("id,title,locality\nR1,Trucks,Pyongyang\nR2,Cars,Chongjin\n")
    run("import", sheet)
    sheet.write_text("id,title,locality\nR1,Trucks,Rajin\nR2,Cars,Rajin\n")
    run("import", sheet)
    *_, newest = json.loads(run("history", "R2", "--json")[1])["revisions"]
    code, out, err = run("undo", newest["revision"], "--whole-save")
    assert (code, out) == (0, "")
    assert "Undone: 2 entries" in err
    for entry_id, words in (("R1", "Pyongyang"), ("R2", "Chongjin")):
        now, gone = json.loads(run("history", entry_id, "--json")[1])["locations"]
        assert (now["locality"], gone["locality"], gone["gone"]) == (words, "Rajin", True)
    code, _, err = run("undo", newest["revision"])
    assert code == 1
    assert "has changed since" in err
    assert is_one_sentence(err)


def test_many_entries_are_edited_only_when_asked_and_undone_in_one_go(run, tmp_path):
    run("store", "init", "--empty")
    opened = open_store(f"sqlite:///{tmp_path / 'own' / 'glimpse.sqlite'}")
    opened.save([entry(f"E{n}", category="military") for n in range(3)], "import", "")
    asked = ("edit", "--filters", "category=military", "--category", "nightlife", "--add-tag", "t")
    code, out, err = run(*asked)
    assert (code, err) == (0, "Nothing was changed.\n")
    assert "3 entries: category → nightlife; tag +t" in out
    assert "category until now: military (3)" in out
    assert opened.head()[0] == 3
    code, _, err = run(*asked, "--apply")
    assert "3 entries changed; python -m geo undo 6 --whole-save puts them back." in err
    assert {one.category for one in opened.entries(["E0", "E1", "E2"]).values()} == {"nightlife"}
    code, out, err = run("edit", "--id", "E1", "--id", "X", "--category", "nightlife", "--apply")
    assert "1 are so already" in out
    assert "1 are not in the store" in out
    assert err == "Nothing was changed.\n"
    assert "Undone: 3 entries" in run("undo", "6", "--whole-save")[2]
    assert {one.category for one in opened.entries(["E0", "E1", "E2"]).values()} == {"military"}
    opened.engine.dispose()


@pytest.mark.parametrize(
    "wrong", [(), ("--by", "me"), ("--verification", "geolocated"), ("--add-tag", "a;b")]
)
def test_an_edit_that_says_no_change_or_a_wrong_one_is_refused(run, wrong):
    run("store", "init", "--empty")
    code, out, err = run("edit", "--id", "E1", *wrong)
    assert (code, out) == (1, "")
    assert is_one_sentence(err)


def test_geocoding_again_says_the_differences_and_changes_them_only_when_asked(run, tmp_path):
    run("store", "init", "--empty")
    url = f"sqlite:///{tmp_path / 'own' / 'glimpse.sqlite'}"
    opened = open_store(url)
    moved = candidate("gl:kp-old", name="Pyongyang", lat=38.0)
    opened.save([entry(f"E{n}", located(moved)) for n in range(3)], "import", "")
    code, out, err = run("geocode-again", "--json")
    (one,) = json.loads(out)
    assert (code, one["locality"], one["locations"], one["kept"]) == (0, "Pyongyang", 3, False)
    assert one["km"] > 100
    assert one["after"]["place"]["name"] == "Pyongyang"
    assert "nothing was changed" in err
    assert opened.head()[0] == 3
    code, out, err = run("geocode-again", "--apply")
    assert "“Pyongyang” ×3: Pyongyang, KP-01 ± 5 km → Pyongyang, KP-01 ± " in out
    assert "3 entries changed; python -m geo undo 6 --whole-save puts them back." in err
    assert opened.history("E1")[-1].why.startswith("geocoded again with ")
    assert "Undone: 3 entries" in run("undo", "6", "--whole-save")[2]
    assert opened.entries(["E1"])["E1"] == entry("E1", located(moved))
    opened.engine.dispose()


def test_an_export_is_written_by_its_suffix_and_says_what_was_written(run, tmp_path):
    out = tmp_path / "some.geojson"
    code, said, err = run("export", out, "--filters", "region=KP-13&certainty=possible")
    assert (code, said) == (0, "")
    assert err.splitlines()[-1] == f"Wrote 2 entries to {out}."
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["entries"] == len(found["features"]) == 2
    assert found["filters"] == "In Rason · possibly here"
    assert found["filters_query"] == "region=KP-13&certainty=possible"


def test_an_export_says_how_many_entries_it_leaves_out_as_withheld(run, tmp_path):
    rows = [{"title": "seen", "locality": "Pyongyang"},
            {"title": "kept back", "locality": "Pyongyang", "visibility": "withheld"}]  # fmt: skip
    write(tmp_path / "rows.csv", rows)
    run("store", "init", "--empty")
    run("import", tmp_path / "rows.csv")
    _, _, err = run("export", tmp_path / "out.csv")
    assert err.splitlines()[-2:] == [
        f"Wrote 1 entry to {tmp_path / 'out.csv'}.",
        "Left out, as withheld: 1.",
    ]
    assert "kept back" not in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_a_row_that_was_changed_after_its_export_is_named_on_import(run, tmp_path):
    run("export", tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8")
    changed = text.replace('A1,"People walk in silent, orderly lines"', "A1,Better", 1)
    (tmp_path / "out.csv").write_text(changed, encoding="utf-8")
    _, said, err = run("import", tmp_path / "out.csv")
    assert json.loads(said) == {
        "read": 9, "new": 0, "changed": 1, "unchanged": 8, "duplicate": 0, "rejected": [],
    }  # fmt: skip
    assert "Row 2, column title: The cell was changed after the export;" in err
