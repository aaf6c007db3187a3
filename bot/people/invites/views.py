"""Screens of inviting."""

from __future__ import annotations

from collections.abc import Sequence

from bot.keyboards import button
from bot.people import keyboards
from bot.people.departments.taps import AddDepartment
from bot.people.invites.service import Invitation, Reach
from bot.people.invites.taps import ChooseReach, EndInvite, InviteTo, MakeInvite
from bot.screen import Screen
from bot.texts import text
from bot.texts.dates import moment_label
from storage.repositories.people import DepartmentRow


def choose_department(departments: Sequence[DepartmentRow], page: int) -> Screen:
    """The departments to invite someone into."""
    if not departments:
        add = button("people.button_add_department", AddDepartment())
        return Screen(text("people.invite_no_department"), ((add,),))
    rows = keyboards.departments(departments, page, lambda row: ChooseReach(row.id), InviteTo)
    return Screen(text("people.invite_department"), rows)


def choose_reach(department: DepartmentRow) -> Screen:
    """One person or all of the department?"""
    one = button("people.button_invite_one", MakeInvite(department.id, Reach.ONE.value))
    many = button("people.button_invite_many", MakeInvite(department.id, Reach.MANY.value))
    back = button("common.button_back", InviteTo(0))
    return Screen(
        text("people.invite_reach", department=department.name), ((one,), (many,), (back,))
    )


def made(result: Invitation | None, bot_username: str, timezone: str) -> Screen:
    """The link and the code, this once."""
    again = button("people.button_invite_again", InviteTo(0))
    if result is None:
        return Screen(text("people.invite_shown"), ((again,),))
    key = "people.invite_one" if result.reach is Reach.ONE else "people.invite_many"
    said = text(
        key,
        department=result.department.name,
        link=f"https://t.me/{bot_username}?start={result.code}",
        code=result.code,
        until=moment_label(result.expires_at, timezone),
    )
    return Screen(said, ((button("people.button_end_invite", EndInvite(result.id)), again),))


def ended() -> Screen:
    """The invite is over."""
    again = button("people.button_invite_again", InviteTo(0))
    return Screen(text("people.invite_ended"), ((again,),))
