"""Use cases of supply: for how long a plan's questions last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.guards import may
from bot.plans.calendar import Calendar, local_day, moment
from bot.plans.cards import Stock, stocks_of
from storage.repositories.people import PersonRow
from storage.repositories.plans import PlanRow
from storage.states import Role
from storage.unit import Unit

KIND = "dry"
FEW_ROUNDS = 15  # three weeks of workdays: time enough to bring and approve more
RESTED = timedelta(days=90)  # what was asked longer ago is as good as new
TOLD_AT = time(9)


@dataclass(frozen=True, slots=True)
class Supply:
    """For how many of its coming rounds a plan has questions that have rested, at most `wanted`,
    and the quotas that its banks can't fill.
    """

    plan: PlanRow
    rested: int
    rounds: int
    wanted: int
    short: tuple[Stock, ...]

    @property
    def is_low(self) -> bool:
        """Whether somebody should do something."""
        return self.rounds < self.wanted or bool(self.short)


def supply_of(unit: Unit, plan: PlanRow, calendar: Calendar, today: date) -> Supply:
    """How a plan is supplied from a day on; one that ends soon wants but its last rounds."""
    since = today - RESTED
    rested = unit.banks.count_candidates(plan.id, today, rested_since=since)
    wanted = len(list(islice(calendar.round_days(plan, today), FEW_ROUNDS)))
    short = tuple(stock for stock in stocks_of(unit, plan, today) if stock.is_short)
    return Supply(plan, rested, rested // plan.question_count, wanted, short if wanted else ())


def warn(unit: Unit, *, now: datetime) -> None:
    """Have those told who answer for running plans that run low: once a month for each plan.

    A plan that has had no round yet is looked at by who is making it.
    """
    calendar = Calendar(unit.plans.read_calendar())
    for plan in unit.plans.list_running(now.date()):
        today = local_day(now, plan.timezone)
        if unit.plans.has_rounds(plan.id) and supply_of(unit, plan, calendar, today).is_low:
            due_at = max(now, moment(today, TOLD_AT, plan.timezone))
            unit.notices.add(f"{KIND}:{plan.id}:{today:%Y-%m}", due_at)


def find_low(unit: Unit, plan_id: int) -> Supply | None:
    """The supply of a plan at its newest round, if it still runs and runs low."""
    plan = unit.plans.find(plan_id)
    if plan is None or not plan.is_active or plan.ended_at is not None:
        return None
    day = unit.plans.last_round_day(plan.id)
    if day is None:
        return None
    found = supply_of(unit, plan, Calendar(unit.plans.read_calendar()), day)
    return found if found.is_low else None


def answerable(unit: Unit, plan: PlanRow) -> list[PersonRow]:
    """The plan's owner, if they can still act and be reached; else all admins who can."""
    owner = unit.people.find(plan.owner_id) if plan.owner_id is not None else None
    if owner is not None and may(owner, Role.TRAINER) and owner.unreachable_at is None:
        return [owner]
    admins = unit.people.list_by_role(Role.ADMIN)
    return [admin for admin in admins if admin.unreachable_at is None]
