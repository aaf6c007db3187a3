"""Counts what becomes of pushes: in all, and over the last minute."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping

SENT = "sent"
MINUTE = 60.0
# Outcomes after which the same push is tried again: nothing has got on.
_AGAIN = frozenset({"not_sent", "rate_limited", "unauthorized"})


class Meter:
    """Counts by the second; `clock` is monotonic seconds."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._totals: Counter[str] = Counter()
        self._seconds: deque[tuple[int, int]] = deque()  # second, pushes sent in it

    def note(self, outcome: str) -> None:
        """One push has ended so."""
        self._totals[outcome] += 1
        if outcome != SENT:
            return
        second = int(self._clock())
        count = 0
        if self._seconds and self._seconds[-1][0] == second:
            _, count = self._seconds.pop()
        self._seconds.append((second, count + 1))
        self._forget()

    @property
    def totals(self) -> Mapping[str, int]:
        """How many ended how: sent, or a SendFault."""
        return dict(self._totals)

    @property
    def done(self) -> int:
        """How many need not be tried again."""
        return sum(count for outcome, count in self._totals.items() if outcome not in _AGAIN)

    @property
    def last_minute(self) -> int:
        """How many were sent in the last 60 seconds."""
        self._forget()
        return sum(count for _, count in self._seconds)

    def _forget(self) -> None:
        oldest = self._clock() - MINUTE
        while self._seconds and self._seconds[0][0] < oldest:
            self._seconds.popleft()
