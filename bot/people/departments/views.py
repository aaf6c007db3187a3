"""Screens of the list of departments."""

from __future__ import annotations

from bot.keyboards import button, page_count
from bot.people import keyboards
from bot.people.departments.service import Listing
from bot.people.departments.taps import AddDepartment, ListDepartments, RenameDepartment
from bot.people.keyboards import DEPARTMENTS_A_PAGE
from bot.screen import Button, Screen
from bot.texts import Markup, text
from storage.repositories.people import DepartmentRow


def listing(result: Listing) -> Screen:
    """A page of departments with their sizes, each a button to rename it."""
    add = (button("people.button_add_department", AddDepartment()),)
    if not result.departments:
        return Screen(text("people.departments_none"), (add,))
    pages = page_count(len(result.departments), DEPARTMENTS_A_PAGE)
    page = min(result.page, pages - 1)
    shown = result.departments[page * DEPARTMENTS_A_PAGE : (page + 1) * DEPARTMENTS_A_PAGE]
    lines = [text("people.department_line", name=row.name, size=row.size) for row in shown]
    said = text(
        "people.departments",
        count=len(result.departments),
        people=sum(row.size for row in result.departments),
        lines=Markup("\n".join(lines)),
        page=page + 1,
        pages=pages,
    )
    rows = keyboards.departments(
        result.departments, page, lambda row: RenameDepartment(row.id), ListDepartments
    )
    return Screen(said, (*rows, add))


def ask_new() -> Screen:
    """What is the new department called?"""
    return Screen(text("people.ask_department"), ((_back(),),))


def ask_rename(department: DepartmentRow) -> Screen:
    """What shall it be called from now on?"""
    return Screen(text("people.ask_rename", name=department.name), ((_back(),),))


def _back() -> Button:
    return button("common.button_back", ListDepartments(0))
