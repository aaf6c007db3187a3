"""Backups and restores, of both databases."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage.address import parse
from storage.archive import backup, restore
from storage.database import Database
from storage.dump import _conninfo
from storage.errors import BackupError, SchemaTooOld
from storage.schema import HEAD
from storage.unit import Unit
from storage.upgrade import migrate

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def names(unit: Unit) -> list[str]:
    return [row.name for row in unit.people.list_departments()]


def add(unit: Unit, name: str) -> int:
    return unit.people.add_department(name, NOW)


def adding(name: str) -> Callable[[Unit], int]:
    return lambda unit: add(unit, name)


def execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(autouse=True)
def _tools(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own pg_dump: one from the system may be older than the server."""
    if "postgresql" in request.node.name or "postgres_url" in request.fixturenames:
        programs = request.getfixturevalue("postgres").programs
        monkeypatch.setenv("PATH", str(programs), prepend=":")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "monday.backup"


async def test_a_backup_of_a_running_bot_brings_everything_back(
    database_url: str, path: Path
) -> None:
    database = Database.open(database_url)
    await database.run(adding("一处"))
    await asyncio.to_thread(backup, database_url, path)
    await database.run(adding("二处"))
    await database.close()

    kept = restore(database_url, path, now=NOW)

    again = Database.open(database_url)
    assert await again.read(names) == ["一处"]
    await again.run(adding("三处"))
    await again.close()
    assert kept is not None
    assert "20260302-090000" in kept.name
    restore(database_url, kept, now=NOW.replace(hour=10))
    before = Database.open(database_url)
    assert await before.read(names) == ["一处", "二处"]
    await before.close()


async def test_a_backup_holds_while_units_keep_coming(database_url: str, path: Path) -> None:
    database = Database.open(database_url)
    copying = asyncio.ensure_future(asyncio.to_thread(backup, database_url, path))
    written = 0
    while not copying.done():
        written += 1
        await database.run(adding(f"处{written}"))
    await copying
    await database.close()
    restore(database_url, path, now=NOW)
    again = Database.open(database_url)
    kept = await again.read(names)
    await again.close()
    assert kept == [f"处{number}" for number in range(1, len(kept) + 1)]


def test_a_backup_never_overwrites(database_url: str, path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(BackupError, match="已经存在"):
        backup(database_url, path)
    assert path.read_text() == "precious"
    assert list(path.parent.iterdir()) == [path]


def test_a_backup_into_no_folder_is_one_clear_line(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="备份没有完成") as caught:
        backup(database_url, tmp_path / "none" / "monday.backup")
    assert "\n" not in str(caught.value)


def test_a_backup_of_a_database_without_tables_is_refused(empty_url: str, path: Path) -> None:
    with pytest.raises(BackupError, match="没有"):
        backup(empty_url, path)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("damage", ["missing", "garbage", "cut"])
async def test_a_bad_backup_changes_nothing(database_url: str, path: Path, damage: str) -> None:
    database = Database.open(database_url)
    await database.run(adding("一处"))
    await database.close()
    _spoil(database_url, path, damage)

    with pytest.raises(BackupError, match="没有改动"):
        restore(database_url, path, now=NOW)

    again = Database.open(database_url)
    assert await again.read(names) == ["一处"]
    await again.close()


def _spoil(url: str, path: Path, damage: str) -> None:
    if damage == "garbage":
        path.write_bytes(b"not a backup " * 1000)
    elif damage == "cut":
        backup(url, path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def test_a_backup_of_a_newer_program_is_refused(database_url: str, path: Path) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    backup_of_newer = path.with_name("newer.backup")
    _raw_backup(database_url, backup_of_newer)
    with pytest.raises(BackupError, match="更新程序"):
        restore(database_url, backup_of_newer, now=NOW)


def _raw_backup(url: str, path: Path) -> None:
    """A backup as a newer program would make it."""
    if url.startswith("sqlite"):
        path.write_bytes(Path(url.removeprefix("sqlite:///")).read_bytes())
    else:
        backup(url, path)


async def test_an_older_backup_is_taken_and_then_migrated(database_url: str, path: Path) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '0000'")
    backup(database_url, path)
    execute(database_url, "UPDATE alembic_version SET version_num = '9998'")
    restore(database_url, path, now=NOW)
    with pytest.raises(SchemaTooOld):
        Database.open(database_url)


async def test_a_restore_under_a_running_bot_is_refused(database_url: str, path: Path) -> None:
    backup(database_url, path)
    database = Database.open(database_url)
    await database.run(adding("一处"))
    with pytest.raises(BackupError, match="先停止机器人"):
        await asyncio.to_thread(restore, database_url, path, now=NOW)
    assert await database.read(names) == ["一处"]
    await database.run(adding("二处"))
    await database.close()


def test_a_restore_into_nothing_keeps_nothing(
    database_url: str, path: Path, request: pytest.FixtureRequest
) -> None:
    backup(database_url, path)
    if database_url.startswith("sqlite"):
        restored = f"sqlite:///{path.with_name('new.db')}"
    else:
        restored = request.getfixturevalue("postgres").create(is_empty=True)
    assert restore(restored, path, now=NOW) is None
    assert migrate(restored) == (HEAD, HEAD)


def test_a_damaged_database_can_be_restored_and_its_log_is_not_played(
    sqlite_url: str, path: Path
) -> None:
    backup(sqlite_url, path)
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO departments (name, created_at) VALUES ('旧', '2026')")
        connection.commit()
        log = Path(f"{database}-wal").read_bytes()
    database.write_bytes(b"damaged " * 1024)
    Path(f"{database}-wal").write_bytes(log)

    kept = restore(sqlite_url, path, now=NOW)

    assert kept is not None
    assert kept.read_bytes() == b"damaged " * 1024
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM departments").fetchone() == (0,)


def test_without_the_tools_of_postgresql_the_error_says_so(
    postgres_url: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(path.parent))
    with pytest.raises(BackupError, match="PostgreSQL 客户端工具"):
        backup(postgres_url, path)
    assert list(path.parent.iterdir()) == []


def test_a_password_never_stands_on_a_command_line() -> None:
    address = parse("postgresql://u:secret@h:5433/d?sslmode=require&password=secret")
    assert sorted(_conninfo(address).split()) == [
        "dbname=d", "host=h", "port=5433", "sslmode=require", "user=u",
    ]  # fmt: skip
