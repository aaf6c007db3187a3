"""Word to admins that next year's 调休 is not known yet: once in November and once in December."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.banks.notices import Source, Word
from bot.calendar import views
from bot.plans.calendar import Calendar, local_day, moment
from storage.states import Role
from storage.unit import Unit

KIND = "calendar"
MONTHS = (11, 12)
FROM_DAY = 10  # the notice of a year comes out early in November
AT = time(9, 0)


def warn(unit: Unit, timezone: str, *, now: datetime) -> None:
    """On the first workday from the 10th on, have admins told; harmless to repeat."""
    today = local_day(now, timezone)
    if today.month not in MONTHS or today.day < FROM_DAY:
        return
    calendar = Calendar(unit.plans.read_calendar())
    if is_settled(unit, calendar, today.year + 1) or today < _first_workday(calendar, today):
        return
    due_at = max(now, moment(today, AT, timezone))
    unit.notices.add(f"{KIND}:{today.year + 1}:{today.month}", due_at)


def _first_workday(calendar: Calendar, today: date) -> date:
    day = today.replace(day=FROM_DAY)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return day


def is_settled(unit: Unit, calendar: Calendar, year: int) -> bool:
    """Whether the year's 调休 is known; a notice may also say that there is none."""
    return calendar.is_known(year) or bool(unit.calendar.list_from(year))


def _words(unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    year, _, month = subject.partition(":")
    calendar = Calendar(unit.plans.read_calendar())
    if is_settled(unit, calendar, int(year)):
        return []
    plans = [plan for plan in unit.plans.list_all() if plan.is_active and plan.ended_at is None]
    screen = views.unknown(int(year), int(month), [plan.name for plan in plans])
    admins = unit.people.list_by_role(Role.ADMIN)
    return [
        Word(admin.id, admin.chat_id, screen)
        for admin in admins
        if admin.id > after and admin.unreachable_at is None
    ][:limit]


WORDS: dict[str, Source] = {KIND: _words}
