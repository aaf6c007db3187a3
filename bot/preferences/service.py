"""Use cases of wishes: the settings card, the own push time, quiet hours, reminders, 10分钟后."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.errors import StaleTap
from bot.guards import person_of
from bot.plans.calendar import local_day
from bot.preferences.errors import QuietTooLong, TimeNotOffered
from bot.preferences.hours import DAY, LONGEST_QUIET, is_quiet, own_time, quiet_length, time_at
from bot.preferences.taps import NO_TIME
from storage.repositories.leaves import LeaveRow
from storage.repositories.people import PersonRow, PreferencesRow
from storage.repositories.plans import PlanRow
from storage.repositories.snoozes import MOST_SENT
from storage.states import DeliveryKind, RoundId
from storage.unit import Unit

SNOOZE = timedelta(minutes=10)
PUSH_PROMPT = "push_at"
QUIET_PROMPT = "quiet"
LEAVE_PROMPT = "leave"


@dataclass(frozen=True, slots=True)
class PlanTime:
    """When a plan's push is due for a person; `until` None: the plan lets nobody choose."""

    name: str
    at: time
    until: time | None
    due: time
    sent: time  # after quiet hours
    remind_at: time | None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person may wish, as it stands."""

    wishes: PreferencesRow
    plans: tuple[PlanTime, ...]
    leaves: tuple[LeaveRow, ...]
    today: date

    @property
    def is_muted(self) -> bool:
        """Whether reminders are off today."""
        until = self.wishes.no_reminders_before
        return until is not None and until > self.today

    @property
    def windows(self) -> tuple[PlanTime, ...]:
        """The plans that let people choose."""
        return tuple(plan for plan in self.plans if plan.until is not None)


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The round comes once more at `due_at`; `is_new` False where that was so already."""

    round_id: RoundId
    due_at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class NotSnoozed:
    """The round can't be put off: `why` is done, closing, over or enough."""

    round_id: RoundId
    why: str


def show(unit: Unit, chat_id: int, *, timezone: str, now: datetime) -> Settings:
    """The settings card; whatever it asked for before is no longer waited for."""
    person = person_of(unit, chat_id)
    for kind in (PUSH_PROMPT, QUIET_PROMPT, LEAVE_PROMPT):
        unit.prompts.drop(chat_id, kind)
    return _settings(unit, person, timezone, now)


def ask(unit: Unit, chat_id: int, kind: str, *, timezone: str, now: datetime) -> Settings:
    """Wait for a wish as the chat's next message; raises TimeNotOffered where none can be."""
    person = person_of(unit, chat_id)
    settings = _settings(unit, person, timezone, now)
    if kind == PUSH_PROMPT and not settings.windows:
        raise TimeNotOffered
    unit.prompts.put(chat_id, kind, {}, now)
    return settings


def set_push(unit: Unit, chat_id: int, minutes: int, *, timezone: str, now: datetime) -> Settings:
    """Be pushed to at a time, in minutes after midnight, or with NO_TIME when the plan says.

    Raises TimeNotOffered where no plan of the person's allows it. Today's push stays.
    """
    person = person_of(unit, chat_id)
    if not 0 <= minutes <= NO_TIME:
        raise StaleTap
    wish = time_at(minutes) if minutes < DAY else None
    if wish is not None:
        windows = _settings(unit, person, timezone, now).windows
        if not any(own_time(plan.at, plan.until, wish) == wish for plan in windows):
            raise TimeNotOffered
    unit.prompts.drop(chat_id, PUSH_PROMPT)
    return _wish(unit, person, timezone, now, push_at=wish)


def set_quiet(
    unit: Unit, chat_id: int, begins: int, ends: int, *, timezone: str, now: datetime
) -> Settings:
    """Be left alone between two times, or with NO_TIME never; raises QuietTooLong."""
    person = person_of(unit, chat_id)
    unit.prompts.drop(chat_id, QUIET_PROMPT)
    if NO_TIME in (begins, ends):
        return _wish(unit, person, timezone, now, quiet_from=None, quiet_to=None)
    if not (0 <= begins < DAY and 0 <= ends < DAY):
        raise StaleTap
    quiet_from, quiet_to = time_at(begins), time_at(ends)
    if not 0 < quiet_length(quiet_from, quiet_to) <= LONGEST_QUIET:
        raise QuietTooLong
    return _wish(unit, person, timezone, now, quiet_from=quiet_from, quiet_to=quiet_to)


def mute(unit: Unit, chat_id: int, *, is_wanted: bool, timezone: str, now: datetime) -> Settings:
    """本周不再提醒: no reminder before next Monday; or reminders again."""
    person = person_of(unit, chat_id)
    until: date | None = None
    if is_wanted:
        today = local_day(now, timezone)
        until = today + timedelta(days=7 - today.weekday())
        unit.snoozes.drop(person.id, "muted", kinds=(DeliveryKind.REMINDER,))
    return _wish(unit, person, timezone, now, no_reminders_before=until)


def snooze(unit: Unit, chat_id: int, round_id: int, *, now: datetime) -> Snoozed | NotSnoozed:
    """Bring a round once more in ten minutes; raises StaleTap for a round that was not theirs.

    While that is under way a further tap moves nothing. Four times a round at most.
    """
    person = person_of(unit, chat_id)
    round_ = unit.plans.get_round(round_id)
    if round_ is None or not unit.snoozes.is_on_roll(round_.id, person.id):
        raise StaleTap
    if round_.settled_at is not None or now >= round_.settles_at:
        return NotSnoozed(round_.id, "over")
    if unit.sittings.list_finished(person.id, [round_.id]):
        return NotSnoozed(round_.id, "done")
    due_at = now + SNOOZE
    is_new = due_at < round_.closes_at and unit.snoozes.arm(round_.id, person.id, due_at)
    coming = unit.snoozes.find(round_.id, person.id)
    if coming is not None and coming.is_under_way:
        return Snoozed(round_.id, coming.due_at, is_new)
    is_enough = coming is not None and coming.sent >= MOST_SENT
    return NotSnoozed(round_.id, "enough" if is_enough else "closing")


def _wish(
    unit: Unit, person: PersonRow, timezone: str, now: datetime, **wishes: time | date | None
) -> Settings:
    held = unit.people.read_preferences(person.id)
    unit.people.set_preferences(person.id, replace(held, **wishes))  # type: ignore[arg-type]
    return _settings(unit, person, timezone, now)


def _settings(unit: Unit, person: PersonRow, timezone: str, now: datetime) -> Settings:
    today = local_day(now, timezone)
    wishes = unit.people.read_preferences(person.id)
    return Settings(
        wishes,
        tuple(
            _plan_time(plan, wishes)
            for plan in unit.plans.list_all()
            if plan.is_active and plan.ended_at is None and _reaches(plan, person)
        ),
        tuple(unit.leaves.list_of(person.id, today)),
        today,
    )


def _reaches(plan: PlanRow, person: PersonRow) -> bool:
    audience = plan.audience
    return (
        (not audience.departments or person.department_id in audience.departments)
        and (not audience.roles or person.role in audience.roles)
        and (
            audience.joined_since is None
            or local_day(person.joined_at, plan.timezone) >= audience.joined_since
        )
    )


def _plan_time(plan: PlanRow, wishes: PreferencesRow) -> PlanTime:
    due = own_time(plan.at, plan.own_time_until, wishes.push_at)
    sent = due
    if is_quiet(due, wishes.quiet_from, wishes.quiet_to) and wishes.quiet_to is not None:
        sent = wishes.quiet_to
    return PlanTime(plan.name, plan.at, plan.own_time_until, due, sent, plan.remind_at)
