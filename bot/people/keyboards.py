"""Rows of buttons that several screens about people share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.callbacks import Tap, pack
from bot.keyboards import Row, page_count, pager
from bot.screen import Button
from storage.repositories.people import DepartmentRow

DEPARTMENTS_A_PAGE = 12
_COLUMNS = 2


def departments(
    rows: Sequence[DepartmentRow],
    page: int,
    pick: Callable[[DepartmentRow], Tap],
    turn: Callable[[int], Tap],
) -> tuple[Row, ...]:
    """A page of departments to pick from, two in a row; a page too far is the last one."""
    pages = page_count(len(rows), DEPARTMENTS_A_PAGE)
    page = min(page, pages - 1)
    shown = rows[page * DEPARTMENTS_A_PAGE : (page + 1) * DEPARTMENTS_A_PAGE]
    buttons = [Button(row.name, pack(pick(row))) for row in shown]
    lines = [tuple(buttons[at : at + _COLUMNS]) for at in range(0, len(buttons), _COLUMNS)]
    return (*lines, *pager(page, pages, turn))
