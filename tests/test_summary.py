"""The sentences for readers: never more than was counted, in either language, at any size."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.i18n import LANGUAGES, translator
from geo.summary import Facts, Group, Spot, either, summary, together

PYONGYANG, CHONGJIN = Spot("Pyongyang", "평양", "KP-01"), Spot("Chongjin", "청진", "KP-09")
RAJIN = Spot("Rajin", "라진", "KP-13")
NINE = Facts(
    entries=9, reports=2, certain=(Group((PYONGYANG,), 7),),
    possible=(Group((CHONGJIN, RAJIN), 2, whole=False),), undated=9,
)  # fmt: skip

NASTY = ["{0}", "{where}", "%s", "x{"]


def said(facts, language="en", naming=str):
    return " ".join(summary(translator(language), facts, naming))


def test_the_nine_entries_are_said_in_two_sentences():
    assert summary(translator("en"), NINE) == (
        "9 entries from 2 reports; 7 in Pyongyang, 2 possibly in Chongjin or Rajin, or elsewhere;"
        " none verified.",
        "None says when it was filmed.",
    )


def test_korean_names_places_in_hangul_and_needs_no_particle_that_depends_on_the_name():
    assert summary(translator("ko"), NINE) == (
        "보도 2건에서 나온 항목 9건; 평양 7건, 청진 또는 라진 또는 다른 곳일 가능성 2건;"
        " 검증된 항목 없음.",
        "촬영 시기를 밝힌 항목은 없습니다.",
    )
    for name in ("평양", "라진", "원산시", "서울"):  # with and without a last consonant
        one = Facts(entries=2, possible=(Group((Spot("X", name),), 2),), undated=2)
        assert not re.search(r"[이가을를은는와과로](?=[ ,;.])", said(one, "ko").split(".")[0])


def test_a_list_of_possible_places_that_is_whole_names_no_elsewhere():
    whole = Facts(entries=1, reports=1, possible=(Group((CHONGJIN, RAJIN), 1),), undated=1)
    assert "possibly in Chongjin or Rajin;" in said(whole)
    assert "elsewhere" in said(NINE)


def test_nothing_is_said_to_be_nothing():
    assert summary(translator("en"), Facts()) == ("Nothing was reported as filmed here.",)
    assert not re.search(r"\d", said(Facts(), "ko"))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (Facts(1, 1, (Group((PYONGYANG,), 1),), undated=1),
         "1 entry from 1 report; in Pyongyang; not verified. It is not known when it was filmed."),
        (Facts(1, 0, verified=1, unplaced=1, first=2013, last=2013),
         "1 entry; without a known place; verified. Said to be filmed in 2013."),
        (Facts(1, 1, (Group((PYONGYANG,), 1),), doubted=1, undated=1),
         "1 entry from 1 report; in Pyongyang; contested or refuted."
         " It is not known when it was filmed."),
    ],
)  # fmt: skip
def test_a_single_entry_is_not_counted_twice(facts, sentence):
    assert said(facts) == sentence


def test_only_possible_entries_are_never_said_to_be_anywhere():
    facts = Facts(entries=2, reports=1, possible=(Group((RAJIN,), 2, whole=False),), undated=2)
    assert "all possibly in Rajin, or elsewhere" in said(facts)
    assert not re.search(r"(?<!possibly )in Rajin", said(facts))


def test_entries_without_a_place_are_counted_as_such():
    assert "; all without a known place;" in said(Facts(entries=3, unplaced=3, undated=3))
    assert "장소 미상" in said(Facts(entries=3, unplaced=3, undated=3), "ko")
    some = Facts(entries=4, certain=(Group((RAJIN,), 3),), unplaced=1, undated=4)
    assert "3 in Rajin, 1 without a known place" in said(some)


@pytest.mark.parametrize(
    ("verified", "doubted", "words"),
    [(0, 0, "none verified."), (5, 0, "all verified."), (2, 0, "2 verified."),
     (2, 1, "2 verified, 1 contested or refuted."),
     (0, 5, "none verified, 5 contested or refuted.")],
)  # fmt: skip
def test_verified_and_doubted_entries_are_told_apart(verified, doubted, words):
    facts = Facts(
        entries=5, certain=(Group((RAJIN,), 5),), verified=verified, doubted=doubted, undated=5
    )
    assert f"; {words} None" in said(facts)


@pytest.mark.parametrize(
    ("first", "last", "undated", "words"),
    [
        (2012, 2014, 0, "Said to be filmed between 2012 and 2014."),
        (2012, 2014, 3, "Said to be filmed between 2012 and 2014; 3 without a date."),
        (2013, 2013, 1, "Said to be filmed in 2013; 1 without a date."),
        (2012, None, 0, "Said to be filmed in 2012 or later."),
        (None, 2014, 0, "Said to be filmed in 2014 or earlier."),
        (None, None, 0, "Said to be filmed at dates that are known in part only."),
        (None, None, 5, "None says when it was filmed."),
    ],
)
def test_dates_are_said_as_far_as_they_are_known(first, last, undated, words):
    facts = Facts(entries=5, unplaced=5, undated=undated, first=first, last=last)
    assert said(facts).endswith(words)


def test_years_bear_no_thousands_separator_and_counts_do():
    facts = Facts(entries=12_345, unplaced=12_345, first=1984, last=2013)
    assert "between 1984 and 2013" in said(facts)
    assert said(facts).startswith("12,345 entries;")


def test_what_was_filmed_at_two_places_is_said_to_be_at_both():
    facts = Facts(entries=2, certain=(Group((PYONGYANG, RAJIN), 2),), undated=2)
    assert "all in Pyongyang and Rajin" in said(facts)


def test_namesakes_bear_their_regions_name():
    groups = (Group((Spot("Unsan", "", "KP-03"),), 2), Group((Spot("Unsan", "", "KP-02"),), 1))
    names = {"KP-03": "North Pyongan", "KP-02": "South Pyongan"}
    facts = Facts(entries=3, certain=groups, undated=3)
    told = said(facts, naming=names.__getitem__)
    assert "2 in Unsan (North Pyongan), 1 in Unsan (South Pyongan)" in told


def test_where_no_place_stands_out_regions_are_named():
    groups = (Group((Spot("", "", "CN"),), 900), Group((Spot("", "", "IN"),), 700))
    facts = Facts(
        entries=2_000, certain=groups, elsewhere=400, others=31, regional=True, undated=2_000
    )
    told = said(facts, naming={"CN": "China", "IN": "India"}.__getitem__)
    assert "900 in China, 700 in India, 400 in 31 other regions;" in told


def test_a_hundred_thousand_entries_take_no_more_sentences_than_nine():
    facts = Facts(
        entries=100_009, reports=402, certain=(Group((PYONGYANG,), 127), Group((RAJIN,), 24)),
        elsewhere=86_600, others=7_900, possible=(Group((CHONGJIN, RAJIN), 2),), unsure=9_923,
        unplaced=3_333, verified=33_300, doubted=33_400, undated=33_000, first=2005, last=2025,
    )  # fmt: skip
    assert summary(translator("en"), facts) == (
        "100,009 entries from 402 reports; 127 in Pyongyang, 24 in Rajin, 86,600 in 7,900 other"
        " places, 2 possibly in Chongjin or Rajin, 9,923 possibly in one of several other places,"
        " 3,333 without a known place; 33,300 verified, 33,400 contested or refuted.",
        "Said to be filmed between 2005 and 2025; 33,000 without a date.",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_places_of_one_group_are_counted_instead_of_named(language):
    t = translator(language)
    many = [f"P{n}" for n in range(1, 41)]
    assert re.findall(r"(?<!P)\b\d+", either(t, many)) == ["37"]
    assert re.findall(r"P\d+", together(t, many)) == ["P1", "P2", "P3"]
    assert re.findall(r"P\d+", together(t, many[:4])) == ["P1", "P2", "P3", "P4"]
    assert either(t, ["P1"]) == together(t, ["P1"]) == "P1"


@given(st.data())
def test_the_numbers_of_the_sentence_add_up_to_its_first(data):
    number = st.integers(0, 60_000)
    certain = tuple(Group((Spot(f"C{n}"),), data.draw(number) + 1) for n in range(2))
    possible = tuple(Group((Spot(f"U{n}"), Spot("V")), data.draw(number) + 1) for n in range(2))
    elsewhere, unsure, unplaced = data.draw(number), data.draw(number), data.draw(number)
    entries = sum(g.entries for g in (*certain, *possible)) + elsewhere + unsure + unplaced
    facts = Facts(
        entries=entries, certain=certain, elsewhere=elsewhere, others=3, possible=possible,
        unsure=unsure, unplaced=unplaced, undated=entries,
    )  # fmt: skip
    first, phrases, *_ = said(facts).split("; ")
    counts = [int(n.replace(",", "")) for n in re.findall(r"(?:^|, )([\d,]+) (?!other)", phrases)]
    assert sum(counts) == int(first.split()[0].replace(",", "")) == entries


@pytest.mark.parametrize(("language", "nasty"), list(product(LANGUAGES, NASTY)))
def test_a_name_with_braces_is_shown_letter_for_letter(language, nasty):
    facts = Facts(entries=2, certain=(Group((Spot(nasty, "", ""), RAJIN), 2),), undated=2)
    assert nasty in said(facts, language)
