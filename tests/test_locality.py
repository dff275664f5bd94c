"""Taking a locality's words apart."""

import pytest
from conftest import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from geo.locality import Ends, Words, ends, readings


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
        ("N. Hamgyong Province", Words("North Hamgyong Province")),
        ("near Wonsan on the east coast", Words("Wonsan", near=True)),
        ("Tokchon airfield", Words("Tokchon", near=True, after=True)),
        ("Tumen (China)", Words("Tumen", ("China",))),
        ("Hoeryong (회령)", Words("Hoeryong", ("회령",))),
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("between Wonsan and Hamhung", Ends(("Wonsan", "Hamhung"), between=True)),
        ("the highway between Pyongyang and Wonsan", Ends(("Pyongyang", "Wonsan"), between=True)),
        ("원산과 함흥 사이", Ends(("원산", "함흥"), between=True)),
        ("Sinuiju and Dandong", Ends(("Sinuiju", "Dandong"))),
        ("both Chongjin and Rajin", Ends(("Chongjin", "Rajin"))),
        ("Wonsan", None),
        ("Rajin, Rason and Chongjin", None),
        ("Somerset Island", None),
        ("사이", None),
    ],
)
def test_two_ends_are_told_from_one_place(text, said):
    assert ends(text) == said
