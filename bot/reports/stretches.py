"""Stretches of days that buttons can name for good: a week, month, quarter, year, or typed days.

A button in an old digest must lead to its own week whatever day it is tapped, so a stretch is
named by itself (w2026_47), not from today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.texts import label
from questions.periods import Span, period_of
from storage.repositories.windows import Days

NAMED: Final = (Span.WEEK, Span.MONTH, Span.QUARTER, Span.YEAR)
_WORD: Final = re.compile(r"(?P<sort>[wmqy])(?P<year>\d{4})(?:_(?P<number>\d{1,2}))?")
_TYPED: Final = re.compile(r"d(?P<first>\d{6})_(?P<last>\d{6})")
_MONTHS: Final = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}
LONGEST: Final = timedelta(days=366 * 2)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Local days, both included; `span` is None where somebody typed them."""

    span: Span | None
    first: date
    last: date

    @property
    def word(self) -> str:
        """What a button carries: at most 16 characters."""
        if self.span is None:
            return f"d{self.first:%y%m%d}_{self.last:%y%m%d}"
        return period_of(self.span, self.first).lower().replace("-", "_")

    @property
    def period(self) -> str | None:
        """The period of totals over the same days; None where none is kept."""
        return None if self.span is None else period_of(self.span, self.first)

    @property
    def days(self) -> Days:
        """All its days."""
        return Days(self.first, self.last)

    def until(self, today: date) -> date:
        """Its last day so far."""
        return max(self.first, min(self.last, today))

    @property
    def before(self) -> Stretch:
        """The one before, just as long."""
        last = self.first - timedelta(days=1)
        if self.span is not None:
            return stretch_of(self.span, last)
        return Stretch(None, last - (self.last - self.first), last)

    @property
    def after(self) -> Stretch:
        """The one after, just as long."""
        first = self.last + timedelta(days=1)
        if self.span is not None:
            return stretch_of(self.span, first)
        return Stretch(None, first, first + (self.last - self.first))

    @property
    def name(self) -> str:
        """2026年第47周, 2026年11月, 2026年第4季度, 2026年, 2026年1月1日至3月15日."""
        first = self.first
        if self.span is Span.WEEK:
            year, week, _ = first.isocalendar()
            return label("reports.name_week", year=year, week=week)
        if self.span is Span.MONTH:
            return label("reports.name_month", year=first.year, month=first.month)
        if self.span is Span.QUARTER:
            quarter = (first.month + 2) // 3
            return label("reports.name_quarter", year=first.year, quarter=quarter)
        if self.span is Span.YEAR:
            return label("reports.name_year", year=first.year)
        return f"{day_name(first)}至{day_name(self.last, after=first)}"


def day_name(day: date, *, after: date | None = None) -> str:
    """2026年11月23日; behind a day of the same year without it."""
    year = "" if after is not None and after.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def stretch_of(span: Span, day: date) -> Stretch:
    """The week, month, quarter or year that a day falls into."""
    if span is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Stretch(span, monday, monday + timedelta(days=6))
    months = _MONTHS[span]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    following = first.month - 1 + months
    end = date(first.year + following // 12, following % 12 + 1, 1)
    return Stretch(span, first, end - timedelta(days=1))


def read_word(word: str) -> Stretch | None:
    """The stretch that a button names; None where there is none such."""
    try:
        return _named(word) or _typed(word)
    except (ValueError, OverflowError):
        return None


def _named(word: str) -> Stretch | None:
    match = _WORD.fullmatch(word)
    if match is None:
        return None
    year, number = int(match["year"]), int(match["number"] or 1)
    day = {
        "w": lambda: date.fromisocalendar(year, number, 1),
        "m": lambda: date(year, number, 1),
        "q": lambda: date(year, number * 3 - 2, 1),
        "y": lambda: date(year, 1, 1),
    }[match["sort"]]()
    found = stretch_of(NAMED["wmqy".index(match["sort"])], day)
    in_reach = date(2000, 1, 1) <= found.first and found.last <= date(2099, 12, 31)
    return found if found.word == word and in_reach else None


def _typed(word: str) -> Stretch | None:
    match = _TYPED.fullmatch(word)
    if match is None:
        return None
    first, last = (date.fromisoformat(f"20{match[part]}") for part in ("first", "last"))
    found = Stretch(None, first, last)
    return found if first <= last <= first + LONGEST else None
