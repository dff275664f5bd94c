"""Commands about places: names to candidates, again, and gazetteers of one's own."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import Any

from geo import again, formats, intake, interest, store
from geo.commands.frame import (
    counting,
    of_interest,
    open_index,
    open_places,
    open_record,
    print_json,
)
from geo.gazetteer import Gazetteer, addition, own
from geo.gazetteer.refusals import Refusals
from geo.geocode import Answer, batch, offline
from geo.index import Index


def geocode_names(asked: argparse.Namespace) -> None:
    """Print candidates and a decision for each name."""
    if not asked.names and not asked.file:
        asked.parser.error("name a locality, or a file of them with --file")
    names = [*asked.names, *(formats.lines(asked.file) if asked.file else [])]
    gazetteer = open_places()
    known = interest.codes(asked.near or [])
    near = known or interest.countries(_standing_index(asked, gazetteer))
    report = "\n".join(formats.lines(asked.report_text)) if asked.report_text else ""
    answers = batch(offline(gazetteer, interest=near, report=report), names)
    if asked.json:
        print_json([_plain(one) for one in answers])
        return
    for one in answers:
        if asked.jsonl:
            print(json.dumps(_plain(one), ensure_ascii=False))
        else:
            _tell(one)


def _standing_index(asked: argparse.Namespace, gazetteer: Gazetteer) -> Index | None:
    """Return the index of the store if there is one already; asking for a name makes none."""
    address = asked.store or store.default_url()
    if not store.whereabouts(address):
        return None
    return open_index(store.open_store(address), gazetteer)


def _tell(one: Answer) -> None:
    print(f"{one.locality}: {one.decision.outcome.value}. {one.decision.reason}")
    for candidate in one.candidates:
        chosen = "*" if candidate.place_id == one.chosen else " "
        native = f" {candidate.native}" if candidate.native else ""
        print(
            f" {chosen} {candidate.confidence:.2f} {candidate.name}{native},"
            f" {candidate.region or '?'}  {candidate.lat:.2f}, {candidate.lon:.2f}"
            f" ± {candidate.uncertainty_m / 1000:g} km ({candidate.precision.value}),"
            f" {candidate.provenance.provider} {candidate.place_id}"
        )


def _plain(one: Answer) -> dict[str, Any]:
    return {
        "locality": one.locality,
        "decision": one.decision.outcome.value,
        "reason": one.decision.reason,
        "chosen": one.chosen,
        "candidates": [
            candidate.model_dump(mode="json", exclude={"confidence", "provenance"})
            | {
                "precision": candidate.precision.value,
                "confidence": candidate.confidence,
                "match": candidate.provenance.match.value,
                "chosen": candidate.place_id == one.chosen,
                "provenance": candidate.provenance.model_dump(mode="json"),
            }
            for candidate in one.candidates
        ],
    }


def geocode_again(asked: argparse.Namespace) -> None:
    """Print what today's place index would answer otherwise; save it where that is asked."""
    gazetteer = open_places()
    opened = open_record(asked, gazetteer)
    entries = (entry for _, entry in opened.since(0))
    asks = intake.by_report(of_interest(opened, gazetteer), entries)
    with counting("entries") as progress:
        found = list(again.differences((one for _, one in opened.since(0)), asks, progress))
    if asked.json:
        print_json([one.plain() for one in found])
    else:
        for one in found:
            print(one)
    if not asked.apply or all(one.kept for one in found):
        print(f"{len(found)} differences; nothing was changed.", file=sys.stderr)
        return
    with counting("entries") as progress:
        who = getpass.getuser()
        count = again.apply(opened, asks, gazetteer.edition, who=who, progress=progress)
    back = f"python -m geo undo {opened.head()[0]} --whole-save"
    print(f"{count} entries changed; {back} puts them back.", file=sys.stderr)


def own_gazetteers(asked: argparse.Namespace) -> None:
    """Add, list or remove a gazetteer of the user's own."""
    if asked.action == "list":
        _list_own(own.added(own.own_folder()), as_json=asked.json)
    elif not asked.target:
        asked.parser.error(f"name the {'file' if asked.action == 'add' else 'gazetteer'}")
    elif asked.action == "add":
        _add_own(asked)
    else:
        own.remove(own.own_folder(), asked.target)
        print(f"Removed “{asked.target}”.", file=sys.stderr)


def _list_own(added: list[own.About], *, as_json: bool) -> None:
    if as_json:
        print_json([about.plain() for about in added])
        return
    for about in added:
        print(
            f"{about.name}: {about.rows:,} places, added {about.added_at}, {about.kind},"
            f" {about.licence}, version {about.version}"
        )


def _add_own(asked: argparse.Namespace) -> None:
    wish = addition.Wish(asked.name, asked.licence, asked.uncertainty)
    with Refusals(asked.report) as refusals, counting("rows") as progress:
        told = addition.add(
            own.own_folder(), Path(asked.target), wish, lambda: open_places().nearby(),
            refused=refusals.take, progress=progress,
        )  # fmt: skip
    print_json(told.plain())
