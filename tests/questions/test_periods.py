"""Which periods a local day counts for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.periods import Span, period_of, periods_of

COLUMN = 8  # characters the table has for a period


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        (date(2026, 11, 23), ("W2026-48", "M2026-11", "Y2026", "all")),
        (date(2026, 1, 1), ("W2026-01", "M2026-01", "Y2026", "all")),
        (date(2027, 1, 1), ("W2026-53", "M2027-01", "Y2027", "all")),
        (date(2024, 12, 30), ("W2025-01", "M2024-12", "Y2024", "all")),
    ],
)
def test_a_day_counts_for_its_week_month_year_and_all_time(
    day: date, periods: tuple[str, ...]
) -> None:
    assert periods_of(day) == periods


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_week_is_one_period_from_monday_to_sunday(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    week = {period_of(Span.WEEK, monday + timedelta(days=number)) for number in range(7)}

    assert week == {period_of(Span.WEEK, day)}
    assert period_of(Span.WEEK, monday + timedelta(days=7)) not in week


@given(st.dates())
def test_the_periods_of_a_day_are_distinct_and_fit_their_column(day: date) -> None:
    periods = periods_of(day)

    assert len(set(periods)) == len(Span)
    assert all(len(period) <= COLUMN for period in periods)
