"""Dates and spans of hours in the ways people type them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from bot.plans.errors import Refused
from bot.texts.dates import day_label

_DATE: Final = (
    r"(?:(?P<year{n}>\d{{4}})[-/.年])?(?P<month{n}>\d{{1,2}})[-/.月](?P<day{n}>\d{{1,2}})[日号]?"
)
_SPAN: Final = re.compile(
    _DATE.format(n="1")
    + r"(?:(?:至|到|~|∼|〜|–|—|−|-|…|\.{2,})+"
    + f"(?:{_DATE.format(n='2')}|"
    + r"(?P<only>\d{1,2})[日号]?))?"
)
_SOON: Final = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_HOURS: Final = re.compile(r"(?P<number>\d{1,3})个?(?P<unit>小时|时|h|天|日)?")
_DIGITS: Final = str.maketrans("一二两三四五六七八九", "1223456789")
_BARE: Final = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")  # 20261204
RECENT: Final = timedelta(days=90)  # a day so shortly past is a slip, not next year's
MOST_HOURS: Final = 720
MOST_YEARS: Final = 2  # ahead; further is a slip of the finger
LONGEST: Final = 40


def read_days(said: str, today: date) -> tuple[date, date] | None:
    """The first and last day typed, or None where it isn't a date.

    Without a year this year's is meant, or next year's where that is long over. Raises Refused
    where a day is past, doesn't exist, or the order is wrong.
    """
    typed = _folded(said)
    if typed in _SOON:
        day = today + timedelta(days=_SOON[typed])
        return day, day
    match = _SPAN.fullmatch(typed)
    if match is None:
        return None
    first, last = _dated(match, today.year)
    if last < today - RECENT and not match["year1"]:
        first, last = _dated(match, today.year + 1)
    if last < first:
        raise Refused("plans_ask.bad_order", first=first.isoformat(), last=last.isoformat())
    if first < today:
        raise _past(first, last, today)
    if last.year > today.year + MOST_YEARS:
        raise Refused("plans_ask.too_far", day=last.isoformat(), year=today.year + MOST_YEARS)
    return first, last


def _dated(match: re.Match[str], year: int) -> tuple[date, date]:
    first = _day(int(match["year1"] or year), int(match["month1"]), int(match["day1"]))
    if match["only"]:
        return first, _day(first.year, first.month, int(match["only"]))
    if not match["month2"]:
        return first, first
    month, day = int(match["month2"]), int(match["day2"])
    if match["year2"]:
        return first, _day(int(match["year2"]), month, day)
    is_next = (month, day) < (first.month, first.day)
    return first, _day(first.year + is_next, month, day)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("plans_ask.no_such_day", day=f"{year}-{month}-{day}") from None


def _past(first: date, last: date, today: date) -> Refused:
    if last >= today:
        remedy = today.isoformat() + (f" 至 {last.isoformat()}" if last > today else "")
        return Refused("plans_ask.started", day=day_label(first), remedy=remedy)
    try:
        later = first.replace(year=today.year + (first.replace(year=today.year) < today))
    except ValueError:  # 29 February
        later = today
    return Refused("plans_ask.past", day=first.isoformat(), remedy=later.isoformat())


def read_past_day(said: str, today: date) -> date | None:
    """A day typed, past or to come; without a year the latest that has begun."""
    typed = _folded(said)
    if typed == "今天":
        return today
    match = _SPAN.fullmatch(typed)
    if match is None or match["only"] or match["month2"]:
        return None
    day, _ = _dated(match, today.year)
    return day if day <= today or match["year1"] else _dated(match, today.year - 1)[0]


def read_hours(said: str) -> int | None:
    """How many hours were typed (24, 24小时, 两天), 1 to MOST_HOURS; None otherwise."""
    match = _HOURS.fullmatch(_folded(said).lower().translate(_DIGITS))
    if match is None:
        return None
    hours = int(match["number"]) * (24 if match["unit"] in ("天", "日") else 1)
    return hours if 1 <= hours <= MOST_HOURS else None


def _folded(said: str) -> str:
    folded = "".join(unicodedata.normalize("NFKC", said[:LONGEST]).split())
    return _BARE.sub(r"\1-\2-\3", folded)
