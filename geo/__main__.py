"""The command line: `python -m geo COMMAND`. Results on standard output, talk on standard error."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import tee
from pathlib import Path
from typing import Any, NoReturn

from tqdm import tqdm

from geo import again, article, export, formats, intake, interest, ledger, store, synth
from geo.article.plain import plain_draft, plain_reading
from geo.document import GUESSED, Document, open_document, read_texts
from geo.errors import GeoError, InputError
from geo.filters import Filters
from geo.folders import cache_folder
from geo.gazetteer import Gazetteer, addition, open_gazetteer, own
from geo.gazetteer.line import LARGEST_RADIUS_M
from geo.gazetteer.refusals import Refusals
from geo.geocode import Answer, Offline, batch, offline
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

    one = _command(commands, "mentions", _mentions, "find the places that a text speaks of")
    one.add_argument("--jsonl", action="store_true", help='a text a line: {"id", "text"}')
    one.add_argument("file", type=Path, metavar="FILE")

    one = _command(commands, "draft", _draft, "propose entries from an article")
    one.add_argument("file", type=Path, metavar="FILE")

    one = _command(commands, "import", _import, "take the entries of a file into the store")
    one.add_argument("file", type=Path, metavar="FILE.csv")

    one = _command(commands, "export", _export, "write the entries that pass the filters to a file")
    one.add_argument("out", type=Path, metavar="OUT", help="; ".join(export.SUFFIXES))
    one.add_argument("--filters", default="", metavar="QUERYSTRING", help="as in the address")

    one = _command(commands, "stats", _stats, "count entries, as the page with this address does")
    one.add_argument("--filters", default="", metavar="QUERYSTRING", help="as in the address")
    one.add_argument("--json", action="store_true", help="print the counts as JSON")

    _revising(commands)

    one = _command(commands, "synth", _synth, "write N plainly marked synthetic entries")
    one.add_argument("number", type=_whole, metavar="N")
    one.add_argument("out", type=Path, metavar="OUT.csv|.parquet")
    one.add_argument("--seed", type=int, default=0, help="the same seed gives the same file")

    _own_command(commands)
    one = _command(commands, "store", _init, "make a new store")
    one.add_argument("action", choices=["init"])
    one.add_argument("--empty", action="store_true", help="without the shipped entries")
    return parser


def _own_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = _command(commands, "gazetteer", _own, "add, list or remove a gazetteer of your own")
    one.set_defaults(parser=one)
    one.add_argument("action", choices=["add", "list", "remove"])
    one.add_argument("target", nargs="?", metavar="FILE|NAME")
    one.add_argument("--name", default="", help="what it is called; the file's name by default")
    one.add_argument("--licence", default="", metavar="TEXT", help="the terms of the file")
    one.add_argument("--uncertainty", type=_metres, metavar="METRES", help="where none is stated")
    one.add_argument("--report", type=Path, metavar="OUT.json", help="every row that was refused")
    one.add_argument("--json", action="store_true", help="print the list as JSON")


def _revising(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands that look at revisions, and make new ones of them."""
    one = _command(commands, "history", _history, "say how an entry's places came to stand there")
    one.add_argument("id", metavar="ID")
    one.add_argument("--json", action="store_true", help="print the ledger as JSON")

    one = _command(commands, "undo", _undo, "put back what stood before a revision, as a new one")
    one.add_argument("revision", type=_whole, metavar="REVISION", help="as `history` numbers it")
    one.add_argument("--whole-save", action="store_true", help="all that was saved with it")

    one = _command(commands, "geocode-again", _again, "compare with today's place index")
    one.add_argument("--apply", action="store_true", help="save it, a revision for each entry")
    one.add_argument("--json", action="store_true", help="print the differences as JSON")


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
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number, 0 or more")
    return int(text)


def _metres(text: str) -> float:
    if not text.isdecimal() or not 0 < int(text) <= LARGEST_RADIUS_M:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of metres above 0")
    return float(text)


def _geocode(asked: argparse.Namespace) -> None:
    if not asked.names and not asked.file:
        asked.parser.error("name a locality, or a file of them with --file")
    names = [*asked.names, *(formats.lines(asked.file) if asked.file else [])]
    near = interest.codes(asked.near or []) or interest.countries(_standing_index(asked))
    report = "\n".join(formats.lines(asked.report_text)) if asked.report_text else ""
    answers = batch(offline(_gazetteer(), interest=near, report=report), names)
    if asked.json:
        _print_json([_plain(one) for one in answers])
        return
    for one in answers:
        if asked.jsonl:
            print(json.dumps(_plain(one), ensure_ascii=False))
        else:
            _tell(one)


def _standing_index(asked: argparse.Namespace) -> Index | None:
    """Return the index of the store if there is one already; asking for a name makes none."""
    address = asked.store or store.default_url()
    if not store.whereabouts(address):
        return None
    index = Index(store.open_store(address), cache_folder())
    index.refresh()
    return index


def _of_interest(opened: store.Store, gazetteer: Gazetteer) -> Offline:
    """Return the geocoder that knows which countries the store's entries are about."""
    index = Index(opened, cache_folder())
    index.refresh()
    return interest.geocoder(gazetteer, index)


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


def _mentions(asked: argparse.Namespace) -> None:
    reader = article.reader(_gazetteer())
    if not asked.jsonl:
        _print_json(plain_reading(reader.read(_document(asked.file).text)))
        return
    texts, read = tee(read_texts(asked.file))
    for one, reading in zip(texts, reader.read_all(text.text for text in read), strict=True):
        numbered = {} if one.id is None else {"id": one.id}
        print(json.dumps(numbered | plain_reading(reading), ensure_ascii=False), flush=True)


def _draft(asked: argparse.Namespace) -> None:
    document = _document(asked.file)
    gazetteer = _gazetteer()
    reading = article.reader(gazetteer).read(document.text)
    if reading.notice:
        print(reading.notice, file=sys.stderr)
    geocoder = offline(gazetteer, report=document.text)
    found = article.draft(reading, document)
    _print_json(plain_draft(found, lambda entry: intake.geocoded(entry, geocoder)))


def _document(path: Path) -> Document:
    found = open_document(path)
    if found.encoding:
        print(GUESSED.format(encoding=found.encoding), file=sys.stderr)
    return found


def _import(asked: argparse.Namespace) -> None:
    gazetteer = _gazetteer()
    opened = _store(asked, gazetteer)
    geocoder = _of_interest(opened, gazetteer)
    with _counting("rows") as progress:
        taken = intake.take_file(opened, geocoder, asked.file, progress)
    _print_json(taken.plain())
    if taken.kept:
        names = ", ".join(sorted(taken.kept))[:500]
        print(f"These columns were kept but not understood: {names}.", file=sys.stderr)
    for row, columns in taken.edited.items():
        print(f"Row {row} was changed after its export: {', '.join(columns)}.", file=sys.stderr)
    for one in taken.rejected:
        column = f", column {one.column}" if one.column else ""
        print(f"Row {one.row}{column}: {one.reason}", file=sys.stderr)


def _export(asked: argparse.Namespace) -> None:
    gazetteer = _gazetteer()
    opened = _store(asked, gazetteer)
    index = _index(opened)
    filters = Filters.from_query(asked.filters)
    regions = index.regions(Filters()) | index.regions(Filters(), "country")
    reports = {report.id: report.title for report in opened.reports().values()}
    names = {"region": _called(gazetteer, regions), "report": reports}
    with tqdm(unit="steps", leave=False, delay=0.5, desc=asked.out.name) as bar:

        def progress(done: int, of: int) -> None:
            bar.total = of
            _advance(bar, done)

        count = export.export(asked.out, opened, index, filters, names, progress=progress)
    print(f"Wrote {count} {'entry' if count == 1 else 'entries'} to {asked.out}.", file=sys.stderr)
    if withheld := index.withheld():
        print(f"Left out, as withheld: {withheld}.", file=sys.stderr)


def _index(opened: store.Store) -> Index:
    index = Index(opened, cache_folder())
    with _counting("entries") as progress:
        index.refresh(progress)
    return index


def _called(gazetteer: Gazetteer, codes: Iterable[str]) -> dict[str, str]:
    return {code: place.name for code in codes if (place := gazetteer.region(code))}


def _stats(asked: argparse.Namespace) -> None:
    gazetteer = _gazetteer()
    index = _index(_store(asked, gazetteer))
    filters = Filters.from_query(asked.filters)
    stats = index.stats(filters)
    if asked.json:
        _print_json(stats.plain())
        return
    names = _called(gazetteer, stats.regions)
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


def _history(asked: argparse.Namespace) -> None:
    history = store.open_store(asked.store or store.default_url()).history(asked.id)
    if not history:
        raise InputError(
            "There is no entry {id}; look for its id in the file or on the page.", id=asked.id
        )
    if asked.json:
        _print_json(ledger.plain(history))
        return
    for line in ledger.lines(history):
        print(line)


def _undo(asked: argparse.Namespace) -> None:
    opened = store.open_store(asked.store or store.default_url())
    whole = opened.saved_with(asked.revision) if asked.whole_save else []
    count = opened.undo(whole or [asked.revision], getpass.getuser())
    print(f"Undone: {count} {'entry' if count == 1 else 'entries'}.", file=sys.stderr)


def _again(asked: argparse.Namespace) -> None:
    gazetteer = _gazetteer()
    opened = _store(asked, gazetteer)
    entries = (entry for _, entry in opened.since(0))
    asks = intake.by_report(_of_interest(opened, gazetteer), entries)
    with _counting("entries") as progress:
        found = list(again.differences((one for _, one in opened.since(0)), asks, progress))
    if asked.json:
        _print_json([one.plain() for one in found])
    else:
        for one in found:
            print(one)
    if not asked.apply or all(one.kept for one in found):
        print(f"{len(found)} differences; nothing was changed.", file=sys.stderr)
        return
    with _counting("entries") as progress:
        who = getpass.getuser()
        count = again.apply(opened, asks, gazetteer.edition, who=who, progress=progress)
    back = f"python -m geo undo {opened.head()[0]} --whole-save"
    print(f"{count} entries changed; {back} puts them back.", file=sys.stderr)


def _synth(asked: argparse.Namespace) -> None:
    rows = synth.synthetic(_gazetteer(), asked.number, asked.seed)
    bar: Iterable[dict[str, str]] = tqdm(rows, total=asked.number, unit="rows", leave=False)
    count = formats.write(asked.out, bar)
    print(f"Wrote {count} synthetic entries to {asked.out}.", file=sys.stderr)


def _own(asked: argparse.Namespace) -> None:
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
        _print_json([about.plain() for about in added])
        return
    for about in added:
        print(
            f"{about.name}: {about.rows:,} places, added {about.added_at}, {about.kind},"
            f" {about.licence}, version {about.version}"
        )


def _add_own(asked: argparse.Namespace) -> None:
    wish = addition.Wish(asked.name, asked.licence, asked.uncertainty)
    with Refusals(asked.report) as refusals, _counting("rows") as progress:
        told = addition.add(
            own.own_folder(), Path(asked.target), wish, lambda: _gazetteer().nearby(),
            refused=refusals.take, progress=progress,
        )  # fmt: skip
    _print_json(told.plain())


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
