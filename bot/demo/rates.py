"""Telegram's rate limits on messages: token buckets, for the bot and for each chat."""

import math

from bot.demo.errors import too_many_requests
from bot.demo.people import Limits

# Messages a second with `allow_paid_broadcast`, where free ones are limited at all.
PAID_PER_SECOND = 1000.0


class _Bucket:
    """A second's worth of tokens; once empty it stays shut for as long as it said."""

    __slots__ = ("at", "shut_until", "tokens")

    def __init__(self, rate: float, now: float) -> None:
        self.tokens = max(1.0, rate)
        self.at = now
        self.shut_until = 0.0

    def refill(self, rate: float, now: float) -> None:
        self.tokens = min(max(1.0, rate), self.tokens + (now - self.at) * rate)
        self.at = now

    def wait(self, rate: float, now: float) -> int:
        """Whole seconds to wait, 0 when a message may go."""
        self.refill(rate, now)
        if now < self.shut_until:
            return math.ceil(self.shut_until - now)
        if self.tokens >= 1.0:
            return 0
        seconds = max(1, math.ceil((1.0 - self.tokens) / rate))
        self.shut_until = now + seconds
        return seconds


class Rates:
    """Decides whether a message may go now."""

    def __init__(self) -> None:
        self._whole: _Bucket | None = None
        self._paid: _Bucket | None = None
        self._chats: dict[int, _Bucket] = {}
        self._told_until = 0.0

    def reset(self) -> None:
        """Begin with full buckets, after the limits changed."""
        self._whole = self._paid = None
        self._told_until = 0.0
        self._chats.clear()

    def tell(self, until: float) -> None:
        """Remember that an injected 429 asked to wait; messages before are merely early."""
        self._told_until = max(self._told_until, until)

    def is_shut(self, chat: int | None, now: float, *, is_paid: bool = False) -> bool:
        """Whether an earlier 429 still asks to wait."""
        if now < self._told_until:
            return True
        whole = self._paid if is_paid else self._whole
        buckets = [whole, self._chats.get(chat) if chat is not None else None]
        return any(bucket is not None and now < bucket.shut_until for bucket in buckets)

    def check(
        self, limits: Limits, chat: int | None, now: float, *, is_paid: bool = False
    ) -> None:
        """Take a token from every bucket concerned; raises ApiError 429 when one is empty.

        What is paid for has a bigger bucket of its own.
        """
        taken: list[_Bucket] = []
        wait = 0
        if limits.per_second is not None:
            rate = PAID_PER_SECOND if is_paid else limits.per_second
            bucket = (self._paid if is_paid else self._whole) or _Bucket(rate, now)
            if is_paid:
                self._paid = bucket
            else:
                self._whole = bucket
            wait = bucket.wait(rate, now)
            taken.append(bucket)
        if limits.per_chat_per_second is not None and chat is not None:
            own = self._chats.get(chat)
            if own is None:
                own = self._chats[chat] = _Bucket(limits.per_chat_per_second, now)
            wait = max(wait, own.wait(limits.per_chat_per_second, now))
            taken.append(own)
        if wait:
            raise too_many_requests(wait)
        for bucket in taken:
            bucket.tokens -= 1.0
