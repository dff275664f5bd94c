"""The command that changes many entries at once."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator

from geo import bulk, store
from geo.bulk import Change, Preview
from geo.commands.frame import counting, open_index, open_places
from geo.entry import Level, Visibility
from geo.errors import InputError
from geo.filters import Filters


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes: which entries, what becomes of them, and whether to save it."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--id", action="append", metavar="ID", help="an entry; may be repeated")
    which.add_argument("--filters", metavar="QUERYSTRING", help="all that pass, as in the address")
    parser.add_argument("--category", metavar="TEXT", help="the new category; '' for none")
    parser.add_argument("--add-tag", action="append", default=[], metavar="TAG")
    parser.add_argument("--remove-tag", action="append", default=[], metavar="TAG")
    parser.add_argument("--verification", choices=[level.value for level in Level])
    parser.add_argument("--by", default="", metavar="NAME", help="whose judgement it is")
    parser.add_argument("--at", default="", metavar="DATE", help="when it was judged (EDTF)")
    parser.add_argument("--method", default="", metavar="TEXT", help="how it was judged")
    parser.add_argument("--note", default="", metavar="TEXT", help="a note on the judgement")
    parser.add_argument("--proof", default="", metavar="URL", help="where it can be checked")
    parser.add_argument("--visibility", choices=[one.value for one in Visibility])
    parser.add_argument("--apply", action="store_true", help="save it, a revision for each entry")


def edit_entries(asked: argparse.Namespace) -> None:
    """Say what the change would do to the entries, and do it when asked to."""
    change = _change(asked)
    opened = store.open_store(asked.store or store.default_url())
    ids = list(dict.fromkeys(asked.id)) if asked.id else _passing(opened, asked.filters)
    with counting("entries") as progress:
        seen = bulk.preview(opened, ids, change, progress)
    for line in _told(seen):
        print(line)
    if not asked.apply or not seen.seen:
        print("Nothing was changed.", file=sys.stderr)
        return
    with counting("entries") as progress:
        done = bulk.apply(opened, seen, getpass.getuser(), progress)
    for left in done.left:
        print(f"Left as it is: {left}; somebody changed it meanwhile.", file=sys.stderr)
    back = f"; python -m geo undo {done.last} --whole-save puts them back" if done.count else ""
    print(f"{done.count} entries changed{back}.", file=sys.stderr)


def _change(asked: argparse.Namespace) -> Change:
    judged = {name: getattr(asked, name) for name in ("by", "at", "method", "note", "proof")}
    if not asked.verification and any(judged.values()):
        raise InputError("A judgement needs its level; name it with --verification.")
    change = Change.asked(
        category=asked.category, add=asked.add_tag, remove=asked.remove_tag,
        verification={"level": asked.verification, **judged} if asked.verification else None,
        visibility=asked.visibility,
    )  # fmt: skip
    if change.empty:
        raise InputError("Nothing is asked for; name a change, as --category or --add-tag.")
    return change


def _passing(opened: store.Store, query: str) -> list[str]:
    index = open_index(opened, open_places())
    return index.page(Filters.from_query(query), max(1, index.size))[0]


def _told(seen: Preview) -> Iterator[str]:
    """Yield what the change would do, in English."""
    yield f"{len(seen.seen)} entries: {seen.change}"
    for name, values in seen.replaced.items():
        old = ", ".join(f"{value or 'none'} ({number})" for value, number in values.items())
        yield f"  {name} until now: {old}"
    yield f"{seen.already} are so already"
    if seen.unknown:
        yield f"{seen.unknown} are not in the store"
