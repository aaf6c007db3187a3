"""Counts answers anew in the background: at the start, and on every local day."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.items.review import Refreshed, refresh
from bot.plans.calendar import local_day
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)

ANALYST = "analyst"
LEASE = timedelta(minutes=10)
LOOK_SECONDS = 60.0


class Analyst:
    """Keeps the figures of one database; of several replicas one counts."""

    def __init__(self, database: Database, clock: Callable[[], datetime], timezone: str) -> None:
        self._database = database
        self._clock = clock
        self._timezone = timezone
        self._holder = uuid.uuid4().hex
        self._done_on: date | None = None
        self._stop = asyncio.Event()

    def stop(self) -> None:
        """Count nothing more; `run` ends after the piece in hand."""
        self._stop.set()

    async def run(self) -> None:
        """Count until stopped."""
        while not self._stop.is_set():
            try:
                await self.look()
            except StorageError as error:
                log.warning("the analysis waits for the database: %s", error)
            except Exception:
                # A fault of ours must not stop the bot; it is tried again tomorrow.
                log.exception("answers could not be analysed")
            await self._rest()

    async def look(self) -> Refreshed | None:
        """Count, unless that was done today or another replica does; what came of it."""
        now = self._clock()
        today = local_day(now, self._timezone)
        if today == self._done_on:
            return None
        if not await self._database.run(
            lambda unit: unit.house.hold_lease(ANALYST, self._holder, now, now + LEASE)
        ):
            return None
        self._done_on = today
        try:
            done = await refresh(
                self._database, self._timezone, now=now, goes_on=lambda: not self._stop.is_set()
            )
        except StorageError:
            self._done_on = None
            raise
        finally:
            await self._give_back()
        log.info("%s versions analysed, %s questions paused", done.versions, done.paused)
        return done

    async def _give_back(self) -> None:
        try:
            await self._database.run(lambda unit: unit.house.release_lease(ANALYST, self._holder))
        except StorageError as error:
            log.warning("the analyst's lease is left to run out: %s", error)

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._stop.wait()
        except TimeoutError:
            pass
