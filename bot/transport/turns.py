"""Who is served when: one person's updates strictly in order, people side by side."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from telegram import Bot, Update

from bot.transport.backoff import delays
from bot.transport.gate import Entry, Gate
from bot.transport.tasks import Tasks

log = logging.getLogger(__name__)

Handle = Callable[[Update], Awaitable[None]]
Park = Callable[[int, str, str], Awaitable[None]]

CAPACITY = 256
TRIES = 3
# Seconds: the first wait before another try, and the longest.
WAITS = (0.1, 10.0)
# The same between looks at the gate while an update is in another replica's hands.
LOOKS = (0.02, 0.25)
# A handler that hangs longer counts as failed, so that it cannot hold its person up for ever.
TURN_SECONDS = 180.0
REMEMBERED = 1024
_NAMING = frozenset({"message_id", "date", "chat"})


class StoppingError(Exception):
    """The bot is stopping and takes no more updates."""


class HungError(Exception):
    """A handler ran longer than a turn may."""


class Turn:
    """One update on its way: admitted, perhaps committed, in the end settled or abandoned."""

    __slots__ = ("_done", "_durable", "admitted_at", "kind", "person", "raw", "update_id")

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        self.update_id = int(raw["update_id"])
        self.kind = next((key for key in raw if key != "update_id"), "none")
        self.person = _person(raw.get(self.kind))
        loop = asyncio.get_running_loop()
        self.admitted_at = loop.time()
        """When it was taken in, in the event loop's seconds."""
        self._durable: asyncio.Future[None] = loop.create_future()
        self._done: asyncio.Future[None] = loop.create_future()

    def __str__(self) -> str:
        return f"update {self.update_id} ({self.kind})"

    def committed(self) -> None:
        """Declare that its effect is durable: what remains is only a reply."""
        if not self._durable.done():
            self._durable.set_result(None)

    @property
    def is_committed(self) -> bool:
        """Whether its effect is durable."""
        return self._durable.done() and not self._durable.cancelled()

    @property
    def durable(self) -> asyncio.Future[None]:
        """Done when its effect is durable, or when nothing more will happen to it."""
        return self._durable

    @property
    def is_settled(self) -> bool:
        """Whether it was handled or parked."""
        return self._done.done() and not self._done.cancelled()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it: settled, or abandoned at a stop."""
        return self._done.done()

    @property
    def over(self) -> asyncio.Future[None]:
        """Done when settled, cancelled when abandoned."""
        return self._done

    def settle(self) -> None:
        """Mark it handled or parked."""
        self.raw = {}  # remembered turns need not hold what people wrote
        self.committed()
        if not self._done.done():
            self._done.set_result(None)

    def abandon(self) -> None:
        """Give it up unhandled; the server will send the update again."""
        self._durable.cancel()
        self._done.cancel()


_current: ContextVar[Turn | None] = ContextVar("turn", default=None)


def current_turn() -> Turn | None:
    """The turn this code runs for; None outside of one (pushes, ticks)."""
    return _current.get()


class Turns:
    """Hands each update to `handle`, in order within a person, at most `capacity` in flight.

    `handle` raises on failure. While `is_transient(error)` holds (the database is away) the turn
    waits and tries again without counting; any other failure is tried three times and then
    `park(update_id, kind, error_name)` is awaited. A turn that declared `committed()` is not run
    again for a failed reply, which could repeat a message. With a `gate`, which several replicas
    share, one of them handles an update, and a person's updates are in order over all of them.
    """

    def __init__(
        self,
        handle: Handle,
        park: Park,
        is_transient: Callable[[BaseException], bool],
        *,
        bot: Bot | None = None,
        gate: Gate | None = None,
        capacity: int = CAPACITY,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        self._handle = handle
        self._park = park
        self._is_transient = is_transient
        self._bot = bot
        self._gate = gate
        self._turn_seconds = turn_seconds
        self._room = asyncio.Semaphore(capacity)
        self._queues: dict[object, deque[Turn]] = {}
        self._in_flight: dict[int, Turn] = {}
        self._recent: OrderedDict[int, Turn] = OrderedDict()
        self._tasks = Tasks()
        self._stopping = asyncio.Event()
        self._handled_at: float | None = None
        self._transient = 0
        self._is_away = False

    async def admit(self, raw: dict[str, Any]) -> Turn:
        """Take an update in, waiting for room; a repeated one gets the turn it already has.

        Raises StoppingError once stopping, KeyError or ValueError without an update_id.
        """
        update_id = int(raw["update_id"])
        if known := self._in_flight.get(update_id) or self._recent.get(update_id):
            return known
        if self._stopping.is_set():
            raise StoppingError
        turn = Turn(raw)
        self._in_flight[update_id] = turn
        try:
            await self._room.acquire()
        except asyncio.CancelledError:
            del self._in_flight[update_id]
            turn.abandon()
            raise
        self._enqueue(turn)
        return turn

    @property
    def is_full(self) -> bool:
        """Whether `admit` would have to wait."""
        return self._room.locked()

    @property
    def in_flight(self) -> int:
        """Updates taken in and not yet settled."""
        return len(self._in_flight)

    @property
    def waiting(self) -> int:
        """Turns that wait for something transient, such as the database."""
        return self._transient

    @property
    def last_handled_at(self) -> datetime | None:
        """When an update was last settled."""
        at = self._handled_at
        return None if at is None else datetime.fromtimestamp(at, UTC)

    async def stop(self, timeout: float = 10.0) -> bool:  # noqa: ASYNC109  (the rest is cancelled)
        """Finish the turns being handled, abandon those still queued; whether none was cut."""
        self._stopping.set()
        is_clean = await self._tasks.stop(timeout)
        for turn in list(self._in_flight.values()):
            self._abandon(turn)
        return is_clean

    def _enqueue(self, turn: Turn) -> None:
        # Without a person there is no order to keep.
        person = ("update", turn.update_id) if turn.person is None else turn.person
        queue = self._queues.get(person)
        if queue is not None:
            queue.append(turn)
            if self._gate is not None:
                self._tasks.start(self._announce(self._gate, turn), "announcement")
            return
        self._queues[person] = deque((turn,))
        self._tasks.start(self._drain(person), f"turns of {turn.kind}")

    async def _drain(self, person: object) -> None:
        queue = self._queues[person]
        try:
            while queue and not self._stopping.is_set():
                turn, entry = await self._next(queue)
                _current.set(turn)
                if entry is Entry.WAIT or (entry is Entry.GO and not await self._run(turn)):
                    return
                if entry is Entry.GO:
                    await self._finish(turn)
                queue.remove(turn)
                self._settle(turn)
        finally:
            # Whatever is left, by a stop or a fault of ours, is the server's to send again.
            for left in queue:
                self._abandon(left)
            del self._queues[person]

    async def _next(self, queue: deque[Turn]) -> tuple[Turn, Entry]:
        """The first turn once the gate lets it pass; to WAIT still when stopping cut it short."""
        if self._gate is None:
            return queue[0], Entry.GO
        looks, waits = delays(*LOOKS), delays(*WAITS)
        is_stopping = False
        turn = queue[0]
        while not is_stopping:
            # What came later may be earlier by its id, and others wait for that one first.
            turn = min(queue, key=lambda each: each.update_id)
            try:
                entry = await self._gate.enter(turn.update_id, turn.person, is_next=True)
            except Exception as error:
                if not self._is_transient(error):
                    log.error("%s passes without the gate: %s", turn, _where(error))
                    return turn, Entry.GO
                is_stopping = await self._wait_out(error, next(waits))
            else:
                if entry is not Entry.WAIT:
                    return turn, entry
                is_stopping = await self._rest(next(looks))
        return turn, Entry.WAIT

    async def _announce(self, gate: Gate, turn: Turn) -> None:
        """Let other replicas know that it waits here: later ones must not overtake it."""
        try:
            await gate.enter(turn.update_id, turn.person, is_next=False)
        except Exception as error:
            log.warning("%s could not be announced: %s", turn, _where(error))

    async def _finish(self, turn: Turn) -> None:
        """Tell the other replicas that it is done; a stop leaves them to find out."""
        if self._gate is None:
            return
        for wait in delays(*WAITS):
            try:
                await self._gate.finish(turn.update_id)
            except Exception as error:
                if not self._is_transient(error):
                    log.error("%s is done, which nobody could be told: %s", turn, _where(error))
                    return
                if await self._wait_out(error, wait):
                    return
            else:
                return

    async def _run(self, turn: Turn) -> bool:
        """Whether the turn is settled; False when stopping cut its waiting short."""
        waits = delays(*WAITS)
        failures = 0
        while True:
            try:
                await self._attempt(turn)
            except Exception as error:
                if self._is_transient(error):
                    is_stopping = await self._wait_out(error, next(waits))
                else:
                    failures += 1
                    log.warning("%s, try %d: %s", turn, failures, _where(error))
                    if turn.is_committed:
                        return True
                    if failures >= TRIES:
                        return await self._give_up(turn, type(error).__name__)
                    is_stopping = await self._rest(next(waits))
                if is_stopping:
                    return False
            else:
                return True

    async def _attempt(self, turn: Turn) -> None:
        # The library may fail on an update it does not know: that too is a failed try.
        update = Update.de_json(_lean(turn.raw), self._bot)
        limit = asyncio.timeout(self._turn_seconds)
        try:
            async with limit:
                await self._handle(update)
        except TimeoutError:
            if limit.expired():
                raise HungError from None
            raise

    async def _give_up(self, turn: Turn, error_name: str) -> bool:
        """Park the turn; False when stopping cut its waiting short."""
        log.error("%s parked: %s", turn, error_name)
        for wait in delays(*WAITS):
            try:
                await self._park(turn.update_id, turn.kind, error_name)
            except Exception as error:
                if not self._is_transient(error):
                    log.error("%s could not be parked: %s", turn, _where(error))
                    break
                if await self._wait_out(error, wait):
                    return False
            else:
                break
        return True

    async def _wait_out(self, error: Exception, seconds: float) -> bool:
        """Wait for something transient to pass; whether a stop ended the wait."""
        if not self._is_away:
            log.warning("turns wait: %s", type(error).__name__)
        self._is_away = True
        self._transient += 1
        try:
            return await self._rest(seconds)
        finally:
            self._transient -= 1

    async def _rest(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self._stopping.wait()
        except TimeoutError:
            return False

    def _settle(self, turn: Turn) -> None:
        if self._is_away:
            log.info("turns go on")
            self._is_away = False
        self._leave(turn)
        self._handled_at = time.time()
        self._recent[turn.update_id] = turn
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        turn.settle()

    def _abandon(self, turn: Turn) -> None:
        self._leave(turn)
        if self._gate is not None and not turn.is_over:
            self._gate.leave(turn.update_id)
        turn.abandon()

    def _leave(self, turn: Turn) -> None:
        if self._in_flight.pop(turn.update_id, None) is not None:
            self._room.release()


def _lean(raw: dict[str, Any]) -> dict[str, Any]:
    """The update with a tapped message cut down to what names it.

    Building objects for the text and the keyboard it carries took a third of the CPU of a tap,
    and nothing in them may be trusted anyway: what was asked is in the database.
    """
    query = raw.get("callback_query")
    if not isinstance(query, dict) or not isinstance(query.get("message"), dict):
        return raw
    message = {key: value for key, value in query["message"].items() if key in _NAMING}
    return {**raw, "callback_query": {**query, "message": message}}


def _person(content: Any) -> int | None:
    """The id of whoever caused an update, by the names the Bot API uses for them."""
    if not isinstance(content, dict):
        return None
    for key in ("from", "user", "chat", "voter_chat"):
        someone = content.get(key)
        if isinstance(someone, dict) and isinstance(someone.get("id"), int):
            return int(someone["id"])
    return None


def _where(error: BaseException) -> str:
    """The error's name and place: its text may quote what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place
