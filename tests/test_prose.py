"""Markdown becomes blocks of runs; what is filled in stays text."""

import pytest
from conftest import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from geo.briefing.prose import Block, Run, blocks


def test_paragraphs_lists_headings_and_quotations_are_told_apart():
    said = blocks("# Head\n\nOne\ntwo\n\n- a\n  - b\n\n3. c\n4. d\n\n> e")
    assert [(one.kind, one.level, one.number, one.text) for one in said] == [
        ("h", 1, 0, "Head"), ("p", 0, 0, "One two"), ("li", 0, 0, "a"), ("li", 1, 0, "b"),
        ("ol", 0, 3, "c"), ("ol", 0, 4, "d"), ("quote", 0, 0, "e"),
    ]  # fmt: skip


def test_bold_italic_code_and_links_are_runs():
    (said,) = blocks("**a** *b* `c` [d](https://example.org)")
    assert said.runs == (
        Run("a", bold=True), Run(" "), Run("b", italic=True), Run(" "), Run("c", code=True),
        Run(" "), Run("d", link="https://example.org"),
    )  # fmt: skip


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "file:x", "//x"])
def test_only_web_addresses_become_links(target):
    assert all(not run.link for block in blocks(f"[x]({target})") for run in block.runs)


def test_a_picture_is_never_one():
    (said,) = blocks("![x](https://example.org/track.png)")
    assert said.text == "!x"


def test_tokens_are_filled_and_unknown_ones_stay():
    (said,) = blocks("{shown} of {total} {nope}", {"shown": "7", "total": "9"})
    assert said.text == "7 of 9 {nope}"


def test_a_bold_token_may_stand_before_a_korean_word():
    (said,) = blocks("**{shown}**개", {"shown": "7"})
    assert said.runs == (Run("7", bold=True), Run("개"))


def test_code_shows_the_token_itself():
    (said,) = blocks("`{shown}`", {"shown": "7"})
    assert said.runs == (Run("{shown}", code=True),)


@pytest.mark.parametrize("text", [*HOSTILE, "**bold** <i>x</i> [l](https://x.org) {total}"])
def test_what_is_filled_in_is_text_letter_for_letter(text):
    (said,) = blocks("> {filters}", {"filters": text, "total": "9"})
    assert said == Block("quote", (Run(text),))


def test_html_is_text():
    assert blocks("<b onclick=x>a</b>")[0].text == "<b onclick=x>a</b>"


@given(st.text(max_size=200), st.text(max_size=20))
def test_no_text_breaks_the_reading(markdown, value):
    for block in blocks(markdown, {"shown": value}):
        assert block.runs
        assert all(run.link == "" or run.link.startswith("http") for run in block.runs)


def test_a_further_paragraph_of_a_numbered_piece_takes_no_number():
    said = blocks("1. a\n\n   more\n2. b")
    assert [(one.kind, one.level, one.number, one.text) for one in said] == [
        ("ol", 0, 1, "a"), ("p", 1, 0, "more"), ("ol", 0, 2, "b"),
    ]  # fmt: skip


def test_text_in_thirty_lists_is_still_there():
    assert blocks("".join("  " * depth + "- x\n" for depth in range(30)))[-1].text == "x"
    assert blocks("> " * 40 + "deep")[0].text == "deep"


def test_a_token_in_an_address_makes_no_link():
    (said,) = blocks("[a](https://x.org/{shown})", {"shown": "7"})
    assert said.runs == (Run("a"),)
