"""A small server of map tiles on this machine, which can fail, and remembers what it was asked."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image

GREY = (128, 128, 128)
"""The colour of its tiles, which no filter of the page changes by more than a shade."""


def picture() -> bytes:
    """Return a tile."""
    out = io.BytesIO()
    Image.new("RGB", (256, 256), GREY).save(out, "PNG")
    return out.getvalue()


class TileServer(ThreadingHTTPServer):
    """Answers every address with a tile, or with an error while `fails`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.fails = False
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def host(self) -> str:
        """Its name and port."""
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: TileServer

    def do_GET(self) -> None:
        """Answer with a tile, or with an error."""
        self.server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        body = b"" if self.server.fails else picture()
        self.send_response(503 if self.server.fails else 200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def tile_server() -> Iterator[TileServer]:
    """Run the server on a free port."""
    server = TileServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
