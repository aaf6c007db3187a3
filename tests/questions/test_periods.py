"""Which periods a local day counts for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.periods import (
    KEPT_SPANS,
    SEASON_SPANS,
    Span,
    period_of,
    periods_of,
    season_days,
    seasons_of,
    span_of_season,
)

COLUMN = 12  # characters the table has for a period


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        (date(2026, 11, 23), ("W2026-48", "M2026-11", "Q2026-4", "Y2026", "all")),
        (date(2026, 1, 1), ("W2026-01", "M2026-01", "Q2026-1", "Y2026", "all")),
        (date(2027, 1, 1), ("W2026-53", "M2027-01", "Q2027-1", "Y2027", "all")),
        (date(2024, 12, 30), ("W2025-01", "M2024-12", "Q2024-4", "Y2024", "all")),
    ],
)
def test_a_day_counts_for_its_week_month_quarter_year_and_all_time(
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

    assert len(set(periods)) == len(KEPT_SPANS)
    assert all(len(period) <= COLUMN for period in periods)


def test_a_plans_round_counts_for_the_plan_too() -> None:
    assert periods_of(date(2026, 11, 23), 12)[-1] == "P12"


def test_a_day_has_a_name_but_no_totals() -> None:
    assert period_of(Span.DAY, date(2026, 11, 23)) == "D2026-11-23"
    assert "D2026-11-23" not in periods_of(date(2026, 11, 23), 12)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 1, 1)))
def test_a_season_has_a_first_and_a_last_day_and_all_between_are_in_it(day: date) -> None:
    for span, period in zip(SEASON_SPANS, seasons_of(day), strict=True):
        first, last = season_days(period)
        assert first <= day <= last
        assert period_of(span, first) == period_of(span, last) == period
        assert period_of(span, last + timedelta(days=1)) != period
        assert span_of_season(period) is span


@pytest.mark.parametrize("period", ["W2026-48", "all", "P2026", "M2026-13"])
def test_other_periods_never_close(period: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        season_days(period)
