"""The periods totals are kept for, and which of them close for good.

A period is a short text: W2026-48, M2026-11, Q2026-4, Y2026, all, P12 (a plan). A day has none:
three questions rank nobody, and departments of a day are read from its rounds.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

ALL_TIME = "all"


class Span(StrEnum):
    """How long a board looks back."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


KEPT_SPANS = tuple(span for span in Span if span is not Span.DAY)
SEASON_SPANS = (Span.MONTH, Span.QUARTER, Span.YEAR)

_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


def period_of(span: Span, day: date) -> str:
    """The period of a span that a local day falls into; D2026-11-23 names a day."""
    if span is Span.DAY:
        return f"D{day.isoformat()}"
    if span is Span.WEEK:
        year, week, _ = day.isocalendar()
        return f"W{year}-{week:02d}"
    if span is Span.MONTH:
        return f"M{day.year}-{day.month:02d}"
    if span is Span.QUARTER:
        return f"Q{day.year}-{(day.month + 2) // 3}"
    if span is Span.YEAR:
        return f"Y{day.year}"
    return ALL_TIME


def plan_period(plan_id: int) -> str:
    """The period of one plan's rounds, however long it runs."""
    return f"P{plan_id}"


def periods_of(day: date, plan_id: int | None = None) -> tuple[str, ...]:
    """Every period for which totals are kept that a plan's round of a local day counts for."""
    spans = tuple(period_of(span, day) for span in KEPT_SPANS)
    return spans if plan_id is None else (*spans, plan_period(plan_id))


def seasons_of(day: date) -> tuple[str, ...]:
    """The month, quarter and year of a local day."""
    return tuple(period_of(span, day) for span in SEASON_SPANS)


def season_days(period: str) -> tuple[date, date]:
    """First and last day of a month, quarter or year; raises ValueError for other periods."""
    year, _, number = period[1:].partition("-")
    for span in SEASON_SPANS:
        months = _MONTHS[span]
        first = date(int(year), 1 + months * (int(number or 1) - 1), 1)
        if period == period_of(span, first):
            following = first.month - 1 + months
            end = date(first.year + following // 12, following % 12 + 1, 1)
            return first, end - timedelta(days=1)
    raise ValueError(period)


def span_of_season(period: str) -> Span:
    """Whether a season is a month, a quarter or a year."""
    return {"M": Span.MONTH, "Q": Span.QUARTER, "Y": Span.YEAR}[period[0]]
