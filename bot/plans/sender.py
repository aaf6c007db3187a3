"""Sends what is due, at the pace the server allows, and each delivery at most once.

A delivery is leased, then waits for its slot, then `sending` is committed, then the request
leaves. So a crash leaves at most as many deliveries of unknown fate as were in flight; those are
never sent again by themselves: /today shows the same question. Of several replicas one sends, at
one pace; another takes over LEASE after it has died, and heeds what the server asked of it.
"""

from __future__ import annotations

import asyncio
import logging
import math
import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from telegram.error import InvalidToken, TelegramError

from bot.context import mark_unreachable
from bot.plans.timeliness import is_too_late
from bot.screen import Screen
from bot.transport.backoff import delays
from bot.transport.outcome import Outcome, SendFault, classify
from bot.transport.talk import Talk
from storage.database import Database
from storage.errors import Closed, StorageError, Unavailable
from storage.repositories.deliveries import SENDER, DueDelivery
from storage.states import DeliveryId
from storage.unit import Unit

log = logging.getLogger(__name__)

# Sends in flight at a pace of up to 80 a second; more above, for answers that take 0.1 s.
WORKERS = 8
MOST_WORKERS = 100
BATCH = 32
LEASE = timedelta(seconds=10)
BEAT_SECONDS = 3.0
IDLE_SECONDS = 1.0
# What is left of a halt is told to other replicas where it is longer than they know by this.
HALT_NEWS = timedelta(seconds=0.5)
# Waits before another try of what surely was not sent: 5 s doubled up to 5 min.
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
# Seconds between tries while the database is away.
DATABASE_WAITS = (0.1, 2.0)


def crew(rate: float) -> int:
    """How many sends are in flight at most, at a pace of `rate` a second."""
    return max(WORKERS, min(MOST_WORKERS, math.ceil(rate / 10)))


class Sender:
    """Drains the deliveries of one database; only the holder of the lease row drains."""

    def __init__(
        self,
        database: Database,
        talk: Talk,
        clock: Callable[[], datetime],
        render: Callable[[DueDelivery], Screen],
        *,
        workers: int = WORKERS,
    ) -> None:
        self._database = database
        self._talk = talk
        self._clock = clock
        self._render = render
        self._holder = uuid.uuid4().hex
        self._wake = asyncio.Event()
        self._is_stopping = False
        self._is_waiting = False
        self._workers = workers
        self._batch = max(BATCH, 2 * workers)
        self._claimed: asyncio.Queue[DueDelivery | None] = asyncio.Queue(self._batch)
        self._pacing: set[asyncio.Timeout] = set()
        self._held: set[DeliveryId] = set()  # claimed, and not done with
        self._leads = False

    def wake(self) -> None:
        """Look for due deliveries now."""
        self._wake.set()

    @property
    def leads(self) -> bool:
        """Whether this replica is the one that sends; whatever else is pushed goes here too."""
        return self._leads

    def stop(self) -> None:
        """Take nothing more up; `run` ends once what is in flight has ended."""
        self._is_stopping = True
        self._wake.set()
        for limit in self._pacing:
            limit.reschedule(asyncio.get_running_loop().time())
        self._pacing.clear()

    async def run(self) -> None:
        """Drain until stopped. Raises InvalidToken where the server refuses the token."""
        if self._database.dialect == "sqlite":
            # No other process sends from this file: whatever was being sent was cut off.
            await self._note(lambda unit: unit.deliveries.recover_all())
        async with asyncio.TaskGroup() as tasks:
            beating = tasks.create_task(self._beat())
            workers = [tasks.create_task(self._work()) for _ in range(self._workers)]
            await self._feed()
            for _ in workers:
                await self._claimed.put(None)
            await asyncio.wait(workers)
            beating.cancel()
        try:
            await self._database.run(self._let_go)
        except StorageError as error:
            log.warning("the sender's leases are left to run out: %s", error)
        self._leads = False

    def _let_go(self, unit: Unit) -> None:
        unit.deliveries.release(self._held, self._holder)
        unit.house.release_lease(SENDER, self._holder)

    async def _feed(self) -> None:
        while not self._is_stopping:
            claimed = await self._claim()
            for delivery in claimed:
                await self._claimed.put(delivery)
            if not claimed:
                await self._rest()

    async def _claim(self) -> list[DueDelivery]:
        try:
            claimed = await self._lead(self._claim_in)
        except StorageError as error:
            self._warn(error)
            await asyncio.sleep(IDLE_SECONDS)
            return []
        self._held.update(delivery.id for delivery in claimed)
        return claimed

    def _claim_in(self, unit: Unit, now: datetime) -> list[DueDelivery]:
        return unit.deliveries.claim(self._holder, now, now + LEASE, self._batch)

    async def _beat(self) -> None:
        """Keep the leases, however long a slot or a halt is waited for."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            if self._leads:
                try:
                    await self._lead(self._renew_in)
                except StorageError as error:
                    self._warn(error)

    def _renew_in(self, unit: Unit, now: datetime) -> list[DueDelivery]:
        unit.deliveries.renew(self._held, self._holder, now + LEASE)
        unit.deliveries.recover(now)
        return []

    async def _lead(
        self, work: Callable[[Unit, datetime], list[DueDelivery]]
    ) -> list[DueDelivery]:
        """Do it as the one that sends, minding halts; nothing where another replica does."""
        now = self._clock()
        halted = now + timedelta(seconds=self._talk.halted_seconds)

        def lead(unit: Unit) -> tuple[bool, list[DueDelivery], datetime]:
            known = unit.house.halted_until(now) or now
            if halted > known + HALT_NEWS:
                unit.house.halt(halted, now)
            if not unit.house.hold_lease(SENDER, self._holder, now, now + LEASE):
                return False, [], known
            return True, work(unit, now), known

        is_leading, done, until = await self._database.run(lead)
        if until > halted + HALT_NEWS:
            self._talk.halt((until - now).total_seconds())
        if self._leads and not is_leading:
            log.warning("another replica sends now")
        self._leads = is_leading
        self._is_waiting = False
        return done

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass
        self._wake.clear()

    async def _work(self) -> None:
        while (delivery := await self._claimed.get()) is not None:
            try:
                await self._patiently(partial(self._deliver_or_write_off, delivery))
            except StorageError as error:
                # Nothing is lost: the row keeps its state and its lease runs out.
                log.warning("delivery %s waits for the database: %s", delivery.id, error)
            finally:
                if not self._is_stopping:
                    self._held.discard(delivery.id)

    async def _deliver_or_write_off(self, delivery: DueDelivery) -> None:
        try:
            await self._deliver(delivery)
        except (StorageError, InvalidToken):
            raise
        except Exception:
            # A fault of ours in one delivery must not hold up the others.
            log.exception("delivery %s is written off", delivery.id)
            await self._note(lambda unit: unit.deliveries.mark_unknown(delivery.id))

    async def _deliver(self, delivery: DueDelivery) -> None:
        if not await self._has_slot(delivery.chat_id):
            return
        if not self._leads:
            # Another replica sends now, at a pace of its own.
            await self._database.run(
                lambda unit: unit.deliveries.release([delivery.id], self._holder)
            )
            return
        if is_too_late(delivery, self._clock()):
            await self._database.run(
                lambda unit: unit.deliveries.mark_failed(delivery.id, "expired")
            )
            return
        if not await self._database.run(
            lambda unit: unit.deliveries.begin(delivery.id, self._holder)
        ):
            return
        try:
            message_id = await self._talk.push(delivery.chat_id, self._render(delivery))
        except TelegramError as error:
            await self._failed(delivery, classify(error))
            if classify(error).fault is SendFault.UNAUTHORIZED:
                raise
        else:
            await self._note(lambda unit: unit.deliveries.mark_sent(delivery.id, message_id))

    async def _has_slot(self, chat_id: int) -> bool:
        """Wait until a push may leave; False where a stop came first."""
        if self._is_stopping:
            return False
        limit = asyncio.timeout(None)
        try:
            async with limit:
                self._pacing.add(limit)
                await self._talk.slot(chat_id)
        except TimeoutError:
            return False  # only `stop` sets a deadline
        finally:
            self._pacing.discard(limit)
        return not self._is_stopping

    async def _note(self, work: Callable[[Unit], object]) -> None:
        """Write down what has happened."""
        await self._patiently(lambda: self._database.run(work))

    async def _patiently(self, attempt: Callable[[], Awaitable[object]]) -> None:
        """Try until the database serves; raises its error once stopping."""
        for wait in delays(*DATABASE_WAITS):
            try:
                await attempt()
            except Unavailable as error:
                if self._is_stopping or isinstance(error, Closed):
                    raise
                self._warn(error)
                await asyncio.sleep(wait)
            else:
                self._is_waiting = False
                return

    def _warn(self, error: StorageError) -> None:
        if not self._is_waiting:
            log.warning("sender waits for the database: %s", error)
            self._is_waiting = True

    async def _failed(self, delivery: DueDelivery, outcome: Outcome) -> None:
        now = self._clock()

        def note(unit: Unit) -> None:
            if outcome.may_retry or outcome.fault is SendFault.UNAUTHORIZED:
                wait = max(timedelta(seconds=outcome.retry_after), _wait(delivery.attempts))
                unit.deliveries.mark_retry(delivery.id, now + wait, outcome.fault)
                if outcome.retry_after:
                    unit.house.halt(now + timedelta(seconds=outcome.retry_after), now)
            elif outcome.fault is SendFault.UNKNOWN:
                unit.deliveries.mark_unknown(delivery.id)
            else:
                unit.deliveries.mark_failed(delivery.id, outcome.fault)
                if outcome.fault in (SendFault.BLOCKED, SendFault.CHAT_GONE):
                    mark_unreachable(unit, delivery.chat_id, now=now)

        await self._note(note)


def _wait(attempts: int) -> timedelta:
    return min(FIRST_WAIT * (1 << min(attempts, 10)), LONGEST_WAIT)
