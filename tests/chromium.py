"""The running app and a Chromium that may talk to this machine only."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright, Request, Route

ROOT = Path(__file__).parents[1]
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip


@contextmanager
def app(cache: Path, store: Path, log: Path) -> Iterator[str]:
    """Run the app on a free port and yield its address; the log holds what it printed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"GEO_CACHE": str(cache), "GEO_STORE": f"sqlite:///{store}"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = [f"--server.port={port}", "--server.headless=true"]
    with log.open("w") as out:
        running = subprocess.Popen(
            [*command, *options], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", running)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(20)


def _wait(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert running.poll() is None, "the app ended"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the app did not answer")


def launch(playwright: Playwright) -> Browser:
    """Return the system's Chromium, or the one that Playwright has installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    return playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))


@dataclass
class Visit:
    """A page that is being driven, with everything that must not happen on it."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def failed(self, request: Request) -> None:
        """Note a request that failed, unless the page was left while it was under way."""
        if request.failure != "net::ERR_ABORTED":
            self.errors.append(f"failed: {request.url} {request.failure}")

    def state(self) -> dict[str, Any]:
        """Return what the engine says of itself, {} while there is none."""
        for frame in self.page.frames:
            if "streamlit_folium" in frame.url:
                return frame.evaluate("window.glimpse ? window.glimpse.state() : {}") or {}
        return {}

    def map_drawn(self) -> dict[str, Any]:
        """Wait until the map stands with its base map and return the engine's state."""
        return self.until(lambda state: state.get("ready") and state.get("basemap"))

    def until(self, met: Any, seconds: int = 40) -> dict[str, Any]:
        """Wait until the engine's state meets a condition and return the state."""
        state: dict[str, Any] = {}
        for _ in range(seconds * 10):
            try:
                state = self.state()
            except Exception:  # noqa: BLE001 - the frame is being put in place
                state = {}
            if met(state):
                return state
            self.page.wait_for_timeout(100)
        raise AssertionError(f"the map did not come so far: {state}; {self.errors}")

    def click_symbol(self, name: str) -> None:
        """Click the symbol of a place on the map."""
        symbol = next(s for s in self.state()["symbols"] if s["name"] == name)
        box = self.page.locator("iframe").first.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + symbol["x"], box["y"] + symbol["y"])


def visit(browser: Browser, address: str, **options: Any) -> Visit:
    """Open an address in a fresh context; a request to another machine is stopped and noted."""
    context = browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | options))
    seen = Visit(context.new_page())

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).hostname in ("127.0.0.1", "localhost"):
            route.continue_()
        else:
            seen.outside.append(route.request.url)
            route.abort()

    context.route(lambda url: url.startswith(("http", "ws")), guard)
    seen.page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    seen.page.on("requestfailed", seen.failed)
    seen.page.on("dialog", lambda dialog: seen.errors.append("dialog") or dialog.dismiss())
    seen.page.goto(address)
    return seen


@contextmanager
def visits(
    browser: Browser,
    address: str,
    drawn: Callable[[Visit], object] = lambda seen: None,
    path: str = "",
    allowed: str = "",
    **usual: Any,
) -> Iterator[Callable[..., Visit]]:
    """Give what opens pages of an app; at the end nothing was asked outside and nothing failed.

    `drawn` waits until a page is there, `path` and `usual` are what is opened if nothing else
    is said, and an error that holds `allowed` is none.
    """
    opened: list[Visit] = []

    def open_one(where: str = path, **options: Any) -> Visit:
        opened.append(visit(browser, address + where, **{**usual, **options}))
        drawn(opened[-1])
        return opened[-1]

    yield open_one
    for one in opened:
        one.page.context.close()
        assert one.outside == []
        assert [error for error in one.errors if not allowed or allowed not in error] == []


def command(folder: Path, store: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `python -m geo` on a store, with the place index of the browser tests."""
    environment = {"GEO_CACHE": str(folder / "cache"), "GEO_STORE": f"sqlite:///{store}"}
    return subprocess.run(
        [sys.executable, "-m", "geo", *map(str, arguments)],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
