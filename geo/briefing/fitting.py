"""Titles, counts and pictures fitted into the room that they have."""

from __future__ import annotations

from geo.briefing.prose import Block, Run
from geo.briefing.ruler import LEADING, Laid, Ruler, height
from geo.briefing.screen import Deck, Question, Shown
from geo.briefing.sheet import Box, Frame, Photo, Words


def titled(ruler: Ruler, frame: Frame, text: str, place: Box, most: int = 2) -> tuple[Words, str]:
    """Return a title at the size at which it takes at most so many lines.

    The second is the whole title where even the smallest size needed it to be cut, else "".
    """
    size, text = frame.title, " ".join(text.split())
    while size > frame.least_title and len(ruler.rows(text, place.width, size, bold=True)) > most:
        size -= 1
    said = ruler.shortened(text, place.width, size, most + 1, bold=True)
    laid = ruler.lay(Block("p", (Run(said, bold=True),)), place.width, size)
    box = place._replace(height=max(laid.height, size * LEADING))
    return Words(box, "title", (laid,)), text if said != text else ""


def facts(
    deck: Deck, ruler: Ruler, question: Question, place: Box, size: float
) -> tuple[Words, str]:
    """Return the filters in words and the counts; the second is the sentence where it was cut."""
    sentence = ruler.shortened(question.sentence, place.width, size, 3, bold=True)
    counts = ruler.shortened(" · ".join(question.counts), place.width, size, 3)
    said = (Block("p", (Run(sentence, bold=True),)), Block("p", (Run(counts),)))
    laid = ruler.lay_all((one for one in said if one.text), place.width, size)
    cut = deck.t("Filters: {sentence}", sentence=question.sentence)
    whole = cut if sentence != question.sentence else ""
    return Words(place._replace(height=height(laid)), "facts", laid), whole


def captioned(
    deck: Deck, ruler: Ruler, photo: Shown, width: float, size: float
) -> tuple[Laid, ...]:
    """Return a picture's caption and its credit, cut where they are longer than a few lines."""
    caption = ruler.shortened(photo.caption, width, size, 4)
    credit = deck.t("Picture: {credit}", credit=photo.credit) if photo.credit else ""
    return ruler.lay_all(
        (*paragraph(caption), *paragraph(ruler.shortened(credit, width, size, 2))), width, size
    )


def photographed(
    deck: Deck, ruler: Ruler, photo: Shown, room: Box, size: float
) -> tuple[Photo | Words, ...]:
    """Return a picture as large as the room lets it be, in its proportions, and its caption."""
    laid = captioned(deck, ruler, photo, room.width, size)
    high = max(room.height - (height(laid) + 4 if laid else 0), 1.0)
    scale = min(room.width / photo.width, high / photo.height)
    box = Box(room.left, room.top, photo.width * scale, photo.height * scale)
    alt = photo.caption or deck.t("A picture of the evidence, without a caption")
    below = Box(room.left, box.bottom + 4, room.width, height(laid))
    return (Photo(box, photo, alt), *((Words(below, "caption", laid),) if laid else ()))


def paragraph(text: str) -> tuple[Block, ...]:
    """Return a text as a paragraph, () when there is none."""
    return (Block("p", (Run(text),)),) if text else ()
