"""Geocoders on the web: off until a person switches one on, and told nothing but the words.

`cached(polite(online(service)), folder)` is what the program uses. An empty list only means
that the service knows no such place; whatever kept it from answering is an error and is
never remembered. An online answer is a proposal: its confidence stays below what a rule
accepts, and a person chooses.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from geopy import exc
from geopy.adapters import BaseSyncAdapter
from geopy.geocoders import GeoNames, Nominatim, Photon

from geo.entry import Candidate
from geo.errors import GeoError, InputError, ServiceError
from geo.geocode import Geocoder
from geo.online import client
from geo.online.places import MOST, candidates
from geo.online.whom import Kind, Service, services

__all__ = [
    "Kind", "Online", "Service", "ask_all", "cached", "online", "polite", "request", "services",
]  # fmt: skip

_MOST_WORDS = 500
"""Characters; who wrote more has put something else than a place into the field."""

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NO_NAME = re.compile(r"://|www\.|@|°|\d\.\d{3}")
"""Signs of an address on the web or by mail, or of coordinates: these are never sent."""

_NOT_SENT = (
    "“{words}” was not sent: an online service is told only the name of a place, in at most"
    " {most} characters, without links, coordinates and line breaks. Shorten it to the name."
)
_NOT_KEPT = (
    "The answers of {service} cannot be kept in the folder {folder} ({problem}); make room"
    " there, or set GEO_CACHE to a folder that you may write to."
)


@dataclass(frozen=True)
class Online:
    """A `Geocoder` that knows which service it asks; without words it asks nobody."""

    service: Service
    ask: Geocoder

    def __call__(self, locality: str) -> list[Candidate]:
        """Return the candidates, best first. Raises `ServiceError` when it could not ask."""
        return self.ask(locality) if locality.strip() else []


def online(service: Service, at: dt.datetime | None = None) -> Online:
    """Return a geocoder that asks the service once a call; at most ten candidates.

    Raises `ServiceError` when there is no answer that can be read, and `InputError` for
    words that are not sent. `at` is the time in the provenance, now by default.
    """

    def ask(locality: str) -> list[Candidate]:
        records = _asked(service, locality, client.fetch).records
        found = candidates(service, locality, records, at or _now())
        if records and not found:
            raise ServiceError(client.UNREADABLE, service=service.name)
        return found

    return Online(service, ask)


def request(service: Service, locality: str) -> str:
    """Return the very URL that asking would fetch, the user name masked; "" when none would.

    Nothing is sent. Raises `InputError` for words that are not sent.
    """
    nothing: object = {_RECORDS[service.kind]: []} if _RECORDS[service.kind] else []
    return _asked(service, locality, lambda *_: nothing).url if locality.strip() else ""


_Fetch = Callable[[Service, str, float, Mapping[str, str]], object]
"""`service, URL, seconds, headers -> JSON document`."""

_RECORDS = {Kind.NOMINATIM: "", Kind.PHOTON: "features", Kind.GEONAMES: "geonames"}
"""The field of the answer that holds the records, "" when the answer is their list."""


class _Adapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """What stands below geopy: fetches, keeps the records, and hands geopy the rest.

    geopy makes the URL and knows how each service words a fault. Its own reading of records
    stops at the first bad one, folds longitudes beyond 180° back and loses those at 0°.
    """

    def __init__(self, service: Service, fetch: _Fetch) -> None:
        super().__init__(proxies=None, ssl_context=None)
        self.service, self.fetch, self.url = service, fetch, ""
        self.records: list[object] = []

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> object:
        """Return the document without its records. Raises `ServiceError`."""
        self.url = url
        document, key = self.fetch(self.service, url, timeout, headers), _RECORDS[self.service.kind]
        records = document.get(key) if isinstance(document, dict) and key else document
        if isinstance(records, list) and isinstance(document, dict) == bool(key):
            self.records = records
            return {**document, key: []} if isinstance(document, dict) else []
        if isinstance(document, dict) and {"error", "status"} & document.keys():
            return document
        raise ServiceError(client.UNREADABLE, service=self.service.name)

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Refuse: everything here is JSON."""
        raise NotImplementedError


def _asked(service: Service, locality: str, fetch: _Fetch) -> _Adapter:
    """Let geopy ask, and return the adapter with what was sent and what came back."""
    if len(locality) > _MOST_WORDS or _UNFIT.search(locality) or _NO_NAME.search(locality):
        raise InputError(_NOT_SENT, words=_UNFIT.sub("·", locality[:60]), most=_MOST_WORDS)
    adapter, name = _Adapter(service, fetch), service.name
    try:
        _geopy(service, adapter)(locality)
    except (exc.GeocoderAuthenticationFailure, exc.GeocoderInsufficientPrivileges):
        raise ServiceError(client.DENIED, service=name) from None
    except exc.GeocoderQuotaExceeded:
        raise client.later(ServiceError(client.BUSY, service=name), _QUOTA_S) from None
    except exc.GeocoderQueryError:
        raise ServiceError(client.REFUSED, service=name) from None
    except exc.GeocoderServiceError:
        raise client.later(ServiceError(client.BROKEN, service=name)) from None
    except (AttributeError, LookupError, TypeError, ValueError):  # a fault worded in no known way
        raise ServiceError(client.UNREADABLE, service=name) from None
    return adapter


_QUOTA_S = 3_600.0
"""How long a quota stays used up at least; GeoNames counts by the hour and by the day."""


def _geopy(service: Service, adapter: _Adapter) -> Callable[[str], object]:
    """Return geopy's question to this service, by way of the adapter."""
    parts = urlsplit(service.url)
    whom = {
        "scheme": parts.scheme,
        "domain": parts.netloc + parts.path,
        "user_agent": service.user_agent,
        "timeout": service.timeout_s,
        "adapter_factory": lambda **_: adapter,
    }
    if service.kind is Kind.GEONAMES:
        names = GeoNames(client.MASK, **whom)
        return lambda words: names.geocode(words, exactly_one=False)
    if service.kind is Kind.PHOTON:
        photon = Photon(**whom)
        return lambda words: photon.geocode(words, exactly_one=False, limit=MOST)
    nominatim = Nominatim(**whom)
    return lambda words: nominatim.geocode(
        words, exactly_one=False, limit=MOST, addressdetails=True, namedetails=True
    )


@dataclass
class _Turn:
    """The queue before one host: who holds the lock may ask, from the moment `free` on."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free: float = float("-inf")


_turns: dict[str, _Turn] = {}
"""By host; one for the whole process, whoever asks."""


def polite(
    geocoder: Online,
    *,
    interval_s: float = 1.0,
    tries: int = 3,
    backoff_s: float = 2.0,
    longest_wait_s: float = 60.0,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Online:
    """Return the geocoder that waits its turn, and asks again after a fault that may pass.

    All threads share one queue for each host: one question at a time, one a second. A wait
    that the service names is kept; one that is longer than `longest_wait_s` is not waited
    for. Raises the last `ServiceError`.
    """
    turn = _turns.setdefault(geocoder.service.host, _Turn())

    def ask(locality: str) -> list[Candidate]:
        left, backoff = tries, backoff_s
        with turn.lock:
            while True:
                while (wait := turn.free - clock()) > 0:
                    sleep(wait)
                try:
                    return geocoder(locality)
                except ServiceError as error:
                    left -= 1
                    if error.wait_s is None or error.wait_s > longest_wait_s:
                        raise
                    turn.free = clock() + max(error.wait_s, backoff if left > 0 else 0)
                    backoff *= 2
                    if left <= 0:
                        raise
                finally:  # counted from the answer, so that no delay on the way shortens it
                    turn.free = max(turn.free, clock() + interval_s)

    return Online(geocoder.service, ask)


def cached(
    geocoder: Online,
    folder: Path,
    *,
    days: int = 180,
    now: Callable[[], dt.datetime] | None = None,
) -> Online:
    """Return the geocoder that remembers answers on disk, also "no such place", never an error.

    An answer holds for this service and these exact words. Several processes may share the
    folder; a file that cannot be read counts as missing. Raises `GeoError` when the folder
    cannot be written to.
    """
    place, service, clock = folder / "online", geocoder.service, now or _now

    def ask(locality: str) -> list[Candidate]:
        asked: list[object] = [_LAYOUT, service.kind.value, service.url, locality]
        path = place / f"{hashlib.sha256(json.dumps(asked).encode()).hexdigest()}.json"
        kept = _read(path, asked, clock(), dt.timedelta(days=days))
        if kept is not None:
            return kept
        with _keeping(service, place):  # before anything is sent
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = geocoder(locality)
        with _keeping(service, place):
            _write(path, {"asked": asked, "at": clock().isoformat(), "found": _plain(found)})
        return found

    return Online(service, ask)


_LAYOUT = 1
"""Raised when answers are read in another way: what was kept is then asked again."""


@contextmanager
def _keeping(service: Service, folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into an error for a person."""
    try:
        yield
    except OSError as error:
        raise GeoError(
            _NOT_KEPT, service=service.name, folder=folder, problem=error.strerror or error
        ) from error


def _read(
    path: Path, asked: list[object], now: dt.datetime, limit: dt.timedelta
) -> list[Candidate] | None:
    """Return what was kept, or None when that is nothing, too old or damaged."""
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        kept = json.loads(path.read_bytes())
        age = now - dt.datetime.fromisoformat(kept["at"])
        if kept["asked"] == asked and dt.timedelta() <= age <= limit:
            return [Candidate.model_validate(one) for one in kept["found"]]
    return None


def _write(path: Path, document: dict[str, object]) -> None:
    """Put the file there whole or not at all, for this user's eyes only."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(document, file)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _plain(found: list[Candidate]) -> list[dict[str, object]]:
    return [one.model_dump(mode="json") for one in found]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def ask_all(geocoder: Geocoder, localities: Iterable[str]) -> Iterator[tuple[str, list[Candidate]]]:
    """Yield each locality with its candidates as soon as they are there, in the given order.

    The same words are asked once. Raises what the geocoder raises; what was yielded before
    is in the cache, so that a second run goes on where the first one stopped.
    """
    told: dict[str, list[Candidate]] = {}
    for locality in localities:
        if locality not in told:
            told[locality] = geocoder(locality)
        yield locality, list(told[locality])
