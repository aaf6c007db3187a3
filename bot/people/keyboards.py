"""Rows of buttons that several screens about people share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.callbacks import Tap, pack
from bot.screen import Button
from bot.texts import label
from storage.repositories.people import DepartmentRow

Row = tuple[Button, ...]
DEPARTMENTS_A_PAGE = 12
_COLUMNS = 2


def button(key: str, tap: Tap, **values: object) -> Button:
    """A button with the text of a key."""
    return Button(label(key, **values), pack(tap))


def page_count(size: int, a_page: int) -> int:
    """How many pages there are; at least one."""
    return max(1, -(-size // a_page))


def pager(page: int, pages: int, turn: Callable[[int], Tap]) -> tuple[Row, ...]:
    """The row that leads to the pages before and after, if there are any."""
    row: list[Button] = []
    if page > 0:
        row.append(button("people.button_previous", turn(page - 1)))
    if page < pages - 1:
        row.append(button("people.button_next", turn(page + 1)))
    return (tuple(row),) if row else ()


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
