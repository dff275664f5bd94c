"""Dates as people write them; what an interval allows is tested with the entries."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dates import interval, said, said_moment
from geo.i18n import translator

en, ko = translator("en"), translator("ko")


@pytest.mark.parametrize(
    ("date", "english", "korean"),
    [
        ("", "date unknown", "날짜 미상"),
        ("2013", "2013", "2013년"),
        ("2013-05", "May 2013", "2013년 5월"),
        ("2013-05-07", "7 May 2013", "2013년 5월 7일"),
        ("2013-05-XX", "May 2013", "2013년 5월"),
        ("2013-XX", "2013", "2013년"),
        ("201X", "the 2010s", "2010년대"),
        ("20XX", "2000 – 2099", "2000년~2099년"),
        ("2013-22", "summer 2013", "2013년 여름"),
        ("2013~", "about 2013", "2013년경"),
        ("2013-05?", "May 2013 (uncertain)", "2013년 5월(불확실)"),
        ("2013-05%", "about May 2013 (uncertain)", "2013년 5월경(불확실)"),
        ("2012-10/2013-03", "Oct 2012 – Mar 2013", "2012년 10월~2013년 3월"),
        ("2012~/2013", "about 2012 – 2013", "2012년경~2013년"),
        ("2012/..", "from 2012", "2012년부터"),
        ("../2013-05", "until May 2013", "2013년 5월까지"),
        ("2012/", "from 2012, end unknown", "2012년부터, 끝은 알 수 없음"),
        ("/2013", "until 2013, beginning unknown", "2013년까지, 시작은 알 수 없음"),
        ("../..", "any time", "아무 때나"),
        ("XXXX", "date unknown", "날짜 미상"),
    ],
)
def test_a_date_is_written_as_people_write_it(date, english, korean):
    assert (said(date, en), said(date, ko)) == (english, korean)


@pytest.mark.parametrize("date", ["[2012,2013]", "2013-~05", "2013-05-~07", "2013-33", "nonsense"])
def test_what_has_no_plain_form_comes_back_letter_for_letter(date):
    assert said(date, en) == said(date, ko) == date


def test_a_time_of_day_stays_beside_its_date():
    assert said("2013-05-07T10:20:00Z", en) == "7 May 2013, 10:20:00Z"


@given(st.dates())
def test_words_of_a_day_say_the_year_and_the_day(day):
    words = said(day.isoformat(), ko)
    assert words == f"{day.year:04}년 {day.month}월 {day.day}일"
    assert interval(day.isoformat()) == (day, day)


def test_a_moment_is_said_in_utc():
    at = dt.datetime(2013, 5, 7, 8, 5, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert said_moment(at, en) == "6 May 2013, 23:05 UTC"
    assert said_moment(at, ko) == "2013년 5월 6일 23:05 UTC"
