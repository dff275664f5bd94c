"""Nothing is sent before a person has switched it on, has seen it, and says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_online import NOMINATIM, Reply, Server, document

from geo.entry import DecidedBy
from geo.gazetteer import Gazetteer
from geo.geocode import offline
from geo.intake import leave_empty, take_file
from geo.store import Store, default_url, open_store

ROWS = (
    "id,title,locality\nR1,Trucks,Unsan\nR2,A mill,Qqqzzz\nR3,Snow,Qqqzzz\nR4,x,See www.a.example\n"
)


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server().plays(document("nominatim", NOMINATIM))
    yield one
    one.close()


@pytest.fixture
def waiting(cache: Path, gazetteer: Gazetteer, tmp_path: Path) -> Iterator[Store]:
    """Return the app's own store, with four localities that no rule could place."""
    opened = open_store(default_url())
    leave_empty(opened)
    sheet = tmp_path / "unclear.csv"
    sheet.write_text(ROWS)
    take_file(opened, offline(gazetteer), sheet)
    yield opened
    opened.engine.dispose()


def page(secrets: dict[str, str] | None = None) -> AppTest:
    def script() -> None:
        import streamlit as st

        from geo.errors import GeoError
        from geo.i18n import translator
        from views import review

        try:
            review.draw(translator("en"), "en")
        except GeoError as error:
            st.error(str(error))

    test = AppTest.from_function(script, default_timeout=60)
    for name, value in (secrets or {}).items():
        test.secrets[name] = value
    return test.run()


def pressed(test: AppTest, label: str) -> AppTest:
    return next(one for one in test.button if one.label == label).click().run()


def labels(test: AppTest) -> set[str]:
    return {one.label for one in test.button}


def test_no_switch_is_offered_while_no_service_is_set_up(
    waiting: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEO_ONLINE", raising=False)
    test = page()
    assert not test.exception
    assert not test.toggle
    assert not test.code
    assert not {"Send", "Send all"} & labels(test)


def test_what_would_be_sent_shows_once_it_is_switched_on_and_goes_when_a_person_says_so(
    waiting: Store, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setenv("GEO_ONLINE", f"nominatim={server.url}")
    test = page()
    assert not test.code
    assert not {"Send", "Send all"} & labels(test)
    test.toggle[0].set_value(True).run()
    assert {"Send", "Send all"} <= labels(test)
    assert test.code[0].value.startswith(f"{server.url}/")
    assert "Unsan" in test.code[0].value
    assert server.asked == []
    pressed(test, "Send")
    assert not test.error
    assert len(server.asked) == 1
    assert server.url + server.asked[0][0] == test.code[0].value
    test.toggle[0].set_value(False).run()
    assert not test.code


def test_a_secrets_file_alone_sets_a_service_up(
    waiting: Store, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.delenv("GEO_ONLINE", raising=False)
    test = page({"GEO_ONLINE": f"nominatim={server.url}"})
    assert "Nominatim" in test.toggle[0].label
    test.toggle[0].set_value(True).run()
    assert test.code[0].value.startswith(server.url)


def test_all_waiting_localities_are_listed_asked_and_left_to_a_person(
    waiting: Store, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setenv("GEO_ONLINE", f"nominatim={server.url}")
    test = page()
    test.toggle[0].set_value(True).run()
    listed = test.code[-1].value.splitlines()
    assert sorted(listed) == ["Qqqzzz", "Unsan"]
    assert any("1 localities are never sent" in one.value for one in test.caption)
    pressed(test, "Send all")
    assert not test.exception
    assert len(server.asked) == 2
    for entry in waiting.entries(["R1", "R2", "R3"]).values():
        (place,) = entry.locations
        assert place.candidates[-1].provenance.provider.startswith("Nominatim")
        assert (place.chosen, place.unplaced) == (None, "review")
        assert place.decision is not None
        assert place.decision.by is DecidedBy.RULE
    assert len({one.seq for r in ("R1", "R2", "R3") for one in waiting.history(r)[1:]}) == 3
    assert any("All 2 localities were asked" in one.value for one in test.success)


def test_a_fault_half_way_keeps_what_was_answered_and_the_next_click_goes_on(
    waiting: Store, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    server.plays(document("nominatim", NOMINATIM), Reply(status=403), [])
    monkeypatch.setenv("GEO_ONLINE", f"nominatim={server.url}")
    test = page()
    test.toggle[0].set_value(True).run()
    first, second = test.code[-1].value.splitlines()
    pressed(test, "Send all")
    assert any("1 of 2 were answered" in one.value for one in test.warning)
    assert test.code[-1].value.splitlines() == [second]
    joined = [
        one.locations[0].locality
        for one in waiting.entries(["R1", "R2", "R3"]).values()
        if any(c.provenance.provider.startswith("Nominatim") for c in one.locations[0].candidates)
    ]
    assert set(joined) == {first}
    pressed(test, "Send all")
    assert len(server.asked) == 3
    assert any("All 2 localities were asked" in one.value for one in test.success)
