"""Many texts in one file: a JSON object a line, `{"id": …, "text": …}`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputError

_LONGEST_LINE = 10_000_000


@dataclass(frozen=True)
class Numbered:
    """A text and the id under which its answer goes back; None where it has none."""

    id: str | int | None
    text: str


def read_texts(path: Path) -> Iterator[Numbered]:
    """Yield the texts of a JSONL file in order, a line at a time.

    Raises `InputError`, naming the line, for what is no object with a text.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            number = 0
            while line := file.readline(_LONGEST_LINE):
                number += 1
                if line.strip():
                    yield _numbered(line, number)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "The file {file} cannot be read as UTF-8 text; save it as UTF-8 and try again.",
            file=path.name,
        ) from error


def _numbered(line: str, number: int) -> Numbered:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    text = value.get("text") if isinstance(value, dict) else None
    given = value.get("id") if isinstance(value, dict) else None
    if not isinstance(text, str) or not isinstance(given, str | int | None):
        raise InputError(
            "Line {number} holds no text; write a JSON object with “id” and “text” on each line.",
            number=number,
        )
    return Numbered(given, text)
