"""What the tests share: one gazetteer, fresh folders for each test, and builders of records."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from geo.entry import Candidate, Decision, Entry, Location, Match, Outcome, Provenance
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geocode import Geocoder, offline
from geo.intake import fill_if_new
from geo.store import Store, open_store

ROOT = Path(__file__).parents[1]
NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
HOSTILE = (
    "{{7*191}}", "{% raw %}", "`${alert(1)}`", "</script><script>alert(1)</script>",
    "\\u003cimg src=x onerror=alert(1)\\u003e", "'; DROP TABLE rows; --", '" OR ""="',
    "price ${ oops",
    "=1+1", "%s %(x)s", "청진", "🎬",
)  # fmt: skip
"""Texts that some language on the way to the screen would take for code."""

_OWN_CACHE = os.environ.get("GEO_CACHE")

settings.register_profile("quick", deadline=None, max_examples=60, database=None)
settings.load_profile("quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a browser test that fails be tried once more: a busy machine may draw a page late."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def provenance() -> Provenance:
    """Return where a made-up candidate came from."""
    return Provenance(
        provider="Test",
        version="1",
        query="x",
        matched_name="X",
        match=Match.EXACT,
        at=NOON,
        licence="none",
    )


def candidate(place_id: str = "t:1", **changes: object) -> Candidate:
    """Return a made-up candidate: a city in KP-01, as far as `changes` say nothing else."""
    given = {
        "place_id": place_id, "name": "X", "lat": 39.0, "lon": 125.7, "uncertainty_m": 5_000.0,
        "feature": "city", "country": "KP", "admin1": "KP-01", "confidence": 0.9,
        "provenance": provenance(),
    }  # fmt: skip
    return Candidate.model_validate(given | changes)


def located(place: Candidate, **changes: object) -> Location:
    """Return a location whose only candidate is accepted."""
    decision = Decision(outcome=Outcome.ACCEPTED, at=NOON, reason="made up")
    given = {"locality": place.name, "candidates": (place,), "chosen": place.place_id}
    return Location.model_validate({**given, "decision": decision, **changes})


def entry(entry_id: str = "X1", *places: Location, **changes: object) -> Entry:
    """Return a made-up entry at these places, or one whose place is not stated."""
    locations = places or (Location(absence="not_stated"),)
    return Entry.model_validate(
        {"id": entry_id, "title": f"Title of {entry_id}", "locations": locations, **changes}
    )


def python(*arguments: object) -> subprocess.Popen[str]:
    """Start this Python in the project's folder, with the folders of the running test."""
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture(scope="session")
def gazetteer(request: pytest.FixtureRequest) -> Gazetteer:
    """Return the real gazetteer, built once and kept in GEO_CACHE or pytest's cache."""
    kept = _OWN_CACHE or request.config.cache.mkdir("gazetteer")
    return open_gazetteer(Path(kept), own=Path(kept) / "nothing-added")


@pytest.fixture(scope="session")
def geocoder(gazetteer: Gazetteer) -> Geocoder:
    """Return the offline geocoder."""
    return offline(gazetteer, NOON)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test out of the user's folders.

    XDG_CACHE_HOME stays: the browser's program lies there, and GEO_CACHE goes before it.
    """
    monkeypatch.setenv("GEO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GEO_STORE", f"sqlite:///{tmp_path / 'own' / 'glimpse.sqlite'}")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def cache(gazetteer: Gazetteer, tmp_path: Path) -> Path:
    """Return this test's own cache folder, the built gazetteer in it."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / gazetteer.path.name).symlink_to(gazetteer.path)
    return folder


@pytest.fixture
def new_store(tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Return a function that opens (and makes) a store of this test by its file's name."""
    opened: list[Store] = []

    def open_one(name: str = "store.sqlite") -> Store:
        opened.append(open_store(f"sqlite:///{tmp_path / name}"))
        return opened[-1]

    yield open_one
    for store in opened:
        store.engine.dispose()


@pytest.fixture
def store(new_store: Callable[..., Store]) -> Store:
    """Return a new store with nothing in it."""
    return new_store()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a Chromium for the tests of a module."""
    from playwright.sync_api import sync_playwright

    from tests.chromium import launch

    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer) -> Path:
    """Return a folder for the stores of a module's browser tests, the place index in its cache."""
    made = tmp_path_factory.mktemp("browser")
    (made / "cache").mkdir()
    (made / "cache" / gazetteer.path.name).symlink_to(gazetteer.path)
    return made


@pytest.fixture
def filled(new_store: Callable[..., Store], geocoder: Geocoder) -> Store:
    """Return a store with the nine shipped entries."""
    opened = new_store("filled.sqlite")
    fill_if_new(opened, geocoder)
    return opened
