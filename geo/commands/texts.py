"""Commands about articles: their places, and the entries that they propose."""

from __future__ import annotations

import argparse
import json
import sys
from itertools import tee
from pathlib import Path

from geo import article, intake
from geo.article.plain import plain_draft, plain_reading
from geo.commands.frame import (
    open_places,
    print_json,
)
from geo.document import GUESSED, Document, open_document, read_texts
from geo.geocode import offline


def tell_mentions(asked: argparse.Namespace) -> None:
    """Print the places that a text, or each of many, speaks of."""
    reader = article.reader(open_places())
    if not asked.jsonl:
        print_json(plain_reading(reader.read(_document(asked.file).text)))
        return
    texts, read = tee(read_texts(asked.file))
    for one, reading in zip(texts, reader.read_all(text.text for text in read), strict=True):
        numbered = {} if one.id is None else {"id": one.id}
        print(json.dumps(numbered | plain_reading(reading), ensure_ascii=False), flush=True)


def draft_entries(asked: argparse.Namespace) -> None:
    """Print the entries that an article proposes."""
    document = _document(asked.file)
    gazetteer = open_places()
    reading = article.reader(gazetteer).read(document.text)
    if reading.notice:
        print(reading.notice, file=sys.stderr)
    geocoder = offline(gazetteer, report=document.text)
    found = article.draft(reading, document)
    print_json(plain_draft(found, lambda entry: intake.geocoded(entry, geocoder)))


def _document(path: Path) -> Document:
    found = open_document(path)
    if found.encoding:
        print(GUESSED.format(encoding=found.encoding), file=sys.stderr)
    return found
