"""What one process can say of itself: its ticks, its updates, its pushes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.plans.scheduler import Ticker
from bot.status.report import LATE_TICK, STUCK, Here, Reason
from bot.transport.talk import Talk
from bot.transport.turns import Turns
from storage.repositories.watching import Pulse, Replica

ALIVE = timedelta(seconds=90)


@dataclass(slots=True)
class Progress:
    """When something that only changes with progress was last seen to change."""

    value: object
    at: datetime | None = None

    def note(self, value: object, now: datetime) -> datetime | None:
        """What it is now."""
        if value != self.value:
            self.value, self.at = value, now
        return self.at


class Gauges:
    """Reads this process. Ages are told by `clock` alone, whichever clocks the parts use."""

    def __init__(
        self, ticker: Ticker, turns: Turns, talk: Talk, clock: Callable[[], datetime]
    ) -> None:
        self.name = uuid.uuid4().hex[:16]  # of this replica, among others
        self._ticker, self._turns, self._talk, self._clock = ticker, turns, talk, clock
        self._started_at = clock()
        self._handled = Progress(turns.last_handled_at)
        self._pushed = Progress(talk.meter.done)
        self._waiting_since: datetime | None = None
        self._is_backlog = False

    @property
    def talk(self) -> Talk:
        """What the pushes go through."""
        return self._talk

    @property
    def turns(self) -> Turns:
        """What the updates go through."""
        return self._turns

    @property
    def ticked_at(self) -> datetime:
        """When it last ticked; until then, when it started."""
        return self._ticker.ticked_at or self._started_at

    def look(self) -> Here:
        """How this process is now."""
        now = self._clock()
        pulse = Pulse(
            self.ticked_at,
            self._handled.note(self._turns.last_handled_at, now),
            self._pushed.note(self._talk.meter.done, now),
            self._turns.in_flight,
            self._turns.waiting,
            self._talk.meter.last_minute,
        )
        seconds = self._talk.halted_seconds
        return Here(
            now,
            Replica(self.name, pulse, now + ALIVE),
            self._look_for_waiting(now),
            now + timedelta(seconds=seconds) if seconds else None,
        )

    def _look_for_waiting(self, now: datetime) -> datetime | None:
        """Since when updates wait here without any being handled; None where none does."""
        handled_at = self._handled.note(self._turns.last_handled_at, now)
        if not (self._is_backlog or self._turns.in_flight):
            self._waiting_since = None
        elif self._waiting_since is None:
            self._waiting_since = now
        elif handled_at is not None:
            self._waiting_since = max(self._waiting_since, handled_at)
        return self._waiting_since

    def note_backlog(self, *, is_backlog: bool) -> None:
        """Whether the server keeps updates that have not come here."""
        self._is_backlog = is_backlog

    def faults(self) -> list[Reason]:
        """Why this process can't work, as far as it can tell without the database."""
        now = self._clock()
        found: list[Reason] = []
        if now - self.ticked_at > LATE_TICK:
            found.append(Reason.TICK)
        since = self._look_for_waiting(now)
        if since is not None and now - since >= STUCK:
            found.append(Reason.UPDATES)
        return found
