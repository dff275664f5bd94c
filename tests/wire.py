"""Everything that came over the wire to a page, unpacked as far as it can be."""

import base64
import re
import zlib
from dataclasses import dataclass, field

from playwright.sync_api import Page, Response

_GZIP = b"\x1f\x8b\x08"
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{32,}={0,2}")
_DEPTH = 4


@dataclass
class Wire:
    """The bodies of all answers and the frames of all sockets, except the program's own files."""

    frames: list[bytes] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    _answers: list[Response] = field(default_factory=list)

    def keep(self) -> None:
        """Read the bodies that came; the browser forgets them when the page is left."""
        self.bodies |= {one.url: one.body() for one in self._answers if one.ok}
        self._answers.clear()

    def everything(self) -> bytes:
        """Return all that came, packed and unpacked, one behind the other."""
        self.keep()
        came = [*self.frames, *self.bodies.values()]
        return b"\n".join(part for data in came for part in unpacked(data))


def listen(page: Page) -> Wire:
    """Return what will hold everything that comes from now on."""
    wire = Wire()

    def frame(payload: str | bytes) -> None:
        wire.frames.append(payload.encode() if isinstance(payload, str) else payload)

    def answered(response: Response) -> None:
        if "/static/" not in response.url and "/component/" not in response.url:
            wire._answers.append(response)

    page.on("websocket", lambda socket: socket.on("framereceived", frame))
    page.on("response", answered)
    return wire


def unpacked(data: bytes, depth: int = _DEPTH) -> list[bytes]:
    """Return the data and, below it, what is gzipped or base64 in it."""
    found = [data]
    if depth:
        for start in (hit.start() for hit in re.finditer(re.escape(_GZIP), data)):
            try:
                found += unpacked(zlib.decompressobj(31).decompress(data[start:]), depth - 1)
            except zlib.error:
                continue
        for run in _BASE64.findall(data):
            whole = run[: len(run) // 4 * 4]
            decoded = base64.b64decode(whole)
            if decoded != data:
                found += unpacked(decoded, depth - 1)
    return found
