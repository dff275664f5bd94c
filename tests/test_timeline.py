"""The timeline: every entry is counted once, and none is dated more finely than reported."""

import datetime as dt

import pytest
from conftest import candidate, entry, located
from hypothesis import given
from hypothesis import strategies as st

from geo.dates import interval
from geo.index import Index
from geo.timeline import LEVELS, Timeline, Unit, edtf, timeline, unit_for

UNITS = list(Unit)


def of(*texts: str, level: str = "reported") -> Timeline:
    """Return the timeline of one entry for each date."""
    return timeline([(*interval(text), level, 1) for text in texts])


def held(drawn: Timeline) -> float:
    """Return how many entries the bars hold, exact and partial together."""
    return sum(sum(bar.exact) + sum(bar.partial) for bar in drawn.bars)


def full(drawn: Timeline) -> dict[str, tuple[int, float, int]]:
    """Return exact, partial and touching entries of each bar that holds any, by its EDTF."""
    return {
        bar.edtf: (sum(bar.exact), round(sum(bar.partial), 6), bar.touching)
        for bar in drawn.bars
        if sum(bar.exact) or bar.touching
    }


DAYS = st.dates() | st.dates(dt.date(2005, 1, 1), dt.date(2015, 12, 31))
SPANS = st.one_of(
    st.tuples(DAYS, DAYS).map(sorted),
    DAYS.map(lambda day: (day, day)),
    DAYS.map(lambda day: (None, day)),
    DAYS.map(lambda day: (day, None)),
    st.just((None, None)),
)
FOUND = st.lists(
    st.builds(
        lambda span, level, number: (*span, level, number),
        SPANS, st.sampled_from(LEVELS), st.integers(1, 500),
    ),
    max_size=25,
)  # fmt: skip


@given(FOUND)
def test_no_entry_is_lost_and_none_counts_twice(found):
    drawn = timeline(found)
    assert drawn.dated + drawn.unknown == sum(number for *_, number in found)
    assert held(drawn) == pytest.approx(drawn.dated, abs=1e-5)
    for place, level in enumerate(LEVELS):
        mine = sum(n for first, last, said, n in found if said == level and (first or last))
        bars = sum(bar.exact[place] + bar.partial[place] for bar in drawn.bars)
        assert bars == pytest.approx(mine, abs=1e-5)


@given(FOUND)
def test_bars_follow_each_other_without_a_gap_and_cover_every_known_day(found):
    drawn = timeline(found)
    for one, other in zip(drawn.bars, drawn.bars[1:], strict=False):
        assert one.last + dt.timedelta(1) == other.first
    known = [day for first, last, *_ in found for day in (first, last) if day]
    assert bool(known) == bool(drawn.bars)
    if known:
        assert drawn.bars[0].first <= min(known)
        assert drawn.bars[-1].last >= max(known)


@given(FOUND)
def test_there_are_never_more_bars_than_a_page_can_show(found):
    assert len(timeline(found).bars) <= (101 if timeline(found).unit is Unit.CENTURY else 82)


@given(FOUND)
def test_what_a_bar_says_as_edtf_is_exactly_its_days(found):
    for bar in timeline(found).bars:
        assert interval(bar.edtf) == (bar.first, bar.last)


@given(FOUND)
def test_an_entry_is_exact_only_where_its_whole_date_lies_within_one_bar(found):
    drawn = timeline(found)
    for bar in drawn.bars:
        inside = sum(n for a, b, _, n in found if a and b and bar.first <= a and b <= bar.last)
        assert sum(bar.exact) == inside
        wider = sum(
            n for a, b, _, n in found
            if (a or b) and not (a and b and bar.first <= a and b <= bar.last)
            and (a is None or a <= bar.last) and (b is None or b >= bar.first)
        )  # fmt: skip
        assert bar.touching == wider


@given(st.integers(1, 3_700_000), st.integers(1, 3_700_000), st.integers(1, 40_000))
def test_a_longer_span_never_has_a_finer_unit(days, more, width):
    assert UNITS.index(unit_for(days, width)) <= UNITS.index(unit_for(days + more, width))


@given(st.integers(1, 40_000), st.integers(1, 40_000), st.integers(1, 3_700_000))
def test_vaguer_dates_never_have_a_finer_unit(width, more, days):
    assert UNITS.index(unit_for(days, width)) <= UNITS.index(unit_for(days, width + more))


@pytest.mark.parametrize(
    ("dates", "unit"),
    [(["2013-05-01", "2013-06-20"], Unit.DAY),
     (["2013-05-01", "2014-02-20"], Unit.WEEK),
     (["2013-05-01", "2016-02-20"], Unit.MONTH),
     (["2005-05-01", "2018-02-20"], Unit.QUARTER),
     (["2005-05-01", "2025-12-20"], Unit.YEAR),
     (["1905-05-01", "2025-12-20"], Unit.DECADE),
     (["1105-05-01", "2025-12-20"], Unit.CENTURY),
     (["2013-05", "2013-06"], Unit.MONTH),
     (["2013", "2014"], Unit.YEAR)],
)  # fmt: skip
def test_the_unit_is_what_the_span_and_the_dates_allow(dates, unit):
    assert of(*dates).unit is unit


def test_a_year_alone_is_a_bar_of_a_year_and_not_twelve_months():
    assert full(of("2013")) == {"2013": (1, 0, 0)}


def test_a_date_wider_than_a_bar_is_spread_evenly_over_the_bars_that_it_touches():
    months = timeline([(*interval("2012-12/2013-03"), "reported", 8),
                       (*interval("2012-11"), "reported", 90)])  # fmt: skip
    assert full(months) == {
        "2012-11": (90, 0, 0),
        **dict.fromkeys(["2012-12", "2013-01", "2013-02", "2013-03"], (0, 2.0, 8)),
    }


def test_a_range_with_an_open_end_runs_to_the_last_bar_and_is_counted_as_open():
    drawn = of("2010", "2014/..")
    assert (drawn.open_start, drawn.open_end) == (0, 1)
    years = [bar.edtf for bar in drawn.bars if bar.touching]
    assert years == [str(year) for year in range(2014, int(drawn.bars[-1].end) + 1)]
    assert of("../2012", "2010").open_start == 1


def test_an_entry_known_only_by_an_open_range_is_never_exact():
    drawn = of("2012/..")
    assert drawn.unit is Unit.YEAR
    assert sum(sum(bar.exact) for bar in drawn.bars) == 0
    assert held(drawn) == pytest.approx(1)


def test_where_no_entry_has_a_date_there_is_no_bar_and_all_are_unknown():
    drawn = timeline([(None, None, "reported", 2), (None, None, "not_assessed", 7)])
    assert (drawn.bars, drawn.dated, drawn.unknown) == ((), 0, 9)
    assert timeline([]).bars == ()


def test_a_short_time_has_empty_bars_around_it():
    drawn = of("2013-05")
    assert len(drawn.bars) == 12
    assert drawn.bars[0].first < dt.date(2013, 5, 1) < drawn.bars[-1].first


def test_the_bars_keep_within_the_years_that_a_date_can_have():
    drawn = of("0001-01-01", "0001-01-03")
    assert drawn.bars[0].first == dt.date.min
    drawn = of("9999-12-30", "9999-12-31")
    assert drawn.bars[-1].last == dt.date.max


@pytest.mark.parametrize(
    ("dates", "said"),
    [(["2013-05", "2013-07"], "2013-05/2013-07"), (["2012", "2014"], "2012/2014"),
     (["2013", "2013"], "2013"), (["2013-05-01", "2013-05-02"], "2013-05-01/2013-05-02")],
)  # fmt: skip
def test_a_range_of_bars_is_said_at_their_own_precision(dates, said):
    drawn = of(*dates)
    first, last = drawn.touched(interval(dates[0])[0], interval(dates[1])[1])
    assert edtf(drawn.bars[first], drawn.bars[last]) == said


def test_a_range_marks_the_bars_that_it_touches():
    drawn = of("2010", "2021")
    years = [bar.edtf for bar in drawn.bars]
    assert drawn.touched(dt.date(2012, 5, 1), dt.date(2014, 1, 1)) == (
        years.index("2012"), years.index("2014"),
    )  # fmt: skip
    assert drawn.touched(None, dt.date(2011, 1, 1)) == (0, years.index("2011"))
    assert drawn.touched(dt.date(2020, 1, 1), None) == (years.index("2020"), len(years) - 1)
    assert drawn.touched(dt.date(1900, 1, 1), dt.date(1901, 1, 1)) is None


def test_the_index_gives_what_the_timeline_counts(store, tmp_path):
    place = located(candidate())
    store.save(
        [
            entry("A", place, recorded="2013-05-04", verification={"level": "geolocated"}),
            entry("B", place, located(candidate("t:2")), recorded="2013"),
            entry("C", place),
            entry("D", recorded="2014"),
        ],
        "test",
        "test",
    )
    index = Index(store, tmp_path / "cache")
    index.refresh()
    from geo.filters import Filters

    drawn = timeline(index.intervals(Filters()))
    assert (drawn.dated, drawn.unknown) == (3, 1)
    assert full(drawn) == {"2013": (2, 0, 0), "2014": (1, 0, 0)}
    (bar,) = [bar for bar in drawn.bars if bar.edtf == "2013"]
    assert dict(zip(LEVELS, bar.exact, strict=True))["geolocated"] == 1
