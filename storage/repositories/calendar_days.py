"""Days an admin has marked as off or as workdays; the library's come after them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, select

from storage.repositories.upsert import insert_for
from storage.tables import calendar_days

_LONGEST_NOTE = 128


@dataclass(frozen=True, slots=True)
class DayRow:
    """One marked day; `year` is that of the notice it came with, `name` its holiday."""

    day: date
    is_workday: bool
    year: int
    name: str


class CalendarDays:
    """Statements about marked days."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_between(self, first: date, last: date) -> list[DayRow]:
        """Marked days from the first to the last, in order."""
        return self._list(calendar_days.c.day.between(first, last))

    def list_from(self, year: int) -> list[DayRow]:
        """The days that came with a year's notice, in order."""
        return self._list(calendar_days.c.note.startswith(f"{year} ", autoescape=True))

    def list_on(self, days: Collection[date]) -> list[DayRow]:
        """Those of these days that are marked, in order."""
        return self._list(calendar_days.c.day.in_(days))

    def _list(self, where: ColumnElement[bool]) -> list[DayRow]:
        statement = select(calendar_days).where(where).order_by(calendar_days.c.day)
        return [_row(*row) for row in self._connection.execute(statement)]

    def put(self, rows: Sequence[DayRow]) -> None:
        """Mark days; one marked before is what it is said to be now."""
        if not rows:
            return
        statement = insert_for(self._connection, calendar_days).values(
            [
                {
                    "day": row.day,
                    "is_workday": row.is_workday,
                    "note": f"{row.year} {row.name}"[:_LONGEST_NOTE],
                }
                for row in rows
            ]
        )
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[calendar_days.c.day],
                set_={
                    "is_workday": statement.excluded.is_workday,
                    "note": statement.excluded.note,
                },
            )
        )

    def drop(self, days: Collection[date]) -> None:
        """Forget what was said of these days."""
        self._connection.execute(delete(calendar_days).where(calendar_days.c.day.in_(days)))


def _row(day: date, is_workday: bool, note: str) -> DayRow:
    """A note that no notice wrote is a name alone; its year is the day's."""
    year, _, name = note.partition(" ")
    if not year.isdecimal():
        return DayRow(day, is_workday, day.year, note)
    return DayRow(day, is_workday, int(year), name)
