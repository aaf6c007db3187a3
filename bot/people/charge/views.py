"""Screens of what trainers answer for."""

from __future__ import annotations

from dataclasses import replace

from bot.keyboards import button
from bot.people import keyboards
from bot.people.charge.service import Charge
from bot.people.charge.taps import SetCharge, ShowCharge
from bot.people.roster.taps import ShowPerson
from bot.screen import Screen
from bot.texts import label, text
from storage.repositories.people import DepartmentRow


def charge(result: Charge) -> Screen:
    """All departments, to mark those a trainer answers for."""
    person = result.person
    rows = keyboards.departments(
        [_marked(row, is_given=row.id in result.given) for row in result.departments],
        result.page,
        lambda row: SetCharge(person.id, row.id, int(row.id not in result.given), result.page),
        lambda page: ShowCharge(person.id, page),
    )
    back = button("common.button_back", ShowPerson(person.id))
    return Screen(text("people.charge", name=person.name, given=names(result)), (*rows, (back,)))


def _marked(row: DepartmentRow, *, is_given: bool) -> DepartmentRow:
    key = "people.charge_on" if is_given else "people.charge_off"
    return replace(row, name=label(key, name=row.name))


def names(result: Charge) -> str:
    """The departments a trainer answers for, in words."""
    given = [row.name for row in result.departments if row.id in result.given]
    if given:
        return label("people.charge_given", names="、".join(given))
    own = result.person.department or label("people.no_department")
    return label("people.charge_none", department=own)
