"""Taking a locality's words apart."""

import pytest
from conftest import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from geo.locality import Words, readings


@pytest.mark.parametrize(
    ("locality", "reading"),
    [
        ("Musan, North Hamgyong", Words("Musan", ("North Hamgyong",))),
        ("Sunam market in Chongjin", Words("Sunam market", ("Chongjin",))),
        ("the port city of Wonsan", Words("Wonsan")),
        ("a village in Musan County", Words("Musan County")),
        ("near the Chinese border at Hoeryong", Words("Hoeryong", near=True)),
        ("outside Pyongyang", Words("Pyongyang", near=True)),
        ("a farm near Sariwon", Words("Sariwon", near=True)),
        ("Pyongyang's Moranbong district", Words("Moranbong district", ("Pyongyang",))),
        ("northeastern North Korea", Words("North Korea", part="northeast")),
        ("between Wonsan and Hamhung", Words("Wonsan", other="Hamhung")),
        ("the highway between Pyongyang and Wonsan", Words("Pyongyang", other="Wonsan")),
        ("함경북도 회령시", Words("회령시", ("함경북도",))),
        ("Hyesan, across the Yalu from Changbai", Words("Hyesan")),
    ],
)
def test_words_are_read_as_a_reader_reads_them(locality, reading):
    assert reading in readings(locality)


@given(st.text(max_size=80))
def test_the_whole_text_is_always_the_first_reading(text):
    found = readings(text)
    assert found[0] == Words(" ".join(text.split()).strip(" ."))
    assert len(found) == len(set(found)) < 200


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_like_any_other(text):
    assert readings(text)


def test_a_name_that_others_share_is_not_lost_with_its_article():
    assert [w.name for w in readings("The Hague")] == ["The Hague", "Hague"]
