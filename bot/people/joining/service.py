"""Use cases of joining; only a yes to the shown name joins and takes a use of the invite."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import NotJoined, StaleTap
from bot.people.errors import (
    DepartmentRefused,
    InviteExpired,
    InviteUnknown,
    InviteUsedUp,
    JoinLapsed,
    NameRefused,
)
from bot.people.invites.codes import digest
from bot.people.joining import state
from bot.people.joining.state import Door, Joining
from bot.people.names import clean_department, clean_name
from bot.people.service import find_member
from storage.repositories.invites import InviteRow
from storage.repositories.people import DepartmentRow, PersonRow
from storage.states import DepartmentId, Role
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class HowToJoin:
    """Nobody we know, with nothing to come in by."""


@dataclass(frozen=True, slots=True)
class AskDepartmentName:
    """The first admin names the first department."""


@dataclass(frozen=True, slots=True)
class ChooseDepartment:
    """Someone picks the department they work in."""

    departments: tuple[DepartmentRow, ...]
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskName:
    """Someone is to say their name."""

    department: str
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmName:
    """Someone is to say yes to what they will be known by."""

    name: str
    department: str
    asked: int


@dataclass(frozen=True, slots=True)
class Welcome:
    """Someone has joined, now or long ago; `is_code_spare` where a code came for nothing."""

    person: PersonRow
    is_new: bool
    is_code_spare: bool = False


Step = HowToJoin | AskDepartmentName | ChooseDepartment | AskName | ConfirmName | Welcome


def begin(unit: Unit, chat_id: int, code: str | None, door: Door, *, now: datetime) -> Step:
    """/start: who is there, and by which way may they come in?

    Raises Deactivated; InviteUnknown, InviteExpired or InviteUsedUp for a code that won't do.
    """
    person = find_member(unit, chat_id)
    if person is not None:
        return _welcome_back(unit, person, code, door, now)
    if chat_id in door.admins:
        return _ask_department(unit, chat_id, now)
    if code is not None:
        invite = _check_invite(unit.invites.find(digest(code)), now)
        return _ask_name(unit, chat_id, Joining(invite.department_id, digest(code)), now)
    departments = unit.people.list_departments() if door.is_open else []
    return ChooseDepartment(tuple(departments)) if departments else HowToJoin()


def turn_departments(unit: Unit, chat_id: int, page: int, door: Door) -> Step:
    """Another page of departments to choose from; raises NotJoined where nobody may choose."""
    person = find_member(unit, chat_id)
    if person is not None:
        return Welcome(person, is_new=False)
    _check_door(chat_id, door)
    return ChooseDepartment(tuple(unit.people.list_departments()), page)


def name_department(
    unit: Unit, chat_id: int, typed: str, door: Door, *, update_id: int, now: datetime
) -> Step:
    """The first admin's first department; raises DepartmentRefused."""
    person = find_member(unit, chat_id)
    if person is not None:
        return Welcome(person, is_new=False)
    if chat_id not in door.admins:
        raise NotJoined
    name = clean_department(typed)
    if name is None:
        raise DepartmentRefused
    department_id = unit.people.add_department(name, now)
    if unit.house.is_first(update_id, now):
        detail: dict[str, object] = {"name": name, "chat_id": chat_id}
        unit.house.record(None, "department_added", f"department:{department_id}", detail, now)
    return _ask_name(unit, chat_id, Joining(department_id), now)


def choose_department(
    unit: Unit, chat_id: int, department_id: int, door: Door, *, now: datetime
) -> Step:
    """A department is picked; raises NotJoined where nobody may pick, StaleTap on a forged id."""
    person = find_member(unit, chat_id)
    if person is not None:
        return Welcome(person, is_new=False)
    _check_door(chat_id, door)
    department = unit.people.find_department(department_id)
    if department is None:
        raise StaleTap
    return _ask_name(unit, chat_id, Joining(department.id), now)


def give_name(unit: Unit, chat_id: int, typed: str, *, update_id: int, now: datetime) -> Step:
    """A name is typed, to be shown and confirmed; raises NameRefused."""
    person = find_member(unit, chat_id)
    if person is not None:
        return Welcome(person, is_new=False)
    joining = _get(unit, chat_id)
    if unit.house.is_first(update_id, now):
        name = clean_name(typed)
        if name is None:
            raise NameRefused
        joining = replace(joining, name=name, asked=update_id)
        state.put(unit, chat_id, joining, now)
    department = _department(unit, joining.department_id)
    if joining.name is None:
        return AskName(department)
    return ConfirmName(joining.name, department, joining.asked)


def change_name(unit: Unit, chat_id: int, asked: int, *, now: datetime) -> Step:
    """No to the shown name: ask again; raises JoinLapsed where that name is not the question."""
    person = find_member(unit, chat_id)
    if person is not None:
        return Welcome(person, is_new=False)
    joining = _get(unit, chat_id)
    if joining.asked != asked:
        raise JoinLapsed
    state.put(unit, chat_id, joining, now)
    return AskName(_department(unit, joining.department_id), is_again=True)


def confirm(unit: Unit, chat_id: int, asked: int, door: Door, *, now: datetime) -> Welcome:
    """Yes: join, and take one use of the invite; both or neither.

    Raises JoinLapsed where another name or none is being asked, an invite's error where it was
    used up or has expired meanwhile, NotJoined where the door is no longer open.
    """
    person = find_member(unit, chat_id)
    if person is not None:
        return Welcome(person, is_new=False)
    joining = state.find(unit, chat_id)
    if joining is None:  # another tap of the same chat may have joined a moment ago
        return Welcome(_known(unit, chat_id), is_new=False)
    if joining.name is None or joining.asked != asked:
        raise JoinLapsed
    is_listed = chat_id in door.admins
    if joining.invite_hash is None:
        _check_door(chat_id, door)
    role = Role.ADMIN if is_listed else Role.STAFF
    person_id = unit.people.add_once(chat_id, joining.name, joining.department_id, role, now)
    if person_id is None:
        return Welcome(_known(unit, chat_id), is_new=False)
    if joining.invite_hash is not None and not is_listed:
        _take_invite(unit, joining.invite_hash, now)
    unit.prompts.drop(chat_id)
    way = "settings" if is_listed else "invite" if joining.invite_hash else "open"
    unit.house.record(person_id, "joined", f"person:{person_id}", {"way": way}, now)
    return Welcome(unit.people.get(person_id), is_new=True)


def _known(unit: Unit, chat_id: int) -> PersonRow:
    person = find_member(unit, chat_id)
    if person is None:
        raise JoinLapsed
    return person


def _welcome_back(
    unit: Unit, person: PersonRow, code: str | None, door: Door, now: datetime
) -> Welcome:
    if person.unreachable_at is not None:
        unit.people.mark_reachable(person.id)
    if person.chat_id in door.admins and person.role is not Role.ADMIN:
        unit.people.set_role(person.id, Role.ADMIN)
        detail: dict[str, object] = {"from": person.role, "to": Role.ADMIN, "way": "settings"}
        unit.house.record(person.id, "role_set", f"person:{person.id}", detail, now)
    person = unit.people.get(person.id)
    return Welcome(person, is_new=False, is_code_spare=code is not None)


def _ask_department(unit: Unit, chat_id: int, now: datetime) -> Step:
    departments = unit.people.list_departments()
    if departments:
        return ChooseDepartment(tuple(departments))
    unit.prompts.put(chat_id, state.DEPARTMENT, {}, now)
    return AskDepartmentName()


def _ask_name(unit: Unit, chat_id: int, joining: Joining, now: datetime) -> AskName:
    state.put(unit, chat_id, joining, now)
    return AskName(_department(unit, joining.department_id))


def _check_door(chat_id: int, door: Door) -> None:
    if not door.is_open and chat_id not in door.admins:
        raise NotJoined


def _check_invite(invite: InviteRow | None, now: datetime) -> InviteRow:
    if invite is None:
        raise InviteUnknown
    if invite.max_uses is not None and invite.uses >= invite.max_uses:
        raise InviteUsedUp
    if invite.expires_at <= now:
        raise InviteExpired
    return invite


def _take_invite(unit: Unit, invite_hash: str, now: datetime) -> None:
    invite = _check_invite(unit.invites.find(invite_hash), now)
    if not unit.invites.consume(invite.id, now):
        raise InviteUsedUp  # by someone who was a moment faster


def _get(unit: Unit, chat_id: int) -> Joining:
    joining = state.find(unit, chat_id)
    if joining is None:
        raise JoinLapsed
    return joining


def _department(unit: Unit, department_id: DepartmentId) -> str:
    department = unit.people.find_department(department_id)
    if department is None:
        raise JoinLapsed
    return department.name
