"""What somebody looks at: checked against their scope before any figure is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.errors import NotAllowed, StaleTap
from bot.guards import require
from bot.reports.service import NothingToSee
from bot.reports.stretches import Stretch, read_word
from bot.scope import scope_of
from bot.texts import label
from storage.repositories.participation_rolls import Basis, Window
from storage.repositories.people import PersonRow
from storage.repositories.windows import Departments
from storage.states import DepartmentId, PlanId, Role, RoundId
from storage.unit import Unit

_NAMED = 4


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks, at which rounds, over which departments; `scope` and `subject` name these."""

    person: PersonRow
    stretch: Stretch
    today: date
    window: Window
    basis: Basis
    names: Mapping[DepartmentId, str]
    scope: str
    department: int
    plan: str | None

    @property
    def plan_id(self) -> int:
        """The plan looked at; 0: all."""
        return self.window.plan_id or 0


def look(
    unit: Unit,
    chat_id: int,
    word: str,
    *,
    today: date,
    department: int = 0,
    plan: int = 0,
    round_id: int = 0,
) -> Sight:
    """What is asked to be seen, if it may be.

    Raises NotAllowed for staff and for departments outside the scope, NothingToSee for a
    trainer without any, StaleTap for what doesn't exist.
    """
    person = require(unit, chat_id, Role.TRAINER)
    stretch = read_word(word)
    if stretch is None:
        raise StaleTap
    among = scope_of(unit, person).departments
    if among is not None and not among:
        raise NothingToSee
    found_plan = unit.plans.find(plan) if plan else None
    if plan and found_plan is None:
        raise StaleTap
    _check_round(unit, stretch, round_id)
    among = _narrow(among, department)
    names = {which: name for which, name, _ in unit.reports.list_departments(among)}
    if department and not names:
        raise StaleTap
    window = Window(
        stretch.days,
        among,
        PlanId(plan) if plan else None,
        RoundId(round_id) if round_id else None,
    )
    basis = unit.participation.read_basis()
    named = found_plan.name if found_plan is not None else None
    scope = scope_name(among, names)
    return Sight(person, stretch, today, window, basis, names, scope, department, named)


def _narrow(among: Departments, department: int) -> Departments:
    if not department:
        return among
    if among is not None and department not in among:
        raise NotAllowed
    return frozenset([DepartmentId(department)])


def _check_round(unit: Unit, stretch: Stretch, round_id: int) -> None:
    if not round_id:
        return
    found = unit.plans.get_round(round_id)
    if found is None or not stretch.first <= found.day <= stretch.last:
        raise StaleTap


def scope_name(among: Departments, names: Mapping[DepartmentId, str]) -> str:
    """全部处室, or the departments by name as far as there are few."""
    if among is None:
        return label("reports.scope_all")
    listed = list(names.values())
    if len(listed) <= _NAMED:
        return "、".join(listed)
    return label("reports.scope_many", names="、".join(listed[:_NAMED]), count=len(listed))
