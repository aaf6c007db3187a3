"""Sends the polls that are due to groups, each at most once.

As with the pushes to people: a poll is leased, waits for its slot, `sending` is committed, then
the request leaves. A crash or a time-out after that leaves `unknown`, which is never sent again:
everybody has the question in the private chat as well. One poll a day and group is far below
Telegram's 20 messages a minute, so there is no pace of its own.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from telegram.error import ChatMigrated, TelegramError

from bot.groups import service, views
from bot.groups.quiz import quiz_of
from bot.transport.outcome import SendFault, classify
from bot.transport.talk import Talk
from storage.database import Database
from storage.errors import StorageError
from storage.repositories.polls import POLLS, DuePoll
from storage.states import PollId
from storage.unit import Unit

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(seconds=60)
IDLE_SECONDS = 1.0
# Waits before another try of what surely was not sent: 5 s doubled up to 5 min.
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)


class PollSender:
    """Drains the polls of one database; only the holder of the lease row drains."""

    def __init__(
        self,
        database: Database,
        talk: Talk,
        clock: Callable[[], datetime],
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        """`leads` says whether this replica pushes at all: all pushes keep to one pace."""
        self._database = database
        self._talk = talk
        self._clock = clock
        self._leads = leads
        self._holder = uuid.uuid4().hex
        self._stop = asyncio.Event()
        self._slot: asyncio.Timeout | None = None

    def stop(self) -> None:
        """Take nothing more up; `run` ends once the poll in flight has left."""
        self._stop.set()
        if self._slot is not None:
            self._slot.reschedule(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Drain until stopped."""
        is_recovered = self._database.dialect != "sqlite"
        while not self._stop.is_set():
            try:
                if not is_recovered:
                    # No other process sends from this file: what was being sent was cut off.
                    await self._database.run(lambda unit: unit.polls.recover_all())
                    is_recovered = True
                await self._round()
            except StorageError as error:
                log.warning("polls wait for the database: %s", error)
            await self._rest(IDLE_SECONDS)
        try:
            await self._database.run(lambda unit: unit.house.release_lease(POLLS, self._holder))
        except StorageError as error:
            log.warning("the lease of polls is left to run out: %s", error)

    async def _round(self) -> None:
        now = self._clock()
        if not self._leads() or not await self._database.read(
            lambda unit: unit.polls.is_any_due(now)
        ):
            return
        for poll in await self._database.run(self._claim):
            if self._stop.is_set():
                await self._database.run(partial(_release, poll.id, self._holder))
                continue
            try:
                await self._deliver(poll)
            except StorageError:
                raise
            except Exception:
                # A fault of ours in one poll must not hold up the others.
                log.exception("poll %s is written off", poll.id)
                await self._database.run(partial(_unknown, poll.id))

    def _claim(self, unit: Unit) -> list[DuePoll]:
        now = self._clock()
        if not unit.house.hold_lease(POLLS, self._holder, now, now + LEASE):
            return []
        unit.polls.recover(now)
        return unit.polls.claim(self._holder, now, now + LEASE, BATCH)

    async def _deliver(self, poll: DuePoll) -> None:
        if not await self._has_slot(poll.chat_id):
            await self._database.run(partial(_release, poll.id, self._holder))
            return
        now = self._clock()
        if poll.closes_at <= now:
            await self._database.run(partial(_failed, poll.id, "expired"))
            return
        quiz = quiz_of(poll.question, poll.source, poll.option_order)
        parameters = views.poll(quiz, poll.settles_at, now)
        if not await self._database.run(lambda unit: unit.polls.begin(poll.id, self._holder)):
            return
        try:
            message_id, poll_id = await self._talk.push_poll(poll.chat_id, parameters)
        except TelegramError as error:
            await self._database.run(partial(_note, poll, error, self._clock()))
        else:
            await self._database.run(
                lambda unit: unit.polls.mark_sent(poll.id, message_id, poll_id)
            )

    async def _has_slot(self, chat_id: int) -> bool:
        """Wait until a poll may leave; False where a stop came first."""
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
        return not self._stop.is_set()

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            pass


def _note(poll: DuePoll, error: TelegramError, now: datetime, unit: Unit) -> None:
    """What the refusal of a poll says about it and about its group."""
    outcome = classify(error)
    if isinstance(error, ChatMigrated):
        service.move(unit, poll.chat_id, error.new_chat_id)
        unit.polls.mark_retry(poll.id, now, "migrated")
    elif outcome.may_retry or outcome.fault is SendFault.UNAUTHORIZED:
        wait = min(FIRST_WAIT * (1 << min(poll.attempts, 10)), LONGEST_WAIT)
        due_at = now + max(timedelta(seconds=outcome.retry_after), wait)
        unit.polls.mark_retry(poll.id, due_at, outcome.fault)
    elif outcome.fault is SendFault.UNKNOWN:
        unit.polls.mark_unknown(poll.id)
    else:
        log.warning("a poll did not arrive: %s", outcome.fault)
        unit.polls.mark_failed(poll.id, outcome.fault)
        if outcome.fault in (SendFault.BLOCKED, SendFault.CHAT_GONE):
            service.end(unit, poll.chat_id, outcome.fault)


def _failed(poll_id: PollId, reason: str, unit: Unit) -> None:
    unit.polls.mark_failed(poll_id, reason)


def _unknown(poll_id: PollId, unit: Unit) -> None:
    unit.polls.mark_unknown(poll_id)


def _release(poll_id: PollId, holder: str, unit: Unit) -> None:
    unit.polls.release(poll_id, holder)
