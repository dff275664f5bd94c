"""The command line: `python -m geo COMMAND`. Results on standard output, talk on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geo import export, importing
from geo.commands import briefs, editing, files, pictures, places, record, texts
from geo.errors import GeoError
from geo.gazetteer.line import LARGEST_RADIUS_M

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 said what to do, 2 wrong usage."""
    asked = _parser().parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], None] = asked.command
        command(asked)
    except GeoError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader has seen enough
        sys.stderr.close()
    except KeyboardInterrupt:
        print("Stopped; nothing was changed.", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description=__doc__)
    parser.add_argument(
        "--store", default=None, metavar="URL", help="the store; GEO_STORE or the user's by default"
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    _naming(commands)
    _reading(commands)
    _moving(commands)
    _counting(commands)
    _drawing(commands)
    _telling(commands)
    _revising(commands)
    _own_command(commands)
    return parser


def _naming(commands: Commands) -> None:
    """Add the command that turns names into places."""
    one = _command(
        commands, "geocode", places.geocode_names, "turn names into candidates and a decision"
    )
    one.set_defaults(parser=one)
    one.add_argument("names", nargs="*", metavar="NAME")
    one.add_argument("--file", type=Path, metavar="NAMES.txt", help="a name a line")
    one.add_argument("--near", action="append", metavar="CC", help="a country of interest")
    one.add_argument("--report-text", type=Path, metavar="FILE", help="the report they stand in")
    one.add_argument("--json", action="store_true", help="print a list of answers as JSON")
    one.add_argument("--jsonl", action="store_true", help="print an answer a line as JSON")


def _reading(commands: Commands) -> None:
    """Add the commands that read articles."""
    one = _command(
        commands, "mentions", texts.tell_mentions, "find the places that a text speaks of"
    )
    one.add_argument("--jsonl", action="store_true", help='a text a line: {"id", "text"}')
    one.add_argument("file", type=Path, metavar="FILE")

    one = _command(commands, "draft", texts.draft_entries, "propose entries from an article")
    one.add_argument("file", type=Path, metavar="FILE")


def _moving(commands: Commands) -> None:
    """Add the commands that move entries in and out, and make some up."""
    one = _command(
        commands, "import", files.import_file, "take the entries of a file into the store"
    )
    importing.add_arguments(one)

    one = _command(
        commands, "export", files.export_file, "write the entries that pass the filters to a file"
    )
    one.add_argument("out", type=Path, metavar="OUT", help="; ".join(export.SUFFIXES))
    one.add_argument("--filters", default="", metavar="QUERYSTRING", help="as in the address")

    one = _command(
        commands, "synth", files.write_synthetic, "write N plainly marked synthetic entries"
    )
    one.add_argument("number", type=_whole, metavar="N")
    one.add_argument("out", type=Path, metavar="OUT.csv|.parquet")
    one.add_argument("--seed", type=int, default=0, help="the same seed gives the same file")


def _drawing(commands: Commands) -> None:
    """Add the command that draws the map."""
    one = _command(
        commands, "picture", pictures.run, "draw the entries that pass the filters as a map"
    )
    pictures.add_arguments(one)


def _counting(commands: Commands) -> None:
    """Add the commands about the store as a whole."""
    one = _command(
        commands, "stats", record.count, "count entries, as the page with this address does"
    )
    one.add_argument("--filters", default="", metavar="QUERYSTRING", help="as in the address")
    one.add_argument("--json", action="store_true", help="print the counts as JSON")

    one = _command(commands, "store", record.init_store, "make a new store")
    one.add_argument("action", choices=["init"])
    one.add_argument("--empty", action="store_true", help="without the shipped entries")


def _telling(commands: Commands) -> None:
    """Add the commands that show what there is to others."""
    one = _command(
        commands, "brief", briefs.run, "list briefings, take one in, or hand one over as a file"
    )
    briefs.add_arguments(one)


def _own_command(commands: Commands) -> None:
    one = _command(
        commands, "gazetteer", places.own_gazetteers, "add, list or remove a gazetteer of your own"
    )
    one.set_defaults(parser=one)
    one.add_argument("action", choices=["add", "list", "remove"])
    one.add_argument("target", nargs="?", metavar="FILE|NAME")
    one.add_argument("--name", default="", help="what it is called; the file's name by default")
    one.add_argument("--licence", default="", metavar="TEXT", help="the terms of the file")
    one.add_argument("--uncertainty", type=_metres, metavar="METRES", help="where none is stated")
    one.add_argument("--report", type=Path, metavar="OUT.json", help="every row that was refused")
    one.add_argument("--json", action="store_true", help="print the list as JSON")


def _revising(commands: Commands) -> None:
    """Add the commands that look at revisions, and make new ones of them."""
    one = _command(
        commands, "history", record.tell_history, "say how an entry's places came to stand there"
    )
    one.add_argument("id", metavar="ID")
    one.add_argument("--json", action="store_true", help="print the ledger as JSON")

    one = _command(
        commands,
        "undo",
        record.undo_revision,
        "put back what stood before a revision, as a new one",
    )
    one.add_argument("revision", type=_whole, metavar="REVISION", help="as `history` numbers it")
    one.add_argument("--whole-save", action="store_true", help="all that was saved with it")

    one = _command(
        commands, "edit", editing.edit_entries, "change many entries at once, undone in one go"
    )
    editing.add_arguments(one)

    one = _command(
        commands, "geocode-again", places.geocode_again, "compare with today's place index"
    )
    one.add_argument("--apply", action="store_true", help="save it, a revision for each entry")
    one.add_argument("--json", action="store_true", help="print the differences as JSON")


def _command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], None],
    about: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(command=run)
    parser.add_argument("--store", default=argparse.SUPPRESS, metavar="URL", help="the store")
    return parser


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number, 0 or more")
    return int(text)


def _metres(text: str) -> float:
    if not text.isdecimal() or not 0 < int(text) <= LARGEST_RADIUS_M:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of metres above 0")
    return float(text)


if __name__ == "__main__":
    sys.exit(main())
