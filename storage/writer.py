"""Group commit: one thread owns SQLite's only writing connection and commits what has queued."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from copy import copy
from queue import SimpleQueue
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from storage.errors import StorageError, Unavailable
from storage.faults import presentable, translate
from storage.unit import Unit

T = TypeVar("T")
log = logging.getLogger(__name__)

BATCH_LIMIT = 256  # units in one transaction: bounds how long the first of them waits
QUEUE_LIMIT = 4096  # units waiting; more callers wait their turn outside the queue


class Ticket:
    """One queued unit: what to do, who waits for it, and how it ended."""

    __slots__ = ("error", "future", "loop", "value", "work")

    def __init__(self, work: Callable[[Unit], object], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()
        self.value: object = None
        self.error: BaseException | None = None


class TransactionLost(Exception):
    """SQLite gave up the whole transaction, with all units that were in it."""


class Writer:
    """Runs units of work one after another, many to a commit, each under its own savepoint.

    `guard` is asked before each transaction and raises where the file is no longer ours.
    """

    def __init__(self, connection: Connection, guard: Callable[[], None]) -> None:
        self._connection = connection
        self._raw = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        self._execute = self._raw.cursor().execute
        self._guard = guard
        self._queue: SimpleQueue[Ticket | None] = SimpleQueue()
        self._room = asyncio.Semaphore(QUEUE_LIMIT)
        self._thread = threading.Thread(target=self._work_off, name="xuefa-writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Unit], T]) -> T:
        """The result of `work`, given only after the commit that contains it.

        A caller cancelled before its unit began is passed over; later, the unit is kept.
        """
        await self._room.acquire()
        ticket = Ticket(work, asyncio.get_running_loop())
        self._queue.put(ticket)
        return cast(T, await ticket.future)

    async def close(self) -> None:
        """Finish what is queued, then give up the connection."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    # Everything below runs in the writer thread, `_hand_over` excepted.

    def _work_off(self) -> None:
        is_open = True
        while is_open:
            batch = [self._queue.get()]
            # Only this thread takes from the queue, so what it counts stays there to take.
            waiting = min(self._queue.qsize(), BATCH_LIMIT - 1)
            batch += [self._queue.get_nowait() for _ in range(waiting)]
            tickets = [ticket for ticket in batch if ticket is not None]
            is_open = len(tickets) == len(batch)
            self._settle(tickets)
        self._connection.close()

    def _settle(self, tickets: list[Ticket]) -> None:
        rest: Sequence[Ticket] = [t for t in tickets if not t.future.cancelled()]
        while rest:
            rest = self._transact(rest)
        for loop in {ticket.loop for ticket in tickets}:
            done = [ticket for ticket in tickets if ticket.loop is loop]
            try:
                loop.call_soon_threadsafe(self._hand_over, done)
            except RuntimeError:  # the loop is closed: its callers are gone with it
                log.warning("%d 个写入已完成，但等待它们的程序已经退出", len(done))

    def _hand_over(self, tickets: list[Ticket]) -> None:
        for ticket in tickets:
            self._room.release()
            if ticket.future.done():  # its caller was cancelled meanwhile
                continue
            if ticket.error is None:
                ticket.future.set_result(ticket.value)
            else:
                ticket.future.set_exception(ticket.error)

    def _transact(self, tickets: Sequence[Ticket]) -> Sequence[Ticket]:
        """Run and commit these units; give those that SQLite left no transaction for."""
        try:
            self._guard()
            self._execute("BEGIN IMMEDIATE")
        except Exception as error:
            self._fail(tickets, error)
            return ()
        for place, ticket in enumerate(tickets, start=1):
            try:
                self._perform(ticket)
            except TransactionLost as lost:
                self._fail(tickets[:place], lost.__cause__ or lost)
                return tickets[place:]
        try:
            self._execute("COMMIT")
        except Exception as error:
            self._fail(tickets, error)
        return ()

    def _perform(self, ticket: Ticket) -> None:
        self._execute("SAVEPOINT unit")
        try:
            ticket.value = ticket.work(Unit(self._connection))
            if self._connection.in_nested_transaction():
                raise RuntimeError("a unit of work left a nested transaction open")
            self._execute("RELEASE unit")
        except BaseException as error:
            ticket.error = presentable(error)
            self._undo(error)

    def _undo(self, error: BaseException) -> None:
        """Roll one unit back; raises TransactionLost where SQLite has already undone them all."""
        while (nested := self._connection.get_nested_transaction()) is not None:
            nested.close()
        if not self._raw.in_transaction:
            raise TransactionLost from error
        self._execute("ROLLBACK TO unit")
        self._execute("RELEASE unit")

    def _fail(self, tickets: Sequence[Ticket], error: BaseException) -> None:
        if self._raw.in_transaction:
            self._execute("ROLLBACK")
        for ticket in tickets:
            if ticket.error is None:  # a unit that failed by itself keeps its own reason
                ticket.error = _own_copy(error)


def _own_copy(error: BaseException) -> StorageError:
    """One caller's own error: a shared one would collect the tracebacks of all."""
    if isinstance(error, StorageError):
        return copy(error)
    ours = translate(error) or Unavailable("数据没有写入，请稍后再试。")
    ours.__cause__ = error
    return ours
