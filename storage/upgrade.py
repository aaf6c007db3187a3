"""Making and upgrading the tables; alembic is loaded here only, and only when there is work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import URL, Connection, inspect, text

from storage.address import parse
from storage.errors import SchemaError
from storage.faults import translated
from storage.schema import HEAD, check_not_newer, version_of

_PATIENCE = timedelta(seconds=60)  # an upgrade may wait for a running bot's transaction
_TOTALS_SINCE = "0004"  # before it totals were kept in another way
_LOCK = 0x7875_6566_61  # PostgreSQL's advisory lock: "xuefa" in ASCII


def migrate(url: str) -> tuple[str | None, str]:
    """Bring the tables to HEAD and give the versions before and after; None: there were none.

    All or nothing, and safe to call from several processes at once. Raises SchemaTooNew where
    a newer xuefa made the tables, SchemaError where the tables are another program's.
    """
    with translated(), _exclusively(parse(url)) as connection:
        before = version_of(connection)
        if before is None:
            _refuse_foreign_tables(connection)
        else:
            check_not_newer(before)
        if before != HEAD:
            _upgrade(connection)
        if before is not None and before < _TOTALS_SINCE:
            _count_totals(connection)
    return before, HEAD


def prepare(url: str) -> bool:
    """Make the tables where the database is brand new and empty; True if it was.

    A database that already has tables is left as it is: `Database.open` then refuses an older
    or newer one, and a person decides when to run `xuefa migrate`.
    """
    with translated(), _connection(parse(url)) as connection:
        is_empty = not inspect(connection).get_table_names()
    if is_empty:
        migrate(url)
    return is_empty


@contextmanager
def _connection(url: URL) -> Iterator[Connection]:
    if url.get_backend_name() == "sqlite":
        from storage.sqlite import engine_of, file_of

        file_of(url)
        engine = engine_of(url, patience=_PATIENCE)
    else:
        from storage import postgres

        engine = postgres.engine_of(url, patience=_PATIENCE, connections=1)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _exclusively(url: URL) -> Iterator[Connection]:
    """A connection inside one transaction no other upgrade can enter."""
    with _connection(url) as connection:
        if connection.dialect.name == "sqlite":
            with _sqlite_transaction(connection):
                yield connection
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield connection


@contextmanager
def _sqlite_transaction(connection: Connection) -> Iterator[None]:
    from storage.sqlite import raw_of

    raw = raw_of(connection)
    # Rebuilding a table drops the old one, which must not cascade; checked before the commit.
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("BEGIN IMMEDIATE")
    try:
        yield
        if (broken := raw.execute("PRAGMA foreign_key_check").fetchone()) is not None:
            raise SchemaError(f"升级后 {broken[0]} 表有记录失去关联，已撤销升级，数据没有改动。")
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise


def _refuse_foreign_tables(connection: Connection) -> None:
    from storage.tables import metadata

    taken = sorted(metadata.tables.keys() & set(inspect(connection).get_table_names()))
    if taken:
        raise SchemaError(f"数据库里已有别的程序的表（{taken[0]}），请换一个空的数据库。")


def _upgrade(connection: Connection) -> None:
    from alembic import command

    from storage.migrations.configuration import configuration

    if not connection.in_transaction():
        connection.begin()  # tells alembic that the transaction is ours to commit
    command.upgrade(configuration(connection), "head")


def _count_totals(connection: Connection) -> None:
    from storage.repositories.totals_recount import Recount

    Recount(connection, datetime.now(UTC)).all()  # noqa: TID251  (no clock comes with an upgrade)
