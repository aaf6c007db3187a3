"""Buttons and pages as all features lay them out."""

from __future__ import annotations

from collections.abc import Callable

from bot.callbacks import Tap, pack
from bot.screen import Button
from bot.texts import label

Row = tuple[Button, ...]


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
        row.append(button("common.button_previous", turn(page - 1)))
    if page < pages - 1:
        row.append(button("common.button_next", turn(page + 1)))
    return (tuple(row),) if row else ()
