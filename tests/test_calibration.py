"""How far the confidence and the decision may be trusted, on labelled localities."""

import csv
from collections import Counter

import pytest
from conftest import ROOT
from geopy.distance import great_circle

from geo.geocode import SURE, answer

with (ROOT / "tests" / "data" / "localities.csv").open(encoding="utf-8", newline="") as file:
    LABELLED = list(csv.DictReader(file))


def right(row, place):
    """Whether a candidate lies as near to the labelled place as the label asks."""
    truth = float(row["lat"]), float(row["lon"])
    return great_circle(truth, (place.lat, place.lon)).km <= float(row["within_km"])


@pytest.fixture(scope="module")
def answers(geocoder):
    return [(row, answer(geocoder, row["locality"])) for row in LABELLED]


def test_there_are_enough_labels_to_say_something():
    assert len({row["locality"] for row in LABELLED}) >= 300


def test_of_the_confident_answers_at_least_95_in_100_are_right(answers, record_property):
    table = Counter()
    for row, told in answers:
        if row["lat"] and told.candidates:
            first = told.candidates[0]
            step = "0.9 to 1" if first.confidence >= SURE else "below 0.9"
            table[step, right(row, first)] += 1
    for (step, hit), number in sorted(table.items()):
        record_property(f"{step}, {'right' if hit else 'wrong'}", number)
        print(f"{step}: {number} {'right' if hit else 'wrong'}")
    confident = table["0.9 to 1", True] + table["0.9 to 1", False]
    assert confident >= 200
    assert table["0.9 to 1", True] / confident >= 0.95


def test_what_is_accepted_is_hardly_ever_no_place_at_all(answers):
    wrong = [row["locality"] for row, told in answers if row["expect"] == "none" and told.chosen]
    assert wrong == []


def test_most_of_what_an_analyst_would_accept_is_accepted(answers):
    expected = [told for row, told in answers if row["expect"] == "accepted"]
    assert sum(told.chosen is not None for told in expected) / len(expected) >= 0.95
