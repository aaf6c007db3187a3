"""Opening a round for a whole agency, and what a tick costs when years of rounds lie behind it.

Figures, on SQLite and on PostgreSQL: seconds to open a round for so many people (questions drawn,
roll written, wishes kept, leave and reach looked up, committed) and for ten times as many; the
ratio to a peer that does the same roll the plain way, one ORM object a person in one transaction;
and the seconds of a tick that finds nothing to do, with 10 and with 10,000 past rounds.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, delete, event, func, insert, literal, select
from sqlalchemy.orm import Session, registry

from bot.plans import opening, reminding
from bot.plans.calendar import moment
from storage.database import Database
from storage.states import DeliveryState, PlanId, Role
from storage.tables import (
    deliveries,
    leases,
    leaves,
    people,
    round_questions,
    round_totals,
    rounds,
    sittings,
)
from storage.unit import Unit
from storage.upgrade import migrate
from tests.bench.figures import Figure, conclude, quantile
from tests.cast import MONDAY, furnish
from tests.postgres import running

ZONE = "Asia/Shanghai"
OPENS = moment(MONDAY, clock(8, 45), ZONE)
PAST, LOOKS = 10_000, 100
PEER_BAR, LINEAR_BAR, TICK_BAR = 5.0, 0.5, 0.5


class Person:
    """A person as the peer reads them."""

    id: int
    push_at: clock | None
    unreachable_at: datetime | None


class Leave:
    """A leave as the peer reads it."""

    person_id: int


class Delivery:
    """A delivery as the peer writes it."""

    def __init__(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)


def main(*, short: bool = False) -> int:
    """Run the bench; 1 where opening is slow or not linear, or a tick remembers the past."""
    size = 1_000 if short else 10_000
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'round.db')}"
        migrate(url)
        figures, faults = asyncio.run(_measure(url, "SQLite", size))
    try:
        with running() as server:
            more, found = asyncio.run(_measure(server.create(), "PostgreSQL", size))
    except pytest.skip.Exception as reason:
        print(f"PostgreSQL is left out: {reason}")
        more, found = [], []
    return conclude("round", [*figures, *more], [*faults, *found])


async def _measure(url: str, name: str, size: int) -> tuple[list[Figure], list[str]]:
    database = Database.open(url)
    plan = await database.run(_settle_in)
    faults: list[str] = []
    ours: list[float] = []
    peers: list[float] = []
    for people_ in (size, size * 10):
        await database.run(lambda unit, many=people_: _join(unit, many))  # type: ignore[misc]
        ours.append(min([await _open(database, plan, people_, faults) for _ in range(3)]))
        await database.run(_clear)
        await database.close()
        peers.append(_open_plainly(url, plan, people_, faults))
        database = Database.open(url)
        await database.run(_clear)
    ticks = [float("inf")] * 2
    for _ in range(3):  # by turns, for the machine has others to serve
        for place, count in enumerate((10, PAST)):
            ticks[place] = min(ticks[place], await _tick(database, plan, count))
    await database.close()
    for count, mine, theirs in zip((size, size * 10), ours, peers, strict=True):
        print(f"{name}: a round for {count} people in {mine:.2f} s, the peer's in {theirs:.2f} s")
    print(
        f"{name}: a tick in {ticks[0] * 1e3:.2f} ms with 10 past rounds, "
        f"{ticks[1] * 1e3:.2f} ms with {PAST}",
        flush=True,
    )
    return [
        Figure(f"{name} peer's time / ours", peers[1] / ours[1], PEER_BAR),
        Figure(f"{name} ten small / one big", 10 * ours[0] / ours[1], LINEAR_BAR),
        Figure(f"{name} young tick / old tick", ticks[0] / ticks[1], TICK_BAR),
    ], faults


def _settle_in(unit: Unit) -> PlanId:
    cast = furnish(unit, now=OPENS - timedelta(days=9), own_time_until=clock(11))
    return cast.plan


def _join(unit: Unit, count: int) -> None:
    """Have so many people: one in ten with a time of their own, some on leave or out of reach."""
    connection = unit._connection
    there = connection.execute(select(func.count()).select_from(people)).scalar_one()
    joined_at = OPENS - timedelta(days=9)
    connection.execute(
        insert(people),
        [
            {
                "chat_id": 700_000 + number,
                "name": f"人员{number}",
                "department_id": 1,
                "role": Role.STAFF,
                "is_active": True,
                "shows_name": False,
                "lot": number,
                "joined_at": joined_at,
                "push_at": clock(9, number // 10 % 60) if number % 10 == 0 else None,
                "unreachable_at": joined_at if number % 50 == 1 else None,
            }
            for number in range(there, count)
        ],
    )
    ids = connection.execute(select(people.c.id).where(people.c.id % 40 == 3)).scalars().all()
    connection.execute(delete(leaves))
    connection.execute(
        insert(leaves),
        [
            {"person_id": one, "first_day": MONDAY, "last_day": MONDAY, "created_at": OPENS}
            for one in ids
        ],
    )


def _clear(unit: Unit) -> None:
    for table in (deliveries, round_totals, sittings, round_questions, rounds):
        unit._connection.execute(delete(table))
    unit._connection.execute(delete(leases))


async def _open(database: Database, plan: PlanId, expected: int, faults: list[str]) -> float:
    """Seconds until a round is open and committed."""
    await database.run(_clear)
    started = time.perf_counter()
    await database.run(lambda unit: opening.open_round(unit, plan, now=OPENS))
    seconds = time.perf_counter() - started
    states, times = await database.read(_roll)
    if sum(states.values()) != expected or times < 60:
        faults.append(f"a roll of {states}, at {times} times, for {expected} people")
    return seconds


def _roll(unit: Unit) -> tuple[dict[str, int], int]:
    connection = unit._connection
    by_state = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    states = {row[0]: row[1] for row in connection.execute(by_state)}
    times = select(func.count(deliveries.c.due_at.distinct()))
    return states, connection.execute(times).scalar_one()


def _open_plainly(url: str, plan: PlanId, expected: int, faults: list[str]) -> float:
    """The peer: everybody read, looked at and added one by one, then committed."""
    mapped = registry()
    mapped.map_imperatively(Person, people)
    mapped.map_imperatively(Leave, leaves)
    mapped.map_imperatively(Delivery, deliveries)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = FULL"))
    started = time.perf_counter()
    with Session(engine) as session, session.begin():
        moments = {"opens_at": OPENS, "closes_at": OPENS, "settles_at": OPENS}
        statement = insert(rounds).values(plan_id=plan, day=MONDAY, **moments)
        round_id = session.execute(statement.returning(rounds.c.id)).scalar_one()
        away = {leave.person_id for leave in session.query(Leave)}
        for person in session.query(Person).where(people.c.is_active):
            is_skipped = person.id in away or person.unreachable_at is not None
            due_at = moment(MONDAY, person.push_at, ZONE) if person.push_at else OPENS
            state = DeliveryState.SKIPPED if is_skipped else DeliveryState.PENDING
            session.add(
                Delivery(
                    round_id=round_id,
                    person_id=person.id,
                    kind="round",
                    state=state,
                    due_at=due_at,
                    attempts=0,
                )
            )
    seconds = time.perf_counter() - started
    with engine.connect() as connection:
        written = connection.execute(select(func.count()).select_from(deliveries)).scalar_one()
    if written != expected:
        faults.append(f"the peer wrote {written} of {expected}")
    engine.dispose()
    mapped.dispose()
    return seconds


async def _tick(database: Database, plan: PlanId, count: int) -> float:
    """Seconds of a tick with so many past rounds, each with a delivery."""
    await database.run(lambda unit: _remember(unit, plan, count))
    now = OPENS + timedelta(hours=4)
    await database.run(lambda unit: opening.open_round(unit, plan, now=now))
    taken = [await _timed(database, _look(now)) for _ in range(LOOKS)]
    return quantile(sorted(taken), 0.1)


def _remember(unit: Unit, plan: PlanId, count: int) -> None:
    _clear(unit)
    connection = unit._connection
    long_ago = datetime(1990, 1, 1, tzinfo=UTC)
    moments = dict.fromkeys(("opens_at", "closes_at", "settles_at", "settled_at"), long_ago)
    first = date(1990, 1, 1)
    connection.execute(
        insert(rounds),
        [
            {"plan_id": plan, "day": first + timedelta(days=number), **moments}
            for number in range(count)
        ],
    )
    connection.execute(
        insert(deliveries).from_select(
            ["round_id", "person_id", "kind", "state", "due_at", "attempts"],
            select(
                rounds.c.id,
                literal(1),
                literal("round"),
                literal(DeliveryState.SENT.value),
                rounds.c.opens_at,
                literal(1),
            ),
        )
    )


def _look(now: datetime) -> Callable[[Unit], None]:
    def look(unit: Unit) -> None:
        opening.due_plans(unit, now=now)
        reminding.due_reminders(unit, now=now)
        opening.unsettled_rounds(unit, now=now)
        opening.tidy(unit, now=now)

    return look


async def _timed(database: Database, work: Callable[[Unit], None]) -> float:
    started = time.perf_counter()
    await database.run(work)
    return time.perf_counter() - started
