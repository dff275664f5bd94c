"""Synthetic entries: the same for the same seed, and plainly marked."""

from itertools import islice

import pytest

from geo.entry import Outcome, Relation
from geo.formats import Draft, read, write
from geo.geocode import answer
from geo.synth import synthetic

NUMBER = 400


@pytest.fixture(scope="module")
def rows(gazetteer):
    return list(synthetic(gazetteer, NUMBER, seed=7))


@pytest.fixture(scope="module")
def drafts(rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("synth") / "rows.csv"
    write(path, rows)
    return list(read(path))


def test_the_same_seed_gives_the_same_rows(gazetteer, rows):
    assert list(synthetic(gazetteer, NUMBER, seed=7)) == rows
    assert list(synthetic(gazetteer, NUMBER, seed=8)) != rows


def test_a_longer_run_begins_with_the_shorter_one(gazetteer, rows):
    assert list(islice(synthetic(gazetteer, 2 * NUMBER, seed=7), NUMBER)) == rows


def test_every_row_says_that_it_is_synthetic(rows):
    assert len(rows) == NUMBER
    for row in rows:
        assert row["title"].startswith("Synthetic")
        assert "Made up" in row["description"]
        assert row["tags"] == "synthetic"
        assert row["id"].startswith("synth-7-")
        assert row["report_title"].startswith("Synthetic")


def test_rows_of_two_seeds_do_not_overwrite_each_other(gazetteer, rows):
    other = {row["id"] for row in synthetic(gazetteer, NUMBER, seed=8)}
    assert len(other) == NUMBER
    assert not other & {row["id"] for row in rows}


def test_every_row_is_a_valid_entry(drafts):
    assert [one for one in drafts if not isinstance(one, Draft)] == []
    assert len(drafts) == NUMBER


def test_some_are_possible_some_without_place_and_some_without_date(drafts):
    entries = [one.entry for one in drafts]
    possible = sum(one.filmed[0].relation is Relation.ONE_OF for one in entries)
    unplaced = sum(not one.filmed[0].locality for one in entries)
    undated = sum(not one.recorded for one in entries)
    assert 0.05 < possible / NUMBER < 0.16
    assert 0.01 < unplaced / NUMBER < 0.07
    assert 0.25 < undated / NUMBER < 0.42


def test_most_localities_are_accepted_as_a_place(drafts, geocoder):
    said = [place.locality for one in drafts for place in one.entry.filmed if place.locality]
    outcomes = [answer(geocoder, locality).decision.outcome for locality in said]
    assert outcomes.count(Outcome.ACCEPTED) > 0.5 * len(said)
    assert outcomes.count(Outcome.NONE) < 0.05 * len(said)


def test_the_places_lie_all_over_the_world(drafts, geocoder):
    places = [geocoder(place.locality) for one in drafts for place in one.entry.filmed]
    assert len({found[0].country for found in places if found}) > 40


def test_csv_and_parquet_hold_the_same_entries(rows, drafts, tmp_path):
    write(tmp_path / "rows.parquet", rows)
    assert list(read(tmp_path / "rows.parquet")) == drafts


def test_none_are_none(gazetteer):
    assert list(synthetic(gazetteer, 0)) == []
