"""What `Database` promises on either database."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import select, text

from storage.database import Database
from storage.errors import BadAddress, Closed, Conflict, NotMigrated, StorageError, Unavailable
from storage.states import Role
from storage.tables import people
from storage.unit import Unit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def names(unit: Unit) -> list[str]:
    return [row.name for row in unit.people.list_departments()]


def add(unit: Unit, name: str) -> int:
    return unit.people.add_department(name, NOW)


def adding(name: str) -> Callable[[Unit], int]:
    return lambda unit: add(unit, name)


async def test_a_unit_gives_its_result_after_it_is_committed(database: Database) -> None:
    number = await database.run(adding("办公室"))

    assert number == 1
    assert await database.read(names) == ["办公室"]


async def test_a_unit_that_raises_leaves_nothing_behind(database: Database) -> None:
    def work(unit: Unit) -> None:
        add(unit, "办公室")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.run(work)

    assert await database.read(names) == []


async def test_a_failing_unit_does_not_touch_those_beside_it(database: Database) -> None:
    def work(turn: int, unit: Unit) -> int:
        add(unit, f"处室{turn}")
        if turn % 3 == 0:
            raise LookupError(turn)
        return turn

    ended = await asyncio.gather(
        *(database.run(partial(work, turn)) for turn in range(60)),
        return_exceptions=True,
    )

    failed = [turn for turn, end in enumerate(ended) if isinstance(end, LookupError)]
    assert failed == list(range(0, 60, 3))
    kept = {f"处室{turn}" for turn in range(60) if turn % 3}
    assert set(await database.read(names)) == kept


async def test_a_taken_unique_value_is_a_conflict(database: Database) -> None:
    def join(unit: Unit) -> int:
        return unit.people.add(7, "小安", None, Role.STAFF, NOW)

    await database.run(join)

    with pytest.raises(Conflict, match="相同"):
        await database.run(join)
    assert await database.read(lambda unit: unit.people.count()) == 1


async def test_a_reader_sees_only_what_is_committed(database: Database) -> None:
    written, seen = threading.Event(), threading.Event()

    def work(unit: Unit) -> None:
        add(unit, "办公室")
        written.set()
        assert seen.wait(5)

    writing = asyncio.ensure_future(database.run(work))
    assert await asyncio.to_thread(written.wait, 5)
    assert await database.read(names) == []
    seen.set()
    await writing
    assert await database.read(names) == ["办公室"]


async def test_a_read_unit_sees_one_moment_however_long_it_takes(database: Database) -> None:
    looked, changed = threading.Event(), threading.Event()

    def look_twice(unit: Unit) -> tuple[list[str], list[str]]:
        first = names(unit)
        looked.set()
        assert changed.wait(5)
        return first, names(unit)

    reading = asyncio.ensure_future(database.read(look_twice))
    assert await asyncio.to_thread(looked.wait, 5)
    await database.run(adding("办公室"))
    changed.set()
    assert await reading == ([], [])


async def test_a_read_unit_can_not_write(database: Database) -> None:
    with pytest.raises(StorageError):
        await database.read(adding("办公室"))
    assert await database.read(names) == []
    await database.run(adding("办公室"))
    assert await database.read(names) == ["办公室"]


async def test_a_cancelled_caller_does_not_disturb_the_others(database: Database) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def slow(unit: Unit) -> None:
        add(unit, "慢")
        entered.set()
        assert go_on.wait(5)

    running = asyncio.ensure_future(database.run(slow))
    assert await asyncio.to_thread(entered.wait, 5)
    waiting = [asyncio.ensure_future(database.run(adding(f"处{number}"))) for number in range(20)]
    await asyncio.sleep(0)
    running.cancel()
    waiting[3].cancel()
    go_on.set()
    ended = await asyncio.gather(running, *waiting, return_exceptions=True)

    assert [type(end) for end in ended].count(asyncio.CancelledError) == 2
    kept = set(await database.read(names))
    assert {f"处{number}" for number in range(20) if number != 3} <= kept


async def test_two_thousand_units_at_once_are_all_there(database: Database) -> None:
    # Each adds one to a shared number, so a lost or doubled unit shows.
    await database.run(lambda unit: unit.people.add(7, "0", None, Role.STAFF, NOW))

    def step(unit: Unit) -> None:
        unit._connection.execute(text("UPDATE people SET lot = lot + 1"))

    before = await database.read(_lot)
    await asyncio.gather(*(database.run(step) for _ in range(2000)))
    assert await database.read(_lot) - before == 2000


def _lot(unit: Unit) -> int:
    lot: int = unit._connection.execute(select(people.c.lot)).scalar_one()
    return lot


async def test_closing_finishes_what_is_queued_and_refuses_the_rest(database_url: str) -> None:
    database = Database.open(database_url)
    queued = [asyncio.ensure_future(database.run(adding(f"处{number}"))) for number in range(300)]
    await asyncio.sleep(0)
    await database.close()

    assert all(unit.done() and unit.exception() is None for unit in queued)
    with pytest.raises(Closed):
        await database.run(names)
    with pytest.raises(Closed):
        await database.read(names)
    await database.close()

    again = Database.open(database_url)
    assert len(await again.read(names)) == 300
    await again.close()


async def test_a_nested_transaction_left_open_is_an_error_of_its_unit(database: Database) -> None:
    def work(unit: Unit) -> None:
        unit._connection.begin_nested()
        add(unit, "办公室")

    with pytest.raises(RuntimeError, match="nested"):
        await database.run(work)
    assert await database.run(adding("财务处")) >= 1
    assert await database.read(names) == ["财务处"]


@pytest.mark.parametrize("fault", [StopIteration(), SystemExit(3)])
async def test_an_exception_a_future_refuses_still_reaches_the_caller(
    database: Database, fault: BaseException
) -> None:
    def work(unit: Unit) -> None:
        add(unit, "办公室")
        raise fault

    with pytest.raises(RuntimeError, match=type(fault).__name__):
        await database.run(work)
    assert await database.read(names) == []


def test_the_dialect_is_named(database_url: str) -> None:
    async def look() -> str:
        database = Database.open(database_url)
        await database.close()
        return database.dialect

    assert asyncio.run(look()) == database_url.partition(":")[0].partition("+")[0]


def test_an_empty_database_is_refused_with_the_command_to_run(empty_url: str) -> None:
    with pytest.raises(NotMigrated, match="xuefa migrate"):
        Database.open(empty_url)


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("nonsense", "XUEFA_DATABASE_URL"),
        ("mysql://root:secret@host/db", "mysql"),
        ("sqlite://", "文件"),
        ("sqlite:///:memory:", "文件"),
    ],
)
def test_an_address_of_no_use_is_refused_and_not_shown(url: str, hint: str) -> None:
    with pytest.raises(BadAddress, match=hint) as caught:
        Database.open(url)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_refused_connection_is_a_transient_fault() -> None:
    with pytest.raises(Unavailable, match="连不上") as caught:
        Database.open("postgresql://nobody:secret@127.0.0.1:1/none")
    assert caught.value.is_transient
    assert "secret" not in str(caught.value)
