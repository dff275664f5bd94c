"""StoryMapJS: its slides become steps, and steps become its slides.

It knows one pin a slide. A pin is put only where all that a step shows is in one known place, as
large as what is known of it; everything else says in words where it is. Coming in, a slide's pin
is a view of the map and nothing more: it is no entry, and nobody said what lies there.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from typing import Any

from geo.briefing.prose import Block, Run
from geo.briefing.screen import Deck, Question, Screen
from geo.entry import Invalid, Precision, reason
from geo.errors import InputError
from geo.formats.export_storymap import marker
from geo.mercator import degrees
from geo.steps import Briefing, Step, View, named


def write(deck: Deck) -> str:
    """Return the deck as StoryMapJS JSON, in the deck's language."""
    settings = {"language": deck.t.language, "map_type": "osm:standard", "call_to_action": False}
    slides = [_slide(deck, screen) for screen in deck.screens]
    return json.dumps({"storymap": {**settings, "slides": slides}}, ensure_ascii=False, indent=1)


def _slide(deck: Deck, screen: Screen) -> dict[str, Any]:
    said = _html(screen.blocks)
    slide: dict[str, Any] = {"date": "", "media": {"url": "", "caption": "", "credit": ""}}
    if screen.kind == "cover":
        slide["type"] = "overview"
        lines = [deck.briefing.author, deck.as_of, deck.profile]
        slide["media"]["credit"] = escape("; ".join(deck.credits))
        said += "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    question = screen.question
    said += f"<p>{escape(screen.left_out)}</p>" if screen.left_out else ""
    if question is not None:
        spots = [
            deck.t("{place}: {n} certain, {possible} possible", place=spot.name,
                   n=f"{spot.certain:,}", possible=f"{spot.possible:,}")
            for spot in question.spots
        ]  # fmt: skip
        lines = [" · ".join(question.counts), *spots, question.sentence]
        said += "".join(f"<p>{escape(line)}</p>" for line in lines)
        slide |= _location(deck, question)
    slide["text"] = {"headline": escape(screen.headline), "text": said}
    return slide


def _location(deck: Deck, question: Question) -> dict[str, Any]:
    """Return the pin of the one place where everything certainly is, {} when there is none."""
    rows = deck.rows_of(question)
    one = len(set(rows["place_id"].tolist())) == 1 and set(rows["certainty"]) == {"certain"}
    if not one or question.stats.unplaced:
        return {}
    lat, lon = degrees(int(rows["x"][0]), int(rows["y"][0]))
    drawn = marker(lat, lon, Precision(rows["precision"][0]), float(rows["uncertainty_m"][0]))
    return {"location": drawn | {"name": escape(question.spots[0].name), "line": False}}


def _html(blocks: Iterable[Block]) -> str:
    """Return the blocks as the few elements that StoryMapJS shows."""
    return "".join(f"<p>{_bullet(one)}{''.join(map(_run, one.runs))}</p>" for one in blocks)


def _bullet(block: Block) -> str:
    return {"li": "• ", "ol": f"{block.number}. "}.get(block.kind, "")


def _run(run: Run) -> str:
    said = escape(run.text).replace("\n", "<br>")
    said = f"<b>{said}</b>" if run.bold else said
    said = f"<i>{said}</i>" if run.italic else said
    return f'<a href="{escape(run.link)}">{said}</a>' if run.link else said


def read(value: dict[str, Any]) -> Briefing:
    """Return the slides as a briefing; raises `InputError` when they are not what they must be.

    Media stay what they are for us: an address, written below the text, that nobody asks.
    """
    story = value["storymap"]
    slides = story.get("slides") if isinstance(story, dict) else None
    if not isinstance(slides, list) or not all(isinstance(one, dict) for one in slides):
        raise InputError("The StoryMapJS file has no list of slides; export it there again.")
    cover: dict[str, Any] = next((one for one in slides if one.get("type") == "overview"), {})
    title = plain(_said(cover, "headline")) or "StoryMap"
    language = "ko" if str(story.get("language", "")).startswith("ko") else "en"
    taken: set[str] = set()
    steps = []
    try:
        for slide in slides:
            if slide is not cover:
                step = _step(slide, taken)
                taken.add(step.id)
                steps.append(step)
        return Briefing(
            id=named(title, set()), title=title, language=language, cover=_text(cover),
            steps=tuple(steps),
        )  # fmt: skip
    except Invalid as error:
        field, problem = reason(error)
        raise InputError(
            "The StoryMapJS file cannot be read: {field} ({problem}). Nothing was taken over.",
            field=field, problem=problem,
        ) from error  # fmt: skip


def _step(slide: dict[str, Any], taken: set[str]) -> Step:
    headline = plain(_said(slide, "headline"))
    name = named(headline, taken, "step")
    return Step(id=name, headline=headline, text=_text(slide), view=_view(slide.get("location")))


def _said(slide: dict[str, Any], part: str) -> str:
    text = slide.get("text")
    return str(text.get(part) or "") if isinstance(text, dict) else ""


def _text(slide: dict[str, Any]) -> str:
    """Return the slide's text and what its media say, as Markdown that means it literally."""
    media = slide.get("media")
    about = [str(media.get(key) or "") for key in ("caption", "credit", "url")] if isinstance(
        media, dict
    ) else []  # fmt: skip
    parts = [plain(_said(slide, "text")), *(plain(one) for one in about)]
    date = plain(str(slide.get("date") or ""))
    return "\n\n".join(_literal(one) for one in (date, *parts) if one)


def _literal(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#+\-.!|~&=])", r"\\\1", text)


def _view(location: object) -> View | None:
    """Return where the slide's map stands, None where it says nothing that can be."""
    if not isinstance(location, dict):
        return None
    try:
        lat, lon = float(location["lat"]), float(location["lon"])
        zoom = min(max(float(location.get("zoom") or 6), 2), 18)
        return View(lat=lat, lon=lon, zoom=zoom) if math.isfinite(zoom) else None
    except (KeyError, TypeError, ValueError):
        return None


class _Plain(HTMLParser):
    """Collects the text of a piece of HTML, its paragraphs apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as HTMLParser calls it
        """Begin a new line where a browser would."""
        self._silent += tag in _SILENT
        if tag in _LINES:
            self.parts.append("\n\n" if tag == "p" else "\n")

    def handle_endtag(self, tag: str) -> None:
        """End what is never shown."""
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        """Keep text that a browser would show."""
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


_SILENT = ("script", "style")
_LINES = ("p", "br", "div", "li", "h1", "h2", "h3", "blockquote")


def plain(html: str) -> str:
    """Return the text of a piece of HTML, letter for letter, without its markup."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip()
