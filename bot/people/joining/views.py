"""Screens on the way in."""

from __future__ import annotations

from bot.keyboards import button
from bot.people import keyboards
from bot.people.departments.taps import ListDepartments
from bot.people.invites.taps import InviteTo
from bot.people.joining.service import (
    AskDepartmentName,
    AskName,
    ChooseDepartment,
    ConfirmName,
    HowToJoin,
    Step,
    Welcome,
)
from bot.people.joining.taps import ChangeName, ConfirmJoin, JoinDepartment, TurnJoin
from bot.screen import Screen
from bot.texts import Markup, text
from storage.states import Role

_WELCOME = {
    Role.STAFF: "people.next_staff",
    Role.TRAINER: "people.next_trainer",
    Role.ADMIN: "people.next_admin",
}


def step(result: Step) -> Screen:
    """The screen of wherever someone is on the way in."""
    match result:
        case HowToJoin():
            return Screen(text("people.how_to_join", notice=_notice()))
        case AskDepartmentName():
            return Screen(text("people.ask_first_department", notice=_notice()))
        case ChooseDepartment():
            return choose_department(result)
        case AskName(department, is_again):
            if is_again:
                return Screen(text("people.ask_name_again"))
            return Screen(text("people.ask_name", notice=_notice(), department=department))
        case ConfirmName():
            return confirm_name(result)
        case Welcome():
            return welcome(result)


def choose_department(result: ChooseDepartment) -> Screen:
    """The departments to join."""
    rows = keyboards.departments(
        result.departments, result.page, lambda row: JoinDepartment(row.id), TurnJoin
    )
    return Screen(text("people.choose_department", notice=_notice()), rows)


def confirm_name(result: ConfirmName) -> Screen:
    """张三，法规处，对吗？"""
    said = text("people.confirm_name", name=result.name, department=result.department)
    yes = button("people.button_yes", ConfirmJoin(result.asked))
    no = button("people.button_change_name", ChangeName(result.asked))
    return Screen(said, ((yes, no),))


def welcome(result: Welcome) -> Screen:
    """What someone who has joined can do next."""
    person = result.person
    key = "people.welcome" if result.is_new else "people.welcome_back"
    department = person.department or text("people.no_department")
    lines = [text(key, name=person.name, department=department), "", text(_WELCOME[person.role])]
    if result.is_code_spare:
        lines.insert(1, text("people.code_spare"))
    if person.role is not Role.ADMIN:
        return Screen("\n".join(lines))
    invite = button("people.button_invite", InviteTo(0))
    departments = button("people.button_departments", ListDepartments(0))
    return Screen("\n".join(lines), ((invite, departments),))


def _notice() -> Markup:
    return text("people.notice")
