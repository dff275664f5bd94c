"""Provinces at the date of the footage."""

import datetime as dt

import pytest
from conftest import candidate, entry, located

from geo.dates import interval
from geo.filters import Filters
from geo.hierarchy import admin1_at


@pytest.mark.parametrize(
    ("recorded", "code"),
    [
        ("1990", "KP-09"), ("1995", "KP-13"), ("2004", "KP-09"), ("2006-05", "KP-09"),
        ("2009-12-31", "KP-09"), ("2010", "KP-13"), ("2013-02-17", "KP-13"), ("", "KP-13"),
        ("2003/2005", "KP-13"), ("2009-06/2010-06", "KP-13"), ("../2008", "KP-13"),
    ],
)  # fmt: skip
def test_rason_belongs_to_what_it_belonged_to_on_the_day(recorded, code):
    assert admin1_at("KP-13", *interval(recorded)) == code


def test_other_provinces_stay_what_they_are():
    assert admin1_at("KP-01", dt.date(2006, 1, 1), dt.date(2006, 1, 1)) == "KP-01"


def test_the_region_filter_follows_the_date_of_the_footage(store, tmp_path):
    from geo.index import Index

    rajin = located(candidate("t:1", admin1="KP-13"))
    days = {"then": "2006", "now": "2013", "unknown": ""}
    store.save([entry(name, rajin, recorded=day) for name, day in days.items()], "me", "why")
    index = Index(store, tmp_path)
    index.refresh()
    assert index.page(Filters(region=("KP-09",)), 9)[0] == ["then"]
    assert set(index.page(Filters(region=("KP-13",)), 9)[0]) == {"now", "unknown"}
