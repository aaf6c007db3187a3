"""INSERT … ON CONFLICT in one spelling for both databases."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_for(connection: Connection, table: Table) -> postgresql.dml.Insert | sqlite.dml.Insert:
    """An INSERT that knows ON CONFLICT, whichever database this is."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
