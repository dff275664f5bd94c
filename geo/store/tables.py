"""The record's two tables: revisions that are only ever added, and the store's settings."""

from __future__ import annotations

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


def set_first(connection: sa.Connection, name: str, value: str) -> bool:
    """Set a setting unless it stands already; return whether it was set now."""
    standing = sa.select(settings.c.name).where(settings.c.name == name)
    if connection.execute(standing).first():
        return False
    connection.execute(settings.insert().values(name=name, value=value))
    return True
