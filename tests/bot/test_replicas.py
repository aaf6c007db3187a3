"""Several replicas on one PostgreSQL: each update passes once, a person's in order, none waits
for the dead.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from bot import replicas as module
from bot.replicas import Replica
from bot.transport import turns as turns_module
from bot.transport.gate import Entry
from bot.transport.turns import Turns
from storage.database import Database
from storage.errors import Unavailable
from storage.tables import taken_updates
from storage.unit import Unit
from tests.bot.transport.staff import AwayError, Desk, until
from tests.bot.transport.wire import a_tap
from tests.cast import NINE

PERSON = 100
Open = Callable[[], Database]


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "LOOKS", (0.01, 0.02))
    monkeypatch.setattr(turns_module, "WAITS", (0.01, 0.02))


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    opened = Database.open(postgres_url)
    yield opened
    await opened.close()


def taken_by(replica: Replica, desk: Desk) -> Turns:
    """The turns of one replica; all share a desk, which sees the order over them."""
    return Turns(desk.handle, desk.park, lambda e: isinstance(e, AwayError), gate=replica)


async def test_an_update_given_to_two_replicas_is_handled_once(database: Database) -> None:
    desk = Desk()
    one, other = (taken_by(Replica(database), desk) for _ in range(2))
    gate = desk.gate(1)
    first = await one.admit(a_tap(1))
    await until(lambda: desk.started == [1])
    second = await other.admit(a_tap(1))
    await asyncio.sleep(0.1)
    assert not second.is_over
    gate.set()
    await asyncio.gather(first.over, second.over)
    third = await taken_by(Replica(database), desk).admit(a_tap(1))
    await third.over
    assert desk.handled == [1]
    assert second.is_settled
    assert third.is_settled


async def test_a_persons_updates_keep_their_order_over_replicas(database: Database) -> None:
    desk = Desk()
    one, other, third = (taken_by(Replica(database), desk) for _ in range(3))
    gate = desk.gate(1)
    turns = [await one.admit(a_tap(1, PERSON))]
    await until(lambda: desk.started == [1])
    # The last of them comes first, and the one between waits behind the first in its replica.
    turns.append(await other.admit(a_tap(4, PERSON)))
    turns.append(await one.admit(a_tap(2, PERSON)))
    turns.append(await third.admit(a_tap(3, PERSON)))
    stranger = await third.admit(a_tap(5, PERSON + 1))
    await stranger.over
    await asyncio.sleep(0.1)
    gate.set()
    await asyncio.gather(*(turn.over for turn in turns))
    assert desk.handled == [5, 1, 2, 3, 4]


async def test_one_person_is_never_served_by_two_replicas_at_once(database: Database) -> None:
    desk = Desk()
    one, other = (taken_by(Replica(database), desk) for _ in range(2))
    gate = desk.gate(5)
    later = await one.admit(a_tap(5, PERSON))
    await until(lambda: desk.started == [5])
    earlier = await other.admit(a_tap(3, PERSON))
    await asyncio.sleep(0.1)
    assert desk.started == [5]
    gate.set()
    await asyncio.gather(later.over, earlier.over)
    assert desk.handled == [5, 3]


def count_taken(unit: Unit) -> int:
    statement = select(func.count()).select_from(taken_updates)
    return int(unit._connection.execute(statement).scalar_one())


async def test_a_crowd_over_replicas_is_served_once_each_and_in_order(database: Database) -> None:
    desk = Desk()
    desks = [taken_by(Replica(database), desk) for _ in range(3)]
    people, each = 20, 6
    turns = []
    for number in range(each):
        for person in range(people):
            update = a_tap(1 + number * people + person, PERSON + person)
            for place in {number % 3, (number + person) % 3}:  # some come to two of them
                turns.append(await desks[place].admit(update))
        while await database.read(count_taken) < (number + 1) * people:
            await asyncio.sleep(0.01)  # the server sends a person's next one later
    await asyncio.gather(*(turn.over for turn in turns))
    assert sorted(desk.handled) == list(range(1, people * each + 1))
    for person in range(people):
        mine = [one for one in desk.handled if (one - 1) % people == person]
        assert mine == sorted(mine)


async def test_what_a_dead_replica_had_is_taken_over(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE", timedelta(seconds=0.4))
    dead = Replica(database)
    assert await dead.enter(1, PERSON, is_next=True) is Entry.GO
    assert await dead.enter(2, PERSON, is_next=False) is Entry.WAIT
    desk = Desk()
    turns = taken_by(Replica(database), desk)
    again = [await turns.admit(a_tap(number, PERSON)) for number in (2, 1, 3)]
    await asyncio.gather(*(turn.over for turn in again))
    assert desk.handled == [1, 2, 3]


async def test_what_takes_long_stays_in_the_hands_of_the_living(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE", timedelta(seconds=1.5))
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.1)
    desk, alive = Desk(), Replica(database)
    alive.start()
    gate = desk.gate(1)
    await taken_by(alive, desk).admit(a_tap(1, PERSON))
    repeat = await taken_by(Replica(database), desk).admit(a_tap(1, PERSON))
    await asyncio.sleep(2.5)  # past a lease that was not renewed
    assert desk.started == [1]
    gate.set()
    await repeat.over
    assert desk.handled == [1]
    await alive.stop()


async def test_a_stopped_replica_gives_back_what_it_had(database: Database) -> None:
    desk = Desk()
    stopping = Replica(database)
    turns = taken_by(stopping, desk)
    desk.gate(1)
    for number in (1, 2):
        await turns.admit(a_tap(number, PERSON))
    await until(lambda: desk.started == [1])
    await turns.stop(0.02)
    await stopping.stop()
    successor = Desk()
    again = taken_by(Replica(database), successor)
    left = [await again.admit(a_tap(number, PERSON)) for number in (1, 2)]
    async with asyncio.timeout(2):  # well below a lease
        await asyncio.gather(*(turn.over for turn in left))
    assert successor.handled == [1, 2]


async def test_a_database_away_is_waited_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, replica = Desk(), Replica(database)
    turns = Turns(desk.handle, desk.park, lambda e: isinstance(e, Unavailable), gate=replica)
    serve, away = database.run, asyncio.Event()

    async def run(work: object) -> object:
        if not away.is_set():
            raise Unavailable("数据库正在停止或重启，请稍后再试。")
        return await serve(work)  # type: ignore[arg-type]

    monkeypatch.setattr(database, "run", run)
    turn = await turns.admit(a_tap(1, PERSON))
    await until(lambda: turns.waiting == 1)
    away.set()
    await turn.over
    assert (desk.handled, desk.parked) == ([1], [])


async def test_a_commit_of_unknown_fate_is_made_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve, cuts = database.run, [1, 1]

    async def run(work: partial[object]) -> object:
        done = await serve(work)
        if cuts:
            cuts.pop()
            raise Unavailable("提交时与数据库断开", is_transient=False)
        return done

    monkeypatch.setattr(database, "run", run)
    replica = Replica(database)
    assert await replica.enter(1, PERSON, is_next=True) is Entry.GO
    await replica.finish(1)
    assert await Replica(database).enter(1, PERSON, is_next=True) is Entry.DONE


async def test_updates_long_done_are_forgotten(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = Replica(database)
    await replica.enter(1, PERSON, is_next=True)
    await replica.finish(1)
    await database.run(lambda unit: unit.intake.forget(timedelta(days=3)))
    assert await replica.enter(1, PERSON, is_next=True) is Entry.DONE
    await database.run(lambda unit: unit.intake.forget(timedelta(days=-1)))
    assert await replica.enter(1, PERSON, is_next=True) is Entry.GO


async def test_another_bots_updates_are_not_ours(database: Database) -> None:
    replica = Replica(database)
    await replica.enter(1, PERSON, is_next=True)
    await replica.finish(1)
    await database.run(lambda unit: unit.house.serve(4711, NINE))
    assert await replica.enter(1, PERSON, is_next=True) is Entry.GO
