"""The record: append-only revisions in SQLite or PostgreSQL, the truth and its history."""

from geo.store.opening import VERSION, default_url, open_store, whereabouts
from geo.store.record import Revised, Revision, Store

__all__ = ["VERSION", "Revised", "Revision", "Store", "default_url", "open_store", "whereabouts"]
