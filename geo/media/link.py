"""Which player a link of the evidence is: its host, and the address that may be put in a frame.

The address is made of a constant and an identifier that was held to a pattern; nothing else of
a link ever reaches a frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit


@dataclass(frozen=True)
class Player:
    """A preview that another machine would serve, once a person asks for it."""

    host: str
    """Who would be asked, and would see the address of who asks."""
    address: str
    """What is put in the frame: a constant and a checked identifier."""
    upright: bool = False
    """Whether it is a post, higher than wide."""


def player(url: str) -> Player | None:
    """Return the player of a link to YouTube, Vimeo, Telegram or X, None for any other."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        read = _READERS.get(host) if parts.scheme in ("http", "https") else None
        return read(parts) if read else None
    except ValueError:  # no address at all, as "http://["
        return None


FRAMES = (
    "https://www.youtube-nocookie.com/embed/",
    "https://player.vimeo.com/video/",
    "https://t.me/",
    "https://platform.twitter.com/embed/Tweet.html?id=",
)
"""How every address of a player begins."""

_YOUTUBE, _VIMEO, _TELEGRAM, _X = FRAMES


def _youtube(parts: SplitResult) -> Player | None:
    asked = parse_qs(parts.query, max_num_fields=50)
    first, *others = _path(parts)
    if parts.hostname == "youtu.be":
        name = first
    elif first == "watch":
        name = asked.get("v", [""])[-1]
    else:
        name = others[0] if first in ("shorts", "live", "embed", "v") and others else ""
    if not re.fullmatch(r"[A-Za-z0-9_-]{11}", name):
        return None
    start = _seconds(asked.get("t", asked.get("start", [""]))[-1])
    return Player(
        "youtube-nocookie.com", f"{_YOUTUBE}{name}" + (f"?start={start}" if start else "")
    )


def _seconds(said: str) -> int:
    """Return the second at which to begin, as "90", "90s" or "1h2m3s" say it; 0 for none."""
    found = re.fullmatch(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?", said, re.ASCII)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3_600 + minutes * 60 + seconds


def _vimeo(parts: SplitResult) -> Player | None:
    names = [part for part in _path(parts) if part != "video"]
    key = parse_qs(parts.query, max_num_fields=50).get("h", names[1:2] or [""])[-1]
    if not re.fullmatch(r"[0-9]{1,12}", names[0] if names else ""):
        return None
    private = f"&h={key}" if re.fullmatch(r"[0-9a-f]{6,20}", key) else ""
    return Player("player.vimeo.com", f"{_VIMEO}{names[0]}?dnt=1{private}")


def _telegram(parts: SplitResult) -> Player | None:
    names = _path(parts)
    channel, *numbers = names[1:] if names[0] == "s" else names
    number = numbers[0] if len(numbers) == 1 else ""
    named = re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{3,31}", channel)
    if not named or not re.fullmatch(r"[0-9]{1,10}", number):
        return None
    return Player("t.me", f"{_TELEGRAM}{channel}/{number}?embed=1", upright=True)


def _x(parts: SplitResult) -> Player | None:
    found = re.fullmatch(
        r"/(?:\w{1,15}|i|i/web)/status/([0-9]{1,20})(?:/.*)?", parts.path, re.ASCII
    )
    if not found:
        return None
    return Player("platform.twitter.com", f"{_X}{found[1]}&dnt=true", upright=True)


_POST = re.compile(r"/(?:\w{1,15}|i|i/web)/status/([0-9]{1,20})(?:/.*)?", re.ASCII)


def _path(parts: SplitResult) -> list[str]:
    return parts.path.strip("/").split("/")


_READERS = {
    "youtube.com": _youtube, "music.youtube.com": _youtube, "youtube-nocookie.com": _youtube,
    "youtu.be": _youtube, "vimeo.com": _vimeo, "player.vimeo.com": _vimeo, "t.me": _telegram,
    "telegram.me": _telegram, "x.com": _x, "twitter.com": _x, "mobile.twitter.com": _x,
}  # fmt: skip
