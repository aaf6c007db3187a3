"""Use cases of plans: what a trainer makes and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.errors import StaleTap
from bot.guards import require
from bot.plans.calendar import WORKDAYS, Calendar, local_day, moment
from storage.repositories.people import PersonRow
from storage.repositories.plans import PlanRow, RoundRow
from storage.states import DeliveryState, Role
from storage.unit import Unit

DEFAULT_NAME = "每日学法"
DEFAULT_AT = time(8, 45)
DEFAULT_COUNT = 3
DEFAULT_CATCH_UP_DAYS = 3
MOST_QUESTIONS = 10


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
