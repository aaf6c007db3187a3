"""Use cases of admins on what trainers answer for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.errors import StaleTap
from bot.guards import require
from storage.repositories.people import DepartmentRow, PersonRow
from storage.states import DepartmentId, Role
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Charge:
    """A trainer, all departments, and those given; none given: the own one."""

    person: PersonRow
    departments: tuple[DepartmentRow, ...]
    given: frozenset[DepartmentId]
    page: int
    is_changed: bool = False


def show(unit: Unit, chat_id: int, person_id: int, page: int) -> Charge:
    """What a trainer answers for; raises StaleTap where they are no trainer any more."""
    require(unit, chat_id, Role.ADMIN)
    return _charge(unit, _trainer(unit, person_id), page)


def set_charge(
    unit: Unit,
    chat_id: int,
    person_id: int,
    department_id: int,
    page: int,
    *,
    is_given: bool,
    now: datetime,
) -> Charge:
    """Give a trainer a department or take it back; raises StaleTap for forged ids."""
    admin = require(unit, chat_id, Role.ADMIN)
    person = _trainer(unit, person_id)
    department = unit.people.find_department(department_id)
    if department is None:
        raise StaleTap
    if not unit.people.set_trainer_department(person.id, department.id, is_given=is_given):
        return _charge(unit, person, page)
    key = "added" if is_given else "removed"
    detail = {key: department.name}
    unit.house.record(admin.id, "person_charged", f"person:{person.id}", detail, now)
    return _charge(unit, person, page, is_changed=True)


def _trainer(unit: Unit, person_id: int) -> PersonRow:
    person = unit.people.find(person_id)
    if person is None or not person.is_active or person.role is not Role.TRAINER:
        raise StaleTap
    return person


def _charge(unit: Unit, person: PersonRow, page: int, *, is_changed: bool = False) -> Charge:
    given = frozenset(unit.people.list_trainer_departments(person.id))
    departments = tuple(unit.people.list_departments())
    return Charge(person, departments, given, page, is_changed)
