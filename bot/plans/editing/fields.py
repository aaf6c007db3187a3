"""What a tap on a field's button makes of a plan; each value is the state wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Final

from bot.errors import StaleTap
from bot.plans.calendar import WORKDAYS, local_day
from bot.plans.changes import Wanted
from bot.plans.errors import Refused
from storage.repositories.audience import EVERYBODY
from storage.repositories.plans import PlanRow
from storage.states import BankId, DepartmentId, Role
from storage.unit import Unit

EVERY_DAY: Final = "1234567"
MOST_QUESTIONS: Final = 10
MOST_CATCH_UP: Final = 10
HOURS: Final = (24, 48, 72)
ZONES: Final = ("Asia/Shanghai", "Asia/Urumqi")
MINUTES_A_DAY: Final = 24 * 60
NOON: Final = time(12, 0)

Field = Callable[[Unit, PlanRow, int, datetime], Wanted]


def _values(**values: object) -> Wanted:
    return Wanted(values)


def _count(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    if not 1 <= value <= MOST_QUESTIONS:
        raise StaleTap
    return _values(question_count=value)


def _catch_up(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    if not 0 <= value <= MOST_CATCH_UP:
        raise StaleTap
    return _values(catch_up_days=value)


def _hours(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    if value and value not in HOURS:
        raise StaleTap
    return _values(open_hours=value or None)


def _workdays(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    _needs_days(plan)
    return _values(days=WORKDAYS if value else EVERY_DAY)


def _day_on(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    return _with_days(plan, _days(plan) | {_weekday(value)})


def _day_off(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    return _with_days(plan, _days(plan) - {_weekday(value)})


def _weekday(value: int) -> str:
    if not 1 <= value <= 7:
        raise StaleTap
    return str(value)


def _days(plan: PlanRow) -> set[str]:
    return set() if plan.days == WORKDAYS else set(plan.days)


def _with_days(plan: PlanRow, days: set[str]) -> Wanted:
    _needs_days(plan)
    if plan.days == WORKDAYS and not days:
        return Wanted()
    if not days:
        raise Refused("plans.needs_weekday")
    return _values(days="".join(sorted(days)))


def _needs_days(plan: PlanRow) -> None:
    """A single date has no days to choose."""
    if plan.ends_on == plan.starts_on:
        raise Refused("plans.is_single_day")


def _dates(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    """0: no dates any more; the days stay."""
    if value:
        raise StaleTap
    if plan.ends_on is None:
        return Wanted()
    return _values(starts_on=local_day(now, plan.timezone), ends_on=None)


def _remind(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    return _values(remind_at=_time(value))


def _own(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    return _values(own_time_until=_time(value))


def _time(value: int) -> time | None:
    """0: none; else the minute of the day, counted from 1."""
    if not 0 <= value <= MINUTES_A_DAY:
        raise StaleTap
    return time(*divmod(value - 1, 60)) if value else None


def minute(at: time) -> int:
    """A time as buttons carry it."""
    return at.hour * 60 + at.minute + 1


def _polls(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    return _values(has_polls=bool(value))


def _zone(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    if value >= len(ZONES):
        raise StaleTap
    return _values(timezone=ZONES[value])


def _everybody(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    return _values(audience=EVERYBODY)


def _joined(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    """0: whenever they joined."""
    if value:
        raise StaleTap
    return _values(audience=replace(plan.audience, joined_since=None))


def _role_on(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    role = _role(value)
    roles = tuple(one for one in Role if one is role or one in plan.audience.roles)
    return _values(audience=replace(plan.audience, roles=roles))


def _role_off(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    roles = tuple(one for one in plan.audience.roles if one is not _role(value))
    return _values(audience=replace(plan.audience, roles=roles))


def _role(value: int) -> Role:
    roles = tuple(Role)
    if value >= len(roles):
        raise StaleTap
    return roles[value]


def _department_on(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    if unit.people.find_department(value) is None:
        raise StaleTap
    chosen = tuple(sorted({*plan.audience.departments, DepartmentId(value)}))
    return _values(audience=replace(plan.audience, departments=chosen))


def _department_off(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    chosen = tuple(one for one in plan.audience.departments if one != value)
    return _values(audience=replace(plan.audience, departments=chosen))


def _bank_on(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    bank = unit.banks.find(value)
    if bank is None or bank.retired_at is not None:
        raise StaleTap
    return Wanted(banks=frozenset(unit.plans.list_banks(plan.id)) | {bank.id})


def _bank_off(unit: Unit, plan: PlanRow, value: int, now: datetime) -> Wanted:
    left = frozenset(unit.plans.list_banks(plan.id)) - {BankId(value)}
    kept = tuple(q for q in plan.quotas if (q.feature, q.value) != ("bank", str(value)))
    return Wanted({"quotas": kept}, left)


FIELDS: Final[Mapping[str, Field]] = {
    "count": _count,
    "catch_up": _catch_up,
    "hours": _hours,
    "workdays": _workdays,
    "day_on": _day_on,
    "day_off": _day_off,
    "dates": _dates,
    "remind": _remind,
    "own": _own,
    "polls": _polls,
    "zone": _zone,
    "everybody": _everybody,
    "joined": _joined,
    "role_on": _role_on,
    "role_off": _role_off,
    "department_on": _department_on,
    "department_off": _department_off,
    "bank_on": _bank_on,
    "bank_off": _bank_off,
}
