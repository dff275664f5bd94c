"""The command about briefings: listing them, taking one in, and handing one over as a file."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo import store
from geo.briefing import files
from geo.commands.frame import counting, open_places, open_record, pixels
from geo.errors import InputError
from geo.folders import cache_folder
from geo.gazetteer import Gazetteer
from geo.i18n import LANGUAGES
from geo.index import Index
from geo.steps import Briefing, named

if TYPE_CHECKING:
    from geo.briefing.screen import Deck


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a briefing, as --list names it")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help="list the briefings of the store")
    what.add_argument("--take", type=Path, metavar="FILE.json", help="take one in")
    what.add_argument("--to", type=Path, metavar="OUT", help=_ENDINGS)
    parser.add_argument("--language", choices=list(LANGUAGES), help="its own by default")
    parser.add_argument("--no-notes", action="store_true", help="leave out the speaker notes")
    parser.add_argument("--paper", choices=["A4", "Letter"], default="A4", help="for .pdf")
    parser.add_argument("--form", choices=["slides", "report"], default="slides", help="for .pdf")
    parser.add_argument("--step", default="", metavar="STEP", help="for .png: its name or number")
    parser.add_argument("--size", type=pixels, default=(1280, 720), metavar="WxH", help="for .png")


_ENDINGS = ".html .pptx .pdf .png .json .storymap.json"


def run(asked: argparse.Namespace) -> None:
    """List the briefings, take one in, or hand one over."""
    gazetteer = open_places()
    opened = open_record(asked, gazetteer)
    if asked.list:
        for name, (_, one) in sorted(opened.briefings().items()):
            if not one.deleted:
                print(f"{name}\t{len(one.steps)} steps\t{one.title}")
    elif asked.take:
        _take(opened, asked.take)
    else:
        _hand_over(opened, gazetteer, asked)


def _take(opened: store.Store, path: Path) -> None:
    try:
        briefing = files.read(path.read_bytes())
    except OSError as error:
        raise InputError(
            "The file {name} cannot be read ({problem}).", name=path,
            problem=error.strerror or error,
        ) from error  # fmt: skip
    taken = set(opened.briefings())
    if briefing.id in taken:
        briefing = briefing.model_copy(update={"id": named(briefing.title, taken)})
    opened.save([briefing], getpass.getuser(), f"taken in from {path.name}")
    print(f"Took in {briefing.id}: {len(briefing.steps)} steps.", file=sys.stderr)


def _hand_over(opened: store.Store, gazetteer: Gazetteer, asked: argparse.Namespace) -> None:
    from geo.briefing.handing import hand_over

    found = opened.briefing(asked.name or "")
    if found is None or found[1].deleted:
        raise InputError(
            "There is no briefing “{name}”; python -m geo brief --list names those there are.",
            name=asked.name or "",
        )
    deck = told(opened, gazetteer, found[1], asked.language or found[1].language)
    if asked.no_notes:
        deck = deck.without_notes()
    hand_over(
        asked.to, deck, paper_size=asked.paper, form=asked.form, step=asked.step, size=asked.size
    )  # fmt: skip
    print(f"Wrote {asked.to}: {len(deck.screens)} screens, {deck.size} entries.", file=sys.stderr)
    print(f"SHA-256 of the data: {deck.sha256}", file=sys.stderr)


def told(opened: store.Store, gazetteer: Gazetteer, briefing: Briefing, language: str) -> Deck:
    """Return the briefing put to the data of now, or of the day at which it was frozen."""
    from geo.briefing.telling import tell  # what draws takes time to load

    record = opened.past(briefing.frozen.seq) if briefing.frozen else opened
    index = Index(record, cache_folder(), gazetteer)
    with counting("entries") as progress:
        index.refresh(progress)
    at = dt.datetime.now(dt.UTC)
    if briefing.frozen:
        at = dt.datetime.fromisoformat(briefing.frozen.at)
    return tell(briefing, record, index, gazetteer, language=language, at=at)
