"""A briefing's Markdown as it will be read: drawn from its blocks, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from geo.briefing import telling
from geo.briefing.prose import Block, Run, blocks
from geo.filters import Filters
from geo.steps import Step
from views.briefing_data import Brief
from views.text import link, tag, visible

_SAID = {
    "shown": "entries that the question finds",
    "total": "entries that may be shown at all",
    "certain": "of them in a known place",
    "possible": "of them only possibly somewhere",
    "unplaced": "of them without a place",
    "unverified": "of them verified by nobody",
    "reports": "reports that they come from",
    "filters": "the question in words",
}
_READ = (
    "**bold**, *italic*, lists, quotations and links to http(s) are read; HTML and pictures are"
    " not. In braces stands what is counted each time:"
)


def preview(brief: Brief, markdown: str, name: str, step: Step | None = None) -> None:
    """Draw the text as it will be read, and the words in braces with what they stand for now."""
    t, values = brief.t, tokens(brief, step)
    with st.container(key=f"briefing-prose-{name}", gap="xsmall"):
        if markdown.strip():
            st.html(f'<div class="prose">{html(blocks(markdown, values))}</div>')
        with st.popover(t("Markdown, and numbers in braces"), type="tertiary"):
            st.markdown(t(_READ))
            st.html(_explained(brief, values))


def tokens(brief: Brief, step: Step | None) -> Mapping[str, str]:
    """Return what the words in braces stand for: for a step, or for all that may be shown."""
    every = Filters(visibility=brief.briefing.visibility)
    question = brief.question(step) if step else every.describe(brief.t, {})
    return telling.tokens(brief.stats(step or Step(id="everything")), question)


def _explained(brief: Brief, values: Mapping[str, str]) -> str:
    rows = "".join(
        f"<tr>{tag('td', '{' + name + '}', 'token')}{tag('td', values[name])}"
        f"{tag('td', brief.t(_SAID[name]), 'muted')}</tr>"
        for name in telling.TOKENS
    )
    return f'<table class="tokens">{rows}</table>'


def html(some: Iterable[Block]) -> str:
    """Return blocks as HTML."""
    return "".join(map(_block, some))


def _block(block: Block) -> str:
    said = "".join(map(_run, block.runs))
    name = {"h": "h3", "quote": "blockquote"}.get(block.kind, "p")
    sign = {"li": "• ", "ol": f"{block.number}. "}.get(block.kind, "")
    return f'<{name} class="{block.kind} level-{min(block.level, 4)}">{sign}{said}</{name}>'


def _run(run: Run) -> str:
    said = link(run.link, run.text) if run.link else escape(visible(run.text))
    for wanted, name in ((run.code, "code"), (run.italic, "em"), (run.bold, "strong")):
        said = f"<{name}>{said}</{name}>" if wanted else said
    return said.replace("\n", "<br>")
