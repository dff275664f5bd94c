"""Fetching a page that a person names: never a machine of the own network, never unasked.

The name is resolved once, every address it has must be a public one, and the connection goes
to that address with the name checked against the certificate; a second, different answer of
the name server (DNS rebinding) changes nothing. Each redirect is checked the same way.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import urllib3

from geo.errors import InputError, ServiceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_REDIRECTS = 5
CONNECT_S, READ_S, WHOLE_S = 5.0, 10.0, 30.0
"""Seconds for the connection, for each piece of the answer, and for all of it."""

AGENT = "Glimpse (reads one article on a person's request)"


def resolve(name: str, port: int) -> list[str]:
    """Return the addresses of a machine's name; raises `OSError` when it has none."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, also where IPv6 wraps an IPv4 one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        teredo = address.teredo
        if inner is not None:
            return is_public(inner)
        if teredo is not None or address in _NAT64:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Host:
    """How names become addresses, and which of them may be asked; a test hands in its own."""

    resolve: Callable[[str, int], list[str]] = resolve
    allowed: Callable[[Address], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    whole_s: float = field(default=WHOLE_S)


@dataclass(frozen=True)
class Answer:
    """What came: the last address asked, the stated kind of content, and the bytes."""

    url: str
    kind: str
    data: bytes


def fetch(url: str, most: int, host: Host) -> Answer:
    """Return what is behind a web address, at most `most` bytes of it.

    Raises `InputError` for an address that must not be asked or an answer that is too long,
    `ServiceError` when nothing usable came.
    """
    until = time.monotonic() + host.whole_s
    for _ in range(MOST_REDIRECTS + 1):
        answer, onward = _ask(url, most, host, until)
        if answer is not None:
            return answer
        url = urljoin(url, onward)
    raise ServiceError("The page sends on to others without end; open it in a browser and copy it.")


def _ask(url: str, most: int, host: Host, until: float) -> tuple[Answer | None, str]:
    """Return an answer, or None and where the other machine sends on to."""
    scheme, name, port, path = _parts(url, host)
    pool = _pool(scheme, name, _address(name, port, host), port)
    try:
        response = pool.request(
            "GET", path, redirect=False, retries=False, preload_content=False,
            headers={"Host": _host_header(scheme, name, port), "User-Agent": AGENT,
                     "Accept": "text/html,application/pdf,text/plain;q=0.9,*/*;q=0.5",
                     "Accept-Encoding": "identity"},
            timeout=urllib3.Timeout(connect=CONNECT_S, read=READ_S),
        )  # fmt: skip
        if response.status in (301, 302, 303, 307, 308) and response.headers.get("Location"):
            return None, response.headers["Location"]
        if response.status != 200:  # noqa: PLR2004 - HTTP's "OK"
            raise ServiceError(
                "The page answered with code {status}; check the address.", status=response.status
            )
        data = _limited(response, most, until)
        return Answer(url, response.headers.get("Content-Type", ""), data), ""
    except urllib3.exceptions.HTTPError as error:
        raise ServiceError("The page could not be fetched; try again later.") from error
    finally:
        pool.close()


def _parts(url: str, host: Host) -> tuple[str, str, int, str]:
    """Return scheme, name, port and path of an address that may be asked at all."""
    try:
        parts = urlsplit(url.strip())
        name, port = parts.hostname or "", parts.port
        name = name.encode("idna").decode("ascii") if not name.isascii() else name
    except (ValueError, UnicodeError) as error:
        raise _no_address() from error
    if parts.scheme not in ("http", "https") or not name or "@" in parts.netloc:
        raise _no_address()
    port = port or (443 if parts.scheme == "https" else 80)
    if port not in host.ports:
        raise _not_public()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, name, port, path


def _address(name: str, port: int, host: Host) -> str:
    """Return the address to connect to; every address of the name must be allowed."""
    try:
        found = [ipaddress.ip_address(one.split("%")[0]) for one in host.resolve(name, port)]
    except (OSError, ValueError, UnicodeError) as error:
        raise ServiceError(
            "No machine of the name {name} was found; check the address.", name=name[:100]
        ) from error
    if not found or not all(map(host.allowed, found)):
        raise _not_public()
    return str(found[0])


def _pool(scheme: str, name: str, address: str, port: int) -> urllib3.HTTPConnectionPool:
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(
            address, port, maxsize=1, server_hostname=name, assert_hostname=name
        )
    return urllib3.HTTPConnectionPool(address, port, maxsize=1)


def _host_header(scheme: str, name: str, port: int) -> str:
    usual = port == (443 if scheme == "https" else 80)
    shown = f"[{name}]" if ":" in name else name
    return shown if usual else f"{shown}:{port}"


def _limited(response: urllib3.response.BaseHTTPResponse, most: int, until: float) -> bytes:
    data = bytearray()
    while piece := response.read1(65_536, decode_content=False):
        data += piece
        if len(data) > most:
            raise InputError("The page is larger than 10 MB; copy the article into a file.")
        if time.monotonic() > until:
            raise ServiceError("The page comes too slowly; try again later.")
    return bytes(data)


def _no_address() -> InputError:
    return InputError("Only addresses that begin with http:// or https:// are fetched.")


def _not_public() -> InputError:
    return InputError(
        "This address is not on the open internet and is not asked; save the page as a file."
    )
