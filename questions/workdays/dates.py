"""Dates in running Chinese: single ones, lists and ranges, with their notes in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = "一二三四五六日"
LONGEST_RANGE = 40  # days; no holiday is longer, so more is a misprint

_NOTE = r"(?:[（(][^（()）]{0,24}[）)]|(?:星期|周|礼拜)[一二三四五六日天])"
_ITEM = re.compile(
    r"(?:(?<!\d)(?P<year>\d{4})年)?(?:(?<!\d)(?P<month>\d{1,2})月)?(?<!\d)(?P<day>\d{1,2})"
    rf"(?:[日号]|(?=[-—–~～－至到]+\d))(?P<note>{_NOTE})?"
)
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])|[（(]([一二三四五六日])[）)]")
_RANGE = re.compile(r"\s*(?:至|到|[-—–~～－]+)\s*")
_LIST = re.compile(r"\s*[、,，和及与]+\s*")


class NoSuchDayError(ValueError):
    """A date the calendar doesn't have, or a range that runs backwards."""


@dataclass(frozen=True, slots=True)
class Said:
    """One date as written; year and month are None where they were left out."""

    year: int | None
    month: int | None
    day: int
    weekday: int | None  # Monday is 0
    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A date or a range of dates as written."""

    first: Said
    last: Said

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.last.end


def find_spans(sentence: str) -> Iterator[Span]:
    """The dates and ranges of a sentence, in order; a bare 7日 counts only after a whole date."""
    items = [_said(match) for match in _ITEM.finditer(sentence)]
    before: Said | None = None
    at = 0
    while at < len(items):
        first = items[at]
        at += 1
        if first.month is None:
            if before is None or not _LIST.fullmatch(sentence, before.end, first.start):
                continue
            first = _in_month(first, before)
        last = first
        if at < len(items) and _RANGE.fullmatch(sentence, first.end, items[at].start):
            last = _in_month(items[at], first)
            at += 1
        before = last
        yield Span(first, last)


def _said(match: re.Match[str]) -> Said:
    weekday = _WEEKDAY.search(match["note"] or "")
    name = (weekday[1] or weekday[2]).replace("天", "日") if weekday else None
    return Said(
        int(match["year"]) if match["year"] else None,
        int(match["month"]) if match["month"] else None,
        int(match["day"]),
        WEEKDAYS.index(name) if name else None,
        match[0],
        match.start(),
        match.end(),
    )


def _in_month(said: Said, before: Said) -> Said:
    month = said.month if said.month is not None else before.month
    return Said(said.year, month, said.day, said.weekday, said.phrase, said.start, said.end)


def resolve(span: Span, year: int, *, may_begin_before: bool) -> tuple[date, date]:
    """The first and last day of a span in a notice about `year`.

    Where no year is written, a holiday that `may_begin_before` the year (元旦) has its November
    and December days in the year before. Raises NoSuchDayError.
    """

    def assumed(month: int | None) -> int:
        return year - 1 if may_begin_before and (month or 0) >= 11 else year

    first_year = span.first.year or assumed(span.first.month)
    last_year = span.last.year or (
        first_year if span.first.year is not None else assumed(span.last.month)
    )
    first, last = _day(span.first, first_year), _day(span.last, last_year)
    if last < first and span.last.year is None:
        last = _day(span.last, last_year + 1)
    if not first <= last <= first + timedelta(days=LONGEST_RANGE):
        raise NoSuchDayError
    return first, last


def _day(said: Said, year: int) -> date:
    try:
        return date(year, said.month or 0, said.day)
    except ValueError as error:
        raise NoSuchDayError from error


def days_of(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
