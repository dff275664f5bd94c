"""One key for all spellings of a name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.toponym import hanja_readings, is_hangul, normalise, romanised, southern, stripped


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
    ("north", "south"),
    [("라진", "나진"), ("라선", "나선"), ("량강", "양강"), ("룡천", "용천"), ("녕변", "영변"),
     ("리원", "이원"), ("평양", "평양"), ("나선", "나선"), ("", ""), ("Rajin", "Rajin")],
)  # fmt: skip
def test_the_south_drops_or_softens_the_first_sound(north, south):
    assert southern(north) == south


@pytest.mark.parametrize(
    ("hangul", "spellings"),
    [("청진", {"cheongjin", "chongjin"}), ("평양", {"pyeongyang", "pyongyang", "phyongyang"}),
     ("라진", {"rajin", "najin"}), ("풍계리", {"punggyeri", "phunggyeri"}),
     ("신의주", {"sinuiju"}), ("원산", {"wonsan", "weonsan"}),
     ("함흥", {"hamheung", "hamhung"})],
)  # fmt: skip
def test_hangul_gives_the_three_romanisations_of_both_spellings(hangul, spellings):
    assert spellings <= {normalise(latin) for latin in romanised(hangul)}


@pytest.mark.parametrize("text", ["", "Pyongyang", "평양 시", "羅先", "평양1"])
def test_only_whole_hangul_words_are_romanised(text):
    assert romanised(text) == []


@pytest.mark.parametrize(
    ("name", "short", "kind"),
    [("Musan County", "Musan", "county"), ("Musan-gun", "Musan", "county"),
     ("무산군", "무산", "county"), ("port of Nampo", "Nampo", "city"), ("平壤市", "平壤", "city"),
     ("North Hamgyong Province", "North Hamgyong", "province"), ("양강도", "양강", "province"),
     ("Rason special economic zone", "Rason", "province"), ("모란봉구역", "모란봉", "district"),
     ("Moranbong-guyok", "Moranbong", "district"), ("Pyongyang", "", ""), ("City", "", ""),
     ("영도", "", ""), ("", "", "")],
)  # fmt: skip
def test_the_word_for_the_kind_of_place_is_taken_off_and_kept(name, short, kind):
    assert stripped(name) == (short, kind)


def test_hangul_is_known_by_its_syllables():
    assert is_hangul("청진")
    assert is_hangul("Chongjin 청진")
    assert not is_hangul("Chongjin 羅先")


@pytest.mark.parametrize(
    ("hanja", "hangul"),
    [("平壤", "평양"), ("清津", "청진"), ("羅津", "라진"), ("羅津", "나진"), ("罗津", "라진"),
     ("広島", "광도"), ("龍川", "룡천"), ("兩江", "양강")],
)  # fmt: skip
def test_hanja_is_read_as_korean_reads_it(hanja, hangul):
    assert hangul in hanja_readings(hanja)


@pytest.mark.parametrize("name", ["", "Pyongyang", "평양", "平壤시", "ピョンヤン", "平壤 City"])
def test_what_is_not_all_hanja_has_no_reading(name):
    assert hanja_readings(name) == []


def test_a_long_name_has_no_more_readings_than_can_be_looked_up():
    assert len(hanja_readings("樂" * 500)) <= 12
