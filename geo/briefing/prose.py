"""Markdown as blocks of plain text runs: what every writer draws in its own way.

Read as CommonMark without HTML and without pictures. Tokens are filled after the reading, so
that what is put in their place is text, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

Kind = Literal["p", "h", "li", "ol", "quote"]
"""A paragraph, a heading, a piece of a list, one of a numbered list, a quotation."""


class Run(NamedTuple):
    """A piece of text in one style; `link` is a web address or ""."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph-like piece; `level` is the depth of a list (0 outermost), or of a heading (1).

    A further paragraph of a list's piece is a "p" whose level says in how many lists it is.
    """

    kind: Kind
    runs: tuple[Run, ...]
    level: int = 0
    number: int = 0
    """The number of a piece of a numbered list."""

    @property
    def text(self) -> str:
        """The text alone."""
        return "".join(run.text for run in self.runs)


def blocks(markdown: str, values: Mapping[str, str] | None = None) -> tuple[Block, ...]:
    """Return the text's blocks, `{name}` replaced by its value; unknown names stay as they are."""
    names = list(values or {})
    text = _held(markdown, names)
    filling = {chr(_PRIVATE + place): name for place, name in enumerate(names)}
    found: list[Block] = []
    lists: list[int] = []  # for each open list the number of its next piece, 0 for bullets
    kind: Kind = "p"
    begun = False  # whether the piece of a list has its first paragraph
    for token in _READER.parse(text):
        match token.type:
            case "bullet_list_open":
                lists.append(0)
            case "ordered_list_open":
                lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                begun = False
            case "inline" | "fence" | "code_block":
                found.append(_block(token, kind, lists, begun=begun))
                begun = True
        kind = _BEGINS.get(token.type, kind)
    for place, block in enumerate(found):
        runs = (_filled(run, filling, values or {}) for run in block.runs)
        found[place] = replace(block, runs=_joined(runs))
    return tuple(block for block in found if block.runs)


_BEGINS: dict[str, Kind] = {
    "heading_open": "h", "heading_close": "p", "blockquote_open": "quote", "blockquote_close": "p",
}  # fmt: skip
"""What follows after such a token."""

_READER = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).disable(
    ["image", "html_block", "html_inline"]
)


def _block(token: Token, kind: Kind, lists: list[int], *, begun: bool) -> Block:
    inside = token.children or [Token("text", "", 0, content=token.content.rstrip("\n"))]
    runs = tuple(_runs(inside, code=token.type != "inline"))
    if not lists or kind == "h":
        return Block(kind, runs, 1 if kind == "h" else 0)
    if begun:
        return Block("p", runs, len(lists))
    number = lists[-1]
    if number:
        lists[-1] += 1
    return Block("ol" if number else "li", runs, len(lists) - 1, number)


def _runs(tokens: Iterable[Token], *, code: bool) -> Iterable[Run]:
    bold = italic = 0
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                address = str(token.attrGet("href") or "")
                whole = re.match("https?://", address) and "%EE%80" not in address  # no token
                link = address if whole else ""
            case "link_close":
                link = ""
            case "softbreak":
                yield Run(" ", bold > 0, italic > 0, code, link)
            case "hardbreak":
                yield Run("\n", bold > 0, italic > 0, code, link)
            case _:
                within = code or token.type == "code_inline"
                yield Run(token.content, bold > 0, italic > 0, within, link)


_PRIVATE = 0xE000
"""The first code point that means nothing: each token is one letter while Markdown is read. With
its braces, which are punctuation, `**{shown}**개` would not be bold."""


def _held(markdown: str, names: Sequence[str]) -> str:
    """Return the text with a private letter for each token, and no others of that kind."""
    clean = re.sub("[\ue000-\uf8ff]", "\N{REPLACEMENT CHARACTER}", markdown)
    for place, name in enumerate(names):
        clean = clean.replace(f"{{{name}}}", chr(_PRIVATE + place))
    return clean


def _filled(run: Run, names: Mapping[str, str], values: Mapping[str, str]) -> Run:
    """Return the run with the values in the tokens' places; code shows the tokens themselves."""
    text = run.text
    for letter, name in names.items():
        text = text.replace(letter, f"{{{name}}}" if run.code else values[name])
    return run._replace(text=text)


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of one style made one."""
    kept: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if kept and kept[-1][1:] == run[1:]:
            kept[-1] = run._replace(text=kept[-1].text + run.text)
        else:
            kept.append(run)
    return tuple(kept)
