"""What waits and what failed, counted; and found by the index, however long the history is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.plans.opening import Opened, open_round
from storage.database import Database
from storage.repositories.watching import Queue, Trouble
from storage.states import DeliveryId
from storage.tables import deliveries
from storage.unit import Unit
from tests.cast import NINE, furnish

HOUR = timedelta(hours=1)


def opened(unit: Unit) -> list[DeliveryId]:
    """A round's deliveries."""
    cast = furnish(unit)
    assert isinstance(open_round(unit, cast.plan, now=NINE), Opened)
    ids = unit._connection.execute(select(deliveries.c.id).order_by(deliveries.c.id)).scalars()
    return [DeliveryId(found) for found in ids]


async def test_what_waits_is_counted_by_plan(database: Database) -> None:
    def look(unit: Unit) -> tuple[Any, ...]:
        first, *_ = opened(unit)
        unit.deliveries.mark_retry(first, NINE + 2 * HOUR, "not_sent")
        watching = unit.watching
        return watching.list_queues(), watching.oldest_due(NINE + HOUR), watching.oldest_due(NINE)

    [queue], oldest, _ = await database.run(look)
    assert queue == Queue(queue.plan_id, "每日学法", pending=2, retry=1)
    assert oldest is not None
    assert oldest <= NINE


async def test_troubles_of_the_last_day_are_counted_by_reason(database: Database) -> None:
    def look(unit: Unit) -> tuple[list[Trouble], list[Trouble]]:
        first, second, third = opened(unit)
        unit.deliveries.mark_failed(first, "rejected")
        unit.deliveries.mark_unknown(second)
        unit.deliveries.mark_failed(third, "rejected")
        for update in (7, 8, 9):
            unit.house.park(update, "message", "KeyError", NINE)
        watching = unit.watching
        return watching.list_troubles(NINE - HOUR), watching.list_troubles(NINE + 24 * HOUR)

    found, later = await database.run(look)
    assert found == [
        Trouble("parked", "KeyError", 3),
        Trouble("failed", "rejected", 2),
        Trouble("unknown", "unknown", 1),
    ]
    assert later == []


async def test_the_database_says_what_it_is(database: Database) -> None:
    engine = await database.read(lambda unit: unit.watching.read_engine())
    assert engine.kind == database.dialect
    assert engine.size > 100_000
    assert engine.version[0].isdigit()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_history_of_deliveries_is_never_scanned(database: Database) -> None:
    seen: list[tuple[str, Any]] = []

    def look(unit: Unit) -> list[str]:
        connection = unit._connection

        def keep(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
            seen.append((statement, values))

        event.listen(connection, "before_cursor_execute", keep)
        unit.watching.list_queues()
        unit.watching.oldest_due(NINE)
        unit.watching.list_troubles(NINE)
        event.remove(connection, "before_cursor_execute", keep)
        return [
            row[3]
            for statement, values in seen
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            if "deliveries" in row[3]
        ]

    steps = await database.read(look)
    assert len(steps) == 4
    assert all("ix_deliveries_state_due_at (state=?" in step for step in steps)
