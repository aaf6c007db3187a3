"""Gives people word in the background: at the pace the server allows, once each.

What is to be told is a row of the database, so a stop or a crash loses none of it. That a
person is being told is committed before the message leaves: a crash costs at most one message.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from telegram.error import TelegramError

from bot.context import mark_unreachable
from bot.screen import Screen
from bot.transport.outcome import SendFault, classify
from bot.transport.talk import Talk
from storage.database import Database
from storage.errors import StorageError
from storage.repositories.notices import Notice
from storage.states import PersonId
from storage.unit import Unit

log = logging.getLogger(__name__)

CRIER = "crier"
LEASE = timedelta(seconds=15)
BATCH = 200
IDLE_SECONDS = 1.0
PAUSE_SECONDS = 5.0  # after a message that surely was not sent
KEPT = timedelta(days=45)  # the same thing is not told again so long


@dataclass(frozen=True, slots=True)
class Word:
    """One message to one person."""

    person_id: PersonId
    chat_id: int
    screen: Screen


# The next words about a subject to people behind `after`, in the order of their ids.
Source = Callable[[Unit, str, int, int], list[Word]]


class Crier:
    """Tells what the notices of one database say; only the holder of the lease row does."""

    def __init__(
        self,
        database: Database,
        talk: Talk,
        clock: Callable[[], datetime],
        sources: Mapping[str, Source],
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        """`sources` are looked up by the first part of a notice's name; `leads` says whether
        this replica is the one that pushes: two would push at twice the pace.
        """
        self._database = database
        self._talk = talk
        self._clock = clock
        self._sources = sources
        self._leads = leads
        self._is_waiting = False
        self._holder = uuid.uuid4().hex
        self._stop = asyncio.Event()
        self._slot: asyncio.Timeout | None = None

    def stop(self) -> None:
        """Take nothing more up; `run` ends once the message in flight has left."""
        self._stop.set()
        if self._slot is not None:
            self._slot.reschedule(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Tell until stopped."""
        while not self._stop.is_set():
            try:
                await self._round()
            except StorageError as error:
                if not self._is_waiting:
                    log.warning("notices wait for the database: %s", error)
                self._is_waiting = True
            else:
                self._is_waiting = False
            await self._rest(IDLE_SECONDS)
        try:
            await self._database.run(lambda unit: unit.house.release_lease(CRIER, self._holder))
        except StorageError as error:
            log.warning("the crier's lease is left to run out: %s", error)

    async def _round(self) -> None:
        if not self._leads():
            return
        now = self._clock()
        due = await self._database.read(lambda unit: unit.notices.list_due(now))
        if not due or not await self._database.run(self._hold):
            return
        for notice in due:
            if self._stop.is_set():
                return
            try:
                await self._tell(notice)
            except StorageError:
                raise
            except Exception:
                # A fault of ours in one notice must not hold up the others.
                log.exception("notice %s is given up", notice.name)
                await self._finish(notice.name)

    def _hold(self, unit: Unit) -> bool:
        now = self._clock()
        return unit.house.hold_lease(CRIER, self._holder, now, now + LEASE)

    async def _tell(self, notice: Notice) -> None:
        kind, _, subject = notice.name.partition(":")
        source = self._sources[kind]
        while True:
            words = await self._database.read(partial(_next, source, subject, notice.after))
            if not words:
                await self._finish(notice.name)
                return
            for word in words:
                if not await self._has_slot(word.chat_id):
                    return
                if not await self._database.run(partial(self._claim, notice, word)):
                    return
                claimed = replace(notice, after=word.person_id)
                if not await self._send(word):
                    await self._database.run(partial(_move, claimed, notice.after))
                    await self._rest(PAUSE_SECONDS)
                    return
                notice = claimed

    def _claim(self, notice: Notice, word: Word, unit: Unit) -> bool:
        return self._hold(unit) and unit.notices.advance(notice, word.person_id)

    async def _finish(self, name: str) -> None:
        keep_until = self._clock() + KEPT
        await self._database.run(lambda unit: unit.notices.finish(name, keep_until))

    async def _has_slot(self, chat_id: int) -> bool:
        """Wait until a message may leave; False where a stop came first."""
        if self._stop.is_set():
            return False
        self._slot = asyncio.timeout(None)
        try:
            async with self._slot:
                await self._talk.slot(chat_id)
        except TimeoutError:
            return False  # only `stop` sets a deadline
        finally:
            self._slot = None
        return True

    async def _send(self, word: Word) -> bool:
        """Whether it need not be tried again."""
        try:
            await self._talk.push(word.chat_id, word.screen)
        except TelegramError as error:
            outcome = classify(error)
            if outcome.may_retry or outcome.fault is SendFault.UNAUTHORIZED:
                return False
            log.warning("a notice did not arrive: %s", outcome.fault)
            if outcome.fault in (SendFault.BLOCKED, SendFault.CHAT_GONE):
                now = self._clock()
                await self._database.run(partial(mark_unreachable, chat_id=word.chat_id, now=now))
        return True

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            pass


def _next(source: Source, subject: str, after: int, unit: Unit) -> list[Word]:
    return source(unit, subject, after, BATCH)


def _move(notice: Notice, person_id: int, unit: Unit) -> None:
    unit.notices.advance(notice, person_id)
