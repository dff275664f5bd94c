"""The picture beside a step: a file of this machine, made anew from its pixels, or why not."""

from __future__ import annotations

from geo.briefing.screen import Shown
from geo.errors import GeoError, InputError
from geo.i18n import Translator
from geo.media import file, picture
from geo.steps import Exhibit

HIDDEN = "A picture is left out: its entry may not be shown here."
GRAPHIC = "A picture is left out because it is graphic."


def shown(t: Translator, exhibit: Exhibit | None, bar: str) -> tuple[Shown | None, str]:
    """Return the picture that a step shows, or None with the sentence that says why there is none.

    What is graphic is never put on a screen that others are made to see. `bar` is why the
    entries whose evidence it is forbid it, `HIDDEN` or `GRAPHIC`, "" when none does.
    """
    if exhibit is None:
        return None, ""
    try:
        data = _read(exhibit, bar or (GRAPHIC if exhibit.graphic else ""))
    except GeoError as error:
        return None, t(error.sentence, **error.values)
    return Shown(data, *picture.size(data), exhibit.caption, exhibit.credit), ""


def _read(exhibit: Exhibit, bar: str) -> bytes:
    """Return the picture as JPEG, or raise `InputError` with why it is not shown."""
    if bar:
        raise InputError(bar)
    held = file.find(exhibit.sha256)
    if held is None:
        raise InputError("A picture is left out: this machine does not hold its file.")
    if held.kind != "image":
        raise InputError("A video is not shown; choose a still of it as a picture.")
    return picture.shown(file.read(held))
