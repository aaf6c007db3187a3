"""The version of the tables: checked at every start, changed only by `migrate`."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from storage.errors import NotMigrated, SchemaTooNew, SchemaTooOld

HEAD = "0005"  # the newest script in migrations/versions; a constant, since alembic loads slowly
_TABLE = "alembic_version"


def version_of(connection: Connection) -> str | None:
    """The version the tables are at; None where there are no tables of ours yet."""
    if not inspect(connection).has_table(_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar()  # noqa: S608


def check_schema(connection: Connection) -> None:
    """Raise NotMigrated, SchemaTooOld or SchemaTooNew unless the tables are at HEAD."""
    version = version_of(connection)
    if version == HEAD:
        return
    if version is None:
        raise NotMigrated("数据库里还没有表，请先运行 xuefa migrate。")
    check_not_newer(version)
    raise SchemaTooOld(f"数据库还是旧版（{version}），请先运行 xuefa migrate 升级到 {HEAD}。")


def check_not_newer(version: str) -> None:
    """Raise SchemaTooNew where a newer xuefa made the tables; versions are digits counted up."""
    if version > HEAD:
        raise SchemaTooNew(
            f"数据库（{version}）比程序（{HEAD}）新，xuefa migrate 不能降级，请更新程序后再运行。"
        )
