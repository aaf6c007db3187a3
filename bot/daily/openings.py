"""Which rounds are a person's, and when the next one opens."""

from __future__ import annotations

from datetime import datetime

from bot.daily.steps import NothingOpen
from bot.plans.calendar import Calendar, local_day
from storage.repositories.people import PersonRow
from storage.repositories.plans import PlanRow, RoundRow
from storage.unit import Unit


def answerable(unit: Unit, person: PersonRow, now: datetime) -> list[RoundRow]:
    """Rounds that still take the person's answers, newest first.

    They are those the person is on the roll of. A newcomer is on none yet, and may answer those
    whose plan reaches newcomers; nobody is charged for them.
    """
    plans = {plan.id: plan for plan in unit.plans.list_all()}
    return [
        round_
        for round_ in unit.plans.list_answerable(now)
        if reaches(plans[round_.plan_id], person) or unit.snoozes.is_on_roll(round_.id, person.id)
    ]


def reaches(plan: PlanRow, person: PersonRow) -> bool:
    """Whether a plan is for a person."""
    joined_on = local_day(person.joined_at, plan.timezone)
    return plan.audience.includes(person.department_id, person.role, joined_on)


def may_begin(unit: Unit, round_: RoundRow, person: PersonRow) -> bool:
    """Whether a round is for a person, now or when it opened."""
    plan = unit.plans.find(round_.plan_id)
    return (plan is not None and reaches(plan, person)) or unit.snoozes.is_on_roll(
        round_.id, person.id
    )


def nothing_open(unit: Unit, person: PersonRow, now: datetime) -> NothingOpen:
    """When the person's next round opens."""
    calendar = Calendar(unit.plans.read_calendar())
    openings = [
        (opens_at, plan.timezone)
        for plan in unit.plans.list_all()
        if plan.is_active
        and reaches(plan, person)
        and (opens_at := calendar.upcoming(plan, now, _has_round(unit, plan, now))) is not None
    ]
    return NothingOpen(*min(openings, default=(None, None)))


def _has_round(unit: Unit, plan: PlanRow, now: datetime) -> bool:
    return unit.plans.find_round(plan.id, local_day(now, plan.timezone)) is not None
