"""Screens of one's own record: rounds, and the questions of a round."""

from __future__ import annotations

from bot.boards.record import Record, RoundDetail, RoundLine
from bot.boards.taps import ShowMe, ShowRecord, ShowRound
from bot.daily.taps import Next
from bot.keyboards import Row, button, pager
from bot.screen import Screen
from bot.texts import Markup, label, text
from bot.texts.dates import day_label
from storage.repositories.totals import ItemLine

A_ROW = 4


def record(result: Record) -> Screen:
    """A page of rounds with a button to each."""
    me: Row = (button("boards.button_me", ShowMe()),)
    if not result.lines:
        return Screen(text("boards.record_none"), (me,))
    said = text(
        "boards.record",
        points=result.points,
        offered=result.offered,
        right=result.right,
        answered=result.answered,
        lines=Markup("\n".join(_line(n, line) for n, line in enumerate(result.lines, 1))),
    )
    rounds = tuple(
        button("boards.button_round", ShowRound(line.round_id, result.page), number=number)
        for number, line in enumerate(result.lines, 1)
    )
    return Screen(said, (*_rows(rounds), *pager(result.page, result.pages, ShowRecord), me))


def round_(result: RoundDetail) -> Screen:
    """The questions of a round with buttons to their verdicts."""
    line = result.line
    said = text(
        "boards.round",
        day=day_label(line.day),
        plan=line.plan,
        points=line.points,
        offered=line.offered,
        right=line.right,
        answered=line.answered,
        notes=_notes(line),
        items=Markup("\n".join(_item(item) for item in result.items)),
    )
    looks: Row = ()
    if result.sitting_id is not None:
        looks = tuple(
            button(
                "boards.button_look",
                Next(result.sitting_id, item.position),
                number=item.position + 1,
            )
            for item in result.items
            if item.outcome is not None
        )
    back = button("boards.button_back", ShowRecord(result.page))
    return Screen(said, (*_rows(looks), (back,)))


def _line(number: int, line: RoundLine) -> Markup:
    return text(
        "boards.record_line",
        number=number,
        day=day_label(line.day),
        plan=line.plan,
        points=line.points,
        offered=line.offered,
        right=line.right,
        answered=line.answered,
        notes=_notes(line),
    )


def _notes(line: RoundLine) -> str:
    notes = [label("boards.record_leave")] if line.is_leave else []
    for count, key in (
        (line.missed, "boards.record_missed"),
        (line.open, "boards.record_open"),
        (0 if line.is_leave else line.uncounted, "boards.record_uncounted"),
        (line.voided, "boards.record_voided"),
    ):
        if count:
            notes.append(label(key, count=count))
    return "".join(notes)


def _item(item: ItemLine) -> Markup:
    if item.is_voided and item.offered:
        key = "boards.item_voided"
    elif item.outcome is not None:
        key = f"boards.item_{item.outcome.value}"
    else:
        key = "boards.item_missed" if item.offered else "boards.item_unanswered"
    return text(key, number=item.position + 1, points=item.points, offered=item.offered)


def _rows(buttons: Row) -> tuple[Row, ...]:
    return tuple(buttons[at : at + A_ROW] for at in range(0, len(buttons), A_ROW))
