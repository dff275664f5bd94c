"""`python -m geo brief`: what there is, what comes in, and what is handed over."""

import json

import pytest
from briefings import shipped

from geo.__main__ import main
from geo.briefing import files

NAME = "what-two-reports-show"


@pytest.fixture
def geo(cache, capsys):
    """Return what runs a command on a new store: exit code, output, messages."""

    def run(*arguments):
        code = main([*map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_new_store_lists_the_shipped_briefing(geo):
    code, out, _ = geo("brief", "--list")
    assert (code, out) == (0, f"{NAME}\t6 steps\tWhat two reports show, and where\n")


def test_json_goes_out_and_comes_in_under_a_name_of_its_own(geo, tmp_path):
    out = tmp_path / "b.json"
    assert geo("brief", NAME, "--to", out)[0] == 0
    assert files.read(out.read_bytes()) == shipped()
    assert "Took in what-two-reports-show-and-where: 6 steps." in geo("brief", "--take", out)[2]
    assert len(geo("brief", "--list")[1].splitlines()) == 2


def test_what_is_written_says_its_mark(geo, tmp_path):
    said = geo("brief", NAME, "--to", tmp_path / "b.storymap.json")[2]
    assert "9 screens, 9 entries" in said
    assert "SHA-256 of the data: " in said


def test_notes_are_left_out_when_asked(geo, tmp_path):
    out = tmp_path / "b.json"
    geo("brief", NAME, "--to", out, "--no-notes")
    assert not any(
        step["notes"] for step in json.loads(out.read_text("utf-8"))["briefing"]["steps"]
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nope", "--to", "x.html"), "no briefing “nope”"),
        (("--to", "x.html"), "no briefing “”"),
        ((NAME, "--to", "x.doc"), "names no format"),
        ((NAME, "--to", ".pdf"), "names no format"),
        ((NAME, "--to", "no/such/folder/x.json"), "cannot be written"),
        (("--take", "nope.json"), "cannot be read"),
    ],
)
def test_mistakes_get_a_sentence_and_leave_no_file(geo, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    code, _, err = geo("brief", *arguments)
    assert code == 1
    assert said in err
    assert {path for path in tmp_path.iterdir() if path.is_file()} == {
        path for path in before if path.is_file()
    }


@pytest.mark.parametrize("size", ["10x10", "x", "5000x100", "1280", "1e3x500"])
def test_a_size_that_nothing_can_be_drawn_in_is_wrong_usage(geo, size):
    with pytest.raises(SystemExit) as ended:
        geo("brief", NAME, "--to", "x.png", "--size", size)
    assert ended.value.code == 2


def test_a_file_that_is_no_briefing_is_not_taken_in(geo, tmp_path):
    (tmp_path / "x.json").write_text("{}")
    code, _, err = geo("brief", "--take", tmp_path / "x.json")
    assert (code, "no briefing" in err) == (1, True)
    assert len(geo("brief", "--list")[1].splitlines()) == 1
