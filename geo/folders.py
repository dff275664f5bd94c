"""Where this machine keeps what the program makes for itself."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path


def cache_folder() -> Path:
    """Return the folder of what can be made again: GEO_CACHE, or the user's cache folder."""
    own = os.environ.get("GEO_CACHE")
    return Path(own) if own else user_cache_path("glimpse", appauthor=False)


def data_folder() -> Path:
    """Return the folder of the record, which cannot be made again."""
    return user_data_path("glimpse", appauthor=False)


def media_folder() -> Path:
    """Return the folder of the evidence's own files: GEO_MEDIA, or one beside the record."""
    own = os.environ.get("GEO_MEDIA")
    return Path(own) if own else data_folder() / "media"
