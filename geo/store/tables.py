"""The record's two tables: revisions that are only ever added, and the store's settings."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

meta = sa.MetaData()
revisions = sa.Table(
    "revisions",
    meta,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(16)),
    sa.Column("id", sa.String(200)),
    sa.Column("revision", sa.Integer),
    sa.Column("at", sa.String(32)),
    sa.Column("who", sa.String(200)),
    sa.Column("why", sa.Text),
    sa.Column("document", sa.Text),
)
settings = sa.Table(
    "settings",
    meta,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text),
)


DATA = ("entry", "report")
"""The kinds of records that the index is made of."""


def newest(
    kind: str, ids: Sequence[str] | None = None, until: int | None = None
) -> sa.Select[tuple[object, ...]]:
    """Ask for the newest revision of each record of a kind, of those with these ids if given.

    With `until` it is the newest of those up to that revision.
    """
    last = sa.select(sa.func.max(revisions.c.seq)).where(revisions.c.kind == kind)
    if ids is not None:
        last = last.where(revisions.c.id.in_(ids))
    if until is not None:
        last = last.where(revisions.c.seq <= until)
    last = last.group_by(revisions.c.id)
    return sa.select(revisions.c.seq, revisions.c.id, revisions.c.document).where(
        revisions.c.seq.in_(last)
    )


def set_first(connection: sa.Connection, name: str, value: str) -> bool:
    """Set a setting unless it stands already; return whether it was set now."""
    standing = sa.select(settings.c.name).where(settings.c.name == name)
    if connection.execute(standing).first():
        return False
    connection.execute(settings.insert().values(name=name, value=value))
    return True
