"""Files of the evidence on this machine: found by their SHA-256, and checked before use.

A file lies in the media folder under its SHA-256, with any ending or none: `9f86d0….mp4`. What
it is stands in its first bytes; no name is believed.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo.errors import GeoError, InputError
from geo.folders import media_folder

LARGEST_PICTURE = 40_000_000
LARGEST_VIDEO = 200_000_000
"""Bytes of a file that is shown in the page; the whole of it is held in memory."""

_HEAD = 64


@dataclass(frozen=True)
class Held:
    """A file of the media folder whose content is what its SHA-256 says."""

    path: Path
    kind: str
    """"image" or "video"."""
    mime: str


def find(sha256: str) -> Held | None:
    """Return the file with this SHA-256, None when this machine holds none.

    Raises `InputError` when it must not be shown: its content is another, it is neither a
    picture nor a video that a page can show, or it is too large for one.
    """
    path = _lying(sha256)
    if path is None:
        return None
    try:
        state = path.stat()
        if _digest(path, state.st_size, state.st_mtime_ns) != sha256:
            raise InputError(_ANOTHER, file=path.name)
        with path.open("rb") as file:
            kind, mime = what(file.read(_HEAD))
    except OSError as error:
        raise InputError(_UNREAD, file=path.name, problem=error.strerror or error) from error
    if state.st_size > (LARGEST_VIDEO if kind == "video" else LARGEST_PICTURE):
        raise InputError(_LARGE, file=path.name, size=f"{state.st_size / 1e6:,.0f}")
    return Held(path, kind, mime)


def read(held: Held) -> bytes:
    """Return the file's bytes; raises `InputError` when they were exchanged since it was found."""
    try:
        data = held.path.read_bytes()
    except OSError as error:
        problem = error.strerror or error
        raise InputError(_UNREAD, file=held.path.name, problem=problem) from error
    if not held.path.name.startswith(hashlib.sha256(data).hexdigest()):
        raise InputError(_ANOTHER, file=held.path.name)
    return data


def keep(data: bytes) -> tuple[str, str]:
    """Put a file into the media folder; return its SHA-256 and its kind, "image" or "video".

    Raises `InputError` when it is no picture or video, or is too large, and `GeoError` when
    the folder cannot be written to.
    """
    kind, mime = what(data[:_HEAD])
    if len(data) > (LARGEST_VIDEO if kind == "video" else LARGEST_PICTURE):
        raise InputError(_LARGE, file=kind, size=f"{len(data) / 1e6:,.0f}")
    sha256, folder = hashlib.sha256(data).hexdigest(), media_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _lying(sha256) is None:
            _write(folder / f"{sha256}.{mime.rpartition('/')[2]}", data)
    except OSError as error:
        problem = error.strerror or error
        raise GeoError(_UNWRITTEN, folder=folder, problem=problem) from error
    return sha256, kind


def what(head: bytes) -> tuple[str, str]:
    """Return kind and media type that a file's first bytes say; raises `InputError` for others."""
    for pattern, kind, mime in _SIGNS:
        if pattern.match(head):
            return kind, mime
    raise InputError(_UNKNOWN)


_SIGNS = (
    (re.compile(rb"\xff\xd8\xff"), "image", "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image", "image/png"),
    (re.compile(rb"GIF8[79]a"), "image", "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image", "image/webp"),
    (
        re.compile(rb"....ftyp(?!heic|heix|mif1|msf1|avif|avis|M4A |M4B )", re.DOTALL),
        "video", "video/mp4",
    ),
    (re.compile(rb"\x1a\x45\xdf\xa3.{0,40}webm", re.DOTALL), "video", "video/webm"),
    (re.compile(rb"OggS"), "video", "video/ogg"),
)  # fmt: skip
"""The first bytes of what browsers show; QuickTime's are MP4's."""


def _lying(sha256: str) -> Path | None:
    """Return where the file lies; a name that is no SHA-256 is never looked for."""
    folder = media_folder()
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not folder.is_dir():
        return None
    found = sorted(path for path in folder.glob(f"{sha256}*") if path.is_file())
    return next((path for path in found if path.stem == sha256), None)


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@lru_cache(maxsize=4_096)
def _digest(path: Path, size: int, changed: int) -> str:  # noqa: ARG001 - the cache's key
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_ANOTHER = (
    "The file {file} in the media folder is not the one that was recorded: its SHA-256 is another."
    " It is not shown; put the right file back."
)
_UNREAD = "The file {file} in the media folder cannot be read ({problem}); allow reading it."
_LARGE = (
    "The file {file} has {size} MB, and a page shows pictures up to 40 MB and videos up to 200 MB;"
    " open it from the media folder."
)
_UNKNOWN = (
    "This is no picture or video that a page can show; give a JPEG, PNG, GIF, WebP, MP4, WebM or"
    " Ogg file."
)
_UNWRITTEN = (
    "The file cannot be written to the folder {folder} ({problem}); make room there, or set"
    " GEO_MEDIA to a folder that you may write to."
)
