"""Use cases of plans: open what is due, count what was missed, change the plan."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.errors import StaleTap
from bot.guards import require
from bot.plans.calendar import WORKDAYS, Calendar, local_day, moment
from questions.periods import periods_of
from questions.scoring import POINTS
from questions.selection import draw
from storage.repositories.people import PersonRow
from storage.repositories.plans import PlanRow, RoundRow
from storage.states import DeliveryKind, DeliveryState, PlanId, Role, RoundId
from storage.unit import Unit

DEFAULT_NAME = "每日学法"
DEFAULT_AT = time(8, 45)
DEFAULT_COUNT = 3
DEFAULT_CATCH_UP_DAYS = 3
MOST_QUESTIONS = 10
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


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan with what comes next and how today's push stands."""

    plan: PlanRow
    next_opening: datetime
    today: RoundRow | None
    sent: Mapping[DeliveryState, int]
    questions: int


def ensure_plan(unit: Unit, timezone: str, *, now: datetime) -> None:
    """Have a first plan that draws from every bank, once there is one; keep plans in the
    house's time zone.
    """
    for plan in unit.plans.list_all():
        if plan.timezone != timezone:
            unit.plans.change(plan.id, timezone=timezone)
            detail = {"timezone": timezone, "before": plan.timezone}
            unit.house.record(None, "plan.change", f"plan:{plan.id}", detail, now)
    banks = unit.banks.list_all()
    if not banks or unit.plans.list_all():
        return
    today = local_day(now, timezone)
    is_late = now >= moment(today, DEFAULT_AT, timezone)
    plan_id = unit.plans.add(
        DEFAULT_NAME,
        days=WORKDAYS,
        at=DEFAULT_AT,
        timezone=timezone,
        question_count=DEFAULT_COUNT,
        catch_up_days=DEFAULT_CATCH_UP_DAYS,
        starts_on=today + timedelta(days=1) if is_late else today,
        now=now,
    )
    if plan_id is not None:
        for bank in banks:
            unit.plans.link_bank(plan_id, bank.id)


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


def show_plan(unit: Unit, chat_id: int, *, now: datetime) -> PlanCard | None:
    """The first plan as its admin sees it; None where no bank was brought yet."""
    require(unit, chat_id, Role.ADMIN)
    plans = unit.plans.list_all()
    return _card(unit, plans[0], now) if plans else None


def change_time(
    unit: Unit, chat_id: int, plan_id: int, at: time, update_id: int, *, now: datetime
) -> PlanCard:
    """Push at another local time; where that is past today, from the next round day on."""
    admin, plan = _plan_of(unit, chat_id, plan_id)
    unit.prompts.drop(chat_id)
    if unit.house.is_first(update_id, now):
        today = local_day(now, plan.timezone)
        is_past = moment(today, at, plan.timezone) <= now
        is_open = unit.plans.find_round(plan.id, today) is not None
        starts_on = plan.starts_on
        if is_past and not is_open:
            starts_on = today + timedelta(days=1)
        elif starts_on == today + timedelta(days=1):
            starts_on = today  # put off by an earlier, mistaken time
        unit.plans.change(plan.id, at=at, starts_on=starts_on)
        _record(unit, admin, plan, {"at": at.isoformat("minutes")}, now)
    return _card(unit, _again(unit, plan.id), now)


def change_count(unit: Unit, chat_id: int, plan_id: int, count: int, *, now: datetime) -> PlanCard:
    """Ask another number of questions, from the next round on."""
    admin, plan = _plan_of(unit, chat_id, plan_id)
    if not 1 <= count <= MOST_QUESTIONS:
        raise StaleTap
    if count != plan.question_count:
        unit.plans.change(plan.id, question_count=count)
        _record(unit, admin, plan, {"question_count": count}, now)
    return _card(unit, _again(unit, plan.id), now)


def change_days(unit: Unit, chat_id: int, plan_id: int, days: str, *, now: datetime) -> PlanCard:
    """Have rounds on workdays, or on these ISO weekdays ("135")."""
    admin, plan = _plan_of(unit, chat_id, plan_id)
    if days != WORKDAYS and (not days or any(day not in "1234567" for day in days)):
        raise StaleTap
    if days != plan.days:
        unit.plans.change(plan.id, days=days)
        _record(unit, admin, plan, {"days": days}, now)
    return _card(unit, _again(unit, plan.id), now)


def set_active(
    unit: Unit, chat_id: int, plan_id: int, is_active: bool, *, now: datetime
) -> PlanCard:
    """Pause a plan, or let it go on from its next round."""
    admin, plan = _plan_of(unit, chat_id, plan_id)
    if is_active != plan.is_active:
        unit.plans.change(plan.id, is_active=is_active)
        _record(unit, admin, plan, {"is_active": is_active}, now)
    return _card(unit, _again(unit, plan.id), now)


def ask_time(unit: Unit, chat_id: int, plan_id: int, kind: str, *, now: datetime) -> PlanRow:
    """Wait for the new time as the chat's next message."""
    _, plan = _plan_of(unit, chat_id, plan_id)
    unit.prompts.put(chat_id, kind, {"plan_id": plan.id}, now)
    return plan


def _plan_of(unit: Unit, chat_id: int, plan_id: int) -> tuple[PersonRow, PlanRow]:
    admin = require(unit, chat_id, Role.ADMIN)
    return admin, _again(unit, plan_id)


def _again(unit: Unit, plan_id: int) -> PlanRow:
    plan = unit.plans.find(plan_id)
    if plan is None:
        raise StaleTap
    return plan


def _record(
    unit: Unit, admin: PersonRow, plan: PlanRow, detail: dict[str, object], now: datetime
) -> None:
    unit.house.record(admin.id, "plan.change", f"plan:{plan.id}", detail, now)


def _card(unit: Unit, plan: PlanRow, now: datetime) -> PlanCard:
    today = local_day(now, plan.timezone)
    round_ = unit.plans.find_round(plan.id, today)
    calendar = Calendar(unit.plans.read_calendar())
    return PlanCard(
        plan=plan,
        next_opening=calendar.upcoming(plan, now, round_ is not None),
        today=round_,
        sent=unit.deliveries.count_by_state(round_.id) if round_ is not None else {},
        questions=unit.banks.count_candidates(plan.id, today),
    )
