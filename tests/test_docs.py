"""What the README says is what the program does."""

import re

import pytest
from conftest import ROOT

from geo.__main__ import _parser, main

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHIPPED = {"requirements.txt", "requirements-dev.txt", "constraints.txt"}


def commands():
    """Return every command of the command line with the line of help it shows."""
    actions = next(a for a in _parser()._actions if a.choices and a.dest != "action")
    return {choice.dest: choice.help for choice in actions._choices_actions}


def named(file):
    """Return the packages of a requirements file, by their canonical names."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    names = (re.match(r"[\w.-]+", line) for line in lines if line and not line.startswith("#"))
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name}


def test_every_command_is_in_the_readme_and_has_a_line_of_help():
    for name, about in commands().items():
        assert f"| `{name} " in README, name
        assert f"python -m geo {name}" in README, name
        assert about, name


def test_every_option_of_the_readmes_commands_is_known(capsys):
    for line in re.findall(r"^\.venv/bin/python -m geo (.+)$", README, re.MULTILINE):
        command, *rest = line.split()
        options = re.findall(r"--[a-z-]+", " ".join(rest))
        with pytest.raises(SystemExit):
            main([command, "--help"])
        told = capsys.readouterr().out
        assert all(option in told for option in options), line


def test_the_plain_lines_install_what_make_installs():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for file in ("requirements.txt", "requirements-dev.txt"):
        assert f"pip install -r {file} -c constraints.txt" in README
        assert re.search(rf"pip install --quiet -r {file} -c constraints.txt", makefile)
    for step in ("ruff check .", "ruff format --check .", "mypy --strict geo", "tests/programs.sh"):
        assert step in README
        assert step in makefile


def test_every_direct_requirement_has_a_reason_and_a_pin():
    pinned = named("constraints.txt")
    for file in ("requirements.txt", "requirements-dev.txt"):
        assert named(file) <= pinned
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all("#" in line for line in lines if line)


@pytest.mark.parametrize("file", sorted(SHIPPED))
def test_no_requirement_names_an_address(file):
    assert "://" not in (ROOT / file).read_text(encoding="utf-8")


def test_every_variable_that_is_read_is_in_the_readme():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "geo").rglob("*.py"))
    for name in set(re.findall(r"environ\.get\(\"(\w+)\"\)", code)):
        assert name in README


def test_every_picture_and_file_that_the_readme_names_is_there():
    paths = re.findall(r"\]\((?!http)([^)]+)\)|`((?:data|tests|geo|views)/[\w./]*)`", README)
    for path in filter(None, (one or other for one, other in paths)):
        assert (ROOT / path).exists(), path
