"""The sender among replicas: one sends at a time, a dead one is replaced, halts are heeded."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import update

from bot.plans import sender as module
from bot.plans.opening import open_round
from bot.plans.sender import MOST_WORKERS, WORKERS, Sender, crew
from bot.screen import Screen
from bot.transport.pacer import Pacer
from bot.transport.talk import Talk
from bot.transport.tasks import Tasks
from storage.database import Database
from storage.repositories.deliveries import SENDER
from storage.states import DeliveryState, RoundId
from storage.tables import deliveries
from storage.unit import Unit
from tests.bot.conftest import Clock
from tests.bot.transport.staff import until
from tests.bot.transport.wire import Wire, a_message, answers
from tests.cast import NINE, furnish

PEOPLE = 3


class Post:
    """Senders on one database and one server; the database's clock passes as real time does."""

    def __init__(self, database: Database, wire: Wire, round_id: RoundId) -> None:
        self.database, self.wire, self._round_id = database, wire, round_id
        self.clock, self._began = Clock(NINE), time.monotonic()
        self._tasks, self._running = Tasks(), dict[Sender, asyncio.Task[None]]()

    def now(self) -> datetime:
        """The moment by the clock, which tests may set."""
        return self.clock.now + timedelta(seconds=time.monotonic() - self._began)

    async def start(self, rate: float = 1000.0, *, pays: bool = False) -> Sender:
        """One more sender, as of another replica."""
        talk = Talk(await self.wire.bot(), Pacer(rate), pays=pays)
        sender = Sender(self.database, talk, self.now, lambda _: Screen("每日学法"))
        self._running[sender] = self._tasks.start(sender.run(), "sender")
        return sender

    async def stop(self, sender: Sender) -> None:
        """End it cleanly."""
        sender.stop()
        await self._running.pop(sender)

    async def kill(self, sender: Sender) -> None:
        """End it as a crash would: nothing is given back."""
        task = self._running.pop(sender)
        task.cancel()
        await asyncio.wait([task])

    async def close(self) -> None:
        """End whoever is left."""
        for sender in list(self._running):
            await self.stop(sender)

    @property
    def cards(self) -> Counter[int]:
        """How often each chat was written to."""
        return Counter(said["chat_id"] for said in self.wire.said("sendMessage"))

    async def states(self) -> dict[DeliveryState, int]:
        """How many deliveries are in each state."""
        return await self.database.read(
            lambda unit: unit.deliveries.count_by_state(self._round_id)
        )

    async def ended(self, seconds: float = 5.0) -> dict[DeliveryState, int]:
        """The same, once nothing is under way."""
        waiting = {DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING}
        async with asyncio.timeout(seconds):
            while (states := await self.states()).keys() & waiting:
                await asyncio.sleep(0.02)
        return states


@pytest.fixture(autouse=True)
def _short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.1)
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.1)


async def _open(url: str) -> AsyncIterator[Post]:
    database = Database.open(url)

    def furnished(unit: Unit) -> Any:
        return open_round(unit, furnish(unit).plan, now=NINE)

    async with Wire() as wire:
        opened = await database.run(furnished)
        post = Post(database, wire, opened.round_id)
        yield post
        await post.close()
    await database.close()


@pytest.fixture
async def post(postgres_url: str) -> AsyncIterator[Post]:
    """Where replicas are possible."""
    async for opened in _open(postgres_url):
        yield opened


@pytest.fixture
async def any_post(database_url: str) -> AsyncIterator[Post]:
    """On either database."""
    async for opened in _open(database_url):
        yield opened


def slowly(seconds: float) -> Callable[[Wire, web.Request], Any]:
    """A success after a while."""

    async def fault(wire: Wire, request: web.Request) -> web.Response:
        await asyncio.sleep(seconds)
        chat_id = int((await request.json())["chat_id"])
        return web.json_response({"ok": True, "result": a_message(1, chat_id)})

    return fault


async def test_one_of_two_sends_and_the_other_takes_over_at_once_when_it_stops(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE", timedelta(seconds=60))
    first = await post.start(rate=2)
    await until(lambda: first.leads and post.cards.total() == 1)
    second = await post.start(rate=2)
    await asyncio.sleep(0.3)
    assert not second.leads
    await post.stop(first)
    await until(lambda: second.leads)
    assert not first.leads
    assert await post.ended() == {DeliveryState.SENT: PEOPLE}
    assert set(post.cards.values()) == {1}


async def test_a_dead_sender_is_replaced_when_its_lease_has_run_out(post: Post) -> None:
    dead = await post.start(rate=1)
    await until(lambda: post.cards.total() == 1)
    await asyncio.sleep(0.1)
    await post.kill(dead)
    await post.start()
    states = await post.ended(10)
    # What it was in the middle of may have arrived.
    assert states[DeliveryState.SENT] + states.get(DeliveryState.UNKNOWN, 0) == PEOPLE
    assert states.get(DeliveryState.UNKNOWN, 0) <= 1
    assert set(post.cards.values()) == {1}


async def test_what_waits_for_its_slot_or_its_answer_stays_in_hand(post: Post) -> None:
    post.wire.fail("sendMessage", slowly(1.5))
    await post.start(rate=1)
    await until(lambda: post.cards.total() == 1)
    await post.start()
    async with asyncio.timeout(8):
        while (await post.states()).get(DeliveryState.SENT, 0) < PEOPLE:
            # As the tick does: it must not think that the slow one was cut off.
            await post.database.run(lambda unit: unit.deliveries.recover(post.now()))
            await asyncio.sleep(0.1)
    assert set(post.cards.values()) == {1}


async def test_a_halt_outlives_the_sender_that_was_told(any_post: Post) -> None:
    post = any_post
    post.wire.fail("sendMessage", answers(429, "Too Many Requests", retry_after=2))
    dead = await post.start(rate=5)
    await until(lambda: dead._talk.halted_seconds > 0)
    ends = time.monotonic() + dead._talk.halted_seconds
    await asyncio.sleep(0.1)
    calls = post.cards.total()
    await post.kill(dead)
    successor = await post.start()
    await until(lambda: successor.leads)
    await until(lambda: post.cards.total() > calls)
    assert time.monotonic() > ends - 0.2


async def test_a_halt_told_to_one_replica_holds_the_one_that_sends(post: Post) -> None:
    sender = await post.start(rate=2)
    await until(lambda: post.cards.total() == 1)
    other = await post.start()
    other._talk.halt(30)  # as a reply that it sent was answered
    await until(lambda: sender._talk.halted_seconds > 20)


async def test_leases_from_before_the_clock_was_set_back_hold_nobody_up(post: Post) -> None:
    dead = await post.start(rate=1)
    await until(lambda: post.cards.total() == 1)
    await asyncio.sleep(0.1)
    await post.kill(dead)
    await post.database.run(partial(_make_due, at=NINE - timedelta(hours=2)))
    post.clock.forward(hours=-1)
    await post.start()
    await post.ended(10)
    assert set(post.cards.values()) == {1}
    assert len(post.cards) == PEOPLE


def _make_due(unit: Unit, at: datetime) -> None:
    unit._connection.execute(update(deliveries).values(due_at=at))


async def test_a_lease_is_taken_once_it_is_over_or_makes_no_sense(database: Database) -> None:
    async def hold(who: str, now: datetime) -> bool:
        end = now + timedelta(seconds=10)
        return await database.run(lambda unit: unit.house.hold_lease(SENDER, who, now, end))

    assert await hold("a", NINE)
    assert not await hold("b", NINE + timedelta(seconds=9))
    assert await hold("b", NINE + timedelta(seconds=11))
    assert not await hold("a", NINE - timedelta(seconds=40))
    assert await hold("a", NINE - timedelta(hours=1))


async def test_a_halt_is_kept_until_it_is_over_and_never_shortened(database: Database) -> None:
    async def halted(now: datetime) -> datetime | None:
        return await database.read(lambda unit: unit.house.halted_until(now))

    end = NINE + timedelta(seconds=90)
    assert await halted(NINE) is None
    await database.run(lambda unit: unit.house.halt(end, NINE))
    await database.run(lambda unit: unit.house.halt(NINE + timedelta(seconds=5), NINE))
    assert await halted(NINE) == end
    assert await halted(end) is None
    assert await halted(NINE - timedelta(days=2)) is None


async def test_paid_pushes_say_so_and_replies_do_not(any_post: Post) -> None:
    await any_post.start(pays=True)
    await any_post.ended()
    assert all(said["allow_paid_broadcast"] for said in any_post.wire.said("sendMessage"))
    talk = Talk(await any_post.wire.bot(), Pacer(), pays=True)
    await talk.send(1, Screen("您好"))
    assert "allow_paid_broadcast" not in any_post.wire.said("sendMessage")[-1]


@pytest.mark.parametrize(("rate", "size"), [(1, WORKERS), (30, WORKERS), (1000, MOST_WORKERS)])
def test_the_faster_the_pace_the_more_are_in_flight(rate: float, size: int) -> None:
    assert crew(rate) == size
