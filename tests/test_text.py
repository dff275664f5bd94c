"""Text from outside on its way to the screen."""

import pytest
from conftest import HOSTILE

from views.text import label, link, tag, visible


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_an_element_is_text(text):
    shown = tag("p", text)
    assert shown.count("<") == 2
    assert "<script" not in shown


def test_signs_that_turn_the_direction_of_writing_are_shown_and_not_obeyed():
    for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        for shown in (visible(f"a{sign}b"), tag("p", f"a{sign}b"), label(f"a{sign}b")):
            assert sign not in shown
            assert f"{ord(sign):04X}" in shown


def test_words_in_scripts_that_run_from_the_right_stay_as_they_are():
    assert visible("بيونغ يانغ") == "بيونغ يانغ"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.example", "HTTP:x", ""]
)
def test_only_web_addresses_become_links(address):
    assert "<a" not in link(address)


def test_a_link_names_no_referrer_and_opens_apart():
    shown = link('https://x.example/"><b>')
    assert 'rel="noopener noreferrer"' in shown
    assert "<b>" not in shown
