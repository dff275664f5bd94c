"""What a database says when something is wrong, as sentences that say what to do."""

from __future__ import annotations

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from geo.errors import StoreError


def shown(url: URL) -> str:
    """Return what a person calls the store: its path, or its address without the password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string()


def told(url: URL, error: DBAPIError) -> StoreError:
    """Turn what the database said into a sentence that says what to do."""
    said, path = str(error.orig), shown(url)
    if "locked" in said:
        return StoreError("The store {path} is busy with another program; try again.", path=path)
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return StoreError(
            "The store {path} cannot be written to; allow writing to the file and its folder,"
            " or set GEO_STORE to sqlite:/// and another path.",
            path=path,
        )
    if "full" in said:
        return StoreError("The disk is full; nothing was changed. Make room and try again.")
    if any(sign in said for sign in ("malformed", "not a database", "Could not decode")):
        return StoreError(DAMAGED, path=path)
    return StoreError("The store {path} does not answer: {said}.", path=path, said=said)


DAMAGED = "The store {path} is damaged; keep the file, and restore a backup."
