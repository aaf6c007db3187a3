"""Use cases of plans as a whole: looking at them, starting, pausing and ending."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.errors import StaleTap
from bot.guards import require
from bot.plans.calendar import WORKDAYS, local_day, moment
from bot.plans.cards import (
    PlanCard,
    PlanState,
    card_of,
    count_reached,
    find_plan,
    hold,
    next_opening,
    state_of,
    subject_of,
)
from bot.plans.changes import changed_by_others
from bot.plans.errors import Refused
from bot.plans.timing import coming, put_off
from storage.repositories.people import PersonRow
from storage.repositories.plans import PlanRow
from storage.states import BankId, Role
from storage.unit import Unit

DEFAULT_NAME = "每日学法"
DEFAULT_AT = time(8, 45)
DEFAULT_COUNT = 3
DEFAULT_CATCH_UP_DAYS = 3
DEFAULT_REMIND_AT = time(16, 30)
A_PAGE = 6
# Prompts of this feature; whoever looks at a plan is no longer typing one of its values.
REPLY, NAME = "plan_reply", "plan_name"
PAST = (PlanState.OVER, PlanState.ENDED)


class Act(StrEnum):
    """How a plan is moved on."""

    START = "start"
    PAUSE = "pause"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    """A plan on the list."""

    plan: PlanRow
    state: PlanState
    reached: int
    next_opening: datetime | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the plans in use, or of those that are over; `others`: how many of the other."""

    lines: tuple[Line, ...]
    page: int
    pages: int
    total: int
    is_over: bool
    others: int
    has_banks: bool


def ensure_plan(unit: Unit, timezone: str, *, now: datetime) -> None:
    """Have a first plan that draws from every bank, once there is one.

    Plans in the house's time zone follow it when the setting changes; a plan that was given a
    zone of its own keeps it.
    """
    _follow_house(unit, timezone, now)
    _have_first_plan(unit, timezone, now)


def welcome_bank(unit: Unit, bank_id: BankId, timezone: str, *, now: datetime) -> None:
    """Let plans without an end that draw from all banks draw from a new one too; have a first
    plan where there is none. Campaigns keep the banks they were made with.
    """
    _have_first_plan(unit, timezone, now)
    others = {bank.id for bank in unit.banks.list_all() if bank.retired_at is None} - {bank_id}
    for plan in unit.plans.list_all():
        linked = set(unit.plans.list_banks(plan.id))
        is_for_good = plan.ended_at is None and plan.ends_on is None
        if is_for_good and bank_id not in linked and others <= linked:
            unit.plans.link_bank(plan.id, bank_id)
            detail = {"banks": {"from": sorted(linked), "to": sorted({*linked, bank_id})}}
            unit.house.record(None, "plan.change", subject_of(plan), detail, now)


def _have_first_plan(unit: Unit, timezone: str, now: datetime) -> None:
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
        remind_at=DEFAULT_REMIND_AT,
        now=now,
    )
    if plan_id is not None:
        for bank in banks:
            unit.plans.link_bank(plan_id, bank.id)


def _follow_house(unit: Unit, timezone: str, now: datetime) -> None:
    before = unit.plans.swap_house_zone(timezone, now)
    for plan in unit.plans.list_all():
        # Where no zone of the house is remembered yet, no plan could have had another.
        if plan.timezone != timezone and before in (None, plan.timezone):
            unit.plans.change(plan.id, timezone=timezone)
            detail = {"timezone": {"from": plan.timezone, "to": timezone}}
            unit.house.record(None, "plan.change", subject_of(plan), detail, now)


def list_plans(
    unit: Unit, chat_id: int, page: int = 0, *, is_over: bool = False, now: datetime
) -> Listing:
    """A page of the plans."""
    require(unit, chat_id, Role.TRAINER)
    stop_typing(unit, chat_id)
    found = [(plan, _state(unit, plan, now)) for plan in unit.plans.list_all()]
    shown = [pair for pair in found if (pair[1] in PAST) is is_over]
    pages = max(1, -(-len(shown) // A_PAGE))
    page = min(page, pages - 1)
    return Listing(
        tuple(_line(unit, *pair, now) for pair in shown[page * A_PAGE : (page + 1) * A_PAGE]),
        page,
        pages,
        len(shown),
        is_over,
        len(found) - len(shown),
        any(bank.retired_at is None for bank in unit.banks.list_all()),
    )


def _state(unit: Unit, plan: PlanRow, now: datetime) -> PlanState:
    return state_of(unit, plan, local_day(now, plan.timezone))


def _line(unit: Unit, plan: PlanRow, state: PlanState, now: datetime) -> Line:
    return Line(plan, state, count_reached(unit, plan), next_opening(unit, plan, now))


def show_plan(unit: Unit, chat_id: int, plan_id: int, *, now: datetime) -> PlanCard:
    """One plan; whoever looks at it is no longer typing."""
    person = require(unit, chat_id, Role.TRAINER)
    stop_typing(unit, chat_id)
    return card_of(unit, person, find_plan(unit, plan_id), now)


def stop_typing(unit: Unit, chat_id: int) -> None:
    """No longer wait for a value of a plan."""
    for kind in (REPLY, NAME):
        unit.prompts.drop(chat_id, kind)


def ask_end(unit: Unit, chat_id: int, plan_id: int, *, now: datetime) -> PlanCard:
    """The plan somebody is about to end."""
    person, plan = hold(unit, chat_id, plan_id)
    return card_of(unit, person, plan, now)


def move(
    unit: Unit, chat_id: int, plan_id: int, seen: int, act: str, *, now: datetime
) -> PlanCard:
    """Start, pause or end a plan; what is so already stays so.

    A plan that others changed since it was shown isn't started, for it isn't what was seen.
    Raises Refused where it can't start, naming the remedy.
    """
    if act not in tuple(Act):
        raise StaleTap
    if act == Act.END and find_plan(unit, plan_id).ended_at is not None:
        return show_plan(unit, chat_id, plan_id, now=now)
    person, plan = hold(unit, chat_id, plan_id)
    if act == Act.START:
        return _start(unit, person, plan, seen, now)
    if act == Act.PAUSE and plan.is_active:
        _set(unit, person, plan, Act.PAUSE, {"is_active": False}, now)
    if act == Act.END:
        _set(unit, person, plan, Act.END, {"is_active": False, "ended_at": now}, now)
    return card_of(unit, person, find_plan(unit, plan.id), now)


def _start(unit: Unit, person: PersonRow, plan: PlanRow, seen: int, now: datetime) -> PlanCard:
    card = card_of(unit, person, plan, now)
    if plan.is_active:
        return card
    meanwhile = changed_by_others(unit, person, plan, seen)
    if meanwhile is not None:
        return card_of(unit, person, plan, now, meanwhile)
    _check_ready(unit, card, now)
    values = {"is_active": True} | put_off(unit, plan, _active(plan), now)
    _set(unit, person, plan, Act.START, values, now)
    return card_of(unit, person, find_plan(unit, plan.id), now)


def _check_ready(unit: Unit, card: PlanCard, now: datetime) -> None:
    if not card.banks:
        raise Refused("plans.needs_bank")
    if not card.questions:
        raise Refused("plans.needs_question")
    if not card.reached:
        raise Refused("plans.needs_people")
    if card.state is PlanState.OVER or not coming(unit, card.plan, now=now, count=1):
        raise Refused("plans.needs_day", at=f"{card.plan.at:%H:%M}")


def _active(plan: PlanRow) -> PlanRow:
    return replace(plan, is_active=True)


def _set(
    unit: Unit,
    person: PersonRow,
    plan: PlanRow,
    act: Act,
    values: dict[str, object],
    now: datetime,
) -> None:
    unit.plans.change(plan.id, **values)
    detail = {"starts_on": str(values["starts_on"])} if "starts_on" in values else {}
    unit.house.record(person.id, f"plan.{act}", subject_of(plan), detail, now)
