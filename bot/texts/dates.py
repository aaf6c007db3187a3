"""Days and moments as people read them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = "一二三四五六日"
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:点时](?:(?P<minute>[0-9]{1,2}|半)分?)?)?")


def day_label(day: date) -> str:
    """11月23日（周一）."""
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def moment_label(at: datetime, timezone: str) -> str:
    """11月23日（周一）08:45, local; midnight is 24:00 of the day that ends."""
    local = at.astimezone(ZoneInfo(timezone))
    if (local.hour, local.minute) == (0, 0):
        return f"{day_label(local.date() - timedelta(days=1))}24:00"
    return f"{day_label(local.date())}{local:%H:%M}"


def weekdays_label(digits: str) -> str:
    """一、三、五 for the ISO weekdays "135"."""
    return "、".join(_WEEKDAYS[int(digit) - 1] for digit in digits)


def read_time(said: str) -> time | None:
    """A time of day in the ways people write it: 8:45, 08：45, 8点45分, 14点半, 9点."""
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", said).replace(" ", ""))
    if match is None:
        return None
    hour, minute = int(match["hour"]), match["minute"]
    minutes = 30 if minute == "半" else int(minute or 0)
    return time(hour, minutes) if hour <= 23 and minutes <= 59 else None
