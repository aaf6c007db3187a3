"""A plan with everything its screens say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.errors import StaleTap
from bot.guards import may, require
from bot.plans.calendar import local_day, moment
from bot.plans.errors import NotYours, PlanEnded
from bot.plans.timing import coming
from bot.scope import scope_of
from questions.selection import Quota
from storage.repositories.banks import BankRow
from storage.repositories.people import DepartmentRow, PersonRow
from storage.repositories.plans import PlanRow, RoundRow
from storage.states import DeliveryState, DepartmentId, Role
from storage.unit import Unit


class PlanState(StrEnum):
    """Where a plan stands; over: its dates are past."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Stock:
    """How many questions of the plan's banks a quota can take from."""

    quota: Quota
    label: str
    available: int

    @property
    def is_short(self) -> bool:
        """Whether there are too few of them for even one round."""
        return self.available < self.quota.count


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Somebody else changed the plan after it was shown; the change at hand was not made."""

    who: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan with what comes next, whom it reaches and what it can ask.

    `seen` marks the state shown: a change from this screen is refused when others changed the
    plan since.
    """

    plan: PlanRow
    state: PlanState
    seen: int
    may_change: bool
    owner: str | None
    banks: tuple[BankRow, ...]
    has_all_banks: bool
    departments: tuple[DepartmentRow, ...]
    reached: int
    next_opening: datetime | None
    today: RoundRow | None
    sent: Mapping[DeliveryState, int]
    questions: int
    stocks: tuple[Stock, ...]
    meanwhile: Meanwhile | None = None

    @property
    def rounds(self) -> int:
        """For how many rounds the questions suffice before the first is asked again; a quota
        that can't be filled at all is made up for by other questions.
        """
        enough = [self.questions // self.plan.question_count]
        enough += [item.available // item.quota.count for item in self.stocks if not item.is_short]
        return min(enough)


def subject_of(plan: PlanRow) -> str:
    """The plan as the audit names it."""
    return f"plan:{plan.id}"


def find_plan(unit: Unit, plan_id: int) -> PlanRow:
    """One plan; raises StaleTap where there is none."""
    plan = unit.plans.find(plan_id)
    if plan is None:
        raise StaleTap
    return plan


def hold(unit: Unit, chat_id: int, plan_id: int) -> tuple[PersonRow, PlanRow]:
    """Who changes a plan, and the plan, let alone by everyone else until the unit ends.

    Raises StaleTap, NotAllowed, NotYours, or PlanEnded.
    """
    person = require(unit, chat_id, Role.TRAINER)
    plan = unit.plans.lock(plan_id)
    if plan is None:
        raise StaleTap
    if not may_change(unit, person, plan):
        raise NotYours
    if plan.ended_at is not None:
        raise PlanEnded
    return person, plan


def may_change(unit: Unit, person: PersonRow, plan: PlanRow) -> bool:
    """Admins change any plan, trainers their own and those within their departments."""
    if not may(person, Role.TRAINER):
        return False
    return plan.owner_id == person.id or is_within(unit, person, plan.audience.departments)


def is_within(unit: Unit, person: PersonRow, departments: Sequence[DepartmentId]) -> bool:
    """Whether a plan for these departments (none: for all) stays inside somebody's scope."""
    scope = scope_of(unit, person).departments
    return scope is None or (bool(departments) and scope.issuperset(departments))


def state_of(unit: Unit, plan: PlanRow, today: date) -> PlanState:
    """Where a plan stands on a local day."""
    if plan.ended_at is not None:
        return PlanState.ENDED
    if plan.ends_on is not None and plan.ends_on < today:
        return PlanState.OVER
    if plan.is_active:
        return PlanState.RUNNING
    return PlanState.PAUSED if unit.plans.has_rounds(plan.id) else PlanState.DRAFT


def next_opening(unit: Unit, plan: PlanRow, now: datetime) -> datetime | None:
    """When the plan's next round opens, or would if it ran; None where it has no more."""
    rounds = coming(unit, plan, now=now, count=1)
    return rounds[0].opens_at if rounds else None


def count_reached(unit: Unit, plan: PlanRow) -> int:
    """How many active people the plan is for."""
    since = plan.audience.joined_since
    since_at = moment(since, time(0), plan.timezone) if since is not None else None
    return unit.people.count_audience(plan.audience.departments, plan.audience.roles, since_at)


def card_of(
    unit: Unit,
    person: PersonRow,
    plan: PlanRow,
    now: datetime,
    meanwhile: Meanwhile | None = None,
) -> PlanCard:
    """The plan as this person sees it now."""
    today = local_day(now, plan.timezone)
    round_ = unit.plans.find_round(plan.id, today)
    newest = unit.house.list_audit(limit=1, subjects=(subject_of(plan),), actions=("plan.",))
    owner = unit.people.find(plan.owner_id) if plan.owner_id is not None else None
    linked = set(unit.plans.list_banks(plan.id))
    banks = unit.banks.list_all()
    chosen = set(plan.audience.departments)
    state = state_of(unit, plan, today)
    return PlanCard(
        plan=plan,
        state=state,
        seen=newest[0].id if newest else 0,
        may_change=may_change(unit, person, plan) and state is not PlanState.ENDED,
        owner=owner.name if owner is not None else None,
        banks=tuple(bank for bank in banks if bank.id in linked),
        has_all_banks=all(bank.id in linked for bank in banks if bank.retired_at is None),
        departments=tuple(row for row in unit.people.list_departments() if row.id in chosen),
        reached=count_reached(unit, plan),
        next_opening=next_opening(unit, plan, now) if state is not PlanState.ENDED else None,
        today=round_,
        sent=unit.deliveries.count_by_state(round_.id) if round_ is not None else {},
        questions=unit.banks.count_candidates(plan.id, today),
        stocks=stocks_of(unit, plan, today),
        meanwhile=meanwhile,
    )


def stocks_of(unit: Unit, plan: PlanRow, today: date) -> tuple[Stock, ...]:
    """What the plan's quotas can take from on a day."""
    counted = {
        feature: unit.banks.count_by_feature(plan.id, today, feature)
        for feature in {quota.feature for quota in plan.quotas}
    }
    names = {str(bank.id): bank.name for bank in unit.banks.list_all()}
    return tuple(
        Stock(
            quota,
            names.get(quota.value, quota.value) if quota.feature == "bank" else quota.value,
            counted[quota.feature].get(quota.value, 0),
        )
        for quota in plan.quotas
    )
