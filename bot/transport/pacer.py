"""When the next message may leave: pushes wait their turn, replies to people never do."""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from functools import partial

# Telegram's bulk limits: core.telegram.org/bots/faq#broadcasting-to-users
RATE = 30.0
PER_CHAT = 1.0
# Lateness made up for: one slot, or at a fast pace as many as a timer may come too late for.
SLACK_SECONDS = 0.02
# Replies hold a push up at most so long: a flood of them slows pushes, never stops them.
DEBT_SECONDS = 1.0


class Pacer:
    """A next-slot clock: at most `rate` + 2 pushes in any second, and nothing kept per item.

    `rate` is messages a second over all chats, `per_chat` to one chat. `clock` is monotonic
    seconds; `sleep` waits that many.
    """

    def __init__(
        self,
        rate: float = RATE,
        per_chat: float = PER_CHAT,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._step = 1.0 / rate
        self._slack = max(self._step, SLACK_SECONDS)
        self._chat_step = 1.0 / per_chat
        self._clock = clock
        self._sleep = sleep
        self._next_at = clock()
        self._halted_until = self._next_at
        self._last_in_chat: OrderedDict[int, float] = OrderedDict()
        self._head = asyncio.Lock()
        self._departed: deque[float] = deque(maxlen=max(1, math.ceil(rate)))
        self._door = asyncio.Lock()

    async def slot(self, chat_id: int) -> None:
        """Return when a push to `chat_id` may leave; callers are served in order.

        One waiter at a time holds the clock, so a late wake-up cannot release several at once.
        """
        while True:
            await self._wait(partial(self._chat_at, chat_id))
            async with self._head:
                latest = self._clock() + DEBT_SECONDS
                await self._wait(partial(self._due_at, latest))
                now = self._clock()
                if self._chat_at(chat_id) <= now:
                    # Some may be made up for, or timer lateness would add up.
                    following = max(self._next_at, now - self._slack) + self._step
                    self._next_at = min(following, now + DEBT_SECONDS)
                    self._mark(chat_id, now)
                    return

    async def depart(self) -> None:
        """Return when a push whose slot has come may leave: at most `rate` in any second.

        Between slot and departure lies a commit; what a slow disk held back must not bunch up.
        """
        async with self._door:
            await self._wait(self._opens_at)
            self._departed.append(self._clock())

    def take(self, chat_id: int) -> None:
        """Count a reply that leaves now: it does not wait, the pushes behind it do."""
        now = self._clock()
        ahead = max(self._next_at, now) + self._step
        self._next_at = max(self._next_at, min(ahead, now + DEBT_SECONDS))
        self._mark(chat_id, now)

    def halt(self, seconds: float) -> None:
        """Stop pushes for `seconds` from now, as a 429 asks; replies go on."""
        self._halted_until = max(self._halted_until, self._clock() + seconds)

    @property
    def halted_seconds(self) -> float:
        """Seconds until pushes go on; 0 when they are not halted."""
        return max(0.0, self._halted_until - self._clock())

    async def _wait(self, due: Callable[[], float]) -> None:
        # `due` may move while asleep: a reply took the slot, or a halt began.
        while (seconds := due() - self._clock()) > 0:
            await self._sleep(seconds)

    def _due_at(self, latest: float) -> float:
        return max(min(self._next_at, latest), self._halted_until)

    def _opens_at(self) -> float:
        is_full = len(self._departed) == self._departed.maxlen
        return self._departed[0] + 1.0 if is_full else -math.inf

    def _chat_at(self, chat_id: int) -> float:
        last = self._last_in_chat.get(chat_id)
        return -math.inf if last is None else last + self._chat_step

    def _mark(self, chat_id: int, now: float) -> None:
        self._last_in_chat[chat_id] = now
        self._last_in_chat.move_to_end(chat_id)
        while self._last_in_chat:
            oldest, at = next(iter(self._last_in_chat.items()))
            if at + self._chat_step > now:
                return
            del self._last_in_chat[oldest]
