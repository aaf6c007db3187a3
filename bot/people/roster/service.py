"""Use cases of admins on people; each checks the right in the transaction that uses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.errors import StaleTap
from bot.guards import may, require
from bot.people.errors import AdminBySettings, LastAdmin
from storage.repositories.people import DepartmentRow, PersonRow
from storage.states import Role
from storage.unit import Unit

PEOPLE_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some of the people, of one department or (None) of all; pages count from 0."""

    people: tuple[PersonRow, ...]
    total: int
    page: int
    department: DepartmentRow | None


@dataclass(frozen=True, slots=True)
class Card:
    """A person as an admin sees them; `page` is where the list of all has them.

    `may_change` is False once the admin has just given up being one.
    """

    person: PersonRow
    page: int
    may_change: bool


@dataclass(frozen=True, slots=True)
class Change:
    """The card after a change; `is_changed` is False where it was so already."""

    card: Card
    is_changed: bool


@dataclass(frozen=True, slots=True)
class MoveChoice:
    """Where a person could be put."""

    person: PersonRow
    departments: tuple[DepartmentRow, ...]
    page: int


def list_people(unit: Unit, chat_id: int, page: int, department_id: int) -> PeoplePage:
    """A page of people, deactivated ones included; a page too far is the last one."""
    require(unit, chat_id, Role.ADMIN)
    department = _find_department(unit, department_id) if department_id else None
    within = department.id if department is not None else None
    total = unit.people.count(department_id=within)
    page = min(page, max(0, (total - 1) // PEOPLE_A_PAGE))
    people = unit.people.list_page(page * PEOPLE_A_PAGE, PEOPLE_A_PAGE, department_id=within)
    return PeoplePage(tuple(people), total, page, department)


def list_departments(unit: Unit, chat_id: int) -> tuple[DepartmentRow, ...]:
    """All departments, for an admin to pick one."""
    require(unit, chat_id, Role.ADMIN)
    return tuple(unit.people.list_departments())


def show(unit: Unit, chat_id: int, person_id: int) -> Card:
    """A person's card."""
    admin = require(unit, chat_id, Role.ADMIN)
    return _card(unit, admin, _find(unit, person_id))


def set_role(
    unit: Unit, chat_id: int, person_id: int, role: str, listed: tuple[int, ...], *, now: datetime
) -> Change:
    """Promote or demote; `listed` are the chats the settings make admins.

    Raises LastAdmin, AdminBySettings, StaleTap for a forged id or role.
    """
    unit.people.lock_admins()
    admin = require(unit, chat_id, Role.ADMIN)
    person = _find(unit, person_id)
    if role not in tuple(Role) or not person.is_active:
        raise StaleTap
    wanted = Role(role)
    if wanted is person.role:
        return Change(_card(unit, admin, person), is_changed=False)
    if wanted is not Role.ADMIN and person.chat_id in listed:
        raise AdminBySettings
    _keep_an_admin(unit, person)
    unit.people.set_role(person.id, wanted)
    unit.prompts.drop(person.chat_id)  # what an admin was asked is no question to staff
    detail: dict[str, object] = {"from": person.role, "to": wanted}
    unit.house.record(admin.id, "role_set", f"person:{person.id}", detail, now)
    return Change(_card(unit, admin, person), is_changed=True)


def choose_move(unit: Unit, chat_id: int, person_id: int, page: int) -> MoveChoice:
    """The departments a person could be put into."""
    require(unit, chat_id, Role.ADMIN)
    return MoveChoice(_find(unit, person_id), tuple(unit.people.list_departments()), page)


def move(unit: Unit, chat_id: int, person_id: int, department_id: int, *, now: datetime) -> Change:
    """Put a person into a department; raises StaleTap for a forged id."""
    admin = require(unit, chat_id, Role.ADMIN)
    person, department = _find(unit, person_id), _find_department(unit, department_id)
    if person.department_id == department.id:
        return Change(_card(unit, admin, person), is_changed=False)
    unit.people.move(person.id, department.id)
    detail: dict[str, object] = {"from": person.department_id, "to": department.id}
    unit.house.record(admin.id, "person_moved", f"person:{person.id}", detail, now)
    return Change(_card(unit, admin, person), is_changed=True)


def set_active(
    unit: Unit, chat_id: int, person_id: int, *, is_active: bool, now: datetime
) -> Change:
    """Deactivate, which keeps the record and stops what is on its way, or bring back.

    Raises LastAdmin, StaleTap for a forged id.
    """
    unit.people.lock_admins()
    admin = require(unit, chat_id, Role.ADMIN)
    person = _find(unit, person_id)
    if person.is_active is is_active:
        return Change(_card(unit, admin, person), is_changed=False)
    if not is_active:
        _keep_an_admin(unit, person)
        unit.deliveries.cancel_for(person.id, "deactivated")
        unit.prompts.drop(person.chat_id)
    unit.people.set_active(person.id, is_active=is_active)
    action = "person_activated" if is_active else "person_deactivated"
    unit.house.record(admin.id, action, f"person:{person.id}", {}, now)
    return Change(_card(unit, admin, person), is_changed=True)


def _find(unit: Unit, person_id: int) -> PersonRow:
    person = unit.people.find(person_id)
    if person is None:
        raise StaleTap
    return person


def _find_department(unit: Unit, department_id: int) -> DepartmentRow:
    department = unit.people.find_department(department_id)
    if department is None:
        raise StaleTap
    return department


def _keep_an_admin(unit: Unit, leaving: PersonRow) -> None:
    """The last admin stays one: the caller holds the lock that makes the count hold."""
    if may(leaving, Role.ADMIN) and unit.people.count_admins() == 1:
        raise LastAdmin


def _card(unit: Unit, admin: PersonRow, person: PersonRow) -> Card:
    """The card as the database has it now, changes of this transaction included."""
    may_change = may(unit.people.get(admin.id), Role.ADMIN)
    page = unit.people.count_before(person.id) // PEOPLE_A_PAGE
    return Card(unit.people.get(person.id), page, may_change)
