"""When rounds fall, here and where clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.plans.calendar import Calendar, local_day, moment
from storage.repositories.plans import PlanRow
from storage.states import PlanId

PLAN = PlanRow(
    PlanId(1), "每日学法", "workdays", time(8, 45), "Asia/Shanghai", 3, 3, True, date(2026, 1, 1)
)
CALENDAR = Calendar({})


def test_rounds_skip_the_national_holiday_and_keep_its_makeup_days() -> None:
    days = list(CALENDAR.round_days(PLAN, date(2026, 9, 29)))
    assert days[0] == date(2026, 9, 30)
    assert days[1] == date(2026, 10, 8)
    assert date(2026, 10, 10) in days


def test_catch_up_ends_with_the_third_workday_after() -> None:
    end = CALENDAR.catch_up_end(PLAN, date(2026, 11, 19))
    assert end == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    without = replace(PLAN, catch_up_days=0)
    assert CALENDAR.catch_up_end(without, date(2026, 11, 20)) == CALENDAR.next_opening(
        PLAN, date(2026, 11, 20)
    )


def test_a_day_that_clocks_repeat_or_skip_has_one_opening() -> None:
    berlin = replace(PLAN, days="1234567", at=time(2, 30), timezone="Europe/Berlin")
    for day in (date(2026, 10, 25), date(2026, 3, 29)):
        openings = {
            CALENDAR.next_opening(berlin, day - timedelta(days=1)),
            moment(day, berlin.at, berlin.timezone),
        }
        assert len(openings) == 1
        assert local_day(openings.pop(), berlin.timezone) == day


def test_weekday_plans_ignore_holidays() -> None:
    plan = replace(PLAN, days="4")
    assert CALENDAR.is_round_day(plan, date(2026, 10, 1))
    assert not CALENDAR.is_round_day(plan, date(2026, 10, 9))


@given(st.dates(date(2026, 1, 2), date(2027, 12, 1)), st.integers(0, 5))
def test_a_round_closes_before_it_settles_and_after_its_day(day: date, catch_up: int) -> None:
    plan = replace(PLAN, catch_up_days=catch_up)
    opens_at = moment(day, plan.at, plan.timezone)
    closes_at = CALENDAR.next_opening(plan, day)
    assert opens_at < closes_at <= CALENDAR.catch_up_end(plan, day)
