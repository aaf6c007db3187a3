"""This replica among the others on one PostgreSQL: which updates are in its hands."""

from __future__ import annotations

import asyncio
import logging
import uuid
from datetime import timedelta
from functools import partial
from typing import Any

from bot.transport.gate import Entry
from bot.transport.tasks import Tasks
from storage.database import Database
from storage.errors import Closed, StorageError, Unavailable
from storage.repositories.intake import Claim, Standing
from storage.unit import Unit

log = logging.getLogger(__name__)

# What a dead replica had in its hands is taken over after this.
LEASE = timedelta(seconds=6)
BEAT_SECONDS = 2.0
FORGET_SECONDS = 3600.0
KEPT = timedelta(days=3)
# A commit whose fate is not known is made again: it says the same.
TRIES = 3

_ENTRIES = {
    Standing.BEGUN: Entry.GO,
    Standing.WAITING: Entry.WAIT,
    Standing.DONE: Entry.DONE,
}
_Asked = tuple[Claim, "asyncio.Future[Entry]"]


class Replica:
    """The gate of bot.transport.gate over the rows of one database.

    All that is asked while a transaction is under way goes into the next one.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._holder = uuid.uuid4().hex
        self._asked: list[_Asked] = []
        self._finished: list[tuple[int, asyncio.Future[None]]] = []
        self._left: list[int] = []
        self._held: set[int] = set()
        self._tasks = Tasks()
        self._beating: asyncio.Task[None] | None = None
        self._is_working = False
        self._is_waiting = False
        self._forget_at = 0.0

    async def enter(self, update_id: int, person: int | None, *, is_next: bool) -> Entry:
        """See bot.transport.gate; raises StorageError where the database is away."""
        answer: asyncio.Future[Entry] = asyncio.get_running_loop().create_future()
        self._held.add(update_id)
        self._asked.append((Claim(update_id, person, is_next), answer))
        self._work()
        entry = await answer
        if entry is Entry.DONE:
            self._held.discard(update_id)
        return entry

    async def finish(self, update_id: int) -> None:
        """See bot.transport.gate; raises StorageError where the database is away."""
        self._held.discard(update_id)
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._finished.append((update_id, answer))
        self._work()
        await answer

    def leave(self, update_id: int) -> None:
        """See bot.transport.gate; it is done soon."""
        self._held.discard(update_id)
        self._left.append(update_id)
        self._work()

    def start(self) -> None:
        """Keep the leases of what is in hand alive from now on."""
        self._beating = self._tasks.start(self._beat_on(), "leases of updates")

    async def stop(self) -> None:
        """Give back what is left; turns must have stopped before."""
        if self._beating is not None:
            self._beating.cancel()
        await self._tasks.stop(2)

    async def _beat_on(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self._beat()
            except StorageError as error:
                if not self._is_waiting:
                    log.warning("leases of updates wait for the database: %s", error)
                self._is_waiting = True
            else:
                self._is_waiting = False

    async def _beat(self) -> None:
        if held := set(self._held):
            await self._database.run(lambda unit: unit.intake.renew(held, self._holder, LEASE))
        now = asyncio.get_running_loop().time()
        if now >= self._forget_at:
            await self._database.run(lambda unit: unit.intake.forget(KEPT))
            self._forget_at = now + FORGET_SECONDS

    def _work(self) -> None:
        if not self._is_working:
            self._is_working = True
            self._tasks.start(self._work_off(), "gate")

    async def _work_off(self) -> None:
        try:
            while self._asked or self._finished or self._left:
                asked, self._asked = self._asked, []
                finished, self._finished = self._finished, []
                left, self._left = self._left, []
                await self._transact(asked, finished, left)
        finally:
            self._is_working = False

    async def _transact(
        self,
        asked: list[_Asked],
        finished: list[tuple[int, asyncio.Future[None]]],
        left: list[int],
    ) -> None:
        claims = [claim for claim, _ in asked]
        done = [update_id for update_id, _ in finished]
        try:
            standings = await self._commit(partial(self._settle, claims, done, left))
        except Exception as error:
            waiting: list[asyncio.Future[Any]] = [answer for _, answer in asked]
            waiting += [answer for _, answer in finished]
            for answer in waiting:
                if not answer.done():
                    answer.set_exception(_own_copy(error))
            return
        for claim, entering in asked:
            if not entering.done():
                entering.set_result(_ENTRIES[standings[claim.update_id]])
        for _, finishing in finished:
            if not finishing.done():
                finishing.set_result(None)

    async def _commit(self, work: partial[dict[int, Standing]]) -> dict[int, Standing]:
        for _ in range(TRIES - 1):
            try:
                return await self._database.run(work)
            except Unavailable as error:
                if error.is_transient or isinstance(error, Closed):
                    raise
        return await self._database.run(work)

    def _settle(
        self, claims: list[Claim], done: list[int], left: list[int], unit: Unit
    ) -> dict[int, Standing]:
        return unit.intake.settle(self._holder, LEASE, taken=claims, done=done, left=left)


def _own_copy(error: Exception) -> Exception:
    """One caller's own error: a shared one would collect the tracebacks of all."""
    if isinstance(error, Unavailable):
        return Unavailable(str(error), is_transient=error.is_transient)
    return error
