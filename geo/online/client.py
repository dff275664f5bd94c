"""One question over HTTP: no retry, no redirect, no cookie, certificates checked, 1 MB at most."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from functools import cache
from http.client import HTTPException, HTTPResponse
from urllib.error import URLError
from urllib.parse import quote_plus
from urllib.request import HTTPErrorProcessor, HTTPSHandler, OpenerDirector, Request, build_opener

from geopy.adapters import get_retry_after

from geo.errors import ServiceError
from geo.online.whom import Service

MASK = "HIDDEN"
"""Stands where the user name will stand; geopy, its log and a person see only this."""

_MOST_BYTES = 1_000_000

BUSY = (
    "{service} wants fewer questions or has had its number for today; nothing was decided."
    " Try again later."
)
BROKEN = "{service} has a fault of its own at the moment; nothing was decided. Try again later."
DENIED = (
    "{service} refuses the user name or this program; nothing was decided. Check"
    " GEO_GEONAMES_USER and GEO_ONLINE_AGENT, and whether the account may use its web services."
)
REFUSED = (
    "{service} does not accept the question; nothing was decided. Check its address in GEO_ONLINE."
)
UNREADABLE = (
    "{service} answered with something that is not a list of places; nothing was decided."
    " Check its address in GEO_ONLINE, and whether this network wants you to log in first."
)
_LATE = (
    "{service} did not answer within {seconds} seconds; nothing was decided. Try again later,"
    " or set GEO_ONLINE_TIMEOUT higher."
)
_CUT = (
    "The connection to {service} was cut before the answer was whole; nothing was decided."
    " Try again later."
)
_UNREACHABLE = (
    "{service} cannot be reached; nothing was decided. Check the network, and its address in"
    " GEO_ONLINE."
)
_UNSAFE = (
    "{service} could not prove that it is what it says (its certificate is not valid), so nothing"
    " was sent. Check its address, this machine's clock and the network."
)
_ELSEWHERE = (
    "{service} sends the question on to another address, which is not followed; nothing was"
    " decided. If it has moved, write its new address into GEO_ONLINE."
)
_LARGE = (
    "{service} answered with more than 1 MB, which is not read; nothing was decided. Check its"
    " address in GEO_ONLINE."
)


def later(error: ServiceError, wait_s: float = 0.0) -> ServiceError:
    """Return the error, marked as one after which asking again may help."""
    error.wait_s = wait_s
    return error


def fetch(service: Service, url: str, timeout: float, headers: Mapping[str, str]) -> object:
    """Return the JSON document at the URL, the mask replaced by the user name.

    Raises `ServiceError`, which never holds the URL, for everything else.
    """
    name, until = service.name, time.monotonic() + timeout
    late = later(ServiceError(_LATE, service=name, seconds=f"{timeout:g}"))
    # In the words "&" is escaped, so this can only be the parameter.
    sent = url.replace(f"&username={MASK}", f"&username={quote_plus(service.user)}")
    try:
        asked = Request(sent, headers=dict(headers))  # noqa: S310  # Service allows only http(s)
        with _opener().open(asked, timeout=timeout) as response:
            _check(service, response)
            body = _body(service, response, until)
    except TimeoutError:
        raise late from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise late from None
        unsafe = isinstance(error.reason, ssl.SSLCertVerificationError)
        raise ServiceError(_UNSAFE if unsafe else _UNREACHABLE, service=name) from None
    except (UnicodeError, OverflowError):  # a host or a port that cannot exist
        raise ServiceError(_UNREACHABLE, service=name) from None
    except (OSError, HTTPException):
        raise later(ServiceError(_CUT, service=name)) from None
    try:
        return json.loads(body.decode("utf-8-sig"))  # JSON is UTF-8, whatever the header says
    except (ValueError, RecursionError):
        raise ServiceError(UNREADABLE, service=name) from None


class _AsIs(HTTPErrorProcessor):
    """Hands every status back: nothing is followed, and no error carries the URL away."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        del request
        return response

    https_response = http_response


@cache
def _opener() -> OpenerDirector:
    return build_opener(HTTPSHandler(context=ssl.create_default_context()), _AsIs)


def _check(service: Service, response: HTTPResponse) -> None:
    """Raise the error that the status stands for, if it is not 200."""
    status, name = response.status, service.name
    if status == 200:  # noqa: PLR2004
        return
    if status in (401, 403, 407):
        raise ServiceError(DENIED, service=name)
    if status in (402, 429):
        raise later(ServiceError(BUSY, service=name), _retry_after(response))
    if status >= 500:  # noqa: PLR2004
        raise later(ServiceError(BROKEN, service=name), _retry_after(response))
    if status == 408:  # noqa: PLR2004
        raise later(ServiceError(BROKEN, service=name))
    raise ServiceError(_ELSEWHERE if 300 <= status < 400 else REFUSED, service=name)  # noqa: PLR2004


def _retry_after(response: HTTPResponse) -> float:
    """Return the seconds that the service asks us to wait, 0 when it names none."""
    try:
        return float(get_retry_after({"retry-after": response.headers["Retry-After"]}) or 0)
    except (ValueError, OverflowError, TypeError):  # a date that cannot be
        return 0.0


def _body(service: Service, response: HTTPResponse, until: float) -> bytes:
    """Return the whole body, or raise when it is too large, too slow or cut short."""
    body = b""
    while chunk := response.read1(65_536):
        body += chunk
        if len(body) > _MOST_BYTES:
            raise ServiceError(_LARGE, service=service.name)
        if time.monotonic() > until:
            raise TimeoutError
    if response.length:  # http.client says nothing when fewer bytes come than were announced
        raise ConnectionResetError
    return body
