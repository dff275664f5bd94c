"""The command that draws the map as a picture."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from functools import partial
from pathlib import Path

from geo.commands.frame import cited, open_index, open_places, open_record, pixels
from geo.counted import phrases, unmarked
from geo.errors import InputError
from geo.export import replacing
from geo.filters import Filters, named
from geo.i18n import LANGUAGES, translator

_SUFFIX = ".png"
_POLE, _DATELINE, _CLOSEST = 85.05, 180, 18


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("out", type=Path, metavar="OUT.png")
    parser.add_argument("--filters", default="", metavar="QUERYSTRING", help="as in the address")
    parser.add_argument("--size", type=pixels, default=(960, 600), metavar="WxH",
                        help="in CSS pixels; the file has twice as many")  # fmt: skip
    parser.add_argument("--view", metavar="LAT,LON,ZOOM", help="as in the address; else fitted")
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--language", choices=list(LANGUAGES), default="en")
    parser.add_argument("--no-legend", action="store_true", help="leave the legend out")


def run(asked: argparse.Namespace) -> None:
    """Draw the entries that pass the filters, and say how many of them are on the map."""
    from geo import picture  # what draws takes a second to load

    if asked.out.suffix.lower() != _SUFFIX:
        raise InputError("A picture is a PNG file: end “{name}” in .png.", name=asked.out)
    view = None if asked.view is None else view_of(asked.view)
    gazetteer = open_places()
    opened = open_record(asked, gazetteer)
    index = open_index(opened, gazetteer)
    filters = Filters.from_query(asked.filters)
    t, stats = translator(asked.language), index.stats(filters)
    names = named(
        [filters], partial(gazetteer.called, language=asked.language), cited(opened, index)
    )
    counts = unmarked(phrases(t, stats, index.withheld()))
    if drafts := index.drafts(filters):
        counts.append(t("drafts among them: {n}", n=f"{drafts:,}"))
    scene = picture.Scene(
        index.placed(filters), view, title=filters.describe(t, names),
        counts=" · ".join(counts),
        day=dt.datetime.now(dt.UTC).date().isoformat(),
    )  # fmt: skip
    width, height = asked.size
    look = picture.Look(asked.language, asked.theme, width, height, legend=not asked.no_legend)
    with replacing(asked.out, _SUFFIX) as part:
        drawn = picture.drawn(scene, look, t)
        part.write_bytes(drawn.png)
    unplaced = sum(stats.unplaced.values())
    said = f"{stats.shown} {'entry' if stats.shown == 1 else 'entries'}"
    print(
        f"Wrote {asked.out}: {said}, {drawn.shown} on the map, {unplaced} without a place.",
        file=sys.stderr,
    )


def view_of(text: str) -> tuple[float, float, float]:
    """Return latitude, longitude and zoom; raises `InputError` when they are not on the map."""
    try:
        lat, lon, zoom = (float(part) for part in text.split(","))
        good = abs(lat) <= _POLE and abs(lon) <= _DATELINE and 0 <= zoom <= _CLOSEST
    except ValueError:
        good = False
    if not good:
        raise InputError(
            "“{view}” is no view; write latitude, longitude and zoom (0 to 18) as 39.8,127.2,6.",
            view=text,
        )
    return lat, lon, zoom
