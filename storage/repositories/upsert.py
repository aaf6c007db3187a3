"""INSERT … ON CONFLICT in one spelling for both databases."""

from __future__ import annotations

import functools

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_for(connection: Connection, table: Table) -> postgresql.dml.Insert | sqlite.dml.Insert:
    """An INSERT that knows ON CONFLICT, whichever database this is."""
    return _insert(connection.dialect.name, table)


def overwriting(connection: Connection, table: Table) -> postgresql.dml.Insert | sqlite.dml.Insert:
    """An INSERT that puts its rows in place of those with the same primary keys."""
    return _upsert(connection.dialect.name, table, is_sum=False)


def adding(connection: Connection, table: Table) -> postgresql.dml.Insert | sqlite.dml.Insert:
    """An INSERT that adds its rows to those with the same primary keys."""
    return _upsert(connection.dialect.name, table, is_sum=True)


def _insert(dialect: str, table: Table) -> postgresql.dml.Insert | sqlite.dml.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@functools.cache  # building one takes longer than running it, and every answer runs three
def _upsert(
    dialect: str, table: Table, *, is_sum: bool
) -> postgresql.dml.Insert | sqlite.dml.Insert:
    statement = _insert(dialect, table)
    keys = [column.name for column in table.primary_key.columns]
    rest = [column.name for column in table.columns if column.name not in keys]
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=keys,
        set_={name: table.c[name] + new[name] if is_sum else new[name] for name in rest},
    )
