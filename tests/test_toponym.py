"""One key for all spellings of a name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.toponym import containers, is_hangul, normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pyongyang", "P'yŏngyang"),
        ("P’yŏngyang", "P'yŏngyang"),
        ("Ch'ongjin", "CHʼONGJIN"),
        ("Rajin-Sonbong", "Rajin Sonbong"),
        ("Mt. Paektu", "Mt Paektu"),
        ("Ｐｙｏｎｇｙａｎｇ", "pyongyang"),
        ("평양", unicodedata.normalize("NFD", "평양")),
        ("Straße", "STRASSE"),
        ("  Rajin\u00a0", "Rajin"),
        ("Kraków", "Krako\u0301w"),
        ("St. John's", "St Johns"),
    ],
)
def test_spellings_that_differ_in_marks_case_or_blanks_have_one_key(one, other):
    assert normalise(one) == normalise(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rajin", "Najin"),
        ("청진", "정진"),
        ("평양", "평성"),
        ("कानपुर", "कनपर"),
        ("Chongjin", "Chongju"),
        ("Rajin, China", "Rajin China"),
    ],
)
def test_names_that_differ_in_a_letter_have_different_keys(one, other):
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize("name", ["", "  ", "-'’. ", "\u0301"])
def test_a_name_without_a_letter_has_no_key(name):
    assert normalise(name) == ""


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name):
    assert normalise(normalise(name)) == normalise(name)


@given(st.text(max_size=40))
def test_composed_and_decomposed_text_have_one_key(name):
    assert normalise(unicodedata.normalize("NFD", name)) == normalise(name)
    assert normalise(unicodedata.normalize("NFC", name)) == normalise(name)


@given(st.text(st.characters(max_codepoint=0x7F), max_size=40))
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(name):
    assert normalise(name) == normalise(name + "ŏ")[:-1]


@given(st.text("abc-' ", max_size=10), st.text("abc-' ", max_size=10))
def test_words_have_the_key_of_their_parts(one, other):
    assert normalise(f"{one} {other}") == normalise(one) + normalise(other)


@pytest.mark.parametrize(
    ("locality", "parts"),
    [
        ("Musan, North Hamgyong", ("Musan", ["North Hamgyong"])),
        ("Musan,North Hamgyong , North Korea", ("Musan", ["North Hamgyong", "North Korea"])),
        ("무산，함경북도、북한", ("무산", ["함경북도", "북한"])),
        ("Pyongyang", ("Pyongyang", [])),
        ("Pyongyang,", ("Pyongyang", [])),
        ("", ("", [])),
    ],
)
def test_a_locality_is_a_name_and_what_it_lies_in_innermost_first(locality, parts):
    assert containers(locality) == parts


@given(st.lists(st.text("abc 평", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=4))
def test_no_part_of_a_locality_is_dropped(parts):
    assert containers(", ".join(parts)) == (parts[0], parts[1:])


def test_hangul_is_known_by_its_syllables():
    assert is_hangul("청진")
    assert is_hangul("Chongjin 청진")
    assert not is_hangul("羅先")
    assert not is_hangul("Chongjin")
