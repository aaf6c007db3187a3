"""When rounds fall, here and where clocks change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plans import calendar
from bot.plans.calendar import Calendar, local_day, moment
from storage.repositories.plans import PlanRow
from storage.states import PlanId

PLAN = PlanRow(
    PlanId(1), "每日学法", "workdays", time(8, 45), "Asia/Shanghai", 3, 3, True, date(2026, 1, 1)
)
CALENDAR = Calendar({})
FRIDAY = date(2026, 11, 20)
UNKNOWN_YEAR = 2031  # no library can know it


def opens_at(day: date, plan: PlanRow = PLAN) -> datetime:
    return moment(day, plan.at, plan.timezone)


def test_rounds_skip_the_national_holiday_and_keep_its_makeup_days() -> None:
    days = list(islice(CALENDAR.round_days(PLAN, date(2026, 9, 29)), 4))
    assert days == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]


def test_what_an_admin_marked_comes_first() -> None:
    marked = Calendar({date(2026, 10, 8): False, date(2026, 10, 11): True})
    days = list(islice(marked.round_days(PLAN, date(2026, 9, 30)), 3))
    assert days == [date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 11)]


def test_a_year_not_announced_has_weekends_and_statutory_holidays() -> None:
    days = [date(UNKNOWN_YEAR, 1, 1) + timedelta(days=offset) for offset in range(365)]
    assert not CALENDAR.is_known(UNKNOWN_YEAR)
    assert not any(CALENDAR.is_workday(day) for day in days if day.isoweekday() >= 6)
    assert not CALENDAR.is_workday(date(UNKNOWN_YEAR, 1, 1))
    assert not CALENDAR.is_workday(date(UNKNOWN_YEAR, 10, 1))
    assert 240 < sum(CALENDAR.is_workday(day) for day in days) < 261


def test_a_year_is_known_once_its_makeup_days_are() -> None:
    saturday, wednesday = date(UNKNOWN_YEAR, 2, 1), date(UNKNOWN_YEAR, 3, 5)
    assert saturday.isoweekday() == 6
    assert CALENDAR.is_known(2026)
    assert not Calendar({wednesday: False}).is_known(UNKNOWN_YEAR)  # a day off of one house
    assert Calendar({saturday: True}).is_known(UNKNOWN_YEAR)
    assert not Calendar({saturday: True}).is_known(UNKNOWN_YEAR + 1)


def test_threads_agree_on_a_year_nobody_has_asked_for() -> None:
    """Each looks a different year's first holiday up while the others do."""
    calendar.announced.cache_clear()
    days = [date(2020 + i % 7, 1, 1) for i in range(56)]
    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(CALENDAR.is_workday, days))


def test_a_plan_with_an_end_has_no_round_after_it() -> None:
    campaign = replace(PLAN, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 4))
    days = list(CALENDAR.round_days(campaign, FRIDAY))
    assert days == [date(2026, 12, day) for day in (1, 2, 3, 4)]
    assert CALENDAR.next_opening(campaign, date(2026, 12, 4)) is None


def test_a_single_round_is_held_whatever_day_it_is() -> None:
    day = date(2026, 12, 5)  # a Saturday
    once = replace(PLAN, days="1234567", starts_on=day, ends_on=day)
    assert list(CALENDAR.round_days(once, FRIDAY)) == [day]


def test_a_plan_that_starts_far_away_is_found() -> None:
    day = date(2027, 6, 7)
    assert CALENDAR.next_opening(replace(PLAN, starts_on=day), FRIDAY) == opens_at(day)


def test_weekday_plans_ignore_holidays() -> None:
    plan = replace(PLAN, days="4")
    assert CALENDAR.is_round_day(plan, date(2026, 10, 1))
    assert not CALENDAR.is_round_day(plan, date(2026, 10, 9))


def test_an_ended_plan_has_nothing_upcoming() -> None:
    now = opens_at(FRIDAY) - timedelta(hours=1)
    assert CALENDAR.upcoming(PLAN, now, has_round=False) == opens_at(FRIDAY)
    assert CALENDAR.upcoming(PLAN, now, has_round=True) == opens_at(date(2026, 11, 23))
    assert CALENDAR.upcoming(replace(PLAN, ended_at=now), now, has_round=False) is None


def test_catch_up_ends_with_the_third_workday_after() -> None:
    day = date(2026, 11, 19)
    end = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert CALENDAR.settling(PLAN, day, opens_at(day)) == end
    without = replace(PLAN, catch_up_days=0)
    assert CALENDAR.settling(without, FRIDAY, opens_at(FRIDAY)) == opens_at(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("hours", "closes_at"),
    [
        (None, datetime(2026, 11, 23, 0, 45, tzinfo=UTC)),
        (4, datetime(2026, 11, 20, 4, 45, tzinfo=UTC)),
        (24 * 9, datetime(2026, 11, 23, 0, 45, tzinfo=UTC)),
    ],
    ids=["until the next round", "for some hours", "never beyond the next round"],
)
def test_a_round_is_open_for_its_hours(hours: int | None, closes_at: datetime) -> None:
    plan = replace(PLAN, open_hours=hours)
    assert CALENDAR.closing(plan, FRIDAY, opens_at(FRIDAY)) == closes_at


def test_the_last_round_is_open_as_long_as_its_catch_up() -> None:
    last = replace(PLAN, ends_on=FRIDAY)
    end = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
    assert CALENDAR.closing(last, FRIDAY, opens_at(FRIDAY)) == end
    assert CALENDAR.settling(last, FRIDAY, opens_at(FRIDAY)) == end
    without = replace(last, catch_up_days=0)
    midnight = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert CALENDAR.closing(without, FRIDAY, opens_at(FRIDAY)) == midnight
    late = midnight - timedelta(minutes=1)
    assert CALENDAR.closing(without, FRIDAY, late) == late + timedelta(hours=1)


def test_a_day_that_clocks_repeat_or_skip_has_one_opening() -> None:
    berlin = replace(PLAN, days="1234567", at=time(2, 30), timezone="Europe/Berlin")
    for day in (date(2026, 10, 25), date(2026, 3, 29)):
        opening = CALENDAR.next_opening(berlin, day - timedelta(days=1))
        assert opening == moment(day, berlin.at, berlin.timezone)
        assert local_day(opening, berlin.timezone) == day


@given(
    st.dates(date(2026, 1, 2), date(2027, 12, 1)),
    st.integers(0, 5),
    st.none() | st.integers(1, 200),
    st.none() | st.integers(0, 30),
    st.sampled_from(["workdays", "135", "7"]),
)
def test_a_round_opens_then_closes_then_settles(
    day: date, catch_up: int, hours: int | None, left: int | None, days: str
) -> None:
    ends_on = day + timedelta(days=left) if left is not None else None
    plan = replace(PLAN, catch_up_days=catch_up, open_hours=hours, ends_on=ends_on, days=days)
    closes_at = CALENDAR.closing(plan, day, opens_at(day))
    assert opens_at(day) < closes_at <= CALENDAR.settling(plan, day, opens_at(day))
    following = CALENDAR.next_opening(plan, day)
    assert following is None or closes_at <= following
