"""Use cases of rounds: open what is due, count what was missed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.plans.calendar import Calendar, local_day, moment
from questions.periods import periods_of
from questions.scoring import POINTS
from questions.selection import draw
from storage.repositories.plans import PlanRow
from storage.states import DeliveryKind, PlanId, RoundId
from storage.unit import Unit

# Candidates looked at for each question drawn: enough to steer round conflicts.
POOL = 40
# A push that comes this much too late, after an outage, is worse than none that day.
LATEST_HOUR = 21
# Telegram keeps an update for a day.
REMEMBER_UPDATES = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Opened:
    """A round that has just opened."""

    round_id: RoundId
    day: date
    questions: int
    people: int


@dataclass(frozen=True, slots=True)
class NoQuestion:
    """A round could not open: no question of its banks can be asked that day."""

    plan_id: PlanId
    day: date


def due_plans(unit: Unit, *, now: datetime) -> list[PlanId]:
    """Plans whose round of today should be open but isn't."""
    calendar = Calendar(unit.plans.read_calendar())
    return [plan.id for plan in unit.plans.list_all() if _is_due(unit, plan, calendar, now)]


def _is_due(unit: Unit, plan: PlanRow, calendar: Calendar, now: datetime) -> bool:
    today = local_day(now, plan.timezone)
    opens_at = moment(today, plan.at, plan.timezone)
    latest = max(moment(today, time(LATEST_HOUR), plan.timezone), opens_at + timedelta(hours=1))
    return (
        plan.is_active
        and opens_at <= now < latest
        and calendar.is_round_day(plan, today)
        and unit.plans.find_round(plan.id, today) is None
    )


def open_due(unit: Unit, plan_id: PlanId, *, now: datetime) -> Opened | NoQuestion | None:
    """Open the plan's round of today if it is still due; None where it isn't any more."""
    plan = unit.plans.find(plan_id)
    calendar = Calendar(unit.plans.read_calendar())
    if plan is None or not _is_due(unit, plan, calendar, now):
        return None
    return open_round(unit, plan_id, now=now)


def open_round(unit: Unit, plan_id: PlanId, *, now: datetime) -> Opened | NoQuestion | None:
    """Open the plan's round of today, due or not, and write one delivery per person.

    None where it is open already or the plan is gone. The draw depends on the plan and the day
    alone, so that replicas agree.
    """
    plan = unit.plans.find(plan_id)
    if plan is None:
        return None
    day = local_day(now, plan.timezone)
    rng = random.Random(f"{plan.id}:{day.isoformat()}")  # noqa: S311  (a draw, no secret)
    candidates = unit.banks.list_candidates(plan.id, day, plan.question_count * POOL)
    drawn = draw(candidates, plan.question_count, rng)
    if not drawn:
        return NoQuestion(plan.id, day)
    calendar = Calendar(unit.plans.read_calendar())
    round_id = unit.plans.open_round(
        plan.id,
        day,
        opens_at=now,
        closes_at=calendar.next_opening(plan, day),
        settles_at=calendar.catch_up_end(plan, day),
        version_ids=[candidate.version_id for candidate in drawn],
    )
    if round_id is None:
        return None
    people = unit.deliveries.add_for_everyone(round_id, DeliveryKind.ROUND, now)
    return Opened(round_id, day, len(drawn), people)


def unsettled_rounds(unit: Unit, *, now: datetime) -> list[RoundId]:
    """Rounds whose catch-up is over."""
    return [item.id for item in unit.plans.list_unsettled(now)]


def settle_round(unit: Unit, round_id: RoundId, *, now: datetime) -> int:
    """Count what each person left unanswered as offered; how many people that concerns."""
    round_ = unit.plans.get_round(round_id)
    if round_ is None or not unit.plans.settle(round_id, now):
        return 0
    return unit.totals.add_missed(round_id, POINTS, periods_of(round_.day))


def tidy(unit: Unit, *, now: datetime) -> None:
    """Write off what a dead sender was sending; forget updates that can't come again."""
    unit.deliveries.recover(now)
    unit.house.forget_updates(now - REMEMBER_UPDATES)
