"""What each service answers, read record by record into candidates; a bad record is left out."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from geo.entry import Candidate, Match, Provenance
from geo.mercator import DEGREE_M
from geo.online.whom import Kind, Service
from geo.toponym import normalise

VERSION = "online"
"""The version in the provenance: what such a service knows changes daily."""

MOST = 10
"""Candidates that a person can still compare; the services put the best first."""

_CERTAIN = 0.6
_LIKELY = 0.4
"""Most confidence for a place of this very name, and for one the service found otherwise."""

_LEAST_M = 100.0
_HALF_EARTH_M = 20_040_000.0

_FEATURES = {
    "country": "country",
    "state": "province", "province": "province", "region": "province",
    "county": "county", "state_district": "county", "municipality": "county",
    "city": "city",
    "town": "town", "village": "town", "hamlet": "town", "isolated_dwelling": "town",
    "city_district": "district", "district": "district", "borough": "district",
    "suburb": "district", "quarter": "district", "neighbourhood": "district",
    "administrative": "area", "locality": "area", "island": "area", "islet": "area",
    "archipelago": "area", "peninsula": "area", "water": "area", "bay": "area",
    "river": "area", "mountain_range": "area", "national_park": "area", "military": "area",
}  # fmt: skip
"""OpenStreetMap's words for places to ours; what is not here is a site."""

_CODES = {
    "PCL": "country", "ADMD": "area", "ADM1": "province", "ADM2": "county", "ADM3": "county",
    "ADM": "district", "PPLX": "district", "PPLC": "city", "PPLA": "city", "PPL": "town",
    "P": "town", "A": "area", "H": "area", "L": "area", "V": "area", "U": "area",
}  # fmt: skip
"""Beginnings of GeoNames' codes, and its classes, to our features; what is not here is a site."""

_RADIUS_M = {
    "country": 1_000_000.0, "province": 200_000.0, "county": 30_000.0, "city": 15_000.0,
    "town": 5_000.0, "district": 5_000.0, "area": 25_000.0, "site": 1_000.0,
}  # fmt: skip
"""What a place without a box is given: wide enough for most of its kind. Our own figures."""

_LARGE_TOWN = 100_000
"""People from which a populated place of GeoNames counts as a city."""

_ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_DIGITS = re.compile(r"[0-9]{1,20}")


class _Place(NamedTuple):
    """A record, read; `names` begin with the one to show and the local one."""

    id: str
    names: list[str]
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str
    box: tuple[float, ...]
    """South, north, west, east; () when the record has none."""


def candidates(
    service: Service, locality: str, records: Iterable[object], at: dt.datetime
) -> list[Candidate]:
    """Return the candidates of those records that can be read, best first, ten at most."""
    found: dict[str, Candidate] = {}
    for record in records:
        with suppress(ValueError):  # also what a candidate refuses
            place = _READERS[service.kind](_fields(record))
            one = _candidate(service, locality, place, len(found), at)
            found.setdefault(one.place_id, one)
    return sorted(found.values(), key=lambda one: -one.confidence)[:MOST]


def _candidate(
    service: Service, locality: str, place: _Place, rank: int, at: dt.datetime
) -> Candidate:
    """Return the candidate; the later the service names a place, the less it is worth."""
    names = [name for name in place.names if name]
    if not names:
        raise ValueError("a place without a name")
    key = normalise(re.split("[,，、]", locality)[0])
    same = [name for name in names if key and normalise(name) == key]
    exact = bool(same) and same[0] in names[:2]
    return Candidate(
        place_id=place.id,
        name=names[0],
        native=next((name for name in place.names[1:2] if name != names[0]), ""),
        lat=place.lat,
        lon=place.lon,
        uncertainty_m=_radius(place),
        feature=place.feature,
        country=place.country,
        admin1=place.admin1,
        confidence=round((_CERTAIN if exact else _LIKELY) / (rank + 1), 3),
        provenance=Provenance(
            provider=service.name,
            version=VERSION,
            query=locality,
            matched_name=same[0] if same else names[0],
            match=Match.EXACT if exact else Match.ALIAS,
            at=at,
            licence=service.licence,
        ),
    )


def _radius(place: _Place) -> float:
    """Return half the diagonal of the box in metres, or what its feature is given without one."""
    south, north, west, east = place.box or (0.0, 0.0, 0.0, 0.0)
    if not place.box or not -90 <= south <= north <= 90 or not max(abs(west), abs(east)) <= 180:  # noqa: PLR2004
        return _RADIUS_M[place.feature]
    across = east - west if east >= west else east - west + 360
    width = across * math.cos(math.radians((south + north) / 2))
    half = DEGREE_M * math.hypot(north - south, width) / 2
    return min(max(round(half), _LEAST_M), _HALF_EARTH_M)


def _nominatim(record: dict[str, object]) -> _Place:
    address, names = _fields(record.get("address")), _fields(record.get("namedetails"))
    local = _text(record, "name") or _text(record, "display_name").split(",")[0]
    spelt = _text(record, "addresstype"), _text(record, "type")
    codes = (_text(address, f"ISO3166-2-lvl{level}") for level in (4, 3, 5, 6))
    country = _country(_text(address, "country_code"))
    return _Place(
        _osm_id(record) or _id("nominatim", record, "place_id"),
        [_text(names, "name:en") or local, local, *(_text(names, key) for key in names)],
        _number(record.get("lat")),
        _number(record.get("lon")),
        next((_FEATURES[word] for word in spelt if word in _FEATURES), "site"),
        country,
        next((code for code in codes if _within(code, country)), ""),
        _box(record.get("boundingbox"), (0, 1, 2, 3)),
    )


def _photon(record: dict[str, object]) -> _Place:
    said, point = _fields(record.get("properties")), _fields(record.get("geometry"))
    lat, lon = _box(point.get("coordinates"), (1, 0)) or (math.nan, math.nan)
    value, kind = _text(said, "osm_value"), _text(said, "type")
    spelt = (kind, value) if value == "administrative" else (value, kind)
    return _Place(
        _osm_id(said) or _id("photon", said, "place_id"),
        [_text(said, key) for key in ("name", "name", "street", "city")],
        lat,
        lon,
        next((_FEATURES[word] for word in spelt if word in _FEATURES), "site"),
        _country(_text(said, "countrycode")),
        "",  # its answers name the province but give no code
        _box(said.get("extent"), (3, 1, 0, 2)),
    )


def _geonames(record: dict[str, object]) -> _Place:
    box, country = _fields(record.get("bbox")), _country(_text(record, "countryCode"))
    admin1 = f"{country}-{_text(_fields(record.get('adminCodes1')), 'ISO3166_2')}"
    code, kind = _text(record, "fcode"), _text(record, "fcl")
    large = kind == "P" and _number(record.get("population") or 0) >= _LARGE_TOWN
    starts = ["PPLC"] if large and code != "PPLX" else [code[:4], code[:3], kind]
    return _Place(
        _id("gn", record, "geonameId"),
        [_text(record, "name"), _text(record, "toponymName")],
        _number(record.get("lat")),
        _number(record.get("lng")),
        next((_CODES[start] for start in starts if start in _CODES), "site"),
        country,
        admin1 if _within(admin1, country) else "",
        _box([box.get(side) for side in ("south", "north", "west", "east")], (0, 1, 2, 3)),
    )


_READERS: dict[Kind, Callable[[dict[str, object]], _Place]] = {
    Kind.NOMINATIM: _nominatim,
    Kind.PHOTON: _photon,
    Kind.GEONAMES: _geonames,
}


def _fields(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _text(fields: dict[str, object], key: str) -> str:
    value = fields.get(key)
    return value.strip() if isinstance(value, str) else ""


def _number(value: object) -> float:
    """Return the number that a service writes as one or as text; `ValueError` for neither."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("not a number")  # noqa: TRY004
    try:
        return float(value)
    except OverflowError as error:
        raise ValueError("a number beyond all") from error


def _box(value: object, order: tuple[int, ...]) -> tuple[float, ...]:
    """Return these numbers of a list, in this order; () when one is missing or none."""
    with suppress(ValueError, LookupError):
        return tuple(_number(value[place]) for place in order) if isinstance(value, list) else ()
    return ()


def _id(source: str, fields: dict[str, object], key: str) -> str:
    number = str(fields.get(key))
    if not _DIGITS.fullmatch(number):
        raise ValueError("a place without a number")
    return f"{source}:{number}"


def _osm_id(fields: dict[str, object]) -> str:
    """Return the id of the object in OpenStreetMap, "" when the record has none."""
    kind = {"N": "node", "W": "way", "R": "relation"}.get(_text(fields, "osm_type")[:1].upper())
    return _id(f"osm:{kind}", fields, "osm_id") if kind and "osm_id" in fields else ""


def _country(code: str) -> str:
    return code.upper() if re.fullmatch("[A-Za-z]{2}", code) else ""


def _within(code: str, country: str) -> bool:
    return bool(_ISO.fullmatch(code)) and code.startswith(f"{country}-")
