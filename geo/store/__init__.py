"""The record: append-only revisions in SQLite or PostgreSQL, the truth and its history."""

from geo.store.briefings import Saved
from geo.store.opening import VERSION, default_url, open_store, whereabouts
from geo.store.past import Past
from geo.store.record import Kept, Revised, Revision, Store

__all__ = [
    "VERSION", "Kept", "Past", "Revised", "Revision", "Saved", "Store", "default_url",
    "open_store", "whereabouts",
]  # fmt: skip
