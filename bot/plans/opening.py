"""Use cases of rounds: open what is due, count what was missed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from bot.groups import service as groups
from bot.plans.calendar import Calendar, is_weekend, local_day, moment
from bot.plans.timeliness import opening_window, push_due
from questions.selection import Candidate, draw
from storage.repositories.plans import PlanRow
from storage.states import DeliveryState, PlanId, RoundId
from storage.unit import Unit

# Candidates looked at for each question drawn: enough for a mix without clashes, and where they
# are not, ten times as many.
POOLS = (20, 200)
REMEMBERED_ROUNDS = 5  # no clash with what these asked
TOPIC_ROUNDS = 30  # a tag that rested longer is as good as new
# Telegram keeps an update for a day.
REMEMBER_UPDATES = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Opened:
    """A round that has just opened; how many people it is sent to."""

    round_id: RoundId
    day: date
    questions: int
    people: int


@dataclass(frozen=True, slots=True)
class NoQuestion:
    """A round could not open: no question of its banks can be asked that day."""

    plan_id: PlanId
    day: date


@dataclass(frozen=True, slots=True)
class Planned:
    """A coming round of a plan; on a 调休 weekend day people work, and may not expect it."""

    day: date
    opens_at: datetime
    is_weekend_workday: bool


def preview(unit: Unit, plan: PlanRow, *, now: datetime, count: int) -> list[Planned]:
    """The next `count` rounds the plan would have if it ran: today's too, while it may open.

    Fewer where the plan ends before.
    """
    calendar = Calendar(unit.plans.read_calendar())
    today = local_day(now, plan.timezone)
    may_open = (
        now < opening_window(plan, today)[1] and unit.plans.find_round(plan.id, today) is None
    )
    after = today - timedelta(days=1) if may_open else today
    return [
        Planned(
            day,
            max(moment(day, plan.at, plan.timezone), now),
            is_weekend(day) and calendar.is_workday(day),
        )
        for day in islice(calendar.round_days(plan, after), count)
    ]


def draw_for(unit: Unit, plan: PlanRow, day: date) -> list[Candidate]:
    """The questions a round of the day asks; the same for every replica, by plan and day."""
    recent = unit.banks.list_recent(plan.id, day, REMEMBERED_ROUNDS)
    topics = unit.banks.list_topics(plan.id, day, TOPIC_ROUNDS)
    drawn: list[Candidate] = []
    for pool in POOLS:
        limit = plan.question_count * pool
        candidates = unit.banks.list_candidates(plan.id, day, limit, plan.quotas, pool)
        rng = random.Random(f"{plan.id}:{day.isoformat()}")  # noqa: S311  (a draw, no secret)
        drawn = draw(
            candidates, plan.question_count, rng, quotas=plan.quotas, recent=recent, topics=topics
        )
        if len(drawn) == plan.question_count or len(candidates) < limit:
            break
    return drawn


def due_plans(unit: Unit, *, now: datetime) -> list[PlanId]:
    """Plans whose round of today should be open but isn't."""
    calendar = Calendar(unit.plans.read_calendar())
    today = {
        plan.id: local_day(now, plan.timezone)
        for plan in unit.plans.list_running(now.astimezone(UTC).date())
        if _is_time(plan, calendar, now)
    }
    for day in set(today.values()):  # as many as there are dates on earth at once
        for plan_id in unit.plans.list_opened([p for p in today if today[p] == day], day):
            del today[plan_id]
    return list(today)


def _is_time(plan: PlanRow, calendar: Calendar, now: datetime) -> bool:
    """Whether the plan's round of today should be open."""
    today = local_day(now, plan.timezone)
    begins, ends = opening_window(plan, today)
    return (
        plan.is_active
        and plan.ended_at is None
        and begins <= now < ends
        and calendar.is_round_day(plan, today)
    )


def open_due(unit: Unit, plan_id: PlanId, *, now: datetime) -> Opened | NoQuestion | None:
    """Open the plan's round of today if it is still due; None where it isn't any more."""
    plan = unit.plans.find(plan_id)
    calendar = Calendar(unit.plans.read_calendar())
    if plan is None or not _is_time(plan, calendar, now):
        return None
    return open_round(unit, plan_id, now=now)


def open_round(unit: Unit, plan_id: PlanId, *, now: datetime) -> Opened | NoQuestion | None:
    """Open the plan's round of today, due or not, and write its roll.

    None where it is open already or the plan is gone. The draw depends on the plan and the day
    alone, so that replicas agree.
    """
    plan = unit.plans.find(plan_id)
    if plan is None:
        return None
    day = local_day(now, plan.timezone)
    if unit.plans.list_opened([plan.id], day):
        return None
    drawn = draw_for(unit, plan, day)
    if not drawn:
        return NoQuestion(plan.id, day)
    calendar = Calendar(unit.plans.read_calendar())
    closes_at = calendar.closing(plan, day, now)
    round_id = unit.plans.open_round(
        plan.id,
        day,
        opens_at=now,
        closes_at=closes_at,
        settles_at=calendar.settling(plan, day, now),
        version_ids=[candidate.version_id for candidate in drawn],
    )
    if round_id is None:
        return None
    _call(unit, plan, round_id, day, now, closes_at)
    groups.add_polls(unit, round_id, now=now)
    people = unit.deliveries.count_by_state(round_id).get(DeliveryState.PENDING, 0)
    return Opened(round_id, day, len(drawn), people)


def _call(
    unit: Unit, plan: PlanRow, round_id: RoundId, day: date, now: datetime, closes_at: datetime
) -> None:
    """Write the roll: everybody the plan is for, each at their time."""
    since = plan.audience.joined_since
    unit.roll.write(
        round_id,
        day,
        now,
        audience=plan.audience,
        since_at=moment(since, time(0), plan.timezone) if since is not None else None,
        wished={
            wish: push_due(plan, day, now, closes_at, wish) for wish in unit.roll.list_wishes()
        },
    )
    unit.totals.open_roll(round_id)


def unsettled_rounds(unit: Unit, *, now: datetime) -> list[RoundId]:
    """Rounds whose catch-up is over."""
    return [item.id for item in unit.plans.list_unsettled(now)]


def settle_round(unit: Unit, round_id: RoundId, *, now: datetime) -> int:
    """Count what each person left unanswered as offered; how many people that concerns."""
    if not unit.plans.settle(round_id, now):
        return 0
    return unit.totals.add_missed(round_id)


def tidy(unit: Unit, *, now: datetime) -> None:
    """Write off what a dead sender was sending; forget updates that can't come again."""
    unit.deliveries.recover(now)
    unit.house.forget_updates(now - REMEMBER_UPDATES)
