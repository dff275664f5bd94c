"""Whom to ask: the interfaces on the web that are known, and which of them is switched on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from geo import __version__
from geo.errors import InputError


class Kind(StrEnum):
    """The interfaces that can be asked."""

    NOMINATIM = "nominatim"  # also any server of the user's own that speaks it
    PHOTON = "photon"
    GEONAMES = "geonames"


_TITLES = {Kind.NOMINATIM: "Nominatim", Kind.PHOTON: "Photon", Kind.GEONAMES: "GeoNames"}
_PUBLIC = {
    Kind.NOMINATIM: "https://nominatim.openstreetmap.org",
    Kind.PHOTON: "https://photon.komoot.io",
    Kind.GEONAMES: "https://secure.geonames.org",
}
_OSM = "OpenStreetMap contributors, ODbL"
_LICENCES = {Kind.NOMINATIM: _OSM, Kind.PHOTON: _OSM, Kind.GEONAMES: "GeoNames, CC BY 4.0"}

_ADDRESS = re.compile(
    r"(https?://)?([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(/[a-z0-9._~/-]*)?", re.IGNORECASE
)
_LONGEST_TIMEOUT_S = 120
_TIMEOUT_S = 10.0
_AGENT = f"Glimpse/{__version__}"

_NO_KIND = (
    "GEO_ONLINE names a service that is not known; write one or more of {kinds}, each with"
    " =https://… for a server of your own."
)
_NO_ADDRESS = (
    "The address given for {service} cannot be used; write a domain or https://domain/path,"
    " without a user name, ? or #."
)
_NO_AGENT = (
    "The user agent cannot be used; set GEO_ONLINE_AGENT to a name of your own in Latin letters,"
    " or leave it out."
)
_NO_USER = "GeoNames wants a user name; set GEO_GEONAMES_USER, or take geonames out of GEO_ONLINE."
_NO_TIMEOUT = "GEO_ONLINE_TIMEOUT must be a number of seconds from 1 to {most}."


@dataclass(frozen=True)
class Service:
    """Whom to ask, and as whom. Valid by construction; `repr` never shows the user name.

    Raises `InputError` for an address that is none, or a missing user agent or user name.
    """

    kind: Kind
    user_agent: str
    """The program's own name, sent with each question; that of a library is refused."""
    address: str = ""
    """A domain or a base URL of the user's own; "" is the public service."""
    user: str = field(default="", repr=False)
    """The user name at GeoNames, which is all that is needed to act as that person."""
    timeout_s: float = _TIMEOUT_S

    def __post_init__(self) -> None:
        agent = self.user_agent
        printable = agent.isascii() and agent.isprintable()
        if not agent.strip() or not printable or "geopy" in agent.lower():
            raise InputError(_NO_AGENT)
        if self.address and not _ADDRESS.fullmatch(self.address):
            raise InputError(_NO_ADDRESS, service=_TITLES[self.kind])
        if self.kind is Kind.GEONAMES and not self.user:
            raise InputError(_NO_USER)
        if not 0 < self.timeout_s <= _LONGEST_TIMEOUT_S:
            raise InputError(_NO_TIMEOUT, most=_LONGEST_TIMEOUT_S)

    @property
    def url(self) -> str:
        """The base URL, without a slash at its end."""
        own = self.address.rstrip("/")
        if not own:
            return _PUBLIC[self.kind]
        return own if "://" in own else f"https://{own}"

    @property
    def host(self) -> str:
        """Host and port: requests to one host are one queue."""
        return urlsplit(self.url).netloc.lower()

    @property
    def name(self) -> str:
        """What a person reads: "Nominatim", with its host where it is not the public one."""
        public = self.url == _PUBLIC[self.kind]
        return _TITLES[self.kind] if public else f"{_TITLES[self.kind]} ({self.host})"

    @property
    def licence(self) -> str:
        """The credit line of its data."""
        return _LICENCES[self.kind]


def services(environment: Mapping[str, str]) -> list[Service]:
    """Return the services that are switched on; [] by default, and then nothing is asked.

    GEO_ONLINE names them, apart by commas: `nominatim`, `photon`, `geonames`, each with
    `=URL` for a server of one's own. GEO_GEONAMES_USER is the user name, GEO_ONLINE_AGENT
    another user agent, GEO_ONLINE_TIMEOUT the seconds to wait. Raises `InputError`.
    """
    found = []
    for word in filter(None, re.split(r"[,\s]+", environment.get("GEO_ONLINE", ""))):
        kind, _, address = word.partition("=")
        if kind.lower() not in set(Kind):
            raise InputError(_NO_KIND, kinds=", ".join(Kind))
        one = Service(
            Kind(kind.lower()),
            environment.get("GEO_ONLINE_AGENT") or _AGENT,
            address,
            environment.get("GEO_GEONAMES_USER", "") if kind.lower() == Kind.GEONAMES else "",
            _seconds(environment.get("GEO_ONLINE_TIMEOUT")),
        )
        found.append(one)
    return found


def _seconds(text: str | None) -> float:
    try:
        return float(text) if text else _TIMEOUT_S
    except ValueError as error:
        raise InputError(_NO_TIMEOUT, most=_LONGEST_TIMEOUT_S) from error
