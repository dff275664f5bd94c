"""Handing a briefing over as one file, in the format that its name ends in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from geo.briefing import files, page, paper, slides, storymap
from geo.briefing.maps import maps_of, write_png
from geo.briefing.screen import Deck
from geo.export import ending_of, replacing

SUFFIXES = (".html", ".pptx", ".pdf", ".png", ".json", ".storymap.json")
"""What a file may end in; it says in which format it is written."""

Paper = Literal["A4", "Letter"]
Form = Literal["slides", "report"]


def hand_over(
    out: Path,
    deck: Deck,
    *,
    paper_size: Paper = "A4",
    form: Form = "slides",
    step: str = "",
    size: tuple[int, int] = (1280, 720),
) -> None:
    """Write the deck to a file, whole or not at all.

    `paper_size` and `form` are for PDF; `step` (its name or number) and `size` (in CSS pixels,
    the file has twice as many) for PNG. Raises `InputError` for an unknown suffix, an unknown
    step, or a path that cannot be written.
    """
    writers: dict[str, Callable[[Path], None]] = {
        ".html": lambda part: page.write_html(part, deck),
        ".pptx": lambda part: slides.write_pptx(part, deck, maps_of(deck)),
        ".pdf": lambda part: paper.write_pdf(
            part, deck, maps_of(deck), paper=paper_size, form=form
        ),
        ".png": lambda part: write_png(part, deck, step, size),
        ".json": lambda part: _text(part, files.write(deck.kept)),
        ".storymap.json": lambda part: _text(part, storymap.write(deck)),
    }
    ending = ending_of(out.name, SUFFIXES)
    with replacing(out, ending) as part:
        writers[ending](part)


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
