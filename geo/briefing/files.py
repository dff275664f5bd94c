"""Briefings as JSON files: ours, with their pictures, and those of StoryMapJS."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from geo.briefing import storymap
from geo.entry import Invalid, reason
from geo.errors import GeoError, InputError
from geo.media import file, picture
from geo.steps import Briefing

LARGEST = 60_000_000
"""Bytes of a file that is read; its pictures are in it."""

_VERSION = 1


def write(briefing: Briefing) -> str:
    """Return the briefing as JSON with the pictures of its steps, as far as they are held here.

    What is graphic stays behind, and so does everything that a question finds: the file asks, and
    holds no entry.
    """
    pictures = {}
    for step in briefing.steps:
        exhibit = step.exhibit
        if exhibit and not exhibit.graphic and (data := _held(exhibit.sha256)):
            pictures[exhibit.sha256] = base64.b64encode(data).decode()
    kept = {
        "glimpse": "briefing", "version": _VERSION,
        "briefing": briefing.model_dump(mode="json", exclude={"frozen", "deleted"}),
        "pictures": pictures,
    }  # fmt: skip
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def read(data: bytes) -> Briefing:
    """Return the briefing of a file, ours or one of StoryMapJS; its pictures are kept here.

    A freeze is not taken over: it names a revision of another store. Raises `InputError` with
    what is wrong, and then nothing was kept.
    """
    value = _json(data)
    if "storymap" in value:
        return storymap.read(value)
    if value.get("glimpse") != "briefing":
        raise InputError(
            "This file is no briefing; give a .json that Glimpse or StoryMapJS has written."
        )
    if value.get("version") != _VERSION:
        raise InputError(
            "This briefing was written by a newer Glimpse; update this one to read it."
        )
    try:
        briefing = Briefing.model_validate(value.get("briefing"))
    except Invalid as error:
        field, problem = reason(error)
        raise InputError(_WRONG, field=field, problem=problem) from error
    pictures = value.get("pictures") or {}
    if not isinstance(pictures, dict):
        raise InputError(_WRONG, field="pictures", problem="it is no list of files")
    return _with_pictures(briefing, pictures)


def _json(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise InputError("The file has over 60 MB and is not read; take out some pictures.")
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(
            "The file cannot be read as JSON; export the briefing again and give that file."
        ) from error
    if not isinstance(value, dict):
        raise InputError(
            "This file is no briefing; give a .json that Glimpse or StoryMapJS has written."
        )
    return value


def _with_pictures(briefing: Briefing, pictures: dict[str, Any]) -> Briefing:
    """Keep those of the file's pictures that a step shows, when all of them can be read."""
    wanted = {step.exhibit.sha256 for step in briefing.steps if step.exhibit}
    data: dict[str, bytes] = {}
    try:
        for sha256 in wanted & set(pictures):
            data[sha256] = picture.shown(base64.b64decode(str(pictures[sha256]), validate=True))
    except (binascii.Error, ValueError) as error:
        raise InputError(_WRONG, field="pictures", problem=str(error)) from error
    kept = {sha256: file.keep(one)[0] for sha256, one in data.items()}
    steps = []
    for step in briefing.steps:
        exhibit = step.exhibit
        if exhibit and exhibit.sha256 in kept:
            exhibit = exhibit.model_copy(update={"sha256": kept[exhibit.sha256]})
        steps.append(step.model_copy(update={"exhibit": exhibit}))
    return briefing.model_copy(update={"steps": tuple(steps), "frozen": None, "deleted": False})


def _held(sha256: str) -> bytes:
    """Return a picture made anew from its pixels, b"" when this machine cannot show it."""
    try:
        held = file.find(sha256)
        return picture.shown(file.read(held)) if held and held.kind == "image" else b""
    except GeoError:
        return b""


_WRONG = "The briefing cannot be read: {field} ({problem}). Nothing was taken over."
