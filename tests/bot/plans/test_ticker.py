"""The tick itself, told the time: days that clocks change, late ticks, clocks put wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from bot.plans import opening, reminding
from bot.plans.calendar import moment
from bot.plans.scheduler import TICK_SECONDS, Ticker
from storage.database import Database
from storage.states import DeliveryKind, DeliveryState
from storage.tables import deliveries, plans, rounds
from storage.unit import Unit
from tests.cast import MONDAY, NINE, Cast, furnish

TICK = timedelta(seconds=TICK_SECONDS)


class Clock:
    """A clock that a test puts where it likes."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Room:
    """A ticker on a database, its clock, and how often it woke the sender."""

    def __init__(self, database: Database, now: datetime, zone: str = "Asia/Shanghai") -> None:
        self.database, self.clock = database, Clock(now)
        self.woken = 0
        self.days: list[datetime] = []
        self.ticker = Ticker(
            database, self.clock, self._wake, zone, lambda unit, now: self.days.append(now)
        )

    def _wake(self) -> None:
        self.woken += 1

    async def tick_at(self, moments: Iterable[datetime]) -> None:
        for self.clock.now in moments:
            await self.ticker.tick()

    async def rounds(self) -> list[tuple[date, datetime]]:
        """The rounds there are: their local days, and when they opened."""

        def read(unit: Unit) -> Any:
            return unit._connection.execute(
                select(rounds.c.day, rounds.c.opens_at).order_by(rounds.c.opens_at)
            ).all()

        return [(row.day, row.opens_at) for row in await self.database.read(read)]

    async def count(self, kind: DeliveryKind) -> int:
        def read(unit: Unit) -> int:
            rows = unit._connection.execute(
                select(deliveries.c.id).where(deliveries.c.kind == kind)
            )
            return len(rows.all())

        return await self.database.read(read)


def every(start: datetime, end: datetime, step: timedelta = TICK) -> list[datetime]:
    return [start + step * i for i in range((end - start) // step)]


CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
]


async def on_a_change_over_day(database: Database, zone: str, day: date) -> Room:
    """A plan at 02:30, which that day has twice or not at all."""
    before = moment(day - timedelta(days=2), time(12), zone)
    await database.run(
        lambda unit: furnish(
            unit,
            now=before,
            days="1234567",
            at=time(2, 30),
            timezone=zone,
            starts_on=day,
            ends_on=day + timedelta(days=1),
            remind_at=time(3, 15),
            question_count=1,
        )
    )
    return Room(database, before, zone)


@pytest.mark.parametrize(("zone", "day"), CHANGES)
async def test_a_round_opens_once_on_the_day_clocks_change(
    sqlite_url: str, zone: str, day: date
) -> None:
    database = Database.open(sqlite_url)
    room = await on_a_change_over_day(database, zone, day)
    midnight, following = (
        moment(day + timedelta(days=offset), time(0), zone) for offset in (0, 1)
    )
    early, late = moment(day, time(1, 45), zone), moment(day, time(3, 45), zone)
    await room.tick_at(every(midnight, early, timedelta(minutes=5)))
    await room.tick_at(every(early, late))
    await room.tick_at(every(late, following, timedelta(minutes=30)))
    opens_at = moment(day, time(2, 30), zone)
    assert await room.rounds() == [(day, opens_at)]
    assert await room.count(DeliveryKind.ROUND) == 3
    await room.tick_at([following + timedelta(hours=hour) for hour in range(24)])
    assert [found for found, _ in await room.rounds()] == [day, day + timedelta(days=1)]
    await database.close()


@pytest.mark.parametrize(("zone", "day"), CHANGES)
@pytest.mark.parametrize(
    "late", [timedelta(minutes=40), timedelta(minutes=61), timedelta(hours=9)]
)
async def test_a_late_tick_opens_it_once_too(
    sqlite_url: str, zone: str, day: date, late: timedelta
) -> None:
    database = Database.open(sqlite_url)
    room = await on_a_change_over_day(database, zone, day)
    planned = moment(day, time(2, 30), zone)
    await room.tick_at([planned - TICK, planned + late])
    await room.tick_at(every(planned + late, planned + late + timedelta(hours=2), 8 * TICK))
    assert await room.rounds() == [(day, planned + late)]
    await database.close()


async def test_the_tick_opens_reminds_settles_and_does_the_days_work(database: Database) -> None:
    start = moment(MONDAY, time(8), "Asia/Shanghai")
    await database.run(lambda unit: furnish(unit, now=start, remind_at=time(16, 30)))
    room = Room(database, start)
    await room.tick_at([start, start + timedelta(minutes=45)])
    assert room.woken == 1
    await database.run(_all_sent)
    await room.tick_at(every(start + timedelta(hours=8), start + timedelta(hours=9), 20 * TICK))
    assert (room.woken, await room.count(DeliveryKind.REMINDER)) == (2, 3)
    settled = moment(MONDAY + timedelta(days=4), time(0), "Asia/Shanghai")
    await room.tick_at([settled])
    totals = await database.read(lambda unit: unit.totals.find(1, "all"))
    assert totals is not None
    assert totals.offered == 30
    assert len(room.days) == 2  # at the start, and on the new day


def _all_sent(unit: Unit) -> None:
    unit._connection.execute(deliveries.update().values(state=DeliveryState.SENT, message_id=1))


async def test_replicas_that_tick_at_once_double_nothing(database: Database) -> None:
    start = moment(MONDAY, time(8, 44), "Asia/Shanghai")
    await database.run(lambda unit: furnish(unit, now=start, remind_at=time(16, 30)))
    replicas = [Room(database, start) for _ in range(3)]
    for now in (start, start + timedelta(minutes=1), start + timedelta(minutes=2)):
        await asyncio.gather(*(room.tick_at([now]) for room in replicas))
    await database.run(_all_sent)
    for offset in (0, 15, 30):
        now = moment(MONDAY, time(16, 30), "Asia/Shanghai") + timedelta(seconds=offset)
        await asyncio.gather(*(room.tick_at([now]) for room in replicas))
    assert len(await replicas[0].rounds()) == 1
    assert await replicas[0].count(DeliveryKind.ROUND) == 3
    assert await replicas[0].count(DeliveryKind.REMINDER) == 3
    assert sum(room.woken for room in replicas) == 2


async def test_a_clock_put_back_an_hour_opens_nothing_again(database: Database) -> None:
    start = moment(MONDAY, time(8, 45), "Asia/Shanghai")
    await database.run(lambda unit: furnish(unit, now=start - timedelta(hours=3)))
    room = Room(database, start)
    hour = timedelta(hours=1)
    await room.tick_at([start, start + TICK])
    await room.tick_at(every(start - hour, start + hour, 8 * TICK))
    await room.tick_at([start + 5 * hour, start - timedelta(days=1), start + timedelta(days=1)])
    assert [day for day, _ in await room.rounds()] == [MONDAY, MONDAY + timedelta(days=1)]


async def test_a_clock_a_day_ahead_opens_that_day_and_today_stays_due(database: Database) -> None:
    start = moment(MONDAY, time(8, 45), "Asia/Shanghai")
    await database.run(lambda unit: furnish(unit, now=start - timedelta(hours=3)))
    room = Room(database, start)
    await room.tick_at([start + timedelta(days=1), start, start + timedelta(days=1)])
    assert sorted(day for day, _ in await room.rounds()) == [MONDAY, MONDAY + timedelta(days=1)]


async def test_an_hour_late_is_better_than_never_but_not_at_night(database: Database) -> None:
    await database.run(lambda unit: furnish(unit, now=NINE - timedelta(hours=2)))
    room = Room(database, NINE)
    late = moment(MONDAY, time(21), "Asia/Shanghai")
    await room.tick_at([late, late + timedelta(hours=1)])
    assert await room.rounds() == []
    await room.tick_at([moment(MONDAY + timedelta(days=1), time(9, 45), "Asia/Shanghai")])
    assert [day for day, _ in await room.rounds()] == [MONDAY + timedelta(days=1)]


def _past(unit: Unit, cast: Cast, count: int) -> None:
    """Rounds long settled."""
    long_ago = datetime(1990, 1, 1, tzinfo=UTC)
    unit._connection.execute(
        insert(rounds),
        [
            {
                "plan_id": cast.plan,
                "day": date(1990, 1, 1) + timedelta(days=offset),
                "opens_at": long_ago,
                "closes_at": long_ago,
                "settles_at": long_ago,
                "settled_at": long_ago,
            }
            for offset in range(count)
        ],
    )


def _plans(unit: Unit, count: int) -> None:
    """More plans: every other is over."""
    row = unit._connection.execute(select(plans)).one()._mapping
    unit._connection.execute(
        insert(plans),
        [
            {
                **{name: row[name] for name in row if name != "id"},
                "name": f"计划{number}",
                "ends_on": date(2020, 1, 1) if number % 2 else None,
            }
            for number in range(count)
        ],
    )


def _look(unit: Unit) -> None:
    """All that a tick asks the database."""
    opening.due_plans(unit, now=NINE)
    reminding.due_reminders(unit, now=NINE)
    opening.unsettled_rounds(unit, now=NINE)
    opening.tidy(unit, now=NINE)


def statements(unit: Unit, work: Callable[[Unit], None]) -> list[tuple[str, Any]]:
    """What a piece of work asks the database."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _u: Any, statement: str, values: Any, *_rest: Any) -> None:
        asked.append((statement, values))

    event.listen(unit._connection, "before_cursor_execute", note)
    work(unit)
    event.remove(unit._connection, "before_cursor_execute", note)
    return asked


async def test_a_tick_asks_as_much_whatever_lies_behind_it(database: Database) -> None:
    def work(unit: Unit) -> list[int]:
        cast = furnish(unit, now=NINE - timedelta(hours=2), remind_at=time(16, 30))
        opening.open_round(unit, cast.plan, now=NINE)
        counts = [len(statements(unit, _look))]
        _past(unit, cast, 500)
        counts.append(len(statements(unit, _look)))
        _plans(unit, 100)
        return [*counts, len(statements(unit, _look))]

    none, rounds_, plans_ = await database.run(work)
    assert none == rounds_ == plans_


async def test_a_tick_walks_over_no_round_or_delivery_behind_it(sqlite_url: str) -> None:
    def work(unit: Unit) -> list[str]:
        cast = furnish(unit, now=NINE - timedelta(hours=2), remind_at=time(16, 30))
        opening.open_round(unit, cast.plan, now=NINE)
        _past(unit, cast, 500)
        return [
            str(row[-1])
            for statement, values in statements(unit, _look)
            for row in unit._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]

    database = Database.open(sqlite_url)
    steps = await database.run(work)
    await database.close()
    scans = {step for step in steps if step.startswith("SCAN")}
    assert scans <= {"SCAN plans", "SCAN calendar_days"}
    assert any("ix_rounds_settled_at_settles_at" in step for step in steps)
    assert any("ix_deliveries_state_due_at" in step for step in steps)
