"""`xuefa recount`: every total counted anew, or only compared, a piece at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.settings import Settings
from storage.database import Database
from storage.repositories.totals_recount import Counted, Difference
from storage.unit import Unit

SHOWN = 20  # differences told one by one


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a recount has found: answers counted, rows that were wrong, the first of them."""

    answers: int
    seconds: float
    wrong: int
    shown: tuple[Difference, ...]


def recount(settings: Settings, now: datetime, *, is_check: bool) -> Outcome:
    """Count all totals, beside a running bot if need be; a check writes nothing."""
    return asyncio.run(_recount(settings.database_url, None if is_check else now))


async def _recount(url: str, now: datetime | None) -> Outcome:
    started, tally = time.perf_counter(), _Tally()
    database = Database.open(url)
    try:
        after: int | None = 0
        while after is not None:
            after = tally.take(await _piece(database, now, after))
        periods = await database.read(lambda unit: unit.recount(None).list_periods())
        for period in periods:
            tally.take(await database.run(_of_period(now, period)))
        rounds = await database.read(lambda unit: unit.recount(None).list_rounds())
        for round_id in rounds:
            tally.take(await database.run(_of_round(now, round_id)))
    finally:
        await database.close()
    seconds = time.perf_counter() - started
    return Outcome(tally.answers, seconds, tally.wrong, tuple(tally.shown))


class _Tally:
    def __init__(self) -> None:
        self.answers, self.wrong = 0, 0
        self.shown: list[Difference] = []

    def take(self, counted: Counted | None) -> int | None:
        if counted is None:
            return None
        self.answers += counted.answers
        self.wrong += len(counted.differences)
        self.shown += counted.differences[: SHOWN - len(self.shown)]
        return int(counted.last) if isinstance(counted.last, int) else None


async def _piece(database: Database, now: datetime | None, after: int) -> Counted | None:
    return await database.run(lambda unit: unit.recount(now).people(after))


def _of_period(now: datetime | None, period: str) -> Callable[[Unit], Counted]:
    return lambda unit: unit.recount(now).period(period)


def _of_round(now: datetime | None, round_id: int) -> Callable[[Unit], Counted]:
    return lambda unit: unit.recount(now).round(round_id)
