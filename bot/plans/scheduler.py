"""The tick: asks the database what is due. It may be late, doubled or missed without harm."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.plans import opening, reminding
from bot.plans.calendar import local_day
from storage.database import Database
from storage.errors import StorageError
from storage.states import PlanId, RoundId
from storage.unit import Unit

log = logging.getLogger(__name__)

TICK_SECONDS = 15


class Ticker:
    """Opens rounds, reminds of them and settles them; several may run on one database."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        opened: Callable[[], None],
        timezone: str,
        daily: Callable[[Unit, datetime], object],
    ) -> None:
        """`opened` is called after deliveries were written, to wake the sender; `daily` is done at
        the start and on every local day, by each replica, so it must be harmless to repeat.
        """
        self._database = database
        self._clock = clock
        self._opened = opened
        self._timezone = timezone
        self._daily = daily
        self._done_on: date | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._ticking = asyncio.Lock()
        self._told: set[opening.NoQuestion] = set()
        self._is_waiting = False
        self._ticked_at: datetime | None = None

    @property
    def ticked_at(self) -> datetime | None:
        """When the last tick that could ask the database ended; None before the first."""
        return self._ticked_at

    def start(self) -> None:
        """Tick now and every TICK_SECONDS from then on."""
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=TICK_SECONDS,
            next_run_time=self._clock(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; a tick under way is finished first."""
        if self._scheduler.running:
            self._scheduler.pause()
            async with self._ticking:
                self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """One look at what is due; a database that is away is asked again next time."""
        async with self._ticking:
            await self._tick(self._clock())

    async def _tick(self, now: datetime) -> None:
        try:
            plans = await self._database.read(partial(opening.due_plans, now=now))
            for plan_id in plans:
                await self._each(partial(self._open, plan_id, now), f"plan {plan_id}")
            rounds = await self._database.read(partial(reminding.due_reminders, now=now))
            for round_id in rounds:
                await self._each(partial(self._remind, round_id, now), f"round {round_id}")
            rounds = await self._database.read(partial(opening.unsettled_rounds, now=now))
            for round_id in rounds:
                settle = partial(opening.settle_round, round_id=round_id, now=now)
                await self._each(partial(self._database.run, settle), f"round {round_id}")
            await self._database.run(partial(opening.tidy, now=now))
            await self._each(partial(self._do_daily, now), "the daily work")
        except StorageError as error:
            if not self._is_waiting:
                log.warning("tick waits for the database: %s", error)
            self._is_waiting = True
        else:
            self._is_waiting = False
            self._ticked_at = self._clock()

    async def _each(self, work: Callable[[], Awaitable[object]], what: str) -> None:
        """Do one piece; a fault in it must not hold up the others."""
        try:
            await work()
        except StorageError:
            raise
        except Exception:
            log.exception("%s could not be ticked", what)

    async def _do_daily(self, now: datetime) -> None:
        today = local_day(now, self._timezone)
        if today == self._done_on:
            return
        self._done_on = today
        try:
            await self._database.run(lambda unit: self._daily(unit, now))
        except StorageError:
            self._done_on = None
            raise

    async def _open(self, plan_id: PlanId, now: datetime) -> None:
        opened = await self._database.run(partial(opening.open_due, plan_id=plan_id, now=now))
        self._report(opened)

    async def _remind(self, round_id: RoundId, now: datetime) -> None:
        if await self._database.run(partial(reminding.remind, round_id=round_id, now=now)):
            log.info("reminders of round %s are written", round_id)
            self._opened()

    def _report(self, opened: opening.Opened | opening.NoQuestion | None) -> None:
        if isinstance(opened, opening.Opened):
            log.info(
                "round %s of %s: %s questions to %s people",
                opened.round_id,
                opened.day,
                opened.questions,
                opened.people,
            )
            self._opened()
        elif opened is not None and opened not in self._told:
            self._told.add(opened)
            log.warning("plan %s has no question to ask on %s", opened.plan_id, opened.day)
