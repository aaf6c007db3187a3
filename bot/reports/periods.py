"""Which days a report looks at, and how it divides them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from bot.texts import label
from storage.repositories.windows import Days


class Period(StrEnum):
    """What one may choose; those that are not over end today."""

    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last_month"
    QUARTER = "quarter"
    YEAR = "year"
    LAST_YEAR = "last_year"


class Grain(StrEnum):
    """How long each point of a picture is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def days_of(period: Period, today: date) -> Days:
    """The days of a period."""
    match period:
        case Period.WEEK:
            return Days(today - timedelta(days=today.weekday()), today)
        case Period.MONTH:
            return Days(today.replace(day=1), today)
        case Period.LAST_MONTH:
            last = today.replace(day=1) - timedelta(days=1)
            return Days(last.replace(day=1), last)
        case Period.QUARTER:
            return Days(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), today)
        case Period.YEAR:
            return Days(date(today.year, 1, 1), today)
    return Days(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))


def name_of(period: Period, today: date) -> str:
    """2026年第48周, 2026年11月, 2026年第4季度 or 2026年."""
    days = days_of(period, today)
    first = days.first
    year, week, _ = first.isocalendar()
    match period:
        case Period.WEEK:
            return label("reports.name_week", year=year, week=week)
        case Period.MONTH | Period.LAST_MONTH:
            return label("reports.name_month", year=first.year, month=first.month)
        case Period.QUARTER:
            return label("reports.name_quarter", year=first.year, quarter=(first.month + 2) // 3)
    return label("reports.name_year", year=first.year)


def grain_for(days: Collection[date], most: int) -> Grain:
    """The finest grain that makes at most `most` points of these days."""
    for grain in (Grain.DAY, Grain.WEEK):
        if len(starts(days, grain)) <= most:
            return grain
    return Grain.MONTH


def start_of(day: date, grain: Grain) -> date:
    """The first day of the point that a day falls into."""
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain is Grain.MONTH else day


def starts(days: Collection[date], grain: Grain) -> list[date]:
    """The first days of all points from the first day to the last.

    Weeks and months without a round are among them, days are not: nobody expects any on Sundays.
    """
    if not days or grain is Grain.DAY:
        return sorted(set(days))
    at, last = start_of(min(days), grain), max(days)
    found = []
    while at <= last:
        found.append(at)
        at = start_of(at + timedelta(days=7 if grain is Grain.WEEK else 32), grain)
    return found


def point_label(start: date, grain: Grain) -> str:
    """11.23, 48周 or 11月."""
    if grain is Grain.WEEK:
        return label("reports.point_week", week=start.isocalendar().week)
    if grain is Grain.MONTH:
        return label("reports.point_month", month=start.month)
    return label("reports.point_day", month=start.month, day=start.day)
