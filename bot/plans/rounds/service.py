"""Use cases of rounds: the last ones, how one stands, who is on its lists.

Trainers see their own departments' people in every count and list, admins everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import StaleTap
from bot.guards import require
from bot.keyboards import page_count
from bot.scope import Scope, scope_of
from storage.repositories.plans import PlanRow
from storage.repositories.polls import PollState
from storage.repositories.standings import Part, PersonStanding, RoundHead, RoundLine
from storage.states import Role
from storage.unit import Unit

ROUNDS: Final = 10
PEOPLE_A_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Rounds:
    """The last rounds, newest first; `plan` where they are of one alone."""

    plan: PlanRow | None
    rounds: tuple[RoundLine, ...]
    is_everybody: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class RoundCard:
    """How a round stands at `now`; `reminders` are what became of them, by list."""

    head: RoundHead
    counts: Mapping[Part, int]
    reminders: Mapping[str, int]
    polls: tuple[PollState, ...]
    is_everybody: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class People:
    """A page of one of a round's lists; pages count from 0."""

    head: RoundHead
    part: Part
    people: tuple[PersonStanding, ...]
    total: int
    page: int
    pages: int


def list_rounds(unit: Unit, chat_id: int, plan_id: int = 0, *, now: datetime) -> Rounds:
    """The last rounds; raises StaleTap for a plan that isn't."""
    scope = _scope(unit, chat_id)
    plan = unit.plans.find(plan_id) if plan_id else None
    if plan_id and plan is None:
        raise StaleTap
    lines = unit.standings.list_latest(scope.departments, ROUNDS, plan_id or None)
    return Rounds(plan, tuple(lines), scope.departments is None, now)


def show_round(unit: Unit, chat_id: int, round_id: int, *, now: datetime) -> RoundCard:
    """How a round stands; raises StaleTap where it was meant for nobody in sight."""
    scope = _scope(unit, chat_id)
    head, counts = _round(unit, scope, round_id)
    return RoundCard(
        head,
        counts,
        unit.standings.count_reminders(head.id, scope.departments),
        tuple(unit.standings.list_polls(head.id, scope.departments)),
        scope.departments is None,
        now,
    )


def list_people(unit: Unit, chat_id: int, round_id: int, part: str, page: int) -> People:
    """A page of the people on a list; a page too far is the last one."""
    scope = _scope(unit, chat_id)
    head, counts = _round(unit, scope, round_id)
    try:
        wanted = Part(part)
    except ValueError as error:
        raise StaleTap from error
    total = counts.get(wanted, 0)
    pages = page_count(total, PEOPLE_A_PAGE)
    page = min(page, pages - 1)
    people = unit.standings.list_people(
        head.id, scope.departments, wanted, offset=page * PEOPLE_A_PAGE, limit=PEOPLE_A_PAGE
    )
    return People(head, wanted, tuple(people), total, page, pages)


def _scope(unit: Unit, chat_id: int) -> Scope:
    return scope_of(unit, require(unit, chat_id, Role.TRAINER))


def _round(unit: Unit, scope: Scope, round_id: int) -> tuple[RoundHead, dict[Part, int]]:
    head = unit.standings.find_head(round_id)
    if head is None:
        raise StaleTap
    counts = unit.standings.count(head.id, scope.departments)
    if not counts and scope.departments is not None:
        raise StaleTap
    return head, counts
