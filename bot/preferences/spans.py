"""Days of leave as people write them: 12-01至12-05, 明天, 下周一到周三, 12月1日起3天."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_NUMERALS |= {"九": 9, "十": 10, "日": 7, "天": 7, "末": 6}
_NEAR = {
    "前天": -2,
    "昨天": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_TO = re.compile(
    r"(?:至|到|—+|–|~+|(?<=[日号天一二三四五六])-|(?<=\d)-(?=\d{1,2}[-/.月])|-(?=周|星期|\d{4}))"
)
_NEAR_DAY = re.compile("|".join(sorted(_NEAR, key=len, reverse=True)))
_WEEKDAY = re.compile(r"(?P<week>上|本|这|下下|下)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_WHOLE_WEEK = re.compile(r"(?P<week>本|这|下下|下)个?(?:周|星期|礼拜)(?:全周|整周)?")
_DATED = re.compile(
    r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?|(?P<bare>\d{1,2})[日号]?"
)
_COUNTED = re.compile(
    r"(?P<start>.*?)(?:起|开始)?[,，]?(?:请假?|休|共|连续)?(?P<count>\d{1,3}|[一二两三四五六七八九十])天(?:假)?"
)
_WEEKS = {"上": -1, None: 0, "本": 0, "这": 0, "下": 1, "下下": 2}
_REMEMBERED = timedelta(days=60)  # a date so shortly past is that one, not next year's


@dataclass(frozen=True, slots=True)
class Span:
    """Local days, both included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def read_span(said: str, today: date) -> Span | None:
    """The days somebody means, seen from `today`; None where that can't be told.

    A weekday alone is the coming one of this week; a date without a year is the one of about
    now, or else the next.
    """
    plain = re.sub(r"[\s]|请假|休假|我|从|放假|的", "", unicodedata.normalize("NFKC", said))
    try:
        return _whole_week(plain, today) or _counted(plain, today) or _from_to(plain, today)
    except ValueError:
        return None


def _whole_week(said: str, today: date) -> Span | None:
    match = _WHOLE_WEEK.fullmatch(said)
    if match is None:
        return None
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_WEEKS[match["week"]])
    return Span(max(monday, today), monday + timedelta(days=6))


def _counted(said: str, today: date) -> Span | None:
    match = _COUNTED.fullmatch(said)
    if match is None or said in _NEAR:
        return None
    first = today if not match["start"] else _day(match["start"], today, None)
    count = int(_NUMERALS.get(match["count"], 0) or match["count"])
    if first is None or not count:
        return None
    return Span(first, first + timedelta(days=count - 1))


def _from_to(said: str, today: date) -> Span | None:
    single = _day(said, today, None)
    if single is not None:
        return Span(single, single)
    for cut in _TO.finditer(said):
        first = _day(said[: cut.start()], today, None)
        last = _day(said[cut.end() :], today, first) if first is not None else None
        if first is not None and last is not None and first <= last:
            return Span(first, last)
    return None


def _day(said: str, today: date, after: date | None) -> date | None:
    """One day; the end of a range is counted from its beginning. Raises ValueError."""
    if _NEAR_DAY.fullmatch(said):
        return today + timedelta(days=_NEAR[said])
    weekday = _WEEKDAY.fullmatch(said)
    if weekday is not None:
        return _weekday(weekday, today, after)
    dated = _DATED.fullmatch(said)
    return _dated(dated, today, after) if dated is not None else None


def _weekday(match: re.Match[str], today: date, after: date | None) -> date:
    number = _NUMERALS[match["day"]] - 1
    is_named = match["week"] is not None
    base = today if is_named or after is None else after
    monday = base - timedelta(days=base.weekday())
    day = monday + timedelta(days=number, weeks=_WEEKS[match["week"]])
    if not is_named and day < base:
        day += timedelta(weeks=1)
    return day


def _dated(match: re.Match[str], today: date, after: date | None) -> date | None:
    if match["bare"]:
        if after is None:  # a number alone may be anything
            return None
        day = date(after.year, after.month, int(match["bare"]))
        return day if day >= after else None
    month, number = int(match["month"]), int(match["day"])
    if match["year"]:
        return date(int(match["year"]), month, number)
    base = after or today
    day = date(base.year, month, number)
    if after is not None:
        return day if day >= after else date(base.year + 1, month, number)
    return day if day >= today - _REMEMBERED else date(base.year + 1, month, number)
