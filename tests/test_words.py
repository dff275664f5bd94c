"""Texts as words: blind to spelling, borders kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.words import keys, searchable


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Night market, “Chongjin”", ["night", "market", "chongjin"]),
        ("P'yŏngyang-si", ["pyongyangsi", "pyongyang", "si"]),
        ("room-salon", ["roomsalon", "room", "salon"]),
        ("청진 시장", ["청진", "시장"]),
        ("-- ; “”", []),
        ("", []),
        ("C++ 1.5", ["c++", "15", "1", "5"]),
    ],
)
def test_a_text_is_its_words_in_any_spelling(text, found):
    assert keys(text) == found


def test_hangul_is_also_there_without_blanks():
    assert "청진시장" in searchable(["청진 시장"])


def test_words_of_two_texts_are_no_phrase():
    assert " night market " not in searchable(["at night", "market day"])


@given(st.text(max_size=40))
def test_keys_are_words_without_blanks(text):
    assert all(key and " " not in key for key in keys(text))
