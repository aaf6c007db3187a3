"""SQLite's writer: many units to a commit, each on its own, and the file never lost sight of."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from storage import writer
from storage.database import Database
from storage.errors import Damaged, NotMigrated, Unavailable
from storage.sqlite import SqliteBackend
from storage.unit import Unit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def names(unit: Unit) -> list[str]:
    return [row.name for row in unit.people.list_departments()]


def add(unit: Unit, name: str) -> int:
    return unit.people.add_department(name, NOW)


def adding(name: str) -> Callable[[Unit], int]:
    return lambda unit: add(unit, name)


def raw(database: Database) -> sqlite3.Connection:
    """The writer's own connection, to watch it."""
    return cast(SqliteBackend, database._backend)._writer._raw


@contextmanager
def traced(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []
    raw(database).set_trace_callback(seen.append)
    yield seen
    raw(database).set_trace_callback(None)


async def hold(database: Database) -> tuple[asyncio.Future[None], threading.Event]:
    """Keep the writer busy until the event is set, so that units queue up behind."""
    entered, go_on = threading.Event(), threading.Event()

    def wait(_unit: Unit) -> None:
        entered.set()
        assert go_on.wait(5)

    holding = asyncio.ensure_future(database.run(wait))
    assert await asyncio.to_thread(entered.wait, 5)
    return holding, go_on


@pytest.fixture
async def database(sqlite_url: str) -> object:
    opened = Database.open(sqlite_url, patience=timedelta(milliseconds=300))
    yield opened
    await opened.close()


async def test_what_has_queued_is_committed_together(database: Database) -> None:
    with traced(database) as statements:
        holding, go_on = await hold(database)
        queued = [asyncio.ensure_future(database.run(adding(f"处{n}"))) for n in range(64)]
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(holding, *queued)

    assert statements.count("COMMIT") == 2  # the one that held, and all that waited
    assert statements.count("BEGIN IMMEDIATE") == 2
    assert statements.count("SAVEPOINT unit") == 65


async def test_a_batch_is_bounded(database: Database) -> None:
    count = writer.BATCH_LIMIT * 2 + 10
    with traced(database) as statements:
        holding, go_on = await hold(database)
        queued = [asyncio.ensure_future(database.run(lambda _unit: None)) for _ in range(count)]
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(holding, *queued)

    assert statements.count("COMMIT") == 4


async def test_the_queue_is_bounded_and_those_outside_get_their_turn(database: Database) -> None:
    holding, go_on = await hold(database)
    callers = [
        asyncio.ensure_future(database.run(lambda _unit: 1))
        for _ in range(writer.QUEUE_LIMIT + 50)
    ]
    await asyncio.sleep(0)
    queue = cast(SqliteBackend, database._backend)._writer._queue
    assert queue.qsize() == writer.QUEUE_LIMIT - 1  # the one that holds has its place too
    go_on.set()
    await holding
    assert sum(await asyncio.gather(*callers)) == len(callers)


async def test_a_commit_that_fails_fails_all_of_its_batch_and_no_more(database: Database) -> None:
    await database.run(
        lambda unit: (
            unit._connection.exec_driver_sql(
                "CREATE TABLE child (parent INTEGER REFERENCES departments(id)"
                " DEFERRABLE INITIALLY DEFERRED)"
            )
            and None
        )
    )
    holding, go_on = await hold(database)
    orphan = database.run(
        lambda unit: unit._connection.exec_driver_sql("INSERT INTO child VALUES (99)") and None
    )
    queued = [asyncio.ensure_future(work) for work in (database.run(adding("一处")), orphan)]
    await asyncio.sleep(0)
    go_on.set()
    await holding
    ended = await asyncio.gather(*queued, return_exceptions=True)

    assert [type(end) for end in ended] == [Unavailable, Unavailable]
    assert ended[0] is not ended[1]
    assert await database.read(names) == []
    await database.run(adding("二处"))
    assert await database.read(names) == ["二处"]


async def test_units_lost_with_their_transaction_are_told_and_the_rest_go_on(
    database: Database,
) -> None:
    # SQLite itself gives up a whole transaction at some faults; ROLLBACK does the same here.
    def lose_everything(unit: Unit) -> None:
        unit._connection.exec_driver_sql("ROLLBACK")
        raise ValueError("mine")

    holding, go_on = await hold(database)
    works = [adding("前"), lose_everything, adding("后")]
    queued = [asyncio.ensure_future(database.run(work)) for work in works]
    await asyncio.sleep(0)
    go_on.set()
    ended = await asyncio.gather(holding, *queued, return_exceptions=True)

    assert [type(end) for end in ended] == [type(None), Unavailable, ValueError, int]
    assert await database.read(names) == ["后"]


_LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""


@contextmanager
def locked_elsewhere(path: Path) -> Iterator[None]:
    """Another process holds the write lock."""
    with subprocess.Popen(
        [sys.executable, "-c", _LOCKER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        yield
        other.communicate()


async def test_a_lock_held_by_another_process_is_waited_for_then_reported(
    database: Database, tmp_path: Path
) -> None:
    with locked_elsewhere(tmp_path / "xuefa.db"):
        with pytest.raises(Unavailable, match="占用") as caught:
            await database.run(adding("一处"))
        assert caught.value.is_transient
        assert await database.read(names) == []  # readers go on
    await database.run(adding("二处"))
    assert await database.read(names) == ["二处"]


async def test_a_full_disk_is_reported_and_survived(database: Database) -> None:
    await database.run(adding("一处"))
    pages = raw(database).execute("PRAGMA page_count").fetchone()[0]
    raw(database).execute(f"PRAGMA max_page_count = {pages}")

    def fill(unit: Unit) -> None:
        for number in range(2000):
            add(unit, f"{number}" + "长" * 50)

    with pytest.raises(Unavailable, match="磁盘已满"):
        await database.run(fill)
    assert await database.read(names) == ["一处"]

    raw(database).execute("PRAGMA max_page_count = 1000000")
    await database.run(adding("二处"))
    assert await database.read(names) == ["一处", "二处"]


async def test_a_file_moved_away_is_noticed_before_anything_is_confirmed(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "xuefa.db"
    path.rename(tmp_path / "elsewhere.db")
    with pytest.raises(Unavailable, match="移走"):
        await database.run(adding("一处"))
    with pytest.raises(Unavailable, match="移走"):
        await database.read(names)

    (tmp_path / "elsewhere.db").rename(path)
    await database.run(adding("二处"))
    assert await database.read(names) == ["二处"]


async def test_every_confirmed_unit_is_synced_and_foreign_keys_hold(database: Database) -> None:
    def settings(unit: Unit) -> list[object]:
        ask = unit._connection.exec_driver_sql
        return [
            ask(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert await database.run(settings) == ["wal", 2, 1]  # 2 is FULL
    assert await database.read(settings) == ["wal", 2, 1]


def test_closing_leaves_one_file(sqlite_url: str, tmp_path: Path) -> None:
    async def use() -> None:
        database = Database.open(sqlite_url)
        await database.run(adding("一处"))
        await asyncio.gather(*(database.read(names) for _ in range(20)))
        await database.close()

    asyncio.run(use())
    assert [path.name for path in tmp_path.iterdir()] == ["xuefa.db"]


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(NotMigrated, match="xuefa migrate"):
        Database.open(f"sqlite:///{tmp_path}/typo.db")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="没有文件夹"):
        Database.open(f"sqlite:///{tmp_path}/none/xuefa.db")


def test_a_file_that_is_no_database_is_reported(tmp_path: Path) -> None:
    (tmp_path / "xuefa.db").write_bytes(b"not a database at all " * 100)
    with pytest.raises(Damaged, match="xuefa restore"):
        Database.open(f"sqlite:///{tmp_path}/xuefa.db")


@contextmanager
def powerless() -> Iterator[None]:
    """Root may write anywhere: be nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_is_reported(sqlite_url: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(sqlite_url.removeprefix("sqlite:///"), folder / "xuefa.db")
        (folder / "xuefa.db").chmod(0o444)
        folder.chmod(0o555)
        try:
            with powerless(), pytest.raises(Unavailable, match="权限"):
                Database.open(f"sqlite:///{folder}/xuefa.db")
        finally:
            folder.chmod(0o755)
