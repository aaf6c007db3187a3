"""When digests are due: 08:30 on the first workday of a week or month, for the one before."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from bot.plans.calendar import HORIZON_DAYS, Calendar, local_day, moment
from bot.reports.stretches import Stretch, stretch_of
from questions.periods import Span
from storage.repositories.participation_rolls import Basis, Window
from storage.unit import Unit

KIND: Final = "digest"
AT: Final = time(8, 30)


def plan(unit: Unit, timezone: str, *, now: datetime) -> None:
    """Have the week or month that is over told; harmless to repeat.

    Started later in the week or month, the bot tells it then.
    """
    today = local_day(now, timezone)
    calendar = Calendar(unit.plans.read_calendar())
    for span in (Span.WEEK, Span.MONTH):
        here = stretch_of(span, today)
        first = _first_workday(calendar, here)
        if first is None or today < first or not _has_rounds(unit, here.before):
            continue
        due_at = max(now, moment(first, AT, timezone))
        unit.notices.add(f"{KIND}:{here.before.period}", due_at)


def _first_workday(calendar: Calendar, here: Stretch) -> date | None:
    """None in a week of holidays: its digest comes with no other week's."""
    days = (here.first + timedelta(days=offset) for offset in range(HORIZON_DAYS))
    return next((day for day in days if day <= here.last and calendar.is_workday(day)), None)


def _has_rounds(unit: Unit, over: Stretch) -> bool:
    sums = unit.participation.list_sums(Window(over.days, None), Basis())
    return any(each.counts.due for each in sums)
