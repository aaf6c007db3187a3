"""Use cases of making plans; each begins as a draft that pushes nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from bot.errors import StaleTap
from bot.guards import require
from bot.plans.calendar import WORKDAYS, local_day
from bot.plans.cards import PlanCard, card_of, find_plan, subject_of
from bot.plans.editing.fields import EVERY_DAY
from bot.plans.editing.replies import LONGEST_NAME, read_name
from bot.plans.errors import NameTaken
from bot.plans.making.suggestions import SUGGESTIONS, Suggestion, find_suggestion
from bot.plans.service import (
    DEFAULT_AT,
    DEFAULT_CATCH_UP_DAYS,
    DEFAULT_COUNT,
    DEFAULT_REMIND_AT,
    NAME,
    stop_typing,
)
from storage.repositories.people import PersonRow
from storage.repositories.plans import PlanRow
from storage.states import BankId, PlanId, Role
from storage.unit import Unit

_NUMBERED = re.compile(r"(?P<name>.*)\((?P<number>\d{1,3})\)")


def ask_name(unit: Unit, chat_id: int, *, now: datetime) -> None:
    """Wait for the new plan's name as the chat's next message."""
    require(unit, chat_id, Role.TRAINER)
    unit.prompts.put(chat_id, NAME, {}, now)


def make_named(
    unit: Unit, chat_id: int, said: str, update_id: int, timezone: str, *, now: datetime
) -> PlanCard:
    """A new plan of the typed name; raises Refused or NameTaken, and goes on waiting."""
    person = require(unit, chat_id, Role.TRAINER)
    if not unit.house.is_first(update_id, now):
        return _newest_of(unit, person, now)
    name = read_name(unit, said)
    stop_typing(unit, chat_id)
    return _make(unit, person, replace(find_suggestion(name), name=name), timezone, now)


def make_suggested(
    unit: Unit, chat_id: int, place: int, update_id: int, timezone: str, *, now: datetime
) -> PlanCard:
    """A new plan as suggested, under a number where its name is taken."""
    person = require(unit, chat_id, Role.TRAINER)
    if place >= len(SUGGESTIONS):
        raise StaleTap
    if not unit.house.is_first(update_id, now):
        return _newest_of(unit, person, now)
    stop_typing(unit, chat_id)
    wanted = SUGGESTIONS[place]
    name = wanted.name if unit.plans.find_named(wanted.name) is None else _free(unit, wanted.name)
    return _make(unit, person, replace(wanted, name=name), timezone, now)


def _make(
    unit: Unit, person: PersonRow, wanted: Suggestion, timezone: str, now: datetime
) -> PlanCard:
    today = local_day(now, timezone)
    span = wanted.span(today)
    first, last = span if span is not None else (today, None)
    plan_id = unit.plans.add(
        wanted.name,
        days=EVERY_DAY if first == last else WORKDAYS,
        at=DEFAULT_AT,
        timezone=timezone,
        question_count=DEFAULT_COUNT,
        catch_up_days=DEFAULT_CATCH_UP_DAYS,
        starts_on=first,
        ends_on=last,
        remind_at=DEFAULT_REMIND_AT,
        owner_id=person.id,
        is_active=False,
        now=now,
    )
    banks = [bank.id for bank in unit.banks.list_all() if bank.retired_at is None]
    return _made(unit, person, plan_id, banks, "plan.make", {"name": wanted.name}, now)


def _made(
    unit: Unit,
    person: PersonRow,
    plan_id: PlanId | None,
    banks: list[BankId],
    action: str,
    detail: dict[str, object],
    now: datetime,
) -> PlanCard:
    if plan_id is None:
        raise NameTaken
    for bank in banks:
        unit.plans.link_bank(plan_id, bank)
    plan = find_plan(unit, plan_id)
    unit.house.record(person.id, action, subject_of(plan), detail, now)
    return card_of(unit, person, plan, now)


def _newest_of(unit: Unit, person: PersonRow, now: datetime) -> PlanCard:
    """What a repeated request made the first time."""
    made = [plan for plan in unit.plans.list_all() if plan.owner_id == person.id]
    if not made:
        raise StaleTap
    return card_of(unit, person, made[-1], now)


def copy(unit: Unit, chat_id: int, plan_id: int, update_id: int, *, now: datetime) -> PlanCard:
    """A draft like a plan, owned by who copies it; dates that are past move on by years."""
    person = require(unit, chat_id, Role.TRAINER)
    plan = find_plan(unit, plan_id)
    if not unit.house.is_first(update_id, now):
        return _newest_of(unit, person, now)
    first, last = _dates(plan, local_day(now, plan.timezone))
    copied = unit.plans.add(
        _free(unit, plan.name),
        days=plan.days,
        at=plan.at,
        timezone=plan.timezone,
        question_count=plan.question_count,
        catch_up_days=plan.catch_up_days,
        starts_on=first,
        ends_on=last,
        open_hours=plan.open_hours,
        remind_at=plan.remind_at,
        own_time_until=plan.own_time_until,
        quotas=plan.quotas,
        audience=plan.audience,
        has_polls=plan.has_polls,
        owner_id=person.id,
        is_active=False,
        now=now,
    )
    banks = unit.plans.list_banks(plan.id)
    return _made(unit, person, copied, banks, "plan.copy", {"of": plan.id}, now)


def _dates(plan: PlanRow, today: date) -> tuple[date, date | None]:
    if plan.ends_on is None:
        return max(plan.starts_on, today), None
    first, last = plan.starts_on, plan.ends_on
    while first < today:
        first, last = _next_year(first), _next_year(last)
    return first, last


def _next_year(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def _free(unit: Unit, name: str) -> str:
    """The name with the first number that is free: 每日学法(2)."""
    match = _NUMBERED.fullmatch(name)
    bare = match["name"] if match is not None else name
    number = 2
    while unit.plans.find_named(_numbered(bare, number)) is not None:
        number += 1
    return _numbered(bare, number)


def _numbered(bare: str, number: int) -> str:
    suffix = f"({number})"
    return bare[: LONGEST_NAME - len(suffix)] + suffix
