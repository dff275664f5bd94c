"""Which countries the reports are about."""

import pytest
from conftest import candidate, entry, located

from geo.errors import InputError
from geo.geocode import COUNTRIES_OF_INTEREST
from geo.index import Index
from geo.interest import codes, countries, of_entries


@pytest.fixture
def index(store, tmp_path):
    """Return a function that makes the index of entries in these countries."""

    def of(*where):
        store.save(
            [
                entry(f"E{n}", located(candidate(f"t:{n}", country=code, admin1="")))
                for n, code in enumerate(where)
            ],
            "test",
            "made up",
        )
        made = Index(store, tmp_path / "cache")
        made.refresh()
        return made

    return of


def test_the_entries_say_what_they_are_about(index):
    assert countries(index("UA", "UA", "UA", "RU", "PL", "UA", "UA")) == ("UA",)


def test_two_countries_can_be_meant(index):
    assert set(of_entries(index("UA", "UA", "RU", "RU"))) == {"UA", "RU"}


def test_without_a_placed_entry_it_is_north_korea(store, tmp_path):
    store.save([entry("1")], "test", "made up")
    index = Index(store, tmp_path / "cache")
    index.refresh()
    assert countries(index) == countries(None) == COUNTRIES_OF_INTEREST


def test_the_setting_goes_before_the_entries(index, monkeypatch):
    monkeypatch.setenv("GEO_INTEREST", "kp, cn;KP")
    assert countries(index("UA")) == ("KP", "CN")


@pytest.mark.parametrize("word", ["Korea", "K", "1A", "<b>"])
def test_what_is_no_country_code_is_refused_with_the_way_to_write_it(word):
    with pytest.raises(InputError, match="two letters; write KP"):
        codes(["KP", word])
