"""Screens of the admins' list of people."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.callbacks import pack
from bot.keyboards import Row, button, page_count, pager
from bot.people import keyboards
from bot.people.charge.taps import ShowCharge
from bot.people.roster.service import PEOPLE_A_PAGE, Card, Change, MoveChoice, PeoplePage
from bot.people.roster.taps import (
    FilterPeople,
    ListPeople,
    MovePerson,
    MoveTo,
    SetActive,
    SetRole,
    ShowPerson,
)
from bot.preferences.taps import AskGrant
from bot.screen import Button, Screen
from bot.texts import label, text
from storage.repositories.people import DepartmentRow, PersonRow
from storage.states import Role

_ROLES = {
    Role.STAFF: "people.role_staff",
    Role.TRAINER: "people.role_trainer",
    Role.ADMIN: "people.role_admin",
}


def people(result: PeoplePage) -> Screen:
    """A page of people, each a button to their card."""
    department = result.department.id if result.department is not None else 0
    scope = result.department.name if result.department is not None else text("people.scope_all")
    pages = page_count(result.total, PEOPLE_A_PAGE)
    said = text("people.list", scope=scope, total=result.total, page=result.page + 1, pages=pages)
    rows = [(Button(_line(person), pack(ShowPerson(person.id))),) for person in result.people]
    turns = pager(result.page, pages, lambda page: ListPeople(page, department))
    return Screen(said, (*rows, *turns, (button("people.button_filter", FilterPeople(0)),)))


def choose_filter(departments: Sequence[DepartmentRow], page: int) -> Screen:
    """The departments to see the people of."""
    rows = keyboards.departments(
        departments, page, lambda row: ListPeople(0, row.id), FilterPeople
    )
    everyone = button("people.button_all", ListPeople(0, 0))
    return Screen(text("people.choose_filter"), (*rows, (everyone,)))


def card(result: Card, timezone: str) -> Screen:
    """One person with what may be changed."""
    person = result.person
    said = text(
        "people.card",
        name=person.name,
        department=person.department or label("people.no_department"),
        role=label(_ROLES[person.role]),
        joined=f"{person.joined_at.astimezone(ZoneInfo(timezone)):%Y-%m-%d}",
        state=label(_state(person)),
    )
    return Screen(said, _changes(result) if result.may_change else ())


def changed(result: Change, timezone: str) -> Screen:
    """The card after a change."""
    return card(result.card, timezone)


def toast(result: Change) -> str:
    """What the tap is answered with."""
    return label("people.toast_saved" if result.is_changed else "people.toast_unchanged")


def choose_move(result: MoveChoice) -> Screen:
    """The departments to put a person into."""
    person = result.person
    rows = keyboards.departments(
        [row for row in result.departments if row.id != person.department_id],
        result.page,
        lambda row: MoveTo(person.id, row.id),
        lambda page: MovePerson(person.id, page),
    )
    back = button("common.button_back", ShowPerson(person.id))
    return Screen(text("people.choose_move", name=person.name), (*rows, (back,)))


def told_role(person: PersonRow) -> Screen:
    """A person's new role, told to them."""
    return Screen(text("people.told_role", role=label(_ROLES[person.role])))


def told_department(person: PersonRow) -> Screen:
    """A person's new department, told to them."""
    return Screen(text("people.told_department", department=person.department or ""))


def told_active(person: PersonRow) -> Screen:
    """That a person is out, or back."""
    return Screen(text("people.told_active" if person.is_active else "people.told_inactive"))


def _line(person: PersonRow) -> str:
    parts = [person.name, person.department or label("people.no_department")]
    if person.role is not Role.STAFF:
        parts.append(label(_ROLES[person.role]))
    if not person.is_active or person.unreachable_at is not None:
        parts.append(label(_state(person)))
    return " · ".join(parts)


def _state(person: PersonRow) -> str:
    if not person.is_active:
        return "people.state_inactive"
    if person.unreachable_at is not None:
        return "people.state_unreachable"
    return "people.state_active"


def _changes(result: Card) -> tuple[Row, ...]:
    person = result.person
    back = (button("people.button_list", ListPeople(result.page, 0)),)
    if not person.is_active:
        return ((button("people.button_activate", SetActive(person.id, 1)),), back)
    roles = tuple(
        button("people.button_role", SetRole(person.id, role.value), role=label(key))
        for role, key in _ROLES.items()
        if role is not person.role
    )
    move = button("people.button_move", MovePerson(person.id, 0))
    leave = button("people.button_deactivate", SetActive(person.id, 0))
    absence = button("preferences.button_grant", AskGrant(person.id))
    if person.role is Role.TRAINER:
        charge = button("people.button_charge", ShowCharge(person.id, 0))
        return (roles, (move, leave), (absence, charge), back)
    return (roles, (move, leave), (absence,), back)
