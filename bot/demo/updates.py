"""The queue of updates waiting for the bot, and real long polling over it."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.demo.errors import ApiError, conflict
from bot.demo.people import Json

MAX_BATCH = 100
MAX_TIMEOUT = 50.0
_LEFT_OUT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One update not yet confirmed; `key` is the person it is about."""

    update_id: int
    key: int
    expires_at: float
    body: Json


class UpdateQueue:
    """Updates in order, each kept until confirmed or expired.

    `clock` gives Unix seconds. One long poll waits at a time: a second one ends the first
    with 409, as on Telegram.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: OrderedDict[int, Waiting] = OrderedDict()
        self._next_id = 100_000_001
        self._poll: asyncio.Future[None] | None = None
        self._allowed: frozenset[str] | None = None
        self.on_update: Callable[[], None] | None = None

    def put(self, kind: str, payload: Json, *, key: int, life: float) -> None:
        """Queue one update of a kind the bot asked for, and wake whoever waits for it."""
        if not self.is_wanted(kind):
            return
        update_id = self._next_id
        self._next_id += 1
        body = {"update_id": update_id, kind: payload}
        self._waiting[update_id] = Waiting(update_id, key, self._clock() + life, body)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        if self.on_update is not None:
            self.on_update()

    def is_wanted(self, kind: str) -> bool:
        """Whether the bot's last `allowed_updates` includes this kind."""
        if self._allowed is None:
            return kind not in _LEFT_OUT_BY_DEFAULT
        return kind in self._allowed

    def allow(self, kinds: list[str]) -> None:
        """Remember `allowed_updates`; an empty list means the default kinds."""
        self._allowed = frozenset(kinds) if kinds else None

    @property
    def allowed(self) -> list[str]:
        """The kinds asked for by name."""
        return sorted(self._allowed or ())

    @property
    def pending(self) -> int:
        """How many updates wait, expired ones not counted."""
        return sum(1 for _ in self.iterate())

    def iterate(self) -> Iterator[Waiting]:
        """The waiting updates in order; expired ones are dropped on the way."""
        now = self._clock()
        expired = []
        try:
            for waiting in self._waiting.values():
                if waiting.expires_at <= now:
                    expired.append(waiting.update_id)
                else:
                    yield waiting
        finally:
            for update_id in expired:
                del self._waiting[update_id]

    def confirm(self, update_id: int) -> None:
        """Forget one update that was delivered."""
        self._waiting.pop(update_id, None)

    def confirm_below(self, offset: int) -> None:
        """Forget what lies below an offset; a negative one keeps only that many of the last."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popitem(last=False)
            return
        while self._waiting and next(iter(self._waiting)) < offset:
            self._waiting.popitem(last=False)

    def clear(self) -> None:
        """Drop everything that waits."""
        self._waiting.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """A batch of updates, at once or when the first one comes within `seconds`.

        Raises ApiError 409 when another poll or a webhook takes over meanwhile.
        """
        self.interrupt(
            conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
        )
        self.confirm_below(offset)
        batch = self._batch(limit)
        if batch or seconds <= 0:
            return batch
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(min(seconds, MAX_TIMEOUT)):
                await poll
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        return self._batch(limit)

    def interrupt(self, error: ApiError | None = None) -> None:
        """End the waiting poll, with an error or with whatever there is."""
        if self._poll is not None and not self._poll.done():
            if error is None:
                self._poll.set_result(None)
            else:
                self._poll.set_exception(error)

    def _batch(self, limit: int) -> list[Json]:
        batch: list[Json] = []
        for waiting in self.iterate():
            batch.append(waiting.body)
            if len(batch) >= limit:
                break
        return batch
