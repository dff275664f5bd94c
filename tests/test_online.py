"""Online geocoders: silent unless switched on, sparing with words, honest about every failure."""

import datetime as dt
import json
import logging
import shutil
import ssl
import stat
import subprocess
import sys
import threading
import time
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from conftest import HOSTILE, NOON, ROOT
from hypothesis import given
from hypothesis import strategies as st

import geo.online
from geo.entry import Match, Outcome
from geo.errors import GeoError, InputError, ServiceError
from geo.geocode import answer
from geo.online import Kind, Service, ask_all, cached, client, online, polite, request, services
from geo.online.places import candidates

AGENT = "Glimpse-test/1 (nobody@example.org)"
SECRET = "s3cret&user"
KINDS = list(Kind)
NOMINATIM = {
    "place_id": 1, "osm_type": "relation", "osm_id": 8_100, "lat": "41.79", "lon": "129.79",
    "class": "boundary", "type": "administrative", "addresstype": "city", "name": "청진시",
    "display_name": "청진시, 함경북도, 조선민주주의인민공화국", "importance": 0.5,
    "boundingbox": ["41.6", "42.0", "129.4", "130.0"],
    "address": {"city": "청진시", "ISO3166-2-lvl4": "KP-09", "country_code": "kp"},
    "namedetails": {"name": "청진시", "name:en": "Chongjin", "name:ja": "清津"},
}  # fmt: skip
PHOTON = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [129.79, 41.79]},
    "properties": {
        "osm_type": "R", "osm_id": 8_100, "osm_key": "place", "osm_value": "city", "type": "city",
        "name": "Chongjin", "countrycode": "KP", "state": "North Hamgyong",
        "extent": [129.4, 42.0, 130.0, 41.6],
    },
}  # fmt: skip
GEONAMES = {
    "geonameId": 2_044_757, "name": "Chongjin", "toponymName": "Ch’ŏngjin", "lat": "41.79",
    "lng": "129.79", "fcl": "P", "fcode": "PPLA", "countryCode": "KP", "population": 327_000,
    "adminCode1": "17", "adminCodes1": {"ISO3166_2": "09"}, "countryName": "North Korea",
}  # fmt: skip
RECORDS = {Kind.NOMINATIM: NOMINATIM, Kind.PHOTON: PHOTON, Kind.GEONAMES: GEONAMES}


def document(kind, *records):
    """Return an answer of this service with these records."""
    whole = {
        Kind.NOMINATIM: list(records),
        Kind.PHOTON: {"type": "FeatureCollection", "features": list(records)},
        Kind.GEONAMES: {"totalResultsCount": len(records), "geonames": list(records)},
    }
    return whole[kind]


def changed(kind, **values):
    """Return the service's record with other coordinates, names or numbers."""
    record = json.loads(json.dumps(RECORDS[kind]))
    for key, value in values.items():
        if kind is Kind.PHOTON and key in ("lat", "lon"):
            record["geometry"]["coordinates"][key == "lat"] = value
            continue
        target = record["properties"] if kind is Kind.PHOTON else record
        target[{"lon": "lng", "id": "geonameId"}.get(key, key) if kind is Kind.GEONAMES
               else {"id": "osm_id"}.get(key, key)] = value  # fmt: skip
        if kind is Kind.NOMINATIM and key == "name":
            record["namedetails"] = {}
    return record


class Reply:
    """What the server does once: status, body, headers, or something rude."""

    def __init__(self, body=b"", status=200, *, cut=0, slow=0.0, **headers):
        whole = body if isinstance(body, bytes | str) else json.dumps(body, ensure_ascii=False)
        self.body = whole.encode() if isinstance(whole, str) else whole
        self.status, self.cut, self.slow, self.headers = status, cut, slow, headers


class Server:
    """A server on this machine that gives the replies in turn, the last one for ever."""

    def __init__(self):
        self.asked, self.replies, self.over = [], [], threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append((self.path, self.headers.items(), time.monotonic()))
                number = min(len(server.asked), len(server.replies)) - 1
                server.give(self, server.replies[number])

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def give(self, handler, reply):
        handler.send_response(reply.status)
        headers = {"Content-Type": "application/json", "Content-Length": len(reply.body)}
        for name, value in {**headers, **reply.headers}.items():
            handler.send_header(name.replace("_", "-"), str(value))
        if reply.slow and not reply.body:
            self.over.wait(5)
        handler.end_headers()
        try:
            for at in range(0, len(reply.body) - reply.cut, 65_536 if not reply.slow else 1):
                end = min(at + (65_536 if not reply.slow else 1), len(reply.body) - reply.cut)
                handler.wfile.write(reply.body[at:end])
                if reply.slow and self.over.wait(reply.slow):
                    return
        except OSError:
            pass  # the other side has heard enough

    def plays(self, *replies):
        self.replies = [r if isinstance(r, Reply) else Reply(r) for r in replies]
        return self

    def close(self):
        self.over.set()
        self.http.shutdown()
        self.http.server_close()


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """Let no proxy stand between, and start each test with no queue."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    client._opener.cache_clear()
    geo.online._turns.clear()


@pytest.fixture
def server():
    one = Server()
    yield one
    one.close()


@pytest.fixture
def clock():
    return Clock()


def service(server, kind=Kind.NOMINATIM, **changes):
    user = SECRET if kind is Kind.GEONAMES else ""
    return Service(**{"kind": kind, "user_agent": AGENT, "address": server.url, "user": user,
                      "timeout_s": 5.0, **changes})  # fmt: skip


def told(server, kind=Kind.NOMINATIM, **changes):
    return online(service(server, kind, **changes), NOON)


def patient(geocoder, clock, **changes):
    return polite(geocoder, clock=clock, sleep=clock.sleep, **changes)


# Switching on


def test_nothing_is_switched_on_and_nothing_is_asked_by_default(server):
    assert services({}) == services({"GEO_ONLINE": " "}) == []
    assert server.asked == []


def test_the_environment_names_services_and_ones_own_server():
    given_ = {"GEO_ONLINE": "Nominatim=https://maps.example.org/nominatim/, photon geonames",
              "GEO_GEONAMES_USER": SECRET, "GEO_ONLINE_TIMEOUT": "3"}  # fmt: skip
    own, photon, names = services(given_)
    assert (own.url, own.name) == (
        "https://maps.example.org/nominatim", "Nominatim (maps.example.org)",
    )  # fmt: skip
    assert (photon.url, photon.name) == ("https://photon.komoot.io", "Photon")
    assert (names.url, names.user, own.user) == ("https://secure.geonames.org", SECRET, "")
    assert {one.timeout_s for one in (own, photon, names)} == {3.0}
    assert own.user_agent.startswith("Glimpse/")
    assert services(given_ | {"GEO_ONLINE_AGENT": AGENT})[0].user_agent == AGENT


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"GEO_ONLINE": "google"}, "nominatim, photon, geonames"),
        ({"GEO_ONLINE": "geonames"}, "GEO_GEONAMES_USER"),
        ({"GEO_ONLINE": "photon", "GEO_ONLINE_TIMEOUT": "soon"}, "GEO_ONLINE_TIMEOUT"),
        ({"GEO_ONLINE": "photon", "GEO_ONLINE_TIMEOUT": "nan"}, "GEO_ONLINE_TIMEOUT"),
        ({"GEO_ONLINE": "photon", "GEO_ONLINE_AGENT": "geopy/2.5.0"}, "GEO_ONLINE_AGENT"),
        ({"GEO_ONLINE": "photon", "GEO_ONLINE_AGENT": "a\r\nReferer: b"}, "GEO_ONLINE_AGENT"),
        ({"GEO_ONLINE": "photon=file:" + "///etc/passwd"}, "Photon"),
        ({"GEO_ONLINE": "nominatim=https://me:pass@example.org"}, "without a user name"),
        ({"GEO_ONLINE": "nominatim=https://example.org/?key=pass"}, "without a user name"),
    ],
)  # fmt: skip
def test_a_wrong_setting_says_which_one_and_never_repeats_a_secret(environment, says):
    with pytest.raises(InputError, match=says) as caught:
        services(environment)
    assert "pass" not in str(caught.value)


# What is sent


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "words", ["Chongjin", "청진 & 나진", " Sunam market, 北朝鮮 ", "a=b#c?d%20+e"]
)
def test_only_the_words_are_sent_and_request_shows_them_before(server, kind, words):
    server.plays(document(kind))
    shown = request(service(server, kind), words)
    assert server.asked == []
    told(server, kind)(words)
    [(path, headers, _)] = server.asked
    sent = dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))
    constant = {
        Kind.NOMINATIM: {
            "format": "json", "limit": "10", "addressdetails": "1", "namedetails": "1",
        },
        Kind.PHOTON: {"limit": "10"},
        Kind.GEONAMES: {"username": SECRET},
    }[kind]  # fmt: skip
    assert sent == {"q": words, **constant}
    assert shown == server.url + path.replace("s3cret%26user", "HIDDEN")
    own = urlsplit(server.url).netloc
    assert {name.lower(): value for name, value in headers} == {
        "host": own, "user-agent": AGENT, "accept-encoding": "identity", "connection": "close",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["https://example.org/a", "see www.example.org", "me@example.org", "41.7956, 129.7758",
     "41°47'N 129°46'E", "Chongjin\nnote: source lives here", "Chong\x00jin", "\ud800", "x" * 501],
)  # fmt: skip
def test_links_coordinates_notes_and_broken_text_are_never_sent(server, words):
    for ask in (told(server), lambda w: request(service(server), w)):
        with pytest.raises(InputError, match="was not sent"):
            ask(words)
    assert server.asked == []


def test_without_words_nobody_is_asked(server, clock, tmp_path):
    geocoder = cached(patient(told(server), clock), tmp_path)
    assert geocoder("") == geocoder("  ") == []
    assert request(service(server), " ") == ""
    assert (server.asked, list(tmp_path.iterdir())) == ([], [])


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_whatever_the_words_the_url_says_them_back(words):
    whom = Service(Kind.GEONAMES, AGENT, user=SECRET)
    try:
        url = request(whom, words)
    except InputError:
        return
    if url:
        asked = parse_qs(urlsplit(url).query, keep_blank_values=True)
        assert asked == {"q": [words], "username": ["HIDDEN"]}


def test_the_user_name_is_in_no_text_log_or_error(server, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    whom = service(server, Kind.GEONAMES)
    texts = [repr(whom), str(whom), request(whom, "Chongjin"), repr(online(whom))]
    for reply in (
        Reply(status=401), Reply(status=500), Reply("<html>"), Reply(status=302, Location="/"),
        Reply(b"x", cut=1), Reply({"status": {"value": 10, "message": f"{SECRET} is unknown"}}),
    ):  # fmt: skip
        server.plays(reply)
        with pytest.raises(ServiceError) as caught:
            online(whom)("Chongjin")
        texts += [str(caught.value), repr(caught.value), repr(caught.value.__cause__)]
    server.plays(document(Kind.GEONAMES, GEONAMES))
    texts.append(repr(cached(online(whom), tmp_path)("Chongjin")))
    texts += [path.read_text() for path in (tmp_path / "online").iterdir()]
    for secret in (SECRET, "s3cret"):
        assert secret not in caplog.text + "".join(texts)
    assert "s3cret%26user" in server.asked[0][0]


# What comes back


@pytest.mark.parametrize("kind", KINDS)
def test_each_service_answers_with_a_whole_candidate(server, kind):
    server.plays(document(kind, RECORDS[kind]))
    [one] = told(server, kind)("Chongjin, North Hamgyong")
    assert (one.name, one.lat, one.lon, one.feature, one.country) == (
        "Chongjin", 41.79, 129.79, "city", "KP",
    )  # fmt: skip
    said = one.provenance
    assert (said.version, said.query, said.matched_name, said.match, said.at) == (
        "online", "Chongjin, North Hamgyong", "Chongjin", Match.EXACT, NOON,
    )  # fmt: skip
    assert said.provider == service(server, kind).name
    assert ("GeoNames" if kind is Kind.GEONAMES else "OpenStreetMap") in said.licence
    assert one.admin1 == ("" if kind is Kind.PHOTON else "KP-09")
    half = 15_000 if kind is Kind.GEONAMES else 33_300  # of 44 km by 50 km
    assert one.uncertainty_m == pytest.approx(half, rel=0.01)
    assert one.confidence == 0.6


def test_ids_are_those_of_the_source_so_that_two_services_agree(server):
    found = []
    for kind in KINDS:
        server.plays(document(kind, RECORDS[kind], RECORDS[kind]))
        found += told(server, kind)("Chongjin")
    assert [one.place_id for one in found] == [
        "osm:relation:8100", "osm:relation:8100", "gn:2044757",
    ]  # fmt: skip


def test_local_names_stand_beside_and_another_spelling_is_an_alias(server):
    server.plays([NOMINATIM])
    geocoder = told(server)
    matches = {words: geocoder(words)[0] for words in ("청진시", "清津", "Seishin")}
    assert {one.native for one in matches.values()} == {"청진시"}
    assert [one.provenance.match for one in matches.values()] == [
        Match.EXACT, Match.ALIAS, Match.ALIAS,
    ]  # fmt: skip
    assert matches["清津"].provenance.matched_name == "清津"
    assert matches["Seishin"].provenance.matched_name == "Chongjin"
    assert matches["Seishin"].confidence < matches["청진시"].confidence


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_accepts_an_online_answer(server, kind):
    server.plays(document(kind, RECORDS[kind]))
    for words in ("Chongjin", "Chongjin, North Korea"):
        assert answer(told(server, kind), words).decision.outcome is Outcome.REVIEW


def test_the_service_puts_the_best_first_and_ten_are_enough(server):
    server.plays(document(Kind.GEONAMES, *(changed(Kind.GEONAMES, id=n) for n in range(1, 30))))
    found = told(server, Kind.GEONAMES)("Chongjin")
    assert [one.place_id for one in found] == [f"gn:{n}" for n in range(1, 11)]
    worth = [one.confidence for one in found]
    assert worth == sorted(worth, reverse=True)
    assert max(worth) <= 0.6


@pytest.mark.parametrize(
    ("box", "radius"),
    [
        (["41.79", "41.79", "129.79", "129.79"], 100),
        (["-17", "-16", "179", "-179"], 120_000),  # across the date line
        (["41", "82", "-180", "180"], 9_800_000),  # a country all the way round
        (["42", "41", "129", "130"], 15_000),
        (["41", "NaN", "129", "130"], 15_000),
        (["41", "42", "129"], 15_000),
        (["41", "42", "129", "999"], 15_000),
        ("everywhere", 15_000),
        (None, 15_000),
    ],
)
def test_the_radius_is_half_the_box_and_honest_without_one(box, radius):
    [one] = candidates(
        Service(Kind.NOMINATIM, AGENT), "x", [{**NOMINATIM, "boundingbox": box}], NOON
    )
    assert one.uncertainty_m == pytest.approx(radius, rel=0.05)


@pytest.mark.parametrize(
    ("kind", "values", "feature"),
    [
        (Kind.NOMINATIM, {"addresstype": "state"}, "province"),
        (Kind.NOMINATIM, {"addresstype": "village"}, "town"),
        (Kind.NOMINATIM, {"addresstype": "", "type": "suburb"}, "district"),
        (Kind.NOMINATIM, {"addresstype": "", "type": "administrative"}, "area"),
        (Kind.NOMINATIM, {"addresstype": "railway", "type": "station"}, "site"),
        (Kind.PHOTON, {"osm_value": "administrative", "type": "county"}, "county"),
        (Kind.PHOTON, {"osm_value": "village", "type": "city"}, "town"),
        (Kind.PHOTON, {"osm_value": "pub", "type": "house"}, "site"),
        (Kind.GEONAMES, {"fcl": "A", "fcode": "PCLI"}, "country"),
        (Kind.GEONAMES, {"fcl": "A", "fcode": "ADM1"}, "province"),
        (Kind.GEONAMES, {"fcl": "P", "fcode": "PPL", "population": 0}, "town"),
        (Kind.GEONAMES, {"fcl": "P", "fcode": "PPL", "population": 900_000}, "city"),
        (Kind.GEONAMES, {"fcl": "P", "fcode": "PPLX", "population": 900_000}, "district"),
        (Kind.GEONAMES, {"fcl": "S", "fcode": "AIRP"}, "site"),
    ],
)
def test_their_words_for_places_become_ours(kind, values, feature):
    whom = Service(kind, AGENT, user=SECRET)
    [one] = candidates(whom, "x", [changed(kind, **values)], NOON)
    assert one.feature == feature


def test_a_place_at_zero_degrees_is_kept_and_one_beyond_180_is_not_folded_back(server):
    for kind in KINDS:
        records = [changed(kind, lat=0, lon=0, id=1), changed(kind, lon=200, id=2)]
        server.plays(document(kind, *records))
        assert [(c.lat, c.lon) for c in told(server, kind)("x")] == [(0, 0)]


BAD = [
    {"lat": 91}, {"lat": "NaN"}, {"lat": float("nan")}, {"lon": float("inf")}, {"lat": None},
    {"lat": [1]}, {"lat": True}, {"lon": "east"}, {"lat": 10**400}, {"id": None}, {"id": "1; --"},
    {"name": "a\x00b"}, {"name": "\x1b[31m"}, {"name": "\ud800"}, {"name": "x" * 3_000},
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("values", BAD, ids=str)
def test_a_bad_record_is_left_out_and_the_good_one_stays(server, kind, values):
    bad = changed(kind, **values)
    if values == {"id": None} and kind is not Kind.GEONAMES:
        bad.pop("place_id", None)
    good = changed(kind, id=77)
    server.plays(json.dumps(document(kind, bad, good, None, 7, "x", [], {})))
    assert [one.place_id[-3:] for one in told(server, kind)("Chongjin")] == [":77"]
    server.plays(json.dumps(document(kind, bad)))
    with pytest.raises(ServiceError, match="not a list of places"):
        told(server, kind)("Chongjin")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_kept_letter_for_letter(server, kind, name):
    server.plays(document(kind, changed(kind, name=name)))
    assert [one.name for one in told(server, kind)(name.split("/")[0])] == [name]


@pytest.mark.parametrize("code", ["K", "KPP", "<b", "", None, 7])
def test_a_country_code_that_is_none_is_left_empty_with_its_province(code):
    for kind, record in (
        (Kind.NOMINATIM, {**NOMINATIM, "address": {**NOMINATIM["address"], "country_code": code}}),
        (Kind.PHOTON, changed(Kind.PHOTON, countrycode=code)),
        (Kind.GEONAMES, {**GEONAMES, "countryCode": code}),
    ):
        [one] = candidates(Service(kind, AGENT, user="u"), "x", [record], NOON)
        assert (one.country, one.admin1) == ("", "")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from([*NOMINATIM, *PHOTON, *PHOTON["properties"], *GEONAMES, "status", "value",
                         "error", "message", "geonames", "features"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@given(answered=json_values)
def test_any_json_is_an_answer_or_an_error_fit_for_a_person(kind, answered):
    whom = Service(kind, AGENT, user=SECRET)
    try:
        records = geo.online._asked(whom, "x", lambda *_: answered).records
    except ServiceError:
        return
    assert all(one.confidence <= 0.6 for one in candidates(whom, "x", records, NOON))


# When it fails


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_means_no_such_place(server, kind):
    server.plays(document(kind))
    assert told(server, kind)("Nowhere") == []


LARGE = b'[{"a": "' + b"x" * 10_000_000 + b'"}]'
WHOLE = json.dumps([NOMINATIM])
FAILURES = {
    "429": (Reply(status=429, Retry_After="7"), "Try again later", 7),
    "429 with a date": (Reply(status=429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), "later", 0),
    "429 with nonsense": (Reply(status=429, Retry_After="Wed, 21 Oct 99999999 07:28:00 GMT"),
                          "later", 0),
    "500": (Reply("oops", status=500), "fault of its own", 0),
    "503": (Reply(status=503, Retry_After="9"), "fault of its own", 9),
    "401": (Reply(status=401), "GEO_GEONAMES_USER", None),
    "403": (Reply(status=403), "GEO_ONLINE_AGENT", None),
    "404": (Reply(document(Kind.NOMINATIM), status=404), "address in GEO_ONLINE", None),
    "cut": (Reply(WHOLE, cut=20), "was cut", 0),
    "cut before the first byte": (Reply(WHOLE, cut=len(WHOLE)), "was cut", 0),
    "cut chunk": (Reply(b"5\r\n[1,2", Transfer_Encoding="chunked"), "was cut", 0),
    "malformed": (Reply('[{"lat": 1,'), "not a list of places", None),
    "nothing": (Reply(""), "not a list of places", None),
    "deep": (Reply("[" * 200_000), "not a list of places", None),
    "HTML": (Reply("<!DOCTYPE html><p>Log in", Content_Type="text/html"), "log in first", None),
    "EUC-KR": (Reply(WHOLE.encode("utf-8") + "청".encode("euc-kr")), "not a list", None),
    "gzip": (Reply(b"\x1f\x8b\x08\x00\xff", Content_Encoding="gzip"), "not a list", None),
    "other JSON": (Reply('{"places": []}'), "not a list of places", None),
    "null": (Reply("null"), "not a list of places", None),
    "10 MB": (Reply(LARGE), "more than 1 MB", None),
    "late": (Reply(slow=1), "within 0.3 seconds", 0),
    "drop by drop": (Reply(WHOLE, slow=0.05), "within 0.3 seconds", 0),
}  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_an_error_that_says_what_to_do_and_is_never_kept(server, failure, tmp_path):
    reply, says, wait_s = FAILURES[failure]
    geocoder = cached(told(server, timeout_s=0.3 if reply.slow else 5.0), tmp_path)
    server.plays(reply)
    with pytest.raises(ServiceError, match=says) as caught:
        geocoder("Chongjin")
    assert caught.value.wait_s == wait_s
    assert "nothing was decided" in str(caught.value)
    assert len(server.asked) == 1, "geopy and what is below it ask once"
    assert list((tmp_path / "online").iterdir()) == []
    server.plays([NOMINATIM])
    assert [one.name for one in geocoder("Chongjin")] == ["Chongjin"]


@pytest.mark.parametrize("charset", ["iso-8859-1", "euc-kr", "no-such-thing"])
def test_json_is_read_as_utf8_whatever_the_header_says(server, charset):
    server.plays(Reply([NOMINATIM], Content_Type=f"application/json; charset={charset}"))
    assert told(server)("청진시")[0].native == "청진시"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(server, status):
    other = Server().plays([NOMINATIM])
    server.plays(Reply(status=status, Location=f"{other.url}/search?q=Chongjin"))
    try:
        with pytest.raises(ServiceError, match="not followed"):
            told(server)("Chongjin")
        assert (len(server.asked), other.asked) == (1, [])
    finally:
        other.close()


@pytest.mark.parametrize(
    ("fault", "says", "wait_s"),
    [
        ({"value": 10, "message": "user does not exist."}, "GEO_GEONAMES_USER", None),
        ({"value": 10, "message": "user account not enabled to use"}, "may use its web", None),
        ({"value": 19, "message": "the hourly limit has been exceeded"}, "fewer questions", 3_600),
        ({"value": 22, "message": "server overloaded"}, "fault of its own", 0),
        ({"message": 7}, "not a list of places", None),
        ("down", "not a list of places", None),
    ],
)
def test_geonames_says_its_faults_with_status_200(server, fault, says, wait_s):
    server.plays({"status": fault})
    with pytest.raises(ServiceError, match=says) as caught:
        told(server, Kind.GEONAMES)("Chongjin")
    assert caught.value.wait_s == wait_s


def test_nominatim_says_its_faults_in_the_answer_too(server):
    server.plays({"error": {"code": 400, "message": "{{7*191}}"}})
    with pytest.raises(ServiceError, match="does not accept the question"):
        told(server)("Chongjin")


def test_a_service_that_is_not_there_is_said_to_be_unreachable():
    gone = Server()
    gone.close()
    for address in (gone.url, "http://127.0.0.1:99999", "http://a..b"):
        with pytest.raises(ServiceError, match="cannot be reached") as caught:
            online(Service(Kind.PHOTON, AGENT, address))("Chongjin")
        assert caught.value.wait_s is None


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
         "-days", "2", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    server = Server().plays([NOMINATIM])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
    try:
        with pytest.raises(ServiceError, match="certificate is not valid"):
            told(server, address=server.url.replace("http:", "https:"))("Chongjin")
        assert server.asked == []
    finally:
        server.close()


# Politeness


def test_one_question_a_second_whoever_asks(server, clock):
    server.plays(document(Kind.NOMINATIM))
    first, second = (patient(told(server), clock) for _ in range(2))
    for words in "ab":
        first(words)
        second(words)
    assert clock.slept == [1, 1, 1]


def test_threads_share_one_queue_and_two_services_have_two(server):
    server.plays(document(Kind.NOMINATIM))
    threads = [
        threading.Thread(target=polite(told(server), interval_s=0.1), args=(str(n),))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [when for *_, when in server.asked]
    assert [b - a >= 0.09 for a, b in pairwise(times)] == [True] * 3
    polite(online(Service(Kind.PHOTON, AGENT)))
    assert len(geo.online._turns) == 2


def test_a_passing_fault_is_asked_again_with_growing_patience(server, clock):
    server.plays(Reply(status=500), Reply(WHOLE, cut=3), [NOMINATIM])
    assert len(patient(told(server), clock)("Chongjin")) == 1
    assert clock.slept == [2, 4]


def test_a_time_out_is_asked_again(server, clock):
    server.plays(Reply(slow=1), [NOMINATIM])
    assert len(patient(told(server, timeout_s=0.3), clock)("Chongjin")) == 1
    assert clock.slept == [2]


def test_the_wait_that_a_service_names_is_kept(server, clock):
    soon = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=40), usegmt=True)
    server.plays(
        Reply(status=429, Retry_After="30"), Reply(status=503, Retry_After=soon), [NOMINATIM]
    )
    assert len(patient(told(server), clock)("Chongjin")) == 1
    assert clock.slept[0] == 30
    assert 35 < clock.slept[1] <= 40


def test_a_wait_too_long_to_sit_out_is_an_error_at_once(server, clock):
    server.plays(Reply(status=429, Retry_After="61"))
    with pytest.raises(ServiceError) as caught:
        patient(told(server), clock)("Chongjin")
    assert (len(server.asked), clock.slept, caught.value.wait_s) == (1, [], 61)


@pytest.mark.parametrize("status", [429, 503])
def test_a_lasting_fault_is_raised_after_three_questions(server, clock, status):
    server.plays(Reply(status=status))
    with pytest.raises(ServiceError, match="Try again later"):
        patient(told(server), clock)("Chongjin")
    assert (len(server.asked), clock.slept) == (3, [2, 4])


@pytest.mark.parametrize(
    "reply", [Reply(status=403), Reply("<p>"), Reply(status=404), Reply(LARGE)]
)
def test_what_only_a_person_can_mend_is_not_asked_again(server, clock, reply):
    server.plays(reply)
    with pytest.raises(ServiceError):
        patient(told(server), clock)("Chongjin")
    assert len(server.asked) == 1


def test_the_next_in_the_queue_waits_as_long_as_the_service_wanted(server, clock):
    server.plays(Reply(status=429, Retry_After="20"), [NOMINATIM])
    with pytest.raises(ServiceError):
        patient(told(server), clock, tries=1)("Chongjin")
    patient(told(server), clock)("Rajin")
    assert clock.slept == [20]


# Remembering


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("found", [0, 1])
def test_answers_and_their_absence_are_remembered(server, kind, found, tmp_path):
    server.plays(document(kind, *[RECORDS[kind]] * found))
    first = cached(told(server, kind), tmp_path)("Chongjin")
    second = cached(online(service(server, kind)), tmp_path)("Chongjin")
    assert (len(first), first, len(server.asked)) == (found, second, 1)


def test_an_answer_holds_for_the_exact_words_and_one_service(server, tmp_path):
    server.plays(document(Kind.NOMINATIM))
    other = Server().plays(document(Kind.NOMINATIM))
    try:
        for one in (server, other, server):
            for words in ("Rajin", "rajin", "Rajin "):
                cached(told(one), tmp_path)(words)
        assert (len(server.asked), len(other.asked)) == (3, 3)
    finally:
        other.close()


@pytest.mark.parametrize(("days", "asked"), [(179, 1), (181, 2), (-1, 2)])
def test_an_answer_grows_old(server, tmp_path, days, asked):
    server.plays([NOMINATIM])
    cached(told(server), tmp_path, now=lambda: NOON)("Rajin")
    cached(told(server), tmp_path, now=lambda: NOON + dt.timedelta(days=days))("Rajin")
    assert len(server.asked) == asked


def test_an_old_answer_is_not_passed_off_as_new_while_the_service_is_down(server, tmp_path):
    server.plays([NOMINATIM], Reply(status=500))
    cached(told(server), tmp_path, now=lambda: NOON)("Rajin")
    late = cached(told(server), tmp_path, now=lambda: NOON + dt.timedelta(days=200))
    with pytest.raises(ServiceError):
        late("Rajin")


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000,
     b'{"asked": [], "at": "2026-01-01", "found": []}', "cut", "other", "place"],
)  # fmt: skip
def test_a_damaged_file_counts_as_missing(server, tmp_path, damage):
    server.plays([NOMINATIM])
    geocoder = cached(told(server), tmp_path)
    geocoder("Rajin")
    [path] = (tmp_path / "online").iterdir()
    whole = path.read_text()
    path.write_bytes({
        "cut": whole[: len(whole) // 2], "other": whole.replace('"Rajin"', '"Najin"'),
        "place": whole.replace("41.79", "99.9"),
    }.get(damage, "").encode() if isinstance(damage, str) else damage)  # fmt: skip
    assert [one.lat for one in geocoder("Rajin")] == [41.79]
    assert [one.lat for one in geocoder("Rajin")] == [41.79]
    assert len(server.asked) == 2


def test_what_is_kept_is_for_this_user_alone_and_leaves_nothing_behind(server, tmp_path):
    server.plays([NOMINATIM])
    cached(told(server), tmp_path / "new")("Rajin")
    folder = tmp_path / "new" / "online"
    [path] = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "Rajin" not in path.name


def test_nothing_is_sent_when_the_answer_could_not_be_kept(server, tmp_path):
    (tmp_path / "online").write_text("a file where the folder should be")
    with pytest.raises(GeoError, match="GEO_CACHE"):
        cached(told(server), tmp_path)("Rajin")
    assert server.asked == []


def test_two_processes_may_share_the_folder(server, tmp_path):
    server.plays([NOMINATIM])
    code = (
        "import sys; from pathlib import Path\n"
        "from geo.online import Service, Kind, cached, online\n"
        f"g = cached(online(Service(Kind.NOMINATIM, 'test', {server.url!r})), Path(sys.argv[1]))\n"
        "print(sum(len(g(f'place {n % 7}')) for n in range(40)))"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [run.communicate(timeout=60)[0].strip() for run in runs] == [b"40", b"40"]
    assert len(list((tmp_path / "online").iterdir())) == 7
    assert 7 <= len(server.asked) <= 14


# Batches


def test_a_batch_that_fails_half_way_goes_on_where_it_stopped(server, clock, tmp_path):
    words = ["a", "b", "a", "c", "d"]
    server.plays([NOMINATIM], document(Kind.NOMINATIM), Reply(status=403))
    batch, got = ask_all(cached(patient(told(server), clock), tmp_path), words), []
    with pytest.raises(ServiceError):
        got.extend(iter_until_error(batch, got))
    assert [(locality, len(found)) for locality, found in got] == [("a", 1), ("b", 0), ("a", 1)]
    server.plays(*[[NOMINATIM]] * 9)
    again = list(ask_all(cached(patient(told(server), clock), tmp_path), words))
    assert [(locality, len(found)) for locality, found in again] == [
        ("a", 1), ("b", 0), ("a", 1), ("c", 1), ("d", 1),
    ]  # fmt: skip
    sent = [parse_qs(urlsplit(path).query)["q"][0] for path, *_ in server.asked]
    assert sent == ["a", "b", "c", "c", "d"]


def iter_until_error(batch, got):
    """Put what the batch yields into `got` one by one, so that an error loses nothing."""
    for pair in batch:
        got.append(pair)
    return []


def test_a_batch_asks_the_same_words_once_even_without_a_cache(server):
    server.plays([NOMINATIM])
    assert len(list(ask_all(told(server), ["a", "a", "a"]))) == 3
    assert len(server.asked) == 1
