"""Dates and hours as people type them."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plans.errors import Refused
from bot.plans.reading import read_days, read_hours, read_past_day
from bot.texts import label
from tests.cast import MONDAY

WEEK = (date(2026, 12, 1), date(2026, 12, 7))
FOURTH = (date(2026, 12, 4), date(2026, 12, 4))


@pytest.mark.parametrize(
    "said",
    [
        "12-01…12-07",
        "12-01...12-07",
        "12月1日至7日",
        "12月1日—12月7日",
        "12月1日到12月7号",
        "12.1-12.7",
        "12.1-7",
        "12/1～12/7",
        "１２月１日 至 ７日",
        "2026-12-01 至 2026-12-07",
        "2026年12月1日——12月7日",
        "20261201-20261207",
    ],
)
def test_a_campaign_is_read_however_it_is_typed(said: str) -> None:
    assert read_days(said, MONDAY) == WEEK


@pytest.mark.parametrize(
    "said", ["2026-12-04", "2026/12/4", "12月4日", "12-4", "12.4", "20261204", "2026年12月4日"]
)
def test_a_single_day_is_read_however_it_is_typed(said: str) -> None:
    assert read_days(said, MONDAY) == FOURTH


def test_tomorrow_needs_no_date() -> None:
    assert read_days("明天", MONDAY) == (date(2026, 11, 24),) * 2


@pytest.mark.parametrize("said", ["", "下周", "十二月", "12月", "2026-12", "4", "12-01至", "a-b"])
def test_what_is_no_date_is_not_guessed(said: str) -> None:
    assert read_days(said, MONDAY) is None


def test_without_a_year_the_next_such_day_is_meant() -> None:
    assert read_days("3月5日", MONDAY) == (date(2027, 3, 5),) * 2
    assert read_days("12-25至1-5", MONDAY) == (date(2026, 12, 25), date(2027, 1, 5))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2026-11-20", "例如 2027-11-20"),
        ("11月20日", "例如 2027-11-20"),
        ("11-1至7", "例如 2027-11-01"),
        ("2020-02-29", "例如 2026-11-23"),
        ("11-20至11-30", "请发 2026-11-23 至 2026-11-30"),
        ("2026-12-07至2026-12-01", "比开始日期 2026-12-07 还早"),
        ("2月30日", "这一天不存在"),
        ("2062-12-04", "最晚到 2028 年"),
    ],
)
def test_dates_that_cannot_be_are_refused_with_the_remedy(said: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        read_days(said, MONDAY)
    assert told in label(refused.value.text_key, **refused.value.values)


@given(st.text("0123456789-年月日至…号/. 一", max_size=20))
def test_no_text_breaks_the_reading(said: str) -> None:
    with contextlib.suppress(Refused):
        span = read_days(said, MONDAY)
        assert span is None or MONDAY <= span[0] <= span[1]
    with contextlib.suppress(Refused):
        day = read_past_day(said, MONDAY)
        assert day is None or isinstance(day, date)


@given(st.dates(MONDAY, date(2028, 12, 31)), st.integers(0, 400))
def test_any_span_written_out_is_read_back(first: date, days: int) -> None:
    last = min(date.fromordinal(first.toordinal() + days), date(2028, 12, 31))
    assert read_days(f"{first} 至 {last}", MONDAY) == (first, last)


def test_a_past_day_without_a_year_is_the_latest() -> None:
    assert read_past_day("9月1日", MONDAY) == date(2026, 9, 1)
    assert read_past_day("12月1日", MONDAY) == date(2025, 12, 1)
    assert read_past_day("2027-01-01", MONDAY) == date(2027, 1, 1)
    assert read_past_day("去年", MONDAY) is None


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("8", 8),
        ("8小时", 8),
        ("24 个小时", 24),
        ("2天", 48),
        ("两天", 48),
        ("720", 720),
        ("０", None),
        ("31天", None),
        ("很久", None),
    ],
)
def test_hours_are_read_in_days_too(said: str, hours: int | None) -> None:
    assert read_hours(said) == hours
