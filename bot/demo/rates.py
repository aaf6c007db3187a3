"""Telegram's rate limits on messages: token buckets, for the bot and for each chat."""

import math

from bot.demo.errors import too_many_requests
from bot.demo.people import Limits


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
        self._chats: dict[int, _Bucket] = {}
        self._told_until = 0.0

    def reset(self) -> None:
        """Begin with full buckets, after the limits changed."""
        self._whole = None
        self._told_until = 0.0
        self._chats.clear()

    def tell(self, until: float) -> None:
        """Remember that an injected 429 asked to wait; messages before are merely early."""
        self._told_until = max(self._told_until, until)

    def is_shut(self, chat: int | None, now: float) -> bool:
        """Whether an earlier 429 still asks to wait."""
        if now < self._told_until:
            return True
        buckets = [self._whole, self._chats.get(chat) if chat is not None else None]
        return any(bucket is not None and now < bucket.shut_until for bucket in buckets)

    def check(self, limits: Limits, chat: int | None, now: float) -> None:
        """Take a token from every bucket concerned; raises ApiError 429 when one is empty."""
        taken: list[_Bucket] = []
        wait = 0
        if limits.per_second is not None:
            if self._whole is None:
                self._whole = _Bucket(limits.per_second, now)
            wait = self._whole.wait(limits.per_second, now)
            taken.append(self._whole)
        if limits.per_chat_per_second is not None and chat is not None:
            bucket = self._chats.get(chat)
            if bucket is None:
                bucket = self._chats[chat] = _Bucket(limits.per_chat_per_second, now)
            wait = max(wait, bucket.wait(limits.per_chat_per_second, now))
            taken.append(bucket)
        if wait:
            raise too_many_requests(wait)
        for bucket in taken:
            bucket.tokens -= 1.0
