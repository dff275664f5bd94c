"""What a map's menu of base maps offers: online maps, other addresses, the server's own file."""

from __future__ import annotations

import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import streamlit as st
from streamlit.runtime import get_instance

from geo import tilefile, tiles
from geo.errors import GeoError
from geo.folders import cache_folder
from geo.i18n import Translator
from views.text import visible

_PATIENCE_S = 1.0


def offered(t: Translator) -> dict[str, Any]:
    """Return what the menu may offer on this server, and in `note` what is wrong with a setting."""
    found: dict[str, Any] = {"sources": [], "other": tiles.others(), "file": None, "note": ""}
    try:
        found["sources"] = [
            {**asdict(one), "host": one.host, "needs_key": one.needs_key} for one in tiles.sources()
        ]
    except GeoError as error:
        found["note"] = _said(t, error)
    path = tilefile.configured()
    if path is not None:
        job = _opening(path, _mark(path))
        job.thread.join(_PATIENCE_S)
        if job.thread.is_alive():
            preparing = t("The base map file {name} is being prepared; this happens once.",
                          name=path.name)  # fmt: skip
            found["note"] = preparing
        elif job.error:
            found["note"] = _said(t, job.error)
        elif job.file:
            found["file"] = _served(job.file)
    return found


def _said(t: Translator, error: GeoError) -> str:
    """Return an error's sentence as plain text, as the menu writes it."""
    return t(error.sentence, **{name: visible(str(value)) for name, value in error.values.items()})


class _Opening:
    """The file being opened, once for all sessions; an MBTiles file may take minutes."""

    def __init__(self, path: Path) -> None:
        self.file: tilefile.TileFile | None = None
        self.error: GeoError | None = None
        self.thread = threading.Thread(target=self._run, args=(path,), daemon=True)
        self.thread.start()

    def _run(self, path: Path) -> None:
        try:
            self.file = tilefile.open_tile_file(path, cache_folder())
        except GeoError as error:
            self.error = error


def _mark(path: Path) -> tuple[int, int]:
    """Return what changes when the file does."""
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return (state.st_size, state.st_mtime_ns)


@st.cache_resource(show_spinner=False, max_entries=2)
def _opening(path: Path, mark: tuple[int, int]) -> _Opening:  # noqa: ARG001 - another file
    return _Opening(path)


def _served(file: tilefile.TileFile) -> dict[str, Any]:
    """Return where the map's frame finds the file; Streamlit serves what has length and slices."""
    content = cast("bytes", file.content)
    url = get_instance().media_file_mgr.add(content, "application/octet-stream", "glimpse.basemap")
    return {
        "name": visible(file.name),
        "credit": visible(file.credit),
        "url": "../.." + url,
        "media_type": file.media_type,
        "min_zoom": file.min_zoom,
        "max_zoom": file.max_zoom,
        "box": file.box,
    }
