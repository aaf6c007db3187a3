"""Use cases of reports: for trainers and admins, over the departments they see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import BotError, StaleTap
from bot.guards import require
from bot.keyboards import page_count
from bot.reports.files.order import FileFormat, Order
from bot.reports.periods import Period, days_of, grain_for, name_of, point_label, start_of, starts
from bot.reports.pictures.charts import (
    MOST_COLUMNS,
    MOST_POINTS,
    MOST_ROWS,
    HeatMap,
    HeatRow,
    Point,
    Trend,
)
from bot.scope import scope_of
from bot.texts import label
from questions.ranking import MILLION
from storage.repositories.people import PersonRow
from storage.repositories.reports import Counts
from storage.repositories.windows import NO_DEPARTMENT, Days, Departments
from storage.states import DepartmentId, Role
from storage.unit import Unit

_NAMED: Final = 4  # departments that a heading names before it counts them


class NothingToSee(BotError):
    """A trainer without a department."""

    text_key = "reports.no_scope"


@dataclass(frozen=True, slots=True)
class Card:
    """What a period came to, for the choice of what to take along."""

    period: Period
    name: str
    days: Days
    scope: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class HeatPage:
    """One page of departments; pages count from 0."""

    period: Period
    shown: HeatMap
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Sight:
    """Who looks, at which days, over which departments."""

    person: PersonRow
    period: Period
    days: Days
    among: Departments
    names: Mapping[DepartmentId, str]
    scope: str


def read_card(unit: Unit, chat_id: int, period: str, *, today: date) -> Card:
    """The figures of a period; raises StaleTap for one there isn't."""
    sight = _look(unit, chat_id, period, today)
    sums = unit.reports.count_by_department(sight.days, sight.among)
    counts = sum(sums.values(), Counts())
    return Card(sight.period, name_of(sight.period, today), sight.days, sight.scope, counts)


def order_file(
    unit: Unit, chat_id: int, period: str, form: str, *, timezone: str, now: datetime
) -> Order:
    """What the file is to hold; that somebody takes it along is recorded."""
    made_at = now.astimezone(ZoneInfo(timezone))
    sight = _look(unit, chat_id, period, made_at.date())
    try:
        wanted = FileFormat(form)
    except ValueError as error:
        raise StaleTap from error
    detail = {
        "format": wanted.value,
        "first": sight.days.first.isoformat(),
        "last": sight.days.last.isoformat(),
        "departments": sorted(sight.among) if sight.among is not None else "all",
    }
    subject = f"report:{sight.period.value}"
    unit.house.record(sight.person.id, "report.export", subject, detail, now)
    name = name_of(sight.period, made_at.date())
    return Order(wanted, sight.days, sight.among, name, sight.scope, made_at)


def read_trend(unit: Unit, chat_id: int, period: str, *, today: date) -> Trend:
    """参与率 and 正确率 over the period, by days, weeks or months: as fine as can be read."""
    sight = _look(unit, chat_id, period, today)
    by_day: dict[date, Counts] = {}
    for day, _, counts in unit.reports.count_by_day(sight.days, sight.among):
        by_day[day] = by_day.get(day, Counts()) + counts
    grain = grain_for(by_day, MOST_POINTS)
    sums = {start: Counts() for start in starts(by_day, grain)}
    for day, counts in by_day.items():
        sums[start_of(day, grain)] += counts
    points = (
        Point(point_label(start, grain), rate(one.began, one.due), rate(one.right, one.answered))
        for start, one in sums.items()
    )
    overall = sum(by_day.values(), Counts())
    return Trend(
        title=label("reports.trend_title"),
        note=label(f"reports.trend_note_{grain.value}"),
        points=tuple(points),
        subtitle=_subtitle(sight, today),
        participation=rate(overall.began, overall.due),
        rate=rate(overall.right, overall.answered),
    )


def read_heat(unit: Unit, chat_id: int, period: str, page: int, *, today: date) -> HeatPage:
    """参与率 of each department over the period; one's own first, then in the house's order."""
    sight = _look(unit, chat_id, period, today)
    rows = unit.reports.count_by_day(sight.days, sight.among)
    days = {day for day, _, _ in rows}
    grain = grain_for(days, MOST_COLUMNS)
    columns = starts(days, grain)
    cells: dict[DepartmentId, dict[date, Counts]] = {}
    for day, which, counts in rows:
        line = cells.setdefault(which, {})
        start = start_of(day, grain)
        line[start] = line.get(start, Counts()) + counts
    own = sight.person.department_id
    order = sorted(cells, key=lambda which: (which != own, which == NO_DEPARTMENT, which))
    pages = page_count(len(order), MOST_ROWS)
    if not 0 <= page < pages:
        raise StaleTap
    heat_rows = (
        _heat_row(sight.names.get(which) or label("boards.department_none"), cells[which], columns)
        for which in order[page * MOST_ROWS : (page + 1) * MOST_ROWS]
    )
    shown = HeatMap(
        title=label("reports.heat_title"),
        note=label(f"reports.heat_note_{grain.value}"),
        columns=tuple(point_label(start, grain) for start in columns),
        rows=tuple(heat_rows),
        subtitle=_subtitle(sight, today),
    )
    return HeatPage(sight.period, shown, page, pages)


def rate(part: int, whole: int) -> int | None:
    """A share per million; None where there is no whole."""
    return min(part * MILLION // whole, MILLION) if whole else None


def _heat_row(name: str, cells: Mapping[date, Counts], columns: list[date]) -> HeatRow:
    found = [cells.get(start, Counts()) for start in columns]
    total = sum(found, Counts())
    values = tuple(rate(counts.began, counts.due) for counts in found)
    return HeatRow(name, values, rate(total.began, total.due))


def _look(unit: Unit, chat_id: int, period: str, today: date) -> _Sight:
    person = require(unit, chat_id, Role.TRAINER)
    try:
        wanted = Period(period)
    except ValueError as error:
        raise StaleTap from error
    among = scope_of(unit, person).departments
    if among is not None and not among:
        raise NothingToSee
    listed = unit.reports.list_departments(among)
    names = {which: name for which, name, _ in listed}
    return _Sight(person, wanted, days_of(wanted, today), among, names, _scope(among, names))


def _scope(among: Departments, names: Mapping[DepartmentId, str]) -> str:
    if among is None:
        return label("reports.scope_all")
    listed = list(names.values())
    if len(listed) <= _NAMED:
        return "、".join(listed)
    return label("reports.scope_many", names="、".join(listed[:_NAMED]), count=len(listed))


def _subtitle(sight: _Sight, today: date) -> str:
    name = name_of(sight.period, today)
    return label("reports.picture_subtitle", scope=sight.scope, period=name)
