"""Stretches of days as people type them: 2025年, 上半年, 2026年3月, 1月1日至6月30日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from bot.reports.stretches import LONGEST, Stretch, stretch_of
from questions.periods import Span

_YEAR: Final = re.compile(r"(?P<year>20\d{2})年?(?:度|全年)?")
_HALF: Final = re.compile(r"(?:(?P<year>20\d{2})年)?(?P<half>[上下])半年")
_QUARTER: Final = re.compile(r"(?:(?P<year>20\d{2})年)?第?(?P<quarter>[1-4一二三四])(?:季度|季)")
_MONTH: Final = re.compile(r"(?:(?P<year>20\d{2})年)?(?P<month>1[0-2]|0?[1-9])月份?")
_DAY: Final = re.compile(
    r"(?:(?P<year>20\d{2})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?"
)
_TO: Final = re.compile(r"(?:至|到|~|—|–|-)+")
_QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}


def read_stretch(said: str, today: date) -> Stretch | None:
    """The days somebody means; without a year the latest that have begun. None: not understood."""
    typed = "".join(unicodedata.normalize("NFKC", said[:60]).split()).removeprefix("从")
    named = {"今年": today.year, "本年": today.year, "去年": today.year - 1}
    named |= {"上年": today.year - 1, "前年": today.year - 2}
    try:
        if typed in named:
            return stretch_of(Span.YEAR, date(named[typed], 1, 1))
        return _part(typed, today) or _from_to(typed, today)
    except ValueError:
        return None


def _part(typed: str, today: date) -> Stretch | None:
    if match := _YEAR.fullmatch(typed):
        return stretch_of(Span.YEAR, date(int(match["year"]), 1, 1))
    if match := _HALF.fullmatch(typed):
        month = 1 if match["half"] == "上" else 7
        year = _year(match, month, today)
        ends = stretch_of(Span.QUARTER, date(year, month + 5, 1)).last
        return Stretch(None, date(year, month, 1), ends)
    if match := _QUARTER.fullmatch(typed):
        quarter = int(_QUARTERS.get(match["quarter"]) or match["quarter"])
        month = quarter * 3 - 2
        return stretch_of(Span.QUARTER, date(_year(match, month, today), month, 1))
    if match := _MONTH.fullmatch(typed):
        month = int(match["month"])
        return stretch_of(Span.MONTH, date(_year(match, month, today), month, 1))
    return None


def _year(match: re.Match[str], month: int, today: date) -> int:
    return int(match["year"] or (today.year if month <= today.month else today.year - 1))


def _from_to(typed: str, today: date) -> Stretch | None:
    first = _DAY.match(typed)
    between = _TO.match(typed, first.end()) if first is not None else None
    last = _DAY.fullmatch(typed, between.end()) if between is not None else None
    if first is None or last is None:
        return None
    begins = _date(first, today.year)
    if begins > today and not first["year"]:
        begins = _date(first, today.year - 1)
    ends = _date(last, begins.year)
    if ends < begins and not last["year"]:
        ends = _date(last, begins.year + 1)
    is_sound = begins <= ends <= begins + LONGEST and begins.year >= 2000 and ends.year < 2100
    return Stretch(None, begins, ends) if is_sound else None


def _date(match: re.Match[str], year: int) -> date:
    return date(int(match["year"] or year), int(match["month"]), int(match["day"]))
