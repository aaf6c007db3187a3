"""Use cases of admins on departments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.errors import StaleTap
from bot.guards import require
from bot.people.errors import DepartmentRefused, DepartmentTaken
from bot.people.names import clean_department
from storage.repositories.people import DepartmentRow
from storage.states import DepartmentId, Role
from storage.unit import Unit

ADD = "department_add"
RENAME = "department_rename"


@dataclass(frozen=True, slots=True)
class Listing:
    """All departments, and which page of them to show."""

    departments: tuple[DepartmentRow, ...]
    page: int = 0


def show(unit: Unit, chat_id: int, page: int) -> Listing:
    """The departments; whoever looks at the list is no longer typing a name."""
    require(unit, chat_id, Role.ADMIN)
    prompt = unit.prompts.find(chat_id)
    if prompt is not None and prompt.kind in (ADD, RENAME):
        unit.prompts.drop(chat_id)
    return _listing(unit, page)


def ask_new(unit: Unit, chat_id: int, *, now: datetime) -> None:
    """Wait for a new department's name."""
    require(unit, chat_id, Role.ADMIN)
    unit.prompts.put(chat_id, ADD, {}, now)


def ask_rename(unit: Unit, chat_id: int, department_id: int, *, now: datetime) -> DepartmentRow:
    """Wait for a department's new name; raises StaleTap for a forged id."""
    require(unit, chat_id, Role.ADMIN)
    department = _find(unit, department_id)
    unit.prompts.put(chat_id, RENAME, {"department": department.id}, now)
    return department


def add(unit: Unit, chat_id: int, typed: str, *, update_id: int, now: datetime) -> Listing:
    """Add the department typed; raises DepartmentRefused or DepartmentTaken."""
    admin = require(unit, chat_id, Role.ADMIN)
    if unit.house.is_first(update_id, now):
        name = _free_name(unit, typed, but=None)
        department_id = unit.people.add_department(name, now)
        unit.prompts.drop(chat_id)
        subject = f"department:{department_id}"
        unit.house.record(admin.id, "department_added", subject, {"name": name}, now)
    return _listing(unit)


def rename(
    unit: Unit, chat_id: int, department_id: int, typed: str, *, update_id: int, now: datetime
) -> Listing:
    """Give a department the name typed; raises DepartmentRefused or DepartmentTaken."""
    admin = require(unit, chat_id, Role.ADMIN)
    department = _find(unit, department_id)
    if unit.house.is_first(update_id, now):
        name = _free_name(unit, typed, but=department.id)
        unit.people.rename_department(department.id, name)
        unit.prompts.drop(chat_id)
        detail = {"from": department.name, "to": name}
        unit.house.record(
            admin.id, "department_renamed", f"department:{department.id}", detail, now
        )
    return _listing(unit)


def _listing(unit: Unit, page: int = 0) -> Listing:
    return Listing(tuple(unit.people.list_departments()), page)


def _find(unit: Unit, department_id: int) -> DepartmentRow:
    department = unit.people.find_department(department_id)
    if department is None:
        raise StaleTap
    return department


def _free_name(unit: Unit, typed: str, *, but: DepartmentId | None) -> str:
    name = clean_department(typed)
    if name is None:
        raise DepartmentRefused
    holder = unit.people.find_department_named(name)
    if holder is not None and holder != but:
        raise DepartmentTaken
    return name
