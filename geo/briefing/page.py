"""A deck as one HTML file that opens from a stick, on a machine without a network.

Everything is inside: scripts, styles, letters, base map, data. A policy in the file lets the
browser run these scripts alone, by their hash, and ask nobody for anything.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from geo import assets, fonts
from geo.briefing.payload import NO_SCRIPT, payload
from geo.briefing.screen import Deck
from geo.points import message

_START = (
    "Glimpse.deck.fromFile("
    "...['payload', 'data', 'basemap'].map((id) => document.getElementById(id).text));"
)


def page(deck: Deck) -> bytes:
    """Return the presented briefing as one HTML file in UTF-8.

    The element `data` holds the text of `Deck.data` and nothing else.
    """
    told = payload(deck) | {"data": ""}
    script = _script()
    style = f"{_faces(told, deck.data)}\n{assets.deck_style()}"
    return _PAGE.format(
        language=html.escape(deck.t.language),
        policy=_policy(script, style),
        title=html.escape(deck.briefing.title),
        about=html.escape(_about(told), quote=True),
        style=style,
        no_script=html.escape(deck.t(NO_SCRIPT)),
        data=deck.data,
        payload=message(told),
        basemap=base64.b64encode(assets.basemap()).decode(),
        script=script,
    ).encode()


def write_html(path: Path, deck: Deck) -> None:
    """Write the presented briefing as one file. Raises `OSError` when it cannot be written."""
    path.write_bytes(page(deck))


_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="description" content="{about}">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<noscript><p class="deck-noscript">{no_script}</p></noscript>
<script type="application/json" id="data">{data}</script>
<script type="text/plain" id="payload">{payload}</script>
<script type="text/plain" id="basemap">{basemap}</script>
<script>{script}</script>
</body>
</html>
"""


def _policy(script: str, style: str) -> str:
    """Return the policy: this script, this style, pictures and letters within the file."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}';"
        " img-src data: blob:; font-src data:; connect-src 'none'; base-uri 'none';"
        " form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _script() -> str:
    return "\n;\n".join([*(text for _, text in assets.deck_scripts()), _START])


def _about(told: dict[str, Any]) -> str:
    """Return what the file says of itself to whoever does not run its scripts."""
    as_of = told["words"]["frozen" if told["frozen"] else "as_of"].format(date=told["asOf"])
    asked = [f"{one['headline']}: {one['sentence']}" for one in told["screens"] if one["map"]]
    return " · ".join(
        [as_of, told["profile"], told["generalised"], *asked, f"SHA-256 {told['sha256']}"]
    )


def _faces(told: dict[str, Any], data: str) -> str:
    """Return the letters that occur, as fonts in the file: Hangul and ŏ on any machine."""
    text = {*_texts(told), *data, *_labels(), *map(chr, range(32, 127)), *"·–—…×“”‘’"}
    kept = fonts.faces()
    known = fonts.letters(kept.regular) | fonts.letters(kept.hangul)
    signs = {*_ARROWS, *(letter for letter in text if ord(letter) not in known)}
    rules = [
        ("Glimpse Sans", 400, kept.regular, text), ("Glimpse Sans", 700, kept.bold, text),
        ("Glimpse Signs", 400, kept.signs, signs), ("Glimpse Signs", 700, kept.signs_bold, signs),
        ("Glimpse Hangul", 400, kept.hangul, text), ("Glimpse Hangul", 700, kept.hangul_bold, text),
    ]  # fmt: skip
    return "\n".join(
        _face(name, weight, fonts.subset(path, "".join(sorted(letters))))
        for name, weight, path, letters in rules
    )


_ARROWS = "←↑→↓"
"""Larger in DejaVu Sans than in NanumGothic, whose arrows nobody would see from afar."""


def _face(name: str, weight: int, data: bytes) -> str:
    if not data:
        return ""
    address = f"data:font/woff;base64,{base64.b64encode(data).decode()}"
    return (
        f'@font-face {{ font-family: "{name}"; font-weight: {weight};'
        f" src: url({address}) format('woff'); }}"
    )


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a JSON value; what is base64 holds no letter of its own."""
    if isinstance(value, str):
        yield from (value if len(value) < _LONG or not value.isascii() else "")
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


_LONG = 200
"""From here on a text of ASCII needs no look: ASCII is there anyway."""


@cache
def _labels() -> frozenset[str]:
    """Return the letters of the names on the base map."""
    labels = json.loads(gzip.decompress(assets.basemap()))["labels"]
    return frozenset("".join(label.get(key) or "" for label in labels for key in ("en", "ko")))
