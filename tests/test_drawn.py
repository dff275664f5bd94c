"""What was drawn on the map becomes a filter in the address, and the filter an outline."""

import pytest

from geo.filters import Filters
from views import address, drawn


@pytest.fixture
def written(monkeypatch) -> dict[str, str]:
    """Return what is written into the address."""
    kept: dict[str, str] = {}
    monkeypatch.setattr(address, "write", kept.__setitem__)
    return kept


def test_a_shape_is_written_with_four_decimals_and_lifts_a_circle(written) -> None:
    assert drawn.take({"shape": [[42.5, 129.123456], [41, 129], [41, 131.5]], "click": 3})
    assert written == {"shape": "42.5000,129.1235;41.0000,129.0000;41.0000,131.5000", "near": ""}


def test_a_circle_is_written_and_lifts_a_shape(written) -> None:
    assert drawn.take({"near": [39.0292, 125.7483, 12.5]})
    assert written == {"near": "39.0292,125.7483,12.5", "shape": ""}


def test_an_empty_shape_lifts_both(written) -> None:
    assert drawn.take({"shape": []})
    assert written == {"shape": "", "near": ""}


@pytest.mark.parametrize(
    "odd", [{"shape": [[91, 0], [1, 1], [2, 2]]}, {"shape": [[1, 1], [2, 2]]}, {"near": [1, 2, -5]}]
)
def test_a_shape_that_no_filter_can_read_is_left_out(written, odd) -> None:
    assert drawn.take(odd)
    assert written == {"shape": "", "near": ""}


def test_a_click_on_a_symbol_is_no_shape(written) -> None:
    assert not drawn.take({"at": [[1, 2]], "click": 1})
    assert written == {}


def test_the_outline_is_what_the_filters_ask_for() -> None:
    shape = Filters(shape="42.5000,129.0000;41.0000,129.0000;41.0000,131.5000")
    assert drawn.outline(shape) == {"shape": [(42.5, 129.0), (41.0, 129.0), (41.0, 131.5)]}
    assert drawn.outline(Filters(near="39.0292,125.7483,12.5,gn:1")) == {
        "near": (39.0292, 125.7483, 12.5)
    }
    assert drawn.outline(Filters()) is None
