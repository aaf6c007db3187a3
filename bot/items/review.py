"""Counting answers anew: read beside the writer, in pieces, and written in small steps.

It may run at any time, twice, and beside itself: the same answers give the same figures.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from bot.items.counting import Counts
from bot.items.pausing import judge, lift_overtaken
from bot.plans.calendar import local_day, moment
from questions.analysis.verdicts import ENOUGH_TO_JUDGE
from storage.database import Database
from storage.repositories.statistics import VersionStatistics
from storage.states import RoundId, VersionId
from storage.unit import Unit

ROUNDS_A_READ = 10
VERSIONS_A_READ = 10_000
VERSIONS_A_WRITE = 100
# Owners hear of it in the morning, not at midnight.
TOLD_AT = time(8, 30)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many versions were counted anew, and how many questions paused for it."""

    versions: int = 0
    paused: int = 0


@dataclass(frozen=True, slots=True)
class _Work:
    rounds: Sequence[RoundId]
    counts: Counts


async def refresh(
    database: Database,
    timezone: str,
    *,
    now: datetime,
    goes_on: Callable[[], bool] = lambda: True,
) -> Refreshed:
    """Count every version anew that may have new answers; what is surely weak pauses.

    Once `goes_on` says no, nothing more is written: the next time counts all of it.
    """
    await database.run(partial(_tidy, now=now))
    work = await database.read(partial(_look, now=now))
    for at in range(0, len(work.rounds), ROUNDS_A_READ):
        if not goes_on():
            return Refreshed()
        await database.read(partial(_count, work, work.rounds[at : at + ROUNDS_A_READ]))
    figures = await asyncio.to_thread(work.counts.figures, now)
    paused = 0
    for at in range(0, len(figures), VERSIONS_A_WRITE):
        if not goes_on():
            break
        some = figures[at : at + VERSIONS_A_WRITE]
        paused += await database.run(partial(_write, some, timezone, now))
    return Refreshed(len(figures), paused)


def _tidy(unit: Unit, now: datetime) -> None:
    unit.statistics.drop_voided()
    lift_overtaken(unit, now)


def _look(unit: Unit, now: datetime) -> _Work:
    stale = unit.statistics.list_stale(now)
    options: dict[VersionId, int] = {}
    rounds: set[RoundId] = set()
    for at in range(0, len(stale), VERSIONS_A_READ):
        some = stale[at : at + VERSIONS_A_READ]
        options |= unit.statistics.option_counts(some)
        rounds.update(unit.statistics.list_rounds(some))
    return _Work(sorted(rounds), Counts(options))


def _count(work: _Work, rounds: Sequence[RoundId], unit: Unit) -> None:
    work.counts.add(unit.statistics.count_answers(rounds))


def _write(figures: Sequence[VersionStatistics], timezone: str, now: datetime, unit: Unit) -> int:
    """Write figures down and judge the questions they belong to; how many paused."""
    unit.statistics.put(figures)
    items = unit.statistics.list_current(
        at_least=ENOUGH_TO_JUDGE, version_ids=[row.version_id for row in figures]
    )
    paused = [item for item in items if judge(unit, item, now) is not None]
    today = local_day(now, timezone)
    for bank_id in {item.bank_id for item in paused}:
        due_at = max(now, moment(today, TOLD_AT, timezone))
        unit.notices.add(f"w:{bank_id}:{today:%Y%m%d}", due_at)
    return len(paused)
