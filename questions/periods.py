"""The periods boards are kept for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

ALL_TIME = "all"


class Span(StrEnum):
    """How long a board looks back."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


def period_of(span: Span, day: date) -> str:
    """The period of a span that a local day falls into: W2026-48, M2026-11, Y2026 or all."""
    if span is Span.WEEK:
        year, week, _ = day.isocalendar()
        return f"W{year}-{week:02d}"
    if span is Span.MONTH:
        return f"M{day.year}-{day.month:02d}"
    if span is Span.YEAR:
        return f"Y{day.year}"
    return ALL_TIME


def periods_of(day: date) -> tuple[str, ...]:
    """Every period a local day counts for."""
    return tuple(period_of(span, day) for span in Span)
