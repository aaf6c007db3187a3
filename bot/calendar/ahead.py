"""What the calendar holds for plans: the coming days that are not as their weekday says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.plans.calendar import Calendar, is_weekend


@dataclass(frozen=True, slots=True)
class Turn:
    """A make-up workday, or days off in a row with their weekends and the workday after."""

    first: date
    last: date
    is_workday: bool
    resumes: date | None = None


def turns(calendar: Calendar, after: date, last: date) -> Iterator[Turn]:
    """The turns of the calendar from the day after one to another, in order."""
    day = after + timedelta(days=1)
    while day <= last:
        if not is_weekend(day) and not calendar.is_workday(day):
            turn = _rest(calendar, day, after)
            yield turn
            day = turn.last + timedelta(days=1)
            continue
        if is_weekend(day) and calendar.is_workday(day):
            yield Turn(day, day, is_workday=True)
        day += timedelta(days=1)


def _rest(calendar: Calendar, day: date, after: date) -> Turn:
    one = timedelta(days=1)
    first = last = day
    while first - one > after and not calendar.is_workday(first - one):
        first -= one
    while not calendar.is_workday(last + one):
        last += one
    return Turn(first, last, is_workday=False, resumes=last + one)


def runs(days: list[date]) -> list[tuple[date, date]]:
    """Days in order as first and last of each unbroken run."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and day == found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
