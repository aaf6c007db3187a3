"""Use cases of leave, and of coming back into reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.errors import NotAllowed, StaleTap
from bot.guards import may, person_of, require
from bot.plans.calendar import local_day
from bot.preferences.errors import LeavePast, LeaveTooFar, LeaveTooLong, NotYourPeople
from bot.preferences.spans import Span
from bot.scope import scope_of
from storage.repositories.leaves import LeaveRow
from storage.repositories.people import PersonRow
from storage.states import Role, RoundId
from storage.unit import Unit

GRANT_PROMPT = "grant_leave"
LONGEST = 180  # days
FURTHEST = timedelta(days=365)
OLDEST = timedelta(days=31)  # how far back a trainer may enter leave; settled rounds stay


@dataclass(frozen=True, slots=True)
class Taken:
    """A leave that stands: rounds that no longer count, and begun ones that still do."""

    leave: LeaveRow
    person: PersonRow
    excused: int
    begun: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A leave taken back, or ended with the day before today; how many rounds are on again."""

    leave: LeaveRow
    person: PersonRow
    is_shortened: bool
    resumed: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class TooLate:
    """今天请假 on the card of a day that is over."""

    day: date


@dataclass(frozen=True, slots=True)
class Granting:
    """Whose days of leave are asked for, and the leaves they have."""

    person: PersonRow
    leaves: tuple[LeaveRow, ...]


def leave_today(
    unit: Unit, chat_id: int, round_id: int, *, timezone: str, now: datetime
) -> Taken | TooLate:
    """今天请假 from the day's card; raises StaleTap for a round that was not theirs."""
    person = person_of(unit, chat_id)
    round_ = unit.plans.get_round(round_id)
    if round_ is None or not unit.snoozes.is_on_roll(round_.id, person.id):
        raise StaleTap
    if round_.day != local_day(now, timezone):
        return TooLate(round_.day)
    return _take(unit, person, person, Span(round_.day, round_.day), now)


def take_leave(
    unit: Unit, chat_id: int, span: Span, update_id: int, *, timezone: str, now: datetime
) -> Taken | None:
    """The own leave as typed; None where this update was handled before.

    Raises LeavePast, LeaveTooLong, LeaveTooFar.
    """
    person = person_of(unit, chat_id)
    today = local_day(now, timezone)
    if span.first < today:
        raise LeavePast
    _check(span, today)
    if not unit.house.is_first(update_id, now):
        return None
    unit.prompts.drop(chat_id)
    return _take(unit, person, person, span, now)


def ask_grant(unit: Unit, chat_id: int, person_id: int, *, today: date, now: datetime) -> Granting:
    """Wait for the days of somebody's leave; raises NotYourPeople, StaleTap."""
    _, person = _granting(unit, chat_id, person_id)
    unit.prompts.put(chat_id, GRANT_PROMPT, {"person_id": person.id}, now)
    return Granting(person, tuple(unit.leaves.list_of(person.id, today)))


def grant_leave(
    unit: Unit,
    chat_id: int,
    person_id: int,
    first: date,
    last: date,
    *,
    timezone: str,
    now: datetime,
    update_id: int | None = None,
) -> Taken | None:
    """Leave entered by a trainer of the person's department or an admin, past days included.

    Raises NotYourPeople, LeavePast, LeaveTooLong, LeaveTooFar; None for an update seen before.
    """
    actor, person = _granting(unit, chat_id, person_id)
    span, today = Span(first, last), local_day(now, timezone)
    if first < today - OLDEST:
        raise LeavePast
    _check(span, today)
    if update_id is not None and not unit.house.is_first(update_id, now):
        return None
    unit.prompts.drop(chat_id)
    return _take(unit, actor, person, span, now)


def cancel_leave(
    unit: Unit, chat_id: int, leave_id: int, *, timezone: str, now: datetime
) -> Cancelled:
    """Take a leave back; one that has begun ends with the day before. Days gone stay excused.

    Raises StaleTap where it is gone or nobody's business of the tapper.
    """
    actor = person_of(unit, chat_id)
    leave = unit.leaves.find(leave_id)
    person = unit.people.find(leave.person_id) if leave is not None else None
    if leave is None or person is None or not _may_manage(unit, actor, person):
        raise StaleTap
    today = local_day(now, timezone)
    unit.leaves.hold(person.id, leave.first_day, leave.last_day)
    is_begun = leave.first_day < today
    if is_begun:
        done = unit.leaves.shorten(leave.id, today - timedelta(days=1))
    else:
        done = unit.leaves.cancel(leave.id, now)
    if not done:
        raise StaleTap
    since = max(leave.first_day, today)
    resumed = unit.leaves.restore(person.id, since, leave.last_day, now)
    _shift(unit, person, resumed, 1)
    detail: dict[str, object] = {
        "first": leave.first_day.isoformat(),
        "last": leave.last_day.isoformat(),
        "since": since.isoformat(),
    }
    unit.house.record(actor.id, "leave.cancel", f"person:{person.id}", detail, now)
    return Cancelled(leave, person, is_begun, len(resumed), actor.id == person.id)


def come_back(unit: Unit, chat_id: int, *, now: datetime) -> bool:
    """Have the open rounds sent that passed somebody by while they could not be reached."""
    person = unit.people.find_by_chat(chat_id)
    if person is None or not person.is_active or person.unreachable_at is not None:
        return False
    skipped, failed = unit.leaves.resume(person.id, now)
    _shift(unit, person, skipped, 1)
    return bool(skipped or failed)


def _check(span: Span, today: date) -> None:
    if span.length > LONGEST:
        raise LeaveTooLong(LONGEST)
    if span.last > today + FURTHEST:
        raise LeaveTooFar


def _granting(unit: Unit, chat_id: int, person_id: int) -> tuple[PersonRow, PersonRow]:
    actor = require(unit, chat_id, Role.TRAINER)
    person = unit.people.find(person_id)
    if person is None or not person.is_active:
        raise StaleTap
    if not _may_manage(unit, actor, person):
        raise NotYourPeople
    return actor, person


def _may_manage(unit: Unit, actor: PersonRow, person: PersonRow) -> bool:
    """One's own leave; that of people in one's scope from trainer on."""
    if actor.id == person.id:
        return True
    if not may(actor, Role.TRAINER):
        return False
    scope = scope_of(unit, actor).departments
    return scope is None or (person.department_id is not None and person.department_id in scope)


def _take(unit: Unit, actor: PersonRow, person: PersonRow, span: Span, now: datetime) -> Taken:
    """Write a leave down and excuse the person; days that are on leave already stay one."""
    if not person.is_active:
        raise NotAllowed
    unit.leaves.hold(person.id, span.first, span.last)
    standing = unit.leaves.list_of(person.id, span.first)
    for leave in standing:
        if leave.first_day <= span.first and span.last <= leave.last_day:
            begun = unit.leaves.count_begun(person.id, span.first, span.last)
            return Taken(leave, person, 0, begun, is_new=False)
    leave_id = unit.leaves.add(person.id, span.first, span.last, actor.id, now)
    excused = unit.leaves.skip(person.id, span.first, span.last)
    _shift(unit, person, excused, -1)
    begun = unit.leaves.count_begun(person.id, span.first, span.last)
    detail: dict[str, object] = {"first": span.first.isoformat(), "last": span.last.isoformat()}
    unit.house.record(actor.id, "leave.add", f"person:{person.id}", detail, now)
    leave = LeaveRow(leave_id, person.id, span.first, span.last, actor.id)
    return Taken(leave, person, len(excused), begun, is_new=True)


def _shift(unit: Unit, person: PersonRow, rounds: Sequence[RoundId], by: int) -> None:
    """应参加 moves with the roll."""
    for round_id in rounds:
        unit.totals.shift_due(round_id, person.id, by)
