"""PostgreSQL's own ways: retries, cut connections, locks."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from storage.database import Database
from storage.errors import Unavailable
from storage.postgres import CONNECTIONS, TRIES
from storage.unit import Unit
from tests.postgres import PostgresServer

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def names(unit: Unit) -> list[str]:
    return [row.name for row in unit.people.list_departments()]


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    opened = Database.open(postgres_url, patience=timedelta(milliseconds=400))
    await opened.run(lambda unit: unit.people.add_department("一处", NOW))
    await opened.run(lambda unit: unit.people.add_department("二处", NOW))
    yield opened
    await opened.close()


async def test_units_that_deadlock_are_run_again(database: Database) -> None:
    both_hold = threading.Barrier(2)
    runs: list[int] = []

    def cross(unit: Unit, first: int, second: int) -> None:
        runs.append(first)
        rename = text("UPDATE departments SET name = name || '改' WHERE id = :id")
        unit._connection.execute(text("SET LOCAL lock_timeout = 0"))
        unit._connection.execute(rename, {"id": first})
        if len(runs) <= 2:
            both_hold.wait(5)
        unit._connection.execute(rename, {"id": second})

    await asyncio.gather(
        database.run(lambda unit: cross(unit, 1, 2)), database.run(lambda unit: cross(unit, 2, 1))
    )

    assert len(runs) == 3
    assert await database.read(names) == ["一处改改", "二处改改"]


async def test_a_conflict_that_never_ends_is_given_up(database: Database) -> None:
    runs = []

    def fail(unit: Unit) -> None:
        runs.append(1)
        unit._connection.exec_driver_sql(
            "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$"
        )

    with pytest.raises(Unavailable, match="冲突"):
        await database.run(fail)
    assert len(runs) == TRIES


async def test_a_cut_connection_is_replaced_and_the_unit_run_again(
    database: Database, postgres_url: str
) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'xuefa'"
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(cut)
        assert await database.read(names) == ["一处", "二处"]
        runs = []

        def work(unit: Unit) -> None:
            runs.append(1)
            unit.people.add_department("三处", NOW)
            if len(runs) == 1:
                admin.execute(cut)
            unit.people.add_department("四处", NOW)

        await database.run(work)
    assert len(runs) == 2
    assert await database.read(names) == ["一处", "二处", "三处", "四处"]


async def test_a_connection_cut_at_the_commit_is_not_run_again(
    database: Database, postgres_url: str
) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'xuefa'"
    runs = []

    def work(unit: Unit) -> None:
        runs.append(1)
        unit.people.add_department("三处", NOW)
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as admin:
            admin.execute(cut)

    with pytest.raises(Unavailable, match="不确定") as caught:
        await database.run(work)
    assert not caught.value.is_transient
    assert len(runs) == 1


async def test_a_lock_held_too_long_is_reported(database: Database, postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE departments IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(Unavailable, match="占用"):
            await database.run(lambda unit: unit.people.add_department("三处", NOW))
    assert await database.read(names) == ["一处", "二处"]


async def test_units_run_side_by_side_up_to_the_pool(database: Database) -> None:
    together = threading.Barrier(CONNECTIONS)
    await asyncio.gather(
        *(database.run(lambda _unit: together.wait(5)) for _ in range(CONNECTIONS))
    )
    assert not together.broken


_STARTER = """
import sys, time
from tests.postgres import running
with running() as server:
    print(server._server.get_uri(), flush=True)
    time.sleep(60)
"""


def test_the_test_server_ends_with_the_tests_even_when_they_are_killed(
    postgres: PostgresServer,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _STARTER],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    ) as starter:
        assert starter.stdout is not None
        uri = starter.stdout.readline().decode().strip()
        assert _answers(uri)
        starter.kill()
    deadline = time.monotonic() + 10
    while _answers(uri) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _answers(uri)


def _answers(uri: str) -> bool:
    try:
        psycopg.connect(uri).close()
    except psycopg.OperationalError:
        return False
    return True
