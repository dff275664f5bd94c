"""The command line: `python -m geo COMMAND`. Results on standard output, talk on standard error."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from tqdm import tqdm

from geo import formats, importing, intake, store, synth
from geo.errors import GeoError
from geo.filters import Filters
from geo.folders import cache_folder
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geocode import COUNTRIES_OF_INTEREST, Answer, answer, offline
from geo.i18n import translator
from geo.index import Index, Stats


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

    one = _command(commands, "geocode", _geocode, "turn names into candidates and a decision")
    one.set_defaults(parser=one)
    one.add_argument("names", nargs="*", metavar="NAME")
    one.add_argument("--file", type=Path, metavar="NAMES.txt", help="a name a line")
    one.add_argument("--near", action="append", metavar="CC", help="a country of interest")
    one.add_argument("--report-text", type=Path, metavar="FILE", help="the report they stand in")
    one.add_argument("--json", action="store_true", help="print a list of answers as JSON")
    one.add_argument("--jsonl", action="store_true", help="print an answer a line as JSON")

    one = _command(commands, "import", _import, "take the entries of a file into the store")
    importing.add_arguments(one)

    one = _command(commands, "stats", _stats, "count entries, as the page with this address does")
    one.add_argument("--filters", default="", metavar="QUERYSTRING", help="as in the address")
    one.add_argument("--json", action="store_true", help="print the counts as JSON")

    one = _command(commands, "synth", _synth, "write N plainly marked synthetic entries")
    one.add_argument("number", type=_whole, metavar="N")
    one.add_argument("out", type=Path, metavar="OUT.csv|.parquet")
    one.add_argument("--seed", type=int, default=0, help="the same seed gives the same file")

    one = _command(commands, "store", _init, "make a new store")
    one.add_argument("action", choices=["init"])
    one.add_argument("--empty", action="store_true", help="without the shipped entries")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
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
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of entries, 0 or more")
    return int(text)


def _geocode(asked: argparse.Namespace) -> None:
    if not asked.names and not asked.file:
        asked.parser.error("name a locality, or a file of them with --file")
    names = [*asked.names, *(formats.lines(asked.file) if asked.file else [])]
    interest = tuple(code.upper() for code in asked.near or COUNTRIES_OF_INTEREST)
    report = "\n".join(formats.lines(asked.report_text)) if asked.report_text else ""
    geocoder = offline(_gazetteer(), interest=interest, report=report)
    answers = (answer(geocoder, name, interest) for name in names)
    if asked.json:
        _print_json([_plain(one) for one in answers])
        return
    for one in answers:
        if asked.jsonl:
            print(json.dumps(_plain(one), ensure_ascii=False))
        else:
            _tell(one)


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
        "candidates": [
            candidate.model_dump(mode="json", exclude={"confidence", "provenance"})
            | {
                "precision": candidate.precision.value,
                "confidence": candidate.confidence,
                "match": candidate.provenance.match.value,
                "provenance": candidate.provenance.model_dump(mode="json"),
            }
            for candidate in one.candidates
        ],
    }


def _import(asked: argparse.Namespace) -> None:
    gazetteer = _gazetteer()
    opened = _store(asked, gazetteer)
    with _counting("rows") as progress:
        importing.run(asked, opened, offline(gazetteer), progress)


def _stats(asked: argparse.Namespace) -> None:
    gazetteer = _gazetteer()
    index = Index(_store(asked, gazetteer), cache_folder())
    with _counting("entries") as progress:
        index.refresh(progress)
    filters = Filters.from_query(asked.filters)
    stats = index.stats(filters)
    if asked.json:
        _print_json(stats.plain())
        return
    names = {code: p.name for code in stats.regions if (p := gazetteer.region(code))}
    print(filters.describe(translator("en"), {"region": names}))
    for line in _counted(stats, names):
        print(line)


def _counted(stats: Stats, names: dict[str, str]) -> Iterator[str]:
    reports = "1 report" if stats.reports == 1 else f"{stats.reports} reports"
    yield f"{stats.shown} of {stats.total} entries from {reports}"
    yield f"{stats.certain} in a known place, {stats.inferred} of them inferred"
    yield f"{stats.possible} possible, {sum(stats.unplaced.values())} without a place"
    yield f"{stats.unverified} not verified, {stats.undated} without a date"
    for code, count in stats.regions.items():
        name = names.get(code, code)
        yield f"  {code:7} {name}: {count.certain} certain, {count.possible} possible"


def _synth(asked: argparse.Namespace) -> None:
    rows = synth.synthetic(_gazetteer(), asked.number, asked.seed)
    bar: Iterable[dict[str, str]] = tqdm(rows, total=asked.number, unit="rows", leave=False)
    count = formats.write(asked.out, bar)
    print(f"Wrote {count} synthetic entries to {asked.out}.", file=sys.stderr)


def _init(asked: argparse.Namespace) -> None:
    opened = store.open_store(asked.store or store.default_url())
    if asked.empty:
        intake.leave_empty(opened)
    else:
        _fill(opened, _gazetteer())
    print(f"The store is ready, {opened.head()[0]} revisions.", file=sys.stderr)


def _gazetteer() -> Gazetteer:
    with tqdm(total=100, unit="%", leave=False, delay=0.5, desc="place index") as bar:
        return open_gazetteer(cache_folder(), lambda share: _advance(bar, share * 100))


def _store(asked: argparse.Namespace, gazetteer: Gazetteer) -> store.Store:
    opened = store.open_store(asked.store or store.default_url())
    _fill(opened, gazetteer)
    return opened


def _fill(opened: store.Store, gazetteer: Gazetteer) -> None:
    if intake.fill_if_new(opened, offline(gazetteer)):
        print("Began a new store with the shipped entries.", file=sys.stderr)


@contextmanager
def _counting(unit: str) -> Iterator[Callable[[int], None]]:
    with tqdm(unit=unit, leave=False, delay=0.5) as bar:
        yield lambda done: _advance(bar, done)


def _advance(bar: tqdm[NoReturn], done: float) -> None:
    bar.update(done - bar.n)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
